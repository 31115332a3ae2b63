//! The server's side: every connection and every document in memory, as one state machine.
//!
//! Invariant: nothing about a change is sent to anyone before the store has confirmed it, so that
//! the heads in the server's messages are a receipt.

mod chunks;
mod config;
mod connection;
mod document;
mod event;
mod guard;
mod inspect;
mod loading;
mod refusal;
mod routing;

use std::collections::{BTreeMap, BTreeSet};

use crate::wire::Message;
use crate::{DocumentId, PeerId};

use chunks::Known;
pub use config::{ServerConfig, ServerLimits};
use connection::Connection;
use document::{Document, Outcome, Phase};
pub use event::{Chunk, ConnectionId, Effect, Event, StoredChunk};
pub use inspect::{Inspection, inspect};
use refusal::Ending;

/// The server's state machine: events in, effects out.
#[derive(Debug)]
pub struct ServerNode {
    config: ServerConfig,
    now_ms: u64,
    connections: BTreeMap<ConnectionId, Connection>,
    /// Which live connection has a name.
    names: BTreeMap<PeerId, ConnectionId>,
    documents: BTreeMap<DocumentId, Document>,
    /// What each store or replacement under way is about.
    tickets: BTreeMap<u64, DocumentId>,
    last_ticket: u64,
    /// Bytes of all messages that wait for a document.
    waiting_bytes: usize,
    effects: Vec<Effect>,
}

impl ServerNode {
    /// A node with nothing in memory.
    #[must_use]
    pub fn new(config: ServerConfig) -> Self {
        Self {
            config,
            now_ms: 0,
            connections: BTreeMap::new(),
            names: BTreeMap::new(),
            documents: BTreeMap::new(),
            tickets: BTreeMap::new(),
            last_ticket: 0,
            waiting_bytes: 0,
            effects: Vec::new(),
        }
    }

    /// Takes one event and returns what is to be done, in this order. `now_ms` is any clock that
    /// does not go back.
    pub fn handle(&mut self, event: Event, now_ms: u64) -> Vec<Effect> {
        self.now_ms = now_ms.max(self.now_ms);
        match event {
            Event::Connected { connection } => {
                self.connections.insert(connection, Connection::default());
            }
            Event::Received { connection, frame } => self.received(connection, &frame),
            Event::Closed { connection } => self.closed(connection),
            Event::Loaded { document, result } => self.loaded(document, result),
            Event::Stored { ticket, result } => self.stored(ticket, result),
            Event::Tick => self.forget_idle_documents(),
        }
        std::mem::take(&mut self.effects)
    }

