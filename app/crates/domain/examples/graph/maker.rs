//! A graph of every kind, for measurements and for what is said of figures in general.
//!
//! Invariant: the same numbers at every run, values that fit their fields, links and references
//! between the kinds that they are for, places in slots that take what stands there.

use domain::catalogue::{Field, FieldType};
use domain::{
    CanvasId, Entity, EntityId, FieldValue, Graph, KindId, Link, LinkId, Placement, Rank, Slot,
    SlotId, canvases, kinds, link_kinds,
};

/// As many as the mark is set for.
pub(crate) const ENTITIES: usize = 5_000;
/// As many as the mark is set for.
pub(crate) const LINKS: usize = 10_000;

/// How often a kind occurs for every hundred entities; all others share the rest.
const COMMON: [(&str, usize); 14] = [
    ("quote", 10),
    ("rating", 10),
    ("reading", 10),
    ("backlog-item", 8),
    ("evidence", 6),
    ("assumption", 6),
    ("solution", 5),
    ("opportunity", 5),
    ("roadmap-item", 4),
    ("interview", 4),
    ("experiment", 3),
    ("arm", 6),
    ("key-result", 3),
    ("metric", 3),
];

/// Texts that figures read, by kind and field; nobody writes them by chance.
const WRITTEN: [(&str, &str, &[&str]); 8] = [
    (
        "rating",
        "criterion",
        &[
            "reach",
            "impact",
            "confidence",
            "effort",
            "ice-impact",
            "ice-ease",
            "pain",
        ],
    ),
    ("rating", "round", &["1", "2"]),
    (
        "test-session",
        "sus",
        &["5,1,4,2,5,1,4,2,5,1", "3,2,4,2,4,1,4,2,3,2"],
    ),
    (
        "cohort",
        "active",
        &["60, 45, 41, 40", "30, 29, 20, 19, 19"],
    ),
    (
        "experiment",
        "criterion",
        &["share of B >= 5 %", "difference > 0", "mean of B >= 3"],
    ),
    ("experiment", "lock", &["2026-10-01|ada", "2026-07-01|ben"]),
    ("reading", "cohort", &["A", "B"]),
    ("delegation-vote", "round", &["1", "2"]),
];

/// What only the app writes, and reads as a whole.
const BY_PROGRAM: [&str; 4] = ["locked-plan", "lock-broken", "frozen", "definition"];

/// A believable graph and what to change in it: numbers that look random and are the same at every
/// run, values that fit their fields, links and references between the kinds that they are for.
pub(crate) struct Maker {
    state: u64,
    /// The kind of each entity.
    kinds: Vec<&'static str>,
}

impl Maker {
    /// For so many entities.
    pub(crate) fn new(entities: usize) -> Self {
        let mut maker = Self {
            state: 7,
            kinds: Vec::new(),
        };
        for number in 0..entities {
            let kind = maker.kind(number % 100);
            maker.kinds.push(kind);
        }
        maker
    }

    /// A common kind for the places that it has among a hundred, else any.
    fn kind(&mut self, place: usize) -> &'static str {
        let mut from = 0;
        for (kind, share) in COMMON {
            from += share;
            if place < from {
                return kind;
            }
        }
        self.of(kinds()).map_or("note", |kind| kind.id.as_str())
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let next = self.state.wrapping_mul(6_364_136_223_846_793_005);
        self.state = next.wrapping_add(1);
        ((self.state >> 33) as usize) % limit.max(1)
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// All entities, and so many links among them.
    pub(crate) fn graph(&mut self, links: usize) -> Graph {
        let mut graph = Graph::default();
        for number in 0..self.kinds.len() {
            let kind = self.kinds.get(number).copied().unwrap_or("note");
            let entity = self.entity(kind);
            graph.entities.insert(id(number), entity);
        }
        for number in 0..links {
            graph.links.insert(link_id(number), self.link());
        }
        for number in 0..self.kinds.len() {
            self.place(number, &mut graph);
        }
        graph
    }

    /// Puts every other entity into a slot that takes its kind.
    fn place(&mut self, number: usize, graph: &mut Graph) {
        let kind = self.kinds.get(number).copied().unwrap_or_default();
        let slots = canvases().iter().flat_map(|canvas| {
            let takes = |slot: &&Slot| slot.takes.iter().any(|taken| taken == kind);
            let slots = canvas.slots.iter().filter(takes);
            slots.map(|slot| (&canvas.id, &slot.id))
        });
        let slots: Vec<(&CanvasId, &SlotId)> = slots.collect();
        if let (0, Some((canvas, slot))) = (self.below(2), self.of(&slots)) {
            let placement = Placement::new((*slot).clone(), Rank::default());
            graph.place((*canvas).clone(), id(number), placement);
        }
    }

