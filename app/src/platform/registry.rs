//! The list of the workspaces on this device, kept in step between tabs.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::{Rc, Weak};

use domain::compact;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionDurability;
use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use workspace::Subscription;

use super::channel::Channel;
use super::database::{CHUNKS, Database, QUARANTINE, VIEWS, WORKSPACES, keys_of};
use super::error::StorageError;
use super::keyring;

const CHANNEL: &str = "groundwork-device";

/// A workspace that this device knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkspaceEntry {
    /// The document's id, as in the address.
    pub id: String,
    /// Its name when it was last seen.
    pub name: String,
    /// When it was last opened here, in milliseconds since 1970.
    pub opened_at: f64,
    /// When it was removed from this device; everything is still here until it is deleted for ever.
    #[serde(default)]
    pub removed_at: Option<f64>,
}

/// The registry of one tab.
#[derive(Clone)]
pub(crate) struct Registry(Rc<Inner>);

struct Inner {
    database: Database,
    list: ArcRwSignal<Vec<WorkspaceEntry>>,
    /// Ids of entries that are not in the database yet.
    unsaved: RefCell<BTreeSet<String>>,
    saving: Cell<bool>,
    channel: RefCell<Option<Channel>>,
    reconnected: RefCell<Option<Subscription>>,
}

impl Registry {
    /// Reads the list and follows what other tabs do to it.
    pub(crate) async fn open(database: Database) -> Self {
        let registry = Self(Rc::new(Inner {
            database,
            list: ArcRwSignal::new(Vec::new()),
            unsaved: RefCell::default(),
            saving: Cell::new(false),
            channel: RefCell::default(),
            reconnected: RefCell::default(),
        }));
        let weak = Rc::downgrade(&registry.0);
        let channel = Channel::open(CHANNEL, move |_| follow(&weak));
        *registry.0.channel.borrow_mut() = Some(channel);
        let weak = Rc::downgrade(&registry.0);
        let subscription = registry.0.database.on_change(move || follow(&weak));
        *registry.0.reconnected.borrow_mut() = Some(subscription);
        registry.reload().await;
        registry
    }

    /// The list, most recently opened first, removed ones included.
    pub(crate) fn list(&self) -> ArcRwSignal<Vec<WorkspaceEntry>> {
        self.0.list.clone()
    }

    /// The entry of that id.
    pub(crate) fn find(&self, id: &str) -> Option<WorkspaceEntry> {
        self.0
            .list
            .get_untracked()
            .into_iter()
            .find(|entry| entry.id == id)
    }

    /// Adds an entry or changes it, here at once and in the database as soon as possible.
    pub(crate) fn put(&self, entry: WorkspaceEntry) {
        let mut list = self.0.list.get_untracked();
        if list.contains(&entry) {
            return;
        }
        self.0.unsaved.borrow_mut().insert(entry.id.clone());
        list.retain(|known| known.id != entry.id);
        list.push(entry);
        self.show(list);
        self.save();
    }

    /// Deletes everything of a document from this device, for ever.
    pub(crate) async fn purge(&self, id: &str) -> Result<(), StorageError> {
        self.0
            .database
            .write(
                &[CHUNKS, QUARANTINE, VIEWS, WORKSPACES],
                TransactionDurability::Strict,
                |transaction| {
                    transaction
                        .object_store(CHUNKS)?
                        .delete::<String, _>(keys_of(id))
                        .build()?;
                    transaction
                        .object_store(QUARANTINE)?
                        .delete::<String, _>(keys_of(id))
                        .build()?;
                    let views = transaction.object_store(VIEWS)?;
                    views.delete(id).build()?;
                    // Its drafts.
                    views.delete::<String, _>(keys_of(id)).build()?;
                    let workspaces = transaction.object_store(WORKSPACES)?;
                    workspaces.delete(id).build()?;
                    workspaces.delete(keyring::record_of(id)).build()?;
                    Ok(())
                },
            )
            .await?;
        self.0.unsaved.borrow_mut().remove(id);
        let mut list = self.0.list.get_untracked();
        list.retain(|entry| entry.id != id);
        self.show(list);
        self.announce();
        Ok(())
    }

    fn show(&self, mut list: Vec<WorkspaceEntry>) {
        compact::sort_by(&mut list, |one, other| {
            other
                .opened_at
                .total_cmp(&one.opened_at)
                .then_with(|| one.id.cmp(&other.id))
        });
        if self.0.list.get_untracked() != list {
            self.0.list.set(list);
        }
    }

    fn announce(&self) {
        if let Some(channel) = self.0.channel.borrow().as_ref() {
            channel.post(&JsValue::from_str("workspaces"));
        }
    }

    fn save(&self) {
        if self.0.unsaved.borrow().is_empty() || self.0.saving.replace(true) {
            return;
        }
        let registry = self.clone();
        spawn_local(async move {
            // A failure leaves the entries unsaved; the next change and the next connection try
            // again, and the chunks' own failure is what the person is told.
            while registry.save_some().await.is_ok() && !registry.0.unsaved.borrow().is_empty() {}
            registry.0.saving.set(false);
        });
    }

    async fn save_some(&self) -> Result<(), StorageError> {
        let ids = self.0.unsaved.take();
        let records: Vec<(String, String)> = ids
            .iter()
            .filter_map(|id| self.find(id))
            .filter_map(|entry| Some((entry.id.clone(), serde_json::to_string(&entry).ok()?)))
            .collect();
        let outcome = self
            .0
            .database
            .write(
                &[WORKSPACES],
                TransactionDurability::Strict,
                |transaction| {
                    let workspaces = transaction.object_store(WORKSPACES)?;
                    for (id, record) in &records {
                        workspaces
                            .put(record.as_str())
                            .with_key(id.as_str())
                            .without_key_type()
                            .build()?;
                    }
                    Ok(())
                },
            )
            .await;
        match &outcome {
            Ok(()) => self.announce(),
            Err(_) => self.0.unsaved.borrow_mut().extend(ids),
        }
        outcome
    }

    /// Reads the database again; what is not in it yet stays as it is here.
    async fn reload(&self) {
        let records = self
            .0
            .database
            .read(&[WORKSPACES], async |transaction| {
                let records = transaction
                    .object_store(WORKSPACES)?
                    .get_all::<String>()
                    .await?;
                Ok(records.filter_map(Result::ok).collect::<Vec<String>>())
            })
            .await;
        let Ok(records) = records else { return };
        // An entry of another version is left where it is and not shown.
        let stored = records
            .iter()
            .filter_map(|text| serde_json::from_str(text).ok());
        let unsaved = self.0.unsaved.borrow().clone();
        let mut list: Vec<WorkspaceEntry> = stored
            .filter(|entry: &WorkspaceEntry| !unsaved.contains(&entry.id))
            .collect();
        list.extend(unsaved.iter().filter_map(|id| self.find(id)));
        self.show(list);
    }
}

/// Something changed elsewhere, or the connection came back.
fn follow(registry: &Weak<Inner>) {
    let Some(registry) = registry.upgrade().map(Registry) else {
        return;
    };
    if registry.0.database.failure().is_none() {
        registry.save();
        spawn_local(async move { registry.reload().await });
    }
}
