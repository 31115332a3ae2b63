//! A canvas: its slots, what it asks, in which order it is filled, and whose work it is.

use serde::Deserialize;

use super::slot::Slot;
use crate::{CanvasId, Localised, SlotId};

/// A view of the graph, as its method draws it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Canvas {
    /// Its id, also the name of its file and the end of its address.
    pub id: CanvasId,
    /// Its name.
    pub title: Localised,
    /// One sentence on what it is for.
    #[serde(default = "no_words")]
    pub description: Localised,
    /// Under which heading of the navigation it stands.
    #[serde(default)]
    pub group: Group,
    /// The method that it belongs to, such as `M2`; empty for a canvas of one's own.
    #[serde(default)]
    pub method: String,
    /// What draws it. Every canvas has slots too, and can always be drawn as those.
    #[serde(default)]
    pub primitive: Primitive,
    /// Its place in the list of canvases, lowest first.
    #[serde(default = "last")]
    pub position: u32,
    /// The grid on which its slots lie; of a canvas of one's own that names none, as large as its
    /// slots need.
    #[serde(default)]
    pub layout: Layout,
    /// Its slots, in reading order.
    pub slots: Vec<Slot>,
    /// The orders in which it can be filled, the usual one first.
    #[serde(default)]
    pub orders: Vec<GuidedOrder>,
    /// The figures that it shows, by their ids.
    #[serde(default)]
    pub figures: Vec<String>,
    /// Who devised it.
    #[serde(default)]
    pub author: String,
    /// Where it is described.
    #[serde(default)]
    pub source: Source,
    /// On which terms it may be shown.
    #[serde(default)]
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

pub(super) fn no_words() -> Localised {
    Localised::from_iter([("", ""); 0])
}

/// Where a canvas stands that does not say: behind those of the catalogue.
pub(super) fn last() -> u32 {
    u32::MAX
}

/// The heading of the navigation under which a canvas stands: what a team does with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// Say what the business and the product are meant to be.
    Model,
    /// Find out what people need and what goes on around them.
    Discover,
    /// Put beliefs to the test and decide.
    Test,
    /// Choose what to work on, and towards what.
    Plan,
    /// See what comes of it.
    Measure,
    /// Agree on who does and decides what.
    Team,
    /// A canvas that a workspace has added for itself.
    #[default]
    Own,
}

impl Group {
    /// All groups, in the order of the navigation.
    pub const ALL: [Group; 7] = [
        Group::Model,
        Group::Discover,
        Group::Test,
        Group::Plan,
        Group::Measure,
        Group::Team,
        Group::Own,
    ];

    /// The name that files use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Group::Model => "model",
            Group::Discover => "discover",
            Group::Test => "test",
            Group::Plan => "plan",
            Group::Measure => "measure",
            Group::Team => "team",
            Group::Own => "own",
        }
    }
}

/// What draws a canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Primitive {
    /// Slots in their published layout.
    #[default]
    Slots,
    /// A board whose columns are stages.
    Columns,
    /// Parents and children along links.
    Tree,
    /// Two axes, reckoned from values.
    Map,
    /// A row an entity, a column a value.
    Table,
    /// A diagram of figures.
    Chart,
    /// A card to fill in.
    Form,
    /// Along the calendar.
    Timeline,
}

impl Primitive {
    /// All of them.
    pub const ALL: [Primitive; 8] = [
        Primitive::Slots,
        Primitive::Columns,
        Primitive::Tree,
        Primitive::Map,
        Primitive::Table,
        Primitive::Chart,
        Primitive::Form,
        Primitive::Timeline,
    ];

    /// The name that files use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Primitive::Slots => "slots",
            Primitive::Columns => "columns",
            Primitive::Tree => "tree",
            Primitive::Map => "map",
            Primitive::Table => "table",
            Primitive::Chart => "chart",
            Primitive::Form => "form",
            Primitive::Timeline => "timeline",
        }
    }
}

/// The size of a canvas in grid cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Layout {
    /// Number of columns.
    pub columns: u32,
    /// Number of rows.
    pub rows: u32,
}

/// An order in which to fill a canvas, as someone published it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct GuidedOrder {
    /// Its id within the canvas.
    pub id: String,
    /// Its name.
    #[serde(default = "no_words")]
    pub title: Localised,
    /// Where it was published.
    #[serde(default)]
    pub source: Source,
    /// The steps; the slots of one step are filled together.
    pub steps: Vec<Vec<SlotId>>,
}

/// A work that something is taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// Where to read it.
    pub url: String,
}

/// The terms of a canvas, shown legibly under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Licence {
    /// The licence's short name.
    pub name: String,
    /// The licence's text.
    pub url: String,
    /// The credit that it asks for.
    pub attribution: String,
}

#[cfg(test)]
mod tests;
