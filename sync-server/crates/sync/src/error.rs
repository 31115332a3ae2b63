//! What can be wrong with a frame or a message from the other side.

use crate::bounded::{GateError, Refusal};
use crate::wire::Malformed;

/// Why something received was not accepted. Nothing was applied when one of these is returned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// The text is not a document's identity.
    #[error("not a document id")]
    DocumentId,
    /// The frame is longer than this side reads.
    #[error("a frame of {length} bytes is above the limit of {limit}")]
    FrameTooLarge {
        /// The frame's length in bytes.
        length: usize,
        /// The longest frame that is read.
        limit: usize,
    },
    /// A field is longer than what it is for needs.
    #[error("{what} of {length} bytes is above the limit of {limit}")]
    TooLong {
        /// The field.
        what: &'static str,
        /// Its length in bytes.
        length: usize,
        /// The longest that is taken.
        limit: usize,
    },
    /// The frame is not a message of the protocol.
    #[error("malformed frame: {0}")]
    Malformed(#[from] Malformed),
    /// The bounded decoder turned the sync message away.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// Automerge would not take what passed the bounded decoder.
    #[error("the document refuses the changes: {0}")]
    Rejected(String),
    /// A message came at a time when the protocol has no place for it.
    #[error("unexpected {0}")]
    Unexpected(&'static str),
    /// The document is not open on this node.
    #[error("the document is not open")]
    NotOpen,
}

impl ProtocolError {
    /// Whether all that is wrong is that another change stands under the actor and number of one of
    /// those that came: a client whose server says so gives way.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        *self == Self::Refused(Refusal::Doubled)
    }
}

impl From<GateError> for ProtocolError {
    fn from(error: GateError) -> Self {
        match error {
            GateError::Refused(refusal) => Self::Refused(refusal),
            GateError::Rejected(reason) => Self::Rejected(reason),
        }
    }
}
