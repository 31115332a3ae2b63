//! Applies what waits for a document.
//!
//! Invariant: a message of version 1 is applied only when everything in memory is stored, since
//! the heads in an answer are a receipt there. Messages that waited are applied together, so that
//! a burst of edits costs one commit, up to as many operations as make others wait. A message of
//! more operations is applied elsewhere, to a copy. Native changes do not wait for the store, unless
//! somebody takes part in version 1, who would otherwise never find the document at rest.

use std::collections::BTreeSet;

use automerge::sync::State;
use automerge::{ChangeHash, PatchLog, ReadDoc as _};

use super::brought::Delivery;
use super::compacting::snapshot;
use super::config::ServerLimits;
use super::document::{Content, Document, Waiting};
use super::event::ConnectionId;
use super::memory::Memory;
use super::panics::{Broken, guarded};
use super::subscriber::Subscriber;
use super::work::{Applied, Apply, Failure, Job};
use crate::ProtocolError;
use crate::bounded::{ChunkReport, Limits, check_chunk, check_message};
use crate::receive::{holds, knows, receive_checked, receive_of_reader, waits};

/// Where a document is before a message is applied.
#[derive(Debug)]
struct Standing {
    heads: Vec<ChangeHash>,
    /// How many changes it has.
    changes: u64,
    /// Whether it holds changes back whose dependencies have not come.
    waits: bool,
}

/// A message whose changes are being applied elsewhere.
#[derive(Debug)]
pub(super) struct Away {
    pub(super) ticket: u64,
    pub(super) waiting: Waiting,
    report: ChunkReport,
    before: Standing,
    in_order: bool,
    /// Whether it no longer counts: its sender may not write any more.
    pub(super) dropped: bool,
}

/// What came of applying the messages that waited.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// The messages taken from the queue: from whom, and how long.
    pub(super) taken: Vec<(ConnectionId, usize)>,
    /// Whose sync messages were applied.
    pub(super) touched: BTreeSet<ConnectionId>,
    /// Whose messages brought changes.
    pub(super) contributors: BTreeSet<ConnectionId>,
    /// Who sent changes that build on some that are not here.
    pub(super) gaps: BTreeSet<ConnectionId>,
    /// Who sent changes natively that were here already.
    pub(super) repeated: BTreeSet<ConnectionId>,
    /// Whose were refused, and why.
    pub(super) refused: Vec<(ConnectionId, ProtocolError)>,
    /// Whose changes came through somebody else.
    pub(super) brought: Vec<Delivery>,
    /// Whether sync messages brought changes.
    pub(super) by_sync: bool,
    /// Whether the document must be forgotten.
    pub(super) broken: bool,
    /// Whether so much was applied that others have their turn before there is more.
    pub(super) was_long: bool,
    /// What is to be applied elsewhere, under the ticket that was given.
    pub(super) job: Option<Job>,
    /// What the message that is taken now brings, if that is too much to be applied here.
    heavy: Option<(ChunkReport, Standing, bool)>,
    /// What else a message says whose changes were applied elsewhere; it is next.
    pub(super) again: Option<Waiting>,
}

impl Document {
    /// Whether the first message that waits can be applied now. Only for a document that is ready.
    pub(super) fn can_apply(&self, limits: &ServerLimits) -> bool {
        let at_rest = self.memory.is_at_rest();
        let first = self.waiting.front().filter(|_| self.memory.away.is_none());
        first.is_some_and(|first| {
            let is_native = self.is_native(first.connection);
            at_rest
                || is_native
                    && !self.serves_version_1()
                    && self.memory.unstored.weight() < limits.unstored_bytes
        })
    }

