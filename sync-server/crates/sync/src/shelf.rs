//! What a device's store holds of one document, as far as one tab knows, and when that is worth
//! writing again.
//!
//! Invariant: only chunks that the tab has itself loaded or written are ever named as superseded. A
//! fold goes back to a point that an earlier chunk, which stays, had reached.

use crate::tiers::{Due, Stored, due};

/// So many small chunks are worth one.
const MANY: usize = 64;

/// One chunk in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved<Key, Point> {
    /// Its name in the store.
    pub key: Key,
    /// How long it is.
    pub bytes: usize,
    /// Whether it is a whole document.
    pub is_snapshot: bool,
    /// The point that the document had reached with it, if that is known.
    pub until: Option<Point>,
}

/// What is worth doing. Whoever does it looks first whether what is written holds all of what is
/// superseded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compaction<Key, Point> {
    /// One snapshot in the place of everything.
    Snapshot {
        /// What it replaces.
        superseded: Vec<Key>,
    },
    /// One chunk with everything after a point in the place of the latest ones.
    Fold {
        /// The point.
        since: Point,
        /// What it replaces.
        superseded: Vec<Key>,
    },
}

/// The chunks of one document, in the order in which the tab came to know them.
#[derive(Clone, Debug)]
pub struct Shelf<Key, Point> {
    chunks: Vec<Shelved<Key, Point>>,
    many: usize,
    /// Nothing is done below this number of chunks: raised when something could not be done.
    patience: usize,
}

impl<Key, Point> Default for Shelf<Key, Point> {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            many: MANY,
            patience: 0,
        }
    }
}

impl<Key: Clone + PartialEq, Point: Clone> Shelf<Key, Point> {
    /// A shelf on which fewer small chunks are already many, for tests that cannot wait.
    #[must_use]
    pub fn crowded_by(many: usize) -> Self {
        Self {
            many,
            ..Self::default()
        }
    }

    /// Takes note of a chunk that was loaded or written; of one that is known, nothing.
    pub fn add(&mut self, chunk: Shelved<Key, Point>) {
        if !self.chunks.iter().any(|known| known.key == chunk.key) {
            self.chunks.push(chunk);
        }
    }

    /// What is worth doing.
    #[must_use]
    pub fn due(&self) -> Option<Compaction<Key, Point>> {
        if self.chunks.len() < self.patience {
            return None;
        }
        let stored = self.chunks.iter().map(|chunk| Stored {
            bytes: chunk.bytes,
            is_snapshot: chunk.is_snapshot,
            may_fold: !chunk.is_snapshot,
        });
        let keys = |chunks: &[Shelved<Key, Point>]| {
            let keys = chunks.iter().map(|chunk| chunk.key.clone());
            keys.collect::<Vec<_>>()
        };
        if let Due::Fold(count) = due(stored, self.many)? {
            let (stay, latest) = self.chunks.split_at_checked(self.chunks.len() - count)?;
            // Chunks of the first version do not say how far they went; a snapshot ends that.
            if let Some(since) = stay.last().and_then(|chunk| chunk.until.clone()) {
                return Some(Compaction::Fold {
                    since,
                    superseded: keys(latest),
                });
            }
        }
        Some(Compaction::Snapshot {
            superseded: keys(&self.chunks),
        })
    }

    /// `by` is stored and those that it supersedes are gone. What came after them meanwhile stays
    /// behind it.
    pub fn replaced(&mut self, by: Shelved<Key, Point>, superseded: &[Key]) {
        let is_gone =
            |chunk: &Shelved<Key, Point>| superseded.contains(&chunk.key) || chunk.key == by.key;
        let at = self.chunks.iter().position(is_gone);
        self.chunks.retain(|chunk| !is_gone(chunk));
        let at = at.unwrap_or(self.chunks.len()).min(self.chunks.len());
        self.chunks.insert(at, by);
        self.patience = 0;
    }

    /// These are in the store no more: another tab has replaced them, by something unknown here.
    pub fn gone(&mut self, superseded: &[Key]) {
        self.chunks.retain(|chunk| !superseded.contains(&chunk.key));
        self.patience = 0;
    }

    /// It was not done: wait until there are twice as many chunks.
    pub fn not_replaced(&mut self) {
        self.patience = self.chunks.len().saturating_mul(2);
    }
}
