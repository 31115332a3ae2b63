//! One document in the server's memory, its subscribers and the messages that wait for it.
//!
//! Invariant: what Automerge holds is what the store holds, except while one store is under way;
//! then messages wait, and nobody is told anything. Messages that waited are applied together and
//! stored as one chunk, so that a burst of edits costs one commit.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use automerge::sync::{State, SyncDoc};
use automerge::{Automerge, ChangeHash, PatchLog};

use super::chunks::{Chunks, Known};
use super::event::{Chunk, ConnectionId, StoredChunk};
use super::guard::{Broken, guarded};
use super::loading::load;
use crate::ProtocolError;
use crate::bounded::{Limits, MessageReport, check_chunk};
use crate::receive::{holds, receive, waits};
use crate::sessions::Sessions;

/// More changes than this are stored as a snapshot.
const LONG_HISTORY: u64 = 1_000;

/// Whether the document can be worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Not in memory.
    Absent,
    /// Asked from the store.
    Loading,
    /// In memory, and as the store has it.
    Ready,
    /// In memory, with this chunk on its way to the store.
    Storing { ticket: u64, chunk: Known },
}

/// A compaction that is under way.
#[derive(Debug)]
pub(super) struct Replacing {
    pub(super) ticket: u64,
    snapshot: Known,
    superseded: Vec<[u8; 32]>,
}

/// A connection that takes part in the document.
#[derive(Debug, Default)]
pub(super) struct Subscriber {
    pub(super) state: State,
    /// Whether it asked for the document and has not been answered, since there is none.
    pub(super) asked: bool,
    /// Whether it was told that there is none.
    told: bool,
}

/// A message that waits until the document is ready.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) connection: ConnectionId,
    pub(super) is_request: bool,
    pub(super) data: Vec<u8>,
}

/// What came of applying the messages that waited.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// The messages taken from the queue: from whom, and how long.
    pub(super) taken: Vec<(ConnectionId, usize)>,
    /// Whose messages were applied.
    pub(super) touched: BTreeSet<ConnectionId>,
    /// Whose brought changes.
    pub(super) contributors: BTreeSet<ConnectionId>,
    /// Whose were refused, and why.
    pub(super) refused: Vec<(ConnectionId, ProtocolError)>,
    /// What became of the document.
    pub(super) outcome: Outcome,
}

/// What a batch of messages did to the document.
#[derive(Debug, Default)]
pub(super) enum Outcome {
    /// It has no new change.
    #[default]
    Unchanged,
    /// It has new changes, to be stored.
    Changed(Chunk, Known),
    /// It must be forgotten.
    Broken,
}

/// One document.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) phase: Phase,
    automerge: Automerge,
    pub(super) subscribers: BTreeMap<ConnectionId, Subscriber>,
    pub(super) waiting: VecDeque<Waiting>,
    chunks: Chunks,
    pub(super) replacing: Option<Replacing>,
    /// Whose changes are in the chunk on its way to the store.
    pub(super) contributors: BTreeSet<ConnectionId>,
    orphan_bytes: usize,
    pub(super) sessions: Sessions,
    /// Since when nobody has it open.
    pub(super) idle_since: u64,
}

impl Document {
    /// A document of which nothing is known yet.
    pub(super) fn new(now_ms: u64) -> Self {
        Self {
            phase: Phase::Absent,
            automerge: Automerge::new(),
            subscribers: BTreeMap::new(),
            waiting: VecDeque::new(),
            chunks: Chunks::default(),
            replacing: None,
            contributors: BTreeSet::new(),
            orphan_bytes: 0,
            sessions: Sessions::default(),
            idle_since: now_ms,
        }
    }

    /// Takes over what the store has; returns what to set aside.
    pub(super) fn loaded(
        &mut self,
        stored: Vec<StoredChunk>,
        limits: &Limits,
    ) -> Vec<([u8; 32], String)> {
        let loaded = load(stored, limits);
        self.automerge = loaded.automerge;
        self.chunks = loaded.chunks;
        self.phase = Phase::Ready;
        loaded.quarantine
    }

