//! One document in the server's memory, its subscribers and the messages that wait for it.
//!
//! Invariant: `stored_heads` contain only what the store has confirmed, and they alone are ever
//! called saved; what is in memory besides is gathered in `unstored`, or on its way to the store.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use automerge::sync::{State, SyncDoc as _};
use automerge::{Automerge, ChangeHash, ReadDoc as _};

use super::applying::Away;
use super::brought::Deliveries;
use super::burden::Burden;
use super::chunks::{Chunks, Due, Known};
use super::compacting::{Compact, snapshot};
use super::event::{Chunk, ConnectionId};
use super::gathered::Gathered;
use super::guard::{Broken, guarded};
use super::loading::Loaded;
use super::lull::Lull;
use super::pace::Pace;
use super::presence::Presences;
use super::subscriber::Subscriber;
use super::whole::{ask_for_changes_alone, generate};
use crate::bounded::{Gate, Limits, check_chunk};
use crate::receive::{Awaited, holds};
use crate::sessions::Sessions;

/// More changes than this are stored as a snapshot, and only a document of at most so many goes into
/// sync messages change by change (S42).
const LONG_HISTORY: u64 = 1_000;

/// So many native clients of a document are worth a millisecond of gathering, up to the most.
const CROWD: u64 = 10;
const MOST_WAIT_MS: u64 = 20;

/// Whether the document is in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Not in memory.
    Absent,
    /// Asked from the store.
    Loading,
    /// In memory.
    Ready,
}

/// A chunk on its way to the store.
#[derive(Debug)]
pub(super) struct Storing {
    pub(super) ticket: u64,
    chunk: Known,
    /// The document's heads with it.
    heads: Vec<ChangeHash>,
    /// Whose changes are in it.
    contributors: BTreeSet<ConnectionId>,
}

/// Chunks for which another is being made.
#[derive(Debug)]
struct Compacting {
    ticket: u64,
    superseded: Vec<[u8; 32]>,
}

/// A compaction that is on its way to the store.
#[derive(Debug)]
pub(super) struct Replacing {
    pub(super) ticket: u64,
    by: Known,
    superseded: Vec<[u8; 32]>,
}

/// Changes to be forwarded.
#[derive(Debug, Default)]
pub(super) struct Unsent {
    pub(super) to: Vec<ConnectionId>,
    pub(super) bytes: Vec<u8>,
}

/// What is wrong with the chunks of a document, and what is not any more.
#[derive(Debug)]
pub(super) struct Review {
    /// What to set aside, and why.
    pub(super) damaged: Vec<([u8; 32], String)>,
    pub(super) mended: Vec<[u8; 32]>,
}

/// A message that waits until the document is ready.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) connection: ConnectionId,
    pub(super) content: Content,
    /// Whether its sender may only read.
    pub(super) read_only: bool,
    /// The person that its sender says to be; empty if it has not said.
    pub(super) person: Arc<str>,
}

/// What such a message holds.
#[derive(Debug)]
pub(super) enum Content {
    /// A sync message of Automerge.
    Sync { data: Vec<u8>, is_request: bool },
    /// Changes of a native client.
    Change(Vec<u8>),
}

impl Content {
    /// The message's bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Sync { data, .. } | Self::Change(data) => data,
        }
    }
}

