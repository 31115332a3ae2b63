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
    // Where nobody owns the workspace there is one grant, and no choice.
    let grant = RwSignal::new(role.unwrap_or(Role::Edit).name().to_owned());
    let options = move || {
        let role = role.unwrap_or(Role::Edit);
        vec![RadioOption {
            value: role.name().to_owned(),
            label: wording::role(role),
            hint: Some(wording::role_explained(role)),
        }]
    };
    let key = role.and(sharing.node.own_key());
    let ready = RwSignal::new(false);
    let (said, keep_name) = (sharing.said, sharing.keep_name);
    let create = move || {
        keep_name.run(());
        ready.set(true);
        said.set(Some(t("share.ready")));
    };
    let hint = move || match role {
        Some(role) => tf("share.pass_on", &[("role", &wording::role(role))]),
        None => t("share.needs"),
    };
    let status = use_session().status();
    let waits = move || {
        (!matches!(status.get(), SyncStatus::Synced { .. })).then(|| {
            view! { <Banner title=move || t("share.waits") detail=Signal::derive(|| Some(t("share.waits_more")))/> }
        })
    };
    let boxed = move || {
        let (sharing, key) = (sharing.clone(), key.clone());
        ready.get().then(|| {
            view! { <LinkBox sharing=sharing key=Signal::stored(key) hint=Signal::derive(hint) selected=true/> }
        })
    };
    view! {
        <RadioGroup label=move || t("share.people") options=options value=grant/>
        {role.map(|_| view! { <p class="ui-hint">{move || t("share.owners_only")}</p> })}
        {boxed}
        {waits}
        <DialogActions>
            <Button label=move || t("share.create") look=ButtonLook::Primary icon=IconName::Link on_press=create/>
        </DialogActions>
    }
}
