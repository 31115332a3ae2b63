//! Keeps a panic inside Automerge from taking the server with it.
//!
//! A change can be well framed and within every limit and still name objects that do not exist;
//! Automerge answers some of those with a panic. The document it happened in is then dropped from
//! memory and loaded again from what was stored. Needs `panic = "unwind"`, the default.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// A document panicked and must not be used any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken;

/// Runs `work` on a document. After `Err` the caller drops the document.
pub(super) fn guarded<R>(work: impl FnOnce() -> R) -> Result<R, Broken> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Broken)
}
