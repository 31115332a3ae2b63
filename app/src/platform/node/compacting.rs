//! When the many small chunks of a workspace are replaced by one snapshot: in an idle moment, and
//! never over something that could not be read, and never by a snapshot that does not load.

use std::rc::Rc;

use document::ProductDocument;
use leptos::prelude::GetUntracked;
use sync::bounded::{Limits, check_chunk};
use wasm_bindgen_futures::spawn_local;

use super::Inner;
use crate::platform::chunk_store::{Chunk, ChunkKind};
use crate::platform::clock::Scheduled;

/// More chunks than this make opening slow.
const MANY: usize = 64;

impl Inner {
    /// Compacts in an idle moment, if there is reason to.
    pub(super) fn compact_soon(self: &Rc<Self>) {
        if self.keeping.contained.borrow().len() <= MANY
            || self.keeping.compact_due.borrow().is_some()
            || self.keeping.compaction_failed.get()
        {
            return;
        }
        let weak = Rc::downgrade(self);
        let due = Scheduled::idle(move || {
            let Some(inner) = weak.upgrade() else { return };
            spawn_local(async move {
                inner.compact().await;
                inner.keeping.compact_due.take();
            });
        });
        *self.keeping.compact_due.borrow_mut() = Some(due);
    }

    async fn compact(&self) {
        if !self.may_compact() {
            return;
        }
        let snapshot = self.workspace.with_document(|document| {
            (document.is_ready() && !document.is_from_newer_version()).then(|| {
                let bytes = document.snapshot();
                let stands = self.reads_back(&bytes, document);
                (bytes, document.heads(), stands)
            })
        });
        let Some((bytes, heads, stands)) = snapshot.flatten() else {
            return;
        };
        if !stands {
            self.keeping.compaction_failed.set(true);
            return;
        }
        let contained = self.keeping.contained.borrow().clone();
        let snapshot = Chunk::new(&self.id, ChunkKind::Snapshot, &bytes).at_heads(heads);
        if let Ok(true) = self.device.chunks().compact(&snapshot, &contained).await {
            let mut remaining = self.keeping.contained.borrow_mut();
            remaining.retain(|key| !contained.contains(key));
            remaining.insert(snapshot.key);
        }
    }

    /// What is about to replace everything has to stand on its own: loaded by itself it is the
    /// same document, with the same changes waiting for others.
    fn reads_back(&self, snapshot: &[u8], document: &ProductDocument) -> bool {
        if check_chunk(snapshot, &Limits::default()).is_err() {
            return false;
        }
        let (loaded, rejected) = ProductDocument::load(self.device.session(), &[snapshot]);
        rejected.is_empty()
            && loaded.heads() == document.heads()
            && loaded.missing_dependencies() == document.missing_dependencies()
    }

    /// Everything is on disk and was read, and nothing that was damaged is missing.
    fn may_compact(&self) -> bool {
        self.device.chunks().pending(&self.id) == 0
            && self.damaged.get_untracked() == 0
            && self.unread.failure().is_none()
    }
}
