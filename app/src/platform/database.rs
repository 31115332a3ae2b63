//! The connection to the IndexedDB database `groundwork`: opening, transactions, and what happens
//! when the browser refuses, blocks or closes it.
//!
//! Invariant: nothing here fails the app. A database that cannot be had is a state with a reason,
//! callers keep their data, and a connection that comes late or again is announced.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use indexed_db_futures::KeyRange;
use indexed_db_futures::database::Database as Handle;
use indexed_db_futures::error::Error;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use workspace::{Listeners, Subscription};

use super::clock;
use super::error::StorageError;

/// Stores that the app keeps. The schema only ever grows: an old tab and a new one share it.
pub(crate) const CHUNKS: &str = "chunks";
pub(crate) const VIEWS: &str = "views";
pub(crate) const WORKSPACES: &str = "workspaces";
pub(crate) const QUARANTINE: &str = "quarantine";

const NAME: &str = "groundwork";
const VERSION: u32 = 1;
/// How long opening may take before the app goes on without; a late connection is still used.
const PATIENCE_MS: u32 = 4_000;

/// All keys that start with "`document`/".
pub(crate) fn keys_of(document: &str) -> KeyRange<String> {
    // "0" is the character after "/".
    KeyRange::Bound(format!("{document}/"), false, format!("{document}0"), true)
}

/// Records with their keys.
pub(crate) type Records = Vec<(String, JsValue)>;

/// All records whose key starts with "`document`/".
pub(crate) async fn records(
    transaction: &Transaction<'_>,
    store: &str,
    document: &str,
) -> Result<Records, Error> {
    let store = transaction.object_store(store)?;
    let keys = store
        .get_all_keys::<String>()
        .with_query::<String, _>(keys_of(document))
        .build()?;
    let values = store
        .get_all::<JsValue>()
        .with_query::<String, _>(keys_of(document))
        .build()?;
    let keys = keys.await?.collect::<Result<Vec<_>, _>>()?;
    let values = values.await?.collect::<Result<Vec<_>, _>>()?;
    Ok(keys.into_iter().zip(values).collect())
}

/// A connection that may be absent.
#[derive(Clone, Default)]
pub(crate) struct Database(Rc<Inner>);

#[derive(Default)]
struct Inner {
    handle: RefCell<Option<Handle>>,
    failure: RefCell<Option<StorageError>>,
    /// Counts connections, so that a user of the second knows that the first was lost.
    generation: Cell<u32>,
    changed: Listeners,
}

impl Database {
    /// Connects, waiting a few seconds at most.
    pub(crate) async fn open() -> Self {
        let database = Self::default();
        // The result is kept in the database itself.
        let _ = database.connect().await;
        database
    }

    /// Why there is no connection; `None` when there is one.
    pub(crate) fn failure(&self) -> Option<StorageError> {
        self.0.failure.borrow().clone()
    }

    /// Which connection this is, counted from one.
    pub(crate) fn generation(&self) -> u32 {
        self.0.generation.get()
    }

    /// Calls back whenever the connection comes or goes.
    pub(crate) fn on_change(&self, callback: impl Fn() + 'static) -> Subscription {
        self.0.changed.add(move |()| callback())
    }

