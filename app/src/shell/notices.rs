//! Banners above the canvas: what is not safe or not possible now, and the way out.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use workspace::status::NotSaved;
use workspace::{Access, Dialog, Session, SyncStatus};

use super::pages::ended_title;

use crate::features::reason_key;
use crate::i18n::{t, tf, tn};
use crate::platform::{Availability, Device, Node, StorageState, WorkerUpdate};
use crate::ui::{Banner, Button, ButtonLook, Tone};

/// The notices of an open workspace.
#[component]
pub(super) fn Notices(
    /// This device.
    device: Device,
    /// The workspace.
    node: Node,
    /// The session.
    session: Session,
    /// New versions of the app.
    update: WorkerUpdate,
) -> impl IntoView {
    let newer = {
        let availability = node.availability.clone();
        Memo::new(move |_| availability.get() == Availability::Newer)
    };
    let there = {
        let availability = node.availability.clone();
        Memo::new(move |_| {
            let it = availability.get();
            !matches!(it, Availability::Loading | Availability::Waiting)
        })
    };
    let damaged = node.unseen_damage();
    let dismissing = node.clone();
    let (lost, missing) = (node.lost.clone(), node.clone());
    let (refused, reclaimed) = (node.refused.clone(), node.reclaimed.clone());
    let (sharing, saving) = (session.clone(), session.clone());
    view! {
        <StorageNotice device=device.clone() session=session.clone()/>
        {move || newer.get().then(|| view! {
            <Banner tone=Tone::Warning title=move || t("notice.newer") detail=Signal::derive(|| Some(t("notice.newer_more")))/>
        })}
        {move || {
            let count = damaged.get();
            let (node, exporting) = (dismissing.clone(), saving.clone());
            (count > 0).then(|| view! {
                <Banner tone=Tone::Warning title=move || tn("notice.damaged", count) detail=Signal::derive(|| Some(t("notice.damaged_more")))>
                    <Button label=move || t("sync.export") on_press=move || exporting.open(Dialog::Export)/>
                    <Button label=move || t("notice.damaged_dismiss") look=ButtonLook::Quiet on_press=move || node.dismiss_damage()/>
                </Banner>
            })
        }}
        {move || {
            let count = lost.get();
            let node = missing.clone();
            (count > 0).then(|| view! {
                <Banner tone=Tone::Problem title=move || tn("notice.lost", count) detail=Signal::derive(|| Some(t("notice.lost_more")))>
                    <Button label=move || t("notice.damaged_dismiss") look=ButtonLook::Quiet on_press=move || node.dismiss_lost()/>
                </Banner>
            })
        }}
        {move || {
            let (dismissing, sharing) = (reclaimed.clone(), sharing.clone());
            reclaimed.get().then(|| view! {
                <Banner tone=Tone::Warning title=move || t("notice.reclaimed") detail=Signal::derive(|| Some(t("notice.reclaimed_more")))>
                    <Button label=move || t("command.workspace.share") on_press=move || sharing.open(Dialog::Share)/>
                    <Button label=move || t("notice.damaged_dismiss") look=ButtonLook::Quiet on_press=move || dismissing.set(false)/>
                </Banner>
            })
        }}
        <AccessNotice session=session.clone() there=there/>
        {move || refused.get().map(|reason| view! {
            <Banner
                tone=Tone::Warning
                title=move || t("notice.refused")
                detail=Signal::derive(move || Some(tf("notice.refused_more", &[("reason", &reason)])))
            />
        })}
        <UpdateNotice device=device update=update/>
    }
}

/// The workspace is not, or no more, kept in step with the server, by reason of who may open it.
#[component]
fn AccessNotice(
    session: Session,
    /// Whether there is a copy here; where there is none, the page says what is to be said.
    there: Memo<bool>,
) -> impl IntoView {
    let access = session.workspace().access();
    // A memo: what is known already must not be announced anew.
    let access = Memo::new(move |_| access.get());
    move || {
        let (title, more) = match access.get() {
            Access::Ended(_) if !there.get() => return None,
            Access::Ended(ending) => (ended_title(ending), "notice.ended_more"),
            Access::Unserved => ("notice.unserved", "notice.unserved_more"),
            Access::Open | Access::By(_) => return None,
        };
        let (exporting, sharing) = (session.clone(), session.clone());
        let unserved = access.get() == Access::Unserved;
        Some(view! {
            <Banner
                tone=if unserved { Tone::Warning } else { Tone::Problem }
                title=move || t(title)
                detail=Signal::derive(move || Some(t(more)))
            >
                {unserved.then(|| view! {
                    <Button label=move || t("command.workspace.share") on_press=move || sharing.open(Dialog::Share)/>
                })}
                <Button label=move || t("sync.export") on_press=move || exporting.open(Dialog::Export)/>
            </Banner>
        })
    }
}

/// Edits cannot be kept on this device.
#[component]
fn StorageNotice(device: Device, session: Session) -> impl IntoView {
    let (storage, status) = (device.storage(), session.status());
    let reason = Memo::new(move |_| match (storage.get(), status.get()) {
        (StorageState::Memory { reason }, _) | (_, SyncStatus::NotSaved { reason, .. }) => {
            Some(reason)
        }
        (StorageState::Durable, _) => None,
    });
    move || {
        reason.get().map(|reason: NotSaved| {
            let session = session.clone();
            view! {
                <Banner
                    tone=Tone::Problem
                    title=move || t("notice.not_saved")
                    detail=Signal::derive(move || Some(format!("{} {}", t(reason_key(reason)), t("notice.not_saved_more"))))
                >
                    <Button label=move || t("sync.export") on_press=move || session.open(Dialog::Export)/>
                </Banner>
            }
        })
    }
}

/// A new version waits; it starts when the person says so and everything is safe.
#[component]
pub(super) fn UpdateNotice(
    /// This device, which knows what is not safe yet.
    device: Device,
    /// New versions of the app.
    update: WorkerUpdate,
) -> impl IntoView {
    let ready = update.ready();
    let later = RwSignal::new(false);
    let unsafe_now = RwSignal::new(false);
    let start = StoredValue::new_local(move || {
        let (device, update) = (device.clone(), update.clone());
        spawn_local(async move {
            if update.activate(&device).await.is_err() {
                let _ = unsafe_now.try_set(true);
            }
        });
    });
    let detail = move || {
        Some(t(if unsafe_now.get() {
            "notice.update_unsafe"
        } else {
            "notice.update_more"
        }))
    };
    move || {
        (ready.get() && !later.get()).then(|| view! {
            <Banner title=move || t("notice.update") detail=Signal::derive(detail)>
                <Button label=move || t("notice.later") look=ButtonLook::Quiet on_press=move || later.set(true)/>
                <Button label=move || t("notice.update_now") on_press=move || start.with_value(|start| start())/>
            </Banner>
        })
    }
}
