//! The text of a note in a box of several lines.

use domain::{EntityId, experiment};
use leptos::prelude::*;
use workspace::Session;

use super::locks::is_locked;
use crate::features::{OpenText, UseFigures, room_left};
use crate::i18n::t;
use crate::ui::{Button, ButtonLook, unique_id};

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
    // Typing is written as it comes, so the answer comes before the first letter.
    let (is_allowed, allow) = signal(false);
    let is_held = {
        let id = id.clone();
        Memo::new(move |_| {
            figures.get().watch_all();
            !is_allowed.get() && is_locked(&figures, &id, experiment::TEXT)
        })
    };
    let locked = move || {
        is_held.get().then(|| {
            view! {
                <div class="details-question">
                    <p>{t("details.locked_asks")}</p>
                    <Button
                        label=move || t("details.locked_change")
                        look=ButtonLook::Danger
                        on_press=move || allow.set(true)
                    />
                </div>
            }
        })
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
                prop:readOnly=move || is_held.get()
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
