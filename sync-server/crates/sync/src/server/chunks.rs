//! What the store holds of one document, as far as this node knows.
//!
//! Invariant: only chunks whose every change is in the document are ever named as superseded, and
//! none while something that a quarantined chunk held has not come back.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, ChangeHash};

use super::event::Chunk;
use crate::receive::knows;
use crate::tiers::{self, Stored};

/// One stored chunk that verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) hash: [u8; 32],
    pub(super) bytes: usize,
    /// Whether it is a whole document.
    pub(super) is_snapshot: bool,
    /// Whether the document contains each of its changes.
    pub(super) contained: bool,
    /// Heads up to which everything was stored before it, and perhaps more.
    pub(super) since: Vec<ChangeHash>,
    /// Its changes, if it is no snapshot.
    pub(super) changes: Vec<[u8; 32]>,
}

impl Known {
    /// A snapshot of the document.
    pub(super) fn snapshot(chunk: &Chunk) -> Self {
        Self {
            hash: chunk.hash,
            bytes: chunk.bytes.len(),
            is_snapshot: true,
            contained: true,
            since: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// A chunk made of what the document contains.
    pub(super) fn contained(
        chunk: &Chunk,
        since: Vec<ChangeHash>,
        changes: Vec<[u8; 32]>,
        has_document: bool,
    ) -> Self {
        Self {
            is_snapshot: has_document,
            since,
            changes,
            ..Self::snapshot(chunk)
        }
    }
}

/// What is worth doing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// One snapshot in the place of everything.
    Snapshot,
    /// One chunk in the place of the latest ones.
    Fold(Fold),
}

/// The latest chunks, which are all small beside what was stored before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fold {
    /// Everything up to here is in other chunks.
    pub(super) since: Vec<ChangeHash>,
    pub(super) superseded: Vec<[u8; 32]>,
    /// The changes in them.
    pub(super) changes: BTreeSet<[u8; 32]>,
}

/// The chunks of one document.
#[derive(Clone, Debug, Default)]
pub(super) struct Chunks {
    known: Vec<Known>,
    /// What is set aside and not all there again, with the heads up to which it would be.
    quarantined: BTreeMap<[u8; 32], Vec<[u8; 32]>>,
    /// No compaction below this number of chunks: raised when one failed.
    patience: usize,
}

impl Chunks {
    /// Adds a chunk that was loaded or stored. Storing a quarantined one again heals it.
    pub(super) fn add(&mut self, chunk: Known) {
        self.quarantined.remove(&chunk.hash);
        self.known.retain(|known| known.hash != chunk.hash);
        self.known.push(chunk);
    }

    /// Notes that a chunk is set aside.
    pub(super) fn quarantine(&mut self, hash: [u8; 32], heads: Vec<[u8; 32]>) {
        if !self.known.iter().any(|known| known.hash == hash) {
            self.quarantined.insert(hash, heads);
        }
    }

    /// Takes out of what is set aside all that a document holds again, and names it. Of a chunk
    /// whose heads are not known nobody can tell.
    pub(super) fn take_mended(&mut self, automerge: &Automerge) -> Vec<[u8; 32]> {
        let mut mended = Vec::new();
        self.quarantined.retain(|hash, heads| {
            let there = |head: &[u8; 32]| knows(automerge, &ChangeHash(*head));
            let is_mended = !heads.is_empty() && heads.iter().all(there);
            if is_mended {
                mended.push(*hash);
            }
            !is_mended
        });
        mended
    }

    /// What is worth doing, by the rule of [`tiers`].
    pub(super) fn due(&self, at_least: usize) -> Option<Due> {
        if !self.quarantined.is_empty() || self.known.len() < self.patience {
            return None;
        }
        let stored = self.known.iter().map(|one| Stored {
            bytes: one.bytes,
            is_snapshot: one.is_snapshot,
            may_fold: one.contained && !one.is_snapshot,
        });
        let tiers::Due::Fold(count) = tiers::due(stored, at_least)? else {
            return Some(Due::Snapshot);
        };
        let latest = self.known.iter().rev().take(count);
        Some(Due::Fold(Fold {
            since: latest.clone().next_back()?.since.clone(),
            superseded: latest.clone().map(|one| one.hash).collect(),
            changes: latest.flat_map(|one| &one.changes).copied().collect(),
        }))
    }

    /// What a snapshot of the document replaces: every chunk that the document contains.
    pub(super) fn contained(&self) -> Vec<[u8; 32]> {
        let contained = self.known.iter().filter(|chunk| chunk.contained);
        contained.map(|chunk| chunk.hash).collect()
    }

    /// The chunk is stored and those that it supersedes are gone. What came after them meanwhile
    /// stays behind it.
    pub(super) fn replaced(&mut self, by: Known, superseded: &[[u8; 32]]) {
        let is_gone = |chunk: &Known| superseded.contains(&chunk.hash) || chunk.hash == by.hash;
        let at = self.known.iter().position(is_gone);
        self.known.retain(|chunk| !is_gone(chunk));
        self.quarantined.remove(&by.hash);
        let at = at.unwrap_or(self.known.len()).min(self.known.len());
        self.known.insert(at, by);
        self.patience = 0;
    }

    /// The chunk could not be made or stored: wait until there are twice as many chunks.
    pub(super) fn not_replaced(&mut self) {
        self.patience = self.known.len().saturating_mul(2);
    }
}
