//! Canvases that a workspace brings itself: the same JSON as a file of the catalogue, kept in an
//! entity of kind `canvas`, and checked before it is taken in, since people write it by hand.

mod arrange;
mod error;
mod flaws;
mod outline;
mod write;

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use super::{Canvas, GridArea, UNPLACED, canvas, kind, reader};
use crate::locate::{line_of, twice};
use crate::{CanvasId, Entity, EntityId, FieldValue, Graph, Localised};
use error::Place;
pub use error::{CanvasError, Mistake};
pub use flaws::{Flaw, Wrong, flaws};
pub use outline::Outline;
pub use write::{copy_of, to_text};

/// The kind of an entity that holds a canvas.
pub const CANVAS: &str = "canvas";
/// The field that holds the canvas's JSON.
pub const DEFINITION: &str = "definition";

/// Layouts beyond this are taken for mistakes: nobody could read them.
const MOST_CELLS: u32 = 100;
/// After so many mistakes no further slot is looked at.
const MOST_ERRORS: usize = 30;
/// An id stands in addresses and in the keys of placements.
const LONGEST_ID: usize = 64;
/// How much of a bad id a message quotes, in characters.
const SHOWN: usize = 40;

/// The ends of addresses of views that are no canvases.
const VIEWS: [&str; 3] = ["findings", "four-questions", "boards"];

/// A canvas that can be kept: one of the catalogue, or one that a workspace brings.
#[derive(Clone, Debug, PartialEq)]
pub enum CanvasRef {
    /// Of the catalogue.
    Known(&'static Canvas),
    /// Of a workspace.
    Own(Arc<Canvas>),
}

impl Deref for CanvasRef {
    type Target = Canvas;

    fn deref(&self) -> &Canvas {
        match self {
            Self::Known(canvas) => canvas,
            Self::Own(canvas) => canvas,
        }
    }
}

/// Reads and checks a canvas that someone has written: an id, a title and slots with id and title;
/// all else may be left out. [`flaws`] tells everything that is wrong.
///
/// # Errors
/// When it is not a canvas, contradicts itself, or has the id of one of the catalogue's.
pub fn read_own(text: &str) -> Result<Canvas, CanvasError> {
    let mut own: Canvas = serde_json::from_str(text)?;
    if let Some(twice) = twice(text) {
        return Err(CanvasError::Unreadable {
            problem: format!("{} stands twice", error::field(&twice.path)),
            line: line_of(text, &twice.path),
            column: 1,
        });
    }
    if reader::read::<Canvas>(text).is_none() {
        return Err(CanvasError::Unreadable {
            problem: "a list stands in the place of an object".to_owned(),
            line: 1,
            column: 1,
        });
    }
    arrange::arrange(&mut own);
    if let Some((error, _)) = check(&own).into_iter().next() {
        return Err(error);
    }
    if is_taken(&own.id) {
        return Err(CanvasError::Taken(own.id));
    }
    Ok(own)
}

/// What [`read_own`] reads, without the reason where it reads nothing.
#[must_use]
pub fn usable(text: &str) -> Option<Canvas> {
    let mut own: Canvas = reader::read(text)?;
    arrange::arrange(&mut own);
    let is_good = twice(text).is_none() && check(&own).is_empty() && !is_taken(&own.id);
    is_good.then_some(own)
}

/// Whether a canvas of the catalogue, or a view that is none, has that id.
fn is_taken(id: &CanvasId) -> bool {
    canvas(id).is_some() || VIEWS.contains(&id.as_str())
}

/// The workspace's own canvases that can be used, with the entities that hold them: those of
/// [`own_canvases`] without the reasons.
pub fn usable_canvases<'a>(
    entities: impl IntoIterator<Item = (&'a EntityId, &'a Entity)>,
) -> Vec<(&'a EntityId, Canvas)> {
    let mut seen: BTreeSet<CanvasId> = BTreeSet::new();
    let read = |(id, entity)| Some((id, usable(definition(entity)?)?));
    let mut found: Vec<_> = entities.into_iter().filter_map(read).collect();
    found.retain(|(_, own)| seen.insert(own.id.clone()));
    found
}

