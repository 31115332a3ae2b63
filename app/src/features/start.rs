//! The start page: the workspaces of this device, and every way to another one. No account.

mod entry;
mod import_file;
mod list;
mod new_workspace;
mod open_link;
mod removed;
mod sample;
mod toasts;

use leptos::prelude::*;
use sync::DocumentId;

use crate::i18n::t;
use crate::platform::{Device, StorageState};
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
    open: Callback<DocumentId>,
    address: fn(&DocumentId) -> String,
    toasts: StartToasts,
}

/// The page `/`.
#[component]
pub(crate) fn StartPage(
    /// This device.
    device: Device,
    /// Goes to a workspace.
    open: Callback<DocumentId>,
    /// The address of a workspace.
    address: fn(&DocumentId) -> String,
    /// What stands above everything: notices of the shell.
    children: Children,
) -> impl IntoView {
    let starting = Starting {
        device: device.clone(),
        open,
        address,
        toasts: StartToasts::new(),
    };
    let creating = RwSignal::new(false);
    let workspaces = device.workspaces();
    let none = Memo::new(move |_| {
        workspaces.with(|all| all.iter().all(|entry| entry.removed_at.is_some()))
    });
    let create = move || creating.set(true);
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
                            title=move || t("start.empty")
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
            <footer class="start-foot"><p>{move || t("start.promise")}</p></footer>
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
