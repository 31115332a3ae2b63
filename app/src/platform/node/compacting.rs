//! When small chunks of a workspace are replaced by one: in an idle moment, in proportion to what
//! is new, never over something that could not be read, and never by a chunk that does not hold
//! what it replaces.

use std::collections::BTreeSet;
use std::rc::Rc;

use document::{Heads, ProductDocument};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::GetUntracked;
use sync::Compaction;
use sync::bounded::{ChunkReport, Limits, check_chunk};
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::Inner;
use super::keeping::shelved;
use crate::platform::chunk::{Chunk, ChunkKey, ChunkKind};
use crate::platform::chunk_store::Compacted;
use crate::platform::clock::Scheduled;

#[wasm_split(later, fallible)]
fn begin(inner: Rc<Inner>) -> Result<LocalBoxFuture<'static, ()>, SplitLoaderError> {
    Ok(async move { inner.compact().await }.boxed_local())
}

/// A chunk that is to replace others.
struct Made {
    by: Chunk,
    superseded: Vec<ChunkKey>,
    covers: Box<dyn Fn(&ChunkReport) -> bool>,
}

impl Inner {
    /// Compacts in an idle moment, if there is reason to.
    pub(super) fn compact_soon(self: &Rc<Self>) {
        if self.keeping.compact_due.borrow().is_some()
            || self.keeping.shelf.borrow().due().is_none()
        {
            return;
        }
        let weak = Rc::downgrade(self);
        let due = Scheduled::idle(move || {
            let Some(inner) = weak.upgrade() else { return };
            spawn_local(async move {
                // Without its code nothing is replaced; the next change asks for it again.
                if let Ok(compacting) = begin(inner.clone()).await {
                    compacting.await;
                }
                inner.keeping.compact_due.take();
            });
        });
        *self.keeping.compact_due.borrow_mut() = Some(due);
    }

    async fn compact(&self) {
        if !self.may_compact() {
            return;
        }
        let Some(due) = self.keeping.shelf.borrow().due() else {
            return;
        };
        let made = self.workspace.with_document(|document| {
            let can_write = document.is_ready() && !document.is_from_newer_version();
            can_write.then(|| self.make(document, due)).flatten()
        });
        let Some(Made {
            by,
            superseded,
            covers,
        }) = made.flatten()
        else {
            self.keeping.shelf.borrow_mut().not_replaced();
            return;
        };
        let outcome = self.device.chunks().compact(&by, &superseded, covers).await;
        let mut shelf = self.keeping.shelf.borrow_mut();
        match outcome {
            Ok(Compacted::Replaced) => shelf.replaced(shelved(&by), &superseded),
            Ok(Compacted::Gone) => shelf.gone(&superseded),
            Ok(Compacted::Uncertain) => {
                shelf.not_replaced();
                drop(shelf);
                // What lies there damaged is still whole in here.
                self.keep_everything();
            }
            Ok(Compacted::Busy) | Err(_) => shelf.not_replaced(),
        }
    }

    fn make(&self, document: &ProductDocument, due: Compaction<ChunkKey, Heads>) -> Option<Made> {
        let heads = document.heads();
        match due {
            Compaction::Snapshot { superseded } => {
                let bytes = document.snapshot();
                let alone = self.read_back(&bytes, document)?;
                Some(Made {
                    by: Chunk::new(&self.id, ChunkKind::Snapshot, &bytes).at_heads(heads),
                    superseded,
                    covers: Box::new(move |report| {
                        let changes = report.changes.iter().chain(&report.heads);
                        alone.has(&Heads::new(changes.copied()))
                    }),
                })
            }
            Compaction::Fold { since, superseded } => {
                let bytes = document.chunk_since(&since)?;
                let report = check_chunk(&bytes, &Limits::default()).ok()?;
                let there: BTreeSet<_> = report.changes.into_iter().collect();
                Some(Made {
                    by: Chunk::new(&self.id, ChunkKind::Changes, &bytes).at_heads(heads),
                    superseded,
                    covers: Box::new(move |report| {
                        let is_there = |change| there.contains(change);
                        report.heads.is_empty() && report.changes.iter().all(is_there)
                    }),
                })
            }
        }
    }

    /// What is about to replace everything has to stand on its own: loaded by itself it is the
    /// same document, with the same changes waiting for others.
    fn read_back(&self, snapshot: &[u8], document: &ProductDocument) -> Option<ProductDocument> {
        check_chunk(snapshot, &Limits::default()).ok()?;
        let (loaded, rejected) = ProductDocument::load(self.device.session(), &[snapshot]);
        let same = rejected.is_empty()
            && loaded.heads() == document.heads()
            && loaded.missing_dependencies() == document.missing_dependencies();
        same.then_some(loaded)
    }

    /// Everything is on disk and was read, and nothing that was damaged is missing.
    fn may_compact(&self) -> bool {
        self.device.chunks().pending(&self.id) == 0
            && self.damaged.get_untracked() == 0
            && self.unread.failure().is_none()
    }
}
