//! What the client knows about one document and the server.
//!
//! In the native protocol a document is first brought level by a **round** of Automerge's sync
//! messages. The round is over as soon as we have everything that the server stated: from then on
//! the document is **live**, what is new here is sent as it is, and what is new there comes by
//! itself. Invariant: `theirs` never names a change that the server was neither sent nor has
//! stated, so what is sent next holds everything that it lacks.

use automerge::sync::{ChunkList, Have, Message, State, SyncDoc};
use automerge::{Automerge, ChangeHash, PatchLog, SaveOptions};

use super::presence::Presence;
use super::update::Content;
use crate::ProtocolError;
use crate::bounded::{ChunkReport, Gate, Limits, Refusal};
use crate::receive::{Awaited, holds, knows, receive};

/// The shortest time between two acknowledgements of one document.
const ACKNOWLEDGE_EVERY_MS: u64 = 500;

/// A document with more heads than this is not acknowledged: its writers are still busy.
const MAX_HEADS: usize = 256;

/// How far back it is looked for what a new receipt makes needless.
const MAX_FOLLOWED: usize = 1_000;

/// How far the native protocol has come with a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    /// A round is to be begun.
    #[default]
    Unasked,
    /// A round is under way.
    Asked,
    /// Changes go both ways as they come.
    Live,
}

/// What is to be sent about a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outgoing {
    /// The first sync message of a round.
    Request(Vec<u8>),
    /// A sync message.
    Sync(Vec<u8>),
    /// Changes.
    Change(Vec<u8>),
}

/// The synchronisation of one document over the present connection, and what the server has
/// confirmed over this and the last.
#[derive(Debug, Default)]
pub(super) struct Document {
    state: State,
    stage: Stage,
    /// The server has, or was sent, everything up to these.
    theirs: Vec<ChangeHash>,
    /// Whether the server has confirmed heads on this connection.
    stated: bool,
    /// Whether we knew all of them.
    level: bool,
    /// The server's heads among those that we know, as last confirmed, sorted. Some may be contained
    /// in others.
    pub(super) confirmed: Vec<ChangeHash>,
    /// Those that it has confirmed on this connection and that were not here yet: another tab may bring
    /// them, and the server has no reason to say it again.
    announced: Vec<ChangeHash>,
    /// Heads up to which colleagues have everything, as last told.
    seen: Vec<ChangeHash>,
    /// The way in of a document that has no other, [`ClientNode::merge`](super::ClientNode::merge).
    pub(super) gate: Gate,
    /// What waited in front of the gate after the last merge.
    awaited: Awaited,
    /// Our heads after the last merge, those acknowledged last, and when.
    held: Vec<ChangeHash>,
    acknowledged: Vec<ChangeHash>,
    acknowledged_ms: Option<u64>,
    pub(super) presence: Presence,
    /// Whether the server was asked to tell whose changes come through somebody else.
    follows: bool,
    /// How often in a row, over whatever connections, a round has ended since somebody has numbers of
    /// ours.
    contests: usize,
}

impl Document {
    /// Starts afresh for a new connection; what was confirmed stays, to count what waits.
    pub(super) fn restart(&mut self) {
        self.state = State::new();
        self.stage = Stage::Unasked;
        self.stated = false;
        self.level = false;
        self.announced.clear();
        self.seen.clear();
        self.acknowledged.clear();
        self.acknowledged_ms = None;
        self.presence.restart();
        self.follows = false;
    }

    /// Begins a new round on the same connection.
    pub(super) fn ask_anew(&mut self) {
        self.stage = Stage::Unasked;
        self.follows = false;
    }

    /// Whether it is time to ask the server who brings whose changes: once it is level.
    pub(super) fn follows_now(&mut self) -> bool {
        let now = self.is_live() && !self.follows;
        self.follows |= now;
        now
    }

    /// Whether the server has been asked for it on this connection.
    pub(super) fn was_asked_for(&self) -> bool {
        self.stage != Stage::Unasked
    }

    /// Whether changes go both ways as they come.
    pub(super) fn is_live(&self) -> bool {
        self.stage == Stage::Live
    }

    /// Whether we have everything that the server has stated last.
    pub(super) fn is_level(&self) -> bool {
        self.level || self.is_live()
    }

    /// The server has nothing of the document: there is nothing to wait for.
    pub(super) fn unavailable(&mut self) {
        if self.stage == Stage::Asked {
            self.stage = Stage::Live;
            self.theirs.clear();
        }
    }

