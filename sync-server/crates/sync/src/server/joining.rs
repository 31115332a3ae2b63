//! The handshake: who a connection is, and which protocol it speaks.

use super::ServerNode;
use super::brought::MAX_NAME;
use super::event::{ConnectionId, Effect};
use super::refusal::Ending;
use crate::wire::{Message, NATIVE_1, Native, PeerMetadata, VERSION_1};
use crate::{PeerId, ProtocolError};

/// A connection that comes under a name, and what it has said of itself.
#[derive(Debug)]
pub(super) struct Claimant {
    pub(super) connection: ConnectionId,
    native: bool,
    metadata: PeerMetadata,
}

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
        let claimant = Claimant {
            connection,
            native,
            metadata,
        };
        if name == self.config.peer {
            return self.end(connection, &Ending::ServersName);
        }
        match self.names.get(&name) {
            None => self.seat(name, claimant),
            // Whoever has the name keeps it while they live: a newcomer neither closes nor replaces
            // them. But a client whose network has ended comes back under its name long before the
            // connection that it lost is given up.
            Some(old) if !self.claimants.contains_key(&name) => {
                let connection = *old;
                self.effects.push(Effect::CheckAlive { connection });
                if let Some(known) = self.connections.get_mut(&claimant.connection) {
                    known.claims = Some(name.clone());
                }
                self.claimants.insert(name, claimant);
            }
            _ => self.end(connection, &Ending::NameTaken),
        }
    }

    /// A connection whose name somebody else claims has answered, or has not.
    pub(super) fn checked(&mut self, connection: ConnectionId, alive: bool) {
        let Some(name) = self.name_of(connection) else {
            return;
        };
        if !alive && self.claimants.contains_key(&name) {
            // Its place is free with that, and taken.
            self.end(connection, &Ending::NoAnswer);
        } else if let Some(claimant) = self.claimants.remove(&name) {
            self.end(claimant.connection, &Ending::NameTaken);
        }
    }

    /// A name is free: whoever waits for it has it.
    pub(super) fn free(&mut self, name: &PeerId) {
        self.names.remove(name);
        if let Some(claimant) = self.claimants.remove(name) {
            self.seat(name.clone(), claimant);
        }
    }

    /// Lets a connection in under a name that is free.
    fn seat(&mut self, name: PeerId, claimant: Claimant) {
        let Claimant {
            connection,
            native,
            metadata,
        } = claimant;
        let limit = self.config.limits.name;
        let Some(known) = self.connections.get_mut(&connection) else {
            return;
        };
        known.claims = None;
        known.peer = Some(name.clone());
        known.native = native;
        known.news = metadata.news;
        // One that is too long to be kept counts as a device of its own.
        known.storage = metadata.storage_id.filter(|storage| storage.len() <= limit);
        let most = self.config.limits.documents_per_connection;
        known.owned = metadata.owned.into_iter().take(most).collect();
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
