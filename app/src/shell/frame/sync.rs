//! The status region "Sync": where the latest edits are safe, in a few honest words; more on demand.
//!
//! It changes with every keystroke, so it does not speak by itself; what matters of it (offline, not
//! saved, and back) is announced.

use leptos::html::Div;
use leptos::prelude::*;
use workspace::status::NotSaved;
use workspace::{Message, Session, SyncStatus};

use crate::i18n::{t, tn};
use crate::ui::{Button, Icon, IconName, unique_id};

/// The status region.
#[component]
pub(super) fn SyncRegion(
    /// The session.
    session: Session,
) -> impl IntoView {
    announce_changes(&session);
    let status = session.status();
    let open = RwSignal::new(false);
    let root = NodeRef::<Div>::new();
    let details = unique_id("sync");
    let (icon, words, kind) = {
        let (one, other, third) = (status.clone(), status.clone(), status.clone());
        (
            Signal::derive(move || icon_of(one.get())),
            move || words_of(other.get()),
            move || name_of(third.get()),
        )
    };
    let leave = move |event: web_sys::FocusEvent| {
        let stays = event.related_target().is_some_and(|to| {
            use wasm_bindgen::JsCast;
            root.get_untracked()
                .is_some_and(|root| root.contains(to.dyn_ref()))
        });
        if !stays && open.get_untracked() {
            open.set(false);
        }
    };
    let panel = {
        let (session, details) = (session.clone(), details.clone());
        move || {
            let (status, session, details) = (session.status(), session.clone(), details.clone());
            let words_again = {
                let status = status.clone();
                move || words_of(status.get())
            };
            open.get().then(|| view! {
                <div class="sync-details" id=details tabindex="-1">
                    <p><strong>{words_again}</strong></p>
                    {move || explanation(status.get()).into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
                    <Button
                        label=move || t("sync.export")
                        icon=IconName::Download
                        on_press=move || {
                            open.set(false);
                            session.open(workspace::Dialog::Export);
                        }
                    />
                </div>
            })
        }
    };
    view! {
        <div
            node_ref=root
            class="sync"
            data-status=kind
            on:focusout=leave
            on:keydown=move |event| {
                if event.key() == "Escape" && open.get_untracked() {
                    event.prevent_default();
                    event.stop_propagation();
                    open.set(false);
                }
            }
        >
            <div role="status" aria-live="off" aria-label=move || t("sync.title")>
                <button
                    type="button"
                    class="ui-button sync-button"
                    data-look="quiet"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-controls=details
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <Icon name=icon/>
                    <span class="sync-words">{words}</span>
                </button>
            </div>
            {panel}
        </div>
    }
}

const fn icon_of(status: SyncStatus) -> IconName {
    match status {
        SyncStatus::SavedOnDevice => IconName::HardDrive,
        SyncStatus::Saving => IconName::Loader,
        SyncStatus::Synced => IconName::CircleCheck,
        SyncStatus::Offline { .. } => IconName::CloudOff,
        SyncStatus::NotSaved { .. } => IconName::TriangleAlert,
    }
}

const fn name_of(status: SyncStatus) -> &'static str {
    match status {
        SyncStatus::SavedOnDevice => "device",
        SyncStatus::Saving => "saving",
        SyncStatus::Synced => "synced",
        SyncStatus::Offline { .. } => "offline",
        SyncStatus::NotSaved {
            on_server: true, ..
        } => "server-only",
        SyncStatus::NotSaved {
            on_server: false, ..
        } => "not-saved",
    }
}

/// One line, which starts with the state's fixed words.
fn words_of(status: SyncStatus) -> String {
    match status {
        SyncStatus::SavedOnDevice => t("sync.device"),
        SyncStatus::Saving => t("sync.saving"),
        SyncStatus::Synced => t("sync.synced"),
        SyncStatus::Offline { waiting: 0 } => t("sync.offline"),
        SyncStatus::Offline { waiting } => tn("sync.offline_waiting", waiting),
        SyncStatus::NotSaved {
            on_server: true, ..
        } => t("sync.server_only"),
        SyncStatus::NotSaved {
            on_server: false, ..
        } => t("sync.not_saved"),
    }
}

/// What is safe, what is not, and what to do.
fn explanation(status: SyncStatus) -> Vec<String> {
    match status {
        SyncStatus::SavedOnDevice => vec![t("sync.device_more")],
        SyncStatus::Saving => vec![t("sync.saving_more")],
        SyncStatus::Synced => vec![t("sync.synced_more")],
        SyncStatus::Offline { .. } => vec![t("sync.offline_more")],
        SyncStatus::NotSaved { reason, on_server } => vec![
            t(reason_key(reason)),
            t(if on_server {
                "sync.server_only_more"
            } else {
                "sync.not_saved_more"
            }),
        ],
    }
}

/// Why the device's storage fails.
pub(in crate::shell) const fn reason_key(reason: NotSaved) -> &'static str {
    match reason {
        NotSaved::Refused => "sync.reason_refused",
        NotSaved::Blocked => "sync.reason_blocked",
        NotSaved::Full => "sync.reason_full",
        NotSaved::Failed => "sync.reason_failed",
    }
}

/// Says when the connection goes and comes back, and when edits are at risk.
fn announce_changes(session: &Session) {
    let session = session.clone();
    Effect::new(move |before: Option<&'static str>| {
        let (status, now) = session.status().with(|status| (*status, name_of(*status)));
        // What comes and goes with each edit is passed over: the last lasting state counts.
        let lasting = matches!(
            status,
            SyncStatus::Synced | SyncStatus::Offline { .. } | SyncStatus::NotSaved { .. }
        );
        if !lasting {
            return before.unwrap_or(now);
        }
        if before.is_some_and(|before| before != now && before != "device" && before != "saving") {
            let key = match status {
                SyncStatus::Offline { .. } => "announce.offline",
                SyncStatus::NotSaved { .. } => "announce.not_saved",
                _ => "announce.synced",
            };
            session.announce(vec![Message::plain(key)]);
        }
        now
    });
}
