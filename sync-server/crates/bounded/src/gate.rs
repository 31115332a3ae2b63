//! The gate in front of a document: the one way in for changes from outside.
//!
//! Automerge believes what changes say of one another. One that writes into an object, follows an
//! element or replaces a value that is not where it says ends the process, or leaves a document
//! that saves and never loads. So each change is held against the document first; and since that is
//! only possible once everything that it builds on is there, those that come early wait here and
//! not in Automerge, which would take them in by itself.
//!
//! Invariant: nothing reaches Automerge of which a dependency is missing, or that refers to
//! anything that does not exist, is of another kind, or lies deeper than the limit. What is refused
//! leaves the document as it was. What waits is within limits of its own.

mod actors;
mod examine;
mod facts;
mod places;

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, Change, ChangeHash, PatchLog, ReadDoc as _};

use crate::budget::within;
use crate::pieces::pieces;
use crate::{ChunkReport, Limits, Refusal, What, check_chunk};

use actors::Actors;
use examine::Examination;
use facts::Facts;

/// How often changes are gone through that follow changes without operations, which are not in
/// order by their numbers.
const MOST_PASSES: usize = 64;

/// How many changes are remembered that were refused for their numbers.
const MOST_DOUBLED: usize = 4_096;

/// Why changes are not let in. The document is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GateError {
    /// They are malformed, over a limit, or refer to something that is not there.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// Automerge would not take them.
    #[error("the document refuses the changes: {0}")]
    Rejected(String),
}

/// What waits for changes that have not come, and what is known of those that have.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    held: Vec<Change>,
    actors: Actors,
    facts: Facts,
    /// Those that were refused, or let go when they had waited, since another has their number, and
    /// what builds on them. None of it waits for what never comes in.
    doubled: BTreeSet<ChangeHash>,
}

impl Gate {
    /// Checks chunks, one after the other in `bytes`, and lets in what can be let in; the rest
    /// waits. A whole document is taken as such when there is none yet.
    ///
    /// # Errors
    /// When any of it is refused; then none of it is let in.
    pub fn take(
        &mut self,
        bytes: &[u8],
        limits: &Limits,
        document: &mut Automerge,
        patches: &mut PatchLog,
    ) -> Result<ChunkReport, GateError> {
        let report = check_chunk(bytes, limits)?;
        self.take_checked(bytes, limits, document, patches)?;
        Ok(report)
    }

    /// The same for chunks that have passed [`check_chunk`].
    ///
    /// # Errors
    /// As for [`Self::take`].
    pub fn take_checked(
        &mut self,
        bytes: &[u8],
        limits: &Limits,
        document: &mut Automerge,
        patches: &mut PatchLog,
    ) -> Result<(), GateError> {
        // Changes alone are let in all or none. Only a document without any has nothing to lose,
        // and costs nothing to copy.
        let before = document.get_heads().is_empty().then(|| document.clone());
        let result = self.take_pieces(bytes, limits, document, patches);
        if let (Err(_), Some(before)) = (&result, before) {
            *document = before;
            *patches = PatchLog::inactive();
        }
        result
    }

    fn take_pieces(
        &mut self,
        bytes: &[u8],
        limits: &Limits,
        document: &mut Automerge,
        patches: &mut PatchLog,
    ) -> Result<(), GateError> {
        let mut changes = Vec::new();
        for piece in pieces(bytes) {
            if !piece.is_document {
                changes.push(piece.change()?);
            } else if document.get_heads().is_empty() {
                document
                    .load_incremental_log_patches(piece.bytes, patches)
                    .map_err(|error| GateError::Rejected(error.to_string()))?;
            } else {
                changes.extend(document.get_changes_added(&piece.document()?));
            }
        }
        self.admit(changes, limits, document, patches)
    }