    /// Any entity.
    pub(crate) fn any(&mut self) -> EntityId {
        id(self.below(self.kinds.len()))
    }

    /// An entity of one of these kinds; of any kind when none is named or there is none.
    fn one_of(&mut self, kinds: &[KindId]) -> EntityId {
        let start = self.below(self.kinds.len());
        let fits = |number: &usize| {
            let kind = self.kinds.get(*number);
            kind.is_some_and(|kind| kinds.is_empty() || kinds.iter().any(|one| one == kind))
        };
        let found = (start..self.kinds.len()).chain(0..start).find(fits);
        id(found.unwrap_or(start))
    }

    /// A link of any kind.
    pub(crate) fn link(&mut self) -> Link {
        let kind = self.of(link_kinds());
        let (from, to) = kind.map_or((&[][..], &[][..]), |kind| (&kind.from, &kind.to));
        Link {
            kind: kind.map_or("relates-to".into(), |kind| kind.id.clone()),
            from: self.one_of(from),
            to: self.one_of(to),
            created: None,
            deleted: None,
        }
    }

    fn entity(&mut self, kind: &str) -> Entity {
        let text = match kind {
            "arm" => self.of(&["A", "B"]).copied().unwrap_or_default(),
            _ => "A note with some forty-five characters of text",
        };
        let mut entity = Entity::new(kind.into(), text);
        let known = kinds().iter().find(|known| known.id == *kind);
        for field in known.into_iter().flat_map(|kind| &kind.fields) {
            if BY_PROGRAM.contains(&field.id.as_str()) {
                continue;
            }
            if field.required || self.below(10) < 6 {
                let value = self.value(kind, field);
                entity.fields.insert(field.id.clone(), value);
            }
        }
        entity
    }

    /// Changes one field of an entity.
    pub(crate) fn edit(&mut self, entity: &mut Entity) {
        let known = kinds().iter().find(|known| known.id == entity.kind);
        if let Some(field) = known.and_then(|kind| self.of(&kind.fields)) {
            let value = self.value(entity.kind.as_str(), field);
            entity.fields.insert(field.id.clone(), value);
        }
    }

    /// A text that figures read, or for a rating by a criterion of one's own its id.
    fn written(&mut self, kind: &str, field: &str) -> Option<String> {
        let is_it = |row: &&(&str, &str, &[&str])| row.0 == kind && row.1 == field;
        let (_, _, texts) = WRITTEN.iter().find(is_it)?;
        if (kind, field) == ("rating", "criterion") && self.below(4) == 0 {
            let own = self.one_of(&["criterion-weight".into()]);
            return Some(own.as_str().to_owned());
        }
        self.of(texts).map(|text| (*text).to_owned())
    }

    fn value(&mut self, kind: &str, field: &Field) -> FieldValue {
        if let Some(text) = self.written(kind, &field.id) {
            return FieldValue::Text(text);
        }
        let text = match &field.takes {
            FieldType::Flag => return FieldValue::Flag(self.below(2) == 0),
            FieldType::Number(bounds) => {
                let (low, high) = (bounds.min.unwrap_or(0.0), bounds.max.unwrap_or(100.0));
                let number = low + (high - low) * self.below(100) as f64 / 100.0;
                return FieldValue::Number(if bounds.whole { number.ceil() } else { number });
            }
            FieldType::Scale(scale) => {
                return FieldValue::Number(self.of(&scale.steps).copied().unwrap_or(1.0));
            }
            FieldType::Choice { options } => self
                .of(options)
                .map_or(String::new(), |option| option.id.clone()),
            FieldType::Reference { kinds } => self.one_of(kinds).as_str().to_owned(),
            FieldType::Date => {
                let (month, day) = (1 + self.below(12), 1 + self.below(28));
                format!("2026-{month:02}-{day:02}")
            }
            FieldType::Money { .. } => format!("{} EUR", self.below(500)),
            FieldType::Quantity { .. } => format!("{0}..2{0}..3{0}", 1 + self.below(9)),
            FieldType::Colour => "blue".to_owned(),
            _ => "some words that somebody wrote".to_owned(),
        };
        FieldValue::Text(text)
    }
}

fn id(number: usize) -> EntityId {
    format!("e{number}").into()
}

/// The id of a link.
pub(crate) fn link_id(number: usize) -> LinkId {
    format!("l{number}").into()
}
