//! By what right this tab has the workspace open: the keys of this device, what the server says
//! that they open, and claiming a workspace that was made here.
//!
//! Invariants: a workspace is claimed with a key that this device has kept, when a link is made, when
//! the server keeps nothing without an owner, or when it has lost who the owner is; asking again is
//! harmless. Who may only look is known
//! before the first picture is drawn, from the last time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use sync::{CloseCode, DocumentId};
use wasm_bindgen_futures::spawn_local;
use workspace::{Access, Ending, Role};

use super::{Availability, Inner};
use crate::platform::Device;
use crate::platform::api::{self, ApiError};
use crate::platform::keyring::{self, Keys};

/// What is known about it.
#[derive(Default)]
pub(super) struct Rights {
    pub(super) keys: RefCell<Keys>,
    /// The key that opens most, and how far the server's clock is ahead.
    best: RefCell<Option<(String, Role, f64)>>,
    /// Whether the server is being asked.
    asking: Cell<bool>,
    /// Whether something has changed since it was asked.
    stale: Cell<bool>,
    /// Whether the server serves the document on this connection; none before it has said so.
    served: Cell<Option<bool>>,
    /// Whether this device has claimed the workspace since the server did not know its owner any more.
    pub(super) reclaimed: ArcRwSignal<bool>,
    /// Why the last connection was closed, when a link was the reason.
    ending: Cell<Option<Ending>>,
}

impl Rights {
    /// What this device has, with the keys that have just come in by an address.
    pub(super) async fn of(device: &Device, id: &DocumentId) -> Self {
        let mut keys = device.keyring().get(id).await;
        let arrived = keyring::take_arrived(id);
        let mut new = false;
        for key in &arrived {
            new |= keys.add(key.clone());
        }
        if new && device.keyring().put(id, &keys).await.is_err() {
            for key in arrived {
                keyring::not_kept(*id, key);
            }
        }
        Self {
            keys: RefCell::new(keys),
            ..Self::default()
        }
    }

    /// By what right the workspace was open the last time.
    pub(super) fn remembered(&self) -> Access {
        let keys = self.keys.borrow();
        match (keys.ended(), keys.role()) {
            (Some(ending), _) => Access::Ended(ending),
            (None, Some(role)) => Access::By(role),
            (None, None) => Access::Open,
        }
    }

    /// The key that opens most, and as what.
    pub(super) fn best(&self) -> Option<(String, Role, f64)> {
        self.best.borrow().clone()
    }
}

/// What asking the server has shown.
enum Found {
    /// A key opens the workspace.
    Key(String, Role, f64),
    /// No key does.
    Nothing,
}

impl Inner {
    /// Asks the server what this device's keys open, and claims what was made here where the server
    /// would not keep it otherwise. An answer that does not come leaves everything as it was; the
    /// next connection asks again.
    pub(super) fn ask_rights(self: &Rc<Self>) {
        if self.rights.asking.replace(true) {
            self.rights.stale.set(true);
            return;
        }
        let inner = self.clone();
        spawn_local(async move {
            loop {
                inner.rights.stale.set(false);
                if let Ok(found) = inner.find_rights().await {
                    inner.learn(found).await;
                }
                if !inner.rights.stale.get() {
                    break;
                }
            }
            inner.rights.asking.set(false);
        });
    }

    /// The same, for those who wait for the answer.
    pub(super) async fn settle_rights(self: &Rc<Self>) -> Result<(), ApiError> {
        let found = self.find_rights().await?;
        self.learn(found).await;
        Ok(())
    }

