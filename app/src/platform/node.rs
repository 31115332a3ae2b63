//! One open workspace in this tab: the document, its store, its sibling tabs and its server, and
//! what a person may be told about all of them.
//!
//! Every change goes one way: the workspace announces it, it becomes a chunk, and the chunk goes
//! to the store, to the sibling tabs and to the server. Dropping the last handle closes everything;
//! chunks that still wait stay with the device, which goes on storing them.

mod access;
mod anew;
mod compacting;
mod keeping;
mod loading;
mod merging;
mod picture;
mod presence;
mod recovering;
mod server;
mod sharing;
mod siblings;
mod status;
mod work;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use gloo::events::EventListener;
use leptos::prelude::{ArcRwSignal, Get, GetUntracked, Set, Signal};
use send_wrapper::SendWrapper;
use sync::DocumentId;
use wasm_bindgen_futures::spawn_local;
use workspace::{Environment, Origin, Subscription, SyncStatus, Workspace};

use super::views::{self, View};
use super::{Device, clock, page, random, rescue, settings};
use keeping::Keeping;
use picture::Picture;
pub use presence::Colleague;
use server::Server;

/// How much of a workspace is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// The device is being asked.
    Loading,
    /// Its last picture is shown; the document is being loaded. Commands wait.
    Painted,
    /// It can be edited.
    Ready,
    /// This device has nothing of it yet; other tabs and the server have been asked.
    Waiting,
    /// It was made by a newer version of the app and can only be read.
    Newer,
    /// What this device has of it cannot be read; the server may still bring it.
    Broken,
}

/// A handle on an open workspace.
#[derive(Clone)]
pub struct Node {
    /// Which document.
    pub id: DocumentId,
    /// The workspace itself.
    pub workspace: Workspace,
    /// Where the latest edits are safe.
    pub status: ArcRwSignal<SyncStatus>,
    /// How much of it is there.
    pub availability: ArcRwSignal<Availability>,
    /// How many damaged chunks of it were put aside, of which something may be missing.
    pub damaged: ArcRwSignal<usize>,
    /// How many of them the person has seen and dismissed.
    dismissed_damage: ArcRwSignal<usize>,
    /// How many notes were painted when it was opened that this device does not have, or has
    /// otherwise: the storage has lost them since.
    pub lost: ArcRwSignal<usize>,
    /// Whether this device has told the server anew who owns the workspace, as it had lost that.
    pub reclaimed: ArcRwSignal<bool>,
    /// What the server said when it refused to serve.
    pub refused: ArcRwSignal<Option<String>>,
    /// Whether the server has said that it does not have the workspace.
    pub lacking: ArcRwSignal<bool>,
    /// Who else has it open now, as far as the server knows.
    pub colleagues: ArcRwSignal<Vec<Colleague>>,
    /// Whether the code for what goes beyond reading and writing notes is here.
    pub complete: ArcRwSignal<bool>,
    handle: Arc<SendWrapper<Handle>>,
}

/// Keeps the workspace open, and for one task longer: what a view commits while it goes away is
/// still stored.
struct Handle(Rc<Inner>);

impl Drop for Handle {
    fn drop(&mut self) {
        let inner = self.0.clone();
        spawn_local(async move {
            clock::sleep(0).await;
            drop(inner);
        });
    }
}

struct Inner {
    id: DocumentId,
    device: Device,
    workspace: Workspace,
    status: ArcRwSignal<SyncStatus>,
    availability: ArcRwSignal<Availability>,
    complete: ArcRwSignal<bool>,
    damaged: ArcRwSignal<usize>,
    colleagues: presence::Colleagues,
    whereabouts: presence::Whereabouts,
    damage: recovering::Damage,
    unread: loading::Unread,
    renewal: anew::Renewal,
    keeping: Keeping,
    picture: Picture,
    server: Server,
    rights: access::Rights,
    siblings: siblings::Siblings,
    status_due: status::Due,
    listeners: RefCell<Vec<EventListener>>,
    subscriptions: RefCell<Vec<Subscription>>,
    last_words: RefCell<Option<Rc<dyn Fn()>>>,
    work: work::Fetching,
}

impl Node {
    /// Opens a workspace. Returns as soon as there is a picture of it to paint, or none to be had;
    /// the document follows.
    pub async fn open(device: &Device, id: DocumentId) -> Self {
        if device.knows(&id) {
            // Then there is most likely a picture, which is read by code of its own.
            spawn_local(views::prepare());
        }
        let view = device.views().get(&id).await;
        let painted = view.is_some();
        let rights = access::Rights::of(device, &id).await;
        let inner = Inner::new(device.clone(), id, view, rights);
        if painted {
            inner.availability.set(Availability::Painted);
            inner.fetch_work();
        }
        inner.listen();
        let loading = inner.clone();
        spawn_local(async move { loading.load(painted).await });
        Self {
            id,
            workspace: inner.workspace.clone(),
            status: inner.status.clone(),
            availability: inner.availability.clone(),
            damaged: inner.damaged.clone(),
            dismissed_damage: ArcRwSignal::new(settings::dismissed_damage(&id)),
            lost: inner.picture.lost(),
            reclaimed: inner.rights.reclaimed.clone(),
            refused: inner.server.refused(),
            lacking: inner.server.lacking(),
            colleagues: inner.colleagues.clone(),
            complete: inner.complete.clone(),
            handle: Arc::new(SendWrapper::new(Handle(inner))),
        }
    }
}

