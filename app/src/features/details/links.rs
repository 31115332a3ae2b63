//! What a note has to do with others: one sentence a link, the way there, and the way to end it.

use document::Command;
use domain::{EntityId, Link, LinkId, catalogue};
use leptos::prelude::*;
use workspace::{Dialog as Opened, Session};

use crate::features::note_words;
use crate::i18n::{language, t, tf};
use crate::ui::{Button, ButtonLook, IconButton, IconName};

/// The links from and to a note.
#[component]
pub(super) fn NoteLinks(
    /// The note.
    id: EntityId,
    /// The session.
    session: Session,
) -> impl IntoView {
    let links = session.workspace().projection().links_of(&id);
    let rows = {
        let (id, session) = (id.clone(), session.clone());
        move || {
            let links = links.get();
            (!links.is_empty()).then(|| {
                let rows = links
                    .into_iter()
                    .map(|(link_id, link)| row(&session, &id, link_id, &link))
                    .collect_view();
                view! { <ul class="details-rows" role="list">{rows}</ul> }
            })
        }
    };
    view! {
        <section class="details-part">
            <h3 class="ui-label">{move || t("details.links")}</h3>
            {rows}
            {move || session.may_edit().then(|| {
                let (session, id) = (session.clone(), id.clone());
                view! {
                    <Button
                        label=move || t("command.note.link")
                        look=ButtonLook::Quiet
                        icon=IconName::Link
                        on_press=move || session.open(Opened::Link(id.clone()))
                    />
                }
            })}
        </section>
    }
}

fn row(session: &Session, id: &EntityId, link_id: LinkId, link: &Link) -> impl IntoView + use<> {
    let forward = link.from == *id;
    let other = if forward {
        link.to.clone()
    } else {
        link.from.clone()
    };
    let kind = catalogue::link_kind(&link.kind);
    let relation = move || {
        let words = kind.map(|kind| if forward { &kind.title } else { &kind.inverse });
        words.map_or_else(
            || t("details.newer_link"),
            |words| words.text(language().code()).to_owned(),
        )
    };
    let words = {
        let (session, other) = (session.clone(), other.clone());
        Signal::derive(move || note_words(&session, &other))
    };
    let (opening, removing, looking) = (session.clone(), session.clone(), session.clone());
    let remove = move || {
        let command = Command::RemoveLink {
            id: link_id.clone(),
        };
        removing.dispatch_asking(command, |_| ());
    };
    view! {
        <li class="details-row">
            <p>
                <span class="ui-hint">{relation}</span> " "
                <button type="button" class="details-other" on:click=move |_| opening.open(Opened::Details(other.clone()))>
                    {words}
                </button>
            </p>
            {move || looking.may_edit().then(|| view! {
                <IconButton
                    label=Signal::derive(move || tf("details.unlink", &[("text", &words.get())]))
                    icon=IconName::Unlink
                    on_press=remove.clone()
                />
            })}
        </li>
    }
}
