//! What the server says to those who take part in a document.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

use super::ServerNode;
use super::event::{ConnectionId, Effect, ForwardKind};
use super::pace::Pace;
use crate::DocumentId;
use crate::wire::{Message, Native, SyncMessage};

/// So many heads are named in each receipt.
const FEW_HEADS: usize = 64;

/// Content of a sync message that is as long as this is looked for among what others are sent.
const SHARED: usize = 64 << 10;

impl ServerNode {
    /// Answers these, and every native client that is owed an answer.
    pub(super) fn tell_all(&mut self, id: DocumentId, touched: &BTreeSet<ConnectionId>) {
        let Some(document) = self.documents.get(&id) else {
            return;
        };
        let at_rest = document.memory.is_at_rest();
        // Whoever has only acknowledged hears with the others of what gathers.
        let gathers = document.pace.gathers(self.now_ms);
        let due = document.subscribers.iter().filter(|(connection, known)| {
            let is_due = at_rest && (!gathers || known.cannot_wait());
            known.owed || !known.native && is_due && touched.contains(connection)
        });
        let due = due.map(|(connection, _)| *connection).collect();
        self.tell(id, due);
    }

    /// Tells every subscriber in version 1 what is new, if all of it is stored: now, or when it is
    /// due.
    pub(super) fn tell_version_1(&mut self, id: DocumentId) {
        let gather_ms = self.config.limits.gather_ms;
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if !document.memory.is_ready()
            || !document.memory.is_at_rest()
            || !document.serves_version_1()
        {
            return;
        }
        let something_waits = !document.waiting.is_empty();
        if !(document.pace).is_now(self.now_ms, gather_ms, something_waits) {
            self.paced.insert(id);
            return;
        }
        let old = document.subscribers.iter();
        let old = old.filter(|(_, known)| !known.native);
        let old = old.map(|(connection, _)| *connection).collect();
        self.tell(id, old);
    }

    /// Tells those in version 1 what has gathered for long enough. What is not stored yet goes out
    /// once it is.
    pub(super) fn tell_what_is_due(&mut self) {
        for id in std::mem::take(&mut self.paced) {
            let pace = self.documents.get(&id).map(|document| &document.pace);
            match pace.and_then(Pace::due_ms) {
                Some(due_ms) if due_ms > self.now_ms => drop(self.paced.insert(id)),
                Some(_) => self.tell_version_1(id),
                None => {}
            }
        }
    }

    /// Goes on with the subscribers in version 1 that have not answered for a while.
    pub(super) fn wait_no_longer(&mut self) {
        let behind = |document: &mut super::Document| {
            let known = document.subscribers.iter_mut();
            let behind = known.filter_map(|(id, known)| known.stop_waiting().then_some(*id));
            behind.collect::<Vec<_>>()
        };
        let documents = self.documents.iter_mut();
        let due: Vec<_> = documents
            .filter(|(_, document)| document.memory.is_ready() && document.memory.is_at_rest())
            .map(|(id, document)| (*id, behind(document)))
            .filter(|(_, behind)| !behind.is_empty())
            .collect();
        for (id, behind) in due {
            self.tell(id, behind);
        }
    }

    fn tell(&mut self, id: DocumentId, connections: Vec<ConnectionId>) {
        for connection in connections {
            let Some(document) = self.documents.get_mut(&id) else {
                return;
            };
            if !document.memory.is_ready() {
                return;
            }
            match document.next_message(connection) {
                Ok(None) => {}
                Ok(Some(data)) => {
                    let native = document.is_native(connection);
                    self.send_sync(connection, id, data);
                    if native {
                        self.confirm_saved(id, vec![connection]);
                        self.show_presence(id, connection);
                    }
                }
                Err(_) => self.break_down(id, BTreeSet::from([connection])),
            }
        }
    }

