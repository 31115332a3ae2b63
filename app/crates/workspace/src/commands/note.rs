//! What can be done to the focused note.

use std::collections::BTreeMap;

use document::{Anchor, Command, Position};
use domain::{EntityId, FieldValue, Hue, KindId, SlotId};
use reactive_graph::traits::{GetUntracked, Set, WithUntracked};

use super::{Group, UserCommand};
use crate::message::quoted;
use crate::navigation::{self, Direction};
use crate::{Dialog, Message, Request, Session};

macro_rules! note_command {
    ($id:literal, $icon:literal, $keys:expr, $when:expr, $run:expr) => {
        note_command!($id, $icon, Group::Note, $keys, $when, $run)
    };
    ($id:literal, $icon:literal, $group:expr, $keys:expr, $when:expr, $run:expr) => {
        UserCommand {
            id: $id,
            title: concat!("command.", $id),
            icon: $icon,
            group: $group,
            keys: $keys,
            while_typing: false,
            changes: true,
            when: $when,
            run: $run,
        }
    };
}

macro_rules! colour {
    ($id:literal, $hue:ident) => {
        note_command!($id, "palette", &[], on_note, |session| set_colour(
            session,
            Hue::$hue
        ))
    };
}

pub(super) static COMMANDS: &[UserCommand] = &[
    note_command!("note.add", "plus", &["N"], super::always, add),
    note_command!(
        "note.recover",
        "rotate-ccw",
        &[],
        Session::has_discarded,
        Session::recover_draft
    )
    .that_looks(),
    note_command!(
        "note.edit",
        "pencil",
        &["Enter", "F2"],
        on_note,
        |session| {
            with_note(session, |id| session.edit(&id));
        }
    ),
    note_command!("note.move_to", "move-right", &["M"], on_note, |session| {
        with_note(session, |id| session.open(Dialog::MoveTo(id)));
    }),
    note_command!("note.link", "link", &["L"], on_note, |session| {
        with_note(session, |id| session.open(Dialog::Link(id)));
    }),
    note_command!("note.details", "info", &["I"], on_note, |session| {
        with_note(session, |id| session.open(Dialog::Details(id)));
    })
    .that_looks(),
    note_command!("note.duplicate", "copy", &["Ctrl+D"], on_note, duplicate),
    note_command!("note.copy", "file-text", &["Ctrl+C"], on_note, |session| {
        with_note(session, |id| {
            session.request(Request::CopyText(text_of(session, &id)))
        });
    })
    .that_looks(),
    note_command!("note.cut", "scissors", &["Ctrl+X"], on_note, |session| {
        with_note(session, |id| {
            session.announce(vec![said(session, "announce.cut", &id)]);
            session.cut().set(Some(id));
        });
    }),
    note_command!(
        "note.paste",
        "clipboard-paste",
        &["Ctrl+V"],
        can_paste,
        paste
    ),
    note_command!(
        "note.delete",
        "trash-2",
        &["Delete", "Backspace"],
        on_note,
        |session| {
            with_note(session, |id| delete(session, &id));
        }
    ),
    note_command!(
        "note.menu",
        "menu",
        &["Shift+F10", "ContextMenu"],
        on_note,
        |session| {
            with_note(session, |id| session.menu().set(Some(id)));
        }
    )
    .that_looks(),
    colour!("note.colour.yellow", Yellow),
    colour!("note.colour.orange", Orange),
    colour!("note.colour.red", Red),
    colour!("note.colour.violet", Violet),
    colour!("note.colour.blue", Blue),
    colour!("note.colour.cyan", Cyan),
    colour!("note.colour.green", Green),
    colour!("note.colour.grey", Grey),
    note_command!(
        "focus.up",
        "",
        Group::Movement,
        &["ArrowUp"],
        on_note,
        |session| {
            focus(session, Direction::Up);
        }
    )
    .that_looks(),
    note_command!(
        "focus.down",
        "",
        Group::Movement,
        &["ArrowDown"],
        on_note,
        |session| {
            focus(session, Direction::Down);
        }
    )
    .that_looks(),
    note_command!(
        "focus.left",
        "",
        Group::Movement,
        &["ArrowLeft"],
        on_note,
        |session| {
            focus(session, Direction::Left);
        }
    )
    .that_looks(),
    note_command!(
        "focus.right",
        "",
        Group::Movement,
        &["ArrowRight"],
        on_note,
        |session| {
            focus(session, Direction::Right);
        }
    )
    .that_looks(),
    note_command!(
        "focus.first",
        "",
        Group::Movement,
        &["Home"],
        on_note,
        |session| {
            focus_end(session, true);
        }
    )
    .that_looks(),
    note_command!(
        "focus.last",
        "",
        Group::Movement,
        &["End"],
        on_note,
        |session| {
            focus_end(session, false);
        }
    )
    .that_looks(),
    note_command!(
        "note.move_up",
        "",
        Group::Movement,
        &["Ctrl+ArrowUp"],
        on_note,
        |session| {
            move_step(session, Direction::Up);
        }
    ),
    note_command!(
        "note.move_down",
        "",
        Group::Movement,
        &["Ctrl+ArrowDown"],
        on_note,
        |session| {
            move_step(session, Direction::Down);
        }
    ),
    note_command!(
        "note.move_left",
        "",
        Group::Movement,
        &["Ctrl+ArrowLeft"],
        on_note,
        |session| {
            move_step(session, Direction::Left);
        }
    ),
    note_command!(
        "note.move_right",
        "",
        Group::Movement,
        &["Ctrl+ArrowRight"],
        on_note,
        |session| move_step(session, Direction::Right)
    ),
];

