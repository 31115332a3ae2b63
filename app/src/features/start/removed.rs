//! Workspaces that were removed from this device: nothing is lost until it is deleted for ever.

use leptos::prelude::*;
use sync::DocumentId;
use wasm_bindgen_futures::spawn_local;

use super::Starting;
use super::entry::shown_name;
use super::toasts::StartToasts;
use crate::features::storage_problem;
use crate::i18n::{t, tf};
use crate::platform::{Device, WorkspaceEntry};
use crate::ui::{
    Button, ButtonLook, Dialog, DialogActions, DialogSize, IconButton, IconName, focus, unique_id,
};

/// The section "Removed"; there only while it holds something.
#[component]
pub(super) fn Removed(
    /// What the page's parts share.
    starting: Starting,
) -> impl IntoView {
    let workspaces = starting.device.workspaces();
    let removed = move || {
        let mut all = workspaces.get();
        all.retain(|entry| entry.removed_at.is_some());
        all
    };
    let none = Memo::new(move |_| removed().is_empty());
    move || {
        let starting = starting.clone();
        let title = unique_id("removed");
        (!none.get()).then(|| {
            view! {
                <details class="start-removed">
                    <summary><span id=title.clone()>{move || t("start.removed")}</span></summary>
                    <ul role="list" aria-labelledby=title.clone()>
                        <For each=removed key=|entry| entry.id.clone() let:entry>
                            <RemovedEntry starting=starting.clone() entry=entry/>
                        </For>
                    </ul>
                </details>
            }
        })
    }
}

#[component]
fn RemovedEntry(starting: Starting, entry: WorkspaceEntry) -> impl IntoView {
    let id: DocumentId = entry.id.parse().ok()?;
    let name = StoredValue::new(shown_name(&entry.name));
    let asking = RwSignal::new(false);
    let (device, toasts) = (starting.device.clone(), starting.toasts);
    Some(view! {
        <li class="workspace">
            <span class="workspace-name">{name.get_value()}</span>
            <Button
                label=move || t("start.restore_here")
                name=Signal::derive(move || Some(name.with_value(|name| tf("start.restore", &[("name", name)]))))
                look=ButtonLook::Quiet
                icon=IconName::ArchiveRestore
                on_press=move || restore(&device, &toasts, &id, &name.get_value())
            />
            <IconButton
                label=move || name.with_value(|name| tf("start.delete_for_ever", &[("name", name)]))
                icon=IconName::Trash
                on_press=move || asking.set(true)
            />
            {move || asking.get().then(|| view! {
                <Confirm starting=starting.clone() id=id name=name.get_value() on_close=Callback::new(move |()| asking.set(false))/>
            })}
        </li>
    })
}

/// Brings a workspace back to the list; the next removed one is at hand, or the list.
fn restore(device: &Device, toasts: &StartToasts, id: &DocumentId, name: &str) {
    let at = device.workspaces().with_untracked(|all| {
        let mut removed = all.iter().filter(|entry| entry.removed_at.is_some());
        removed.position(|entry| entry.id == id.to_string())
    });
    device.restore(id);
    toasts.tell(tf("start.restored", &[("name", name)]), None);
    focus::take_place(
        ".start-removed .workspace > .ui-button:not(.ui-icon-button)",
        at.unwrap_or_default(),
        ".start-list .workspace-name",
    );
}

/// The one question of the start page: this cannot be taken back.
#[component]
fn Confirm(
    starting: Starting,
    id: DocumentId,
    name: String,
    on_close: Callback<()>,
) -> impl IntoView {
    let delete = move || {
        on_close.run(());
        let starting = starting.clone();
        spawn_local(async move {
            if let Err(error) = starting.device.delete_for_ever(&id).await {
                starting.toasts.problem(storage_problem(error));
            }
        });
    };
    view! {
        <Dialog title=move || t("start.delete_title") size=DialogSize::Small on_close=move || on_close.run(())>
            <p>{tf("start.delete_more", &[("name", &name)])}</p>
            <DialogActions>
                <Button label=move || t("start.cancel") autofocus=true on_press=move || on_close.run(())/>
                <Button label=move || t("start.delete_now") look=ButtonLook::Danger on_press=delete/>
            </DialogActions>
        </Dialog>
    }
}
