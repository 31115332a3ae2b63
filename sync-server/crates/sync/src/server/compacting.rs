//! Making one chunk of many, beside the node.
//!
//! Invariant: what is made is read back and holds all that it is to replace, or it is not made. It
//! holds nothing that is not stored: the copy that it is made of was taken when all was.

use std::collections::BTreeSet;

use automerge::Automerge;

use super::chunks::{Fold, Known};
use super::event::Chunk;
use super::panics::guarded;
use crate::bounded::{Limits, check_chunk};
use crate::receive::holds;

/// A document, and what is to be made of it.
#[derive(Clone, Debug)]
pub(super) struct Compact {
    pub(super) automerge: Automerge,
    /// The latest chunks, to be folded into one; none for a snapshot of everything.
    pub(super) fold: Option<Fold>,
    pub(super) limits: Limits,
}

impl Compact {
    /// The chunk, and what is known of it.
    pub(super) fn run(self) -> Option<(Known, Chunk)> {
        let (known, chunk) = match self.fold {
            None => {
                let chunk = snapshot(&self.automerge, &self.limits)?;
                (Known::snapshot(&chunk), chunk)
            }
            Some(fold) => folded(&self.automerge, fold, &self.limits)?,
        };
        Some((known, chunk.with_heads(&self.automerge.get_heads())))
    }
}

/// One chunk with all changes of some.
fn folded(automerge: &Automerge, fold: Fold, limits: &Limits) -> Option<(Known, Chunk)> {
    let made = guarded(|| {
        let bytes = automerge.save_after(&fold.since);
        let report = check_chunk(&bytes, limits).ok()?;
        let there: BTreeSet<_> = report.changes.iter().copied().collect();
        let whole = fold.changes.is_subset(&there) && holds(automerge, &report);
        whole.then(|| (Chunk::new(bytes), report.changes))
    });
    let (chunk, changes) = made.ok()??;
    let known = Known::contained(&chunk, fold.since, changes, false);
    Some((known, chunk))
}

/// The whole document as one chunk, which was read back and found to be the same.
pub(super) fn snapshot(automerge: &Automerge, limits: &Limits) -> Option<Chunk> {
    let options = automerge::SaveOptions {
        deflate: true,
        retain_orphans: false,
    };
    let heads = automerge.get_heads();
    guarded(|| {
        let bytes = automerge.save_with_options(options);
        check_chunk(&bytes, limits).ok()?;
        let again = Automerge::load(&bytes).ok()?;
        (again.get_heads() == heads).then(|| Chunk::new(bytes))
    })
    .ok()?
}
