//! One note on a canvas: its text, or its text box; its colour; the button that opens its menu.
//!
//! Invariant: it reads its own signals only, so that one edit re-renders one note. It has no
//! listeners of its own: the canvas hears clicks and keys for all.

use domain::{EntityId, FieldValue};
use leptos::prelude::*;
use workspace::{Body, Note};

use super::editor::NoteEditor;
use super::figures::mark_of;
use super::names::SlotName;
use super::surface::Surface;
use crate::features::use_session;
use crate::i18n::{t, tf};
use crate::ui::{Icon, IconName};

/// A note of a slot.
#[component]
pub(super) fn NoteItem(
    /// The note.
    id: EntityId,
    /// The slot that shows it.
    within: SlotName,
    /// The canvas around it.
    surface: Surface,
) -> impl IntoView {
    let note = use_session().workspace().projection().note(&id)?;
    let body = note.body.clone();
    let hue = move || body.with(hue_of);
    let label = {
        let note = note.clone();
        move || spoken(&note)
    };
    let key = Some(id.clone());
    let cut = {
        let (surface, key) = (surface.clone(), key.clone());
        move || surface.cut.selected(&key).then_some("true")
    };
    let content = {
        let (surface, note, id, key) = (surface.clone(), note.clone(), id.clone(), key.clone());
        move || {
            if surface.editing.selected(&key) {
                let (done, note_id) = (surface.clone(), id.clone());
                let slot = within.clone();
                view! {
                    <NoteEditor
                        id=id.clone()
                        surface=surface.clone()
                        label=Signal::derive(move || tf("slots.note_in", &[("slot", &slot.title())]))
                        on_done=Callback::new(move |()| done.leave_editor(&note_id))
                    />
                }
                .into_any()
            } else {
                let body = note.body.clone();
                let words = body.clone();
                // A note without words says so to the eye too.
                let blank = move || {
                    body.with(|body| body.text.trim().is_empty())
                        .then(|| t("slots.empty_note"))
                };
                view! { <p class="note-text" data-blank=blank>{move || words.with(|body| body.text.clone())}</p> }
                    .into_any()
            }
        }
    };
    let mark = {
        let (surface, body, id) = (surface.clone(), note.body.clone(), id.clone());
        move || mark_of(&surface, &id, || body.with(|body| body.kind.clone()))
    };
    let actions_id = id.clone();
    let actions = move || {
        let shown = surface.focused.selected(&key) || surface.hovered.selected(&key);
        (shown && !surface.editing.selected(&key))
            .then(|| view! { <ActionsButton id=actions_id.clone() note=note.clone() surface=surface.clone()/> })
    };
    Some(view! {
        <li class="note" data-note=id.to_string() data-stop="" tabindex="-1" aria-label=label data-hue=hue data-cut=cut>
            {content}
            {mark}
            {actions}
        </li>
    })
}

/// The button that opens the note's menu, on the note that has the focus or the pointer.
#[component]
fn ActionsButton(id: EntityId, note: Note, surface: Surface) -> impl IntoView {
    let open = {
        let (menu, id) = (use_session().menu(), id.clone());
        move || {
            if menu.with(|menu| menu.as_ref() == Some(&id)) {
                "true"
            } else {
                "false"
            }
        }
    };
    view! {
        <button
            type="button"
            class="ui-button ui-icon-button note-actions"
            data-look="quiet"
            tabindex="-1"
            aria-haspopup="menu"
            aria-expanded=open
            aria-label=move || tf("slots.actions_for", &[("text", &spoken(&note))])
            on:click=move |_| surface.open_menu(&id, None)
        >
            <Icon name=IconName::Ellipsis/>
        </button>
    }
}

/// The note's text as its accessible name.
fn spoken(note: &Note) -> String {
    let text = note.body.with(|body| body.text.clone());
    if text.trim().is_empty() {
        t("slots.empty_note")
    } else {
        text
    }
}

/// The name of the note's colour; none for plain paper.
fn hue_of(body: &Body) -> Option<String> {
    match body.fields.get("colour") {
        Some(FieldValue::Text(name)) => Some(name.clone()),
        _ => None,
    }
}