/// Deletes a note, moves the focus to its neighbour and offers to undo.
pub fn delete(session: &Session, id: &EntityId) {
    let next = neighbour_in_slot(session, id);
    let message = said(session, "toast.note_deleted", id);
    let earlier = session.deletions_in_sight();
    let command = Command::Delete {
        ids: vec![id.clone()],
    };
    session.dispatch_asking(command, move |session| {
        session.focused().set(next);
        session.toast_deleted(message, earlier);
    });
}

/// Adds a note at the end of a slot and returns its id; an empty text adds nothing.
pub fn add_to(session: &Session, slot: &SlotId, text: &str) -> Option<EntityId> {
    add_with(session, slot, text, BTreeMap::new())
}

/// Like [`add_to`], with values beside those of the slot, as a suggestion brings them.
pub fn add_with(
    session: &Session,
    slot: &SlotId,
    text: &str,
    values: BTreeMap<String, FieldValue>,
) -> Option<EntityId> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let canvas = session.canvas_now();
    let id = EntityId::from(session.workspace().environment().id());
    let projection = session.workspace().projection();
    let kind = navigation::kind_in(projection, &canvas, slot, None);
    let kind = kind.unwrap_or_else(|| KindId::from("note"));
    let place = Position {
        canvas,
        slot: slot.clone(),
        anchor: Anchor::Last,
    };
    let mut fields = navigation::slot_fields(projection, &place.canvas, &place.slot);
    fields.extend(values);
    let command = Command::AddNote {
        id: id.clone(),
        kind,
        text: text.to_owned(),
        fields,
        place,
    };
    session.dispatch(command).ok()?;
    session.announce(vec![Message::plain("announce.added").with("text", text)]);
    Some(id)
}

/// Places a note, and says where it went.
pub fn place(session: &Session, id: &EntityId, place: Position) {
    let command = navigation::place_command(session, id, place);
    if session.dispatch(command).is_ok() {
        tell_place(session, id);
    }
}

fn on_note(session: &Session) -> bool {
    session.focused_note().is_some() && session.editing().with_untracked(Option::is_none)
}

fn can_paste(session: &Session) -> bool {
    session.cut().with_untracked(Option::is_some) && on_note(session)
}

fn with_note(session: &Session, act: impl FnOnce(EntityId)) {
    if let Some((id, _)) = session.focused_note() {
        session.menu().set(None);
        act(id);
    }
}

