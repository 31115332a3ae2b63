//! Questions to an index, each noted, so that what is computed from the answers can be computed
//! again when, and only when, an answer may have changed.
//!
//! Invariant: an answer depends on nothing but the keys noted for it.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::hash::Seed;
use super::key::{PLACES, hash};
use super::node::{Edge, Node};
use super::{GraphIndex, Handle, Key, Reads};
use crate::value::{Date, Value, read};
use crate::{Entity, EntityId, FieldValue, Kind, LinkId, LinkKind};

/// So many keys that were noted lately are known without looking through all.
const LATELY: usize = 64;

/// Asks an index and remembers what was looked at.
#[derive(Debug)]
pub struct Reader<'a> {
    index: &'a GraphIndex,
    looked: RefCell<Looked>,
    /// Whether a field is noted by its name, and not as a part of the record.
    by_field: Cell<bool>,
    /// What was worked out.
    known: RefCell<Known>,
    /// What was looked at for what was worked out since the notes were taken.
    worked_out: RefCell<Vec<(Key, Reads)>>,
}

/// Answers, by what is asked and the day for which it is.
type Known = HashMap<(Key, Date), Box<dyn Any>, Seed>;

/// What was looked at since the notes were taken.
#[derive(Clone, Debug)]
struct Looked {
    reads: Reads,
    /// Keys that were noted lately, each at its place.
    lately: [Option<Key>; LATELY],
}

impl Default for Looked {
    fn default() -> Self {
        Self {
            reads: Reads::default(),
            lately: [None; LATELY],
        }
    }
}

