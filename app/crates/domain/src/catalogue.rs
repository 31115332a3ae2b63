//! The catalogue: canvases, kinds of entity and kinds of link, each one JSON file under
//! `catalogue/`, read once.
//!
//! A canvas is data: adding one is adding one file. `catalogue/tests.rs` reads and checks them all.
//!
//! Natively the files are compiled in. A browser would have to download them all, in all languages,
//! before it can draw anything: there the program is handed what it needs ([`install`]), before it
//! asks for anything else here; the fields of the kinds, which no canvas shows, after a canvas is on
//! show ([`install_fields`]), and all that other canvases than the first show before one of them is
//! ([`install_canvases`]).

mod canvas;
mod field;
mod fields;
mod kind;
mod link_kind;
mod own;
mod reader;
mod slot;
mod standing;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;

pub use canvas::{Canvas, Group, GuidedOrder, Layout, Licence, Primitive, Source};
pub use field::{Bounds, Choice, Field, FieldType, Scale};
pub use fields::KindFields;
pub use kind::Kind;
pub use link_kind::LinkKind;
pub use own::{
    CANVAS, CanvasError, CanvasRef, DEFINITION, Flaw, Mistake, Outline, Wrong, copy_of, definition,
    flaws, own_canvas, own_canvases, read_own, to_text, usable, usable_canvases,
};
pub use slot::{GridArea, Slot, Suggestion};
pub use standing::Disagreement;

use crate::{CanvasId, KindId, LinkKindId, compact};

/// The pseudo-slot of every canvas for notes that have no other: the tray "Unplaced".
pub const UNPLACED: &str = "unplaced";

/// The field that every kind has for words by which an entity is found, separated by commas.
pub const TAGS: &str = "tags";

/// The files as (name without ending, text), by name.
pub(crate) mod files {
    include!(concat!(env!("OUT_DIR"), "/files.rs"));
}

/// What the catalogue holds. As one file it has a list a folder, and numbers in the place of texts
/// (see [`crate::localised::install`]).
#[derive(Default)]
struct Catalogue {
    canvases: Vec<Canvas>,
    kinds: Vec<Kind>,
    links: Vec<LinkKind>,
}

static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();

/// The kinds with fields that came apart from them.
static WHOLE_KINDS: OnceLock<Vec<Kind>> = OnceLock::new();

/// All canvases, where they came in brief first.
static WHOLE_CANVASES: OnceLock<Vec<Canvas>> = OnceLock::new();

/// Hands over the catalogue as one JSON text: an object with the lists `canvases` (the first whole, the
/// others in brief), `kinds` (without their fields) and `links`.
///
/// # Errors
///
/// The text is no catalogue, or there is one already.
pub fn install(text: &str) -> Result<(), String> {
    let catalogue = reader::read(text).ok_or("the text is no catalogue")?;
    CATALOGUE
        .set(ordered(catalogue))
        .map_err(|_| "there is a catalogue already".to_owned())
}

/// Hands over the fields of the kinds that were installed without: one JSON object with a list of fields
/// for each kind's id.
///
/// # Errors
///
/// The text is none, no catalogue was installed before, or they were handed over already.
pub fn install_fields(text: &str) -> Result<(), String> {
    let mut fields: BTreeMap<KindId, KindFields> =
        serde_json::from_str(text).map_err(|error| error.to_string())?;
    let catalogue = CATALOGUE.get().ok_or("there is no catalogue yet")?;
    let mut whole = catalogue.kinds.clone();
    for kind in &mut whole {
        if let Some(fields) = fields.remove(&kind.id) {
            kind.fields = fields;
        }
    }
    WHOLE_KINDS
        .set(whole)
        .map_err(|_| "there are fields already".to_owned())
}

/// Hands over the canvases as a whole, as one JSON list.
///
/// # Errors
///
/// The text is none, or they were handed over already.
pub fn install_canvases(text: &str) -> Result<(), String> {
    let mut canvases = reader::read(text).ok_or("the text is no list of canvases")?;
    in_order(&mut canvases);
    WHOLE_CANVASES
        .set(canvases)
        .map_err(|_| "the canvases are whole already".to_owned())
}

/// Whether the canvases were handed over as a whole.
#[must_use]
pub fn has_whole_canvases() -> bool {
    WHOLE_CANVASES.get().is_some()
}

/// Whether a canvas is the first, which is whole from the beginning.
#[must_use]
pub fn is_first(canvas: &CanvasId) -> bool {
    let first = catalogue().canvases.first();
    first.is_some_and(|first| first.id == *canvas)
}

/// Whether the fields of the kinds were handed over.
#[must_use]
pub fn has_fields() -> bool {
    WHOLE_KINDS.get().is_some()
}

/// Whether a catalogue was handed over, or asked for where it is compiled in.
#[must_use]
pub fn is_installed() -> bool {
    CATALOGUE.get().is_some()
}

fn catalogue() -> &'static Catalogue {
    CATALOGUE.get_or_init(compiled_in)
}

/// What is compiled in; for a browser nothing, not even what reads it.
fn compiled_in() -> Catalogue {
    if cfg!(target_family = "wasm") {
        return Catalogue::default();
    }
    ordered(Catalogue {
        canvases: read(files::CANVASES),
        kinds: read(files::KINDS),
        links: read(files::LINK_KINDS),
    })
}

fn ordered(mut catalogue: Catalogue) -> Catalogue {
    in_order(&mut catalogue.canvases);
    catalogue
}

fn in_order(canvases: &mut Vec<Canvas>) {
    compact::sort_by_key(canvases, |canvas| canvas.position);
}

/// All canvases, in the order in which they are offered.
#[must_use]
pub fn canvases() -> &'static [Canvas] {
    WHOLE_CANVASES
        .get()
        .unwrap_or_else(|| &catalogue().canvases)
}

/// The canvas of that id.
#[must_use]
pub fn canvas(id: &CanvasId) -> Option<&'static Canvas> {
    canvases().iter().find(|canvas| canvas.id == *id)
}

/// All kinds of entity, by id.
#[must_use]
pub fn kinds() -> &'static [Kind] {
    WHOLE_KINDS.get().unwrap_or_else(|| &catalogue().kinds)
}

/// The kind of that id.
#[must_use]
pub fn kind(id: &KindId) -> Option<&'static Kind> {
    kinds().iter().find(|kind| kind.id == *id)
}

/// All kinds of link, by id.
#[must_use]
pub fn link_kinds() -> &'static [LinkKind] {
    &catalogue().links
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
