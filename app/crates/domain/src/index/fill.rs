//! Making the index of a whole graph: what [`super::edit`] does one by one, for everything at once.
//!
//! A graph is read in the order of ids, so that most lists come into order by themselves, and nobody
//! asks what an edit touched.

use super::key::hash;
use super::node::{Edge, Node, Reference};
use super::{GraphIndex, Handle, Joined};
use crate::{Entity, EntityId, Graph, Link, LinkId};

impl GraphIndex {
    /// Reads a whole graph into an index that is empty.
    pub(super) fn fill(&mut self, graph: &Graph) {
        self.know(graph.entities.keys());
        self.fill_entities(graph.entities.values());
        self.fill_links(graph.links.iter());
        for (canvas, placed) in graph.placements.iter().filter(|(_, on)| !on.is_empty()) {
            let placed = placed.iter();
            let placed = placed.map(|(id, place)| (self.handle(id), hash(place.slot.as_str())));
            let placed = placed.collect();
            self.canvases.push((canvas.clone(), placed));
        }
    }

    /// Gives all entities their handles, before what names another id needs one in between.
    fn know<'a>(&mut self, ids: impl ExactSizeIterator<Item = &'a EntityId>) {
        self.nodes.reserve(ids.len());
        self.sorted.reserve(ids.len());
        self.by_id.reserve(ids.len());
        for (number, id) in (0..).zip(ids) {
            let handle = Handle(number);
            self.nodes.push(Node::new(id.clone()));
            self.sorted.push(handle);
            self.by_id.insert(id.clone(), handle);
            self.ordered = number + 1;
        }
    }

    fn fill_entities<'a>(&mut self, entities: impl Iterator<Item = &'a Entity>) {
        for (number, entity) in (0..).zip(entities) {
            let handle = Handle(number);
            let is_live = entity.deleted.is_none();
            let kind = is_live.then(|| self.kind_number(entity.kind.as_str()));
            let references = self.references_of(kind, Some(entity));
            let members = kind.and_then(|kind| self.by_kind.get_mut(usize::from(kind)));
            if let Some(members) = members {
                members.push(handle);
            }
            for &Reference { field, other } in &references {
                if let Some(node) = self.node_mut(other) {
                    let other = handle;
                    node.referring.push(Reference { field, other });
                }
            }
            if let Some(node) = self.node_mut(handle) {
                node.entity = Some(entity.clone());
                node.kind = kind;
                node.references = references;
            }
        }
        for node in &mut self.nodes {
            node.referring.sort_by_key(|reference| reference.field);
        }
    }

    fn fill_links<'a>(&mut self, links: impl ExactSizeIterator<Item = (&'a LinkId, &'a Link)>) {
        self.links.reserve(links.len());
        for (id, link) in links.filter(|(_, link)| link.deleted.is_none()) {
            let (from, to) = (self.handle(&link.from), self.handle(&link.to));
            let kind = self.link_number(&link.kind);
            self.links.push((id.clone(), Joined { kind, from, to }));
            for (end, other, outgoing) in [(from, to, true), (to, from, false)] {
                let link = id.clone();
                if let Some(node) = self.node_mut(end) {
                    node.side(outgoing).push(Edge { kind, other, link });
                }
            }
        }
        self.order_edges();
    }

    /// Puts the links of each entity in order, where those of one kind between the same two are.
    fn order_edges(&mut self) {
        let mut kinds: Vec<u16> = (0..self.known_links.len() as u16).collect();
        kinds.sort_unstable_by_key(|kind| self.link_kinds.text(*kind));
        let mut rank = vec![0_u16; kinds.len()];
        for (at, kind) in (0..).zip(kinds) {
            if let Some(rank) = rank.get_mut(usize::from(kind)) {
                *rank = at;
            }
        }
        let mut place = vec![0_u32; self.nodes.len()];
        for (at, handle) in (0..).zip(&self.sorted) {
            if let Some(place) = place.get_mut(handle.number()) {
                *place = at;
            }
        }
        let order = |edge: &Edge| {
            let rank = rank.get(usize::from(edge.kind)).copied();
            (rank, place.get(edge.other.number()).copied())
        };
        for node in &mut self.nodes {
            node.outgoing.sort_by_key(order);
            node.incoming.sort_by_key(order);
        }
    }
}
