//! Puts a graph together from a file: ids that are free, and ranks that follow the file.
//!
//! Invariant: after [`Builder::finish`] every placement has a rank, and notes stand in their slots
//! as the file says.

use std::collections::{BTreeMap, BTreeSet};

use super::doubts::{self, About, Source};
use super::seed::{derived_id, hash, random};
use super::warnings::Warnings;
use super::{Format, Imported, Line, Warning};
use crate::{
    Canvas, CanvasId, Entity, EntityId, Graph, LinkId, Placement, Rank, Slot, SlotId, catalogue,
    compact,
};

/// How much of a note's text stands for it, in characters.
const SHOWN: usize = 40;

/// A graph in the making.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) graph: Graph,
    pub(super) warnings: Warnings,
    pending: BTreeMap<(CanvasId, SlotId), Vec<Pending>>,
    /// The number of the last place that the file names of a note on a canvas: that one counts.
    last: BTreeMap<CanvasId, BTreeMap<EntityId, usize>>,
    /// How many places it has named.
    places: usize,
    reserved: BTreeSet<String>,
    /// How many ids were made from the same parts, so that a file of equal notes is read in time.
    made: BTreeMap<u64, u64>,
    pub(super) origin: Origin,
}

/// Where the things of a graph stand in the file: in which line, or as which item of its list.
#[derive(Default)]
pub(super) struct Origin {
    pub(super) entities: BTreeMap<EntityId, usize>,
    pub(super) links: BTreeMap<LinkId, usize>,
    pub(super) places: BTreeMap<(CanvasId, EntityId), usize>,
    /// Of several tables, each one's name with the number that its line 0 has: lines are numbered
    /// through.
    pub(super) tables: Vec<(usize, String)>,
}

impl Origin {
    /// The number that was noted for it; that of the entity for what is within.
    pub(super) fn number(&self, about: About<'_>) -> Option<usize> {
        match about {
            About::Kind(id) | About::Field(id, _) => self.entities.get(id),
            About::Within(..) => None,
            About::Place(canvas, id) => {
                let place = self.places.get(&(canvas.clone(), id.clone()));
                place.or_else(|| self.entities.get(id))
            }
            About::Link(id) => self.links.get(id),
        }
        .copied()
    }

    /// The line of that number.
    pub(super) fn line(&self, number: usize) -> Line {
        let tables = self.tables.iter().rev();
        let mut before = tables.filter(|(first, _)| *first <= number);
        match before.next() {
            Some((first, table)) => Line {
                table: Some(table.clone()),
                number: number - first,
            },
            None => Line {
                table: None,
                number,
            },
        }
    }
}

struct Pending {
    id: EntityId,
    /// As how manieth place of the file.
    number: usize,
    slot: SlotId,
    rank: Option<Rank>,
    x: Option<f64>,
    y: Option<f64>,
}

/// Where the file puts a note.
pub(super) struct Spot {
    pub(super) canvas: CanvasId,
    /// The slot under which it stands in the file, within which it is ordered.
    pub(super) listed_in: SlotId,
    /// The slot that it has.
    pub(super) slot: SlotId,
    pub(super) rank: Option<Rank>,
    pub(super) x: Option<f64>,
    pub(super) y: Option<f64>,
}

impl Spot {
    /// At the end of what the file has listed in the slot so far.
    pub(super) fn new(canvas: CanvasId, slot: SlotId) -> Self {
        Self {
            canvas,
            listed_in: slot.clone(),
            slot,
            rank: None,
            x: None,
            y: None,
        }
    }
}

/// What decides the order within a slot.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// The order of the file; ranks that contradict it are replaced.
    AsListed,
    /// The ranks; notes without one follow in the order of the file.
    ByRank,
}

/// Gives an entity the values of a slot that it says nothing about; the field of which it says
/// otherwise, if there is one.
fn fill(entity: &mut Entity, slot: &Slot) -> Option<String> {
    let mut contradicted = None;
    let mut missing = Vec::new();
    for found in slot.disagreements(entity) {
        match found.own {
            Some(_) => contradicted = contradicted.or_else(|| Some(found.field.to_owned())),
            None => missing.push((found.field.to_owned(), found.slot.clone())),
        }
    }
    if contradicted.is_none() && slot.takes.contains(&entity.kind) {
        entity.fields.extend(missing);
    }
    contradicted
}