/// The workspace's own canvases with the entities that hold them, in the order of those; the ones
/// that cannot be used with the reason. Of two with one id the first counts.
///
/// `entities` come in the order of their ids; those that hold no canvas are passed over.
pub fn own_canvases<'a>(
    entities: impl IntoIterator<Item = (&'a EntityId, &'a Entity)>,
) -> Vec<(&'a EntityId, Result<Canvas, CanvasError>)> {
    let mut seen: BTreeSet<CanvasId> = BTreeSet::new();
    let mut found = Vec::new();
    for (id, entity) in entities {
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

/// The workspace's own canvas of that id.
#[must_use]
pub fn own_canvas(graph: &Graph, id: &CanvasId) -> Option<Canvas> {
    let own = usable_canvases(&graph.entities).into_iter();
    own.map(|(_, own)| own).find(|own| own.id == *id)
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

/// Everything in which a canvas contradicts itself, each with the member that is to be mended.
fn check(canvas: &Canvas) -> Vec<(CanvasError, Place)> {
    let mut errors = Vec::new();
    if let Some(error) = check_id(canvas.id.as_str()) {
        errors.push((error, Place::top("id")));
    }
    if !has_words(&canvas.title) {
        errors.push((CanvasError::Untitled, Place::top("title")));
    }
    let cells = 1..=MOST_CELLS;
    if canvas.slots.is_empty() {
        errors.push((CanvasError::NoSlots, Place::top("slots")));
    } else if !cells.contains(&canvas.layout.columns) || !cells.contains(&canvas.layout.rows) {
        errors.push((CanvasError::BadLayout, Place::top("layout")));
    }
    for (index, slot) in canvas.slots.iter().enumerate() {
        let at = |member| Place::item("slots", index, member);
        if let Some(error) = check_id(slot.id.as_str()) {
            errors.push((error, at("id")));
        }
        if !has_words(&slot.title) {
            errors.push((CanvasError::UntitledSlot(slot.id.clone()), at("title")));
        }
        for earlier in canvas.slots.iter().take(index) {
            if earlier.id == slot.id {
                errors.push((CanvasError::TwiceTheSlot(slot.id.clone()), at("id")));
            }
            if overlap(&earlier.area, &slot.area) {
                let error = CanvasError::Overlap(earlier.id.clone(), slot.id.clone());
                errors.push((error, at("area")));
            }
        }
        let area = &slot.area;
        let is_inside = within(area.column, area.column_span, canvas.layout.columns)
            && within(area.row, area.row_span, canvas.layout.rows);
        if !is_inside {
            errors.push((CanvasError::Outside(slot.id.clone()), at("area")));
        }
        if slot.takes.is_empty() {
            errors.push((CanvasError::TakesNothing(slot.id.clone()), at("takes")));
        }
        for unknown in slot.takes.iter().filter(|id| kind(id).is_none()) {
            let error = CanvasError::UnknownKind(slot.id.clone(), unknown.clone());
            errors.push((error, at("takes")));
        }
        let whole = slot.part_of.iter();
        for unknown in whole.filter(|id| canvas.slot(id).is_none()) {
            errors.push((CanvasError::UnknownSlot(unknown.clone()), at("part_of")));
        }
        // One who repeats a mistake for a hundred slots knows it by then.
        if errors.len() > MOST_ERRORS {
            return errors;
        }
    }
    for (index, order) in canvas.orders.iter().enumerate() {
        let steps = order.steps.iter().flatten();
        for unknown in steps.filter(|id| canvas.slot(id).is_none()) {
            let error = CanvasError::UnknownSlot(unknown.clone());
            errors.push((error, Place::item("orders", index, "steps")));
        }
        if !is_address(&order.source.url) {
            let error = CanvasError::BadAddress(order.source.url.clone());
            errors.push((error, Place::item("orders", index, "source").url()));
        }
    }
    for (url, name) in [
        (&canvas.source.url, "source"),
        (&canvas.licence.url, "licence"),
    ] {
        if !is_address(url) {
            let error = CanvasError::BadAddress(url.clone());
            errors.push((error, Place::top(name).url()));
        }
    }
    errors
}

/// Nothing, or a page of the web: in a link, other schemes run code.
fn is_address(url: &str) -> bool {
    url.is_empty() || url.starts_with("https://") || url.starts_with("http://")
}

/// Whether a text has words of its own: a number would stand for some text of the catalogue.
fn has_words(text: &Localised) -> bool {
    text.is_written() && text.texts().any(|text| !text.trim().is_empty())
}

fn check_id(id: &str) -> Option<CanvasError> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_short = (1..=LONGEST_ID).contains(&id.len());
    let is_good = is_short && id != UNPLACED && id.bytes().all(is_plain);
    (!is_good).then(|| CanvasError::BadId(id.chars().take(SHOWN).collect()))
}

/// Whether cells that begin at `first`, counted from 1, end within `length`.
fn within(first: u32, span: u32, length: u32) -> bool {
    first >= 1 && span >= 1 && u64::from(first) + u64::from(span) <= u64::from(length) + 1
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