    /// Applies every message that waits and can be applied, up to one that is too much to be applied
    /// here: that is away then, under this ticket.
    pub(super) fn apply_waiting(&mut self, limits: &ServerLimits, ticket: u64) -> Batch {
        let mut batch = Batch::default();
        // At rest, messages of version 1 are applied together before anything is stored.
        let at_rest = self.memory.is_at_rest();
        let turn = self
            .memory
            .burden
            .operations()
            .saturating_add(limits.turn_operations);
        while at_rest && !self.waiting.is_empty() || self.can_apply(limits) {
            let Some(waiting) = self.waiting.pop_front() else {
                break;
            };
            batch
                .taken
                .push((waiting.connection, waiting.content.bytes().len()));
            let applied = match &waiting.content {
                Content::Sync { data, is_request } => {
                    let from = waiting.connection;
                    if waiting.read_only {
                        self.hear_reader(from, data, *is_request, &limits.content, &mut batch)
                    } else {
                        self.apply_sync(&waiting, data, *is_request, limits, &mut batch)
                    }
                }
                // Someone who may only read has brought it before that was so.
                Content::Change(_) if waiting.read_only => Ok(()),
                Content::Change(data) => self.apply_change(&waiting, data, limits, &mut batch),
            };
            if let Some(heavy) = batch.heavy.take() {
                batch.taken.pop();
                batch.job = Some(self.send_away(waiting, heavy, ticket, &limits.content));
                break;
            }
            if applied == Err(Broken) {
                refuse_breaking(&waiting, &mut batch);
            }
            if batch.broken {
                return batch;
            }
            batch.was_long = self.memory.burden.operations() > turn;
            if batch.was_long {
                break;
            }
        }
        // They were never confirmed to anyone: whoever has them sends them again.
        batch.broken = self.memory.orphan_bytes > limits.orphan_bytes;
        batch
    }

    fn send_away(
        &mut self,
        waiting: Waiting,
        (report, before, in_order): (ChunkReport, Standing, bool),
        ticket: u64,
        limits: &Limits,
    ) -> Job {
        let apply = Apply {
            automerge: self.memory.automerge.clone(),
            gate: self.memory.gate.clone(),
            data: waiting.content.bytes().to_vec(),
            is_sync: matches!(waiting.content, Content::Sync { .. }),
            operations: report.operations,
            marks: report.marks,
            limits: limits.clone(),
        };
        self.memory.away = Some(Away {
            ticket,
            waiting,
            report,
            before,
            in_order,
            dropped: false,
        });
        Job::Apply(Box::new(apply))
    }

    /// What was applied elsewhere under this ticket is here; whether it was expected.
    pub(super) fn come_back(
        &mut self,
        ticket: u64,
        outcome: Result<Box<Applied>, Failure>,
        limits: &ServerLimits,
    ) -> Option<Batch> {
        let away = self.memory.away.take_if(|away| away.ticket == ticket)?;
        let mut batch = Batch::default();
        let waiting = away.waiting;
        if waiting.read_only && !away.dropped {
            // Its sender may only read by now, and is heard as such.
            self.waiting.push_front(waiting);
            return Some(batch);
        }
        let bytes = waiting.content.bytes().len();
        batch.taken.push((waiting.connection, bytes));
        if away.dropped {
            return Some(batch);
        }
        let applied = match outcome {
            Ok(applied) => *applied,
            Err(Failure::Refused(error)) => {
                batch.refused.push((waiting.connection, error));
                return Some(batch);
            }
            Err(Failure::Broken) => {
                refuse_breaking(&waiting, &mut batch);
                return Some(batch);
            }
        };
        let come = applied.automerge.stats().num_changes;
        let come = come.saturating_sub(away.before.changes);
        match self.memory.burden.with(&away.report, come, &limits.content) {
            Ok(burden) => self.memory.burden = burden,
            Err(refusal) => {
                batch.refused.push((waiting.connection, refusal.into()));
                return Some(batch);
            }
        }
        (self.memory.automerge, self.memory.gate) = (applied.automerge, applied.gate);
        let (before, report) = (away.before, away.report);
        let brought = &applied.brought;
        let took = self.took(
            &waiting,
            brought,
            &report,
            &before,
            away.in_order,
            &mut batch,
        );
        if took == Err(Broken) {
            refuse_breaking(&waiting, &mut batch);
            return Some(batch);
        }
        if let (Content::Sync { is_request, .. }, Some(rest)) = (&waiting.content, applied.rest) {
            batch.by_sync = true;
            let content = Content::Sync {
                data: rest,
                is_request: *is_request,
            };
            batch.again = Some(Waiting { content, ..waiting });
        }
        batch.broken = self.memory.orphan_bytes > limits.orphan_bytes;
        Some(batch)
    }

