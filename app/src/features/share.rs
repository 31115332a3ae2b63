//! The dialog "Share workspace": one's name at the first time, the link, and what it needs to work.
//!
//! Invariant: it promises nothing that is not so. In this version a document's id is its key, so
//! there is one grant, "Can edit", and no way to take a link back.

mod address;

use domain::Hue;
use leptos::html::Input;
use leptos::prelude::*;
use sync::DocumentId;
use wasm_bindgen_futures::spawn_local;
use workspace::{Dialog as Opened, SyncStatus};

use crate::features::{hue_swatches, use_session};
use crate::i18n::{t, tf};
use crate::platform::{Device, files};
use crate::ui::{
    Action, Banner, Button, ButtonLook, ColourPicker, Dialog, DialogActions, IconName, RadioGroup,
    RadioOption, TextField, Tone,
};
use address::Address;

/// The one grant there is.
const EDIT: &str = "edit";

/// What became of the link.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    None,
    Ready,
    Copied,
    NotCopied,
}

/// Shares the open workspace.
#[component]
pub(crate) fn ShareDialog(
    /// This device, which keeps the person's name.
    device: Device,
    /// The workspace's document.
    document: DocumentId,
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let session = use_session();
    let address = Address::of(document);
    let link = RwSignal::new(address.link());
    let field = NodeRef::<Input>::new();
    let grant = RwSignal::new(EDIT.to_owned());
    let identity = device.identity();
    let unknown = identity.with_untracked(|me| me.name.is_empty());
    let name = RwSignal::new(identity.with_untracked(|me| me.name.clone()));
    let colour = RwSignal::new(identity.with_untracked(|me| me.colour));

    let keep_name = {
        let device = device.clone();
        move || {
            let chosen = name.get_untracked();
            if unknown && !chosen.trim().is_empty() {
                device.set_identity(&chosen, colour.get_untracked());
            }
        }
    };
    let select = move || {
        if let Some(field) = field.get_untracked() {
            // An element that is on show takes the focus.
            let _ = field.focus();
            field.select();
        }
    };
    let outcome = RwSignal::new(Outcome::None);
    let create = {
        let keep_name = keep_name.clone();
        move || {
            keep_name();
            select();
            outcome.set(Outcome::Ready);
        }
    };
    let copy = move || {
        keep_name();
        outcome.set(Outcome::None);
        spawn_local(async move {
            let copied = files::copy(&link.get_untracked()).await;
            // The dialog may have been closed meanwhile.
            let _ = outcome.try_set(if copied {
                Outcome::Copied
            } else {
                Outcome::NotCopied
            });
            if !copied {
                select();
            }
        });
    };
    let said = Signal::derive(move || match outcome.get() {
        Outcome::None | Outcome::NotCopied => None,
        Outcome::Ready => Some(t("share.ready")),
        Outcome::Copied => Some(t("share.copied")),
    });
    let failed = move || {
        (outcome.get() == Outcome::NotCopied).then(|| {
            view! { <Banner tone=Tone::Problem title=move || t("share.copy_failed")/> }
        })
    };
    let status = session.status();
    let waits = move || {
        (!matches!(status.get(), SyncStatus::Synced { .. })).then(|| {
        view! { <Banner title=move || t("share.waits") detail=Signal::derive(|| Some(t("share.waits_more")))/> }
    })
    };
    let loopback = address.is_loopback().then(|| {
        let host = address.host().to_owned();
        view! {
            <Banner
                tone=Tone::Warning
                title=move || t("share.loopback")
                detail=Signal::derive(move || Some(tf("share.loopback_more", &[("host", &host)])))
            />
        }
    });
    let person = if unknown {
        view! { <AskName name=name colour=colour/> }.into_any()
    } else {
        let opening = session.clone();
        view! {
            <p class="share-person">
                <span>{move || identity.with(|me| tf("share.as", &[("name", &me.name)]))}</span>
                <Button
                    label=move || t("share.change_person")
                    look=ButtonLook::Quiet
                    on_press=move || opening.open(Opened::Profile)
                />
            </p>
        }
        .into_any()
    };
    let grants = move || {
        vec![RadioOption {
            value: EDIT.to_owned(),
            label: t("share.can_edit"),
            hint: Some(t("share.can_edit_more")),
        }]
    };
    view! {
        <Dialog title=move || t("share.title") said=said on_close=on_close>
            {person}
            <RadioGroup label=move || t("share.people") options=grants value=grant/>
            <div class="share-link">
                <TextField
                    label=move || t("share.link")
                    value=link
                    read_only=true
                    node_ref=field
                    hint=Signal::derive(|| Some(t("share.needs")))
                />
                <Button
                    label=move || if outcome.get() == Outcome::Copied { t("share.copied") } else { t("share.copy") }
                    icon=IconName::Copy
                    on_press=copy
                />
            </div>
            {failed}
            {loopback}
            {waits}
            <DialogActions>
                <Button label=move || t("share.create") look=ButtonLook::Primary icon=IconName::Link autofocus=!unknown on_press=create/>
            </DialogActions>
        </Dialog>
    }
}

/// Asks who is sharing; kept on the device.
#[component]
fn AskName(name: RwSignal<String>, colour: RwSignal<Hue>) -> impl IntoView {
    view! {
        <TextField
            label=move || t("person.name")
            value=name
            hint=Signal::derive(|| Some(t("person.hint")))
            autofocus=true
            autocomplete="name"
        />
        <ColourPicker
            label=move || t("person.colour")
            swatches=hue_swatches
            solid=true
            value=Signal::derive(move || colour.get().name().to_owned())
            on_choose=move |chosen: String| colour.set(Hue::from(chosen))
        />
    }
}
