//! Keeping an index up to date, one entity, link or place at a time.
//!
//! Invariant: every list stays in the order of ids, so that answers do not depend on the order in
//! which things came.

use std::cmp::Ordering;

use super::key::{PLACES, hash};
use super::node::{Edge, Reference};
use super::{Catalogued, GraphIndex, Handle, Joined, Key, Node, Reads};
use crate::{
    CanvasId, Entity, EntityId, FieldType, FieldValue, Fields, Link, LinkId, LinkKindId, SlotId,
    catalogue,
};

impl GraphIndex {
    /// The handle of an id, a new one if need be.
    pub(super) fn handle(&mut self, id: &EntityId) -> Handle {
        if let Some(handle) = self.by_id.get(id) {
            return *handle;
        }
        let handle = Handle(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let at = search(&self.sorted, |other| self.id_text(*other).cmp(id.as_str()));
        let at = at.unwrap_or_else(|at| at);
        if at == self.nodes.len() && self.ordered == handle.0 {
            self.ordered += 1;
        }
        self.sorted.insert(at, handle);
        self.nodes.push(Node::new(id.clone()));
        self.by_id.insert(id.clone(), handle);
        handle
    }

    /// The handle of an id that something names.
    fn handle_of(&mut self, id: &str) -> Handle {
        match self.by_id.get(id) {
            Some(handle) => *handle,
            None => self.handle(&EntityId::from(id)),
        }
    }

    /// The number of a kind, with its row in the tables.
    pub(super) fn kind_number(&mut self, kind: &str) -> u16 {
        let number = self.kinds.intern(kind);
        while self.by_kind.len() < self.kinds.len() {
            let known = catalogue::kinds()
                .iter()
                .find(|known| *self.kinds.text(self.by_kind.len() as u16) == *known.id.as_str());
            let fields = known.map_or(&[][..], |kind| &kind.fields).iter();
            let references = fields.clone();
            let references = references
                .filter(|field| matches!(field.takes, FieldType::Reference { .. }))
                .map(|field| (field.id.as_str(), self.fields.intern(&field.id)))
                .collect();
            self.catalogued.push(Catalogued {
                kind: known,
                references,
                with_default: fields.filter(|field| field.default.is_some()).collect(),
            });
            self.by_kind.push(Vec::new());
        }
        number
    }

    /// The number of a kind of link, with its row in the table.
    pub(super) fn link_number(&mut self, kind: &LinkKindId) -> u16 {
        let number = self.link_kinds.intern(kind.as_str());
        if self.known_links.len() < self.link_kinds.len() {
            self.known_links.push(catalogue::link_kind(kind));
        }
        number
    }

    pub(super) fn set_entity(
        &mut self,
        id: &EntityId,
        entity: Option<&Entity>,
        touched: &mut Reads,
    ) {
        let handle = self.handle(id);
        let kind = entity
            .filter(|entity| entity.deleted.is_none())
            .map(|entity| self.kind_number(entity.kind.as_str()));
        let references = self.references_of(kind, entity);
        let Some(node) = self.node_mut(handle) else {
            return;
        };
        if node.entity.as_ref() == entity {
            return;
        }
        let former_entity = std::mem::replace(&mut node.entity, entity.cloned());
        let former_kind = std::mem::replace(&mut node.kind, kind);
        let former = std::mem::replace(&mut node.references, references.clone());
        touched.add(Key::entity(handle));
        if former_kind != kind {
            touched.add(Key::being(handle));
            self.move_kind(handle, former_kind, kind, touched);
            Key::all_fields(handle).for_each(|key| touched.add(key));
        } else if let (Some(former), Some(entity)) = (&former_entity, entity) {
            touch_fields(handle, &former.fields, &entity.fields, touched);
        }
        for reference in former.iter().filter(|former| !references.contains(former)) {
            self.set_referring(*reference, handle, false, touched);
        }
        for reference in references.iter().filter(|now| !former.contains(now)) {
            self.set_referring(*reference, handle, true, touched);
        }
    }

    /// What the reference fields of a live entity name.
    pub(super) fn references_of(
        &mut self,
        kind: Option<u16>,
        entity: Option<&Entity>,
    ) -> Vec<Reference> {
        let (Some(kind), Some(entity)) = (kind, entity) else {
            return Vec::new();
        };
        let Some(row) = self.catalogued.get(usize::from(kind)) else {
            return Vec::new();
        };
        let mut references = Vec::new();
        for (field, number) in row.references.clone().iter() {
            let other = match entity.fields.get(field) {
                Some(FieldValue::Text(id)) if id.trim().is_empty() => continue,
                Some(FieldValue::Text(id)) => self.handle_of(id.trim()),
                // Ids that are numbers are written by hand.
                Some(FieldValue::Number(id)) => self.handle_of(&id.to_string()),
                Some(FieldValue::Flag(_)) | None => continue,
            };
            let field = *number;
            references.push(Reference { field, other });
        }
        references
    }

    fn move_kind(
        &mut self,
        handle: Handle,
        former: Option<u16>,
        now: Option<u16>,
        touched: &mut Reads,
    ) {
        for (kind, joins) in [(former, false), (now, true)] {
            let Some(kind) = kind else { continue };
            touched.add(Key::kind(self.kinds.text(kind)));
            let Some(members) = self.by_kind.get_mut(usize::from(kind)) else {
                continue;
            };
            let mut members = std::mem::take(members);
            let at = search(&members, |other| self.compare(*other, handle));
            insert_or_remove(&mut members, at, handle, joins);
            if let Some(row) = self.by_kind.get_mut(usize::from(kind)) {
                *row = members;
            }
        }
    }

    fn set_referring(
        &mut self,
        reference: Reference,
        from: Handle,
        joins: bool,
        touched: &mut Reads,
    ) {
        touched.add(Key::all_links(reference.other));
        touched.add(Key::links(
            reference.other,
            self.fields.text(reference.field),
        ));
        let entry = Reference {
            field: reference.field,
            other: from,
        };
        let Some(node) = self.node_mut(reference.other) else {
            return;
        };
        let mut referring = std::mem::take(&mut node.referring);
        let at = search(&referring, |one| {
            let by_field = one.field.cmp(&entry.field);
            by_field.then_with(|| self.compare(one.other, from))
        });
        insert_or_remove(&mut referring, at, entry, joins);
        if let Some(node) = self.node_mut(reference.other) {
            node.referring = referring;
        }
    }

    pub(super) fn set_link(&mut self, id: &LinkId, link: Option<&Link>, touched: &mut Reads) {
        let live = link.filter(|link| link.deleted.is_none());
        let joined = live.map(|link| Joined {
            kind: self.link_number(&link.kind),
            from: self.handle(&link.from),
            to: self.handle(&link.to),
        });
        let at = search(&self.links, |(other, _)| other.cmp(id));
        let former = at.ok().and_then(|at| Some(self.links.get(at)?.1));
        if former == joined {
            return;
        }
        match (at, joined) {
            (Ok(at), Some(joined)) => {
                if let Some(row) = self.links.get_mut(at) {
                    row.1 = joined;
                }
            }
            (Ok(at), None) => {
                self.links.remove(at);
            }
            (Err(at), Some(joined)) => self.links.insert(at, (id.clone(), joined)),
            (Err(_), None) => {}
        }
        for (joined, joins) in [(former, false), (joined, true)] {
            let Some(Joined { kind, from, to }) = joined else {
                continue;
            };
            for (end, other, outgoing) in [(from, to, true), (to, from, false)] {
                touched.add(Key::all_links(end));
                touched.add(Key::links(end, self.link_kinds.text(kind)));
                let link = id.clone();
                self.set_edge(end, outgoing, Edge { kind, other, link }, joins);
            }
        }
    }

    fn set_edge(&mut self, end: Handle, outgoing: bool, edge: Edge, joins: bool) {
        let Some(node) = self.node_mut(end) else {
            return;
        };
        let mut edges = std::mem::take(node.side(outgoing));
        let at = search(&edges, |one| {
            self.compare_kinds(one.kind, edge.kind)
                .then_with(|| self.compare(one.other, edge.other))
                .then_with(|| one.link.cmp(&edge.link))
        });
        insert_or_remove(&mut edges, at, edge, joins);
        if let Some(node) = self.node_mut(end) {
            *node.side(outgoing) = edges;
        }
    }

    /// The order of two kinds of link, which is that of their names.
    fn compare_kinds(&self, one: u16, other: u16) -> Ordering {
        match one == other {
            true => Ordering::Equal,
            false => {
                let names = &self.link_kinds;
                names.text(one).cmp(names.text(other))
            }
        }
    }

    pub(super) fn set_place(
        &mut self,
        canvas: &CanvasId,
        id: &EntityId,
        slot: Option<&SlotId>,
        touched: &mut Reads,
    ) {
        let handle = self.handle(id);
        let row = match self.canvas_row(canvas.as_str()) {
            Ok(row) => row,
            Err(_) if slot.is_none() => return,
            Err(row) => {
                self.canvases.insert(row, (canvas.clone(), Vec::new()));
                row
            }
        };
        let Some((_, placed)) = self.canvases.get_mut(row) else {
            return;
        };
        let mut placed = std::mem::take(placed);
        let at = search(&placed, |other| self.compare(other.0, handle));
        let hash = slot.map(|slot| hash(slot.as_str()));
        let before = at.ok().and_then(|at| placed.get_mut(at));
        if before.as_ref().map(|(_, slot)| *slot) != hash {
            touched.add(Key::canvas(canvas.as_str()));
            touched.add(Key::links(handle, PLACES));
        }
        match (before, hash) {
            (Some((_, slot)), Some(hash)) => *slot = hash,
            (_, hash) => {
                let item = (handle, hash.unwrap_or_default());
                insert_or_remove(&mut placed, at, item, hash.is_some());
            }
        }
        if let Some((_, row)) = self.canvases.get_mut(row) {
            *row = placed;
        }
    }
}

/// Notes the fields in which two records of an entity differ.
fn touch_fields(handle: Handle, former: &Fields, now: &Fields, touched: &mut Reads) {
    for (name, value) in now.iter() {
        if former.get(name) != Some(value) {
            touched.add(Key::field(handle, name));
        }
    }
    for name in former.keys().filter(|name| !now.contains_key(name)) {
        touched.add(Key::field(handle, name));
    }
}

/// Where an item is or belongs; at once when it belongs to the end, as when a graph is read in order.
fn search<T>(items: &[T], mut compare: impl FnMut(&T) -> Ordering) -> Result<usize, usize> {
    match items.last().map(&mut compare) {
        None | Some(Ordering::Less) => Err(items.len()),
        Some(_) => items.binary_search_by(compare),
    }
}

/// Puts an item where it belongs or takes it away, once.
fn insert_or_remove<T>(items: &mut Vec<T>, at: Result<usize, usize>, item: T, joins: bool) {
    match (at, joins) {
        (Err(at), true) => items.insert(at, item),
        (Ok(at), false) => {
            items.remove(at);
        }
        _ => {}
    }
}
