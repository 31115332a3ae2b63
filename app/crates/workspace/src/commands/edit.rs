//! Undo and redo of this person's own gestures, and the answer that a locked plan is changed all the same.

use document::{CommandError, UndoOutcome};
use domain::EntityId;
use reactive_graph::traits::{GetUntracked, Set, WithUntracked};

use super::note::neighbour_in_slot;
use super::{Group, UserCommand, always};
use crate::message::quoted;
use crate::{Message, Session, Tone, Workspace};

pub(super) static COMMANDS: &[UserCommand] = &[
    UserCommand {
        id: "edit.undo",
        title: "command.edit.undo",
        icon: "undo-2",
        group: Group::Edit,
        keys: &["Ctrl+Z"],
        while_typing: false,
        changes: true,
        when: always,
        run: |session| step(session, &UNDO),
    },
    UserCommand {
        id: "edit.redo",
        title: "command.edit.redo",
        icon: "redo-2",
        group: Group::Edit,
        keys: &["Ctrl+Shift+Z", "Ctrl+Y"],
        while_typing: false,
        changes: true,
        when: always,
        run: |session| step(session, &REDO),
    },
    UserCommand {
        id: "edit.break_lock",
        title: "command.edit.break_lock",
        icon: "",
        group: Group::Edit,
        keys: &[],
        while_typing: false,
        changes: true,
        when: Session::is_asking,
        run: Session::break_lock,
    },
];

/// One of the two ways through the history, and what is said of a step.
struct Way {
    step: fn(&Workspace) -> Result<Option<UndoOutcome>, CommandError>,
    /// Of what it was, and of which note.
    done: &'static str,
    done_of: &'static str,
    /// There was no step left.
    nothing: &'static str,
}

static UNDO: Way = Way {
    step: Workspace::undo,
    done: "announce.undone",
    done_of: "announce.undone_of",
    nothing: "announce.nothing_to_undo",
};

static REDO: Way = Way {
    step: Workspace::redo,
    done: "announce.redone",
    done_of: "announce.redone_of",
    nothing: "announce.nothing_to_redo",
};

fn step(session: &Session, way: &Way) {
    let focused = session.focused().get_untracked();
    let neighbour = focused
        .as_ref()
        .and_then(|id| neighbour_in_slot(session, id));
    let outcome = (way.step)(session.workspace());
    session.retire_undos();
    match outcome {
        Ok(Some(outcome)) => {
            tell(session, way, &outcome);
            if let Some(note) = only_note_in_sight(session, &outcome) {
                session.focused().set(Some(note));
            } else if focused.is_some_and(|id| !is_in_sight(session, &id)) {
                session.focused().set(neighbour);
            }
        }
        Ok(None) => session.announce(vec![Message::plain(way.nothing)]),
        Err(error) => session.refuse(&error),
    }
}

/// Says what the step was, once: to the ear alone where it can be seen, on the screen where it cannot or
/// where something stayed as it was.
fn tell(session: &Session, way: &Way, outcome: &UndoOutcome) {
    let text = only_note(outcome).and_then(|id| session.workspace().projection().note(&id));
    let text = text.map(|note| note.body.with_untracked(|body| quoted(&body.text)));
    let key = if text.is_some() {
        way.done_of
    } else {
        way.done
    };
    let done = Message::plain(key)
        .with("gesture", outcome.label.name())
        .with("text", text.unwrap_or_default());
    let own = outcome.by_same_person;
    let kept = [
        ("toast.undo_skipped", outcome.skipped - own),
        ("toast.undo_skipped_own", own),
    ];
    let mut toasts = kept
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| Message::plain(key).counted(count).after(done.clone()))
        .peekable();
    if toasts.peek().is_some() {
        for message in toasts {
            session.toast(message, Tone::Calm, None);
        }
    } else if shows(session, outcome) {
        session.announce(vec![done]);
    } else {
        session.toast(done, Tone::Calm, None);
    }
}

/// Whether anything of the step can be seen on the canvas in sight.
fn shows(session: &Session, outcome: &UndoOutcome) -> bool {
    let changed = &outcome.changed;
    let canvas = session.canvas_now();
    let touched = changed.placements.iter().any(|(on, _)| *on == canvas);
    let mut entities = changed.entities.iter();
    touched || entities.any(|id| is_in_sight(session, id))
}

/// The note that the step was about, if it is one alone.
fn only_note(outcome: &UndoOutcome) -> Option<EntityId> {
    let changed = &outcome.changed;
    let placed = changed.placements.iter().map(|(_, id)| id);
    let mut notes = changed.entities.iter().chain(placed);
    let first = notes.next()?;
    notes.all(|other| other == first).then(|| first.clone())
}

/// The note of the canvas in sight that came back or changed, if it is one alone: the next key means
/// that one.
fn only_note_in_sight(session: &Session, outcome: &UndoOutcome) -> Option<EntityId> {
    let changed = &outcome.changed;
    let canvas = session.canvas_now();
    let moved = changed.placements.iter().filter(|(on, _)| *on == canvas);
    let mut notes = changed
        .entities
        .iter()
        .chain(moved.map(|(_, id)| id))
        .filter(|id| is_in_sight(session, id));
    let first = notes.next()?;
    notes.all(|other| other == first).then(|| first.clone())
}

fn is_in_sight(session: &Session, id: &EntityId) -> bool {
    let projection = session.workspace().projection();
    let deleted = projection
        .note(id)
        .is_none_or(|note| note.body.with_untracked(|body| body.deleted.is_some()));
    !deleted && projection.slot_of(&session.canvas_now(), id).is_some()
}