    /// Forgets what is in memory. Subscribers stay: their sync states only know what was stored.
    pub(super) fn forget(&mut self) {
        self.phase = Phase::Absent;
        self.automerge = Automerge::new();
        self.chunks = Chunks::default();
        self.replacing = None;
        self.contributors.clear();
        self.orphan_bytes = 0;
    }

    /// Applies every message that waits. Only for a document that is ready.
    pub(super) fn apply_waiting(&mut self, limits: &Limits, orphan_bytes: usize) -> Batch {
        let mut batch = Batch::default();
        let before = self.automerge.get_heads();
        while let Some(waiting) = self.waiting.pop_front() {
            batch.taken.push((waiting.connection, waiting.data.len()));
            if self.apply(waiting, limits, &mut batch) == Err(Broken) {
                batch.outcome = Outcome::Broken;
                return batch;
            }
        }
        if self.orphan_bytes > orphan_bytes {
            // They were never confirmed to anyone: whoever has them sends them again.
            batch.outcome = Outcome::Broken;
        } else if self.automerge.get_heads() != before {
            batch.outcome = match self.chunk_since(&before, limits) {
                Ok((chunk, known)) => Outcome::Changed(chunk, known),
                Err(Broken) => Outcome::Broken,
            };
        }
        batch
    }

    fn apply(
        &mut self,
        waiting: Waiting,
        limits: &Limits,
        batch: &mut Batch,
    ) -> Result<(), Broken> {
        let connection = waiting.connection;
        let report = match self.take(&waiting, limits) {
            Ok(Ok(report)) => report,
            Ok(Err(error)) => {
                batch.refused.push((connection, error));
                return Ok(());
            }
            Err(Broken) => {
                let error = ProtocolError::Rejected("it breaks the document".to_owned());
                batch.refused.push((connection, error));
                return Err(Broken);
            }
        };
        batch.touched.insert(connection);
        if !report.chunks.is_empty() {
            batch.contributors.insert(connection);
            self.orphan_bytes = self.orphan_bytes.saturating_add(waiting.data.len());
        }
        if !waits(&self.automerge) {
            self.orphan_bytes = 0;
        }
        Ok(())
    }

    /// Gives one message to Automerge.
    fn take(
        &mut self,
        waiting: &Waiting,
        limits: &Limits,
    ) -> Result<Result<MessageReport, ProtocolError>, Broken> {
        let automerge = &mut self.automerge;
        // The changes of a connection that has gone meanwhile count; there is no one to answer.
        let mut gone = Subscriber::default();
        let subscriber = self
            .subscribers
            .get_mut(&waiting.connection)
            .unwrap_or(&mut gone);
        subscriber.asked = waiting.is_request;
        subscriber.told &= !waiting.is_request;
        let state = &mut subscriber.state;
        let mut patches = PatchLog::inactive();
        let received = guarded(|| receive(&waiting.data, limits, state, automerge, &mut patches))?;
        match received {
            // Marks out of order are only found when a saved document is loaded.
            Ok(report) if report.chunks.marks && self.snapshot(limits).is_none() => Err(Broken),
            received => Ok(received),
        }
    }

    /// The changes after `heads` as one chunk, which was read back and found to be the same. A long
    /// history takes far less room as a snapshot, and might not pass the limits change by change.
    fn chunk_since(&self, heads: &[ChangeHash], limits: &Limits) -> Result<(Chunk, Known), Broken> {
        let increment = guarded(|| {
            let bytes = self.automerge.save_after(heads);
            let report = check_chunk(&bytes, limits).ok()?;
            let short = report.total_changes <= LONG_HISTORY;
            (short && holds(&self.automerge, &report)).then(|| Chunk::new(bytes))
        })?;
        if let Some(chunk) = increment {
            let known = Known::contained(&chunk, false);
            return Ok((chunk, known));
        }
        let chunk = self.snapshot(limits).ok_or(Broken)?;
        let known = Known::contained(&chunk, true);
        Ok((chunk, known))
    }

