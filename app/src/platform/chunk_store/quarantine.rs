//! Chunks that failed to verify: moved aside with the reason, never deleted. One whose bytes are
//! whole but were not understood gets a second chance at every opening, and is moved back when a
//! version of the app understands it. With them lies what was set aside because it was made anew.

use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionDurability;
use js_sys::Object;
use wasm_bindgen::JsCast;

use super::ChunkStore;
use crate::platform::chunk::{Chunk, hash, set};
use crate::platform::database::{CHUNKS, QUARANTINE};
use crate::platform::error::StorageError;

/// Why a chunk is there of which nothing is damaged: its changes have been made anew, and what comes
/// late may build on them as they were.
pub(crate) const MADE_ANEW: &str = "made anew";

impl ChunkStore {
    /// Moves chunks into the quarantine, in one transaction. The key gains the hash of the bytes
    /// as they are, so that nothing overwrites another finding.
    pub(crate) async fn quarantine(&self, damaged: &[(Chunk, String)]) -> Result<(), StorageError> {
        if damaged.is_empty() {
            return Ok(());
        }
        let records: Vec<_> = damaged
            .iter()
            .map(|(chunk, reason)| {
                let record = chunk.encode();
                if let Some(object) = record.dyn_ref::<Object>() {
                    set(object, "reason", &reason.as_str().into());
                }
                (
                    &chunk.key,
                    format!("{}/{}", chunk.key, hash(&chunk.bytes)),
                    record,
                    self.is_pending(&chunk.key),
                )
            })
            .collect();
        self.0
            .database
            .write(
                &[CHUNKS, QUARANTINE],
                TransactionDurability::Strict,
                |transaction| {
                    let chunks = transaction.object_store(CHUNKS)?;
                    let quarantine = transaction.object_store(QUARANTINE)?;
                    for (key, aside, record, mended) in &records {
                        quarantine
                            .put(record)
                            .with_key(aside.as_str())
                            .without_key_type()
                            .build()?;
                        // Sound bytes that are being written there may have arrived before this.
                        if !mended {
                            chunks.delete(key.as_str()).build()?;
                        }
                    }
                    Ok(())
                },
            )
            .await
    }

    /// Moves chunks that turned out well back among the others.
    pub(crate) async fn release(&self, sound: &[Chunk]) -> Result<(), StorageError> {
        if sound.is_empty() {
            return Ok(());
        }
        let records: Vec<_> = sound
            .iter()
            .map(|chunk| {
                (
                    &chunk.key,
                    format!("{}/{}", chunk.key, hash(&chunk.bytes)),
                    chunk.encode(),
                )
            })
            .collect();
        self.0
            .database
            .write(
                &[CHUNKS, QUARANTINE],
                TransactionDurability::Strict,
                |transaction| {
                    let chunks = transaction.object_store(CHUNKS)?;
                    let quarantine = transaction.object_store(QUARANTINE)?;
                    for (key, aside, record) in &records {
                        chunks
                            .put(record)
                            .with_key(key.as_str())
                            .without_key_type()
                            .build()?;
                        quarantine.delete(aside.as_str()).build()?;
                    }
                    Ok(())
                },
            )
            .await
    }
}
