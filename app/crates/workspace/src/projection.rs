//! The document as signals: one note's change wakes one note.
//!
//! The projection re-reads what a dirty set names, compares, and sets only what differs; local
//! edits, undo, remote merges and loading all come this way. Invariant (a property test): the
//! projection kept up to date incrementally equals the one built from scratch.

mod canvases;
mod order;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use document::{DirtySet, ProductDocument};
use domain::catalogue::CANVAS;
use domain::experiment::LOCK;
use domain::{
    CanvasId, Deletion, Entity, EntityId, Fields, Graph, KindId, Link, LinkId, Person, PersonId,
    Placement, SlotId, Stamp, compact,
};
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::{GetUntracked, Set, WithUntracked};

pub use canvases::OwnCanvas;
use order::Order;

/// A note without its places: a drag never re-renders its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// What the note is: a problem, a channel, ….
    pub kind: KindId,
    /// Its words.
    pub text: String,
    /// Its other fields, by name; those of newer versions included.
    pub fields: Fields,
    /// Who made it and when.
    pub created: Option<Stamp>,
    /// Who deleted it and when; `None` for a live note.
    pub deleted: Option<Deletion>,
}

/// The signals of one note.
#[derive(Clone)]
pub struct Note {
    /// Text, kind, fields.
    pub body: ArcRwSignal<Body>,
    /// Where it stands, by canvas.
    pub places: ArcRwSignal<BTreeMap<CanvasId, Placement>>,
}

/// Links of one entity: in both directions, in the order of their ids.
type LinkList = Vec<(LinkId, Link)>;

/// The lists of notes that somebody shows, by canvas and slot.
type SlotLists = HashMap<(CanvasId, SlotId), ArcRwSignal<Vec<EntityId>>>;

/// The workspace in signals.
pub struct Projection {
    /// The workspace's name.
    pub name: ArcRwSignal<String>,
    /// Everyone who has given a name.
    pub people: ArcRwSignal<BTreeMap<PersonId, Person>>,
    notes: RefCell<HashMap<EntityId, Note>>,
    order: RefCell<Order>,
    slots: RefCell<SlotLists>,
    trash: ArcRwSignal<Vec<EntityId>>,
    own: ArcRwSignal<Vec<OwnCanvas>>,
    links: RefCell<BTreeMap<LinkId, Link>>,
    links_of: RefCell<HashMap<EntityId, ArcRwSignal<LinkList>>>,
}

impl Projection {
    /// The projection of a graph, for instance of the materialised view.
    pub fn from_graph(graph: &Graph) -> Self {
        let projection = Self {
            name: ArcRwSignal::new(String::new()),
            people: ArcRwSignal::new(BTreeMap::new()),
            notes: RefCell::default(),
            order: RefCell::default(),
            slots: RefCell::default(),
            trash: ArcRwSignal::new(Vec::new()),
            own: ArcRwSignal::new(Vec::new()),
            links: RefCell::default(),
            links_of: RefCell::default(),
        };
        projection.refresh(graph);
        projection
    }

    /// Compares everything with `graph` and sets what differs.
    pub fn refresh(&self, graph: &Graph) {
        set_if_changed(&self.name, graph.name.clone());
        set_if_changed(&self.people, graph.people.clone());
        let mut places: HashMap<&EntityId, BTreeMap<CanvasId, Placement>> = HashMap::new();
        for (canvas, placements) in &graph.placements {
            for (entity, placement) in placements {
                places
                    .entry(entity)
                    .or_default()
                    .insert(canvas.clone(), placement.clone());
            }
        }
        // First: which slot shows a note depends on the canvases that there are.
        set_if_changed(&self.own, canvases::usable(graph.entities.iter()));
        let mut touched = Touched::default();
        let gone: Vec<EntityId> = self
            .notes
            .borrow()
            .keys()
            .filter(|id| !graph.entities.contains_key(*id))
            .cloned()
            .collect();
        for id in gone {
            self.set_note(&id, None, BTreeMap::new(), &mut touched);
        }
        for (id, entity) in &graph.entities {
            let places = places.remove(id).unwrap_or_default();
            self.set_note(id, Some(entity.clone()), places, &mut touched);
        }
        let links: BTreeSet<LinkId> = compact::gather(
            self.links
                .borrow()
                .keys()
                .chain(graph.links.keys())
                .cloned(),
        );
        for id in links {
            self.set_link(&id, graph.links.get(&id).cloned());
        }
        self.publish(touched);
    }

