//! Undo and redo of this person's own gestures.

use document::{CommandError, GestureLabel, UndoOutcome};
use domain::EntityId;
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::{GetUntracked, Set, WithUntracked};

use super::note::neighbour_in_slot;
use super::{Group, UserCommand};
use crate::{Message, Session, Tone, Workspace};

pub(super) static COMMANDS: &[UserCommand] = &[
    UserCommand {
        id: "edit.undo",
        title: "command.edit.undo",
        icon: "undo-2",
        group: Group::Edit,
        keys: &["Ctrl+Z"],
        while_typing: false,
        when: |session| there_is(&session.workspace().can_undo()),
        run: |session| step(session, "announce.undone", Workspace::undo),
    },
    UserCommand {
        id: "edit.redo",
        title: "command.edit.redo",
        icon: "redo-2",
        group: Group::Edit,
        keys: &["Ctrl+Shift+Z", "Ctrl+Y"],
        while_typing: false,
        when: |session| there_is(&session.workspace().can_redo()),
        run: |session| step(session, "announce.redone", Workspace::redo),
    },
];

fn there_is(label: &ArcRwSignal<Option<GestureLabel>>) -> bool {
    label.with_untracked(Option::is_some)
}

fn step(
    session: &Session,
    key: &'static str,
    step: fn(&Workspace) -> Result<Option<UndoOutcome>, CommandError>,
) {
    let focused = session.focused().get_untracked();
    let neighbour = focused
        .as_ref()
        .and_then(|id| neighbour_in_slot(session, id));
    match step(session.workspace()) {
        Ok(Some(outcome)) => {
            session.announce(vec![Message::plain(key)]);
            let own = outcome.by_same_person;
            for (key, count) in [
                ("toast.undo_skipped", outcome.skipped - own),
                ("toast.undo_skipped_own", own),
            ] {
                if count > 0 {
                    session.toast(Message::plain(key).counted(count), Tone::Calm, None);
                }
            }
            if let Some(note) = only_note_in_sight(session, &outcome) {
                session.focused().set(Some(note));
            } else if focused.is_some_and(|id| !is_in_sight(session, &id)) {
                session.focused().set(neighbour);
            }
        }
        Ok(None) => {}
        Err(error) => session.refuse(&error),
    }
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
