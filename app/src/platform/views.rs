//! The materialised view: a document's last state as plain data, so that its pixels are there
//! before Automerge has loaded. It is a picture and never the truth; losing it costs time alone.
//!
//! What reads and writes one is code of its own: who comes by a link has no picture yet.

use document::Heads;
use domain::Graph;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionDurability;
use serde::{Deserialize, Serialize};
use sync::DocumentId;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::database::{Database, VIEWS};
use super::error::StorageError;

/// Grows when the form of [`View`] changes; another version's picture is not looked at.
const VERSION: u32 = 1;

/// A document as it was last seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct View {
    version: u32,
    /// What it looked like.
    pub(crate) graph: Graph,
    /// The point in its history that this shows.
    pub(crate) heads: Heads,
    /// The last point that the server had confirmed.
    pub(crate) acknowledged: Heads,
}

impl View {
    pub(crate) fn new(graph: Graph, heads: Heads, acknowledged: Heads) -> Self {
        Self {
            version: VERSION,
            graph,
            heads,
            acknowledged,
        }
    }
}

/// The store of views.
#[derive(Clone)]
pub(crate) struct Views(Database);

impl Views {
    pub(crate) fn new(database: Database) -> Self {
        Self(database)
    }

    /// The view of a document, if there is one that this version reads.
    pub(crate) async fn get(&self, document: &DocumentId) -> Option<View> {
        let key = document.to_string();
        let text = self
            .0
            .read(&[VIEWS], async |transaction| {
                transaction
                    .object_store(VIEWS)?
                    .get::<String, _, _>(key.as_str())
                    .await
            })
            .await;
        read(text.ok()??).await.ok()?
    }

    /// Keeps a view.
    pub(crate) async fn put(&self, document: &DocumentId, view: View) -> Result<(), StorageError> {
        let text = write(view)
            .await
            .map_err(|error| StorageError::Failed(error.to_string()))?;
        let key = document.to_string();
        self.0
            .write(&[VIEWS], TransactionDurability::Relaxed, |transaction| {
                let views = transaction.object_store(VIEWS)?;
                views
                    .put(text.as_str())
                    .with_key(key.as_str())
                    .without_key_type()
                    .build()?;
                Ok(())
            })
            .await
    }

    /// Forgets a view.
    pub(crate) async fn remove(&self, document: &DocumentId) -> Result<(), StorageError> {
        let key = document.to_string();
        self.0
            .write(&[VIEWS], TransactionDurability::Relaxed, |transaction| {
                let views = transaction.object_store(VIEWS)?;
                views.delete(key.as_str()).build()?;
                Ok(())
            })
            .await
    }
}

/// Fetches what reads and writes a view, ahead of its being needed.
pub(crate) async fn prepare() {
    // Whether it came shows when it is needed.
    let _ = fetch_views().await;
}

#[wasm_split(views, fallible, preload(fetch_views))]
fn read(text: String) -> Result<Option<View>, SplitLoaderError> {
    let view: Option<View> = serde_json::from_str(&text).ok();
    Ok(view.filter(|view| view.version == VERSION))
}

/// Why a view was not written.
#[derive(Debug, thiserror::Error)]
enum WriteError {
    #[error("the code that writes it is missing")]
    Code(#[from] SplitLoaderError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

#[wasm_split(views, fallible)]
fn write(view: View) -> Result<String, WriteError> {
    Ok(serde_json::to_string(&view)?)
}