    /// How many documents are in memory.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// How many connections are open.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.len()
    }

    /// The store has answered what it has of a document.
    fn loaded(&mut self, id: DocumentId, result: Result<Vec<StoredChunk>, String>) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if document.phase != Phase::Loading {
            return;
        }
        match result {
            Ok(stored) => {
                let quarantine = document.loaded(stored, &self.config.limits.content);
                for (hash, reason) in quarantine {
                    self.effects.push(Effect::Quarantine {
                        document: id,
                        hash,
                        reason,
                    });
                }
                self.work(id);
                self.tell_all(id);
            }
            Err(error) => {
                document.phase = Phase::Absent;
                let waiting = std::mem::take(&mut document.waiting);
                let mut concerned = BTreeSet::new();
                for message in waiting {
                    self.no_longer_waiting(message.connection, message.data.len());
                    concerned.insert(message.connection);
                }
                self.end_all(concerned, &Ending::Store(error));
            }
        }
    }

    /// The store has confirmed a chunk or a snapshot, or failed.
    fn stored(&mut self, ticket: u64, result: Result<(), String>) {
        let Some(id) = self.tickets.remove(&ticket) else {
            return;
        };
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if document
            .replacing
            .as_ref()
            .is_some_and(|replacing| replacing.ticket == ticket)
        {
            document.replaced(result.is_ok());
            return;
        }
        if !matches!(&document.phase, Phase::Storing { ticket: awaited, .. } if *awaited == ticket)
        {
            return;
        }
        match result {
            Ok(()) => {
                document.stored();
                self.tell_all(id);
                self.compact(id);
            }
            Err(error) => {
                // Memory has what the store has not: it is loaded again when someone needs it.
                let contributors = std::mem::take(&mut document.contributors);
                document.forget();
                self.end_all(contributors, &Ending::Store(error));
            }
        }
        self.work(id);
    }

    /// Does what can be done with a document: loads it when someone waits for it, applies what
    /// waits, and tells those concerned.
    fn work(&mut self, id: DocumentId) {
        loop {
            let Some(document) = self.documents.get_mut(&id) else {
                return;
            };
            if document.waiting.is_empty() {
                break;
            }
            match document.phase {
                Phase::Loading | Phase::Storing { .. } => return,
                Phase::Absent => {
                    document.phase = Phase::Loading;
                    self.effects.push(Effect::Load { document: id });
                    return;
                }
                Phase::Ready => {}
            }
            let limits = &self.config.limits;
            let batch = document.apply_waiting(&limits.content, limits.orphan_bytes);
            for (connection, bytes) in batch.taken {
                self.no_longer_waiting(connection, bytes);
            }
            for (connection, error) in batch.refused {
                self.end(connection, &Ending::Wrong(error));
            }
            match batch.outcome {
                Outcome::Unchanged => self.tell(id, batch.touched),
                Outcome::Changed(chunk, known) => {
                    self.store(id, chunk, known, batch.contributors);
                }
                Outcome::Broken => self.break_down(id, batch.contributors),
            }
        }
        self.answer_requests(id);
    }

    fn store(
        &mut self,
        id: DocumentId,
        chunk: Chunk,
        known: Known,
        contributors: BTreeSet<ConnectionId>,
    ) {
        let ticket = self.new_ticket(id);
        if let Some(document) = self.documents.get_mut(&id) {
            document.storing(ticket, known, contributors);
            self.effects.push(Effect::Store {
                ticket,
                document: id,
                chunk,
            });
        }
    }

    fn compact(&mut self, id: DocumentId) {
        let ticket = self.last_ticket + 1;
        let limits = &self.config.limits;
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if let Some((snapshot, superseded)) =
            document.compact(ticket, limits.compact_chunks, &limits.content)
        {
            self.new_ticket(id);
            self.effects.push(Effect::Replace {
                ticket,
                document: id,
                snapshot,
                superseded,
            });
        }
    }

    fn new_ticket(&mut self, id: DocumentId) -> u64 {
        self.last_ticket += 1;
        self.tickets.insert(self.last_ticket, id);
        self.last_ticket
    }

    /// Forgets a document that must not be used any more. Those whose changes go with it send
    /// them again when they come back.
    fn break_down(&mut self, id: DocumentId, concerned: BTreeSet<ConnectionId>) {
        if let Some(document) = self.documents.get_mut(&id) {
            document.forget();
        }
        self.end_all(concerned, &Ending::Breakdown);
    }

    /// Tells every subscriber what is new.
    fn tell_all(&mut self, id: DocumentId) {
        let Some(document) = self.documents.get(&id) else {
            return;
        };
        let subscribers = document.subscribers.keys().copied().collect();
        self.tell(id, subscribers);
    }

    /// Tells these subscribers what is new.
    fn tell(&mut self, id: DocumentId, connections: BTreeSet<ConnectionId>) {
        for connection in connections {
            let Some(document) = self.documents.get_mut(&id) else {
                return;
            };
            if document.phase != Phase::Ready {
                return;
            }
            match document.next_message(connection) {
                Ok(None) => {}
                Ok(Some(data)) => self.send_sync(connection, id, data),
                Err(_) => self.break_down(id, BTreeSet::from([connection])),
            }
        }
    }

    /// Tells those who asked for a document that there is none.
    fn answer_requests(&mut self, id: DocumentId) {
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

    fn forget_idle_documents(&mut self) {
        let (now_ms, idle_ms) = (self.now_ms, self.config.limits.idle_ms);
        self.documents
            .retain(|_, document| !document.is_idle(now_ms, idle_ms));
    }
}
