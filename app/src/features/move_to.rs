//! The dialog "Move to…": every slot of this canvas and of the others, found by typing.
//!
//! Invariant: it does what a drag does, with the same command.

use document::{Anchor, Position};
use domain::catalogue::CanvasRef;
use domain::{CanvasId, EntityId, SlotId};
use leptos::prelude::*;
use workspace::{Message, Session, Tone, navigation};

use crate::features::{canvas_title, note_words, slot_title, slot_title_of, title_of, use_session};
use crate::i18n::{t, tf};
use crate::ui::{Action, Choice, Combobox, Dialog, DialogSize, IconName, lower_case};

/// Between the canvas and the slot in a choice's value; ids hold no such character.
const SEPARATOR: char = '/';

/// Moves a note, or places it on another canvas too.
#[component]
pub(crate) fn MoveToDialog(
    /// The note.
    id: EntityId,
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let session = use_session();
    let query = RwSignal::new(String::new());
    let said = {
        let (session, id) = (session.clone(), id.clone());
        move || tf("move_to.which", &[("text", &note_words(&session, &id))])
    };
    let choices = {
        let (session, id) = (session.clone(), id.clone());
        move || choices(&session, &id, &query.get())
    };
    let choose = move |value: String| {
        if let Some((canvas, slot)) = value.split_once(SEPARATOR) {
            session.close_dialog();
            put(&session, &id, CanvasId::from(canvas), SlotId::from(slot));
        }
    };
    view! {
        <Dialog title=move || t("command.note.move_to") size=DialogSize::Small on_close=on_close>
            <p class="dialog-note">{said}</p>
            <Combobox
                label=move || t("move_to.search")
                placeholder=Signal::derive(|| Some(t("move_to.search")))
                query=query
                choices=choices
                on_choose=choose
                always_open=true
                autofocus=true
            />
        </Dialog>
    }
}

/// The slots whose names, or whose canvas's name, have all words of the query, under their canvases;
/// the one in view comes first. Where the note stands is marked.
fn choices(session: &Session, id: &EntityId, query: &str) -> Vec<Choice> {
    let here = session.canvas().get();
    let places = session
        .workspace()
        .projection()
        .note(id)
        .map(|note| note.places.get())
        .unwrap_or_default();
    let mut canvases: Vec<CanvasRef> = session.workspace().projection().canvases();
    canvases.sort_by_key(|canvas| canvas.id != here);
    let words: Vec<String> = query.split_whitespace().map(lower_case).collect();
    let mut found = Vec::new();
    for known in canvases {
        let canvas = &known.id;
        let occupied = places.get(canvas).map(|place| place.slot.clone());
        let group = title_of(Some(&*known), canvas);
        for slot in navigation::slots_of(&known) {
            let label = slot_title_of(Some(&*known), &slot);
            let searched = lower_case(&format!("{label} {group}"));
            if !words.iter().all(|word| searched.contains(word)) {
                continue;
            }
            let current = occupied.as_ref() == Some(&slot);
            let (icon, detail) = match current {
                true => (IconName::Check, t("move_to.here")),
                false => (IconName::MoveRight, String::new()),
            };
            found.push(Choice {
                value: format!("{canvas}{SEPARATOR}{slot}"),
                label,
                detail,
                icon: Some(icon),
                group: group.clone(),
                current,
                ..Choice::default()
            });
        }
    }
    found
}

fn is_there(session: &Session, id: &EntityId, canvas: &CanvasId, slot: &SlotId) -> bool {
    let note = session.workspace().projection().note(id);
    note.is_some_and(|note| {
        let places = note.places.get_untracked();
        places.get(canvas).is_some_and(|place| place.slot == *slot)
    })
}

fn put(session: &Session, id: &EntityId, canvas: CanvasId, slot: SlotId) {
    // Where it stands already, it stays.
    if is_there(session, id, &canvas, &slot) {
        return;
    }
    if canvas == session.canvas_now() {
        workspace::commands::place(
            session,
            id,
            Position {
                canvas,
                slot,
                anchor: Anchor::Last,
            },
        );
        session.focused().set(Some(id.clone()));
        return;
    }
    let message = Message::plain("move_to.placed")
        .with("where", slot_title(session, &canvas, &slot))
        .with("canvas", canvas_title(session, &canvas));
    let place = Position {
        canvas,
        slot,
        anchor: Anchor::Last,
    };
    // A refusal has been told in a toast.
    if session
        .dispatch(navigation::place_command(session, id, place))
        .is_ok()
    {
        session.toast(message, Tone::Calm, Some("edit.undo"));
    }
}
