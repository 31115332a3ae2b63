//! The status region "Sync": where the latest edits are safe, in a few honest words; more on demand.
//!
//! It changes with every keystroke, so it does not speak by itself; what matters of it (offline, not
//! saved, and back) is announced.

use document::Command;
use domain::Graph;
use leptos::html::Div;
use leptos::prelude::*;
use workspace::{Access, Message, Session, SyncStatus, Tone};

use crate::features::reason_key;
use crate::i18n::{t, tn};
use crate::ui::{Button, Icon, IconName, unique_id};

/// The status region.
#[component]
pub(super) fn SyncRegion(
    /// The session.
    session: Session,
) -> impl IntoView {
    announce_changes(&session);
    let status = {
        let session = session.clone();
        Memo::new(move |_| session.status_while_typing())
    };
    let open = RwSignal::new(false);
    let root = NodeRef::<Div>::new();
    let details = unique_id("sync");
    let short = {
        let access = session.workspace().access();
        move || short_words(status.get(), access.get())
    };
    let (icon, words, kind) = {
        (
            Signal::derive(move || icon_of(status.get())),
            {
                let access = session.workspace().access();
                move || with_access(words_of(status.get()), status.get(), access.get())
            },
            move || name_of(status.get()),
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
            let (session, details) = (session.clone(), details.clone());
            let access = session.workspace().access();
            let words_again = {
                let access = access.clone();
                move || with_access(words_of(status.get()), status.get(), access.get())
            };
            let by_link =
                move || access_explained(access.get()).map(|line| view! { <p>{line}</p> });
            // Looked for when somebody asks: it reads every entry.
            let (intrusion, wiped) = match open.get() {
                true => (intrusion(&session), wiped(&session)),
                false => (Vec::new(), None),
            };
            open.get().then(|| view! {
                <div class="sync-details" id=details tabindex="-1">
                    <p><strong>{words_again}</strong></p>
                    {move || explanation(status.get()).into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
                    {by_link}
                    {intrusion.iter().map(|line| view! { <p>{line.clone()}</p> }).collect_view()}
                    {wiped.map(|graph| way_back(&session, graph, open))}
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
                    <span class="sync-short" aria-hidden="true">{short}</span>
                </button>
            </div>
            {panel}
        </div>
    }
}

const fn icon_of(status: SyncStatus) -> IconName {
    match status {
        SyncStatus::SavedOnDevice { .. } => IconName::HardDrive,
        SyncStatus::Saving => IconName::Loader,
        SyncStatus::Synced { .. } => IconName::CircleCheck,
        SyncStatus::Offline { .. } => IconName::CloudOff,
        SyncStatus::NotSaved { .. } => IconName::TriangleAlert,
    }
}

const fn name_of(status: SyncStatus) -> &'static str {
    match status {
        SyncStatus::SavedOnDevice { .. } => "device",
        SyncStatus::Saving => "saving",
        SyncStatus::Synced { .. } => "synced",
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
        SyncStatus::SavedOnDevice { .. } => t("sync.device"),
        SyncStatus::Saving => t("sync.saving"),
        SyncStatus::Synced { .. } => t("sync.synced"),
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

/// The same line, for those who may only look, and for those whose link opens nothing any more:
/// they have no connection, which is no fault of the network's.
fn with_access(words: String, status: SyncStatus, access: Access) -> String {
    let (words, more) = match access {
        Access::Ended(_) if matches!(status, SyncStatus::Offline { .. }) => {
            (t("sync.device"), "sync.ended")
        }
        Access::Ended(_) => (words, "sync.ended"),
        access if !access.may_edit() => (words, "sync.view_only"),
        _ => return words,
    };
    format!("{words} · {}", t(more))
}

/// The same for a phone, where no more than two words fit; assistive technology hears the line.
fn short_words(status: SyncStatus, access: Access) -> String {
    let key = match status {
        SyncStatus::NotSaved {
            on_server: false, ..
        } => "sync.short.not_saved",
        SyncStatus::NotSaved {
            on_server: true, ..
        } => "sync.short.server_only",
        _ if matches!(access, Access::Ended(_)) => "sync.short.ended",
        SyncStatus::SavedOnDevice { .. } => "sync.short.device",
        SyncStatus::Saving => "sync.short.saving",
        SyncStatus::Synced { .. } => "sync.short.synced",
        SyncStatus::Offline { .. } => "sync.short.offline",
    };
    match status {
        SyncStatus::Offline { waiting } if waiting > 0 && key == "sync.short.offline" => {
            format!("{} · {waiting}", t(key))
        }
        _ => t(key),
    }
}

/// What the link means for the edits.
fn access_explained(access: Access) -> Option<String> {
    match access {
        Access::Ended(_) => Some(t("sync.ended_more")),
        access if !access.may_edit() => Some(t("sync.view_only_more")),
        Access::Unserved => Some(t("notice.unserved_more")),
        Access::Open | Access::By(_) => None,
    }
}

/// What is safe, what is not, and what to do.
fn explanation(status: SyncStatus) -> Vec<String> {
    match status {
        SyncStatus::SavedOnDevice {
            server_failing: false,
        } => vec![t("sync.device_more")],
        SyncStatus::SavedOnDevice {
            server_failing: true,
        } => vec![t("sync.server_failing_more")],
        SyncStatus::Saving => vec![t("sync.saving_more")],
        SyncStatus::Synced { seen: false } => vec![t("sync.synced_more")],
        SyncStatus::Synced { seen: true } => vec![t("sync.synced_more"), t("sync.seen_more")],
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

/// What another program has put into the workspace, and what it does not do.
fn intrusion(session: &Session) -> Vec<String> {
    let found = session
        .workspace()
        .with_document(|document| document.intrusion());
    let found = found.unwrap_or_default();
    let displaced = (found.displaced > 0).then(|| t("intrusion.displaced"));
    let unreadable = (found.unreadable > 0).then(|| tn("intrusion.unreadable", found.unreadable));
    displaced.into_iter().chain(unreadable).collect()
}

/// What another program has taken out of the workspace, for those who may bring it back.
fn wiped(session: &Session) -> Option<Graph> {
    let found = session
        .workspace()
        .with_document(|document| document.wiped())?;
    let is_any = !(found.entities.is_empty() && found.links.is_empty());
    (is_any && session.may_edit()).then_some(found)
}

/// The button that brings it back, in one gesture.
fn way_back(session: &Session, graph: Graph, open: RwSignal<bool>) -> AnyView {
    let (session, count) = (session.clone(), graph.entities.len());
    let press = move || {
        open.set(false);
        let graph = graph.clone();
        // A refusal has been told in a toast.
        if session.dispatch(Command::Import { graph }).is_ok() {
            let done = Message::plain("intrusion.back").counted(count);
            session.toast(done, Tone::Calm, Some("edit.undo"));
        }
    };
    view! {
        <p>{tn("intrusion.wiped", count)}</p>
        <Button label=move || t("intrusion.restore") icon=IconName::Restore on_press=press/>
    }
    .into_any()
}

/// Says when the connection goes and comes back, and when edits are at risk.
fn announce_changes(session: &Session) {
    let session = session.clone();
    Effect::new(move |told: Option<Told>| {
        let status = session.status().get();
        let (told, news) = told.unwrap_or_default().hear(status);
        // That one can go on working is not so for whoever only reads, or whose link has just ended.
        let is_so = |key| key != OFFLINE_NEWS || untrack(|| session.may_edit());
        if let Some(key) = news.filter(|key| is_so(*key)) {
            session.announce(vec![Message::plain(key)]);
        }
        told
    });
}

const OFFLINE_NEWS: &str = "announce.offline";

/// What a person has been told about the status. Each edit is saved and synced again, and each
/// visit begins without a connection: neither is news. News is what was well and no longer is, and
/// that it is well again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Told {
    was_well: bool,
    trouble: Option<&'static str>,
}

impl Told {
    /// The state after `status`, and the message key of what is news.
    fn hear(self, status: SyncStatus) -> (Self, Option<&'static str>) {
        let trouble = match status {
            SyncStatus::SavedOnDevice { .. } | SyncStatus::Saving => return (self, None),
            SyncStatus::Synced { .. } => None,
            SyncStatus::Offline { .. } if !self.was_well => return (self, None),
            SyncStatus::Offline { .. } => Some(OFFLINE_NEWS),
            SyncStatus::NotSaved { .. } => Some("announce.not_saved"),
        };
        let news = if trouble == self.trouble {
            None
        } else {
            trouble.or(Some("announce.synced"))
        };
        (
            Self {
                was_well: self.was_well || trouble.is_none(),
                trouble,
            },
            news,
        )
    }
}

#[cfg(test)]
mod tests {
    use workspace::status::NotSaved;

    use super::*;

    fn check(statuses: &[SyncStatus], expected: &[&str]) {
        let mut told = Told::default();
        let mut news = Vec::new();
        for status in statuses {
            let (now, said) = told.hear(*status);
            told = now;
            news.extend(said);
        }
        assert_eq!(news, expected);
    }

    const OFFLINE: SyncStatus = SyncStatus::Offline { waiting: 1 };
    const SYNCED: SyncStatus = SyncStatus::Synced { seen: false };
    const ON_DEVICE: SyncStatus = SyncStatus::SavedOnDevice {
        server_failing: false,
    };

    #[test]
    fn opening_and_editing_is_no_news() {
        use SyncStatus::Saving;
        check(
            &[
                Saving, OFFLINE, ON_DEVICE, SYNCED, Saving, ON_DEVICE, SYNCED,
            ],
            &[],
        );
    }

    #[test]
    fn losing_the_connection_and_finding_it_is_told_once_each() {
        let offline_again = SyncStatus::Offline { waiting: 2 };
        let statuses = [SYNCED, OFFLINE, SyncStatus::Saving, offline_again, SYNCED];
        check(&statuses, &["announce.offline", "announce.synced"]);
    }

    #[test]
    fn a_full_device_is_told_at_once() {
        let full = SyncStatus::NotSaved {
            reason: NotSaved::Full,
            on_server: false,
        };
        check(&[SyncStatus::Saving, full], &["announce.not_saved"]);
    }
}