    fn apply_sync(
        &mut self,
        waiting: &Waiting,
        data: &[u8],
        is_request: bool,
        limits: &ServerLimits,
        batch: &mut Batch,
    ) -> Result<(), Broken> {
        let (before, from) = (self.memory.standing(), waiting.connection);
        // The changes of a connection that has gone meanwhile count; there is no one to answer.
        let mut gone = Subscriber::default();
        let subscriber = self.subscribers.get_mut(&from).unwrap_or(&mut gone);
        if subscriber.native && is_request {
            subscriber.state = State::new();
        }
        let report = match check_message(data, &limits.content) {
            Ok(report) => report,
            Err(refusal) => {
                batch.refused.push((from, refusal.into()));
                return Ok(());
            }
        };
        if report.chunks.operations > limits.inline_operations {
            let in_order = !before.waits && self.memory.is_new(&report.chunks);
            batch.heavy = Some((report.chunks, before, in_order));
            return Ok(());
        }
        let Memory {
            gate, automerge, ..
        } = &mut self.memory;
        let state = &mut subscriber.state;
        let (limits, mut patches) = (&limits.content, PatchLog::inactive());
        let received =
            guarded(|| receive_checked(gate, data, limits, state, automerge, &mut patches))?;
        if let Err(error) = received {
            batch.refused.push((from, error));
            return Ok(());
        }
        subscriber.spoke(is_request, report.heads.is_empty());
        // What version 1 states, it holds.
        self.holdings_changed |= !subscriber.native;
        batch.touched.insert(from);
        if !report.chunks.is_empty() {
            batch.contributors.insert(from);
            batch.by_sync = true;
        }
        let come = self.memory.automerge.stats().num_changes;
        let come = come.saturating_sub(before.changes);
        match self.memory.burden.with(&report.chunks, come, limits) {
            Ok(burden) => self.memory.burden = burden,
            Err(refusal) => {
                // It is here, but nobody is told: the document is loaded again without it.
                batch.refused.push((from, refusal.into()));
                return Err(Broken);
            }
        }
        self.memory
            .changed(&before, &report.chunks, data.len(), from);
        self.attribute(waiting, &before, &report.chunks, batch)?;
        self.memory.check_marks(&report.chunks, limits)
    }

    /// Takes what someone says who may only read. Its changes are checked and passed over; what it
    /// asks for is answered.
    fn hear_reader(
        &mut self,
        from: ConnectionId,
        data: &[u8],
        is_request: bool,
        limits: &Limits,
        batch: &mut Batch,
    ) -> Result<(), Broken> {
        // There is no one to answer when it has gone.
        let Some(subscriber) = self.subscribers.get_mut(&from) else {
            return Ok(());
        };
        if subscriber.native && is_request || !subscriber.state.read_only {
            subscriber.state = State::new_read_only();
        }
        let (automerge, state) = (&mut self.memory.automerge, &mut subscriber.state);
        let report = match guarded(|| receive_of_reader(data, limits, state, automerge))? {
            Ok(report) => report,
            Err(error) => {
                batch.refused.push((from, error));
                return Ok(());
            }
        };
        subscriber.spoke(is_request, report.heads.is_empty());
        self.holdings_changed |= !subscriber.native;
        batch.touched.insert(from);
        Ok(())
    }

    fn apply_change(
        &mut self,
        waiting: &Waiting,
        data: &[u8],
        limits: &ServerLimits,
        batch: &mut Batch,
    ) -> Result<(), Broken> {
        let from = waiting.connection;
        let report = match check_chunk(data, &limits.content) {
            Ok(report) => report,
            Err(refusal) => {
                batch.refused.push((from, refusal.into()));
                return Ok(());
            }
        };
        if holds(&self.memory.automerge, &report) {
            batch.repeated.insert(from);
            return Ok(());
        }
        let before = self.memory.standing();
        let in_order = !before.waits && self.memory.is_new(&report);
        if report.operations > limits.inline_operations {
            batch.heavy = Some((report, before, in_order));
            return Ok(());
        }
        let limits = &limits.content;
        let all = report.total_changes;
        let burden = match self.memory.burden.with(&report, all, limits) {
            Ok(burden) => burden,
            Err(refusal) => {
                batch.refused.push((from, refusal.into()));
                return Ok(());
            }
        };
        let Memory {
            gate, automerge, ..
        } = &mut self.memory;
        let mut patches = PatchLog::inactive();
        let taken = guarded(|| gate.take_checked(data, limits, automerge, &mut patches))?;
        if let Err(error) = taken {
            batch.refused.push((from, error.into()));
            return Ok(());
        }
        self.memory.burden = burden;
        self.took(waiting, data, &report, &before, in_order, batch)?;
        self.memory.check_marks(&report, limits)
    }

