//! How a connection ends, whichever side ends it.

use std::collections::BTreeSet;

use super::ServerNode;
use super::access::Admission;
use super::document::Waiting;
use super::event::{ConnectionId, Effect};
use super::refusal::Ending;
use crate::DocumentId;
use crate::wire::Message;

impl ServerNode {
    /// Ends these connections for something in one document.
    pub(super) fn end_all(
        &mut self,
        connections: BTreeSet<ConnectionId>,
        document: DocumentId,
        ending: &Ending,
    ) {
        for connection in connections {
            self.end_about(connection, Some(document), ending);
        }
    }

    /// Tells a connection why, and closes it. What of it still waits is dropped.
    pub(super) fn end(&mut self, connection: ConnectionId, ending: &Ending) {
        self.end_about(connection, None, ending);
    }

    /// The same, and tells in which document the reason lies, if it lies in one. It takes part there,
    /// or has asked to.
    pub(super) fn end_about(
        &mut self,
        connection: ConnectionId,
        document: Option<DocumentId>,
        ending: &Ending,
    ) {
        match self.connections.get_mut(&connection) {
            Some(known) if !known.closing => known.closing = true,
            _ => return,
        }
        if let Some(message) = ending.message() {
            self.send(connection, &Message::Error { message, document });
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
        let held = std::mem::take(&mut known.admissions);
        let held: usize = held.values().map(Admission::held_bytes).sum();
        self.waiting_bytes = self.waiting_bytes.saturating_sub(held);
        if let Some(name) = known.claims.take() {
            self.claimants.remove(&name);
        }
        if let Some(name) = known.peer.take() {
            self.free(&name);
        }
        for id in documents {
            let Some(document) = self.documents.get_mut(&id) else {
                continue;
            };
            document.subscribers.remove(&connection);
            document.presence.remove(connection);
            document.deliveries.leave(connection);
            document.holdings_changed = true;
            self.lively.insert(id);
            if document.subscribers.is_empty() {
                document.idle_since = self.now_ms;
            }
            if drop_waiting {
                let dropped = document.drop_waiting(|one| one == connection);
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
    /// A message waits once more, before all others of its document.
    pub(super) fn waits_again(&mut self, id: DocumentId, waiting: Waiting) {
        let bytes = waiting.content.bytes().len();
        self.waiting_bytes = self.waiting_bytes.saturating_add(bytes);
        if let Some(known) = self.connections.get_mut(&waiting.connection) {
            known.waiting += 1;
        }
        if let Some(document) = self.documents.get_mut(&id) {
            document.waiting.push_front(waiting);
        }
    }
}
