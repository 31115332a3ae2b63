//! The client's side of a connection, for every document that one tab has open.
//!
//! Invariant: every connection starts with fresh sync states, since Automerge's protocol assumes
//! that no message of a connection is lost.

mod document;
mod incoming;

use std::collections::BTreeMap;

use automerge::sync::SyncDoc;
use automerge::{Automerge, PatchLog};

use crate::bounded::Limits;
use crate::receive::receive;
use crate::sessions::Sessions;
use crate::wire::{EphemeralMessage, Message, PeerMetadata, SyncMessage, VERSION_1};
use crate::{DocumentId, PeerId, ProtocolError};

use document::Document;
pub use incoming::{ConnectionState, Incoming};

/// What the envelope around a sync message may take besides.
const ENVELOPE: u64 = 64 * 1024;

/// The client's state machine: frames in, frames out.
#[derive(Debug)]
pub struct ClientNode {
    /// The node's name, which its session in ephemeral messages also has.
    peer: PeerId,
    /// Its name on the present connection.
    name: PeerId,
    server: Option<PeerId>,
    state: ConnectionState,
    connections: u64,
    documents: BTreeMap<DocumentId, Document>,
    ephemeral_count: u64,
    sessions: Sessions,
    limits: Limits,
}

impl ClientNode {
    /// A node named `peer`, which must be new for every tab session.
    #[must_use]
    pub fn new(peer: PeerId) -> Self {
        Self {
            name: peer.clone(),
            peer,
            server: None,
            state: ConnectionState::Offline,
            connections: 0,
            documents: BTreeMap::new(),
            ephemeral_count: 0,
            sessions: Sessions::default(),
            limits: Limits::default(),
        }
    }

    /// The socket is open: returns the frame to send first. Every document starts afresh.
    ///
    /// Each connection has a name of its own: the server may still hold the last one for alive,
    /// and nobody can take the name of a live connection.
    pub fn connected(&mut self) -> Vec<u8> {
        self.disconnected();
        self.connections += 1;
        if self.connections > 1 {
            self.name = PeerId::from(format!("{}-{}", self.peer, self.connections));
        }
        self.state = ConnectionState::Joining;
        Message::Join {
            sender: self.name.clone(),
            versions: vec![VERSION_1.to_owned()],
            metadata: PeerMetadata {
                storage_id: None,
                is_ephemeral: false,
            },
        }
        .encode()
    }

    /// The socket is gone.
    pub fn disconnected(&mut self) {
        self.state = ConnectionState::Offline;
        self.server = None;
        for document in self.documents.values_mut() {
            document.restart();
        }
    }

    /// Takes part in this document from now on.
    pub fn open(&mut self, document: DocumentId) {
        self.documents.entry(document).or_default();
    }

    /// Leaves the document: what arrives about it is ignored.
    pub fn close(&mut self, document: &DocumentId) {
        self.documents.remove(document);
    }

    /// How far the connection has come.
    #[must_use]
    pub fn state(&self) -> ConnectionState {
        self.state
    }

    /// A frame has arrived.
    ///
    /// # Errors
    /// When the frame is too large, malformed or out of place: close the connection.
    pub fn received(&mut self, frame: &[u8]) -> Result<Vec<Incoming>, ProtocolError> {
        let limit = self.limits.bytes.saturating_add(ENVELOPE);
        if frame.len() as u64 > limit {
            let limit = usize::try_from(limit).unwrap_or(usize::MAX);
            return Err(ProtocolError::FrameTooLarge {
                length: frame.len(),
                limit,
            });
        }
        let message = Message::decode(frame)?;
        match self.state {
            ConnectionState::Offline => Err(ProtocolError::Unexpected("frame while offline")),
            ConnectionState::Joining => self.received_answer(message),
            ConnectionState::Ready => Ok(self.received_message(message).into_iter().collect()),
        }
    }

