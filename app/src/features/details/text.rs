//! The text of a note in a box of several lines.

use domain::{EntityId, experiment};
use leptos::prelude::*;
use workspace::Session;

use super::locks::is_locked;
use crate::features::{OpenText, UseFigures, room_left};
use crate::i18n::t;
use crate::ui::unique_id;

/// The text of a note, to edit.
#[component]
pub(super) fn NoteText(
    /// The note.
    id: EntityId,
    /// The session.
    session: Session,
    /// The workspace's figures.
    figures: UseFigures,
) -> impl IntoView {
    let locked = {
        let id = id.clone();
        move || {
            figures.get().watch_all();
            let is_locked = is_locked(&figures, &id, experiment::TEXT);
            is_locked.then(|| view! { <p class="ui-hint">{t("details.locked_part")}</p> })
        }
    };
    let field = unique_id("note-text");
    let editing = OpenText::open(&session, &id, None);
    let (typing, composed, left) = (session.clone(), session.clone(), session);
    view! {
        <div class="ui-field">
            <label class="ui-label" for=field.clone()>{move || t("details.text")}</label>
            <textarea
                node_ref=editing.area
                id=field
                class="ui-input ui-area"
                rows="3"
                spellcheck="true"
                autofocus=true
                prop:value=editing.first()
                on:input=move |_| editing.typed(&typing)
                on:blur=move |_| editing.reconcile(&left)
                on:compositionstart=move |_| editing.compose(true)
                on:compositionend=move |_| {
                    editing.compose(false);
                    editing.typed(&composed);
                }
            ></textarea>
            {room_left(editing.length())}
            {locked}
        </div>
    }
}
