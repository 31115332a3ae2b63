//! What can be wrong with a canvas that someone has written, and where in the text it stands.

use std::fmt;

use super::arrange::arrange;
use super::{MOST_CELLS, check};
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
    /// A figure that there is not. It does no harm, and only whoever writes the canvas is told.
    UnknownFigure(String),
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
        let canvas: Option<Canvas> = serde_json::from_str(text).ok();
        let found = canvas.and_then(|mut canvas| {
            arrange(&mut canvas);
            let mut errors = check(&canvas).into_iter();
            errors.find(|(error, _)| error == self)
        });
        let place = match (found, self) {
            (Some((_, place)), _) => place,
            (None, Self::Taken(_)) => Place::top("id"),
            (None, _) => Place::default(),
        };
        let path = place.path();
        Mistake {
            line: line_of(text, &path),
            field: field(&path),
        }
    }
}

/// The member that a mistake is about.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    /// A member of the canvas, and which item of it, where it is a list.
    top: &'static str,
    index: Option<usize>,
    /// The member of that item, and whether its address is meant.
    member: &'static str,
    url: bool,
}

impl Place {
    /// A member of the canvas.
    pub(super) fn top(top: &'static str) -> Self {
        Self {
            top,
            ..Self::default()
        }
    }

    /// A member of an item of a list of the canvas.
    pub(super) fn item(top: &'static str, index: usize, member: &'static str) -> Self {
        Self {
            top,
            index: Some(index),
            member,
            url: false,
        }
    }

    /// The address of the source or licence that stands there.
    pub(super) fn url(self) -> Self {
        Self { url: true, ..self }
    }

    /// The way to it.
    pub(super) fn path(self) -> Vec<Step> {
        let member = |name: &'static str| {
            let name = Some(name).filter(|name| !name.is_empty());
            name.map(|name| Step::Member(name.to_owned()))
        };
        let steps = [
            member(self.top),
            self.index.map(Step::Item),
            member(self.member),
            member(if self.url { "url" } else { "" }),
        ];
        steps.into_iter().flatten().collect()
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
            Self::UnknownFigure(id) => {
                write!(formatter, "there is no figure {}", Quoted(id))
            }
        }
    }
}

impl std::error::Error for CanvasError {}
