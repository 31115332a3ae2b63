//! What a workspace is made of, as plain data: notes and their links, where they are placed, the
//! catalogue of canvases and kinds, and the files that go in and out.
//!
//! This crate knows no CRDT, no signals and no web: everything here is data and pure functions.

pub mod catalogue;
pub mod check;
pub mod compact;
mod counts;
pub mod decision;
pub mod direction;
mod error;
mod evidence;
pub mod experiment;
pub mod figure;
pub mod graph;
pub mod hue;
pub mod id;
pub mod index;
pub mod interchange;
pub mod localised;
mod locate;
mod mark;
pub mod method;
mod number;
mod outcome;
mod parallel;
pub mod placement;
pub mod quoted;
pub mod rank;
pub mod sample;
#[cfg(test)]
mod sketch;
pub mod trace;
mod unit_words;
pub mod value;

pub use catalogue::{
    Bounds, Canvas, Choice, Field, FieldType, GridArea, Group, GuidedOrder, Kind, Layout, Licence,
    LinkKind, Primitive, Scale, Slot, Source, Suggestion, UNPLACED, canvas, canvases, kind, kinds,
    link_kind, link_kinds,
};
pub use error::ImportError;
pub use graph::{Deletion, Entity, FieldValue, Fields, Graph, Link, Person, Stamp};
pub use hue::Hue;
pub use id::{CanvasId, EntityId, KindId, LinkId, LinkKindId, PersonId, SlotId};
pub use interchange::{Format, Imported, import, to_json, to_markdown};
pub use localised::Localised;
pub use placement::Placement;
pub use quoted::Quoted;
pub use rank::Rank;
pub use sample::sample;
pub use value::Value;
