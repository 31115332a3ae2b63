//! What the server does with each frame: the handshake, who may do what, and passing on.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::document::{Document, Waiting};
use super::refusal::Ending;
use super::{ConnectionId, Effect, ServerNode};
use crate::wire::{EphemeralMessage, Message, PeerMetadata, SyncMessage, VERSION_1};
use crate::{DocumentId, PeerId, ProtocolError};

impl ServerNode {
    /// A frame has arrived.
    pub(super) fn received(&mut self, connection: ConnectionId, frame: &[u8]) {
        let Some(known) = self.connections.get(&connection) else {
            return;
        };
        if known.closing {
            return;
        }
        let limit = self.config.limits.frame;
        let length = frame.len();
        let message = if length > limit {
            Err(ProtocolError::FrameTooLarge { length, limit })
        } else {
            Message::decode(frame).map_err(ProtocolError::from)
        };
        match (known.peer.clone(), message) {
            (_, Err(error)) => self.end(connection, &Ending::Wrong(error)),
            (
                None,
                Ok(Message::Join {
                    sender, versions, ..
                }),
            ) => {
                self.join(connection, sender, &versions);
            }
            (None, Ok(_)) => self.unexpected(connection, "message before `join`"),
            (Some(_), Ok(Message::Join { .. })) => self.unexpected(connection, "second `join`"),
            (Some(peer), Ok(message)) => self.message(connection, &peer, message),
        }
    }

    fn join(&mut self, connection: ConnectionId, name: PeerId, versions: &[String]) {
        if name.as_str().is_empty() || name.as_str().len() > self.config.limits.name {
            return self.unexpected(connection, "length of the peer id");
        }
        if !versions.iter().any(|version| version == VERSION_1) {
            return self.unexpected(connection, "protocol version");
        }
        // Whoever has the name keeps it: a newcomer neither closes nor replaces a live connection.
        if self.names.contains_key(&name) {
            return self.end(connection, &Ending::NameTaken);
        }
        let Some(known) = self.connections.get_mut(&connection) else {
            return;
        };
        known.peer = Some(name.clone());
        self.names.insert(name.clone(), connection);
        let message = Message::Peer {
            sender: self.config.peer.clone(),
            target: name,
            version: VERSION_1.to_owned(),
            metadata: PeerMetadata::default(),
        };
        self.send(connection, &message);
    }

    /// A message of a connection that has joined as `peer`.
    fn message(&mut self, connection: ConnectionId, peer: &PeerId, message: Message) {
        match message {
            // A name is only good on the connection that joined with it; others' messages are
            // dropped, since a client may pass on what it heard elsewhere.
            Message::Request(content) if content.sender == *peer => {
                self.synchronise(connection, content, true);
            }
            Message::Sync(content) if content.sender == *peer => {
                self.synchronise(connection, content, false);
            }
            Message::Ephemeral(content) if content.sender == *peer => {
                self.pass_on(connection, &content);
            }
            Message::Leave { sender } if sender == *peer => self.end(connection, &Ending::Left),
            _ => {}
        }
    }

    /// Queues a sync message for its document.
    fn synchronise(&mut self, connection: ConnectionId, content: SyncMessage, is_request: bool) {
        let id = content.document;
        if let Err(ending) = self.admit(connection, id) {
            return self.end(connection, &ending);
        }
        let now_ms = self.now_ms;
        let bytes = content.data.len();
        let document = self
            .documents
            .entry(id)
            .or_insert_with(|| Document::new(now_ms));
        document.subscribers.entry(connection).or_default();
        document.waiting.push_back(Waiting {
            connection,
            is_request,
            data: content.data,
        });
        self.waiting_bytes = self.waiting_bytes.saturating_add(bytes);
        if let Some(known) = self.connections.get_mut(&connection) {
            known.documents.insert(id);
            known.waiting += 1;
        }
        self.work(id);
        let limits = &self.config.limits;
        let waiting = self
            .connections
            .get(&connection)
            .map_or(0, |known| known.waiting);
        let too_much =
            waiting > limits.waiting_messages || self.waiting_bytes > limits.waiting_bytes;
        if waiting > 0 && too_much {
            self.end(connection, &Ending::TooMuchWaiting);
        }
    }

    /// Decides whether a connection may take part in a document: the one place where that is
    /// decided. In the protocol's version 1 knowing the id is permission to read and write.
    fn admit(&self, connection: ConnectionId, document: DocumentId) -> Result<(), Ending> {
        let limit = self.config.limits.documents_per_connection;
        match self.connections.get(&connection) {
            Some(known) if known.documents.contains(&document) => Ok(()),
            Some(known) if known.documents.len() < limit => Ok(()),
            _ => Err(Ending::TooManyDocuments),
        }
    }

