//! Chunks from elsewhere: a whole document, one change, or any number of those, one after the
//! other. They come in through the document's gate, and those that do not are named.

use std::cmp::Reverse;

use automerge::{Automerge, ChangeHash, PatchLog};
use bounded::{ChunkReport, Gate, Limits};
use domain::compact;

use crate::genesis::has_change;
use crate::{ChunkError, RejectedChunk};

/// Which byte of a chunk says what it begins with, and what stands there for a whole document.
const KIND_AT: usize = 8;
const DOCUMENT: u8 = 0;

/// Takes a chunk in, all or nothing. Changes whose dependencies are missing wait; they count as
/// taken.
pub(crate) fn take(
    document: &mut Automerge,
    gate: &mut Gate,
    bytes: &[u8],
    log: &mut PatchLog,
) -> Result<ChunkReport, ChunkError> {
    if bytes.is_empty() {
        return Err(ChunkError::Empty);
    }
    Ok(gate.take(bytes, &Limits::default(), document, log)?)
}

/// Takes all chunks in, whatever their order, and names those that it had to leave out.
pub(crate) fn load(
    document: &mut Automerge,
    gate: &mut Gate,
    chunks: &[impl AsRef<[u8]>],
) -> Vec<RejectedChunk> {
    let mut loading = Loading {
        document,
        gate,
        taken: Vec::new(),
        rejected: Vec::new(),
    };
    let mut rest: Vec<(usize, &[u8])> = chunks.iter().map(AsRef::as_ref).enumerate().collect();
    // A whole document is taken as it is by who has nothing, which saves applying its history
    // change by change: so the longest first, then the others together.
    let is_document = |bytes: &[u8]| bytes.get(KIND_AT) == Some(&DOCUMENT);
    compact::sort_by_key(&mut rest, |(_, bytes)| {
        Reverse((is_document(bytes), bytes.len()))
    });
    while loading.document.is_empty() && rest.first().is_some_and(|(_, bytes)| is_document(bytes)) {
        let (index, bytes) = rest.remove(0);
        loading.take(index, bytes);
    }
    compact::sort_by_key(&mut rest, |(index, _)| *index);
    let together: Vec<u8> = rest.iter().flat_map(|(_, bytes)| *bytes).copied().collect();
    let none_empty = rest.iter().all(|(_, bytes)| !bytes.is_empty());
    if !none_empty || !loading.takes_together(&together) {
        // Together they fail, so at least one of them does: find out which.
        for (index, bytes) in rest {
            loading.take(index, bytes);
        }
    }
    loading.finish()
}

/// A document that is being put together.
struct Loading<'a> {
    document: &'a mut Automerge,
    gate: &'a mut Gate,
    /// What was taken singly, and what is in it.
    taken: Vec<(usize, ChunkReport)>,
    rejected: Vec<RejectedChunk>,
}

impl Loading<'_> {
    fn takes_together(&mut self, bytes: &[u8]) -> bool {
        let log = &mut PatchLog::inactive();
        bytes.is_empty() || take(self.document, self.gate, bytes, log).is_ok()
    }

    fn take(&mut self, index: usize, bytes: &[u8]) {
        match take(self.document, self.gate, bytes, &mut PatchLog::inactive()) {
            Ok(report) => self.taken.push((index, report)),
            Err(error) => self.reject(index, error.to_string(), error == ChunkError::Contested),
        }
    }

    fn reject(&mut self, index: usize, error: String, contested: bool) {
        self.rejected.push(RejectedChunk {
            index,
            error,
            contested,
        });
    }

    /// Names what was left out, also what waited at first and turned out not to fit.
    fn finish(mut self) -> Vec<RejectedChunk> {
        for (index, report) in std::mem::take(&mut self.taken) {
            let is_kept = |hash: &[u8; 32]| {
                let hash = ChangeHash(*hash);
                has_change(self.document, &hash) || self.gate.holds(&hash)
            };
            let mut out = report.changes.iter().chain(&report.heads);
            let mut out = out.by_ref().filter(|hash| !is_kept(hash)).peekable();
            if out.peek().is_some() {
                let contested = out.all(|hash| self.gate.is_doubled(&ChangeHash(*hash)));
                self.reject(index, "it does not fit the others".to_owned(), contested);
            }
        }
        compact::sort_by_key(&mut self.rejected, |chunk| chunk.index);
        self.rejected
    }
}