    async fn find_rights(&self) -> Result<Found, ApiError> {
        let is_served = || self.rights.served.get() == Some(true);
        if is_served() && self.rights.keys.borrow().open_nothing() {
            return Ok(Found::Nothing);
        }
        let keys = self.rights.keys.borrow().keys.clone();
        let mut best: Option<(String, Role, f64)> = None;
        for key in &keys {
            match api::show(&self.id, &key.key).await {
                Ok(opened) => {
                    if best.as_ref().is_none_or(|(_, role, _)| *role < opened.role) {
                        best = Some((key.key.clone(), opened.role, opened.ahead));
                    }
                }
                Err(ApiError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        if let Some((key, role, ahead)) = best {
            return Ok(Found::Key(key, role, ahead));
        }
        if is_served() {
            // It opens to whoever knows its id, any automerge-repo client too, until its first
            // link makes this device its owner.
            return Ok(Found::Nothing);
        }
        for key in keys.iter().filter(|key| key.made_here) {
            self.note_claim().await;
            match api::claim(&self.id, &key.key, None).await {
                Ok(()) => {
                    if self.rights.keys.borrow().is_owned() {
                        self.rights.reclaimed.set(true);
                    }
                    let opened = api::show(&self.id, &key.key).await?;
                    return Ok(Found::Key(key.key.clone(), opened.role, opened.ahead));
                }
                Err(ApiError::NotFound | ApiError::Closed) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Found::Nothing)
    }

    /// Keeps that this device is about to claim the workspace: the answer can be lost.
    async fn note_claim(&self) {
        let is_new = self.rights.keys.borrow_mut().claim();
        if is_new {
            self.keep_keys().await;
        }
    }

    /// Keeps what is known of the keys. Where that fails this tab remembers it, and the next opening
    /// asks again.
    async fn keep_keys(&self) {
        let keys = self.rights.keys.borrow().clone();
        if !keys.keys.is_empty() {
            let _ = self.device.keyring().put(&self.id, &keys).await;
        }
    }

    async fn learn(self: &Rc<Self>, found: Found) {
        let access = match &found {
            Found::Key(_, role, _) => Access::By(*role),
            Found::Nothing => self.without_rights(),
        };
        let (role, ended) = match access {
            Access::By(role) => (Some(role), None),
            Access::Ended(ending) => (None, Some(ending)),
            Access::Open | Access::Unserved => (None, None),
        };
        *self.rights.best.borrow_mut() = match found {
            Found::Key(key, role, ahead) => Some((key, role, ahead)),
            Found::Nothing => None,
        };
        self.allow(access);
        let news = self.rights.keys.borrow_mut().learn(role, ended);
        if news {
            self.keep_keys().await;
        }
        if matches!(access, Access::By(_)) {
            self.server.has_owner(self.id);
            self.rights.ending.set(None);
            if self.rights.served.get() == Some(false) {
                self.rights.served.set(None);
                self.ask_anew();
            }
            if !self.server.has_socket() {
                self.server_connect();
            }
        }
        self.status_soon();
    }

    /// What this device may do whose keys, if it has any, open nothing.
    fn without_rights(&self) -> Access {
        let is_owned = self.rights.keys.borrow().is_owned();
        match (self.rights.ending.get(), self.rights.served.get()) {
            (Some(ending), _) => Access::Ended(ending),
            // It has not said yet, so that nothing is known to have changed.
            (None, None) => self.workspace.access().get_untracked(),
            // It lets everyone in who knows the id, and has forgotten the link if it ever knew it.
            (None, Some(true)) => Access::Open,
            (None, Some(false)) if is_owned => {
                // It says no more than that; the reason may be known from another time.
                let known = self.rights.keys.borrow().ended();
                Access::Ended(known.unwrap_or(Ending::Refused))
            }
            (None, Some(false)) => Access::Unserved,
        }
    }

    fn allow(&self, access: Access) {
        let signal = self.workspace.access();
        if signal.get_untracked() != access {
            signal.set(access);
        }
    }

    /// The server has decided whether this tab may change the workspace.
    pub(super) fn rights_decided(self: &Rc<Self>, write: bool) {
        self.rights.served.set(Some(true));
        self.rights.ending.set(None);
        let now = self.workspace.access().get_untracked();
        if !write && now.may_edit() {
            // At once; the role's name follows.
            self.allow(Access::By(Role::View));
        }
        self.ask_rights();
    }

    /// The server does not serve the document: it has none, or not for this tab.
    pub(super) fn rights_missing(self: &Rc<Self>) {
        // Without any content it may just as well be absent.
        if self.availability.get_untracked() != Availability::Waiting
            || !self.rights.keys.borrow().keys.is_empty()
        {
            self.rights.served.set(Some(false));
            self.ask_rights();
        }
    }

    /// There is a new connection. A server that speaks the native protocol says by itself what this
    /// tab may do.
    pub(super) fn rights_unknown(self: &Rc<Self>) {
        self.rights.served.set(None);
        if !self.server.is_native() {
            self.ask_rights();
        }
    }

    /// The connection was closed with this code. When a link was the reason, the page says so at
    /// once, and comes back only with a key that still opens the workspace. Whether it was.
    pub(super) fn closed_with(self: &Rc<Self>, code: CloseCode) -> bool {
        let has_keys = !self.rights.keys.borrow().keys.is_empty();
        let ending = match code {
            CloseCode::REVOKED if has_keys => Ending::Revoked,
            CloseCode::REVOKED => Ending::Owned,
            CloseCode::EXPIRED => Ending::Expired,
            _ => return false,
        };
        self.server.hang_up();
        // What the server said is said in this page's own words.
        self.server.refuse(None);
        self.rights.ending.set(Some(ending));
        self.allow(Access::Ended(ending));
        self.ask_rights();
        true
    }
}
