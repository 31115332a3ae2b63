//! What the client's node tells its shell.

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

/// What a frame from the server means to the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// The handshake is done: ask every open document for its next frame.
    Ready,
    /// A sync message: give it to [`crate::ClientNode::merge`] with the document.
    Sync {
        /// Which document.
        document: DocumentId,
        /// The message.
        message: Vec<u8>,
    },
    /// The server does not have the document (yet).
    Unavailable {
        /// Which document.
        document: DocumentId,
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
    /// The server will close the connection and says why.
    Refused {
        /// In plain words.
        message: String,
    },
}
