//! The server's side: every connection and every document in memory, as one state machine.
//!
//! Invariant: whatever a client takes for a receipt (in version 1 every statement of heads,
//! natively `saved`) is sent only after the store has confirmed it.

mod access;
mod applying;
mod brought;
mod burden;
mod chunks;
mod cold;
mod compacting;
mod config;
mod connection;
mod document;
mod ending;
mod event;
mod gathered;
mod health;
mod inspect;
mod joining;
mod loading;
mod lull;
mod memory;
mod pace;
mod panics;
mod presence;
mod refusal;
mod routing;
mod seen;
mod showing;
mod storing;
mod subscriber;
mod telling;
mod turns;
mod whole;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Weak;

use crate::{DocumentId, PeerId};

pub use access::{Access, Grant};
use applying::Batch;
pub use config::{ServerConfig, ServerLimits};
use connection::Connection;
use document::Document;
pub use event::{Chunk, ConnectionId, Effect, Event, ForwardKind, StoredChunk};
use health::Health;
pub use inspect::{Inspection, inspect};
use joining::Claimant;
use memory::Phase;
use refusal::Ending;
use turns::Turns;
pub use work::{Work, Worked};

/// The server's state machine: events in, effects out.
#[derive(Debug)]
pub struct ServerNode {
    config: ServerConfig,
    now_ms: u64,
    connections: BTreeMap<ConnectionId, Connection>,
    /// Which live connection has a name.
    names: BTreeMap<PeerId, ConnectionId>,
    /// Who waits for a name, until it is known whether the connection that has it still lives.
    claimants: BTreeMap<PeerId, Claimant>,
    documents: BTreeMap<DocumentId, Document>,
    /// What each store or replacement under way is about.
    tickets: BTreeMap<u64, DocumentId>,
    last_ticket: u64,
    /// Documents with changes to forward or to store at the next pause.
    gathered: BTreeSet<DocumentId>,
    /// Documents in which someone's presence has changed.
    lively: BTreeSet<DocumentId>,
    /// Documents of which those in version 1 are told something when it is due.
    paced: BTreeSet<DocumentId>,
    /// Documents whose chunks are worth writing anew, in a lull.
    overgrown: BTreeSet<DocumentId>,
    /// Documents in which more could be applied.
    turns: Turns,
    health: Health,
    /// Bytes of all messages that wait for a document.
    waiting_bytes: usize,
    /// The last long sync message about each document, while it waits to be sent.
    shared: BTreeMap<DocumentId, Weak<Vec<u8>>>,
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
            claimants: BTreeMap::new(),
            documents: BTreeMap::new(),
            tickets: BTreeMap::new(),
            last_ticket: 0,
            gathered: BTreeSet::new(),
            lively: BTreeSet::new(),
            paced: BTreeSet::new(),
            overgrown: BTreeSet::new(),
            turns: Turns::default(),
            health: Health::default(),
            waiting_bytes: 0,
            shared: BTreeMap::new(),
            effects: Vec::new(),
        }
    }

    /// Takes one event and returns what is to be done, in this order. `now_ms` is any clock that
    /// does not go back.
    pub fn handle(&mut self, event: Event, now_ms: u64) -> Vec<Effect> {
        self.now_ms = now_ms.max(self.now_ms);
        self.turns.measure(self.now_ms);
        match event {
            Event::Connected { connection } => {
                self.connections.insert(connection, Connection::default());
            }
            Event::Received { connection, frame } => self.received(connection, &frame),
            Event::Closed { connection } => self.closed(connection),
            Event::Loaded { document, result } => self.loaded(document, result),
            Event::Stored { ticket, result } => self.stored(ticket, result),
            Event::Worked(worked) => self.worked(*worked),
            Event::Probed { result } => self.probed(result.is_ok()),
            Event::Dropped {
                connection,
                document,
                kind,
            } => self.dropped(connection, document, kind),
            Event::Authorised {
                connection,
                document,
                result,
            } => self.authorised(connection, document, result),
            Event::Recalled { document, result } => self.recalled(document, result),
            Event::Checked { connection, alive } => self.checked(connection, alive),
            Event::ClockJumped { ahead_ms } => self.clock_jumped(ahead_ms),
            Event::AccessChanged { documents } => self.review_access(&documents),
            Event::Pause => self.pause(),
            Event::Tick => self.tick(),
        }
        std::mem::take(&mut self.effects)
    }

    /// When the next [`Event::Pause`] is wanted at the latest, on the clock of `now_ms`.
    #[must_use]
    pub fn wake_at(&self) -> Option<u64> {
        let lively = self.lively.iter();
        let presence = lively.filter_map(|id| self.documents.get(id)?.presence.due_ms());
        let paced = self.paced.iter();
        let news = paced.filter_map(|id| self.documents.get(id)?.pace.due_ms());
        let quiet_ms = self.config.limits.quiet_ms;
        let overgrown = self.overgrown.iter();
        let lulls = overgrown.filter_map(|id| self.documents.get(id)?.lull.due_ms(quiet_ms));
        let turn = self.turns.due_ms();
        let crowds = self.gathered.iter();
        let crowds = crowds.filter_map(|id| Some(self.documents.get(id)?.crowd_due_ms()));
        presence
            .chain(news)
            .chain(lulls)
            .chain(turn)
            .chain(crowds)
            .min()
    }

    /// How many documents are in memory.
    #[must_use]
    pub fn documents(&self) -> usize {
        let in_memory = |document: &&Document| document.memory.phase != Phase::Absent;
        self.documents.values().filter(in_memory).count()
    }

    /// How many connections are open.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.len()
    }

    /// Does what can be done with a document: loads it when someone waits for it, applies what
    /// waits, and answers. One in which much was applied a moment ago goes on when it is its turn.
    fn work(&mut self, id: DocumentId) {
        while !self.turns.waits(id)
            && let Some(document) = self.documents.get_mut(&id)
        {
            if document.waiting.is_empty() {
                break;
            }
            match document.memory.phase {
                Phase::Loading => return,
                Phase::Absent => {
                    document.memory.phase = Phase::Loading;
                    self.effects.push(Effect::Load { document: id });
                    return;
                }
                Phase::Ready => {}
            }
            if !document.can_apply(&self.config.limits) {
                break;
            }
            self.apply(id);
        }
        self.answer_requests(id);
    }

    /// Applies what waits for a document that is ready, and answers.
    fn apply(&mut self, id: DocumentId) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        document.idle_since = self.now_ms;
        let ticket = self.last_ticket + 1;
        let mut batch = document.apply_waiting(&self.config.limits, ticket);
        if let Some(job) = batch.job.take() {
            self.begin_work(id, job);
        }
        self.conclude(id, batch);
    }

    /// Answers what was applied.
    fn conclude(&mut self, id: DocumentId, batch: Batch) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        document.pace.wrote(&batch.contributors);
        if !batch.contributors.is_empty() {
            document.lull.is_broken(self.now_ms);
        }
        for (connection, bytes) in batch.taken {
            self.no_longer_waiting(connection, bytes);
        }
        if let Some(again) = batch.again {
            self.waits_again(id, again);
        }
        for (connection, error) in batch.refused {
            self.end_about(connection, Some(id), &Ending::Wrong(error));
        }
        if batch.broken {
            return self.break_down(id, batch.contributors);
        }
        if batch.was_long {
            self.turns.wait(id, self.now_ms);
        }
        self.note_brought(id, batch.brought);
        self.gathered.insert(id);
        if batch.by_sync {
            self.pass_on_gathered(id);
        }
        self.tell_all(id, &batch.touched);
        self.ask_to_resync(id, batch.gaps.into_iter().collect());
        self.confirm(id, batch.repeated.into_iter().collect());
    }

    /// Forgets a document that must not be used any more. Those whose changes go with it send
    /// them again when they come back, or are asked.
    fn break_down(&mut self, id: DocumentId, mut concerned: BTreeSet<ConnectionId>) {
        if let Some(document) = self.documents.get_mut(&id) {
            concerned.extend(document.unsaved_of_version_1());
            document.forget();
            let live = document.live().collect();
            self.ask_to_resync(id, live);
        }
        self.end_all(concerned, id, &Ending::Breakdown);
    }

    /// Sends out what has gathered.
    fn pause(&mut self) {
        for id in std::mem::take(&mut self.gathered) {
            self.pass_on_gathered(id);
        }
        self.tell_what_is_due();
        self.tell_presence();
        self.compact_in_a_lull();
        if let Some(id) = self.turns.next(self.now_ms) {
            self.work(id);
        }
    }

    fn tick(&mut self) {
        self.pause();
        self.review_ended_grants();
        self.end_silent_presence();
        self.tell_seen();
        self.repeat_missed_presence();
        self.wait_no_longer();
        if self.health.is_trial_due(self.now_ms) {
            self.effects.push(Effect::Probe);
        }
        self.forget_idle_documents();
    }

    /// Documents that nobody has open go; those that nobody has touched leave memory.
    fn forget_idle_documents(&mut self) {
        let (now_ms, idle_ms) = (self.now_ms, self.config.limits.idle_ms);
        for document in self.documents.values_mut() {
            let idle = now_ms.saturating_sub(document.idle_since) >= idle_ms;
            let resting = document.memory.is_ready() && document.can_rest();
            // Changes that wait for others are in memory alone. Whoever brought them and is still
            // here would not offer them again; whoever comes later does.
            let mut bringers = document.memory.orphans_of.iter();
            let waits = bringers.any(|one| self.connections.contains_key(one));
            if idle && resting && !waits {
                document.forget();
            }
        }
        self.documents.retain(|_, document| {
            let empty = document.memory.is_ready() && document.memory.is_empty();
            let gone = document.memory.phase == Phase::Absent || empty;
            !(document.subscribers.is_empty() && document.can_rest() && gone)
        });
    }
}
