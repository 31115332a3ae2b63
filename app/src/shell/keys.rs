//! The one global key handler: chords of the table of commands.
//!
//! Invariants: typing in a field is never stolen; while a dialog or a menu is open its keys are its
//! own; a note's command needs the focus on the canvas, or nowhere.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use workspace::commands::{Group, UserCommand, command_for};
use workspace::keys::Chord;
use workspace::{Dialog, Session};

use crate::ui::is_apple;

/// Listens for as long as the component around it lives.
pub(super) fn install(session: &Session) {
    let session = session.clone();
    let listener = window_event_listener(ev::keydown, move |event| {
        if answers(&session, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

fn answers(session: &Session, event: &KeyboardEvent) -> bool {
    if event.default_prevented() || event.is_composing() {
        return false;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let typing = target.as_ref().is_some_and(is_field);
    if !typing && session.lost_its_box() {
        // Typed on before anybody could see that the note is gone.
        return false;
    }
    let command_key = if is_apple() {
        event.meta_key()
    } else {
        event.ctrl_key()
    };
    let chord = Chord::pressed(
        &event.key(),
        command_key,
        event.shift_key(),
        event.alt_key(),
    );
    let Some(command) = command_for(&chord, typing, session) else {
        return false;
    };
    let allowed = may_interrupt(session, command)
        && (!needs_canvas(command) || target.as_ref().is_none_or(is_canvas_or_nowhere))
        && !(command.id == "note.copy" && has_selected_text());
    allowed && command.try_run(session)
}

/// Behind an open dialog nothing happens, but the palette's chord also closes the palette.
fn may_interrupt(session: &Session, command: &UserCommand) -> bool {
    match session.dialog().get_untracked() {
        None => !matches!(document().query_selector("dialog[open]"), Ok(Some(_))),
        Some(Dialog::Palette) => command.id == "view.palette",
        Some(_) => false,
    }
}

fn needs_canvas(command: &UserCommand) -> bool {
    matches!(command.group, Group::Note | Group::Movement) && command.id != "note.add"
}

fn is_canvas_or_nowhere(target: &Element) -> bool {
    let nowhere = document()
        .body()
        .is_some_and(|body| target.is_same_node(Some(&body)));
    nowhere || matches!(target.closest("[data-canvas]"), Ok(Some(_)))
}

fn is_field(target: &Element) -> bool {
    target
        .matches("input, textarea, select, [contenteditable=true]")
        .unwrap_or(false)
}

/// Text that a person has marked goes to the clipboard by the browser's own hand.
fn has_selected_text() -> bool {
    window()
        .get_selection()
        .ok()
        .flatten()
        .is_some_and(|selection| !selection.is_collapsed())
}