/// The first line of an entity's text, or its id.
fn shown(id: &EntityId, entity: &Entity) -> String {
    let line = entity
        .text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty());
    line.unwrap_or(id.as_str()).chars().take(SHOWN).collect()
}

impl Builder {
    /// Adds an entity under the id if it is free, else under one made from the content.
    pub(super) fn add(&mut self, id: Option<EntityId>, entity: Entity) -> EntityId {
        let id = match id.filter(|id| !self.graph.entities.contains_key(id)) {
            Some(id) => id,
            None => self.free_id(&[entity.kind.as_str(), &entity.text]),
        };
        self.graph.entities.insert(id.clone(), entity);
        id
    }

    /// Keeps an id that the file names further on from being made for something else.
    pub(super) fn reserve(&mut self, id: String) {
        self.reserved.insert(id);
    }

    /// A free id for an entity, made from its content.
    fn free_id(&mut self, parts: &[&str]) -> EntityId {
        loop {
            let id = self.make_id(parts);
            if !self.reserved.contains(&id) && !self.graph.entities.contains_key(id.as_str()) {
                return id.into();
            }
        }
    }

    /// A free id for a link, made from what it joins.
    pub(super) fn free_link_id(&mut self, parts: &[&str]) -> LinkId {
        loop {
            let id = self.make_id(parts);
            if !self.reserved.contains(&id) && !self.graph.links.contains_key(id.as_str()) {
                return id.into();
            }
        }
    }

    fn make_id(&mut self, parts: &[&str]) -> String {
        let count = self.made.entry(hash(parts)).or_default();
        let id = derived_id(&[parts, &[&count.to_string()]].concat());
        *count += 1;
        id
    }

    /// Puts a note into a slot, after what was put there before.
    pub(super) fn place(&mut self, id: EntityId, spot: Spot) {
        let Spot {
            canvas,
            listed_in,
            slot,
            rank,
            x,
            y,
        } = spot;
        self.places += 1;
        let number = self.places;
        let of_canvas = self.last.entry(canvas.clone()).or_default();
        of_canvas.insert(id.clone(), number);
        let pending = Pending {
            id,
            number,
            slot,
            rank,
            x,
            y,
        };
        self.pending
            .entry((canvas, listed_in))
            .or_default()
            .push(pending);
    }

    /// Whether the file has named a place of a note on a canvas.
    pub(super) fn has_place(&self, canvas: &CanvasId, id: &EntityId) -> bool {
        self.last
            .get(canvas)
            .is_some_and(|placed| placed.contains_key(id))
    }

    /// Leaves of several places of a note on one canvas the last.
    fn keep_last_places(&mut self) {
        for ((canvas, _), notes) in &mut self.pending {
            let last = self.last.get(canvas);
            notes.retain(|note| last.and_then(|placed| placed.get(&note.id)) == Some(&note.number));
        }
    }

    /// What was read, of a file whose [`Origin`] has lines.
    pub(super) fn finish(self, order: Order, format: Format) -> Imported {
        self.finish_with(order, format, &Origin::number)
    }

