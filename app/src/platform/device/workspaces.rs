//! Making, copying, renaming and removing workspaces on this device.

use document::{Command, CommandError, Context, Heads, ProductDocument, later};
use domain::{Graph, Person};
use leptos::prelude::GetUntracked;
use sync::DocumentId;
use workspace::Role;

use super::Device;
use crate::platform::chunk::{Chunk, ChunkKind};
use crate::platform::chunk_store::ChunkStore;
use crate::platform::error::StorageError;
use crate::platform::keyring::Keys;
use crate::platform::registry::WorkspaceEntry;
use crate::platform::views::View;
use crate::platform::{clock, drafts, random, tabs};

impl Device {
    /// Makes a workspace of that name, filled with `graph` where given. It is on the device when
    /// this returns, unless [`storage`](Self::storage) says that the device keeps nothing.
    pub async fn create(
        &self,
        name: &str,
        graph: Option<Graph>,
    ) -> Result<DocumentId, StorageError> {
        let id = DocumentId::from_bytes(random::bytes());
        let mut document = ProductDocument::create(self.session());
        self.fill(&mut document, name, graph)?;
        let chunk =
            Chunk::new(&id, ChunkKind::Snapshot, &document.snapshot()).at_heads(document.heads());
        // A store that fails keeps the chunk, and the status of the workspace says so: the person
        // can go on, which is more than an error here would give them.
        let _ = self.0.chunks.put_durably(chunk).await;
        // Without a place to keep its key the workspace stays one that nobody owns.
        let _ = self.0.keyring.put(&id, &Keys::new_owner()).await;
        let view = View::new(document.graph(), document.heads(), Heads::default());
        let _ = self.0.views.put(&id, view).await;
        self.note_opened(&id, name);
        self.edited();
        Ok(id)
    }

    fn fill(
        &self,
        document: &mut ProductDocument,
        name: &str,
        graph: Option<Graph>,
    ) -> Result<(), CommandError> {
        later::install();
        let context = || Context {
            at: clock::now(),
            gesture: 0,
        };
        document.execute(
            &Command::RenameWorkspace {
                name: name.to_owned(),
            },
            context(),
        )?;
        let identity = self.0.identity.get_untracked();
        if !identity.name.is_empty() {
            let person = Person {
                name: identity.name,
                colour: identity.colour,
            };
            document.execute(&Command::SetPerson { person }, context())?;
        }
        if let Some(graph) = graph {
            document.execute(&Command::Import { graph }, context())?;
        }
        Ok(())
    }

    /// Makes a workspace of that name with the content of another; they have nothing in common
    /// afterwards.
    pub async fn duplicate(&self, id: &DocumentId, name: &str) -> Result<DocumentId, StorageError> {
        let graph = self.read(id).await?;
        self.create(name, Some(graph)).await
    }

    /// The content of a workspace on this device, without opening it.
    pub async fn read(&self, id: &DocumentId) -> Result<Graph, StorageError> {
        Ok(self.load(id).await?.graph())
    }

    /// Whether this device may change a workspace, as far as it was told last.
    pub async fn may_change(&self, id: &DocumentId) -> bool {
        let keys = self.0.keyring.get(id).await;
        keys.ended().is_none() && keys.role().is_none_or(|role| role >= Role::Edit)
    }

    /// Renames a workspace without opening it; open tabs see it at once.
    pub async fn rename(&self, id: &DocumentId, name: &str) -> Result<(), StorageError> {
        if !self.may_change(id).await {
            return Err(CommandError::NotAllowed.into());
        }
        later::install();
        let mut document = self.load(id).await?;
        let before = document.heads();
        let command = Command::RenameWorkspace {
            name: name.to_owned(),
        };
        document.execute(
            &command,
            Context {
                at: clock::now(),
                gesture: 0,
            },
        )?;
        if let Some(bytes) = document.chunk_since(&before) {
            tabs::tell(id, &bytes, &document.heads());
            self.0
                .chunks
                .put_durably(Chunk::new(id, ChunkKind::Changes, &bytes).at_heads(document.heads()))
                .await?;
        }
        self.note_name(id, name);
        Ok(())
    }

    /// Takes a workspace off the list. Everything stays on the device: see
    /// [`restore`](Self::restore) and [`delete_for_ever`](Self::delete_for_ever).
    pub fn remove(&self, id: &DocumentId) {
        self.change(id, |entry| entry.removed_at = Some(now()));
    }

    /// Puts a removed workspace back on the list.
    pub fn restore(&self, id: &DocumentId) {
        self.change(id, |entry| entry.removed_at = None);
    }

    /// Deletes a workspace from this device. Copies on the server and on other devices stay.
    pub async fn delete_for_ever(&self, id: &DocumentId) -> Result<(), StorageError> {
        let unwritten = self.0.chunks.withdraw(id);
        match self.0.registry.purge(&id.to_string()).await {
            Ok(()) => {
                ChunkStore::abandon(&unwritten);
                drafts::forget(id);
                Ok(())
            }
            Err(error) => {
                // Nothing was deleted, and so nothing else may be lost either.
                unwritten
                    .into_iter()
                    .for_each(|chunk| self.0.chunks.put(chunk));
                Err(error)
            }
        }
    }

    /// Remembers that a workspace was opened now, and what it is called. A removed one is back.
    pub fn note_opened(&self, id: &DocumentId, name: &str) {
        self.0.registry.put(WorkspaceEntry {
            id: id.to_string(),
            name: name.to_owned(),
            opened_at: now(),
            removed_at: None,
        });
    }

    /// Whether a workspace is on the list, or was removed from it and is still here.
    pub(crate) fn knows(&self, id: &DocumentId) -> bool {
        self.0.registry.find(&id.to_string()).is_some()
    }

    /// Remembers what a workspace on the list is called now.
    pub(crate) fn note_name(&self, id: &DocumentId, name: &str) {
        self.change(id, |entry| name.clone_into(&mut entry.name));
    }

    fn change(&self, id: &DocumentId, change: impl FnOnce(&mut WorkspaceEntry)) {
        if let Some(mut entry) = self.0.registry.find(&id.to_string()) {
            change(&mut entry);
            self.0.registry.put(entry);
        }
    }

    async fn load(&self, id: &DocumentId) -> Result<ProductDocument, StorageError> {
        let loaded = self.0.chunks.load(id).await;
        let (document, _) = ProductDocument::load(self.session(), &loaded.chunks);
        if document.is_ready() {
            return Ok(document);
        }
        Err(loaded.failure.unwrap_or(StorageError::Missing))
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds fit for 285,000 years"
)]
fn now() -> f64 {
    clock::now() as f64
}
