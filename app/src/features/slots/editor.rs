//! The text box over a note: Enter keeps, Esc takes this edit back, a colleague's change merges in.

use domain::EntityId;
use leptos::prelude::*;
use web_sys::KeyboardEvent;
use workspace::Session;

use super::textbox;
use crate::features::{OpenText, use_session};

/// The text box of a note that is being edited.
#[component]
pub(super) fn NoteEditor(
    /// The note.
    id: EntityId,
    /// The accessible name of the box.
    #[prop(into)]
    label: Signal<String>,
    /// Called when the person has finished with Enter or Esc: the note takes the focus.
    on_done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let editing = OpenText::open(&session, &id);
    editing.area.on_load(|area| textbox::enter(&area));

    let typed = {
        let session = session.clone();
        move |_| editing.typed(&session)
    };
    let on_key = {
        let session = session.clone();
        move |event: KeyboardEvent| pressed(editing, &event, &session, on_done)
    };
    let left = move |event| {
        if textbox::has_left(&event) {
            close(&session, &id);
        }
    };
    view! {
        <textarea
            node_ref=editing.area
            class="note-box"
            rows="1"
            spellcheck="true"
            enterkeyhint="done"
            aria-label=label
            prop:value=editing.first()
            on:input=typed
            on:keydown=on_key
            on:blur=left
            on:compositionstart=move |_| editing.compose(true)
            on:compositionend=move |_| editing.compose(false)
        ></textarea>
    }
}

/// Enter keeps, Shift+Enter breaks the line, Esc takes back.
fn pressed(editing: OpenText, event: &KeyboardEvent, session: &Session, on_done: Callback<()>) {
    // Enter and Esc belong to the input method while it composes.
    if event.is_composing() {
        return;
    }
    match event.key().as_str() {
        "Enter" if !event.shift_key() => {
            event.prevent_default();
            event.stop_propagation();
            editing.reconcile(session);
            on_done.run(());
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            editing.take_back(session);
            on_done.run(());
        }
        _ => {}
    }
}

/// The box has lost the focus: the note shows its text again.
fn close(session: &Session, id: &EntityId) {
    if session.editing().get_untracked().as_ref() == Some(id) {
        session.editing().set(None);
    }
}
