//! The text box over a note: Enter keeps, Esc takes this edit back, a colleague's change merges in.

use domain::EntityId;
use leptos::prelude::*;
use web_sys::{FocusEvent, KeyboardEvent};
use workspace::Session;

use super::later::{Part, later};
use super::surface::Surface;
use super::{dom, textbox};
use crate::features::{OpenText, use_session};

/// The text box of a note that is being edited.
#[component]
pub(super) fn NoteEditor(
    /// The note.
    id: EntityId,
    /// The accessible name of the box.
    #[prop(into)]
    label: Signal<String>,
    /// The canvas.
    surface: Surface,
    /// Called when the person has finished with Enter or Esc: the note takes the focus.
    on_done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let editing = OpenText::open(&session, &id, Some(surface.handover));
    editing.area.on_load(move |area| {
        // Not by a property of the view: that is set later, and moves the caret to the end.
        area.set_value(&editing.first());
        textbox::enter(&area, editing.caret());
    });

    let room = later(&surface, Part::Room(editing.length()));
    let typed = {
        let session = session.clone();
        move |_| editing.typed(&session)
    };
    let on_key = {
        let session = session.clone();
        move |event: KeyboardEvent| pressed(editing, &event, &session, on_done)
    };
    let left = move |event: FocusEvent| {
        if !textbox::has_left(&event) {
            return;
        }
        if editing.is_too_long() {
            // It stays open until it fits: nobody else has it.
            return;
        }
        if surface.is_lost_by_move(&event) {
            come_back(editing, session.clone(), id.clone());
        } else {
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
            on:input=typed
            on:keydown=on_key
            on:blur=left
            on:compositionstart=move |_| editing.compose(true)
            on:compositionend=move |_| editing.compose(false)
        ></textarea>
        {room}
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
            if !editing.is_too_long() {
                editing.reconcile(session);
                on_done.run(());
            }
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

/// A colleague's move has taken the box off the page and put it back: it takes the focus again, caret
/// and all, before the next key. One that is gone for good has left its text to the one that stands in
/// another slot.
fn come_back(editing: OpenText, session: Session, id: EntityId) {
    queue_microtask(move || {
        let Some(area) = editing
            .area
            .try_get_untracked()
            .flatten()
            .filter(|area| area.is_connected())
        else {
            return;
        };
        if dom::focus_is_nowhere() {
            // A box that refuses the focus is left like any other.
            let _ = area.focus();
        } else if !dom::has_focus(&area) {
            close(&session, &id);
        }
    });
}

/// The box has lost the focus: the note shows its text again.
fn close(session: &Session, id: &EntityId) {
    if session.editing().get_untracked().as_ref() == Some(id) {
        session.editing().set(None);
    }
}
