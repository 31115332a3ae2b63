//! New changes of a document that wait to be forwarded or stored.
//!
//! Invariant: what waits is everything between `since` and the document's present heads. While
//! every change came in a frame of its own that was applied at once, their bytes are kept as they
//! came; otherwise they are taken from the document.

use std::collections::BTreeSet;

use automerge::{Automerge, ChangeHash};

use super::event::ConnectionId;
use super::panics::{Broken, guarded};
use crate::bounded::ChunkReport;

/// Changes that wait.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The document's heads before the first of them.
    since: Option<Vec<ChangeHash>>,
    bytes: Vec<u8>,
    /// The changes in them that stand alone.
    hashes: Vec<[u8; 32]>,
    changes: u64,
    weight: usize,
    /// Whether `bytes` are not all of them.
    inexact: bool,
    /// Whether a whole document is among them.
    pub(super) has_document: bool,
    /// Whether some of them had waited for others, and came from who knows whom.
    pub(super) released: bool,
    /// Who brought them.
    pub(super) contributors: BTreeSet<ConnectionId>,
}

impl Gathered {
    /// Adds the changes of one frame, which are all new.
    pub(super) fn add(
        &mut self,
        before: &[ChangeHash],
        bytes: &[u8],
        report: &ChunkReport,
        from: ConnectionId,
    ) {
        self.begin(before, from);
        self.weight = self.weight.saturating_add(bytes.len());
        if !self.inexact {
            self.bytes.extend_from_slice(bytes);
            self.hashes.extend_from_slice(&report.changes);
        }
        self.changes = self.changes.saturating_add(report.total_changes);
        self.has_document |= !report.heads.is_empty();
    }

    /// Adds changes that came in another way, or some of which were not new.
    pub(super) fn add_inexactly(
        &mut self,
        before: &[ChangeHash],
        bytes: usize,
        from: ConnectionId,
    ) {
        self.begin(before, from);
        self.weight = self.weight.saturating_add(bytes);
        self.inexact = true;
        self.bytes = Vec::new();
        self.hashes = Vec::new();
    }

    /// Among what was added last are changes that had waited in memory; these connections brought
    /// them, as far as that is known.
    pub(super) fn release(&mut self, orphans_of: &BTreeSet<ConnectionId>) {
        self.released = true;
        self.contributors.extend(orphans_of);
    }

    fn begin(&mut self, before: &[ChangeHash], from: ConnectionId) {
        if self.since.is_none() {
            self.since = Some(before.to_vec());
        }
        self.contributors.insert(from);
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.since.is_none()
    }

    /// Whether they have to be taken from the document.
    pub(super) fn is_inexact(&self) -> bool {
        self.inexact
    }

    /// How many bytes brought what waits.
    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    /// The changes as they came, with the hashes of those that stand alone, if that is all of them
    /// and they are no more than `at_most`.
    pub(super) fn as_they_came(&mut self, at_most: u64) -> Option<(Vec<u8>, Vec<[u8; 32]>)> {
        let exact = !self.inexact && self.changes <= at_most;
        exact.then(|| {
            (
                std::mem::take(&mut self.bytes),
                std::mem::take(&mut self.hashes),
            )
        })
    }

    /// The changes, as they came if that is all of them. They are read back from the document
    /// either way: a change that Automerge takes and cannot give back again must go no further.
    pub(super) fn read_back(mut self, automerge: &Automerge) -> Result<Vec<u8>, Broken> {
        let from_document = guarded(|| automerge.save_after(self.since()))?;
        let as_they_came = self.as_they_came(u64::MAX);
        Ok(as_they_came.map_or(from_document, |(bytes, _)| bytes))
    }

    /// The document's heads before the first of them.
    pub(super) fn since(&self) -> &[ChangeHash] {
        self.since.as_deref().unwrap_or_default()
    }
}
