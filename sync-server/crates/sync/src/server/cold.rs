//! Answers who has nothing of a document from its stored chunks, without building the document.
//!
//! Invariant: such an answer holds every stored change; when that is not certain by looking at the
//! chunks from outside there is none, and the document is built.

use std::collections::BTreeSet;

use super::event::{Chunk, StoredChunk};
use crate::bounded::{ChunkReport, Limits, check_chunk};

/// The first byte of a sync message that carries changes in one piece.
const SYNC_MESSAGE: u8 = 0x43;

/// A document as it is stored.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cold {
    /// Heads that contain every change; some may be contained in others.
    pub(super) heads: Vec<[u8; 32]>,
    /// A sync message that states these heads and brings everything.
    pub(super) message: Vec<u8>,
}

impl Cold {
    /// A sync message that states the heads and brings nothing.
    pub(super) fn statement(&self) -> Vec<u8> {
        let mut message = opening(&self.heads);
        message.push(0);
        message
    }
}

/// The beginning of a sync message: the heads, nothing asked for, and nothing said about what the
/// server has.
fn opening(heads: &[[u8; 32]]) -> Vec<u8> {
    let mut message = vec![SYNC_MESSAGE];
    unsigned(&mut message, heads.len());
    message.extend(heads.iter().flatten());
    message.extend([0, 0]);
    message
}

/// Puts the stored chunks together; `None` when the document has to be built.
pub(super) fn assemble(stored: &[StoredChunk], limits: &Limits) -> Option<Cold> {
    let mut chunks = Vec::new();
    for chunk in stored {
        if chunk.quarantined || Chunk::hash_of(&chunk.bytes) != chunk.hash {
            return None;
        }
        chunks.push((check_chunk(&chunk.bytes, limits).ok()?, &chunk.bytes));
    }
    let heads = heads(chunks.iter().map(|(report, _)| report))?;
    // Whole documents first: what else is there builds on them.
    chunks.sort_by_key(|(report, _)| report.heads.is_empty());
    let length: usize = chunks.iter().map(|(_, bytes)| bytes.len()).sum();
    if length == 0 || length as u64 > limits.bytes {
        return None;
    }
    let mut message = opening(&heads);
    message.push(1);
    unsigned(&mut message, length);
    for (_, bytes) in &chunks {
        message.extend_from_slice(bytes);
    }
    Some(Cold { heads, message })
}

/// The heads of all of these together, or `None` if a change might be missing.
fn heads<'r>(reports: impl Iterator<Item = &'r ChunkReport>) -> Option<Vec<[u8; 32]>> {
    let (mut there, mut needed) = (BTreeSet::<[u8; 32]>::new(), BTreeSet::new());
    for report in reports {
        if report.more_dependencies {
            return None;
        }
        there.extend(report.changes.iter().chain(&report.heads).copied());
        needed.extend(report.dependencies.iter().copied());
    }
    needed
        .is_subset(&there)
        .then(|| there.difference(&needed).copied().collect())
}

/// Appends an unsigned LEB128 number.
fn unsigned(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}
