//! Replacing small chunks by one that contains them.
//!
//! Invariant: exactly those chunks are deleted that the caller has itself loaded or written, whose
//! bytes in the store still are what their names say, and every change of which is in the chunk
//! that takes their place; in the transaction that stores that chunk. A Web Lock keeps two tabs
//! from doing the same work; nothing is wrong if both do.

use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionDurability;
use sync::bounded::{ChunkReport, Limits, check_chunk};
use wasm_bindgen::JsValue;

use super::ChunkStore;
use crate::platform::chunk::{Chunk, ChunkKey};
use crate::platform::database::CHUNKS;
use crate::platform::error::StorageError;
use crate::platform::lock;

/// What came of a compaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compacted {
    /// The new chunk is stored and the old ones are gone.
    Replaced,
    /// The old ones were gone already: another tab has replaced them.
    Gone,
    /// Another tab is at it. Nothing was done.
    Busy,
    /// Something that would be deleted is damaged, or not in the new chunk. Nothing was done.
    Uncertain,
}

impl ChunkStore {
    /// Stores `by` and deletes the chunks `superseded`, if `covers` says of what each of them holds
    /// in the store that `by` holds it too.
    pub(crate) async fn compact(
        &self,
        by: &Chunk,
        superseded: &[ChunkKey],
        covers: impl Fn(&ChunkReport) -> bool,
    ) -> Result<Compacted, StorageError> {
        let name = format!("groundwork-compact-{}", by.document);
        let work = || async { self.replace(by, superseded, covers).await };
        lock::if_available(&name, work)
            .await
            .unwrap_or(Ok(Compacted::Busy))
    }

    async fn replace(
        &self,
        by: &Chunk,
        superseded: &[ChunkKey],
        covers: impl Fn(&ChunkReport) -> bool,
    ) -> Result<Compacted, StorageError> {
        let stored = self.stored(superseded).await?;
        if stored.is_empty() {
            return Ok(Compacted::Gone);
        }
        let sound = |(key, value): &(ChunkKey, JsValue)| {
            let chunk = Chunk::decode(&by.document, key.to_string(), value)?;
            let whole = chunk.key.matches(&chunk.bytes);
            check_chunk(&chunk.bytes, &Limits::default())
                .ok()
                .filter(|report| whole && covers(report))
        };
        if !stored.iter().all(|record| sound(record).is_some()) {
            return Ok(Compacted::Uncertain);
        }
        let record = by.encode();
        self.0
            .database
            .write(&[CHUNKS], TransactionDurability::Strict, |transaction| {
                let chunks = transaction.object_store(CHUNKS)?;
                chunks
                    .put(&record)
                    .with_key(by.key.as_str())
                    .without_key_type()
                    .build()?;
                for (key, _) in stored.iter().filter(|(key, _)| *key != by.key) {
                    chunks.delete(key.as_str()).build()?;
                }
                Ok(())
            })
            .await?;
        Ok(Compacted::Replaced)
    }

    /// Those of these chunks that are in the store, as they are there now.
    async fn stored(&self, keys: &[ChunkKey]) -> Result<Vec<(ChunkKey, JsValue)>, StorageError> {
        self.0
            .database
            .read(&[CHUNKS], async |transaction| {
                let chunks = transaction.object_store(CHUNKS)?;
                let mut stored = Vec::new();
                for key in keys {
                    if let Some(value) = chunks.get::<JsValue, _, _>(key.as_str()).build()?.await? {
                        stored.push((key.clone(), value));
                    }
                }
                Ok(stored)
            })
            .await
    }
}
