//! The messages of automerge-repo's network protocol, version 1, and of the native protocol, in
//! their CBOR form.
//!
//! Invariant: decoding never panics, and allocates no more than the frame is long.

mod decode;
mod encode;
mod items;
mod native;

use crate::{AccessKey, DocumentId, PeerId};

pub use native::{Brought, Native, Shown};

/// The version of the protocol that every client of automerge-repo speaks.
pub const VERSION_1: &str = "1";

/// The native protocol: what version 1 has, and changes forwarded as they come, receipts, and
/// presence.
pub const NATIVE_1: &str = "groundwork-1";

/// What a peer says about itself in the handshake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeerMetadata {
    /// The name of the peer's storage, if it has one that outlives the connection.
    pub storage_id: Option<String>,
    /// Whether the peer keeps nothing.
    pub is_ephemeral: bool,
    /// The keys that it shows.
    pub keys: Vec<AccessKey>,
    /// Documents that it knows to have an owner.
    pub owned: Vec<DocumentId>,
    /// The person that it says to be, as its changes name their author.
    pub person: Option<String>,
    /// Whether it takes receipts that name only what is new.
    pub news: bool,
}

/// Why a frame is not a message of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The bytes are not one CBOR map with text keys.
    #[error("not a CBOR map")]
    NotAMap,
    /// The CBOR ends early or breaks its own rules.
    #[error("broken CBOR")]
    Broken,
    /// Arrays and maps are nested deeper than any message needs.
    #[error("nested too deeply")]
    TooDeep,
    /// A field that the message needs is absent.
    #[error("no `{0}`")]
    Missing(&'static str),
    /// A field has a value of another type or out of range.
    #[error("`{0}` is not what it should be")]
    Field(&'static str),
}

/// One frame of the protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The client's first message.
    Join {
        /// Who joins.
        sender: PeerId,
        /// The protocol versions that the client can speak.
        versions: Vec<String>,
        /// What it says about itself.
        metadata: PeerMetadata,
    },
    /// The server's answer to `join`.
    Peer {
        /// The server.
        sender: PeerId,
        /// The client.
        target: PeerId,
        /// The version chosen among those offered.
        version: String,
        /// What the server says about itself.
        metadata: PeerMetadata,
    },
    /// The other side closes, and says why.
    Error {
        /// In plain words.
        message: String,
        /// The document about which it is, if it is about one.
        document: Option<DocumentId>,
    },
    /// A sync message from a peer that has nothing of the document and asks whether it exists.
    Request(SyncMessage),
    /// A sync message.
    Sync(SyncMessage),
    /// The answer to a request: the sender does not have the document.
    DocUnavailable {
        /// Which document.
        document: DocumentId,
        /// Who does not have it.
        sender: PeerId,
        /// Who asked.
        target: PeerId,
    },
    /// A message that is passed on and never stored.
    Ephemeral(EphemeralMessage),
    /// The sender is about to close.
    Leave {
        /// Who leaves.
        sender: PeerId,
    },
    /// The client shows one more key; in either version.
    Access {
        /// The key of the link, as it stands in its address.
        key: AccessKey,
    },
    /// A message that only the native protocol has.
    Native(Native),
    /// A type that this engine has no use for (`remote-heads-changed`, a later version's…).
    Ignored {
        /// Its `type`.
        kind: String,
    },
}

impl Message {
    /// Reads one frame.
    ///
    /// # Errors
    /// [`Malformed`] when it is not a message of the protocol; an unknown type is not an error.
    pub fn decode(frame: &[u8]) -> Result<Self, Malformed> {
        decode::decode(frame)
    }

    /// Writes one frame.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        encode::encode(self)
    }
}

/// The content of `request` and `sync`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncMessage {
    /// Which document.
    pub document: DocumentId,
    /// From whom.
    pub sender: PeerId,
    /// To whom.
    pub target: PeerId,
    /// Automerge's sync message, encoded; never empty.
    pub data: Vec<u8>,
}

impl SyncMessage {
    /// How the frame of a `sync` begins whose data, of so many bytes, follow.
    #[must_use]
    pub fn head(&self, length: usize) -> Vec<u8> {
        encode::sync_head(self, length)
    }
}

/// The content of `ephemeral`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EphemeralMessage {
    /// About which document.
    pub document: DocumentId,
    /// Who wrote it first.
    pub sender: PeerId,
    /// To whom it is passed.
    pub target: PeerId,
    /// The author's session.
    pub session: String,
    /// Counts up within the session, so that a message is passed on once.
    pub count: u64,
    /// One CBOR item.
    pub data: Vec<u8>,
}
