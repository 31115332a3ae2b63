//! Why the server ends a connection, and with which WebSocket close code.

use crate::bounded::Refusal;
use crate::{CloseCode, ProtocolError};

/// How long a reason may be in a close frame.
const MAX_REASON: usize = 120;

/// Why a connection ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The peer said `leave`.
    Left,
    /// What it sent was wrong.
    Wrong(ProtocolError),
    /// Its name belongs to another live connection, which may be its own from before.
    NameTaken,
    /// Its name is the server's.
    ServersName,
    /// It does not answer, and somebody else has come under its name.
    NoAnswer,
    /// It wants more documents at a time than it may.
    TooManyDocuments,
    /// What it took part in is not open to it any more.
    LinkRevoked,
    /// What it took part in without a link has an owner now.
    Owned,
    /// What it took part in is in no workspace any more.
    Unowned,
    /// Its link has come to its end.
    LinkExpired,
    /// The store could not say what it may do, or what is in a document.
    Unanswered,
    /// Its address has asked for too many documents that were not there.
    TooManyNewDocuments,
    /// It sends faster than documents can be loaded and stored.
    TooMuchWaiting,
    /// The store failed.
    Store(String),
    /// A document in memory broke down and will be loaded again.
    Breakdown,
}

impl Ending {
    /// The close code.
    pub(super) fn code(&self) -> CloseCode {
        match self {
            Self::Left => CloseCode::NORMAL,
            Self::Wrong(
                ProtocolError::FrameTooLarge { .. }
                | ProtocolError::TooLong { .. }
                | ProtocolError::Refused(Refusal::TooMuch { .. } | Refusal::Ratio(_)),
            ) => CloseCode::TOO_BIG,
            Self::Wrong(ProtocolError::Unexpected(_) | ProtocolError::NotOpen) => {
                CloseCode::PROTOCOL
            }
            Self::Wrong(_) => CloseCode::PAYLOAD,
            Self::ServersName | Self::TooManyDocuments => CloseCode::POLICY,
            Self::LinkRevoked | Self::Owned | Self::Unowned => CloseCode::REVOKED,
            Self::LinkExpired => CloseCode::EXPIRED,
            Self::TooManyNewDocuments => CloseCode::TOO_MANY,
            Self::TooMuchWaiting | Self::NameTaken | Self::NoAnswer => CloseCode::LATER,
            Self::Store(_) | Self::Unanswered | Self::Breakdown => CloseCode::INTERNAL,
        }
    }

    /// What to tell the peer before closing; nothing when it left by itself.
    pub(super) fn message(&self) -> Option<String> {
        let text = match self {
            Self::Left => return None,
            Self::Wrong(error) => error.to_string(),
            Self::NameTaken => {
                "another connection has this peer id; come under another, or later".to_owned()
            }
            Self::ServersName => "this peer id is the server's own".to_owned(),
            Self::NoAnswer => {
                "no answer came, and another connection has this peer id now".to_owned()
            }
            Self::TooManyDocuments => "too many documents on one connection".to_owned(),
            Self::LinkRevoked => "the link was revoked, or opens less than before".to_owned(),
            Self::Owned => {
                "this document has an owner now, and opens only with a link of theirs".to_owned()
            }
            Self::Unowned => "this document was taken out of its workspace".to_owned(),
            Self::Unanswered => "the server's store could not be read, come back".to_owned(),
            Self::LinkExpired => "the link has expired".to_owned(),
            Self::TooManyNewDocuments => {
                "too many new documents from this address, come back later".to_owned()
            }
            Self::TooMuchWaiting => "too much is waiting, try again later".to_owned(),
            // What the store said is for the operator.
            Self::Store(_) => {
                "the change could not be stored, it will be asked for again".to_owned()
            }
            Self::Breakdown => "the document is loaded again, reconnect".to_owned(),
        };
        Some(text)
    }

    /// The same, short enough for a close frame.
    pub(super) fn reason(&self) -> String {
        let mut reason = self.message().unwrap_or_default();
        let mut end = reason.len().min(MAX_REASON);
        while !reason.is_char_boundary(end) {
            end -= 1;
        }
        reason.truncate(end);
        reason
    }
}
