//! Figures: the numbers of the methods, computed over the graph.
//!
//! A figure knows its formula, its inputs, its unit and its source, so that any view can show them.
//! It never stands for a division by zero: it says what is missing instead. A share of a sample
//! carries its n and its interval. Nothing here asks a clock: today is an input.
//!
//! [`FigureBook`] keeps all figures of a graph; [`kinds`] lists what there is.

mod book;
mod canvas;
mod context;
mod entered;
mod json;
mod kind;
mod like;
mod money;
mod producer;
mod record;
mod registry;
mod remark;
mod respondent;
mod sentence;
mod words;

mod economics;
mod evidence;
mod fit;
mod growth;
mod measure;
mod needs;
mod okr;
mod prioritisation;
mod roadmap;
mod statistics;
mod team;
mod users;

pub use crate::unit_words::{unit as unit_in, unit_of};
pub use book::{Changed, FigureBook, Subject};
pub use kind::{FigureKind, FigureSource, Scope};
pub(crate) use measure::{is_watched, latest as latest_reading};
pub(crate) use prioritisation::efforts;
pub use record::{DIFFERENCE, Figure, Input, InputValue, Label, Outcome, Row};
pub use registry::kinds;
pub use remark::{Part, Remark, RemarkKind, remark_kinds};
pub use roadmap::open_findings;

#[cfg(test)]
mod tests;
