//! Changes from elsewhere: taken in whole, and looked for afterwards.

use std::cmp::Reverse;

use automerge::{Automerge, Change, ChangeHash, PatchLog, ReadDoc};
use domain::compact;

use crate::chunk::{self, Content};
use crate::{ChunkError, RejectedChunk};

/// Takes changes in, all or none. Those whose dependencies are missing wait; they count as taken.
pub(crate) fn take(
    document: &mut Automerge,
    changes: Vec<Change>,
    log: &mut PatchLog,
) -> Result<(), ChunkError> {
    // A copy shares what it does not change, so it costs next to nothing.
    let before = document.clone();
    let taken = apply(document, changes, log);
    if taken.is_err() {
        *document = before;
        *log = PatchLog::inactive();
    }
    taken
}

fn apply(
    document: &mut Automerge,
    changes: Vec<Change>,
    log: &mut PatchLog,
) -> Result<(), ChunkError> {
    let hashes: Vec<ChangeHash> = changes.iter().map(Change::hash).collect();
    document
        .apply_changes_log_patches(changes, log)
        .map_err(|error| ChunkError::Refused(error.to_string()))?;
    // A hash that is neither applied nor waiting counts as missing itself.
    let missing = document.get_missing_deps(&hashes);
    match hashes.iter().find(|hash| missing.contains(hash)) {
        Some(hash) => Err(ChunkError::Refused(format!(
            "the change {hash} was left out"
        ))),
        None => Ok(()),
    }
}

/// Takes all chunks in, whatever their order, and names those that it had to leave out.
pub(crate) fn load(document: &mut Automerge, chunks: &[impl AsRef<[u8]>]) -> Vec<RejectedChunk> {
    let mut rejected = Vec::new();
    let mut contents: Vec<(usize, Content)> = Vec::new();
    for (index, bytes) in chunks.iter().enumerate() {
        match chunk::read(bytes.as_ref()) {
            Ok(content) => contents.push((index, content)),
            Err(error) => rejected.push(RejectedChunk {
                index,
                error: error.to_string(),
            }),
        }
    }
    // Starting from the document with the longest history saves applying it change by change.
    let histories = contents
        .iter_mut()
        .flat_map(|(_, content)| content.documents.iter_mut());
    if document.is_empty()
        && let Some(longest) =
            histories.min_by_key(|document| Reverse(document.stats().num_changes))
    {
        *document = std::mem::take(longest);
    }
    let contents: Vec<(usize, Vec<Change>)> = contents
        .into_iter()
        .map(|(index, content)| (index, content.into_changes()))
        .collect();
    let all: Vec<Change> = contents
        .iter()
        .flat_map(|(_, changes)| changes.clone())
        .collect();
    if take(document, all, &mut PatchLog::inactive()).is_err() {
        // Together they fail, so at least one of them does: find out which.
        for (index, changes) in contents {
            if let Err(error) = take(document, changes, &mut PatchLog::inactive()) {
                rejected.push(RejectedChunk {
                    index,
                    error: error.to_string(),
                });
            }
        }
        compact::sort_by_key(&mut rejected, |chunk| chunk.index);
    }
    rejected
}
