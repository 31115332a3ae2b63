//! Looks at a stored document as the server loads it, and tells what is wrong with it.
//!
//! Invariant: the verdict is the server's own, since the same code loads the document; nothing is
//! changed and no input panics.

use automerge::{Automerge, ReadDoc};

use super::event::StoredChunk;
use super::loading::load;
use super::panics::guarded;
use crate::bounded::Limits;

/// What is in a stored document, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// Changes that the document holds.
    pub changes: u64,
    /// The hashes of its latest changes.
    pub heads: Vec<[u8; 32]>,
    /// The chunks that the server would set aside, each with the reason.
    pub damaged: Vec<([u8; 32], String)>,
    /// The chunks, set aside before or damaged, of which everything is in others.
    pub mended: Vec<[u8; 32]>,
    /// Changes that others depend on and that are nowhere in the chunks.
    pub missing: Vec<[u8; 32]>,
}

/// Loads a document from its chunks and forgets it again.
#[must_use]
pub fn inspect(stored: Vec<StoredChunk>, limits: &Limits) -> Inspection {
    let loaded = load(stored, limits);
    let automerge: &Automerge = &loaded.automerge;
    let hashes = |hashes: Vec<automerge::ChangeHash>| hashes.into_iter().map(|hash| hash.0);
    // A document that loaded may still break when it is walked.
    let walked = guarded(|| {
        let changes = automerge.get_changes_meta(&[]).len() as u64;
        let missing = hashes(automerge.get_missing_deps(&[])).collect();
        (changes, missing)
    });
    let (changes, missing) = walked.unwrap_or_default();
    Inspection {
        changes,
        heads: hashes(automerge.get_heads()).collect(),
        damaged: loaded.quarantine,
        mended: loaded.mended,
        missing,
    }
}