/// One document.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) phase: Phase,
    pub(super) automerge: Automerge,
    pub(super) subscribers: BTreeMap<ConnectionId, Subscriber>,
    pub(super) waiting: VecDeque<Waiting>,
    chunks: Chunks,
    pub(super) storing: Option<Storing>,
    pub(super) replacing: Option<Replacing>,
    /// What is being made for that.
    compacting: Option<Compacting>,
    /// What has not been forwarded to native subscribers.
    pub(super) unsent: Gathered,
    /// What has not been given to the store.
    pub(super) unstored: Gathered,
    /// When something was passed on last.
    pub(super) passed_on_ms: u64,
    /// Up to where the store has confirmed everything.
    stored_heads: Vec<ChangeHash>,
    /// Those of them that the last chunk brought.
    pub(super) new_heads: Vec<[u8; 32]>,
    /// How much work it is.
    pub(super) burden: Burden,
    /// The message whose changes are being applied elsewhere.
    pub(super) away: Option<Away>,
    /// The ticket of the work that builds it.
    pub(super) building: Option<u64>,
    pub(super) orphan_bytes: usize,
    /// Who brought the changes that wait in memory for others.
    pub(super) orphans_of: BTreeSet<ConnectionId>,
    /// What comes early waits in front of it.
    pub(super) gate: Gate,
    pub(super) sessions: Sessions,
    pub(super) presence: Presences,
    pub(super) deliveries: Deliveries,
    /// When those in version 1 are told what is new.
    pub(super) pace: Pace,
    /// When its chunks are written anew.
    pub(super) lull: Lull,
    /// Whether subscribers' holdings have changed since others were told.
    pub(super) holdings_changed: bool,
    /// Since when nobody has it open, or nobody has touched it.
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
            storing: None,
            replacing: None,
            compacting: None,
            unsent: Gathered::default(),
            unstored: Gathered::default(),
            passed_on_ms: 0,
            stored_heads: Vec::new(),
            new_heads: Vec::new(),
            burden: Burden::default(),
            away: None,
            building: None,
            orphan_bytes: 0,
            orphans_of: BTreeSet::new(),
            gate: Gate::default(),
            sessions: Sessions::default(),
            presence: Presences::default(),
            deliveries: Deliveries::default(),
            pace: Pace::default(),
            lull: Lull::default(),
            holdings_changed: false,
            idle_since: now_ms,
        }
    }

    /// Takes over what was built of what the store has; returns what to set aside, and of which chunks,
    /// aside already or to be, everything is there all the same.
    pub(super) fn built(&mut self, loaded: Loaded) -> Review {
        self.automerge = loaded.automerge;
        self.stored_heads = self.automerge.get_heads();
        self.chunks = loaded.chunks;
        self.burden = loaded.burden;
        self.phase = Phase::Ready;
        Review {
            damaged: loaded.quarantine,
            mended: loaded.mended,
        }
    }

    /// Which chunks that were set aside are whole again in others: once all that is in memory is
    /// stored.
    pub(super) fn take_mended(&mut self) -> Vec<[u8; 32]> {
        match self.is_at_rest() {
            true => self.chunks.take_mended(&self.automerge),
            false => Vec::new(),
        }
    }

    /// Forgets what is in memory. Subscribers stay: the sync states of version 1 only know what
    /// was stored, and a native subscriber who goes on where the store is not is told to ask anew.
    pub(super) fn forget(&mut self) {
        self.phase = Phase::Absent;
        self.automerge = Automerge::new();
        self.chunks = Chunks::default();
        self.storing = None;
        self.replacing = None;
        self.compacting = None;
        self.unsent = Gathered::default();
        self.unstored = Gathered::default();
        self.stored_heads.clear();
        self.burden = Burden::default();
        // What is being applied elsewhere was not yet: it waits as before.
        if let Some(away) = self.away.take() {
            self.waiting.push_front(away.waiting);
        }
        self.building = None;
        self.orphan_bytes = 0;
        self.orphans_of.clear();
        self.gate = Gate::default();
        self.deliveries.forget();
    }

    /// Whether all that is in memory is stored.
    pub(super) fn is_at_rest(&self) -> bool {
        self.storing.is_none() && self.unstored.is_empty()
    }

    /// Whether a subscriber speaks version 1.
    pub(super) fn serves_version_1(&self) -> bool {
        self.subscribers.values().any(|other| !other.native)
    }

    /// Whether a connection takes part natively.
    pub(super) fn is_native(&self, connection: ConnectionId) -> bool {
        self.subscribers
            .get(&connection)
            .is_some_and(|subscriber| subscriber.native)
    }

    /// When what gathers is to be passed on: at once in a company of people, a millisecond after the
    /// last time for every ten who are told.
    pub(super) fn crowd_due_ms(&self) -> u64 {
        let wait_ms = (self.live().count() as u64 / CROWD).min(MOST_WAIT_MS);
        self.passed_on_ms.saturating_add(wait_ms)
    }

    /// Those to whom changes are forwarded.
    pub(super) fn live(&self) -> impl Iterator<Item = ConnectionId> + '_ {
        let live = self.subscribers.iter().filter(|(_, known)| known.live);
        live.map(|(connection, _)| *connection)
    }

    /// Those who take part in version 1 and have been told what is here.
    pub(super) fn told_in_version_1(&self) -> impl Iterator<Item = ConnectionId> + '_ {
        let told = |known: &Subscriber| !known.native && !known.state.last_sent_heads.is_empty();
        let told = self
            .subscribers
            .iter()
            .filter(move |(_, known)| told(known));
        told.map(|(connection, _)| *connection)
    }

    /// What has not been forwarded, and to whom: everyone live but the one who brought it all.
    ///
    /// # Errors
    /// The document broke down under the changes of those named.
    pub(super) fn take_unsent(&mut self) -> Result<Unsent, BTreeSet<ConnectionId>> {
        let unsent = std::mem::take(&mut self.unsent);
        if unsent.is_empty() {
            return Ok(Unsent::default());
        }
        let (authors, released) = (unsent.contributors.clone(), unsent.released);
        // Who released what had waited does not have that for it.
        let alone = authors.len() == 1 && !released;
        let is_author = |one: &ConnectionId| alone && authors.contains(one);
        let to: Vec<_> = self.live().filter(|one| !is_author(one)).collect();
        if to.is_empty() && unsent.is_inexact() {
            // The store's chunk is read back all the same.
            return Ok(Unsent::default());
        }
        let Ok(bytes) = unsent.read_back(&self.automerge) else {
            return Err(authors);
        };
        Ok(Unsent { to, bytes })
    }

    /// The next chunk to store, when there is one and none is under way. It was read back, or is
    /// what was checked as it came.
    ///
    /// # Errors
    /// The document broke down under the changes of those named.
    pub(super) fn next_chunk(
        &mut self,
        ticket: u64,
        limits: &Limits,
    ) -> Result<Option<Chunk>, BTreeSet<ConnectionId>> {
        if self.storing.is_some() || self.unstored.is_empty() {
            return Ok(None);
        }
        let mut unstored = std::mem::take(&mut self.unstored);
        let (chunk, known) = match unstored.as_they_came(LONG_HISTORY) {
            Some((bytes, changes)) => {
                let (chunk, since) = (Chunk::new(bytes), unstored.since().to_vec());
                let known = Known::contained(&chunk, since, changes, unstored.has_document);
                (chunk, known)
            }
            None => match self.chunk_since(unstored.since(), limits) {
                Ok(made) => made,
                Err(Broken) => return Err(unstored.contributors),
            },
        };
        let chunk = chunk.with_heads(&self.automerge.get_heads());
        self.storing = Some(Storing {
            ticket,
            chunk: known,
            heads: self.automerge.get_heads(),
            contributors: unstored.contributors,
        });
        Ok(Some(chunk))
    }

    /// The changes after `heads` as one chunk, which was read back and found to be the same. A long
    /// history takes far less room as a snapshot, and might not pass the limits change by change.
    fn chunk_since(&self, heads: &[ChangeHash], limits: &Limits) -> Result<(Chunk, Known), Broken> {
        let increment = guarded(|| {
            let bytes = self.automerge.save_after(heads);
            let report = check_chunk(&bytes, limits).ok()?;
            let short = report.total_changes <= LONG_HISTORY;
            (short && holds(&self.automerge, &report)).then(|| (Chunk::new(bytes), report))
        })?;
        if let Some((chunk, report)) = increment {
            let known = Known::contained(&chunk, heads.to_vec(), report.changes, false);
            return Ok((chunk, known));
        }
        let chunk = snapshot(&self.automerge, limits).ok_or(Broken)?;
        let known = Known::snapshot(&chunk);
        Ok((chunk, known))
    }

    /// The chunk with this ticket is stored; whether there was one.
    pub(super) fn stored(&mut self, ticket: u64) -> bool {
        let Some(storing) = self.storing.take_if(|storing| storing.ticket == ticket) else {
            return false;
        };
        self.chunks.add(storing.chunk);
        let before = std::mem::replace(&mut self.stored_heads, storing.heads);
        let before: BTreeSet<_> = before.into_iter().collect();
        let new = self.stored_heads.iter();
        let new = new.filter(|head| !before.contains(*head));
        self.new_heads = new.map(|head| head.0).collect();
        true
    }

    /// Those in version 1 whose changes are in memory alone: they would never send them again.
    pub(super) fn unsaved_of_version_1(&self) -> BTreeSet<ConnectionId> {
        let storing = self.storing.iter().flat_map(|one| &one.contributors);
        storing
            .chain(&self.unstored.contributors)
            .filter(|one| !self.is_native(**one))
            .copied()
            .collect()
    }

    /// Whose changes are in the chunk on its way to the store.
    pub(super) fn deliverers(&self) -> Vec<ConnectionId> {
        let storing = self.storing.iter().flat_map(|one| &one.contributors);
        storing.copied().collect()
    }

    /// Drops what a connection has sent that was not applied yet, work that is under way included.
    /// Returns how many bytes no longer wait; those of the work do until it is done.
    pub(super) fn drop_waiting(&mut self, which: impl Fn(ConnectionId) -> bool) -> usize {
        if let Some(away) = &mut self.away {
            away.dropped |= which(away.waiting.connection);
        }
        let mut dropped = 0;
        self.waiting.retain(|waiting| {
            let drops = which(waiting.connection);
            dropped += if drops {
                waiting.content.bytes().len()
            } else {
                0
            };
            !drops
        });
        dropped
    }

    /// Whatever of a connection still waits may only read from now on.
    pub(super) fn read_only_from_now(&mut self, connection: ConnectionId) {
        let away = self.away.as_mut().map(|away| &mut away.waiting);
        for waiting in self.waiting.iter_mut().chain(away) {
            waiting.read_only |= waiting.connection == connection;
        }
    }

    /// Up to where the store has confirmed everything.
    pub(super) fn saved_heads(&self) -> Vec<[u8; 32]> {
        self.stored_heads.iter().map(|head| head.0).collect()
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
        // A native client is owed exactly one answer, whatever there is to say.
        let owed = std::mem::take(&mut subscriber.owed);
        if subscriber.native && !owed || subscriber.is_behind() {
            return Ok(None);
        }
        let (automerge, gate) = (&self.automerge, &self.gate);
        let piecemeal = automerge.stats().num_changes <= LONG_HISTORY;
        let (began_empty, state) = (subscriber.began_empty(), &mut subscriber.state);
        let message = guarded(|| {
            let again = || automerge.generate_sync_message(&mut State::new());
            let message = generate(automerge, state, piecemeal);
            let mut message = if owed {
                message.or_else(again)
            } else {
                message
            };
            if let Some(message) = &mut message {
                Awaited::of(gate, automerge).ask_in(message);
                if began_empty {
                    ask_for_changes_alone(message);
                }
            }
            message.map(|message| (!message.changes.is_empty(), message.encode()))
        })?;
        Ok(message.map(|(with_changes, bytes)| {
            subscriber.is_sent(with_changes);
            bytes
        }))
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
                subscriber.owed = false;
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

    /// Whether its chunks are worth writing anew, and are not being so.
    pub(super) fn is_overgrown(&self, at_least: usize) -> bool {
        self.replacing.is_none() && self.compacting.is_none() && self.chunks.due(at_least).is_some()
    }

    /// Begins to write chunks anew, under this ticket, when it is time: what is to be made of a copy
    /// of the document as it is stored now. What comes meanwhile stays behind it.
    pub(super) fn begin_compaction(
        &mut self,
        ticket: u64,
        at_least: usize,
        limits: &Limits,
    ) -> Option<Compact> {
        let is_busy = self.replacing.is_some() || self.compacting.is_some();
        if self.phase != Phase::Ready || !self.is_at_rest() || is_busy {
            return None;
        }
        let (superseded, fold) = match self.chunks.due(at_least)? {
            Due::Snapshot => (self.chunks.contained(), None),
            Due::Fold(fold) => (fold.superseded.clone(), Some(fold)),
        };
        self.compacting = Some(Compacting { ticket, superseded });
        Some(Compact {
            automerge: self.automerge.clone(),
            fold,
            limits: limits.clone(),
        })
    }

    /// What was begun under this ticket is made, or could not be: what to store under the next one,
    /// and what it replaces.
    pub(super) fn compacted(
        &mut self,
        begun: u64,
        made: Option<(Known, Chunk)>,
        ticket: u64,
    ) -> Option<(Chunk, Vec<[u8; 32]>)> {
        let Compacting { superseded, .. } = self.compacting.take_if(|it| it.ticket == begun)?;
        let Some((by, chunk)) = made else {
            self.chunks.not_replaced();
            return None;
        };
        let is_other = |hash: &[u8; 32]| *hash != chunk.hash;
        let superseded: Vec<_> = superseded.into_iter().filter(is_other).collect();
        self.replacing = Some(Replacing {
            ticket,
            by,
            superseded: superseded.clone(),
        });
        Some((chunk, superseded))
    }

    /// The chunk that replaces others is stored, or it is not.
    pub(super) fn replaced(&mut self, success: bool) {
        if let Some(replacing) = self.replacing.take() {
            if success {
                self.chunks.replaced(replacing.by, &replacing.superseded);
            } else {
                self.chunks.not_replaced();
            }
        }
    }

    /// Whether nothing of it has to be in memory.
    pub(super) fn can_rest(&self) -> bool {
        self.waiting.is_empty()
            && self.away.is_none()
            && self.replacing.is_none()
            && self.compacting.is_none()
            && self.is_at_rest()
            && self.phase != Phase::Loading
    }
}
