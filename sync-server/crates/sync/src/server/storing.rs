//! What the server asks of the store, and what follows from its answers.

use std::collections::BTreeSet;

use super::document::{Content, Document};
use super::event::{ConnectionId, Effect, ForwardKind, StoredChunk};
use super::loading::Loaded;
use super::memory::Phase;
use super::panics::Broken;
use super::refusal::Ending;
use super::work::{Job, Outcome, Work, Worked};
use super::{ServerNode, cold};
use crate::DocumentId;
use crate::bounded::{Limits, check_message};
use crate::wire::{Message, Native};

impl ServerNode {
    /// The store has answered what it has of a document.
    pub(super) fn loaded(&mut self, id: DocumentId, result: Result<Vec<StoredChunk>, String>) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if document.memory.phase != Phase::Loading {
            return;
        }
        match result {
            Ok(stored) => {
                if self.answer_cold(id, &stored) {
                    return;
                }
                let limits = self.config.limits.content.clone();
                let ticket = self.begin_work(id, Job::Build { stored, limits });
                if let Some(document) = self.documents.get_mut(&id) {
                    document.memory.building = Some(ticket);
                }
            }
            Err(_) => self.not_loaded(id),
        }
    }

    /// Has somebody else do work on a document; returns its ticket.
    pub(super) fn begin_work(&mut self, id: DocumentId, job: Job) -> u64 {
        self.last_ticket += 1;
        let work = Work::new(id, self.last_ticket, job);
        self.effects.push(Effect::Work(Box::new(work)));
        self.last_ticket
    }

    /// Work is done. What it was for may have gone meanwhile.
    pub(super) fn worked(&mut self, worked: Worked) {
        let (id, ticket) = (worked.document, worked.ticket);
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        match worked.outcome {
            Outcome::Built(built) => {
                if document
                    .memory
                    .building
                    .take_if(|it| *it == ticket)
                    .is_none()
                {
                    return;
                }
                match built {
                    Ok(loaded) => self.built(id, *loaded),
                    Err(Broken) => self.not_loaded(id),
                }
            }
            Outcome::Applied(outcome) => {
                let limits = &self.config.limits;
                if let Some(batch) = document.come_back(ticket, outcome, limits) {
                    self.conclude(id, batch);
                    self.work(id);
                }
            }
            Outcome::Compacted(made) => {
                let next = self.last_ticket + 1;
                let made = document
                    .memory
                    .compacted(ticket, made.map(|made| *made), next);
                if let Some((snapshot, superseded)) = made {
                    self.new_ticket(id);
                    self.effects.push(Effect::Replace {
                        ticket: next,
                        document: id,
                        snapshot,
                        superseded,
                    });
                }
            }
        }
    }

    /// A document is built of what is stored.
    fn built(&mut self, id: DocumentId, loaded: Loaded) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        let review = document.memory.built(loaded);
        document.idle_since = self.now_ms;
        if !review.damaged.is_empty() {
            self.set_aside(id, review.damaged);
        }
        self.mend(id, review.mended);
        self.work(id);
        self.tell_version_1(id);
    }

    /// What is stored of a document cannot be had: nobody waits for it any more.
    fn not_loaded(&mut self, id: DocumentId) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        document.forget();
        let waiting = std::mem::take(&mut document.waiting);
        let mut concerned = BTreeSet::new();
        for message in waiting {
            self.no_longer_waiting(message.connection, message.content.bytes().len());
            concerned.insert(message.connection);
        }
        self.end_all(concerned, id, &Ending::Unanswered);
    }

    /// Sets chunks aside, and has everybody who takes part already say anew what they have: what
    /// they were told is stored may be damaged, and they have it.
    fn set_aside(&mut self, id: DocumentId, damaged: Vec<([u8; 32], String)>) {
        for (hash, reason) in damaged {
            self.effects.push(Effect::Quarantine {
                document: id,
                hash,
                reason,
            });
        }
        let Some(document) = self.documents.get(&id) else {
            return;
        };
        let (live, old) = (
            document.live().collect(),
            document.told_in_version_1().collect(),
        );
        self.ask_to_resync(id, live);
        // In version 1 there is no way to ask but a new connection.
        self.end_all(old, id, &Ending::Breakdown);
    }

    /// Notes that all that these chunks held is stored in others.
    fn mend(&mut self, id: DocumentId, mended: Vec<[u8; 32]>) {
        let mended = mended.into_iter();
        let effects = mended.map(|hash| Effect::Mend { document: id, hash });
        self.effects.extend(effects);
    }

    /// Answers those who wait from what is stored, if that is all they need: they are native, and
    /// have nothing or just what is stored. Returns whether it did.
    fn answer_cold(&mut self, id: DocumentId, stored: &[StoredChunk]) -> bool {
        let limits = &self.config.limits.content;
        let Some(document) = self.documents.get_mut(&id) else {
            return false;
        };
        let Some(asked) = only_asked(document, limits) else {
            return false;
        };
        let Some(cold) = cold::assemble(stored, limits) else {
            return false;
        };
        let suits = |heads: &[[u8; 32]]| heads.is_empty() || heads == cold.heads;
        if !asked.iter().all(|(_, heads)| suits(heads)) {
            return false;
        }
        document.forget();
        let waiting = std::mem::take(&mut document.waiting);
        for (connection, _) in &asked {
            if let Some(known) = document.subscribers.get_mut(connection) {
                known.live = true;
                known.sent.clone_from(&cold.heads);
            }
        }
        for message in waiting {
            self.no_longer_waiting(message.connection, message.content.bytes().len());
        }
        for (connection, heads) in asked {
            let answer = if heads.is_empty() {
                cold.message.clone()
            } else {
                cold.statement()
            };
            self.send_sync(connection, id, answer);
            let saved = Native::Saved {
                document: id,
                heads: cold.heads.clone(),
                all: true,
            };
            self.send(connection, &Message::Native(saved));
            self.show_presence(id, connection);
        }
        true
    }

    /// The store has confirmed a chunk or a snapshot, or failed.
    pub(super) fn stored(&mut self, ticket: u64, result: Result<(), String>) {
        let Some(id) = self.tickets.remove(&ticket) else {
            return;
        };
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if document
            .memory
            .replacing
            .as_ref()
            .is_some_and(|replacing| replacing.ticket == ticket)
        {
            document.memory.replaced(result.is_ok());
            return;
        }
        match result {
            Ok(()) => {
                // Whoever sent a change without having asked for the document hears of it too.
                let mut told: BTreeSet<_> = document.memory.deliverers().into_iter().collect();
                if !document.memory.stored(ticket) {
                    return;
                }
                told.retain(|one| document.is_native(*one));
                told.extend(document.live());
                let mended = document.memory.take_mended();
                self.mend(id, mended);
                self.confirm_news(id, told.into_iter().collect());
                self.pass_on_gathered(id);
                self.tell_version_1(id);
                self.compact_later(id);
            }
            Err(error) => {
                if document
                    .memory
                    .storing
                    .as_ref()
                    .is_none_or(|s| s.ticket != ticket)
                {
                    return;
                }
                self.store_failed(id, error);
            }
        }
        self.work(id);
        // What waited may have been answers alone: then nobody is left to wait for.
        if self.paced.contains(&id) {
            self.tell_version_1(id);
        }
    }

    /// Memory has what the store has not: it is loaded again when someone needs it.
    fn store_failed(&mut self, id: DocumentId, error: String) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        let contributors = document.unsaved_of_version_1();
        document.forget();
        // Native clients are asked for everything once the store has recovered.
        let mut dropped = Vec::new();
        document.waiting.retain(|message| {
            let drop = matches!(message.content, Content::Change(_));
            if drop {
                dropped.push((message.connection, message.content.bytes().len()));
            }
            !drop
        });
        for (connection, bytes) in dropped {
            self.no_longer_waiting(connection, bytes);
        }
        self.end_all(contributors, id, &Ending::Store(error));
        if self.health.failed(self.now_ms) {
            self.tell_native(&Native::StoreFailing);
        }
    }

    /// How the trial of a failing store went.
    pub(super) fn probed(&mut self, success: bool) {
        if self.health.tried(success, self.now_ms) {
            self.tell_native(&Native::StoreRecovered);
        }
    }

    /// Tells every native connection.
    fn tell_native(&mut self, message: &Native) {
        let natives: Vec<_> = self
            .connections
            .iter()
            .filter(|(_, known)| known.native && known.peer.is_some())
            .map(|(connection, _)| *connection)
            .collect();
        for connection in natives {
            self.send(connection, &Message::Native(message.clone()));
        }
    }

    /// Gives what has gathered to the store, unless it is busy with this document.
    pub(super) fn store(&mut self, id: DocumentId) {
        let ticket = self.last_ticket + 1;
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        match document
            .memory
            .next_chunk(ticket, &self.config.limits.content)
        {
            Ok(None) => {}
            Ok(Some(chunk)) => {
                let from = document.memory.deliverers();
                self.new_ticket(id);
                self.effects.push(Effect::Store {
                    ticket,
                    document: id,
                    chunk,
                    from,
                });
            }
            Err(authors) => self.break_down(id, authors),
        }
    }

    /// Notes whether a document's chunks are worth writing anew, which is done in a lull.
    fn compact_later(&mut self, id: DocumentId) {
        let limits = &self.config.limits;
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if !document.memory.is_at_rest() {
            // Looked at again once what is on its way is stored.
            return;
        }
        let wanted = document.memory.is_overgrown(limits.compact_chunks);
        document.lull.is_wanted(wanted, self.now_ms);
        if wanted {
            self.overgrown.insert(id);
            if document.lull.due_ms(limits.quiet_ms) <= Some(self.now_ms) {
                self.compact(id);
            }
        }
    }

    /// Begins to compact a document around which it is quiet.
    pub(super) fn compact_in_a_lull(&mut self) {
        let (now_ms, quiet_ms) = (self.now_ms, self.config.limits.quiet_ms);
        let is_due = |id: &&DocumentId| {
            let document = self.documents.get(id);
            let due_ms = document.and_then(|one| one.lull.due_ms(quiet_ms));
            due_ms.is_none_or(|due_ms| due_ms <= now_ms)
        };
        if let Some(id) = self.overgrown.iter().find(is_due).copied() {
            self.compact(id);
        }
    }

    fn compact(&mut self, id: DocumentId) {
        self.overgrown.remove(&id);
        let ticket = self.last_ticket + 1;
        let limits = &self.config.limits;
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        // If it is not at rest, this is looked at again once it is.
        if document.memory.is_at_rest() {
            document.lull.is_wanted(false, self.now_ms);
        }
        let compact =
            document
                .memory
                .begin_compaction(ticket, limits.compact_chunks, &limits.content);
        if let Some(compact) = compact {
            // What comes back is known by the ticket; the store has no part in it yet.
            self.last_ticket = ticket;
            let work = Work::new(id, ticket, Job::Compact(Box::new(compact)));
            self.effects.push(Effect::Work(Box::new(work)));
        }
    }

    fn new_ticket(&mut self, id: DocumentId) {
        self.last_ticket += 1;
        self.tickets.insert(self.last_ticket, id);
    }

    /// Forwards what has gathered, and gives it to the store. In a crowd it gathers on for some
    /// milliseconds: each message, and each receipt, goes to everyone.
    pub(super) fn pass_on_gathered(&mut self, id: DocumentId) {
        let now_ms = self.now_ms;
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if now_ms < document.crowd_due_ms() {
            self.gathered.insert(id);
            return;
        }
        document.passed_on_ms = now_ms;
        match document.take_unsent() {
            Ok(unsent) => {
                let message = Native::Change {
                    document: id,
                    data: unsent.bytes,
                };
                self.forward(unsent.to, id, message, ForwardKind::Change);
            }
            Err(authors) => return self.break_down(id, authors),
        }
        self.store(id);
    }
}

/// Who waits, and with which heads, if they are all native clients that ask for the document and
/// bring nothing.
fn only_asked(document: &Document, limits: &Limits) -> Option<Vec<(ConnectionId, Vec<[u8; 32]>)>> {
    let mut asked = Vec::new();
    for message in &document.waiting {
        let Content::Sync {
            data,
            is_request: true,
        } = &message.content
        else {
            return None;
        };
        let report = check_message(data, limits).ok()?;
        if !report.chunks.is_empty() || !document.is_native(message.connection) {
            return None;
        }
        asked.push((message.connection, report.heads));
    }
    Some(asked)
}