    /// The next message in the protocol's version 1.
    pub(super) fn next_of_version_1(&mut self, automerge: &Automerge) -> Option<Outgoing> {
        let data = self.next_message(automerge)?.encode();
        // Who has nothing asks whether the document exists.
        Some(if automerge.get_heads().is_empty() {
            Outgoing::Request(data)
        } else {
            Outgoing::Sync(data)
        })
    }

    /// The next sync message.
    fn next_message(&mut self, automerge: &Automerge) -> Option<Message> {
        let is_first = self.state.their_heads.is_none();
        let mut message = automerge.generate_sync_message(&mut self.state)?;
        self.awaited.ask_in(&mut message);
        if is_first && self.contests > 1 {
            // What Automerge says that we have is a guess, the same each time, which may hold the
            // very change that we are to give way to. Nobody ever asks for it, since the round ends
            // with those that build on it. So the server is to bring everything.
            message.have = vec![Have::default()];
        }
        Some(message)
    }

    /// The next message in the native protocol.
    pub(super) fn next_native(&mut self, automerge: &Automerge) -> Option<Outgoing> {
        match self.stage {
            Stage::Unasked => {
                self.stage = Stage::Asked;
                self.state = State::new();
                let message = self.next_message(automerge)?;
                Some(Outgoing::Request(message.encode()))
            }
            Stage::Asked => {
                let mut message = self.next_message(automerge)?;
                // What the server lacks follows once all that it has is here: if somebody has taken
                // a number of ours there, it would refuse that, and end the round before we know.
                message.changes = ChunkList::empty();
                Some(Outgoing::Sync(message.encode()))
            }
            Stage::Live => {
                let heads = automerge.get_heads();
                if heads.iter().all(|head| self.theirs.contains(head)) {
                    return None;
                }
                let data = if self.theirs.is_empty() {
                    // The whole document takes far less room than its changes one by one.
                    automerge.save_with_options(SaveOptions {
                        deflate: true,
                        retain_orphans: false,
                    })
                } else {
                    automerge.save_after(&self.theirs)
                };
                self.theirs = heads;
                Some(Outgoing::Change(data))
            }
        }
    }

    /// Takes down whether news contradicted what is here, or all of them have come in.
    pub(super) fn note_contest(&mut self, merged: &Result<(), ProtocolError>) {
        match merged {
            Err(error) if error.is_contested() => self.contests = self.contests.saturating_add(1),
            Ok(()) if self.is_level() => self.contests = 0,
            _ => {}
        }
    }

    /// Takes a sync message in; what it states is a receipt in version 1 alone.
    pub(super) fn merge_sync(
        &mut self,
        message: &[u8],
        native: bool,
        limits: &Limits,
        automerge: &mut Automerge,
        gate: &mut Gate,
        patches: &mut PatchLog,
    ) -> Result<(), ProtocolError> {
        let state = &mut self.state;
        let report = receive(gate, message, limits, state, automerge, patches)?;
        if !native {
            self.confirm(&report.heads, automerge);
        } else if report
            .heads
            .iter()
            .all(|head| knows(automerge, &ChangeHash(*head)))
        {
            self.theirs = report.heads.into_iter().map(ChangeHash).collect();
            if self.stage == Stage::Asked {
                self.stage = Stage::Live;
            }
        } else if self.stage == Stage::Live {
            self.stage = Stage::Unasked;
        }
        Ok(())
    }

    /// Takes changes in that the server forwards.
    pub(super) fn merge_change(
        &mut self,
        data: &[u8],
        limits: &Limits,
        automerge: &mut Automerge,
        gate: &mut Gate,
        patches: &mut PatchLog,
    ) -> Result<(), ProtocolError> {
        let report = gate.take(data, limits, automerge, patches)?;
        if holds(automerge, &report) {
            self.has(&report, automerge);
        } else if self.stage == Stage::Live {
            // Something before it is missing: during a round it is on its way.
            self.stage = Stage::Unasked;
        }
        Ok(())
    }

    /// The server has these changes, and so do we.
    fn has(&mut self, report: &ChunkReport, automerge: &Automerge) {
        let all = report.changes.iter().chain(&report.heads);
        self.theirs.extend(all.map(|hash| ChangeHash(*hash)));
        let heads = automerge.get_heads();
        if heads.iter().all(|head| self.theirs.contains(head)) {
            self.theirs = heads;
        }
    }