    /// Runs a transaction that writes, and returns when it is complete: with [`Strict`], on disk.
    ///
    /// `body` only issues requests; it may run a second time on a new connection.
    ///
    /// [`Strict`]: TransactionDurability::Strict
    pub(crate) async fn write(
        &self,
        stores: &[&str],
        durability: TransactionDurability,
        body: impl Fn(&Transaction<'_>) -> Result<(), Error>,
    ) -> Result<(), StorageError> {
        match write(&self.handle().await?, stores, durability, &body).await {
            Err(StorageError::Closed) => {
                self.forget();
                write(&self.handle().await?, stores, durability, &body).await
            }
            other => other,
        }
    }

    /// Runs a transaction that reads and then writes what follows from it, and returns when it is on
    /// disk. No other transaction on these stores comes between. `body` waits for its own requests
    /// alone, and may run a second time on a new connection.
    pub(crate) async fn update<T>(
        &self,
        stores: &[&str],
        body: impl AsyncFn(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, StorageError> {
        match update(&self.handle().await?, stores, &body).await {
            Err(StorageError::Closed) => {
                self.forget();
                update(&self.handle().await?, stores, &body).await
            }
            other => other,
        }
    }

    /// Runs a transaction that reads. `body` may run a second time on a new connection.
    pub(crate) async fn read<T>(
        &self,
        stores: &[&str],
        body: impl AsyncFn(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, StorageError> {
        match read(&self.handle().await?, stores, &body).await {
            Err(StorageError::Closed) => {
                self.forget();
                read(&self.handle().await?, stores, &body).await
            }
            other => other,
        }
    }

    /// The connection; a lost one is opened again.
    async fn handle(&self) -> Result<Handle, StorageError> {
        if let Some(handle) = self.connected() {
            return Ok(handle);
        }
        match self.failure() {
            // These do not pass by asking again: the first two need the person, and a connection
            // that is blocked or not answered is still being waited for.
            Some(
                refusal @ (StorageError::Refused
                | StorageError::FromNewerVersion
                | StorageError::Blocked
                | StorageError::Unanswered),
            ) => return Err(refusal),
            _ => self.connect().await?,
        }
        self.connected().ok_or(StorageError::Closed)
    }

    fn connected(&self) -> Option<Handle> {
        self.0.handle.borrow().clone()
    }

    fn fail(&self, reason: StorageError) {
        *self.0.failure.borrow_mut() = Some(reason);
        self.0.changed.call(&());
    }

    fn forget(&self) {
        let handle = self.0.handle.borrow_mut().take();
        if let Some(handle) = handle {
            handle.close();
            self.fail(StorageError::Closed);
        }
    }

    /// Opens the database. After [`PATIENCE_MS`] it answers that it is blocked, or, had it been
    /// open before, that nobody answers, and goes on waiting in the background.
    async fn connect(&self) -> Result<(), StorageError> {
        let (opened, open) = oneshot::channel();
        let database = self.clone();
        spawn_local(async move {
            let outcome = open_handle().await.map(|handle| database.accept(handle));
            if let Err(error) = &outcome {
                database.fail(error.clone());
            }
            // Fails only when the other side has lost patience; the state is set all the same.
            let _ = opened.send(outcome);
        });
        match select(open, Box::pin(clock::sleep(PATIENCE_MS))).await {
            Either::Left((Ok(outcome), _)) => outcome,
            Either::Left((Err(_), _)) | Either::Right(_) => {
                // No other version holds what this tab has had open before.
                let silence = match self.generation() {
                    0 => StorageError::Blocked,
                    _ => StorageError::Unanswered,
                };
                self.fail(silence.clone());
                Err(silence)
            }
        }
    }

    fn accept(&self, handle: Handle) {
        if self.connected().is_some() {
            // Two callers asked at once; one connection is enough.
            handle.close();
            return;
        }
        self.watch(&handle);
        *self.0.handle.borrow_mut() = Some(handle);
        *self.0.failure.borrow_mut() = None;
        self.0.generation.set(self.generation() + 1);
        self.0.changed.call(&());
    }

    /// Lets go of the connection when another tab upgrades or deletes the database, so that it is
    /// never this tab that blocks, and when the browser closes it.
    fn watch(&self, handle: &Handle) {
        let Ok(mut events) = handle.version_changes() else {
            return;
        };
        let handle = handle.clone();
        let generation = self.generation() + 1;
        let inner = Rc::downgrade(&self.0);
        spawn_local(async move {
            // Either event ends this connection.
            let _ = events.recv().await;
            handle.close();
            if let Some(inner) = inner.upgrade() {
                let database = Self(inner);
                if database.generation() == generation {
                    database.forget();
                }
            }
        });
    }
}

async fn open_handle() -> Result<Handle, StorageError> {
    let handle = Handle::open(NAME)
        .with_version(VERSION)
        .with_on_upgrade_needed(|_, database| {
            let existing: Vec<String> = database.object_store_names().collect();
            for store in [CHUNKS, VIEWS, WORKSPACES, QUARANTINE] {
                if !existing.iter().any(|name| name == store) {
                    database.create_object_store(store).build()?;
                }
            }
            Ok(())
        })
        .await?;
    Ok(handle)
}

async fn read<T>(
    handle: &Handle,
    stores: &[&str],
    body: &impl AsyncFn(&Transaction<'_>) -> Result<T, Error>,
) -> Result<T, StorageError> {
    let transaction = handle.transaction(stores).build()?;
    Ok(body(&transaction).await?)
}

async fn update<T>(
    handle: &Handle,
    stores: &[&str],
    body: &impl AsyncFn(&Transaction<'_>) -> Result<T, Error>,
) -> Result<T, StorageError> {
    let transaction = writing(handle, stores, TransactionDurability::Strict)?;
    let outcome = body(&transaction).await?;
    transaction.commit().await?;
    Ok(outcome)
}

fn writing<'a>(
    handle: &'a Handle,
    stores: &[&str],
    durability: TransactionDurability,
) -> Result<Transaction<'a>, StorageError> {
    let transaction = handle
        .transaction(stores)
        .with_mode(TransactionMode::Readwrite)
        .with_options(TransactionOptions::new().with_durability(durability))
        .build()?;
    Ok(transaction)
}

async fn write(
    handle: &Handle,
    stores: &[&str],
    durability: TransactionDurability,
    body: &impl Fn(&Transaction<'_>) -> Result<(), Error>,
) -> Result<(), StorageError> {
    let transaction = writing(handle, stores, durability)?;
    body(&transaction)?;
    // Said at once rather than left to the browser: a transaction that is committing is more
    // likely to end well when the page is left.
    Ok(transaction.commit().await?)
}
