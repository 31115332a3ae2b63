//! A device: the chunks that its browser keeps, which outlive its tabs, and the tabs themselves.
//!
//! The rules are those of the app's `platform::chunk_store`: chunks are named by their hash, a
//! transaction is complete or has not happened, what does not verify is set aside, and compaction
//! deletes only what the tab has itself loaded or written, and what takes its place holds.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use automerge::Automerge;
use document::Heads;
use fastrand::Rng;
use sync::bounded::{ChunkReport, Limits, check_chunk};

use crate::disk::{self, spoil};
use crate::plan::{DevicePlan, Plan, Planted};
use crate::tab::Tab;

/// The SHA-256 that names a chunk.
pub(crate) type Key = [u8; 32];

/// A chunk as the browser keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) bytes: Vec<u8>,
    /// The point that the document had reached with it.
    pub(crate) heads: Heads,
}

impl Kept {
    /// The name of these bytes.
    pub(crate) fn key(&self) -> Key {
        sync::Chunk::hash_of(&self.bytes)
    }
}

/// What the browser keeps of the one document that the device opens.
#[derive(Debug, Default)]
pub(crate) struct Storage {
    pub(crate) chunks: BTreeMap<Key, Kept>,
    pub(crate) aside: Vec<Kept>,
    /// Chunks as they were whose changes have been made anew.
    pub(crate) made_anew: Vec<Kept>,
    /// Whether the quota is used up.
    pub(crate) is_full: bool,
}

impl Storage {
    /// Reads every chunk; those that do not verify are set aside, and their points returned.
    pub(crate) fn read(&mut self) -> (Vec<Kept>, Vec<Heads>) {
        let damaged: Vec<Key> = self
            .chunks
            .iter()
            .filter(|(key, chunk)| chunk.key() != **key)
            .map(|(key, _)| *key)
            .collect();
        for key in damaged {
            self.aside.extend(self.chunks.remove(&key));
        }
        let aside = self.aside.iter().map(|chunk| chunk.heads.clone());
        (self.chunks.values().cloned().collect(), aside.collect())
    }

    /// Stores chunks in one transaction; whether there was room.
    pub(crate) fn store(&mut self, chunks: impl IntoIterator<Item = Kept>) -> bool {
        if !self.is_full {
            self.chunks
                .extend(chunks.into_iter().map(|one| (one.key(), one)));
        }
        !self.is_full
    }

    /// Puts a chunk in the place of others, if what they hold as they lie there is covered; whether
    /// that was done.
    pub(crate) fn replace(
        &mut self,
        superseded: &[Key],
        by: Kept,
        covers: impl Fn(&ChunkReport) -> bool,
    ) -> bool {
        let mut stored = superseded
            .iter()
            .filter_map(|key| self.chunks.get_key_value(key));
        let sound = |(key, one): (&Key, &Kept)| {
            let report = check_chunk(&one.bytes, &Limits::default());
            one.key() == *key && report.is_ok_and(|report| covers(&report))
        };
        if self.is_full || !stored.all(sound) {
            return false;
        }
        self.chunks.retain(|key, _| !superseded.contains(key));
        self.store([by])
    }

    /// Moves a chunk to those whose changes have been made anew.
    pub(crate) fn set_aside(&mut self, key: &Key) {
        self.made_anew.extend(self.chunks.remove(key));
    }

    /// What is whole on the device, as a document.
    pub(crate) fn document(&self) -> Automerge {
        let whole = self.chunks.iter().filter(|(key, one)| one.key() == **key);
        disk::together(whole.map(|(_, one)| one.bytes.as_slice()))
    }

    /// Damages a chunk, if `may` lets it.
    pub(crate) fn damage(&mut self, random: &mut Rng, may: impl Fn(&[u8]) -> bool) {
        if self.chunks.is_empty() {
            return;
        }
        let chosen = random.usize(..self.chunks.len());
        let Some((key, chunk)) = self.chunks.iter_mut().nth(chosen) else {
            return;
        };
        if chunk.key() == *key && may(&chunk.bytes) {
            chunk.bytes = spoil(&chunk.bytes, random);
        }
    }
}

/// One device.
pub(crate) struct Device {
    pub(crate) plan: DevicePlan,
    pub(crate) storage: Storage,
    pub(crate) tabs: Vec<Tab>,
    /// Milliseconds since 1970, as far as this device knows.
    pub(crate) clock: Rc<Cell<i64>>,
    /// Whether it is gone for ever.
    pub(crate) is_lost: bool,
    /// Whether somebody may have written under its numbers.
    pub(crate) may_be_contested: bool,
    /// Planted bug: the actor of all its tabs.
    pub(crate) actor: Option<[u8; 16]>,
}

impl Device {
    /// A device that has nothing yet.
    pub(crate) fn new(plan: DevicePlan, all: &Plan, random: &mut Rng) -> Self {
        let reused = all.has(Planted::ReusedActor);
        let may_be_contested = all.forger;
        Self {
            plan,
            storage: Storage::default(),
            tabs: Vec::new(),
            clock: Rc::new(Cell::new(1_790_000_000_000)),
            is_lost: false,
            may_be_contested,
            actor: reused.then(|| std::array::from_fn(|_| random.u8(..))),
        }
    }
}
