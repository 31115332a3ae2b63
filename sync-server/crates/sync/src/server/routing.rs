//! What the server does with each frame: who may do what, and passing on.

use std::sync::Arc;

use super::ServerNode;
use super::document::{Content, Document, Waiting};
use super::event::ConnectionId;
use super::refusal::Ending;
use super::subscriber::Subscriber;
use crate::wire::{EphemeralMessage, Message, Native};
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
                    sender,
                    versions,
                    metadata,
                }),
            ) if known.claims.is_none() => {
                self.join(connection, sender, &versions, metadata);
            }
            (None, Ok(Message::Join { .. })) => self.unexpected(connection, "second `join`"),
            (None, Ok(_)) => self.unexpected(connection, "message before `join`"),
            (Some(_), Ok(Message::Join { .. })) => self.unexpected(connection, "second `join`"),
            (Some(peer), Ok(message)) => self.message(connection, &peer, message),
        }
    }

    /// A message of a connection that has joined as `peer`.
    fn message(&mut self, connection: ConnectionId, peer: &PeerId, message: Message) {
        let us = &self.config.peer;
        let for_us = |target: &PeerId| target == us;
        match message {
            // A name is only good on the connection that joined with it; others' messages are
            // dropped, and those for others, since a client may pass on what it heard elsewhere.
            Message::Request(content) if content.sender == *peer && for_us(&content.target) => {
                self.synchronise(connection, content.document, content.data, true);
            }
            Message::Sync(content) if content.sender == *peer && for_us(&content.target) => {
                self.synchronise(connection, content.document, content.data, false);
            }
            Message::Ephemeral(content) if content.sender == *peer && for_us(&content.target) => {
                self.pass_on(connection, &content);
            }
            Message::Leave { sender } if sender == *peer => self.end(connection, &Ending::Left),
            Message::Access { key } => self.show_keys(connection, vec![key]),
            Message::Native(message) => self.native(connection, peer, message),
            _ => {}
        }
    }

    /// A message of the native protocol; who speaks version 1 has no use for it.
    fn native(&mut self, connection: ConnectionId, peer: &PeerId, message: Native) {
        if !self.connections.get(&connection).is_some_and(|c| c.native) {
            return;
        }
        match message {
            // What cannot be stored is not taken: all of it is asked for once that is possible.
            Native::Change { .. } if self.health.is_failing() => {}
            Native::Change { document, data } => {
                self.queue(connection, document, Content::Change(data));
            }
            Native::Seen { document, heads } => self.holds(connection, document, heads),
            Native::Presence { document, data } => self.present(connection, peer, document, data),
            Native::Follow { document } => self.follow(connection, document),
            // These are the server's to say.
            Native::Saved { .. }
            | Native::Resync { .. }
            | Native::Rights { .. }
            | Native::Presences { .. }
            | Native::Deliveries { .. }
            | Native::StoreFailing
            | Native::StoreRecovered => {}
        }
    }

    /// Queues a sync message for its document.
    fn synchronise(
        &mut self,
        connection: ConnectionId,
        document: DocumentId,
        data: Vec<u8>,
        is_request: bool,
    ) {
        self.queue(connection, document, Content::Sync { data, is_request });
    }

    /// Queues a message for its document.
    pub(super) fn queue(&mut self, connection: ConnectionId, id: DocumentId, content: Content) {
        if let Err(ending) = self.admit(connection, id) {
            return self.end_about(connection, Some(id), &ending);
        }
        let Some((content, read_only)) = self.let_through(connection, id, content) else {
            return;
        };
        let Some(known) = self.connections.get_mut(&connection) else {
            return;
        };
        known.documents.insert(id);
        known.waiting += 1;
        let now_ms = self.now_ms;
        self.waiting_bytes = self.waiting_bytes.saturating_add(content.bytes().len());
        let document = self
            .documents
            .entry(id)
            .or_insert_with(|| Document::new(now_ms));
        document
            .subscribers
            .entry(connection)
            .or_insert_with(|| Subscriber::new(known.native, known.storage.clone(), read_only));
        document.waiting.push_back(Waiting {
            connection,
            content,
            read_only,
            person: Arc::clone(&known.person),
        });
        self.work(id);
        self.end_if_too_much_waits(connection);
    }

    /// Ends a connection that sends faster than its messages can be handled.
    pub(super) fn end_if_too_much_waits(&mut self, connection: ConnectionId) {
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

    /// Whether a connection may take part in one more document; whether it may in this one, the
    /// shell says.
    fn admit(&self, connection: ConnectionId, document: DocumentId) -> Result<(), Ending> {
        let limit = self.config.limits.documents_per_connection;
        match self.connections.get(&connection) {
            Some(known) if known.documents.contains(&document) => Ok(()),
            Some(known) if known.admissions.contains_key(&document) => Ok(()),
            Some(known) if known.documents.len().max(known.admissions.len()) < limit => Ok(()),
            _ => Err(Ending::TooManyDocuments),
        }
    }

    /// Passes an ephemeral message on to the others who take part in its document, once.
    fn pass_on(&mut self, connection: ConnectionId, content: &EphemeralMessage) {
        let limits = &self.config.limits;
        for (what, length, limit) in [
            ("`data`", content.data.len(), limits.ephemeral),
            ("`sessionId`", content.session.len(), limits.name),
        ] {
            if length > limit {
                let error = ProtocolError::TooLong {
                    what,
                    length,
                    limit,
                };
                let about = Some(content.document);
                return self.end_about(connection, about, &Ending::Wrong(error));
            }
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
}
