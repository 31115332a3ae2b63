//! The handshake: who a connection is, and which protocol it speaks.

use super::ServerNode;
use super::brought::MAX_NAME;
use super::event::ConnectionId;
use super::refusal::Ending;
use crate::wire::{Message, NATIVE_1, Native, PeerMetadata, VERSION_1};
use crate::{PeerId, ProtocolError};

impl ServerNode {
    /// A connection says who it is and what it speaks.
    pub(super) fn join(
        &mut self,
        connection: ConnectionId,
        name: PeerId,
        versions: &[String],
        metadata: PeerMetadata,
    ) {
        let limit = self.config.limits.name;
        if name.as_str().is_empty() || name.as_str().len() > limit {
            return self.unexpected(connection, "length of the peer id");
        }
        let offers = |wanted: &str| versions.iter().any(|version| version == wanted);
        let native = self.config.native && offers(NATIVE_1);
        if !native && !offers(VERSION_1) {
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
        known.native = native;
        // One that is too long to be kept counts as a device of its own.
        known.storage = metadata.storage_id.filter(|storage| storage.len() <= limit);
        let person = metadata.person.filter(|person| person.len() <= MAX_NAME);
        known.person = person.unwrap_or_default().into();
        self.names.insert(name.clone(), connection);
        self.show_keys(connection, metadata.keys);
        let version = if native { NATIVE_1 } else { VERSION_1 };
        let message = Message::Peer {
            sender: self.config.peer.clone(),
            target: name,
            version: version.to_owned(),
            metadata: PeerMetadata::default(),
        };
        self.send(connection, &message);
        if native && self.health.is_failing() {
            self.send(connection, &Message::Native(Native::StoreFailing));
        }
    }

    pub(super) fn unexpected(&mut self, connection: ConnectionId, what: &'static str) {
        self.end(connection, &Ending::Wrong(ProtocolError::Unexpected(what)));
    }

    /// The name that a connection has joined with.
    pub(super) fn name_of(&self, connection: ConnectionId) -> Option<PeerId> {
        self.connections.get(&connection)?.peer.clone()
    }
}
