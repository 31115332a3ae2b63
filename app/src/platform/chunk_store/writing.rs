//! Writing pending chunks: one transaction at a time, and what arrives meanwhile goes into the
//! next. A failure keeps everything and is tried again, at the next change and on a timer.
//!
//! Invariant: a browser that neither confirms nor refuses has failed as well, after a few seconds.
//! On a full disk some do not answer at all.

use futures_util::future::{Either, select};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionDurability;
use wasm_bindgen_futures::spawn_local;
use workspace::backoff;

use super::{ChunkStore, Inner};
use crate::platform::chunk::Chunk;
use crate::platform::clock::{self, Scheduled};
use crate::platform::database::CHUNKS;
use crate::platform::error::StorageError;
use crate::platform::{quota, random, rescue};
use std::rc::Rc;

/// How many chunks one transaction takes, so that a long backlog shows progress.
const BATCH: usize = 256;
/// How long the browser may take to confirm or refuse a transaction before the edits in it count
/// as not saved. A confirmation that comes later still counts.
const PATIENCE_MS: u32 = 5_000;

impl ChunkStore {
    /// Starts writing, unless that is under way or there is nothing to write.
    pub(super) fn write(&self) {
        if self.0.pending.borrow().is_empty() || self.0.writing.replace(true) {
            return;
        }
        let store = self.clone();
        spawn_local(async move { store.write_all().await });
    }

    async fn write_all(&self) {
        loop {
            let batch = self.next_batch();
            if batch.is_empty() {
                self.0.writing.set(false);
                return;
            }
            match self.write_in_time(batch.clone()).await {
                Ok(()) => self.confirm(&batch),
                Err(error) => {
                    self.0.writing.set(false);
                    // Said before anything else is asked: on a full disk the browser may owe the
                    // next answer too.
                    self.fail(error);
                    if quota::is_full().await {
                        self.name_full();
                    }
                    return;
                }
            }
        }
    }

    /// Writes a batch. What is not answered in time goes on, and is confirmed when it is done.
    async fn write_in_time(&self, batch: Vec<Chunk>) -> Result<(), StorageError> {
        let (store, written) = (self.clone(), batch.clone());
        let writing = Box::pin(async move { store.write_batch(&written).await });
        match select(writing, Box::pin(clock::sleep(PATIENCE_MS))).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(((), late)) => {
                let store = self.clone();
                spawn_local(async move {
                    // A late refusal is no news: the batch counts as refused already.
                    if late.await.is_ok() {
                        store.confirm(&batch);
                        store.write();
                    }
                });
                Err(StorageError::Unanswered)
            }
        }
    }

    /// The oldest chunks; after a failure the smallest alone: where there is room for little, that
    /// much is saved, and a large one keeps nothing else out.
    fn next_batch(&self) -> Vec<Chunk> {
        let pending = self.0.pending.borrow();
        if self.0.attempts.get() == 0 {
            return pending.iter().take(BATCH).cloned().collect();
        }
        let smallest = pending.iter().min_by_key(|chunk| chunk.bytes.len());
        smallest.cloned().into_iter().collect()
    }

    async fn write_batch(&self, batch: &[Chunk]) -> Result<(), StorageError> {
        let records: Vec<_> = batch
            .iter()
            .map(|chunk| (chunk.key.as_str(), chunk.encode()))
            .collect();
        self.0
            .database
            .write(&[CHUNKS], TransactionDurability::Strict, |transaction| {
                let chunks = transaction.object_store(CHUNKS)?;
                for (key, record) in &records {
                    // Overwriting is harmless: the same key always has the same bytes.
                    chunks
                        .put(record)
                        .with_key(*key)
                        .without_key_type()
                        .build()?;
                }
                Ok(())
            })
            .await
    }

    fn confirm(&self, batch: &[Chunk]) {
        self.0
            .pending
            .borrow_mut()
            .retain(|pending| !batch.iter().any(|written| written.key == pending.key));
        for chunk in batch {
            rescue::release(&chunk.key);
        }
        // While others still wait after a failure, the failure stands.
        if self.0.attempts.get() == 0 || self.0.pending.borrow().is_empty() {
            self.0.attempts.set(0);
            self.0.failure.take();
            self.0.retry.take();
        }
        self.tell(
            |key| batch.iter().any(|chunk| chunk.key.as_str() == key),
            &Ok(()),
        );
        self.0.changed.call(&());
    }

    fn fail(&self, error: StorageError) {
        let attempt = self.0.attempts.get();
        self.0.attempts.set(attempt.saturating_add(1));
        *self.0.failure.borrow_mut() = Some(error.clone());
        let weak = Rc::downgrade(&self.0);
        let delay = backoff::delay(attempt, random::bits());
        let retry = Scheduled::after(delay, move || {
            if let Some(inner) = weak.upgrade() {
                Self::from(inner).write();
            }
        });
        *self.0.retry.borrow_mut() = Some(retry);
        self.tell(|_| true, &Err(error));
        self.0.changed.call(&());
    }

    /// The browser says that there is no room, which a failure without a better name comes from.
    fn name_full(&self) {
        let unnamed = matches!(
            self.failure(),
            Some(StorageError::Failed(_) | StorageError::Unanswered)
        );
        if unnamed {
            *self.0.failure.borrow_mut() = Some(StorageError::Full);
            self.0.changed.call(&());
        }
    }

    fn tell(&self, concerned: impl Fn(&str) -> bool, outcome: &Result<(), StorageError>) {
        let (told, waiting) = self
            .0
            .waiting
            .take()
            .into_iter()
            .partition::<Vec<_>, _>(|waiting| concerned(waiting.key.as_str()));
        self.0.waiting.borrow_mut().extend(waiting);
        for waiting in told {
            // Nobody waits any more when this fails.
            let _ = waiting.told.send(outcome.clone());
        }
    }
}

impl From<Rc<Inner>> for ChunkStore {
    fn from(inner: Rc<Inner>) -> Self {
        Self(inner)
    }
}