    /// Re-reads what `dirty` names.
    pub fn apply(&self, dirty: &DirtySet, document: &ProductDocument) {
        if dirty.everything {
            self.refresh(&document.graph());
            return;
        }
        if dirty.about {
            set_if_changed(&self.name, document.name());
        }
        if !dirty.people.is_empty() {
            let mut people = self.people.get_untracked();
            for id in &dirty.people {
                match document.person(id) {
                    Some(person) => people.insert(id.clone(), person),
                    None => people.remove(id),
                };
            }
            set_if_changed(&self.people, people);
        }
        let mut touched = Touched::default();
        let placed = dirty.placements.iter().map(|(_, id)| id);
        let entities: BTreeSet<&EntityId> = compact::gather(dirty.entities.iter().chain(placed));
        for id in entities {
            let mut places = self.places_of(id);
            for (canvas, _) in dirty.placements.iter().filter(|(_, placed)| placed == id) {
                match document.placement(canvas, id) {
                    Some(placement) => places.insert(canvas.clone(), placement),
                    None => places.remove(canvas),
                };
            }
            let entity = if dirty.entities.contains(id) {
                document.entity(id)
            } else {
                self.entity(id)
            };
            self.set_note(id, entity, places, &mut touched);
        }
        for id in &dirty.links {
            self.set_link(id, document.link(id));
        }
        self.publish(touched);
    }

    /// The signals of a note, deleted ones included.
    pub fn note(&self, id: &EntityId) -> Option<Note> {
        self.notes.borrow().get(id).cloned()
    }

    /// The live notes of a slot in order. The pseudo-slot `unplaced` gathers those whose slot the
    /// canvas does not know.
    pub fn slot(&self, canvas: &CanvasId, slot: &SlotId) -> ArcRwSignal<Vec<EntityId>> {
        let key = (canvas.clone(), slot.clone());
        let mut slots = self.slots.borrow_mut();
        slots
            .entry(key)
            .or_insert_with(|| ArcRwSignal::new(self.order.borrow().slot(canvas, slot)))
            .clone()
    }

    /// The slot of a canvas that shows this note now.
    pub fn slot_of(&self, canvas: &CanvasId, id: &EntityId) -> Option<SlotId> {
        self.order.borrow().slot_of(canvas, id)
    }

    /// Deleted notes: those that were edited since come first, then the latest deletion.
    pub fn trash(&self) -> ArcRwSignal<Vec<EntityId>> {
        self.trash.clone()
    }

    /// The live links from and to a note.
    pub fn links_of(&self, id: &EntityId) -> ArcRwSignal<LinkList> {
        let mut lists = self.links_of.borrow_mut();
        lists
            .entry(id.clone())
            .or_insert_with(|| ArcRwSignal::new(self.read_links_of(id)))
            .clone()
    }

    /// Every live note, unordered; for search.
    pub fn live_notes(&self) -> Vec<(EntityId, Note)> {
        self.notes
            .borrow()
            .iter()
            .filter(|(_, note)| note.body.with_untracked(|body| body.deleted.is_none()))
            .map(|(id, note)| (id.clone(), note.clone()))
            .collect()
    }

    /// Whether anything is a locked plan, deleted ones included.
    pub(crate) fn shows_locked(&self) -> bool {
        let is_locked = |note: &Note| {
            note.body
                .with_untracked(|body| body.fields.contains_key(LOCK))
        };
        self.notes.borrow().values().any(is_locked)
    }

    /// All of it as plain data: the materialised view, and what export reads.
    pub fn view(&self) -> Graph {
        let mut graph = Graph {
            name: self.name.get_untracked(),
            people: self.people.get_untracked(),
            links: self.links.borrow().clone(),
            ..Graph::default()
        };
        for (id, note) in self.notes.borrow().iter() {
            graph
                .entities
                .insert(id.clone(), note.body.with_untracked(entity_of));
            for (canvas, placement) in note.places.get_untracked() {
                graph
                    .placements
                    .entry(canvas)
                    .or_default()
                    .insert(id.clone(), placement);
            }
        }
        graph
    }

    fn places_of(&self, id: &EntityId) -> BTreeMap<CanvasId, Placement> {
        self.note(id)
            .map(|note| note.places.get_untracked())
            .unwrap_or_default()
    }

    fn entity(&self, id: &EntityId) -> Option<Entity> {
        self.note(id)
            .map(|note| note.body.with_untracked(entity_of))
    }

