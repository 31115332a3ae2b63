//! A canvas: its slots and where they lie, what it asks, in which order it is filled, and whose
//! work it is.

use serde::Deserialize;

use crate::{CanvasId, KindId, Localised, SlotId};

/// A canvas made of slots.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Canvas {
    /// Its id, also the name of its file and the end of its address.
    pub id: CanvasId,
    /// Its name.
    pub title: Localised,
    /// One sentence on what it is for.
    pub description: Localised,
    /// Its place in the list of canvases, lowest first.
    pub position: u32,
    /// The grid on which its slots lie.
    pub layout: Layout,
    /// Its slots, in reading order.
    pub slots: Vec<Slot>,
    /// The orders in which it can be filled, the usual one first.
    pub orders: Vec<GuidedOrder>,
    /// Who devised it.
    pub author: String,
    /// Where it is described.
    pub source: Source,
    /// On which terms it may be shown.
    pub licence: Licence,
    /// Other names that imported files may give it.
    #[serde(default)]
    pub aliases: Vec<String>,
}

impl Canvas {
    /// The slot of that id.
    #[must_use]
    pub fn slot(&self, id: &SlotId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.id == *id)
    }
}

/// The size of a canvas in grid cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Layout {
    /// Number of columns.
    pub columns: u32,
    /// Number of rows.
    pub rows: u32,
}

/// A region of a canvas that holds notes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Slot {
    /// Its id within the canvas.
    pub id: SlotId,
    /// Its name.
    pub title: Localised,
    /// The question that its notes answer; shown as a hint while it is empty.
    pub question: Localised,
    /// The kinds that it takes; a new note becomes the first.
    pub takes: Vec<KindId>,
    /// Where it lies.
    pub area: GridArea,
    /// How many notes the method advises at most; more are possible and pointed out.
    #[serde(default)]
    pub limit: Option<u32>,
    /// Why there is a limit, in the method's sense.
    #[serde(default)]
    pub advice: Option<Localised>,
    /// Other headings that imported files may give it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The slot of which this one is a sub-block.
    #[serde(default)]
    pub part_of: Option<SlotId>,
}

/// Grid cells, counted from 1 as in CSS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct GridArea {
    /// First column.
    pub column: u32,
    /// First row.
    pub row: u32,
    /// How many columns wide.
    pub column_span: u32,
    /// How many rows high.
    pub row_span: u32,
}

/// An order in which to fill a canvas, as someone published it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct GuidedOrder {
    /// Its id within the canvas.
    pub id: String,
    /// Its name.
    pub title: Localised,
    /// Where it was published.
    pub source: Source,
    /// The steps; the slots of one step are filled together.
    pub steps: Vec<Vec<SlotId>>,
}

/// A work that something is taken from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// Where to read it.
    pub url: String,
}

/// The terms of a canvas, shown legibly under it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Licence {
    /// The licence's short name.
    pub name: String,
    /// The licence's text.
    pub url: String,
    /// The credit that it asks for.
    pub attribution: String,
}