    /// Lets changes in that have passed [`check_chunk`], in whatever order they come.
    ///
    /// # Errors
    /// When one of them is refused; then none of them is let in.
    pub fn admit(
        &mut self,
        changes: Vec<Change>,
        limits: &Limits,
        document: &mut Automerge,
        patches: &mut PatchLog,
    ) -> Result<(), GateError> {
        if !self.actors.catch_up(document) {
            self.facts = Facts::default();
        }
        self.make_way(&changes);
        let is_there = |hash: &ChangeHash| document.get_change_meta_by_hash(hash).is_some();
        // A whole document brings what had waited for the rest of it.
        self.let_go(is_there);
        let waited: BTreeSet<_> = self.held.iter().map(Change::hash).collect();
        let mut known = waited.clone();
        let mut pool = self.held.clone();
        for change in changes {
            let hash = change.hash();
            if !is_there(&hash) && known.insert(hash) {
                pool.push(change);
            }
        }
        if pool.is_empty() {
            return Ok(());
        }
        // A change's operations are numbered after those that it builds on, or it is refused; those
        // without operations have the number of what follows them.
        pool.sort_by_key(|change| (change.start_op(), change.len(), change.seq()));
        let mut examination = Examination::new(&self.actors, &mut self.facts, document, limits);
        let (mut ready, mut waiting, mut gone) = (Vec::new(), pool, BTreeSet::new());
        let doubled = &mut self.doubled;
        if doubled.len() > MOST_DOUBLED {
            doubled.clear();
        }
        for _ in 0..MOST_PASSES {
            let before = waiting.len();
            for change in std::mem::take(&mut waiting) {
                let hash = change.hash();
                let is_out = |dep: &ChangeHash| doubled.contains(dep) && !is_there(dep);
                if change.deps().iter().any(is_out) {
                    doubled.insert(hash);
                    if !waited.contains(&hash) {
                        return Err(Refusal::Doubled.into());
                    }
                    gone.insert(hash);
                } else if change.deps().iter().any(|dep| gone.contains(dep)) {
                    gone.insert(hash);
                } else if !change.deps().iter().all(|dep| examination.has_let_in(dep)) {
                    waiting.push(change);
                } else if let Err(refusal) = examination.examine(&change) {
                    if refusal == Refusal::Doubled {
                        doubled.insert(hash);
                    }
                    // Whoever brought one that waited has been told so. What builds on it goes too.
                    if !waited.contains(&hash) {
                        return Err(refusal.into());
                    }
                    gone.insert(hash);
                } else {
                    doubled.remove(&hash);
                    ready.push(change);
                }
            }
            if waiting.is_empty() || waiting.len() == before {
                break;
            }
        }
        within_waiting(&waiting, limits)?;
        let (spans, standings) = examination.finish();
        let (before, let_in) = (document.stats().num_changes, ready.len() as u64);
        apply(ready, document, patches)?;
        self.facts.learn(spans);
        let all_is_ours = document.stats().num_changes == before.saturating_add(let_in);
        if all_is_ours {
            self.actors.go_on(standings, document.get_heads());
        }
        // What had been let go may have been brought again, before what it builds on. Until that
        // comes it is not out.
        for change in &waiting {
            self.doubled.remove(&change.hash());
        }
        self.held = waiting;
        if all_is_ours {
            return Ok(());
        }
        // What Automerge had kept back, of a store that lacks something, has come in as well: it may
        // be among those that wait here, or what they wait for.
        self.admit(Vec::new(), limits, document, patches)
    }

    /// Whether this change is out since another has its actor and number, or since it builds on one
    /// of which that is so.
    #[must_use]
    pub fn is_doubled(&self, hash: &ChangeHash) -> bool {
        self.doubled.contains(hash)
    }

    /// Lets those go that wait and are there otherwise.
    pub(crate) fn let_go(&mut self, is_gone: impl Fn(&ChangeHash) -> bool) {
        self.held.retain(|change| !is_gone(&change.hash()));
    }

    /// What waits lets those go first that come under its number: it might come in with what it
    /// waits for, in the same moment, and nobody who brings both would ever bring either.
    fn make_way(&mut self, changes: &[Change]) {
        if self.held.is_empty() {
            return;
        }
        let number = |change: &Change| (change.actor_id().clone(), change.seq());
        let come = changes.iter().map(|change| (number(change), change.hash()));
        let come: BTreeMap<_, _> = come.collect();
        let doubled = &mut self.doubled;
        self.held.retain(|held| {
            let is_free = come
                .get(&number(held))
                .is_none_or(|hash| *hash == held.hash());
            if !is_free {
                doubled.insert(held.hash());
            }
            is_free
        });
    }

    /// The changes that wait for others.
    #[must_use]
    pub fn waiting(&self) -> &[Change] {
        &self.held
    }

    /// Whether this change waits here.
    #[must_use]
    pub fn holds(&self, hash: &ChangeHash) -> bool {
        self.held.iter().any(|change| change.hash() == *hash)
    }

    /// What has to come before those that wait can be let in.
    #[must_use]
    pub fn missing(&self, document: &Automerge) -> BTreeSet<ChangeHash> {
        let waiting: BTreeSet<_> = self.held.iter().map(Change::hash).collect();
        let needed = self.held.iter().flat_map(Change::deps).copied();
        needed
            .filter(|hash| !waiting.contains(hash))
            .filter(|hash| document.get_change_meta_by_hash(hash).is_none())
            .collect()
    }
}

/// Whether so much may wait.
fn within_waiting(waiting: &[Change], limits: &Limits) -> Result<(), Refusal> {
    let bytes = waiting.iter().map(|one| one.raw_bytes().len() as u64).sum();
    within(
        What::WaitingChanges,
        waiting.len() as u64,
        limits.waiting_changes,
    )?;
    within(What::Bytes, bytes, limits.bytes)
}

/// Gives changes to Automerge, which takes all of them: what it would refuse, the examination has.
/// If it refuses all the same, then before it has begun.
fn apply(
    changes: Vec<Change>,
    document: &mut Automerge,
    patches: &mut PatchLog,
) -> Result<(), GateError> {
    if changes.is_empty() {
        return Ok(());
    }
    document
        .apply_changes_log_patches(changes, patches)
        .map_err(|error| GateError::Rejected(error.to_string()))
}
