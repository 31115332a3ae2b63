//! The server's disk: the memory store that keeps the storage contract, with the faults of disks.

use std::collections::BTreeSet;

use automerge::{Automerge, ChangeHash};
use sync::{Chunk, DocumentId, StoredChunk};
use sync_server::store::{MemoryStore, Store, Write};

/// A store that can be full, and whose bytes can be damaged where they lie.
#[derive(Default)]
pub(crate) struct Disk {
    store: MemoryStore,
    /// Whether there is no room left.
    pub(crate) is_full: bool,
    /// Planted bug: what was called durable and is not.
    lazy: Option<Vec<Write>>,
    /// Planted bug: snapshots behind which everything is still to be deleted.
    swept: Option<Vec<(DocumentId, Chunk)>>,
}

impl Disk {
    /// A disk that acknowledges writes before they are durable.
    pub(crate) fn lazy() -> Self {
        Self {
            lazy: Some(Vec::new()),
            ..Self::default()
        }
    }

    /// A disk that deletes what came after a compaction as well.
    pub(crate) fn sweeping() -> Self {
        Self {
            swept: Some(Vec::new()),
            ..Self::default()
        }
    }

    /// Carries out a group of writes, all or none.
    pub(crate) fn write(&mut self, group: Vec<Write>) -> Result<(), String> {
        if self.is_full {
            return Err("the disk is full".to_owned());
        }
        if let Some(lazy) = &mut self.lazy {
            lazy.extend(group);
            return Ok(());
        }
        self.store
            .write(&group)
            .map_err(|error| error.to_string())?;
        self.sweep(&group);
        Ok(())
    }

    /// Deletes what is there besides the snapshots of earlier groups, and takes down new ones.
    fn sweep(&mut self, group: &[Write]) {
        let Some(swept) = &mut self.swept else { return };
        for (document, snapshot) in swept.drain(..) {
            let chunks = self.store.load(&document).expect("memory reads");
            let replace = Write::Replace {
                document,
                snapshot,
                superseded: chunks.into_iter().map(|chunk| chunk.hash).collect(),
            };
            self.store.write(&[replace]).expect("memory takes it");
        }
        for write in group {
            if let Write::Replace {
                document, snapshot, ..
            } = write
            {
                swept.push((*document, snapshot.clone()));
            }
        }
    }

    /// Makes durable what was only said to be.
    pub(crate) fn flush(&mut self) {
        if let Some(lazy) = &mut self.lazy {
            let group = std::mem::take(lazy);
            self.store.write(&group).expect("memory takes it");
        }
    }

    /// The power fails.
    pub(crate) fn lose_power(&mut self) {
        if let Some(lazy) = &mut self.lazy {
            lazy.clear();
        }
    }

    /// A document's chunks.
    pub(crate) fn load(&mut self, document: &DocumentId) -> Vec<StoredChunk> {
        self.flush();
        self.store.load(document).expect("memory reads")
    }

    /// Whether the disk works.
    pub(crate) fn probe(&self) -> Result<(), String> {
        if self.is_full {
            return Err("the disk is still full".to_owned());
        }
        Ok(())
    }

    /// What is whole on the disk, as a document.
    pub(crate) fn document(&mut self, document: &DocumentId) -> Automerge {
        let whole = self.load(document);
        let whole = whole
            .iter()
            .filter(|chunk| !chunk.quarantined && Chunk::hash_of(&chunk.bytes) == chunk.hash);
        together(whole.map(|chunk| chunk.bytes.as_slice()))
    }

    /// Damages a chunk where it lies.
    pub(crate) fn damage(&mut self, document: DocumentId, chunk: &StoredChunk, bytes: Vec<u8>) {
        let damaged = Write::Append {
            document,
            chunk: Chunk {
                hash: chunk.hash,
                bytes,
                heads: chunk.heads.clone(),
            },
            from: Vec::new(),
        };
        self.store.write(&[damaged]).expect("memory takes it");
    }
}

/// The document that these chunks make together, in any order.
pub(crate) fn together<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> Automerge {
    let mut document = Automerge::new();
    for chunk in chunks {
        document.load_incremental(chunk).expect("a whole chunk");
    }
    document
}

/// The hashes of every change in a chunk that is whole by itself or an increment.
pub(crate) fn changes_in(chunk: &[u8]) -> BTreeSet<ChangeHash> {
    let report = sync::bounded::check_chunk(chunk, &sync::bounded::Limits::default());
    let report = report.expect("a whole chunk");
    let heads = report.changes.into_iter().chain(report.heads);
    heads.map(ChangeHash).collect()
}

/// Flips a bit of the bytes, or tears them off.
pub(crate) fn spoil(bytes: &[u8], random: &mut fastrand::Rng) -> Vec<u8> {
    let mut spoilt = bytes.to_vec();
    let at = random.usize(..spoilt.len());
    if random.bool() {
        spoilt[at] ^= 1 << random.u8(..8);
    } else {
        spoilt.truncate(at);
    }
    spoilt
}
