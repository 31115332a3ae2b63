//! This device: its storage, its person, and the workspaces that it keeps.
//!
//! Invariant: whatever the browser refuses, workspaces can be made, opened and edited; then they
//! live in memory, and [`Device::storage`] says so and why.

mod workspaces;

use std::cell::Cell;
use std::sync::Arc;

use document::SessionIdentity;
use gloo::events::EventListener;
use leptos::prelude::{ArcRwSignal, GetUntracked, RwSignal, Set};
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::spawn_local;
use workspace::Subscription;
use workspace::status::NotSaved;

use super::chunk_store::ChunkStore;
use super::database::Database;
use super::drafts::DraftStore;
use super::error::StorageError;
use super::keyring::Keyring;
use super::registry::{Registry, WorkspaceEntry};
use super::settings::{self, Identity};
use super::views::Views;
use super::{page, quota, random, rescue};

/// Where edits are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageState {
    /// In the browser's storage.
    Durable,
    /// In this tab's memory only.
    Memory {
        /// Why.
        reason: NotSaved,
    },
}

/// A handle on the device, one device in each tab.
#[derive(Clone)]
pub struct Device(Arc<SendWrapper<Inner>>);

struct Inner {
    chunks: ChunkStore,
    views: Views,
    drafts: DraftStore,
    registry: Registry,
    keyring: Keyring,
    storage: ArcRwSignal<StorageState>,
    identity: ArcRwSignal<Identity>,
    persistence_asked: Cell<bool>,
    _storage_watch: Subscription,
    _leaving: Vec<EventListener>,
}

impl Device {
    /// Opens the device's storage, hands over what an earlier page could not store, and reads the
    /// list of workspaces.
    pub async fn open() -> Self {
        let database = Database::open().await;
        let chunks = ChunkStore::new(database.clone());
        chunks.resume();
        let storage = ArcRwSignal::new(storage_state(&database));
        let (watched, state) = (database.clone(), storage.clone());
        let watch = database.on_change(move || {
            let now = storage_state(&watched);
            if state.get_untracked() != now {
                state.set(now);
            }
        });
        Self(Arc::new(SendWrapper::new(Inner {
            chunks,
            views: Views::new(database.clone()),
            drafts: DraftStore::new(database.clone()),
            keyring: Keyring::new(database.clone()),
            registry: Registry::open(database).await,
            storage,
            identity: ArcRwSignal::new(settings::identity()),
            persistence_asked: Cell::new(false),
            _storage_watch: watch,
            _leaving: page::on_leaving(leave),
        })))
    }

    /// Where edits are kept; it changes when the browser changes its mind.
    pub fn storage(&self) -> ArcRwSignal<StorageState> {
        self.0.storage.clone()
    }

    /// Every workspace that this device knows, most recently opened first, removed ones included.
    pub fn workspaces(&self) -> RwSignal<Vec<WorkspaceEntry>> {
        RwSignal::from(self.0.registry.list())
    }

    /// The person at this device.
    pub fn identity(&self) -> ArcRwSignal<Identity> {
        self.0.identity.clone()
    }

    /// Changes the person's name and colour on this device.
    pub fn set_identity(&self, name: &str, colour: domain::Hue) {
        let person = self.0.identity.get_untracked().person;
        let identity = Identity {
            person,
            name: name.trim().to_owned(),
            colour,
        };
        settings::set_identity(&identity);
        if self.0.identity.get_untracked() != identity {
            self.0.identity.set(identity);
        }
    }

    /// Returns when every edit is safe on this device, or says why one cannot be.
    pub async fn settled(&self) -> Result<(), StorageError> {
        self.0.chunks.settled().await
    }

    /// The first edit is the moment to ask the browser not to evict what is stored.
    pub(crate) fn edited(&self) {
        if !self.0.persistence_asked.replace(true) {
            spawn_local(async {
                // A browser that says no still stores; it only does not promise.
                let _ = quota::persist().await;
            });
        }
    }

    /// Who edits, as a session that no other shares.
    pub(crate) fn session(&self) -> SessionIdentity {
        SessionIdentity {
            person: self.0.identity.get_untracked().person,
            actor: random::bytes(),
            seed: random::bits(),
        }
    }

    pub(crate) fn chunks(&self) -> &ChunkStore {
        &self.0.chunks
    }

    pub(crate) fn keyring(&self) -> &Keyring {
        &self.0.keyring
    }

    pub(crate) fn views(&self) -> &Views {
        &self.0.views
    }

    pub(crate) fn drafts(&self) -> &DraftStore {
        &self.0.drafts
    }
}

/// The last moment at which anything is certain to run: what is being typed is committed, then what
/// is not yet stored is copied where it survives.
fn leave() {
    page::settle();
    // What does not fit there is still on its way to the store.
    let _ = rescue::journal();
}

fn storage_state(database: &Database) -> StorageState {
    match database.failure() {
        // A closed connection is opened again by the next write, which says when it cannot.
        None | Some(StorageError::Closed) => StorageState::Durable,
        Some(error) => StorageState::Memory {
            reason: error.reason(),
        },
    }
}
