//! The service worker and its updates: a new version of the app waits until the person wants it
//! and nothing is unsaved.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use js_sys::{Object, Reflect};
use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
};

use super::{Device, page};
use crate::platform::error::StorageError;

const SCRIPT: &str = "/service-worker.js";
/// What a person waits for has the network to itself; the rest of the app is kept after that.
const REGISTER_AFTER_MS: u32 = 1_000;
/// How often a page that stays open asks for a new version.
const ASK_EVERY_MS: u32 = 60 * 60 * 1_000;

/// Watches for new versions of the app.
#[derive(Clone)]
pub struct WorkerUpdate {
    ready: ArcRwSignal<bool>,
}

impl WorkerUpdate {
    /// Registers the service worker, which keeps the whole app on this device, and watches it for as long as the page lives.
    pub fn watch() -> Self {
        let update = Self {
            ready: ArcRwSignal::new(false),
        };
        let watching = update.clone();
        spawn_local(async move {
            TimeoutFuture::new(REGISTER_AFTER_MS).await;
            // Without a service worker the app works as long as there is a network.
            let _ = watching.register().await;
        });
        update
    }

    /// Whether a new version waits.
    pub fn ready(&self) -> ArcRwSignal<bool> {
        self.ready.clone()
    }

    /// Starts the new version, once every edit is safe on this device; the page reloads. An error
    /// says why it is not safe to do so now.
    pub async fn activate(&self, device: &Device) -> Result<(), StorageError> {
        device.settled().await?;
        match waiting().await {
            Some((container, worker)) => {
                reload_when_changed(&container);
                let message = Object::new();
                let _ = Reflect::set(&message, &"type".into(), &"activate".into());
                let _ = worker.post_message(&message);
            }
            // Another tab has started it already.
            None => reload(),
        }
        Ok(())
    }

    async fn register(&self) -> Result<(), JsValue> {
        let Some(container) = container() else {
            return Ok(());
        };
        let registration: ServiceWorkerRegistration = JsFuture::from(container.register(SCRIPT))
            .await?
            .dyn_into()?;
        if registration.waiting().is_some() && container.controller().is_some() {
            self.announce();
        }
        let update = self.clone();
        let found = registration.clone();
        page::listen(&registration, "updatefound", move |_| {
            if let Some(installing) = found.installing() {
                update.follow(&installing);
            }
        })
        .forget();
        gloo::timers::callback::Interval::new(ASK_EVERY_MS, move || {
            if page::online()
                && let Ok(asked) = registration.update()
            {
                spawn_local(async move {
                    // Without a network there is simply no new version yet.
                    let _ = JsFuture::from(asked).await;
                });
            }
        })
        .forget();
        Ok(())
    }

    fn follow(&self, installing: &ServiceWorker) {
        let update = self.clone();
        let worker = installing.clone();
        page::listen(installing, "statechange", move |_| {
            let replaces = container().is_some_and(|container| container.controller().is_some());
            if worker.state() == ServiceWorkerState::Installed && replaces {
                update.announce();
            }
        })
        .forget();
    }

    fn announce(&self) {
        if !self.ready.get_untracked() {
            self.ready.set(true);
        }
    }
}

/// The version that waits, if one does.
async fn waiting() -> Option<(ServiceWorkerContainer, ServiceWorker)> {
    let container = container()?;
    let registration = JsFuture::from(container.get_registration()).await.ok()?;
    let registration = registration.dyn_into::<ServiceWorkerRegistration>().ok()?;
    Some((container, registration.waiting()?))
}

/// Reloads once, when the new version has taken over.
fn reload_when_changed(container: &ServiceWorkerContainer) {
    let reloading = Rc::new(Cell::new(false));
    page::listen(container, "controllerchange", move |_| {
        if !reloading.replace(true) {
            reload();
        }
    })
    .forget();
}

fn reload() {
    if let Some(window) = page::window() {
        // A page that is being left already cannot be reloaded, and need not be.
        let _ = window.location().reload();
    }
}

/// The browser's service workers; only a secure origin has them.
fn container() -> Option<ServiceWorkerContainer> {
    let container = page::window()?.navigator().service_worker();
    JsValue::from(container.clone())
        .is_object()
        .then_some(container)
}
