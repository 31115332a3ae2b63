//! Replacing many small chunks by one snapshot that contains them.
//!
//! Invariant: exactly those chunks are deleted that the caller has itself loaded or written and
//! that its snapshot contains, in the transaction that stores the snapshot. A Web Lock keeps two
//! tabs from doing the same work; nothing is wrong if both do.

use std::collections::BTreeSet;

use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionDurability;

use super::{Chunk, ChunkKey, ChunkStore};
use crate::platform::database::CHUNKS;
use crate::platform::error::StorageError;
use crate::platform::lock;

impl ChunkStore {
    /// Stores `snapshot` and deletes the chunks that it contains. Tells whether it was done; it is
    /// not when another tab is at it or the browser has no locks.
    pub(crate) async fn compact(
        &self,
        snapshot: &Chunk,
        contained: &BTreeSet<ChunkKey>,
    ) -> Result<bool, StorageError> {
        let name = format!("groundwork-compact-{}", snapshot.document);
        let outcome =
            lock::if_available(&name, || async { self.replace(snapshot, contained).await });
        match outcome.await {
            Some(outcome) => outcome.map(|()| true),
            None => Ok(false),
        }
    }

    async fn replace(
        &self,
        snapshot: &Chunk,
        contained: &BTreeSet<ChunkKey>,
    ) -> Result<(), StorageError> {
        let record = snapshot.encode();
        self.0
            .database
            .write(&[CHUNKS], TransactionDurability::Strict, |transaction| {
                let chunks = transaction.object_store(CHUNKS)?;
                chunks
                    .put(&record)
                    .with_key(snapshot.key.as_str())
                    .without_key_type()
                    .build()?;
                for key in contained.iter().filter(|key| **key != snapshot.key) {
                    chunks.delete(key.as_str()).build()?;
                }
                Ok(())
            })
            .await
    }
}
