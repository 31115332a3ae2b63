//! Keeping: every change becomes a chunk in the store, and the picture of the workspace follows once
//! the store has confirmed it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use document::Heads;
use sync::{Shelf, Shelved};

use super::Inner;
use crate::platform::chunk::{Chunk, ChunkKey, ChunkKind};
use crate::platform::clock::Scheduled;
use crate::platform::tabs::TabMessage;

/// What has been kept so far.
pub(super) struct Keeping {
    /// Everything up to here has been handed to the store; `None` until the document is loaded.
    kept: RefCell<Option<Heads>>,
    /// Chunks in the store that the document contains: those that compaction may replace.
    pub(super) shelf: RefCell<Shelf<ChunkKey, Heads>>,
    pub(super) compact_due: RefCell<Option<Scheduled>>,
    /// Which connection to the database everything was stored through.
    generation: Cell<u32>,
    /// What the server had confirmed when the picture was stored.
    pub(super) acknowledged_before: Heads,
}

impl Keeping {
    pub(super) fn new(generation: u32, acknowledged_before: Heads) -> Self {
        Self {
            kept: RefCell::default(),
            shelf: RefCell::default(),
            compact_due: RefCell::default(),
            generation: Cell::new(generation),
            acknowledged_before,
        }
    }

    /// Everything up to `heads` is in the store, or has been handed to it.
    pub(super) fn start(&self, heads: Heads) {
        *self.kept.borrow_mut() = Some(heads);
    }

    /// Whether the document has been loaded.
    pub(super) fn is_started(&self) -> bool {
        self.kept.borrow().is_some()
    }

    /// Takes note of a chunk in the store that the document contains.
    pub(super) fn shelve(&self, chunk: &Chunk) {
        self.shelf.borrow_mut().add(shelved(chunk));
    }
}

/// A chunk as the shelf knows it.
pub(super) fn shelved(chunk: &Chunk) -> Shelved<ChunkKey, Heads> {
    Shelved {
        key: chunk.key.clone(),
        bytes: chunk.bytes.len(),
        is_snapshot: chunk.kind == ChunkKind::Snapshot,
        until: chunk.heads.clone(),
    }
}

impl Inner {
    /// Hands what is new to the store and tells the other tabs, unless they brought it.
    pub(super) fn keep(self: &Rc<Self>) {
        let Some(kept) = self.keeping.kept.borrow().clone() else {
            return;
        };
        // Also of what a sibling brought, which may have released changes that waited for it. Two
        // tabs in step make the same bytes of it, and so store the one chunk.
        let news = self.workspace.with_document(|document| {
            let heads = document.heads();
            let bytes = (heads != kept).then(|| document.chunk_since(&kept));
            Some((bytes.flatten()?, heads))
        });
        let Some((bytes, heads)) = news.flatten() else {
            return;
        };
        *self.keeping.kept.borrow_mut() = Some(heads.clone());
        let told = self.siblings.brought();
        let chunk = Chunk::new(&self.id, ChunkKind::Changes, &bytes).at_heads(heads.clone());
        self.keeping.shelve(&chunk);
        self.device.chunks().put(chunk);
        if !told {
            self.siblings_tell(&TabMessage::Chunk { bytes, heads });
        }
        self.paint_soon();
        self.compact_soon();
    }

    /// The store has written something, or cannot, or has a new connection.
    pub(super) fn store_changed(self: &Rc<Self>) {
        let generation = self.device.chunks().generation();
        let before = self.keeping.generation.replace(generation);
        if before != generation {
            if before != 0 {
                self.keep_everything();
            }
            self.load_again();
        }
        // While something was not written yet, nothing could be replaced or painted.
        if self.device.chunks().pending(&self.id) == 0 {
            self.settle_renewal();
            self.paint_soon();
            self.compact_soon();
        }
        self.status_soon();
    }

    /// What was in the database may not be there, because somebody cleared it while the connection
    /// was lost, or it is damaged: the whole document is stored anew beside it.
    pub(super) fn keep_everything(&self) {
        let snapshot = self.workspace.with_document(|document| {
            document
                .is_ready()
                .then(|| (document.snapshot(), document.heads()))
        });
        if let Some((bytes, heads)) = snapshot.flatten() {
            let chunk = Chunk::new(&self.id, ChunkKind::Snapshot, &bytes).at_heads(heads);
            self.keeping.shelve(&chunk);
            self.device.chunks().put(chunk);
            self.note_opened();
        }
    }
}
