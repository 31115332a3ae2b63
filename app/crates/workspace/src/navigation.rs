//! Moving by direction on a canvas of slots: the focus with the arrows, a note with Ctrl and the
//! arrows. Pure geometry of the catalogue's grid, so that every way of pointing agrees.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use document::{Anchor, Command, Position};
use domain::{Canvas, CanvasId, EntityId, FieldValue, GridArea, KindId, SlotId, UNPLACED};
use reactive_graph::traits::WithUntracked;

use crate::{Projection, Session};

/// A direction on the canvas as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the top.
    Up,
    /// Towards the bottom.
    Down,
    /// Towards the left.
    Left,
    /// Towards the right.
    Right,
}

/// The slot next to `slot` in a direction: the nearest of those that share an edge's extent, the
/// one with the longest shared extent among equals. Where none does, the nearest of those that lie
/// askew: a slot in a corner of its own must be reached, too.
pub fn neighbour(canvas: &Canvas, slot: &SlotId, direction: Direction) -> Option<SlotId> {
    let from = &canvas.slot(slot)?.area;
    canvas
        .slots
        .iter()
        .filter(|candidate| candidate.id != *slot)
        .filter_map(|candidate| {
            let distance = distance(from, &candidate.area, direction)?;
            let shared = shared_extent(from, &candidate.area, direction);
            let key = (shared == 0, distance, std::cmp::Reverse(shared));
            Some((key, &candidate.id))
        })
        .min_by_key(|(key, _)| *key)
        .map(|(_, id)| id.clone())
}

/// The note to focus when an arrow is pressed on the focused one: within the slot first, then the
/// nearest slot in that direction that has notes.
pub fn step(session: &Session, direction: Direction) -> Option<EntityId> {
    let (id, slot) = session.focused_note()?;
    let canvas = session.canvas_now();
    let projection = session.workspace().projection();
    let notes = notes_of(projection, &canvas, &slot);
    let index = notes.iter().position(|note| *note == id)?;
    let within = match direction {
        Direction::Up => index.checked_sub(1).and_then(|before| notes.get(before)),
        Direction::Down => notes.get(index + 1),
        Direction::Left | Direction::Right => None,
    };
    if let Some(note) = within {
        return Some(note.clone());
    }
    let mut next = slot;
    let known = projection.canvas(&canvas)?;
    // A canvas has few slots; the bound keeps a strange geometry from circling.
    for _ in 0..known.slots.len() {
        next = neighbour(&known, &next, direction)?;
        let notes = notes_of(projection, &canvas, &next);
        let target = match direction {
            Direction::Up => notes.last(),
            Direction::Down => notes.first(),
            Direction::Left | Direction::Right => notes.get(index).or(notes.last()),
        };
        if let Some(note) = target {
            return Some(note.clone());
        }
    }
    None
}

/// The command that moves the focused note one step: past its neighbour, or into the next slot.
pub fn move_step(session: &Session, direction: Direction) -> Option<Command> {
    let (id, slot) = session.focused_note()?;
    let canvas = session.canvas_now();
    let projection = session.workspace().projection();
    let notes = notes_of(projection, &canvas, &slot);
    let index = notes.iter().position(|note| *note == id)?;
    let within = match direction {
        Direction::Up => index
            .checked_sub(1)
            .and_then(|before| notes.get(before))
            .cloned()
            .map(Anchor::Before),
        Direction::Down => notes.get(index + 1).cloned().map(Anchor::After),
        Direction::Left | Direction::Right => None,
    };
    let place = match within {
        Some(anchor) => Position {
            canvas,
            slot,
            anchor,
        },
        None => {
            let slot = neighbour(&*projection.canvas(&canvas)?, &slot, direction)?;
            let notes = notes_of(projection, &canvas, &slot);
            let anchor = match direction {
                Direction::Up => Anchor::Last,
                Direction::Down => Anchor::First,
                Direction::Left | Direction::Right => notes
                    .get(index)
                    .cloned()
                    .map_or(Anchor::Last, Anchor::Before),
            };
            Position {
                canvas,
                slot,
                anchor,
            }
        }
    };
    Some(place_command(session, &id, place))
}

/// The command that places a note: in a slot that does not take its kind it becomes what that
/// slot holds.
pub fn place_command(session: &Session, id: &EntityId, place: Position) -> Command {
    let projection = session.workspace().projection();
    let kind = projection.note(id).and_then(|note| {
        note.body.with_untracked(|body| {
            kind_in(projection, &place.canvas, &place.slot, Some(&body.kind))
        })
    });
    let fields = slot_fields(projection, &place.canvas, &place.slot);
    Command::Place {
        id: id.clone(),
        place,
        kind,
        fields,
    }
}

/// The kind that a note must take on in a slot; `None` when it may stay what it is (`current`).
pub fn kind_in(
    projection: &Projection,
    canvas: &CanvasId,
    slot: &SlotId,
    current: Option<&KindId>,
) -> Option<KindId> {
    let canvas = projection.canvas(canvas)?;
    let takes = &canvas.slot(slot)?.takes;
    match current {
        Some(kind) if takes.contains(kind) => None,
        _ => takes.first().cloned(),
    }
}

/// The values that a note gets by standing in a slot.
#[must_use]
pub fn slot_fields(
    projection: &Projection,
    canvas: &CanvasId,
    slot: &SlotId,
) -> BTreeMap<String, FieldValue> {
    let canvas = projection.canvas(canvas);
    let slot = canvas.as_ref().and_then(|canvas| canvas.slot(slot));
    slot.map(|slot| slot.fields.clone()).unwrap_or_default()
}

/// The slots of a canvas that can be moved to, the tray included.
pub fn slots_of(canvas: &Canvas) -> Vec<SlotId> {
    let slots = canvas.slots.iter().map(|slot| slot.id.clone());
    slots.chain([SlotId::from(UNPLACED)]).collect()
}

fn notes_of(projection: &Projection, canvas: &CanvasId, slot: &SlotId) -> Vec<EntityId> {
    projection.slot(canvas, slot).with_untracked(Clone::clone)
}

/// Rows or columns between the near edges; `None` when `to` does not lie in that direction.
fn distance(from: &GridArea, to: &GridArea, direction: Direction) -> Option<u32> {
    let (from_start, from_end, to_start, to_end) = match direction {
        Direction::Left | Direction::Right => (
            from.column,
            from.column + from.column_span,
            to.column,
            to.column + to.column_span,
        ),
        Direction::Up | Direction::Down => (
            from.row,
            from.row + from.row_span,
            to.row,
            to.row + to.row_span,
        ),
    };
    match direction {
        Direction::Left | Direction::Up => from_start.checked_sub(to_end),
        Direction::Right | Direction::Down => to_start.checked_sub(from_end),
    }
}

/// How far two areas face each other, across the direction.
fn shared_extent(from: &GridArea, to: &GridArea, direction: Direction) -> u32 {
    let (one, one_span, other, other_span) = match direction {
        Direction::Left | Direction::Right => (from.row, from.row_span, to.row, to.row_span),
        Direction::Up | Direction::Down => {
            (from.column, from.column_span, to.column, to.column_span)
        }
    };
    let start = one.max(other);
    let end = (one + one_span).min(other + other_span);
    end.saturating_sub(start)
}
