//! The graph arranged for asking: what is there by kind, what hangs on what by link and by
//! reference field, and what stands on a canvas.
//!
//! Invariant: an index that was kept up to date by [`GraphIndex::update`] answers as one built anew
//! from the same graph. Deleted entities are left out of every answer; links and references to what
//! is deleted or was never there are known as broken. All answers come in the order of ids.
//!
//! Questions are asked through a [`Reader`], which notes what was looked at; [`Dependents`] turns
//! such notes into "what has to be computed again".

mod dependents;
mod edit;
mod fill;
mod hash;
mod key;
mod names;
mod node;
mod rating;
mod reader;

use std::collections::HashMap;
use std::sync::Arc;

pub use dependents::{Dependents, Unit};
pub use key::{Key, Reads};
pub use rating::Rated;
pub use reader::{Linked, Notes, Reader};

use hash::Seed;
use names::Names;
use node::Node;

use crate::{CanvasId, Entity, EntityId, Field, Graph, Kind, KindId, LinkId, LinkKind};

/// An entity's place in the index; good for the index that gave it and its clones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle(u32);

impl Handle {
    /// Its number: small, and never given to another entity.
    #[must_use]
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// The parts of a graph that may read differently now.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// Entities whose content or flags changed, that came or went.
    pub entities: Vec<EntityId>,
    /// Links that changed, came or went.
    pub links: Vec<LinkId>,
    /// Places that changed: where an entity is on a canvas.
    pub placements: Vec<(CanvasId, EntityId)>,
}

/// The graph arranged for asking.
#[derive(Clone, Debug, Default)]
pub struct GraphIndex {
    nodes: Vec<Node>,
    by_id: HashMap<EntityId, Handle, Seed>,
    /// All handles in the order of their ids.
    sorted: Vec<Handle>,
    /// So many handles from the first on are numbered in the order of their ids.
    ordered: u32,
    kinds: Names,
    /// The catalogue's entry of each kind.
    catalogued: Vec<Catalogued>,
    /// The live entities of each kind, by id.
    by_kind: Vec<Vec<Handle>>,
    link_kinds: Names,
    /// What the catalogue knows about each kind of link.
    known_links: Vec<Option<&'static LinkKind>>,
    fields: Names,
    /// Every link that is not deleted, by id.
    links: Vec<(LinkId, Joined)>,
    /// What is placed on each canvas, by id, with the hash of its slot; deleted entities included.
    canvases: Vec<(CanvasId, Vec<(Handle, u32)>)>,
}

/// What the catalogue says about a kind: its reference fields with their numbers, and the fields
/// that stand for something while they are empty.
#[derive(Clone, Debug, Default)]
struct Catalogued {
    kind: Option<&'static Kind>,
    references: Arc<[(&'static str, u16)]>,
    with_default: Vec<&'static Field>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Joined {
    kind: u16,
    from: Handle,
    to: Handle,
}

impl GraphIndex {
    /// The index of a whole graph.
    #[must_use]
    pub fn new(graph: &Graph) -> Self {
        let mut index = Self::default();
        index.fill(graph);
        index
    }

    /// Reads again what `edits` names; what now answers differently.
    pub fn update(&mut self, graph: &Graph, edits: &Edits) -> Reads {
        let mut touched = Reads::default();
        for id in &edits.entities {
            self.set_entity(id, graph.entities.get(id), &mut touched);
        }
        for id in &edits.links {
            self.set_link(id, graph.links.get(id), &mut touched);
        }
        for (canvas, id) in &edits.placements {
            let placement = graph.placement(canvas, id);
            let slot = placement.map(|placement| &placement.slot);
            self.set_place(canvas, id, slot, &mut touched);
        }
        touched.tidy();
        touched
    }

    /// A reader that has read nothing yet.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(self)
    }

    /// The handle of an entity, deleted or not, or of an id that something names.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Handle> {
        self.by_id.get(id).copied()
    }

    /// The id of an entity.
    #[must_use]
    pub fn id(&self, handle: Handle) -> Option<&EntityId> {
        self.node(handle).map(|node| &node.id)
    }

    /// The kind of a live entity.
    #[must_use]
    pub fn kind_id(&self, handle: Handle) -> Option<&KindId> {
        Some(&self.node(handle)?.live()?.kind)
    }

    /// The number of a live entity's kind: small, and the same for all entities of the kind.
    pub(crate) fn kind_number_of(&self, handle: Handle) -> Option<u16> {
        self.node(handle)?.kind
    }

    /// Every live entity, in the order of ids. This is no question that is noted: it is for going
    /// through a whole graph once.
    pub fn live(&self) -> impl Iterator<Item = (Handle, &Entity)> {
        let node = |handle: &Handle| Some((*handle, self.node(*handle)?.live()?));
        self.sorted.iter().filter_map(node)
    }

    /// The handle of that number.
    #[must_use]
    pub fn at(&self, number: usize) -> Option<Handle> {
        let handle = Handle(u32::try_from(number).ok()?);
        self.node(handle).map(|_| handle)
    }

    /// How many handles there are; all of their numbers are below it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The canvases on which something was ever placed.
    pub fn canvases(&self) -> impl Iterator<Item = &CanvasId> {
        self.canvases.iter().map(|(id, _)| id)
    }

    fn node(&self, handle: Handle) -> Option<&Node> {
        self.nodes.get(handle.number())
    }

    fn node_mut(&mut self, handle: Handle) -> Option<&mut Node> {
        self.nodes.get_mut(handle.number())
    }

    fn id_text(&self, handle: Handle) -> &str {
        self.node(handle).map_or("", |node| node.id.as_str())
    }

    fn canvas_row(&self, canvas: &str) -> Result<usize, usize> {
        self.canvases
            .binary_search_by(|(other, _)| other.as_str().cmp(canvas))
    }

    /// The order of two handles, which is that of their ids.
    fn compare(&self, one: Handle, other: Handle) -> std::cmp::Ordering {
        match one.0.max(other.0) < self.ordered {
            true => one.cmp(&other),
            false => self.id_text(one).cmp(self.id_text(other)),
        }
    }
}

#[cfg(test)]
mod tests;
