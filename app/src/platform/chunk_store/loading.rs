//! Reading a document's chunks: each is checked against the hash in its key; what fails goes into
//! quarantine and the rest is used.

use std::collections::BTreeMap;

use document::Heads;
use domain::compact;
use sync::DocumentId;

use super::{ChunkStore, MADE_ANEW};
use crate::platform::chunk::{Chunk, reason};
use crate::platform::database::{CHUNKS, QUARANTINE, Records, records};
use crate::platform::error::StorageError;

/// What the device knows of a document.
#[derive(Default)]
pub(crate) struct Loaded {
    /// Sound chunks, snapshots first, then by age.
    pub(crate) chunks: Vec<Chunk>,
    /// Chunks from the quarantine whose bytes are whole: an earlier version of the app did not
    /// understand them, this one may.
    pub(crate) second_chances: Vec<Chunk>,
    /// Chunks as they were whose changes have been made anew since.
    pub(crate) made_anew: Vec<Chunk>,
    /// For each damaged chunk the point that the document had reached with it, where it is known.
    pub(crate) damaged: Vec<Option<Heads>>,
    /// Why the store could not be read; then the chunks are those still in memory.
    pub(crate) failure: Option<StorageError>,
}

impl ChunkStore {
    /// Reads all chunks of a document, those that still wait to be written included.
    pub(crate) async fn load(&self, document: &DocumentId) -> Loaded {
        let mut loaded = Loaded::default();
        let stored = self.read_records(document).await;
        let (stored, aside) = stored.unwrap_or_else(|error| {
            loaded.failure = Some(error);
            Default::default()
        });
        let (mut sound, mut damaged) = (BTreeMap::new(), Vec::new());
        for (key, value) in stored {
            match Chunk::decode(document, key.clone(), &value) {
                Some(chunk) if chunk.key.matches(&chunk.bytes) => {
                    sound.insert(chunk.key.clone(), chunk);
                }
                Some(chunk) => {
                    damaged.push((chunk, "the bytes do not match their hash".to_owned()))
                }
                // Not a record of ours; a later version may know it. It stays where it is.
                None => loaded.damaged.push(None),
            }
        }
        for chunk in self
            .0
            .pending
            .borrow()
            .iter()
            .filter(|chunk| chunk.document == *document)
        {
            sound.insert(chunk.key.clone(), chunk.clone());
        }
        let missing = damaged
            .iter()
            .filter(|(chunk, _)| !sound.contains_key(&chunk.key));
        let heads = missing.map(|(chunk, _)| chunk.heads.clone());
        loaded.damaged.extend(heads);
        for (key, value) in aside {
            // Quarantined keys end in the hash of the bytes as they were found.
            let Some((original, _)) = key.rsplit_once('/') else {
                continue;
            };
            let Some(chunk) = Chunk::decode(document, original.to_owned(), &value) else {
                continue;
            };
            if sound.contains_key(&chunk.key) {
                continue;
            }
            if reason(&value).as_deref() == Some(MADE_ANEW) {
                loaded.made_anew.push(chunk);
            } else if chunk.key.matches(&chunk.bytes) {
                loaded.second_chances.push(chunk);
            } else {
                loaded.damaged.push(chunk.heads);
            }
        }
        // Those that cannot be moved stay where they are and are found again at the next opening.
        let _ = self.quarantine(&damaged).await;
        loaded.chunks = sound.into_values().collect();
        compact::sort_by_key(&mut loaded.chunks, |chunk| (chunk.kind, chunk.at));
        loaded
    }

    async fn read_records(
        &self,
        document: &DocumentId,
    ) -> Result<(Records, Records), StorageError> {
        let prefix = document.to_string();
        self.0
            .database
            .read(&[CHUNKS, QUARANTINE], async |transaction| {
                Ok((
                    records(transaction, CHUNKS, &prefix).await?,
                    records(transaction, QUARANTINE, &prefix).await?,
                ))
            })
            .await
    }
}
