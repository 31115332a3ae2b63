//! One workspace in the list: the link that opens it, and the menu of what else can be done to it.

use leptos::prelude::*;
use sync::DocumentId;
use wasm_bindgen_futures::spawn_local;

use super::{Starting, work};
use crate::i18n::{relative_time, t, tf};
use crate::platform::WorkspaceEntry;
use crate::ui::{
    Button, ButtonLook, Dialog, DialogActions, DialogSize, Icon, IconName, MenuButton, MenuItem,
    TextField, focus,
};

/// A workspace of this device.
#[component]
pub(super) fn Entry(
    /// What the page's parts share.
    starting: Starting,
    /// The workspace.
    entry: WorkspaceEntry,
) -> impl IntoView {
    let id: DocumentId = entry.id.parse().ok()?;
    let renaming = RwSignal::new(false);
    let workspaces = starting.device.workspaces();
    let given = {
        let id = entry.id.clone();
        Memo::new(move |_| {
            let now = workspaces.with(|all| {
                let found = all.iter().find(|entry| entry.id == id);
                found.map(|entry| entry.name.clone())
            });
            now.unwrap_or_else(|| entry.name.clone())
        })
    };
    let name = Signal::derive(move || given.with(|name| shown_name(name)));
    let (opened_at, minute) = (entry.opened_at, starting.minute);
    let menu_label = move || tf("start.actions_for", &[("name", &name.get())]);
    // Known before anybody can have opened the menu; until then it is not offered.
    let may_change = RwSignal::new(false);
    let device = starting.device.clone();
    spawn_local(async move {
        let may = device.may_change(&id).await;
        let _ = may_change.try_set(may);
    });
    let items = {
        let starting = starting.clone();
        move || {
            let renaming = may_change.get().then_some(renaming);
            items(&starting, id, &name.get(), renaming)
        }
    };
    Some(view! {
        <li class="workspace">
            <Icon name=IconName::LayoutDashboard/>
            <a class="workspace-name" href=(starting.address)(&id)>{name}</a>
            <span class="workspace-opened">{move || relative_time(opened_at, minute.get())}</span>
            <MenuButton label=menu_label items=items/>
            {move || renaming.get().then(|| view! {
                <Rename starting=starting.clone() id=id name=given.get_untracked() on_close=Callback::new(move |()| renaming.set(false))/>
            })}
        </li>
    })
}

/// A workspace without a name still has a link that can be read.
pub(super) fn shown_name(name: &str) -> String {
    if name.trim().is_empty() {
        t("frame.unnamed")
    } else {
        name.to_owned()
    }
}

fn items(
    starting: &Starting,
    id: DocumentId,
    name: &str,
    renaming: Option<RwSignal<bool>>,
) -> Vec<MenuItem> {
    let (copying, copy_name) = (starting.clone(), name.to_owned());
    let (removing, removed_name) = (starting.clone(), name.to_owned());
    let rename = renaming.map(|renaming| {
        MenuItem::new(t("start.rename"), move || renaming.set(true)).icon(IconName::Pencil)
    });
    let others = [
        MenuItem::new(t("start.duplicate"), move || {
            duplicate(&copying, id, &copy_name)
        })
        .icon(IconName::Copy),
        MenuItem::new(t("start.remove"), move || {
            remove(&removing, id, &removed_name)
        })
        .icon(IconName::Trash)
        .danger()
        .separated(),
    ];
    rename.into_iter().chain(others).collect()
}

fn duplicate(starting: &Starting, id: DocumentId, name: &str) {
    let (starting, copy) = (starting.clone(), tf("start.copy_of", &[("name", name)]));
    spawn_local(async move {
        match work::duplicate(starting.device.clone(), id, copy.clone()).await {
            Ok(_) => starting
                .toasts
                .tell(tf("start.duplicated", &[("name", &copy)]), None),
            Err(problem) => starting.toasts.problem(problem),
        }
    });
}

fn remove(starting: &Starting, id: DocumentId, name: &str) {
    let at = starting.device.workspaces().with_untracked(|all| {
        let mut here = all.iter().filter(|entry| entry.removed_at.is_none());
        here.position(|entry| entry.id == id.to_string())
    });
    starting.device.remove(&id);
    focus::take_place(
        ".start-list .workspace-name",
        at.unwrap_or_default(),
        ".start-actions .ui-button",
    );
    let device = starting.device.clone();
    let back = move || device.restore(&id);
    starting.toasts.tell(
        tf("start.removed_one", &[("name", name)]),
        Some(Box::new(back)),
    );
}

/// The dialog that renames a workspace without opening it.
#[component]
fn Rename(
    starting: Starting,
    id: DocumentId,
    name: String,
    on_close: Callback<()>,
) -> impl IntoView {
    let value = RwSignal::new(name);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let name = value.get_untracked().trim().to_owned();
        if name.is_empty() {
            return;
        }
        on_close.run(());
        let starting = starting.clone();
        spawn_local(async move {
            match work::rename(starting.device.clone(), id, name.clone()).await {
                Ok(()) => starting
                    .toasts
                    .tell(tf("start.renamed", &[("name", &name)]), None),
                Err(problem) => starting.toasts.problem(problem),
            }
        });
    };
    view! {
        <Dialog title=move || t("start.rename_title") size=DialogSize::Small on_close=move || on_close.run(())>
            <form on:submit=submit>
                <TextField label=move || t("start.name") value=value autofocus=true/>
                <DialogActions>
                    <Button label=move || t("start.cancel") on_press=move || on_close.run(())/>
                    <Button label=move || t("start.rename_now") look=ButtonLook::Primary submit=true/>
                </DialogActions>
            </form>
        </Dialog>
    }
}