fn add(session: &Session) {
    let canvas = session
        .workspace()
        .projection()
        .canvas(&session.canvas_now());
    let first = || Some(canvas.as_ref()?.slots.first()?.id.clone());
    let slot = session.focused_note().map(|(_, slot)| slot).or_else(first);
    session.adding().set(slot);
}

fn duplicate(session: &Session) {
    with_note(session, |id| {
        let copy = EntityId::from(session.workspace().environment().id());
        let command = Command::Duplicate {
            id,
            copy: copy.clone(),
            canvas: session.canvas_now(),
        };
        if session.dispatch(command).is_ok() {
            session.announce(vec![said(session, "announce.duplicated", &copy)]);
            session.focused().set(Some(copy));
        }
    });
}

fn paste(session: &Session) {
    let (Some(id), Some((target, slot))) = (session.cut().get_untracked(), session.focused_note())
    else {
        return;
    };
    session.cut().set(None);
    if id != target {
        let anchor = Anchor::After(target);
        place(
            session,
            &id,
            Position {
                canvas: session.canvas_now(),
                slot,
                anchor,
            },
        );
        session.focused().set(Some(id));
    }
}

fn focus(session: &Session, direction: Direction) {
    if let Some(note) = navigation::step(session, direction) {
        session.focused().set(Some(note));
    }
}

fn focus_end(session: &Session, first: bool) {
    let Some((_, slot)) = session.focused_note() else {
        return;
    };
    let notes = session
        .workspace()
        .projection()
        .slot(&session.canvas_now(), &slot);
    let note = notes.with_untracked(|notes| {
        if first {
            notes.first().cloned()
        } else {
            notes.last().cloned()
        }
    });
    session.focused().set(note);
}

fn move_step(session: &Session, direction: Direction) {
    let Some(command) = navigation::move_step(session, direction) else {
        session.announce(vec![Message::plain("announce.edge")]);
        return;
    };
    if session.dispatch(command).is_ok() {
        with_note(session, |id| tell_place(session, &id));
    }
}

fn set_colour(session: &Session, hue: Hue) {
    with_note(session, |id| {
        let value = Some(FieldValue::Text(hue.name().to_owned()));
        let said = said(session, "announce.coloured", &id).with("colour", hue.name());
        let set = Command::SetField {
            id,
            field: "colour".to_owned(),
            value,
        };
        // A refusal has been told in a toast.
        if session.dispatch(set).is_ok() {
            session.announce(vec![said]);
        }
    });
}

/// "Text, 2 of 5 in this slot".
fn tell_place(session: &Session, id: &EntityId) {
    let canvas = session.canvas_now();
    let projection = session.workspace().projection();
    let Some(slot) = projection.slot_of(&canvas, id) else {
        return;
    };
    let (index, count) = projection.slot(&canvas, &slot).with_untracked(|notes| {
        (
            notes.iter().position(|note| note == id).unwrap_or_default(),
            notes.len(),
        )
    });
    let message = said(session, "announce.moved", id)
        .with("slot", slot.as_str())
        .with("position", (index + 1).to_string())
        .with("of", count.to_string());
    session.announce(vec![message]);
}

fn said(session: &Session, key: &'static str, id: &EntityId) -> Message {
    Message::plain(key).with("text", quoted(&text_of(session, id)))
}

fn text_of(session: &Session, id: &EntityId) -> String {
    let note = session.workspace().projection().note(id);
    note.map(|note| note.body.with_untracked(|body| body.text.clone()))
        .unwrap_or_default()
}

/// The note after this one in its slot, or else the one before it.
pub(super) fn neighbour_in_slot(session: &Session, id: &EntityId) -> Option<EntityId> {
    let canvas = session.canvas_now();
    let projection = session.workspace().projection();
    let slot = projection.slot_of(&canvas, id)?;
    projection.slot(&canvas, &slot).with_untracked(|notes| {
        let index = notes.iter().position(|note| note == id)?;
        notes
            .get(index + 1)
            .or_else(|| notes.get(index.checked_sub(1)?))
            .cloned()
    })
}