    /// Takes down what the server says besides changes.
    pub(super) fn hear(&mut self, word: &Content, automerge: &Automerge) {
        match word {
            Content::Saved { heads, all: true } => self.confirm(heads, automerge),
            Content::Saved { heads, all: false } => self.confirm_more(heads, automerge),
            Content::Seen(heads) => self.seen = heads.iter().copied().map(ChangeHash).collect(),
            Content::Resync => self.ask_anew(),
            Content::Sync(_) | Content::Change(_) => {}
        }
    }

    /// Takes down the heads that the server has confirmed.
    ///
    /// Only heads that the server itself stated count as confirmed: `State::shared_heads` also
    /// advances to heads that we derived when a change arrived that others waited for.
    pub(super) fn confirm(&mut self, heads: &[[u8; 32]], automerge: &Automerge) {
        let hashes = heads.iter().map(|hash| ChangeHash(*hash));
        let (known, announced): (Vec<_>, _) = hashes.partition(|head| knows(automerge, head));
        self.announced = announced;
        // When we know all its heads they say everything. When some are still on their way, what
        // was confirmed before on this connection remains so.
        self.level = known.len() == heads.len();
        if self.level || !self.stated {
            self.confirmed = known;
        } else {
            self.confirmed.extend(known);
        }
        self.confirmed.sort_unstable();
        self.confirmed.dedup();
        self.stated = true;
    }

    /// Takes down heads that the server has confirmed besides.
    pub(super) fn confirm_more(&mut self, heads: &[[u8; 32]], automerge: &Automerge) {
        let hashes = heads.iter().map(|hash| ChangeHash(*hash));
        let (known, announced): (Vec<_>, Vec<_>) = hashes.partition(|head| knows(automerge, head));
        self.announced.extend(announced);
        self.level &= known.len() == heads.len();
        // Of what these follow, nobody needs to know any more.
        let mut before = known.clone();
        for _ in 0..MAX_FOLLOWED {
            let Some(change) = before.pop() else { break };
            let change = automerge.get_change_meta_by_hash(&change);
            for dep in change.into_iter().flat_map(|change| change.deps) {
                match self.confirmed.binary_search(&dep) {
                    Ok(at) => drop(self.confirmed.remove(at)),
                    Err(_) => before.push(dep),
                }
            }
        }
        self.confirmed.extend(known);
        self.confirmed.sort_unstable();
        self.confirmed.dedup();
    }

    /// Notes what the document has come to by a merge.
    ///
    /// # Errors
    /// When something that had waited was let go, since another change has its number: the server,
    /// which has brought it, would not bring it again on this connection.
    pub(super) fn merged(
        &mut self,
        automerge: &Automerge,
        gate: &Gate,
    ) -> Result<(), ProtocolError> {
        self.held = automerge.get_heads();
        let before = std::mem::replace(&mut self.awaited, Awaited::of(gate, automerge));
        if before.has_lost(gate, automerge) {
            return Err(Refusal::Doubled.into());
        }
        Ok(())
    }

    /// Whether the server has stated heads that contain ours.
    ///
    /// Nothing that we have follows one of our heads, so a stated head that we know contains ours
    /// only when it is the same.
    pub(super) fn is_confirmed(&self, automerge: &Automerge) -> bool {
        self.stated
            && automerge.get_heads().iter().all(|head| {
                let known = self.confirmed.binary_search(head);
                known.is_ok() || self.announced.contains(head)
            })
    }

    /// Whether colleagues have everything that we have.
    pub(super) fn is_seen(&self, automerge: &Automerge) -> bool {
        let heads = automerge.get_heads();
        !heads.is_empty() && heads.iter().all(|head| self.seen.contains(head))
    }

    /// The heads to acknowledge at this time, if there are new ones.
    pub(super) fn due_acknowledgement(&mut self, now_ms: u64) -> Option<Vec<[u8; 32]>> {
        let waited = self
            .acknowledged_ms
            .is_none_or(|last| now_ms.saturating_sub(last) >= ACKNOWLEDGE_EVERY_MS);
        let new = self.stage == Stage::Live && self.held != self.acknowledged;
        if !new || !waited || self.held.len() > MAX_HEADS {
            return None;
        }
        self.acknowledged.clone_from(&self.held);
        self.acknowledged_ms = Some(now_ms);
        Some(self.held.iter().map(|head| head.0).collect())
    }
}