    /// Tells those who asked for a document that there is none.
    pub(super) fn answer_requests(&mut self, id: DocumentId) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        for connection in document.take_unanswered() {
            let Some(target) = self.name_of(connection) else {
                continue;
            };
            let sender = self.config.peer.clone();
            self.send(
                connection,
                &Message::DocUnavailable {
                    document: id,
                    sender,
                    target,
                },
            );
        }
    }

    /// Tells these, who sent what was here already, that it is stored; if it is not yet, they
    /// hear of it with the others.
    pub(super) fn confirm(&mut self, id: DocumentId, connections: Vec<ConnectionId>) {
        let at_rest = self
            .documents
            .get(&id)
            .is_some_and(|document| document.memory.is_at_rest());
        if at_rest {
            self.confirm_saved(id, connections);
        }
    }

    /// Tells native clients up to where everything is stored.
    pub(super) fn confirm_saved(&mut self, id: DocumentId, connections: Vec<ConnectionId>) {
        let Some(document) = self.documents.get(&id) else {
            return;
        };
        let heads = document.memory.saved_heads();
        if !heads.is_empty() {
            if let Some(document) = self.documents.get_mut(&id) {
                for connection in &connections {
                    if let Some(known) = document.subscribers.get_mut(connection) {
                        known.receipted = true;
                    }
                }
            }
            let message = Native::Saved {
                document: id,
                heads,
                all: true,
            };
            self.forward(connections, id, message, ForwardKind::Notice);
        }
    }

    /// Tells native clients of what the last chunk has brought: where there are many heads, those who
    /// know the others are told of the new ones alone.
    pub(super) fn confirm_news(&mut self, id: DocumentId, connections: Vec<ConnectionId>) {
        let Some(document) = self.documents.get(&id) else {
            return;
        };
        let new = &document.memory.new_heads;
        if document.memory.saved_heads().len() <= FEW_HEADS || new.is_empty() {
            return self.confirm_saved(id, connections);
        }
        let takes_news = |one: &ConnectionId| {
            let is_told = document.subscribers.get(one).is_some_and(|it| it.receipted);
            is_told && self.connections.get(one).is_some_and(|it| it.news)
        };
        let (some, rest) = connections.into_iter().partition(takes_news);
        let message = Native::Saved {
            document: id,
            heads: new.clone(),
            all: false,
        };
        self.forward(some, id, message, ForwardKind::Notice);
        if !Vec::is_empty(&rest) {
            self.confirm_saved(id, rest);
        }
    }

    /// Asks native clients to begin anew with a document; until they do they are sent no change.
    pub(super) fn ask_to_resync(&mut self, id: DocumentId, connections: Vec<ConnectionId>) {
        if let Some(document) = self.documents.get_mut(&id) {
            for connection in &connections {
                if let Some(known) = document.subscribers.get_mut(connection) {
                    known.live = false;
                    known.receipted = false;
                }
            }
        }
        let message = Native::Resync { document: id };
        self.forward(connections, id, message, ForwardKind::Notice);
    }

    /// A frame was not sent, since too much waits for this connection already.
    pub(super) fn dropped(&mut self, connection: ConnectionId, id: DocumentId, kind: ForwardKind) {
        match kind {
            ForwardKind::Presence => {
                if let Some(document) = self.documents.get_mut(&id)
                    && let Some(known) = document.subscribers.get_mut(&connection)
                {
                    known.missed_presence = true;
                }
            }
            ForwardKind::Change => self.ask_to_resync(id, vec![connection]),
            ForwardKind::Notice => {}
        }
    }

    /// Sends one native message to several connections, encoded once.
    pub(super) fn forward(
        &mut self,
        connections: Vec<ConnectionId>,
        document: DocumentId,
        message: Native,
        kind: ForwardKind,
    ) {
        if !connections.is_empty() {
            self.effects.push(Effect::Forward {
                connections,
                document,
                frame: Arc::from(Message::Native(message).encode()),
                kind,
            });
        }
    }

    pub(super) fn send_sync(&mut self, connection: ConnectionId, id: DocumentId, data: Vec<u8>) {
        let Some(target) = self.name_of(connection) else {
            return;
        };
        let sender = self.config.peer.clone();
        let length = data.len();
        let mut content = SyncMessage {
            document: id,
            sender,
            target,
            data,
        };
        if length < SHARED {
            return self.send(connection, &Message::Sync(content));
        }
        let body = self.shared(id, std::mem::take(&mut content.data));
        self.effects.push(Effect::SendShared {
            connection,
            head: content.head(length),
            body,
        });
    }

    /// The same bytes, which many newcomers are often sent at a time, in one place for all of them:
    /// however slowly they read, there is one copy.
    fn shared(&mut self, id: DocumentId, data: Vec<u8>) -> Arc<Vec<u8>> {
        self.shared.retain(|_, one| one.strong_count() > 0);
        let there = self.shared.get(&id).and_then(Weak::upgrade);
        if let Some(there) = there.filter(|there| **there == *data) {
            return there;
        }
        let data = Arc::new(data);
        self.shared.insert(id, Arc::downgrade(&data));
        data
    }

    pub(super) fn send(&mut self, connection: ConnectionId, message: &Message) {
        let frame = Arc::from(message.encode());
        self.effects.push(Effect::Send { connection, frame });
    }
}