/// What one computation looked at.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// By itself, in that order.
    pub reads: Reads,
    /// For each of the answers that it was the first to ask for, which are keys among its own reads.
    pub worked_out: Vec<(Key, Reads)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(index: &'a GraphIndex) -> Self {
        Self {
            index,
            looked: RefCell::default(),
            by_field: Cell::new(false),
            known: RefCell::default(),
            worked_out: RefCell::default(),
        }
    }

    /// What `work` makes of an entity on a day, worked out once: for what takes long and many ask
    /// for. Whoever asks reads `key`, which says what is asked, and of which entity; what was looked
    /// at for the answer is noted for the key.
    pub(crate) fn once<T: Clone + 'static>(
        &self,
        key: Key,
        today: Date,
        work: impl FnOnce() -> T,
    ) -> T {
        self.note(key);
        if let Some(answer) = self.known.borrow().get(&(key, today))
            && let Some(answer) = answer.downcast_ref::<T>()
        {
            return answer.clone();
        }
        let outer = self.looked.take();
        // The same whoever asks first.
        let by_field = self.by_field.replace(false);
        let answer = work();
        self.by_field.set(by_field);
        let looked = self.looked.replace(outer);
        self.worked_out.borrow_mut().push((key, looked.reads));
        let kept = Box::new(answer.clone());
        self.known.borrow_mut().insert((key, today), kept);
        answer
    }

    /// Whether from now on each field that is looked at is noted by its name. What looks at a few
    /// fields of very many entities is then computed again for those alone; for what looks at most
    /// fields of a few, one key for the whole record is less work.
    pub(crate) fn note_by_field(&self, by_field: bool) {
        self.by_field.set(by_field);
    }

    /// The index that is asked; what is asked of it directly is not noted.
    #[must_use]
    pub fn index(&self) -> &'a GraphIndex {
        self.index
    }

    /// What was looked at since the last time; the reader starts afresh.
    pub fn take_notes(&self) -> Notes {
        let mut looked = self.looked.borrow_mut();
        looked.lately = [None; LATELY];
        let reads = looked.reads.clone();
        looked.reads.clear();
        let worked_out = self.worked_out.take();
        Notes { reads, worked_out }
    }

    /// Notes that something was looked at that the reader did not see itself.
    pub fn note(&self, key: Key) {
        let mut looked = self.looked.borrow_mut();
        let lately = looked.lately.get_mut(key.place(LATELY));
        if lately.is_none_or(|place| place.replace(key) != Some(key)) {
            looked.reads.add(key);
        }
    }

    /// The id of an entity, which never changes.
    #[must_use]
    pub fn id(&self, handle: Handle) -> Option<&'a EntityId> {
        self.index.id(handle)
    }

    /// The live entity.
    #[must_use]
    pub fn entity(&self, handle: Handle) -> Option<&'a Entity> {
        self.look(handle)?.live()
    }

    /// The entity, deleted or not; `None` for an id that only others name.
    #[must_use]
    pub fn record(&self, handle: Handle) -> Option<&'a Entity> {
        self.look(handle)?.entity.as_ref()
    }

    /// Whether it is there, not deleted, and of that kind.
    #[must_use]
    pub fn is(&self, handle: Handle, kind: &str) -> bool {
        self.kind(handle) == kind
    }

    /// The kind of a live entity; empty for others.
    #[must_use]
    pub fn kind(&self, handle: Handle) -> &'a str {
        self.being(handle).map_or("", |entity| entity.kind.as_str())
    }

    /// What the catalogue knows about the kind of a live entity.
    #[must_use]
    pub fn catalogued(&self, handle: Handle) -> Option<&'static Kind> {
        self.note(Key::being(handle));
        let kind = self.index.node(handle)?.kind?;
        self.index.catalogued.get(usize::from(kind))?.kind
    }

    /// The live entities of a kind.
    pub fn all(&self, kind: &str) -> impl Iterator<Item = Handle> + use<'a> {
        self.note(Key::kind(kind));
        let members = self.index.kinds.get(kind);
        let members = members.and_then(|number| self.index.by_kind.get(usize::from(number)));
        members.into_iter().flatten().copied()
    }

    /// The live entities on a canvas.
    pub fn on_canvas(&self, canvas: &str) -> impl Iterator<Item = Handle> {
        self.note(Key::canvas(canvas));
        let row = self.index.canvas_row(canvas).ok();
        let placed = row.and_then(|row| self.index.canvases.get(row));
        let placed = placed.into_iter().flat_map(|(_, placed)| placed);
        let placed = placed.map(|(handle, _)| *handle);
        placed.filter(|handle| self.is_there(*handle))
    }

    /// The live entities in a slot of a canvas.
    pub fn in_slot(&self, canvas: &str, slot: &str) -> impl Iterator<Item = Handle> {
        self.note(Key::canvas(canvas));
        let row = self.index.canvas_row(canvas).ok();
        let placed = row.and_then(|row| self.index.canvases.get(row));
        let slot = hash(slot);
        let placed = placed.into_iter().flat_map(|(_, placed)| placed);
        let placed = placed.filter(move |(_, other)| *other == slot);
        let placed = placed.map(|(handle, _)| *handle);
        placed.filter(|handle| self.is_there(*handle))
    }

    /// Whether an entity stands in that slot of a canvas.
    #[must_use]
    pub fn stands_in(&self, handle: Handle, canvas: &str, slot: &str) -> bool {
        self.note(Key::links(handle, PLACES));
        let row = self.index.canvas_row(canvas).ok();
        let placed = row.and_then(|row| self.index.canvases.get(row));
        let place = placed.and_then(|(_, placed)| {
            let search = |other: &(Handle, u32)| self.index.compare(other.0, handle);
            placed.get(placed.binary_search_by(search).ok()?)
        });
        place.is_some_and(|(_, other)| *other == hash(slot))
    }

    /// The live entities to which links of a kind lead from here; one that several links lead to
    /// comes several times.
    pub fn from(&self, handle: Handle, link: &str) -> impl Iterator<Item = Handle> {
        let edges = self.around(handle, link);
        self.ends(edges.map_or(&[], |node| &node.outgoing), link)
    }

    /// The live entities from which links of a kind lead here.
    pub fn to(&self, handle: Handle, link: &str) -> impl Iterator<Item = Handle> {
        let edges = self.around(handle, link);
        self.ends(edges.map_or(&[], |node| &node.incoming), link)
    }

    /// All links from here to live entities, by kind of link, other end and id.
    #[must_use]
    pub fn links_from(&self, handle: Handle) -> Vec<Linked<'a>> {
        let edges = self
            .all_around(handle)
            .map_or(&[][..], |node| &node.outgoing);
        self.linked(edges, true)
    }

    /// All links from live entities to here, by kind of link, other end and id.
    #[must_use]
    pub fn links_to(&self, handle: Handle) -> Vec<Linked<'a>> {
        let edges = self
            .all_around(handle)
            .map_or(&[][..], |node| &node.incoming);
        self.linked(edges, true)
    }

    /// Links from here to what is deleted or was never there.
    #[must_use]
    pub fn broken_links_from(&self, handle: Handle) -> Vec<Linked<'a>> {
        let edges = self
            .all_around(handle)
            .map_or(&[][..], |node| &node.outgoing);
        self.linked(edges, false)
    }

    /// Links to here from what is deleted or was never there.
    #[must_use]
    pub fn broken_links_to(&self, handle: Handle) -> Vec<Linked<'a>> {
        let edges = self
            .all_around(handle)
            .map_or(&[][..], |node| &node.incoming);
        self.linked(edges, false)
    }

    /// The live entity that a reference field names.
    #[must_use]
    pub fn reference(&self, handle: Handle, field: &str) -> Option<Handle> {
        let target = self.named(handle, field)?;
        self.is_there(target).then_some(target)
    }

    /// Reference fields that name something that is there.
    #[must_use]
    pub fn references(&self, handle: Handle) -> Vec<(&'a str, Handle)> {
        self.naming(handle, true)
    }

    /// Reference fields that name what is deleted or was never there.
    #[must_use]
    pub fn broken_references(&self, handle: Handle) -> Vec<(&'a str, Handle)> {
        self.naming(handle, false)
    }

    fn naming(&self, handle: Handle, live: bool) -> Vec<(&'a str, Handle)> {
        let references = self.look(handle).map_or(&[][..], |node| &node.references);
        references
            .iter()
            .filter(|reference| self.is_there(reference.other) == live)
            .map(|reference| (self.index.fields.text(reference.field), reference.other))
            .collect()
    }

    /// The live entities whose reference field names this one: `referring(metric, "metric")` are
    /// its readings, among others.
    pub fn referring(&self, handle: Handle, field: &str) -> impl Iterator<Item = Handle> + use<'a> {
        let referring = self.around(handle, field);
        let referring = referring.map_or(&[][..], |node| &node.referring);
        let number = match referring {
            [] => None,
            _ => self.index.fields.get(field),
        };
        referring
            .iter()
            .filter(move |reference| Some(reference.field) == number)
            .map(|reference| reference.other)
    }

    /// The live entities of a kind whose reference field names this one.
    pub fn children(
        &self,
        handle: Handle,
        kind: &str,
        field: &str,
    ) -> impl Iterator<Item = Handle> {
        self.referring(handle, field)
            .filter(move |child| self.is(*child, kind))
    }

    /// Whether it says nothing: no text, no field, and nothing that it was produced by.
    #[must_use]
    pub fn is_blank(&self, handle: Handle) -> bool {
        let says = |entity: &Entity| !entity.text.trim().is_empty() || !entity.fields.is_empty();
        !self.entity(handle).is_some_and(says) && self.to(handle, "produces").next().is_none()
    }

    /// The value of a field as it is stored.
    #[must_use]
    pub fn field(&self, handle: Handle, field: &str) -> Option<&'a FieldValue> {
        self.look_at(handle, field)?.live()?.fields.get(field)
    }

    /// The text of a field; nothing when it is empty.
    #[must_use]
    pub fn text(&self, handle: Handle, field: &str) -> Option<&'a str> {
        match self.field(handle, field)? {
            FieldValue::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// Whether a flag is set.
    #[must_use]
    pub fn flag(&self, handle: Handle, field: &str) -> bool {
        self.field(handle, field) == Some(&FieldValue::Flag(true))
    }

    /// The value of a field as its kind reads it, or the field's default.
    #[must_use]
    pub fn value(&self, handle: Handle, field: &str) -> Option<Value> {
        match self.field(handle, field) {
            Some(scalar) => read(self.catalogued(handle)?.field_at(field)?, scalar).ok(),
            None => self.default_of(handle, field),
        }
    }

    /// The number of a field: a number, a step of a scale, the likely one of a quantity or of
    /// money, or the field's default; finite.
    #[must_use]
    pub fn number(&self, handle: Handle, field: &str) -> Option<f64> {
        let number = match self.field(handle, field) {
            // What is stored as a number needs no reading.
            Some(FieldValue::Number(number)) => Some(*number),
            Some(scalar) => {
                let known = self.catalogued(handle)?.field_at(field)?;
                read(known, scalar).ok()?.number()
            }
            None => self.default_of(handle, field)?.number(),
        };
        number.filter(|number| number.is_finite())
    }

    /// What a field that has no value stands for.
    fn default_of(&self, handle: Handle, field: &str) -> Option<Value> {
        self.note(Key::being(handle));
        let kind = self.index.node(handle)?.kind?;
        let kind = self.index.catalogued.get(usize::from(kind))?;
        let known = kind.with_default.iter().find(|known| known.id == field)?;
        read(known, known.default.as_ref()?).ok()
    }

    /// The day of a date field.
    #[must_use]
    pub fn date(&self, handle: Handle, field: &str) -> Option<Date> {
        Date::parse(self.text(handle, field)?)
    }

    /// The node, for its record.
    fn look(&self, handle: Handle) -> Option<&'a Node> {
        self.note(Key::entity(handle));
        self.index.node(handle)
    }

    /// The node, for one field of its record.
    fn look_at(&self, handle: Handle, field: &str) -> Option<&'a Node> {
        if !self.by_field.get() {
            return self.look(handle);
        }
        self.note(Key::field(handle, field));
        self.index.node(handle)
    }

    /// The live entity, for what it is and nothing else.
    fn being(&self, handle: Handle) -> Option<&'a Entity> {
        self.note(Key::being(handle));
        self.index.node(handle)?.live()
    }

    /// Whether it is there and not deleted.
    fn is_there(&self, handle: Handle) -> bool {
        self.being(handle).is_some()
    }

    /// The node, for what hangs on it by that name.
    fn around(&self, handle: Handle, name: &str) -> Option<&'a Node> {
        self.note(Key::links(handle, name));
        self.index.node(handle)
    }

    /// The node, for all that hangs on it.
    fn all_around(&self, handle: Handle) -> Option<&'a Node> {
        self.note(Key::all_links(handle));
        self.index.node(handle)
    }

    fn named(&self, handle: Handle, field: &str) -> Option<Handle> {
        let mut references = self.look_at(handle, field)?.references.iter();
        let number = self.index.fields.get(field)?;
        let reference = references.find(|reference| reference.field == number)?;
        Some(reference.other)
    }

    fn ends(&self, edges: &'a [Edge], link: &str) -> impl Iterator<Item = Handle> {
        let number = match edges {
            [] => None,
            _ => self.index.link_kinds.get(link),
        };
        edges
            .iter()
            .filter(move |edge| Some(edge.kind) == number)
            .map(|edge| edge.other)
            .filter(|other| self.is_there(*other))
    }

    fn linked(&self, edges: &'a [Edge], live: bool) -> Vec<Linked<'a>> {
        let edges = edges
            .iter()
            .filter(|edge| self.is_there(edge.other) == live);
        let known = |kind| *self.index.known_links.get(usize::from(kind))?;
        edges
            .map(|edge| Linked {
                kind: self.index.link_kinds.text(edge.kind),
                known: known(edge.kind),
                other: edge.other,
                link: &edge.link,
            })
            .collect()
    }
}

/// A link as one of its ends sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linked<'a> {
    /// What it means.
    pub kind: &'a str,
    /// What the catalogue knows about links of that kind.
    pub known: Option<&'static LinkKind>,
    /// The other end.
    pub other: Handle,
    /// Its id.
    pub link: &'a LinkId,
}
