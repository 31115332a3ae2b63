//! What the store holds of one document, as far as this node knows.
//!
//! Invariant: only chunks whose every change is in the document are ever named as superseded, and
//! none while a quarantined chunk has not come back intact.

use std::collections::BTreeSet;

use super::event::Chunk;

/// So many bytes of changes are worth a snapshot, in however few chunks they came: in one they take
/// a tenth of the room, and of the time of whoever loads them.
const WEIGHTY: usize = 128 << 10;

/// One stored chunk that verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) hash: [u8; 32],
    pub(super) bytes: usize,
    /// Whether it is a whole document.
    pub(super) is_snapshot: bool,
    /// Whether the document contains each of its changes.
    pub(super) contained: bool,
}

impl Known {
    /// A chunk made of what the document contains.
    pub(super) fn contained(chunk: &Chunk, is_snapshot: bool) -> Self {
        let bytes = chunk.bytes.len();
        Self {
            hash: chunk.hash,
            bytes,
            is_snapshot,
            contained: true,
        }
    }
}

/// The chunks of one document.
#[derive(Debug, Default)]
pub(super) struct Chunks {
    known: Vec<Known>,
    quarantined: BTreeSet<[u8; 32]>,
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
    pub(super) fn quarantine(&mut self, hash: [u8; 32]) {
        if !self.known.iter().any(|known| known.hash == hash) {
            self.quarantined.insert(hash);
        }
    }

    /// Whether the chunks since the last snapshot are many or weighty, and as large together as it
    /// is.
    pub(super) fn want_compaction(&self, at_least: usize) -> bool {
        let increments = || self.known.iter().filter(|chunk| !chunk.is_snapshot);
        let snapshot: usize = self
            .known
            .iter()
            .filter(|chunk| chunk.is_snapshot)
            .map(|chunk| chunk.bytes)
            .sum();
        let bytes: usize = increments().map(|chunk| chunk.bytes).sum();
        self.quarantined.is_empty()
            && self.known.len() >= self.patience
            && (increments().count() >= at_least || bytes >= WEIGHTY)
            && bytes >= snapshot
    }

    /// What a snapshot of the document replaces: every chunk that the document contains.
    pub(super) fn superseded_by(&self, snapshot: [u8; 32]) -> Vec<[u8; 32]> {
        self.known
            .iter()
            .filter(|chunk| chunk.contained && chunk.hash != snapshot)
            .map(|chunk| chunk.hash)
            .collect()
    }

    /// The snapshot is stored and the superseded chunks are gone.
    pub(super) fn replaced(&mut self, snapshot: Known, superseded: &[[u8; 32]]) {
        self.known.retain(|chunk| !superseded.contains(&chunk.hash));
        self.add(snapshot);
        self.patience = 0;
    }

    /// The snapshot could not be made or stored: wait until there are twice as many chunks.
    pub(super) fn not_replaced(&mut self) {
        self.patience = self.known.len().saturating_mul(2);
    }
}
