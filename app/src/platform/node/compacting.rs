//! When the many small chunks of a workspace are replaced by one snapshot: in an idle moment, and
//! never over something that could not be read.

use std::rc::Rc;

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
            (document.is_ready() && !document.is_from_newer_version()).then(|| document.snapshot())
        });
        let Some(bytes) = snapshot.flatten() else {
            return;
        };
        // What is about to replace everything has to stand on its own first.
        if check_chunk(&bytes, &Limits::default()).is_err() {
            return;
        }
        let contained = self.keeping.contained.borrow().clone();
        let snapshot = Chunk::new(&self.id, ChunkKind::Snapshot, &bytes);
        if let Ok(true) = self.device.chunks().compact(&snapshot, &contained).await {
            let mut remaining = self.keeping.contained.borrow_mut();
            remaining.retain(|key| !contained.contains(key));
            remaining.insert(snapshot.key);
        }
    }

    /// Everything is on disk, and nothing that was damaged is missing.
    fn may_compact(&self) -> bool {
        self.device.chunks().pending(&self.id) == 0 && self.damaged.get_untracked() == 0
    }
}
