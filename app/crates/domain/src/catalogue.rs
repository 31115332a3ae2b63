//! The catalogue: canvases, kinds of entity and kinds of link, each one JSON file under
//! `catalogue/`, compiled in and read once.
//!
//! A canvas is data: adding one is adding one file. `tests/catalogue.rs` reads and checks them all.

mod canvas;
mod field;
mod kind;
mod link_kind;
mod own;
mod slot;

use std::sync::OnceLock;

use serde::de::DeserializeOwned;

pub use canvas::{Canvas, Group, GuidedOrder, Layout, Licence, Primitive, Source};
pub use field::{Bounds, Choice, Field, FieldType, Scale};
pub use kind::Kind;
pub use link_kind::LinkKind;
pub use own::{CANVAS, CanvasError, DEFINITION, definition, own_canvases, read_own};
pub use slot::{GridArea, Slot, Suggestion};

use crate::{CanvasId, KindId, LinkKindId, compact};

/// The pseudo-slot of every canvas for notes that have no other: the tray "Unplaced".
pub const UNPLACED: &str = "unplaced";

/// The files as (name without ending, text), by name.
pub(crate) mod files {
    include!(concat!(env!("OUT_DIR"), "/files.rs"));
}

/// All canvases, in the order in which they are offered.
#[must_use]
pub fn canvases() -> &'static [Canvas] {
    static CANVASES: OnceLock<Vec<Canvas>> = OnceLock::new();
    CANVASES.get_or_init(|| {
        let mut canvases: Vec<Canvas> = read(files::CANVASES);
        compact::sort_by_key(&mut canvases, |canvas| canvas.position);
        canvases
    })
}

/// The canvas of that id.
#[must_use]
pub fn canvas(id: &CanvasId) -> Option<&'static Canvas> {
    canvases().iter().find(|canvas| canvas.id == *id)
}

/// All kinds of entity, by id.
#[must_use]
pub fn kinds() -> &'static [Kind] {
    static KINDS: OnceLock<Vec<Kind>> = OnceLock::new();
    KINDS.get_or_init(|| read(files::KINDS))
}

/// The kind of that id.
#[must_use]
pub fn kind(id: &KindId) -> Option<&'static Kind> {
    kinds().iter().find(|kind| kind.id == *id)
}

/// All kinds of link, by id.
#[must_use]
pub fn link_kinds() -> &'static [LinkKind] {
    static LINK_KINDS: OnceLock<Vec<LinkKind>> = OnceLock::new();
    LINK_KINDS.get_or_init(|| read(files::LINK_KINDS))
}

/// The kind of link of that id.
#[must_use]
pub fn link_kind(id: &LinkKindId) -> Option<&'static LinkKind> {
    link_kinds().iter().find(|kind| kind.id == *id)
}

/// A file that does not parse is left out here and fails the catalogue's test.
fn read<T: DeserializeOwned>(files: &[(&str, &str)]) -> Vec<T> {
    files
        .iter()
        .filter_map(|(_, text)| serde_json::from_str(text).ok())
        .collect()
}

#[cfg(test)]
mod tests;
