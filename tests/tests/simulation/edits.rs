//! What people do: all the usual gestures, on few notes, so that they meet.

use std::collections::BTreeMap;

use document::{Anchor, Command, Position, TextSplice};
use domain::{CanvasId, EntityId, FieldValue};
use fastrand::Rng;
use workspace::Workspace;

/// The canvas on which everything happens.
pub(crate) const CANVAS: &str = "lean-canvas";

/// Slots of it; the last takes notes that are in none.
pub(crate) const SLOTS: [&str; 4] = ["problem", "solution", "channels", "unplaced"];

/// One gesture; whether it changed anything. A refusal changes nothing, and is none of ours.
pub(crate) fn edit(workspace: &Workspace, random: &mut Rng) -> bool {
    let before = workspace.with_document(document::ProductDocument::heads);
    match random.u8(..12) {
        0 => drop(workspace.undo()),
        1 => drop(workspace.redo()),
        _ => drop(workspace.dispatch(command(workspace, random))),
    }
    workspace.with_document(document::ProductDocument::heads) != before
}

fn command(workspace: &Workspace, random: &mut Rng) -> Command {
    let fresh = workspace.environment().id();
    let mut notes: Vec<EntityId> = Vec::new();
    notes.extend(workspace.projection().live_notes().into_iter().map(|n| n.0));
    notes.sort_unstable();
    let Some(id) = random.choice(&notes).cloned() else {
        return add(fresh, random);
    };
    let other = random.choice(&notes).cloned().unwrap_or(id.clone());
    match random.u8(..14) {
        0..=2 if notes.len() < 12 => add(fresh, random),
        0..=4 => type_into(id, workspace, random),
        5 => Command::ReplaceText {
            id,
            text: words(random),
        },
        6 => Command::SetField {
            id,
            field: "colour".to_owned(),
            value: Some(FieldValue::Text(words(random))),
        },
        7..=9 => Command::Place {
            id,
            place: position(Some(other), random),
            kind: None,
            fields: BTreeMap::new(),
        },
        10 => Command::Delete { ids: vec![id] },
        11 => restore(workspace, id),
        12 => Command::AddLink {
            id: fresh.into(),
            kind: "addresses".into(),
            from: id,
            to: other,
        },
        _ => Command::RenameWorkspace {
            name: words(random),
        },
    }
}

fn add(id: String, random: &mut Rng) -> Command {
    Command::AddNote {
        id: id.into(),
        kind: "problem".into(),
        text: words(random),
        fields: BTreeMap::new(),
        place: position(None, random),
    }
}

fn type_into(id: EntityId, workspace: &Workspace, random: &mut Rng) -> Command {
    let text = workspace
        .with_document(|document| document.entity(&id))
        .flatten();
    let units = text.map_or(0, |note| note.text.encode_utf16().count());
    let at = random.usize(..=units);
    Command::EditText {
        id,
        splices: vec![TextSplice {
            at,
            delete: random.usize(..=(units - at).min(2)),
            insert: words(random),
        }],
    }
}

fn restore(workspace: &Workspace, otherwise: EntityId) -> Command {
    let graph = workspace.projection().view();
    let deleted = graph.trash().first().map(|id| (*id).clone());
    Command::Restore {
        ids: vec![deleted.unwrap_or(otherwise)],
    }
}

fn position(beside: Option<EntityId>, random: &mut Rng) -> Position {
    Position {
        canvas: CanvasId::from(CANVAS),
        slot: (*random.choice(SLOTS.iter()).expect("some")).into(),
        anchor: match beside {
            Some(note) if random.bool() => Anchor::Before(note),
            _ if random.bool() => Anchor::First,
            _ => Anchor::Last,
        },
    }
}

fn words(random: &mut Rng) -> String {
    const WORDS: [&str; 6] = ["a ", "lean ", "böse ", "👩‍🔬 ", "why ", ""];
    (0..random.u8(..4))
        .filter_map(|_| random.choice(WORDS))
        .collect()
}