    /// The chunk is on its way to the store.
    pub(super) fn storing(
        &mut self,
        ticket: u64,
        chunk: Known,
        contributors: BTreeSet<ConnectionId>,
    ) {
        self.contributors = contributors;
        self.phase = Phase::Storing { ticket, chunk };
    }

    /// The chunk is stored.
    pub(super) fn stored(&mut self) {
        if let Phase::Storing { chunk, .. } = std::mem::replace(&mut self.phase, Phase::Ready) {
            self.chunks.add(chunk);
            self.contributors.clear();
        }
    }

    /// The next sync message for a subscriber, if there is anything to say. Only for a document
    /// that is ready.
    pub(super) fn next_message(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Option<Vec<u8>>, Broken> {
        let Some(subscriber) = self.subscribers.get_mut(&connection) else {
            return Ok(None);
        };
        if subscriber.asked && self.automerge.get_heads().is_empty() {
            return Ok(None);
        }
        subscriber.asked = false;
        let (automerge, state) = (&self.automerge, &mut subscriber.state);
        guarded(|| {
            automerge
                .generate_sync_message(state)
                .map(|message| message.encode())
        })
    }

    /// Those who asked for the document and must be told that there is none, each once. Nobody is
    /// told while someone who has it is about to bring it.
    pub(super) fn take_unanswered(&mut self) -> Vec<ConnectionId> {
        if self.phase != Phase::Ready || !self.is_empty() || self.is_announced() {
            return Vec::new();
        }
        let unanswered = self
            .subscribers
            .iter_mut()
            .filter(|(_, subscriber)| subscriber.asked && !subscriber.told);
        unanswered
            .map(|(connection, subscriber)| {
                subscriber.told = true;
                *connection
            })
            .collect()
    }

    /// Whether it has no change.
    pub(super) fn is_empty(&self) -> bool {
        self.automerge.get_heads().is_empty()
    }

    fn is_announced(&self) -> bool {
        self.subscribers.values().any(|subscriber| {
            subscriber
                .state
                .their_heads
                .as_ref()
                .is_some_and(|h| !h.is_empty())
        })
    }

    /// A snapshot and what it replaces, when it is time. The snapshot was read back and found to
    /// be the same.
    pub(super) fn compact(
        &mut self,
        ticket: u64,
        at_least: usize,
        limits: &Limits,
    ) -> Option<(Chunk, Vec<[u8; 32]>)> {
        if self.phase != Phase::Ready
            || self.replacing.is_some()
            || !self.chunks.want_compaction(at_least)
        {
            return None;
        }
        let Some(snapshot) = self.snapshot(limits) else {
            self.chunks.not_replaced();
            return None;
        };
        let superseded = self.chunks.superseded_by(snapshot.hash);
        self.replacing = Some(Replacing {
            ticket,
            snapshot: Known::contained(&snapshot, true),
            superseded: superseded.clone(),
        });
        Some((snapshot, superseded))
    }

    fn snapshot(&self, limits: &Limits) -> Option<Chunk> {
        let options = automerge::SaveOptions {
            deflate: true,
            retain_orphans: false,
        };
        let heads = self.automerge.get_heads();
        guarded(|| {
            let bytes = self.automerge.save_with_options(options);
            check_chunk(&bytes, limits).ok()?;
            let again = Automerge::load(&bytes).ok()?;
            (again.get_heads() == heads).then(|| Chunk::new(bytes))
        })
        .ok()?
    }

    /// The snapshot is stored, or it is not.
    pub(super) fn replaced(&mut self, success: bool) {
        if let Some(replacing) = self.replacing.take() {
            if success {
                self.chunks
                    .replaced(replacing.snapshot, &replacing.superseded);
            } else {
                self.chunks.not_replaced();
            }
        }
    }

    /// Whether it can leave memory.
    pub(super) fn is_idle(&self, now_ms: u64, idle_ms: u64) -> bool {
        self.subscribers.is_empty()
            && self.waiting.is_empty()
            && self.replacing.is_none()
            && matches!(self.phase, Phase::Ready | Phase::Absent)
            && (self.is_empty() || now_ms.saturating_sub(self.idle_since) >= idle_ms)
    }
}