    /// Takes note of chunks that a message has brought.
    fn took(
        &mut self,
        waiting: &Waiting,
        data: &[u8],
        report: &ChunkReport,
        before: &Standing,
        in_order: bool,
        batch: &mut Batch,
    ) -> Result<(), Broken> {
        let from = waiting.connection;
        batch.contributors.insert(from);
        let is_whole = holds(&self.memory.automerge, report);
        if is_whole && in_order {
            self.memory.unsent.add(&before.heads, data, report, from);
            self.memory.unstored.add(&before.heads, data, report, from);
        } else {
            self.memory.changed(before, report, data.len(), from);
        }
        if !is_whole && matches!(waiting.content, Content::Change(_)) {
            batch.gaps.insert(from);
        }
        self.attribute(waiting, before, report, batch)
    }

    /// Takes down whose changes a message has brought that are not its sender's own.
    fn attribute(
        &mut self,
        waiting: &Waiting,
        before: &Standing,
        report: &ChunkReport,
        batch: &mut Batch,
    ) -> Result<(), Broken> {
        let (from, person) = (waiting.connection, &waiting.person);
        let alone = report.changes.len() as u64;
        let come = self
            .memory
            .automerge
            .stats()
            .num_changes
            .saturating_sub(before.changes);
        let all_new = !before.waits && report.total_changes == alone && come == alone;
        let brought = self
            .memory
            .brought_by(from, person, &before.heads, report, all_new)?;
        batch.brought.extend(brought);
        Ok(())
    }
}

impl Memory {
    /// Whether not one of these changes is in the document.
    fn is_new(&self, report: &ChunkReport) -> bool {
        let known = |hash: &[u8; 32]| knows(&self.automerge, &ChangeHash(*hash));
        let documents_fit = report.heads.is_empty() || self.is_empty();
        documents_fit && !report.changes.iter().any(known)
    }

    fn standing(&self) -> Standing {
        Standing {
            heads: self.automerge.get_heads(),
            changes: self.automerge.stats().num_changes,
            waits: self.holds_back(),
        }
    }

    /// Whether changes wait for others that have not come.
    fn holds_back(&self) -> bool {
        !self.gate.waiting().is_empty() || waits(&self.automerge)
    }

    /// Takes note of what a message has brought, or has released.
    fn changed(
        &mut self,
        before: &Standing,
        report: &ChunkReport,
        bytes: usize,
        from: ConnectionId,
    ) {
        if self.automerge.get_heads() != before.heads {
            for gathered in [&mut self.unsent, &mut self.unstored] {
                gathered.add_inexactly(&before.heads, bytes, from);
                if before.waits {
                    gathered.release(&self.orphans_of);
                }
            }
        }
        if !self.holds_back() {
            self.orphan_bytes = 0;
            self.orphans_of.clear();
        } else if !report.is_empty() {
            self.orphan_bytes = self.orphan_bytes.saturating_add(bytes);
            self.orphans_of.insert(from);
        }
    }

    /// Marks out of order are only found when a saved document is loaded.
    fn check_marks(&self, report: &ChunkReport, limits: &Limits) -> Result<(), Broken> {
        if report.marks && snapshot(&self.automerge, limits).is_none() {
            return Err(Broken);
        }
        Ok(())
    }
}

fn refuse_breaking(waiting: &Waiting, batch: &mut Batch) {
    let error = ProtocolError::Rejected("it breaks the document".to_owned());
    batch.refused.push((waiting.connection, error));
    batch.broken = true;
}
