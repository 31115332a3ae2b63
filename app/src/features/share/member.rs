//! What someone passes on who is no owner: the link that they came by, or the address that opens the
//! workspace to everybody.

use leptos::prelude::*;
use workspace::{Role, SyncStatus};

use super::Sharing;
use super::link_box::LinkBox;
use super::wording;
use crate::features::use_session;
use crate::i18n::{t, tf};
use crate::ui::{Banner, Button, ButtonLook, DialogActions, IconName, RadioGroup, RadioOption};

/// One's own link, or the workspace's address when nobody owns it.
#[component]
pub(super) fn Member(
    /// What the parts of the dialog share.
    sharing: Sharing,
    /// By which role one came; none when nobody owns the workspace.
    role: Option<Role>,
) -> impl IntoView {
    let part = match role {
        Some(role) => view! { <OwnLink sharing=sharing role=role/> }.into_any(),
        None => view! { <OpenAddress sharing=sharing/> }.into_any(),
    };
    let status = use_session().status();
    let waits = move || {
        let is_there = matches!(
            status.get(),
            SyncStatus::Synced { .. }
                | SyncStatus::NotSaved {
                    on_server: true,
                    ..
                }
        );
        (!is_there).then(|| {
            view! { <Banner title=move || t("share.waits") detail=Signal::derive(|| Some(t("share.waits_more")))/> }
        })
    };
    view! {
        {part}
        {waits}
    }
}

/// The link that one came by. There is none to make: it opens for others what it opens for oneself.
#[component]
fn OwnLink(sharing: Sharing, role: Role) -> impl IntoView {
    let key = sharing.node.own_key();
    let hint = move || tf("share.pass_on", &[("role", &wording::role(role))]);
    view! {
        <p class="share-role">
            <strong>{move || wording::role(role)}</strong>
            <span class="ui-hint">{move || wording::role_explained(role)}</span>
        </p>
        <p class="ui-hint">{move || t("share.owners_only")}</p>
        <LinkBox sharing=sharing key=Signal::stored(key) hint=Signal::derive(hint)/>
    }
}

/// The address that opens the workspace to whoever has it: there is one grant, and no choice.
#[component]
fn OpenAddress(sharing: Sharing) -> impl IntoView {
    let grant = RwSignal::new(Role::Edit.name().to_owned());
    let options = move || {
        vec![RadioOption {
            value: Role::Edit.name().to_owned(),
            label: wording::role(Role::Edit),
            hint: Some(wording::role_explained(Role::Edit)),
        }]
    };
    let ready = RwSignal::new(false);
    let (said, keep_name) = (sharing.said, sharing.keep_name);
    let create = move || {
        keep_name.run(());
        ready.set(true);
        said.set(Some(t("share.ready")));
    };
    let boxed = move || {
        let sharing = sharing.clone();
        ready.get().then(|| {
            let hint = Signal::derive(|| t("share.needs"));
            view! { <LinkBox sharing=sharing key=Signal::stored(None::<String>) hint=hint selected=true/> }
        })
    };
    view! {
        <RadioGroup label=move || t("share.people") options=options value=grant/>
        {boxed}
        <DialogActions>
            <Button label=move || t("share.create") look=ButtonLook::Primary icon=IconName::Link on_press=create/>
        </DialogActions>
    }
}