impl Node {
    /// How many damaged chunks there are to report; none once they have been dismissed, until
    /// there are more.
    pub fn unseen_damage(&self) -> Signal<usize> {
        let (damaged, dismissed) = (self.damaged.clone(), self.dismissed_damage.clone());
        Signal::derive(move || {
            let damaged = damaged.get();
            if damaged > dismissed.get() {
                damaged
            } else {
                0
            }
        })
    }

    /// The person has seen the report. The chunks stay aside, and nothing is compacted over them.
    pub fn dismiss_damage(&self) {
        let seen = self.damaged.get_untracked();
        settings::set_dismissed_damage(&self.id, seen);
        self.dismissed_damage.set(seen);
    }

    /// The person has seen how many notes were lost.
    pub fn dismiss_lost(&self) {
        self.inner().dismiss_lost();
    }
}

impl Node {
    fn inner(&self) -> &Rc<Inner> {
        &self.handle.0
    }
}

impl Inner {
    fn new(device: Device, id: DocumentId, view: Option<View>, rights: access::Rights) -> Rc<Self> {
        let (graph, shown, acknowledged) = view.map_or_else(Default::default, |view| {
            (view.graph, Some(view.heads), view.acknowledged)
        });
        let environment = Environment {
            now: Rc::new(clock::now),
            random: Rc::new(random::bits),
        };
        let workspace = Workspace::painted(&graph, environment);
        workspace.access().set(rights.remembered());
        let server = Server::new(id, &device.identity().get_untracked().person);
        for key in &rights.keys.borrow().keys {
            server.show_key(&key.key);
        }
        if rights.keys.borrow().is_owned() {
            server.has_owner(id);
        }
        Rc::new(Self {
            id,
            workspace,
            status: ArcRwSignal::new(SyncStatus::Saving),
            availability: ArcRwSignal::new(Availability::Loading),
            complete: ArcRwSignal::new(work::is_here()),
            damaged: ArcRwSignal::new(0),
            colleagues: ArcRwSignal::new(Vec::new()),
            whereabouts: presence::Whereabouts::default(),
            damage: recovering::Damage::default(),
            unread: loading::Unread::default(),
            renewal: anew::Renewal::default(),
            keeping: Keeping::new(device.chunks().generation(), acknowledged),
            picture: Picture::showing(&id, shown),
            server,
            rights,
            siblings: siblings::Siblings::default(),
            status_due: status::Due::default(),
            listeners: RefCell::default(),
            subscriptions: RefCell::default(),
            last_words: RefCell::default(),
            work: work::Fetching::default(),
            device,
        })
    }

    /// Follows the workspace, the store and the page.
    fn listen(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let edited = self.workspace.on_change(move |change| {
            let Some(inner) = weak.upgrade() else { return };
            if change.origin == Origin::Local {
                inner.device.edited();
            }
            inner.keep();
            inner.recount_lost();
            if change.dirty.about || change.dirty.everything {
                inner.note_name();
            }
            inner.server_pump();
            inner.status_soon();
        });
        let weak = Rc::downgrade(self);
        let stored = self.device.chunks().on_change(move || {
            if let Some(inner) = weak.upgrade() {
                inner.store_changed();
            }
        });
        *self.subscriptions.borrow_mut() = vec![edited, stored];
        let weak = Rc::downgrade(self);
        let mut listeners = page::on_leaving(move || {
            if let Some(inner) = weak.upgrade() {
                inner.paint_now();
            }
        });
        let weak = Rc::downgrade(self);
        listeners.extend(page::on_window("beforeunload", move |event| {
            let node = weak.upgrade();
            if node.is_some_and(|inner| inner.receipts_status().is_at_risk()) {
                event.prevent_default();
            }
        }));
        *self.listeners.borrow_mut() = listeners;
        let weak = Rc::downgrade(self);
        *self.last_words.borrow_mut() = Some(rescue::witness(move || {
            if let Some(inner) = weak.upgrade() {
                inner.keep();
            }
        }));
    }

    /// Says how much of the workspace is there, and registers it on the device when it is.
    fn refresh_availability(self: &Rc<Self>) {
        let document = self
            .workspace
            .with_document(|document| (document.is_ready(), document.is_from_newer_version()));
        let Some((ready, newer)) = document else {
            return;
        };
        let now = match (ready, newer) {
            (true, true) => Availability::Newer,
            (true, false) => Availability::Ready,
            (false, _) if self.damaged.get_untracked() > 0 || self.unread.failure().is_some() => {
                Availability::Broken
            }
            (false, _) => Availability::Waiting,
        };
        if self.availability.get_untracked() == now {
            return;
        }
        self.availability.set(now);
        match now {
            Availability::Waiting | Availability::Broken => self.fetch_work_late(),
            _ => self.fetch_work(),
        }
        if ready {
            self.note_opened();
        }
    }

    fn note_opened(&self) {
        if let Some(name) = self.workspace.with_document(|document| document.name()) {
            self.device.note_opened(&self.id, &name);
        }
    }

    fn note_name(&self) {
        if let Some(name) = self.workspace.with_document(|document| document.name()) {
            self.device.note_name(&self.id, &name);
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.paint_now();
    }
}
