//! The client's side of a connection, for every document that one tab has open.

use automerge::{Automerge, PatchLog};

use crate::{DocumentId, PeerId, ProtocolError};

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
    /// A checked sync message: give it to [`ClientNode::merge`] with the document.
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

/// The client's state machine: frames in, frames out.
#[derive(Debug)]
pub struct ClientNode {
    _peer: PeerId,
}

impl ClientNode {
    /// A node named `peer`, which must be new for every tab session.
    #[must_use]
    pub fn new(peer: PeerId) -> Self {
        Self { _peer: peer }
    }

    /// The socket is open: returns the frame to send first. Every document starts afresh.
    pub fn connected(&mut self) -> Vec<u8> {
        todo!()
    }

    /// The socket is gone.
    pub fn disconnected(&mut self) {
        todo!()
    }

    /// Takes part in this document from now on.
    pub fn open(&mut self, _document: DocumentId) {
        todo!()
    }

    /// Leaves the document.
    pub fn close(&mut self, _document: &DocumentId) {
        todo!()
    }

    /// How far the connection has come.
    #[must_use]
    pub fn state(&self) -> ConnectionState {
        todo!()
    }

    /// A frame has arrived.
    ///
    /// # Errors
    /// When the frame is malformed or refused: close the connection.
    pub fn received(&mut self, _frame: &[u8]) -> Result<Vec<Incoming>, ProtocolError> {
        todo!()
    }

    /// Applies a message of [`Incoming::Sync`] to the document, logging what changed.
    ///
    /// # Errors
    /// When the document will not take it: close the connection.
    pub fn merge(
        &mut self,
        _document: &DocumentId,
        _message: &[u8],
        _automerge: &mut Automerge,
        _patches: &mut PatchLog,
    ) -> Result<(), ProtocolError> {
        todo!()
    }

    /// The next frame to send about a document. Call it when ready, after every merge and every
    /// local change, until it returns `None`.
    pub fn next_frame(
        &mut self,
        _document: &DocumentId,
        _automerge: &Automerge,
    ) -> Option<Vec<u8>> {
        todo!()
    }

    /// A frame that carries `data` (one CBOR item) to the colleagues in a document; `None` when
    /// not connected.
    pub fn ephemeral(&mut self, _document: &DocumentId, _data: Vec<u8>) -> Option<Vec<u8>> {
        todo!()
    }

    /// Whether the server has confirmed, on this connection, that it holds every change we have.
    #[must_use]
    pub fn acknowledged(&self, _document: &DocumentId, _automerge: &Automerge) -> bool {
        todo!()
    }

    /// The heads that the server has confirmed last, among those we know; kept when the
    /// connection is lost, so that what still waits can be counted.
    #[must_use]
    pub fn acknowledged_heads(&self, _document: &DocumentId) -> Vec<[u8; 32]> {
        todo!()
    }
}
