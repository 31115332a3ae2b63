//! The device's append-only store of chunks: what a document consists of, kept so that nothing
//! that was said to be saved is ever lost.
//!
//! Invariant: a chunk counts as pending from the moment it is handed over until a strictly durable
//! transaction that contains it is complete; until then it is in memory and in the rescue journal's
//! reach. A chunk leaves the store in three ways alone: by compaction, in the transaction that
//! stores another with its content; damaged, into the quarantine; and with its document, when the
//! person deletes that for ever.

mod compaction;
mod loading;
mod quarantine;
mod writing;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use futures_channel::oneshot;
use sync::DocumentId;
use workspace::{Listeners, Subscription};

pub(crate) use compaction::Compacted;
pub(crate) use loading::Loaded;
pub(crate) use quarantine::MADE_ANEW;

use super::chunk::{Chunk, ChunkKey};
use super::clock::Scheduled;
use super::database::Database;
use super::error::StorageError;
use super::rescue;

/// The store, one in each tab.
#[derive(Clone)]
pub(crate) struct ChunkStore(Rc<Inner>);

struct Inner {
    database: Database,
    /// Not yet confirmed, in the order of arrival.
    pending: RefCell<VecDeque<Chunk>>,
    writing: Cell<bool>,
    /// Failed attempts since the last success.
    attempts: Cell<u32>,
    failure: RefCell<Option<StorageError>>,
    retry: RefCell<Option<Scheduled>>,
    waiting: RefCell<Vec<Waiting>>,
    changed: Listeners,
    _reconnected: RefCell<Option<Subscription>>,
}

/// Someone who wants to know when a chunk is safe.
struct Waiting {
    key: ChunkKey,
    told: oneshot::Sender<Result<(), StorageError>>,
}

impl ChunkStore {
    /// A store over a database that may be absent.
    pub(crate) fn new(database: Database) -> Self {
        let store = Self(Rc::new(Inner {
            failure: RefCell::new(database.failure()),
            database,
            pending: RefCell::default(),
            writing: Cell::new(false),
            attempts: Cell::new(0),
            retry: RefCell::default(),
            waiting: RefCell::default(),
            changed: Listeners::default(),
            _reconnected: RefCell::default(),
        }));
        let weak = Rc::downgrade(&store.0);
        let subscription = store.0.database.on_change(move || {
            if let Some(inner) = weak.upgrade() {
                Self(inner).connection_changed();
            }
        });
        *store.0._reconnected.borrow_mut() = Some(subscription);
        store
    }

    /// Takes over what an earlier page could not store.
    pub(crate) fn resume(&self) {
        for chunk in rescue::left_behind() {
            self.put(chunk);
        }
    }

    /// Takes a chunk to be stored as soon as possible.
    pub(crate) fn put(&self, chunk: Chunk) {
        if !self.is_pending(&chunk.key) {
            rescue::hold(&chunk);
            self.0.pending.borrow_mut().push_back(chunk);
        }
        self.write();
        self.0.changed.call(&());
    }

    /// Stores a chunk and returns when it is safe on this device. On failure the chunk stays
    /// pending and is tried again.
    pub(crate) async fn put_durably(&self, chunk: Chunk) -> Result<(), StorageError> {
        let (told, result) = oneshot::channel();
        self.0.waiting.borrow_mut().push(Waiting {
            key: chunk.key.clone(),
            told,
        });
        self.put(chunk);
        result.await.unwrap_or(Err(StorageError::Closed))
    }

    /// Returns when every pending chunk is safe on this device, or the first attempt failed.
    pub(crate) async fn settled(&self) -> Result<(), StorageError> {
        let last = self.0.pending.borrow().back().cloned();
        match last {
            Some(chunk) => self.put_durably(chunk).await,
            None => Ok(()),
        }
    }

    /// How many chunks of a document are not yet safe on this device.
    pub(crate) fn pending(&self, document: &DocumentId) -> usize {
        self.0
            .pending
            .borrow()
            .iter()
            .filter(|chunk| chunk.document == *document)
            .count()
    }

    /// Stops trying to store a document's chunks, which is about to be deleted, and gives them
    /// back. They stay in the rescue journal's reach until they are [abandoned](Self::abandon).
    pub(crate) fn withdraw(&self, document: &DocumentId) -> VecDeque<Chunk> {
        let (withdrawn, kept) = self
            .0
            .pending
            .take()
            .into_iter()
            .partition::<VecDeque<_>, _>(|chunk| chunk.document == *document);
        *self.0.pending.borrow_mut() = kept;
        self.0.changed.call(&());
        withdrawn
    }

    /// Lets go of chunks whose document has been deleted.
    pub(crate) fn abandon(chunks: &VecDeque<Chunk>) {
        for chunk in chunks {
            rescue::release(&chunk.key);
        }
    }

    /// Whether sound bytes wait to be stored under this key.
    fn is_pending(&self, key: &ChunkKey) -> bool {
        self.0
            .pending
            .borrow()
            .iter()
            .any(|chunk| chunk.key == *key)
    }

    /// Why chunks cannot be stored at the moment.
    pub(crate) fn failure(&self) -> Option<StorageError> {
        self.0.failure.borrow().clone()
    }

    /// Which connection to the database is in use. A second one may have found an empty database.
    pub(crate) fn generation(&self) -> u32 {
        self.0.database.generation()
    }

    /// Calls back when something became pending, safe or impossible.
    pub(crate) fn on_change(&self, callback: impl Fn() + 'static) -> Subscription {
        self.0.changed.add(move |()| callback())
    }

    fn connection_changed(&self) {
        match self.0.database.failure() {
            None => {
                // With nothing to write, no write would find out that the storage is there again.
                if self.0.pending.borrow().is_empty() {
                    self.0.failure.take();
                }
                self.write();
            }
            // A connection that was closed is opened again by the next write.
            Some(StorageError::Closed) => {}
            Some(error) => *self.0.failure.borrow_mut() = Some(error),
        }
        self.0.changed.call(&());
    }
}
