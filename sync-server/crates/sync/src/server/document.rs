//! One document that the server knows, its subscribers and the messages that wait for it.
//!
//! Invariant: what is in memory of it is in `memory` alone; all else stays when it leaves memory.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use automerge::ReadDoc as _;
use automerge::sync::{State, SyncDoc as _};

use super::brought::Deliveries;
use super::event::ConnectionId;
use super::lull::Lull;
use super::memory::{LONG_HISTORY, Memory};
use super::pace::Pace;
use super::panics::{Broken, guarded};
use super::presence::Presences;
use super::subscriber::Subscriber;
use super::whole::{ask_for_changes_alone, generate};
use crate::receive::Awaited;
use crate::sessions::Sessions;

/// So many native clients of a document are worth a millisecond of gathering, up to the most.
const CROWD: u64 = 10;
const MOST_WAIT_MS: u64 = 20;

/// Changes to be forwarded.
#[derive(Debug, Default)]
pub(super) struct Unsent {
    pub(super) to: Vec<ConnectionId>,
    pub(super) bytes: Vec<u8>,
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
    pub(super) subscribers: BTreeMap<ConnectionId, Subscriber>,
    pub(super) waiting: VecDeque<Waiting>,
    pub(super) memory: Memory,
    pub(super) sessions: Sessions,
    pub(super) presence: Presences,
    pub(super) deliveries: Deliveries,
    /// When those in version 1 are told what is new.
    pub(super) pace: Pace,
    /// When its chunks are written anew.
    pub(super) lull: Lull,
    /// When something was passed on last.
    pub(super) passed_on_ms: u64,
    /// Whether subscribers' holdings have changed since others were told.
    pub(super) holdings_changed: bool,
    /// Since when nobody has it open, or nobody has touched it.
    pub(super) idle_since: u64,
}

impl Document {
    /// A document of which nothing is known yet.
    pub(super) fn new(now_ms: u64) -> Self {
        Self {
            subscribers: BTreeMap::new(),
            waiting: VecDeque::new(),
            memory: Memory::default(),
            sessions: Sessions::default(),
            presence: Presences::default(),
            deliveries: Deliveries::default(),
            pace: Pace::default(),
            lull: Lull::default(),
            passed_on_ms: 0,
            holdings_changed: false,
            idle_since: now_ms,
        }
    }

    /// Forgets what is in memory. Subscribers stay: the sync states of version 1 only know what
    /// was stored, and a native subscriber who goes on where the store is not is told to ask anew.
    pub(super) fn forget(&mut self) {
        let forgotten = std::mem::take(&mut self.memory);
        // What is being applied elsewhere was not yet: it waits as before.
        if let Some(away) = forgotten.away {
            self.waiting.push_front(away.waiting);
        }
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
        let unsent = std::mem::take(&mut self.memory.unsent);
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
        let Ok(bytes) = unsent.read_back(&self.memory.automerge) else {
            return Err(authors);
        };
        Ok(Unsent { to, bytes })
    }

    /// Those in version 1 whose changes are in memory alone: they would never send them again.
    pub(super) fn unsaved_of_version_1(&self) -> BTreeSet<ConnectionId> {
        let storing = self.memory.storing.iter().flat_map(|one| &one.contributors);
        storing
            .chain(&self.memory.unstored.contributors)
            .filter(|one| !self.is_native(**one))
            .copied()
            .collect()
    }

    /// Drops what a connection has sent that was not applied yet, work that is under way included.
    /// Returns how many bytes no longer wait; those of the work do until it is done.
    pub(super) fn drop_waiting(&mut self, which: impl Fn(ConnectionId) -> bool) -> usize {
        if let Some(away) = &mut self.memory.away {
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
        let away = self.memory.away.as_mut().map(|away| &mut away.waiting);
        for waiting in self.waiting.iter_mut().chain(away) {
            waiting.read_only |= waiting.connection == connection;
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
        if subscriber.asked && self.memory.automerge.get_heads().is_empty() {
            return Ok(None);
        }
        subscriber.asked = false;
        // A native client is owed exactly one answer, whatever there is to say.
        let owed = std::mem::take(&mut subscriber.owed);
        if subscriber.native && !owed || subscriber.is_behind() {
            return Ok(None);
        }
        let (automerge, gate) = (&self.memory.automerge, &self.memory.gate);
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
        if !self.memory.is_ready() || !self.memory.is_empty() || self.is_announced() {
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

    fn is_announced(&self) -> bool {
        self.subscribers.values().any(|subscriber| {
            subscriber
                .state
                .their_heads
                .as_ref()
                .is_some_and(|h| !h.is_empty())
        })
    }

    /// Whether nothing of it has to be in memory.
    pub(super) fn can_rest(&self) -> bool {
        self.waiting.is_empty() && self.memory.can_rest()
    }
}
