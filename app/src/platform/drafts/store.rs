//! Where drafts are kept: records of their own beside the picture of their document.
//!
//! Written without waiting for the disk, as every keystroke writes: what the browser has taken over
//! outlives the tab and the browser, and only a dying machine takes the last moments along.

use std::collections::BTreeMap;

use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionDurability;
use sync::DocumentId;

use crate::platform::database::{Database, VIEWS, records};
use crate::platform::error::StorageError;

/// The store of drafts.
#[derive(Clone)]
pub(crate) struct DraftStore(Database);

impl DraftStore {
    /// A store over a database that may be absent.
    pub(crate) fn new(database: Database) -> Self {
        Self(database)
    }

    /// The drafts of a document by canvas and slot. A store that cannot be read gives none.
    pub(super) async fn all(&self, document: &DocumentId) -> Vec<(String, String)> {
        let id = document.to_string();
        let stored = self
            .0
            .read(&[VIEWS], async |transaction| {
                records(transaction, VIEWS, &id).await
            })
            .await;
        let prefix = key(document, "");
        let drafts = stored.unwrap_or_default().into_iter();
        drafts
            .filter_map(|(key, text)| {
                Some((key.strip_prefix(&prefix)?.to_owned(), text.as_string()?))
            })
            .collect()
    }

    /// Keeps texts by canvas and slot; an empty one is forgotten.
    pub(super) async fn put(
        &self,
        document: &DocumentId,
        texts: &BTreeMap<String, String>,
    ) -> Result<(), StorageError> {
        self.0
            .write(&[VIEWS], TransactionDurability::Relaxed, |transaction| {
                let drafts = transaction.object_store(VIEWS)?;
                for (name, text) in texts {
                    let key = key(document, name);
                    if text.is_empty() {
                        drafts.delete(key.as_str()).build()?;
                    } else {
                        let put = drafts.put(text.as_str()).with_key(key.as_str());
                        put.without_key_type().build()?;
                    }
                }
                Ok(())
            })
            .await
    }
}

fn key(document: &DocumentId, name: &str) -> String {
    format!("{document}/draft/{name}")
}
