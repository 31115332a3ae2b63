//! The way out when somebody has written others under the numbers of this device's changes: what
//! the server cannot take any more is made anew, and so comes to everybody.
//!
//! Invariant: what is made anew is in the store before the chunks that it replaces are set aside,
//! and these are never deleted. Whatever lies between the two is found by the next opening, which
//! does the same.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use document::{ChunkError, DirtySet, Heads, ProductDocument};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sync::bounded::{Limits, check_chunk};
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::Inner;
use crate::platform::chunk::{Chunk, ChunkKey, ChunkKind};
use crate::platform::chunk_store::MADE_ANEW;
use crate::platform::tabs::TabMessage;

/// How far it has come.
#[derive(Default)]
pub(super) struct Renewal {
    /// Whether it is under way.
    running: Cell<bool>,
    /// Whether the store has chunks that contradict one another.
    pub(super) contested: Cell<bool>,
    /// The chunk with what was made anew, while those that it replaces are among the others.
    stored_as: RefCell<Option<ChunkKey>>,
}

/// What is to be done, by code that few ever need.
enum Task {
    /// Give way to these changes of the server's.
    GiveWay(Vec<u8>),
    /// Take in what contradicts the document, which has all that the server has.
    TakeUp,
    /// Set aside the chunks that are replaced.
    SetAside,
}

#[wasm_split(later, fallible)]
fn begin(inner: Rc<Inner>, task: Task) -> Result<LocalBoxFuture<'static, ()>, SplitLoaderError> {
    document::later::install();
    Ok(async move { inner.carry_on(task).await }.boxed_local())
}

impl Inner {
    /// The server has changes under numbers of this device's, and will not part with them.
    pub(super) fn give_way(self: &Rc<Self>, theirs: Vec<u8>) {
        self.renew(Task::GiveWay(theirs));
    }

    /// Everything that the server has is here: what contradicts it can be taken in.
    pub(super) fn take_up(self: &Rc<Self>) {
        let is_due = self.workspace.with_document(ProductDocument::has_aside);
        let is_level = self.server.client.borrow().is_level(&self.id);
        if is_level && is_due == Some(true) {
            self.renew(Task::TakeUp);
        }
    }

    /// The store has written all that it was handed.
    pub(super) fn settle_renewal(self: &Rc<Self>) {
        if self.renewal.stored_as.borrow().is_some() {
            self.renew(Task::SetAside);
        }
    }

    fn renew(self: &Rc<Self>, task: Task) {
        if self.renewal.running.replace(true) {
            return;
        }
        let inner = self.clone();
        spawn_local(async move {
            // Without its code nothing is lost: the next connection comes to the same.
            if let Ok(task) = begin(inner.clone(), task).await {
                task.await;
            }
            inner.renewal.running.set(false);
        });
    }

    async fn carry_on(self: &Rc<Self>, task: Task) {
        match task {
            Task::GiveWay(theirs) => self.apply_anew(|document| document.give_way(&theirs)),
            Task::TakeUp => self.apply_anew(ProductDocument::take_up),
            Task::SetAside => self.set_replaced_aside().await,
        }
    }

    fn apply_anew(
        self: &Rc<Self>,
        renew: impl FnOnce(&mut ProductDocument) -> Result<Option<DirtySet>, ChunkError>,
    ) {
        let mut outcome = Ok(None);
        self.workspace.apply(|document| {
            outcome = renew(document);
            let Ok(Some(dirty)) = &mut outcome else {
                return DirtySet::default();
            };
            // It goes to the store as a whole, and not as what has come since.
            self.keeping.start(document.heads());
            std::mem::take(dirty)
        });
        match outcome {
            Ok(renewed) => {
                if renewed.is_some() || self.renewal.contested.take() {
                    self.store_anew(renewed.is_some());
                }
            }
            Err(error) => self.server.refuse(Some(error.to_string())),
        }
        self.recover();
        self.refresh_availability();
        self.server_pump();
        self.paint_soon();
        self.status_soon();
    }

    /// Stores the whole document, and tells the other tabs.
    fn store_anew(self: &Rc<Self>, renewed: bool) {
        let snapshot = self
            .workspace
            .with_document(|document| (document.snapshot(), document.heads()));
        let Some((bytes, heads)) = snapshot else {
            return;
        };
        let chunk = Chunk::new(&self.id, ChunkKind::Snapshot, &bytes).at_heads(heads.clone());
        self.keeping.shelve(&chunk);
        *self.renewal.stored_as.borrow_mut() = Some(chunk.key.clone());
        self.device.chunks().put(chunk);
        if renewed {
            // A tab that has the old changes refuses it, and hears the same from the server.
            self.siblings_tell(&TabMessage::Chunk { bytes, heads });
        }
    }

    /// Sets aside the chunks of which something is out of the document, and all of it is there anew.
    async fn set_replaced_aside(self: &Rc<Self>) {
        let loaded = self.device.chunks().load(&self.id).await;
        let Some(stored_as) = self.renewal.stored_as.take() else {
            return;
        };
        let is_replaced = |document: &ProductDocument, chunk: &Chunk| {
            let is_in = check_chunk(&chunk.bytes, &Limits::default()).is_ok_and(|report| {
                let changes = report.changes.into_iter().chain(report.heads);
                document.has(&Heads::new(changes))
            });
            chunk.key != stored_as && !is_in && document.holds(&chunk.bytes)
        };
        let replaced = self.workspace.with_document(|document| {
            let chunks = loaded.chunks.into_iter();
            let replaced = chunks.filter(|chunk| is_replaced(document, chunk));
            let replaced = replaced.map(|chunk| (chunk, MADE_ANEW.to_owned()));
            replaced.collect::<Vec<_>>()
        });
        let replaced = replaced.unwrap_or_default();
        // Those that cannot be moved are found by the next opening.
        if self.device.chunks().quarantine(&replaced).await.is_ok() {
            let keys: Vec<_> = replaced.into_iter().map(|(chunk, _)| chunk.key).collect();
            self.keeping.shelf.borrow_mut().gone(&keys);
        }
    }
}