    fn set_note(
        &self,
        id: &EntityId,
        entity: Option<Entity>,
        places: BTreeMap<CanvasId, Placement>,
        touched: &mut Touched,
    ) {
        let live = entity
            .as_ref()
            .is_some_and(|entity| entity.deleted.is_none());
        let was_deleted = self.is_deleted(id);
        let stands = if live { Some(&places) } else { None };
        touched.slots.extend(self.arrange(id, stands));
        let holds = |kind: &KindId| *kind == *CANVAS;
        touched.canvases |= entity.as_ref().is_some_and(|entity| holds(&entity.kind));
        touched.canvases |= self
            .note(id)
            .is_some_and(|note| note.body.with_untracked(|body| holds(&body.kind)));
        touched.trash |= was_deleted || (entity.is_some() && !live);
        let Some(entity) = entity else {
            self.notes.borrow_mut().remove(id);
            return;
        };
        let body = Body {
            kind: entity.kind,
            text: entity.text,
            fields: entity.fields,
            created: entity.created,
            deleted: entity.deleted,
        };
        match self.note(id) {
            Some(note) => {
                set_if_changed(&note.body, body);
                set_if_changed(&note.places, places);
            }
            None => {
                let note = Note {
                    body: ArcRwSignal::new(body),
                    places: ArcRwSignal::new(places),
                };
                self.notes.borrow_mut().insert(id.clone(), note);
            }
        }
    }

    /// Moves a note to where it stands now and answers the slots that changed.
    fn arrange(
        &self,
        id: &EntityId,
        places: Option<&BTreeMap<CanvasId, Placement>>,
    ) -> BTreeSet<(CanvasId, SlotId)> {
        self.own.with_untracked(|own| {
            let shown = |canvas: &CanvasId, slot: &SlotId| canvases::shown_slot(own, canvas, slot);
            self.order.borrow_mut().set(id, places, &shown)
        })
    }

    fn is_deleted(&self, id: &EntityId) -> bool {
        self.note(id)
            .is_some_and(|note| note.body.with_untracked(|body| body.deleted.is_some()))
    }

    fn set_link(&self, id: &LinkId, link: Option<Link>) {
        let before = match &link {
            Some(link) => self.links.borrow_mut().insert(id.clone(), link.clone()),
            None => self.links.borrow_mut().remove(id),
        };
        let ends = before.iter().chain(link.iter());
        let ends: BTreeSet<EntityId> =
            compact::gather(ends.flat_map(|link| [link.from.clone(), link.to.clone()]));
        for end in ends {
            let list = self.links_of.borrow().get(&end).cloned();
            if let Some(list) = list {
                set_if_changed(&list, self.read_links_of(&end));
            }
        }
    }

    fn read_links_of(&self, id: &EntityId) -> LinkList {
        self.links
            .borrow()
            .iter()
            .filter(|(_, link)| link.deleted.is_none() && (link.from == *id || link.to == *id))
            .map(|(link_id, link)| (link_id.clone(), link.clone()))
            .collect()
    }

    /// Sets the lists that changed, after all notes they name exist.
    fn publish(&self, mut touched: Touched) {
        if touched.canvases {
            touched.slots.extend(self.refresh_own());
        }
        for (canvas, slot) in touched.slots {
            let signal = self
                .slots
                .borrow()
                .get(&(canvas.clone(), slot.clone()))
                .cloned();
            if let Some(signal) = signal {
                let order = self.order.borrow().slot(&canvas, &slot);
                set_if_changed(&signal, order);
            }
        }
        if touched.trash {
            set_if_changed(&self.trash, self.read_trash());
        }
    }

    fn read_trash(&self) -> Vec<EntityId> {
        let mut deleted: Vec<(bool, i64, EntityId)> = self
            .notes
            .borrow()
            .iter()
            .filter_map(|(id, note)| {
                note.body.with_untracked(|body| {
                    let deletion = body.deleted.as_ref()?;
                    Some((!deletion.edited_since, -deletion.at, id.clone()))
                })
            })
            .collect();
        compact::sort_by(&mut deleted, Ord::cmp);
        deleted.into_iter().map(|(_, _, id)| id).collect()
    }
}

/// Which lists a batch of changes has touched.
#[derive(Default)]
struct Touched {
    slots: BTreeSet<(CanvasId, SlotId)>,
    trash: bool,
    /// Whether an entity that holds a canvas is among what changed.
    canvases: bool,
}

fn entity_of(body: &Body) -> Entity {
    Entity {
        kind: body.kind.clone(),
        text: body.text.clone(),
        fields: body.fields.clone(),
        created: body.created.clone(),
        deleted: body.deleted.clone(),
    }
}

/// `set` notifies even when the value is the same: compare first.
fn set_if_changed<T>(signal: &ArcRwSignal<T>, value: T)
where
    T: PartialEq + Send + Sync + 'static,
{
    if signal.with_untracked(|current| *current != value) {
        signal.set(value);
    }
}
