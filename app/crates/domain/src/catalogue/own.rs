//! Canvases that a workspace brings itself: the same JSON as a file of the catalogue, kept in an
//! entity of kind `canvas`, and checked before it is taken in, since people write it by hand.

use std::collections::BTreeSet;
use std::fmt;

use super::{Canvas, GridArea, UNPLACED, canvas, kind};
use crate::{CanvasId, Entity, EntityId, FieldValue, Graph, KindId, SlotId};

/// The kind of an entity that holds a canvas.
pub const CANVAS: &str = "canvas";
/// The field that holds the canvas's JSON.
pub const DEFINITION: &str = "definition";

/// Layouts beyond this are taken for mistakes: nobody could read them.
const MOST_CELLS: u32 = 100;

/// Why a canvas cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CanvasError {
    /// Not the JSON of a canvas.
    Unreadable {
        /// What the reader says, with line and column.
        problem: String,
    },
    /// An id that is empty or has other characters than lower-case letters, digits and hyphens.
    BadId(String),
    /// The catalogue has a canvas of that id.
    Taken(CanvasId),
    /// No slots at all.
    NoSlots,
    /// Two slots of one id.
    TwiceTheSlot(SlotId),
    /// A layout without cells, or with too many.
    BadLayout,
    /// A slot that lies outside the layout.
    Outside(SlotId),
    /// Two slots on one cell.
    Overlap(SlotId, SlotId),
    /// A slot takes a kind that there is not.
    UnknownKind(SlotId, KindId),
    /// A slot that takes nothing.
    TakesNothing(SlotId),
    /// An order, or a slot's `part_of`, that names a slot that there is not.
    UnknownSlot(SlotId),
}

impl fmt::Display for CanvasError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { problem } => write!(formatter, "it is no canvas: {problem}"),
            Self::BadId(id) => write!(
                formatter,
                "the id {id:?} must be lower-case letters, digits and hyphens"
            ),
            Self::Taken(id) => write!(formatter, "the catalogue has a canvas {id} already"),
            Self::NoSlots => formatter.write_str("it has no slots"),
            Self::TwiceTheSlot(slot) => write!(formatter, "two slots are called {slot}"),
            Self::BadLayout => write!(
                formatter,
                "the layout needs 1 to {MOST_CELLS} columns and 1 to {MOST_CELLS} rows"
            ),
            Self::Outside(slot) => write!(formatter, "the slot {slot} lies outside the layout"),
            Self::Overlap(one, other) => {
                write!(formatter, "the slots {one} and {other} lie on one another")
            }
            Self::UnknownKind(slot, kind) => {
                write!(
                    formatter,
                    "the slot {slot} takes {kind}, and there is no such kind"
                )
            }
            Self::TakesNothing(slot) => write!(formatter, "the slot {slot} takes no kind"),
            Self::UnknownSlot(slot) => {
                write!(formatter, "{slot} is named, and there is no such slot")
            }
        }
    }
}

impl std::error::Error for CanvasError {}

/// Reads and checks a canvas that someone has written.
///
/// # Errors
/// When it is not a canvas, contradicts itself, or has the id of one of the catalogue's.
pub fn read_own(text: &str) -> Result<Canvas, CanvasError> {
    let own: Canvas = serde_json::from_str(text).map_err(|error| CanvasError::Unreadable {
        problem: error.to_string(),
    })?;
    check(&own)?;
    if canvas(&own.id).is_some() {
        return Err(CanvasError::Taken(own.id));
    }
    Ok(own)
}

/// The workspace's own canvases with the entities that hold them, in the order of those; the ones
/// that cannot be used with the reason. Of two with one id the first counts.
#[must_use]
pub fn own_canvases(graph: &Graph) -> Vec<(&EntityId, Result<Canvas, CanvasError>)> {
    let mut seen: BTreeSet<CanvasId> = BTreeSet::new();
    let mut found = Vec::new();
    for (id, entity) in &graph.entities {
        let Some(text) = definition(entity) else {
            continue;
        };
        let own = read_own(text).and_then(|own| {
            if seen.insert(own.id.clone()) {
                Ok(own)
            } else {
                Err(CanvasError::Taken(own.id))
            }
        });
        found.push((id, own));
    }
    found
}

/// The JSON of a canvas that a live entity holds.
#[must_use]
pub fn definition(entity: &Entity) -> Option<&str> {
    let is_canvas = entity.kind == *CANVAS && entity.deleted.is_none();
    match entity.fields.get(DEFINITION) {
        Some(FieldValue::Text(text)) if is_canvas => Some(text),
        _ => None,
    }
}

fn check(canvas: &Canvas) -> Result<(), CanvasError> {
    check_id(canvas.id.as_str())?;
    let cells = 1..=MOST_CELLS;
    if !cells.contains(&canvas.layout.columns) || !cells.contains(&canvas.layout.rows) {
        return Err(CanvasError::BadLayout);
    }
    if canvas.slots.is_empty() {
        return Err(CanvasError::NoSlots);
    }
    for (index, slot) in canvas.slots.iter().enumerate() {
        check_id(slot.id.as_str())?;
        for earlier in canvas.slots.iter().take(index) {
            if earlier.id == slot.id {
                return Err(CanvasError::TwiceTheSlot(slot.id.clone()));
            }
            if overlap(&earlier.area, &slot.area) {
                return Err(CanvasError::Overlap(earlier.id.clone(), slot.id.clone()));
            }
        }
        let area = &slot.area;
        let is_inside = within(area.column, area.column_span, canvas.layout.columns)
            && within(area.row, area.row_span, canvas.layout.rows);
        if !is_inside {
            return Err(CanvasError::Outside(slot.id.clone()));
        }
        if slot.takes.is_empty() {
            return Err(CanvasError::TakesNothing(slot.id.clone()));
        }
        if let Some(unknown) = slot.takes.iter().find(|id| kind(id).is_none()) {
            return Err(CanvasError::UnknownKind(slot.id.clone(), unknown.clone()));
        }
    }
    let ordered = canvas
        .orders
        .iter()
        .flat_map(|order| order.steps.iter().flatten());
    let wholes = canvas.slots.iter().filter_map(|slot| slot.part_of.as_ref());
    match ordered.chain(wholes).find(|id| canvas.slot(id).is_none()) {
        Some(unknown) => Err(CanvasError::UnknownSlot(unknown.clone())),
        None => Ok(()),
    }
}

fn check_id(id: &str) -> Result<(), CanvasError> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if id.is_empty() || id == UNPLACED || !id.bytes().all(is_plain) {
        return Err(CanvasError::BadId(id.chars().take(40).collect()));
    }
    Ok(())
}

/// Whether cells that begin at `first`, counted from 1, end within `length`.
fn within(first: u32, span: u32, length: u32) -> bool {
    first >= 1 && span >= 1 && first.saturating_add(span) <= length + 1
}

fn overlap(one: &GridArea, other: &GridArea) -> bool {
    let meet = |first: u32, span: u32, other_first: u32, other_span: u32| {
        first < other_first.saturating_add(other_span) && other_first < first.saturating_add(span)
    };
    meet(one.column, one.column_span, other.column, other.column_span)
        && meet(one.row, one.row_span, other.row, other.row_span)
}

#[cfg(test)]
mod tests;
