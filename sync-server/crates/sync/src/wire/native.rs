//! The messages that the native protocol adds to those of version 1.
//!
//! None of them names its sender or its receiver: they are those of the connection. So one frame
//! serves every peer of a document.

use crate::{DocumentId, PeerId};

/// What is to be seen of each peer; `None` for one that is gone.
pub type Shown = Vec<(PeerId, Option<Vec<u8>>)>;

/// Authors whose changes came through somebody else: the author, and the person who brought them,
/// empty for one who has not said who they are.
pub type Brought = Vec<(String, String)>;

/// A message of the native protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Native {
    /// New changes, in either direction.
    Change {
        /// Of which document.
        document: DocumentId,
        /// One or several of Automerge's chunks.
        data: Vec<u8>,
    },
    /// From the server: its store holds everything up to these heads.
    Saved {
        /// Of which document.
        document: DocumentId,
        /// The heads.
        heads: Vec<[u8; 32]>,
        /// Whether these are all heads of what is stored, or those that are new since the last time.
        all: bool,
    },
    /// From a client: it holds everything up to these heads. From the server: for each of these
    /// heads there is another peer that does.
    Seen {
        /// Of which document.
        document: DocumentId,
        /// The heads.
        heads: Vec<[u8; 32]>,
    },
    /// From the server: it no longer sends changes of this document until it is asked anew.
    Resync {
        /// Which document.
        document: DocumentId,
    },
    /// From the server: whether the receiver may change the document, by the keys that it has shown.
    /// Said whenever that has been decided, since what a key opens can change at any time.
    Rights {
        /// Which document.
        document: DocumentId,
        /// Whether its changes are taken.
        write: bool,
    },
    /// From a client: what others are to see of it from now on.
    Presence {
        /// In which document.
        document: DocumentId,
        /// One CBOR item that the server does not read; `None` when there is nothing to see.
        data: Option<Vec<u8>>,
    },
    /// From the server: what is to be seen of others, as far as it has changed.
    Presences {
        /// In which document.
        document: DocumentId,
        /// By peer.
        peers: Shown,
        /// From which device each of those is that are there, by a label that only the server can
        /// give out; none of a server that gives none.
        devices: Shown,
        /// Whether these are all: who is not among them is gone.
        all: bool,
    },
    /// From a client: it wants to be told whose changes come through somebody else.
    Follow {
        /// In which document.
        document: DocumentId,
    },
    /// From the server, to those who follow: everyone whose changes have come through somebody else.
    Deliveries {
        /// In which document.
        document: DocumentId,
        /// Who brought whose.
        brought: Brought,
    },
    /// From the server: nothing can be stored at the moment.
    StoreFailing,
    /// From the server: it can store again. Every document is to be asked for anew.
    StoreRecovered,
}
