//! Shows those who take part in a document to one another; `presence` says who is told what when.

use super::ServerNode;
use super::document::Document;
use super::event::{ConnectionId, ForwardKind};
use super::presence::Pace;
use super::refusal::Ending;
use crate::wire::Native;
use crate::{DocumentId, PeerId, ProtocolError, device};

impl ServerNode {
    /// A client says what others are to see of it.
    pub(super) fn present(
        &mut self,
        connection: ConnectionId,
        name: &PeerId,
        id: DocumentId,
        data: Option<Vec<u8>>,
    ) {
        let limit = self.config.limits.presence;
        if let Some(length) = data.as_ref().map(Vec::len).filter(|length| *length > limit) {
            let error = ProtocolError::TooLong {
                what: "`data`",
                length,
                limit,
            };
            return self.end_about(connection, Some(id), &Ending::Wrong(error));
        }
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if !document.is_native(connection) {
            return;
        }
        match data {
            Some(data) => {
                let storage = document.subscribers.get(&connection);
                let device = match storage.and_then(|known| known.storage.as_deref()) {
                    Some(storage) => device::label(&id, storage),
                    None => device::label_alone(&id, name),
                };
                let who = (name.clone(), device);
                document.presence.set(connection, who, data, self.now_ms);
            }
            None => document.presence.remove(connection),
        }
        self.lively.insert(id);
    }

    /// Tells everyone live what has changed of the others, wherever it is time.
    pub(super) fn tell_presence(&mut self) {
        let now_ms = self.now_ms;
        for id in std::mem::take(&mut self.lively) {
            let Some(document) = self.documents.get_mut(&id) else {
                continue;
            };
            match document.presence.due_ms() {
                None => continue,
                Some(due_ms) if due_ms > now_ms => {
                    self.lively.insert(id);
                    continue;
                }
                Some(_) => {}
            }
            let live: Vec<_> = document.live().collect();
            let pace = Pace::of(live.len(), &self.config.limits);
            let (peers, devices) = document.presence.take_changed(now_ms, pace);
            if document.presence.due_ms().is_some() {
                self.lively.insert(id);
            }
            // The only one there knows what it shows.
            if live.len() > 1 || peers.iter().any(|(_, data)| data.is_none()) {
                let message = Native::Presences {
                    document: id,
                    peers,
                    devices,
                    all: false,
                };
                self.forward(live, id, message, ForwardKind::Presence);
            }
        }
    }

    /// Shows a newcomer who is there.
    pub(super) fn show_presence(&mut self, id: DocumentId, connection: ConnectionId) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if let Some(known) = document.subscribers.get_mut(&connection) {
            known.missed_presence = false;
        }
        if !document.presence.is_empty() {
            let (peers, devices) = document.presence.all();
            let message = Native::Presences {
                document: id,
                peers,
                devices,
                all: true,
            };
            self.forward(vec![connection], id, message, ForwardKind::Presence);
        }
    }

    /// Shows everyone again to those who have missed something of it.
    pub(super) fn repeat_missed_presence(&mut self) {
        let missed = |document: &Document| -> Vec<ConnectionId> {
            let subscribers = document.subscribers.iter();
            let missed = subscribers.filter(|(_, known)| known.missed_presence);
            missed.map(|(connection, _)| *connection).collect()
        };
        let all: Vec<_> = self
            .documents
            .iter()
            .map(|(id, document)| (*id, missed(document)))
            .collect();
        for (id, connections) in all {
            for connection in connections {
                self.show_presence(id, connection);
            }
        }
    }

    /// Those of whom nothing has been heard for too long are no longer to be seen.
    pub(super) fn end_silent_presence(&mut self) {
        let (now_ms, timeout_ms) = (self.now_ms, self.config.limits.presence_timeout_ms);
        for (id, document) in &mut self.documents {
            if !document.presence.is_empty() {
                document.presence.expire(now_ms, timeout_ms);
                self.lively.insert(*id);
            }
        }
        self.tell_presence();
    }
}