    /// Passes an ephemeral message on to the others who take part in its document, once.
    fn pass_on(&mut self, connection: ConnectionId, content: &EphemeralMessage) {
        let limits = &self.config.limits;
        if content.data.len() > limits.ephemeral || content.session.len() > limits.name {
            let limit = limits.ephemeral;
            let error = ProtocolError::FrameTooLarge {
                length: content.data.len(),
                limit,
            };
            return self.end(connection, &Ending::Wrong(error));
        }
        let Some(document) = self.documents.get_mut(&content.document) else {
            return;
        };
        if !document.subscribers.contains_key(&connection)
            || !document
                .sessions
                .is_new(&content.sender, &content.session, content.count)
        {
            return;
        }
        let others: Vec<_> = document
            .subscribers
            .keys()
            .filter(|other| **other != connection)
            .copied()
            .collect();
        for other in others {
            let Some(target) = self.name_of(other) else {
                continue;
            };
            let message = EphemeralMessage {
                target,
                ..content.clone()
            };
            self.send(other, &Message::Ephemeral(message));
        }
    }

    pub(super) fn send_sync(&mut self, connection: ConnectionId, id: DocumentId, data: Vec<u8>) {
        let Some(target) = self.name_of(connection) else {
            return;
        };
        let sender = self.config.peer.clone();
        self.send(
            connection,
            &Message::Sync(SyncMessage {
                document: id,
                sender,
                target,
                data,
            }),
        );
    }

    pub(super) fn send(&mut self, connection: ConnectionId, message: &Message) {
        let frame = Arc::from(message.encode());
        self.effects.push(Effect::Send { connection, frame });
    }

    pub(super) fn name_of(&self, connection: ConnectionId) -> Option<PeerId> {
        self.connections.get(&connection)?.peer.clone()
    }

    fn unexpected(&mut self, connection: ConnectionId, what: &'static str) {
        self.end(connection, &Ending::Wrong(ProtocolError::Unexpected(what)));
    }

    /// Ends these connections for the same reason.
    pub(super) fn end_all(&mut self, connections: BTreeSet<ConnectionId>, ending: &Ending) {
        for connection in connections {
            self.end(connection, ending);
        }
    }

    /// Tells a connection why, and closes it. What of it still waits is dropped.
    pub(super) fn end(&mut self, connection: ConnectionId, ending: &Ending) {
        match self.connections.get_mut(&connection) {
            Some(known) if !known.closing => known.closing = true,
            _ => return,
        }
        if let Some(message) = ending.message() {
            self.send(connection, &Message::Error { message });
        }
        let (code, reason) = (ending.code(), ending.reason());
        self.effects.push(Effect::Close {
            connection,
            code,
            reason,
        });
        self.withdraw(connection, *ending != Ending::Left);
    }

    /// A socket is gone. What it sent before still counts.
    pub(super) fn closed(&mut self, connection: ConnectionId) {
        self.withdraw(connection, false);
        self.connections.remove(&connection);
    }

    /// Takes a connection out of its documents and frees its name.
    fn withdraw(&mut self, connection: ConnectionId, drop_waiting: bool) {
        let Some(known) = self.connections.get_mut(&connection) else {
            return;
        };
        let documents = std::mem::take(&mut known.documents);
        if let Some(name) = known.peer.take() {
            self.names.remove(&name);
        }
        for id in documents {
            let Some(document) = self.documents.get_mut(&id) else {
                continue;
            };
            document.subscribers.remove(&connection);
            if document.subscribers.is_empty() {
                document.idle_since = self.now_ms;
            }
            if drop_waiting {
                let mut dropped = 0;
                document.waiting.retain(|waiting| {
                    let keep = waiting.connection != connection;
                    dropped += if keep { 0 } else { waiting.data.len() };
                    keep
                });
                self.waiting_bytes = self.waiting_bytes.saturating_sub(dropped);
            }
            // Whoever was about to bring the document may have gone.
            self.answer_requests(id);
        }
    }

    /// A message has left the queue of its document.
    pub(super) fn no_longer_waiting(&mut self, connection: ConnectionId, bytes: usize) {
        self.waiting_bytes = self.waiting_bytes.saturating_sub(bytes);
        if let Some(known) = self.connections.get_mut(&connection) {
            known.waiting = known.waiting.saturating_sub(1);
        }
    }
}
