//! Opening: the chunks of this device become the document; what cannot be read is put aside, and
//! the other tabs and the server are asked for what is missing.
//!
//! Invariant: a store that could not be read is not an empty one. What others bring is shown, the
//! status goes on naming the store, and it is read again until that succeeds.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use document::{ChunkError, DirtySet, Heads, ProductDocument};
use wasm_bindgen_futures::spawn_local;
use workspace::backoff;

use super::Inner;
use crate::platform::chunk::Chunk;
use crate::platform::chunk_store::Loaded;
use crate::platform::clock::{self, Scheduled};
use crate::platform::error::StorageError;
use crate::platform::random;

/// What is known of a store that could not be read.
#[derive(Default)]
pub(super) struct Unread {
    failure: RefCell<Option<StorageError>>,
    /// Failed attempts since the opening.
    attempts: Cell<u32>,
    retry: RefCell<Option<Scheduled>>,
    reading: Cell<bool>,
}

impl Unread {
    /// Why what is stored has not been read; `None` when it has.
    pub(super) fn failure(&self) -> Option<StorageError> {
        self.failure.borrow().clone()
    }
}

impl Inner {
    /// Loads the document and attaches it. `painted`: there is a picture, which the browser should
    /// get to paint before this keeps the thread busy.
    pub(super) async fn load(self: Rc<Self>, painted: bool) {
        let mut loaded = self.device.chunks().load(&self.id).await;
        if painted {
            clock::painted().await;
        }
        let failure = loaded.failure.take();
        let (document, damaged) = self.read(loaded).await;
        self.note_unread(failure);
        self.keeping.start(document.heads());
        self.compare_picture(&document);
        self.forget_false_picture();
        self.workspace.attach(document);
        self.report(damaged);
        clock::mark("groundwork:editable");
        self.refresh_availability();
        self.siblings_join();
        self.server_connect();
        self.paint_soon();
        self.compact_soon();
        self.status_soon();
    }

    /// Reads the store once more if it could not be read, and lets in what it holds.
    pub(super) fn load_again(self: &Rc<Self>) {
        if self.unread.failure().is_none() || self.unread.reading.replace(true) {
            return;
        }
        let inner = self.clone();
        spawn_local(async move {
            inner.load_late().await;
            inner.unread.reading.set(false);
        });
    }

    async fn load_late(self: &Rc<Self>) {
        let mut loaded = self.device.chunks().load(&self.id).await;
        if let Some(failure) = loaded.failure.take() {
            self.note_unread(Some(failure));
            return;
        }
        let (document, damaged) = self.read(loaded).await;
        let mut failure = None;
        if !document.heads().is_empty() || document.missing_dependencies() > 0 {
            let bytes = document.snapshot();
            self.workspace.apply(|live| {
                live.apply_chunk(&bytes).unwrap_or_else(|error| {
                    if error == ChunkError::Contested {
                        live.set_aside([bytes.clone()]);
                    } else {
                        failure = Some(StorageError::Failed(error.to_string()));
                    }
                    DirtySet::default()
                })
            });
        }
        self.note_unread(failure);
        self.keep();
        self.recount_lost();
        self.forget_false_picture();
        self.report(damaged);
        self.refresh_availability();
        self.server_pump();
        self.compact_soon();
        self.status_soon();
    }

    /// Remembers whether the store could be read, and tries again later when it could not. A
    /// browser that offers no storage has nothing that could be read.
    fn note_unread(self: &Rc<Self>, failure: Option<StorageError>) {
        let failure = failure.filter(|failure| *failure != StorageError::Refused);
        let failed = failure.is_some();
        *self.unread.failure.borrow_mut() = failure;
        self.unread.retry.take();
        if !failed {
            return;
        }
        let attempt = self.unread.attempts.get();
        self.unread.attempts.set(attempt.saturating_add(1));
        let weak = Rc::downgrade(self);
        let retry = Scheduled::after(backoff::delay(attempt, random::bits()), move || {
            if let Some(inner) = weak.upgrade() {
                inner.load_again();
            }
        });
        *self.unread.retry.borrow_mut() = Some(retry);
    }

    /// The document that the chunks make, and the damaged chunks. Those that it rejects go into
    /// quarantine; those from there that it understands by now come back.
    async fn read(&self, loaded: Loaded) -> (ProductDocument, Vec<Option<Heads>>) {
        let Loaded {
            chunks,
            second_chances,
            made_anew,
            mut damaged,
            ..
        } = loaded;
        let known = chunks.len();
        let all: Vec<Chunk> = chunks.into_iter().chain(second_chances).collect();
        if all.is_empty() {
            return (ProductDocument::awaiting(self.device.session()), damaged);
        }
        let (mut document, rejected) = ProductDocument::load(self.device.session(), &all);
        document.set_aside(made_anew.iter().map(|chunk| chunk.bytes.to_vec()));
        let (mut returned, mut refused) = (Vec::new(), Vec::new());
        for (index, chunk) in all.into_iter().enumerate() {
            let rejected = rejected.iter().find(|rejected| rejected.index == index);
            if rejected.is_some_and(|rejected| rejected.contested) {
                // It stays where it is until it is known which of the two the server has.
                self.renewal.contested.set(true);
                continue;
            }
            if rejected.is_some() {
                damaged.push(chunk.heads.clone());
            }
            match (rejected, index < known) {
                (None, true) => self.keeping.shelve(&chunk),
                (None, false) => {
                    self.keeping.shelve(&chunk);
                    returned.push(chunk);
                }
                (Some(rejected), true) => refused.push((chunk, rejected.error.clone())),
                // It stays in quarantine.
                (Some(_), false) => {}
            }
        }
        // A move that fails is tried again at the next opening: nothing was deleted.
        let _ = self.device.chunks().quarantine(&refused).await;
        let _ = self.device.chunks().release(&returned).await;
        (document, damaged)
    }
}
