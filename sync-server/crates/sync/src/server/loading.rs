//! Builds a document from its stored chunks.
//!
//! Invariant: a chunk that does not verify keeps no other chunk from being loaded, and is reported
//! instead of passed over.

use std::collections::BTreeSet;

use automerge::{Automerge, ChangeHash};

use super::burden::Burden;
use super::chunks::{Chunks, Known};
use super::event::{Chunk, StoredChunk};
use super::panics::guarded;
use crate::bounded::{ChunkReport, Limits, check_chunk};
use crate::receive::{holds, waits};

/// A document as it was loaded.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    pub(super) automerge: Automerge,
    pub(super) chunks: Chunks,
    pub(super) burden: Burden,
    /// What to set aside, and why.
    pub(super) quarantine: Vec<([u8; 32], String)>,
    /// Of what is set aside, or is to be, that of which everything is there all the same.
    pub(super) mended: Vec<[u8; 32]>,
}

/// A chunk that verified by itself.
struct Verified {
    chunk: StoredChunk,
    report: ChunkReport,
}

/// Loads a document.
pub(super) fn load(stored: Vec<StoredChunk>, limits: &Limits) -> Loaded {
    let mut quarantine = Vec::new();
    let mut chunks = Chunks::default();
    let mut verified = Vec::new();
    for chunk in stored {
        if chunk.quarantined {
            chunks.quarantine(chunk.hash, chunk.heads);
            continue;
        }
        match verify(&chunk, limits) {
            Ok(report) => verified.push(Verified { chunk, report }),
            Err(reason) => quarantine.push(Damaged::new(chunk, reason)),
        }
    }
    // Snapshots first: whatever else is there follows one.
    verified.sort_by_key(|verified| verified.report.heads.is_empty());

    let automerge = match apply_together(&verified) {
        Some(automerge) => automerge,
        None => apply_singly(&mut verified, &mut quarantine),
    };
    for damaged in &quarantine {
        chunks.quarantine(damaged.hash, damaged.heads.clone());
    }
    // Where the chunks before each lead. Some of them may lie before others: that does no harm.
    let mut heads = BTreeSet::new();
    let mut burden = Burden::default();
    for Verified { chunk, report } in verified {
        burden.add(&report);
        let since = heads.iter().copied().map(ChangeHash).collect();
        heads.extend(report.changes.iter().chain(&report.heads).copied());
        for dependency in &report.dependencies {
            heads.remove(dependency);
        }
        chunks.add(Known {
            hash: chunk.hash,
            bytes: chunk.bytes.len(),
            is_snapshot: !report.heads.is_empty(),
            contained: holds(&automerge, &report),
            since,
            changes: report.changes,
        });
    }
    let mended = chunks.take_mended(&automerge);
    let quarantine = quarantine.into_iter().map(|it| (it.hash, it.reason));
    Loaded {
        automerge,
        chunks,
        burden,
        quarantine: quarantine.collect(),
        mended,
    }
}

/// A chunk that does not verify.
struct Damaged {
    hash: [u8; 32],
    heads: Vec<[u8; 32]>,
    reason: String,
}

impl Damaged {
    fn new(chunk: StoredChunk, reason: String) -> Self {
        Self {
            hash: chunk.hash,
            heads: chunk.heads,
            reason,
        }
    }
}

/// Whether the chunk is what was stored, and what the bounded decoder says about it.
fn verify(chunk: &StoredChunk, limits: &Limits) -> Result<ChunkReport, String> {
    if Chunk::hash_of(&chunk.bytes) != chunk.hash {
        return Err("its bytes do not have the hash that it is stored under".to_owned());
    }
    check_chunk(&chunk.bytes, limits).map_err(|refusal| refusal.to_string())
}

/// Applies all chunks at once, which is several times faster than one by one; `None` when one of
/// them spoils it.
fn apply_together(verified: &[Verified]) -> Option<Automerge> {
    let bytes: Vec<u8> = verified
        .iter()
        .flat_map(|verified| verified.chunk.bytes.iter().copied())
        .collect();
    let mut automerge = Automerge::new();
    if bytes.is_empty() {
        return Some(automerge);
    }
    let applied = guarded(|| automerge.load_incremental(&bytes).is_ok());
    let complete = || {
        verified
            .iter()
            .all(|verified| holds(&automerge, &verified.report))
    };
    (applied == Ok(true) && complete()).then_some(automerge)
}

/// Applies the chunks one after the other and sets aside those that the document does not take.
/// A chunk that only waits for its dependencies stays.
fn apply_singly(verified: &mut Vec<Verified>, quarantine: &mut Vec<Damaged>) -> Automerge {
    let mut automerge = Automerge::new();
    let mut applied = 0;
    while let Some(next) = verified.get(applied) {
        let before = automerge.clone();
        let result = guarded(|| {
            let taken = automerge.load_incremental(&next.chunk.bytes).is_ok();
            taken && (holds(&automerge, &next.report) || waits(&automerge))
        });
        if result == Ok(true) {
            applied += 1;
        } else {
            automerge = before;
            let bad = verified.remove(applied);
            let reason = "the document does not take it".to_owned();
            quarantine.push(Damaged::new(bad.chunk, reason));
        }
    }
    automerge
}
