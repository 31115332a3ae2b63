//! News about a document on its way from the frame that brought it to the document.

use crate::receive::apart;

/// What the server said about a document: give it to [`crate::ClientNode::merge`], in the order in
/// which it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update(pub(super) Content);

impl Update {
    /// The changes that it brings: chunks, one behind the other.
    #[must_use]
    pub fn changes(&self) -> Vec<u8> {
        match &self.0 {
            Content::Sync(message) => {
                apart(message).map_or_else(|_| Vec::new(), |(brought, _)| brought)
            }
            Content::Change(changes) => changes.clone(),
            Content::Saved { .. } | Content::Seen(_) | Content::Resync => Vec::new(),
        }
    }
}

/// The kinds of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A sync message of Automerge, as it came.
    Sync(Vec<u8>),
    /// Chunks of changes, one behind the other.
    Change(Vec<u8>),
    /// The server's store holds everything up to these heads.
    Saved {
        heads: Vec<[u8; 32]>,
        /// Whether it has no others, or has said so of the others before.
        all: bool,
    },
    /// For each of these heads there is a colleague who has everything up to it.
    Seen(Vec<[u8; 32]>),
    /// The server sends no more changes until it is asked anew.
    Resync,
}
