//! What can be wrong with a canvas that someone has written, and where in the text it stands.

use std::fmt;

use super::{MOST_CELLS, SHOWN};
use crate::catalogue::Canvas;
use crate::locate::{Step, line_of};
use crate::{CanvasId, KindId, Quoted, SlotId};

/// Why a canvas cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CanvasError {
    /// Not the JSON of a canvas.
    Unreadable {
        /// What the reader says, in English.
        problem: String,
        /// The line of the text, from 1.
        line: usize,
        /// The column of that line, from 1.
        column: usize,
    },
    /// An id that is empty, too long, or has other characters than lower-case letters, digits and
    /// hyphens.
    BadId(String),
    /// Another canvas, or a view that is none, has this id.
    Taken(CanvasId),
    /// The canvas has no words for a name.
    Untitled,
    /// A slot has no words for a name.
    UntitledSlot(SlotId),
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
    /// An address that leads to no page of the web.
    BadAddress(String),
}

/// Where in a text a mistake stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// The member, as `slots[1].area`; empty where the text could not be read so far.
    pub field: String,
}

impl CanvasError {
    /// Where the mistake stands in the text in which it was found.
    #[must_use]
    pub fn find(&self, text: &str) -> Mistake {
        if let Self::Unreadable { line, .. } = self {
            return Mistake {
                line: *line,
                field: String::new(),
            };
        }
        let canvas = serde_json::from_str(text).ok();
        let path = canvas.map_or_else(Vec::new, |canvas| self.path(&canvas));
        Mistake {
            line: line_of(text, &path),
            field: field(&path),
        }
    }

    fn path(&self, canvas: &Canvas) -> Vec<Step> {
        let top = |name: &str| vec![Step::Member(name.to_owned())];
        let in_slot = |index: Option<usize>, name: &str| match index {
            Some(index) => path(&["slots"], index, &[name]),
            None => top("slots"),
        };
        let slots = &canvas.slots;
        let first = |id: &SlotId| slots.iter().position(|slot| slot.id == *id);
        let last = |id: &SlotId| slots.iter().rposition(|slot| slot.id == *id);
        match self {
            Self::Unreadable { .. } => Vec::new(),
            Self::BadId(_) => {
                let bad = slots
                    .iter()
                    .position(|slot| self.is_about(slot.id.as_str()));
                match bad {
                    Some(index) if !self.is_about(canvas.id.as_str()) => in_slot(Some(index), "id"),
                    _ => top("id"),
                }
            }
            Self::Taken(_) => top("id"),
            Self::Untitled => top("title"),
            Self::NoSlots => top("slots"),
            Self::BadLayout => top("layout"),
            Self::UntitledSlot(id) => in_slot(first(id), "title"),
            Self::TwiceTheSlot(id) => in_slot(last(id), "id"),
            Self::Outside(id) | Self::Overlap(_, id) => in_slot(first(id), "area"),
            Self::UnknownKind(id, _) | Self::TakesNothing(id) => in_slot(first(id), "takes"),
            Self::UnknownSlot(id) => {
                let part = |slot: &crate::Slot| slot.part_of.as_ref() == Some(id);
                let step = |steps: &Vec<Vec<SlotId>>| steps.iter().flatten().any(|step| step == id);
                let order = canvas.orders.iter().position(|order| step(&order.steps));
                match order {
                    Some(index) => path(&["orders"], index, &["steps"]),
                    None => in_slot(slots.iter().position(part), "part_of"),
                }
            }
            Self::BadAddress(url) => {
                let order = canvas
                    .orders
                    .iter()
                    .position(|order| order.source.url == *url);
                match order {
                    _ if canvas.source.url == *url => members(&["source", "url"]),
                    _ if canvas.licence.url == *url => members(&["licence", "url"]),
                    Some(index) => path(&["orders"], index, &["source", "url"]),
                    None => Vec::new(),
                }
            }
        }
    }

    fn is_about(&self, id: &str) -> bool {
        matches!(self, Self::BadId(bad) if id.chars().take(SHOWN).eq(bad.chars()))
    }
}

/// The way to a member, as `slots[1].area`.
pub(super) fn field(path: &[Step]) -> String {
    let mut field = String::new();
    for step in path {
        match step {
            Step::Member(name) if field.is_empty() => field.push_str(name),
            Step::Member(name) => field.push_str(&format!(".{name}")),
            Step::Item(index) => field.push_str(&format!("[{index}]")),
        }
    }
    field
}

fn members(names: &[&str]) -> Vec<Step> {
    let member = |name: &&str| Step::Member((*name).to_owned());
    names.iter().map(member).collect()
}

fn path(list: &[&str], index: usize, within: &[&str]) -> Vec<Step> {
    let mut path = members(list);
    path.push(Step::Item(index));
    path.extend(members(within));
    path
}

impl From<serde_json::Error> for CanvasError {
    fn from(error: serde_json::Error) -> Self {
        // serde_json ends its messages with the place, which is kept apart.
        let message = error.to_string();
        let problem = message.split(" at line ").next().unwrap_or_default();
        Self::Unreadable {
            problem: problem.to_owned(),
            line: error.line(),
            column: error.column(),
        }
    }
}

impl fmt::Display for CanvasError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable {
                problem,
                line,
                column,
            } => write!(
                formatter,
                "it is no canvas: {problem} at line {line} column {column}"
            ),
            Self::BadId(id) => write!(
                formatter,
                "the id {} must be at most 64 lower-case letters, digits and hyphens",
                Quoted(id)
            ),
            Self::Taken(id) => write!(formatter, "there is a canvas or a view {id} already"),
            Self::Untitled => formatter.write_str("it has no title"),
            Self::UntitledSlot(slot) => write!(formatter, "the slot {slot} has no title"),
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
            Self::BadAddress(url) => write!(
                formatter,
                "the address {} begins neither with https:// nor with http://",
                Quoted(url)
            ),
        }
    }
}

impl std::error::Error for CanvasError {}