    fn received_answer(&mut self, message: Message) -> Result<Vec<Incoming>, ProtocolError> {
        match message {
            Message::Peer {
                sender, version, ..
            } if version == VERSION_1 => {
                self.server = Some(sender);
                self.state = ConnectionState::Ready;
                Ok(vec![Incoming::Ready])
            }
            Message::Peer { .. } => Err(ProtocolError::Unexpected("protocol version")),
            Message::Error { message } => Ok(vec![Incoming::Refused { message }]),
            Message::Ignored { .. } => Ok(Vec::new()),
            _ => Err(ProtocolError::Unexpected("message before the handshake")),
        }
    }

    fn received_message(&mut self, message: Message) -> Option<Incoming> {
        match message {
            Message::Sync(content) | Message::Request(content) => {
                let document = content.document;
                let open = self.documents.contains_key(&document);
                open.then_some(Incoming::Sync {
                    document,
                    message: content.data,
                })
            }
            Message::DocUnavailable { document, .. } => self
                .documents
                .contains_key(&document)
                .then_some(Incoming::Unavailable { document }),
            Message::Ephemeral(EphemeralMessage {
                document,
                sender,
                session,
                count,
                data,
                ..
            }) => (self.documents.contains_key(&document)
                && self.sessions.is_new(&sender, &session, count))
            .then_some(Incoming::Ephemeral {
                document,
                from: sender,
                data,
            }),
            Message::Error { message } => Some(Incoming::Refused { message }),
            Message::Join { .. }
            | Message::Peer { .. }
            | Message::Leave { .. }
            | Message::Ignored { .. } => None,
        }
    }

    /// Applies a message of [`Incoming::Sync`] to the document, logging what changed. The bounded
    /// decoder looks at it first.
    ///
    /// # Errors
    /// When it is refused or the document does not take it: close the connection.
    pub fn merge(
        &mut self,
        document: &DocumentId,
        message: &[u8],
        automerge: &mut Automerge,
        patches: &mut PatchLog,
    ) -> Result<(), ProtocolError> {
        let known = self
            .documents
            .get_mut(document)
            .ok_or(ProtocolError::NotOpen)?;
        let report = receive(message, &self.limits, &mut known.state, automerge, patches)?;
        known.heads_stated(&report, automerge);
        Ok(())
    }

    /// The next frame to send about a document. Call it when ready, after every merge and every
    /// local change, until it returns `None`.
    pub fn next_frame(&mut self, document: &DocumentId, automerge: &Automerge) -> Option<Vec<u8>> {
        let target = self.server.clone()?;
        let known = self.documents.get_mut(document)?;
        let message = automerge.generate_sync_message(&mut known.state)?;
        let content = SyncMessage {
            document: *document,
            sender: self.name.clone(),
            target,
            data: message.encode(),
        };
        // Who has nothing asks whether the document exists.
        Some(if automerge.get_heads().is_empty() {
            Message::Request(content).encode()
        } else {
            Message::Sync(content).encode()
        })
    }

    /// A frame that carries `data` (one CBOR item) to the colleagues in a document; `None` when
    /// not connected, or the document is not open.
    pub fn ephemeral(&mut self, document: &DocumentId, data: Vec<u8>) -> Option<Vec<u8>> {
        let target = self.server.clone()?;
        self.documents.get(document)?;
        self.ephemeral_count += 1;
        let message = Message::Ephemeral(EphemeralMessage {
            document: *document,
            sender: self.name.clone(),
            target,
            session: self.peer.to_string(),
            count: self.ephemeral_count,
            data,
        });
        Some(message.encode())
    }

    /// Whether the server has confirmed, on this connection, that it holds every change we have.
    #[must_use]
    pub fn acknowledged(&self, document: &DocumentId, automerge: &Automerge) -> bool {
        self.documents
            .get(document)
            .is_some_and(|known| known.is_confirmed(automerge))
    }

    /// The heads that the server has confirmed last, among those we know; kept when the
    /// connection is lost, so that what still waits can be counted.
    #[must_use]
    pub fn acknowledged_heads(&self, document: &DocumentId) -> Vec<[u8; 32]> {
        self.documents
            .get(document)
            .map(|known| known.confirmed.iter().map(|hash| hash.0).collect())
            .unwrap_or_default()
    }
}
