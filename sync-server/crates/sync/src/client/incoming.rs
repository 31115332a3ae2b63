//! What the client's node tells its shell.

use super::Update;
use crate::wire::Brought;
use crate::{DocumentId, PeerId};

/// How far the connection has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionState {
    /// There is no connection.
    Offline,
    /// `join` was sent; the server has not answered yet.
    Joining,
    /// The server has answered; documents synchronise.
    Ready,
}

/// A device, as the server tells it from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The same for all that come from it, in one document; nobody can take it who does not know the
    /// name of its storage.
    pub label: Vec<u8>,
    /// Whether it is this one.
    pub is_own: bool,
}

/// What a frame from the server means to the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// The handshake is done: ask every open document for its next frame.
    Ready,
    /// News about a document: give it to [`crate::ClientNode::merge`] with the document.
    Sync {
        /// Which document.
        document: DocumentId,
        /// The news.
        message: Update,
    },
    /// The server does not have the document (yet).
    Unavailable {
        /// Which document.
        document: DocumentId,
    },
    /// What this client may do with a document has been decided, for the first time or anew.
    Rights {
        /// Which document.
        document: DocumentId,
        /// Whether its changes are taken.
        write: bool,
    },
    /// A message from a colleague that is not stored.
    Ephemeral {
        /// About which document.
        document: DocumentId,
        /// Who wrote it.
        from: PeerId,
        /// What they wrote.
        data: Vec<u8>,
    },
    /// What is to be seen of a colleague has changed.
    Presence {
        /// In which document.
        document: DocumentId,
        /// Whom it shows.
        peer: PeerId,
        /// From which device, where the server says so.
        device: Option<Device>,
        /// One CBOR item of their own making; `None` when they are gone.
        data: Option<Vec<u8>>,
    },
    /// Everyone whose presence was told of before is gone; those who are there follow.
    PresenceCleared {
        /// In which document.
        document: DocumentId,
    },
    /// Everyone whose changes have come through somebody else.
    Deliveries {
        /// In which document.
        document: DocumentId,
        /// Who brought whose.
        brought: Brought,
    },
    /// The server can store nothing at the moment: no receipt comes until it recovers.
    StoreFailing,
    /// The server can store again. Ask every open document for its next frame.
    StoreRecovered,
    /// The server will close the connection and says why.
    Refused {
        /// In plain words.
        message: String,
    },
}