    /// What was read; `line` finds the number of the line of what makes no sense.
    pub(super) fn finish_with(
        mut self,
        order: Order,
        format: Format,
        line: &dyn Fn(&Origin, About<'_>) -> Option<usize>,
    ) -> Imported {
        self.keep_last_places();
        self.settle(line);
        for ((canvas, listed_in), notes) in std::mem::take(&mut self.pending) {
            let notes = ranked(&canvas, &listed_in, notes, order);
            for (Pending { id, slot, x, y, .. }, rank) in notes {
                self.graph
                    .place(canvas.clone(), id, Placement { slot, rank, x, y });
            }
        }
        let source = Source {
            line: &|about| Some(self.origin.line(line(&self.origin, about)?)),
            is_named: &|id| self.reserved.contains(id.as_str()),
        };
        let doubts = doubts::of(&self.graph, &source);
        Imported {
            graph: self.graph,
            format,
            warnings: self.warnings.into_list(),
            doubts,
        }
    }

    /// Makes what was placed without a rank, and so by hand, have the values of its slot: what it does
    /// not say it gets from there, and where it says otherwise its own values hold, and it stands in
    /// their slot.
    fn settle(&mut self, line: &dyn Fn(&Origin, About<'_>) -> Option<usize>) {
        let is_by_hand = |notes: &Vec<Pending>| notes.iter().any(|note| note.rank.is_none());
        if !self.pending.values().any(is_by_hand) {
            return;
        }
        let own = catalogue::usable_canvases(&self.graph.entities);
        let own: Vec<Canvas> = own.into_iter().map(|(_, own)| own).collect();
        let mut warned: Vec<(CanvasId, EntityId, Warning)> = Vec::new();
        let mut moved: Vec<(CanvasId, Pending)> = Vec::new();
        for ((id, _), notes) in &mut self.pending {
            let known = catalogue::canvas(id).or_else(|| own.iter().find(|own| own.id == *id));
            let Some(known) = known.filter(|_| is_by_hand(notes)) else {
                continue;
            };
            for mut note in std::mem::take(notes) {
                let entity = self.graph.entities.get_mut(&note.id);
                let slot = known.slot(&note.slot).filter(|_| note.rank.is_none());
                if let (Some(entity), Some(slot)) = (entity, slot)
                    && let Some(contradicted) = fill(entity, slot)
                    && let Some(next) = known.rightful(entity, &note.slot)
                {
                    let warning = Warning::new("import.warning.place_against_value")
                        .with("entity", shown(&note.id, entity))
                        .with("slot", slot.id.as_str())
                        .with("canvas", id.as_str())
                        .with("field", contradicted)
                        .with("next", next.as_str());
                    warned.push((id.clone(), note.id.clone(), warning));
                    note.slot = next;
                    moved.push((id.clone(), note));
                } else {
                    notes.push(note);
                }
            }
        }
        for (canvas, note) in moved {
            let listed_in = note.slot.clone();
            self.pending
                .entry((canvas, listed_in))
                .or_default()
                .push(note);
        }
        for (canvas, id, warning) in warned {
            self.warn(warning, line(&self.origin, About::Place(&canvas, &id)));
        }
    }

    /// Warns about an entity of which the file says something that was not taken as it is.
    pub(super) fn warn(&mut self, warning: Warning, line: Option<usize>) {
        let line = line.map(|number| self.origin.line(number));
        self.warnings.add(warning.at(line));
    }
}

fn ranked(
    canvas: &CanvasId,
    slot: &SlotId,
    mut notes: Vec<Pending>,
    order: Order,
) -> Vec<(Pending, Rank)> {
    if order == Order::ByRank {
        compact::sort_by(&mut notes, |a, b| match (&a.rank, &b.rank) {
            (Some(a_rank), Some(b_rank)) => (a_rank, &a.id).cmp(&(b_rank, &b.id)),
            // Notes without a rank come last, and keep the order that they have.
            (a_rank, b_rank) => a_rank.is_none().cmp(&b_rank.is_none()),
        });
    }
    let first = notes.first().map_or("", |note| note.id.as_str());
    let mut random = random(hash(&[canvas.as_str(), slot.as_str(), first]));
    let mut ranked: Vec<(Pending, Rank)> = Vec::with_capacity(notes.len());
    let mut rest = notes.into_iter().peekable();
    while let Some(mut note) = rest.next() {
        let last = ranked.last().map(|(last, rank)| (rank, &last.id));
        let own = note.rank.take();
        let fits = |rank: &Rank| last.is_none_or(|last| last < (rank, &note.id));
        let rank = own.filter(fits).unwrap_or_else(|| {
            let before = last.map(|(rank, _)| rank);
            let next = rest.peek().and_then(|next| next.rank.as_ref());
            let after = next.filter(|next| before.is_none_or(|before| before < *next));
            Rank::between(before, after, &mut random)
        });
        ranked.push((note, rank));
    }
    ranked
}
