//! The start page: the workspaces of this device, and every way to another one. No account.

mod entry;
mod import_file;
mod list;
mod new_workspace;
mod open_link;
mod removed;
mod sample;
mod toasts;
mod work;

use std::time::Duration;

use domain::CanvasId;
use leptos::prelude::*;
use sync::DocumentId;
use wasm_bindgen_futures::spawn_local;

use crate::i18n::t;
use crate::platform::{Device, StorageState, clock, page};
use crate::ui::{Banner, Button, ButtonLook, EmptyState, IconName, Tone};
use import_file::ImportFile;
use list::WorkspaceList;
use new_workspace::NewWorkspace;
use open_link::OpenLink;
use removed::Removed;
use sample::OpenSample;
use toasts::StartToasts;

/// What the parts of the start page share.
#[derive(Clone)]
struct Starting {
    device: Device,
    open: Callback<Destination>,
    address: fn(&DocumentId) -> String,
    toasts: StartToasts,
    minute: ReadSignal<f64>,
}

/// Where a person wants to go from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Destination {
    /// The workspace.
    pub(crate) document: DocumentId,
    /// The view, when a link names one.
    pub(crate) view: Option<CanvasId>,
}

impl From<DocumentId> for Destination {
    fn from(document: DocumentId) -> Self {
        Self {
            document,
            view: None,
        }
    }
}

/// The page `/`.
#[component]
pub(crate) fn StartPage(
    /// This device.
    device: Device,
    /// Goes to a workspace.
    open: Callback<Destination>,
    /// The address of a workspace.
    address: fn(&DocumentId) -> String,
    /// The choice of language and theme, which belongs to the shell.
    #[prop(into)]
    appearance: ViewFn,
    /// What stands above everything: notices of the shell.
    children: Children,
) -> impl IntoView {
    let starting = Starting {
        device: device.clone(),
        open,
        address,
        toasts: StartToasts::new(),
        minute: minute(),
    };
    let creating = RwSignal::new(false);
    let workspaces = device.workspaces();
    let none = Memo::new(move |_| {
        workspaces.with(|all| all.iter().all(|entry| entry.removed_at.is_some()))
    });
    let create = move || creating.set(true);
    let storage = device.storage();
    let in_memory = Signal::derive(move || matches!(storage.get(), StorageState::Memory { .. }));
    let in_memory = move || in_memory.get();
    // Once the page is painted: from here on a workspace can be made without a network.
    set_timeout(|| spawn_local(work::fetch_ahead()), Duration::ZERO);
    view! {
        <main class="layout-page start">
            {children()}
            <StorageNotice device=device/>
            <header class="start-head">
                <h1 data-page-heading="" tabindex="-1">"Groundwork"</h1>
                <p>{move || t("start.purpose")}</p>
            </header>
            <div class="start-actions">
                <Button label=move || t("start.new") look=ButtonLook::Primary icon=IconName::Plus on_press=create/>
                <OpenSample starting=starting.clone()/>
                <ImportFile starting=starting.clone()/>
            </div>
            {
                let starting = starting.clone();
                move || if none.get() {
                    view! {
                        <EmptyState
                            icon=IconName::LayoutDashboard
                            title=move || t(if in_memory() { "start.empty_memory" } else { "start.empty" })
                            detail=Signal::derive(|| Some(t("start.empty_more")))
                        />
                    }
                    .into_any()
                } else {
                    view! { <WorkspaceList starting=starting.clone()/> }.into_any()
                }
            }
            <OpenLink starting=starting.clone()/>
            <Removed starting=starting.clone()/>
            <footer class="start-foot">
                <p>{move || t(promise(in_memory()))}</p>
                {appearance.run()}
            </footer>
        </main>
        {
            let starting = starting.clone();
            move || creating.get().then(|| view! {
                <NewWorkspace starting=starting.clone() on_close=move || creating.set(false)/>
            })
        }
        {starting.toasts.region()}
    }
}

/// What can be promised here.
fn promise(in_memory: bool) -> &'static str {
    match (in_memory, page::keeps_app()) {
        (true, _) => "start.promise_memory",
        (false, false) => "start.promise_plain",
        (false, true) => "start.promise",
    }
}

/// This device keeps nothing: said before anybody makes anything.
#[component]
fn StorageNotice(device: Device) -> impl IntoView {
    let storage = device.storage();
    move || {
        matches!(storage.get(), StorageState::Memory { .. }).then(|| {
            view! {
                <Banner
                    tone=Tone::Problem
                    title=move || t("notice.not_saved")
                    detail=Signal::derive(|| Some(t("start.not_saved_more")))
                />
            }
        })
    }
}

/// The time, a minute at a time, so that "3 minutes ago" stays true while the page is open.
fn minute() -> ReadSignal<f64> {
    let (minute, set_minute) = signal(now());
    let ticking = set_interval_with_handle(
        move || {
            // The page may have gone since the last minute.
            let _ = set_minute.try_set(now());
        },
        Duration::from_secs(60),
    );
    if let Ok(ticking) = ticking {
        on_cleanup(move || ticking.clear());
    }
    minute
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds fit for 285,000 years"
)]
fn now() -> f64 {
    clock::now() as f64
}
