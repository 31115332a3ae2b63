//! Measures figures and checks of a graph of 5,000 entities and 10,000 links: from scratch, and
//! after one edit. Prints milliseconds; `cargo measure graph` runs it optimised.

use std::time::Instant;

use domain::catalogue::{Field, FieldType};
use domain::check::CheckBook;
use domain::figure::FigureBook;
use domain::index::{Edits, GraphIndex};
use domain::value::Date;
use domain::{Entity, EntityId, FieldValue, Graph, KindId, Link, LinkId, kinds, link_kinds};

const ENTITIES: usize = 5_000;
const LINKS: usize = 10_000;
const RUNS: usize = 15;
const EDITS: usize = 400;

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

fn main() {
    let Some(today) = Date::new(2026, 11, 22) else {
        return;
    };
    let mut maker = Maker::new();
    let mut graph = maker.graph();
    let mut index = Vec::new();
    let mut scratch = Vec::new();
    for _ in 0..RUNS {
        index.push(milliseconds(|| GraphIndex::new(&graph)));
        scratch.push(milliseconds(|| Books::new(&graph, today)));
    }
    print("graph: index from scratch", index);
    print("graph: figures and checks from scratch", scratch);

    let mut books = Books::new(&graph, today);
    let book = &books.figures;
    let figures: usize = book
        .index()
        .live()
        .map(|(handle, _)| book.of(handle).count())
        .sum();
    let mut fields = Vec::new();
    let mut links = Vec::new();
    for _ in 0..EDITS {
        let id = maker.any();
        if let Some(entity) = graph.entities.get_mut(&id) {
            maker.edit(entity);
        }
        let edits = Edits {
            entities: vec![id],
            ..Edits::default()
        };
        fields.push(milliseconds(|| books.update(&graph, &edits)));
        let id = link_id(maker.below(LINKS));
        graph.links.insert(id.clone(), maker.link());
        let edits = Edits {
            links: vec![id],
            ..Edits::default()
        };
        links.push(milliseconds(|| books.update(&graph, &edits)));
    }
    print("graph: after one field was edited", fields);
    print("graph: after one link was edited", links);
    println!("({ENTITIES} entities, {LINKS} links, {figures} figures of entities)");
}

/// Everything that is computed from a graph.
struct Books {
    figures: FigureBook,
    checks: CheckBook,
}

impl Books {
    fn new(graph: &Graph, today: Date) -> Self {
        let figures = FigureBook::new(graph, today);
        let checks = CheckBook::new(figures.index(), today);
        Self { figures, checks }
    }

    fn update(&mut self, graph: &Graph, edits: &Edits) {
        let touched = self.figures.touch(graph, edits);
        self.checks.update(self.figures.index(), &touched);
        self.figures.refresh(touched);
    }
}

/// How long something takes, without putting its result away.
fn milliseconds<T>(run: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let result = std::hint::black_box(run());
    let elapsed = start.elapsed().as_secs_f64() * 1000.0;
    drop(result);
    elapsed
}

/// Prints minimum, median, 95th percentile and maximum.
fn print(what: &str, mut samples: Vec<f64>) {
    samples.sort_by(f64::total_cmp);
    let at = |part: f64| {
        let index = (samples.len().saturating_sub(1) as f64 * part).round() as usize;
        samples.get(index).copied().unwrap_or(f64::NAN)
    };
    println!(
        "{what:<44} min {:>8.3}  median {:>8.3}  p95 {:>8.3}  max {:>8.3} ms  (n = {})",
        at(0.0),
        at(0.5),
        at(0.95),
        at(1.0),
        samples.len()
    );
}

/// A believable graph and what to change in it: numbers that look random and are the same at every
/// run, values that fit their fields, links and references between the kinds that they are for.
struct Maker {
    state: u64,
    /// The kind of each entity.
    kinds: Vec<&'static str>,
}

impl Maker {
    fn new() -> Self {
        let mut maker = Self {
            state: 7,
            kinds: Vec::new(),
        };
        for number in 0..ENTITIES {
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

    fn below(&mut self, limit: usize) -> usize {
        let next = self.state.wrapping_mul(6_364_136_223_846_793_005);
        self.state = next.wrapping_add(1);
        ((self.state >> 33) as usize) % limit.max(1)
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    fn graph(&mut self) -> Graph {
        let mut graph = Graph::default();
        for number in 0..ENTITIES {
            let kind = self.kinds.get(number).copied().unwrap_or("note");
            let entity = self.entity(kind);
            graph.entities.insert(id(number), entity);
        }
        for number in 0..LINKS {
            graph.links.insert(link_id(number), self.link());
        }
        graph
    }

    /// Any entity.
    fn any(&mut self) -> EntityId {
        id(self.below(ENTITIES))
    }

    /// An entity of one of these kinds; of any kind when none is named or there is none.
    fn one_of(&mut self, kinds: &[KindId]) -> EntityId {
        let start = self.below(ENTITIES);
        let fits = |number: &usize| {
            let kind = self.kinds.get(*number);
            kind.is_some_and(|kind| kinds.is_empty() || kinds.iter().any(|one| one == kind))
        };
        let found = (start..ENTITIES).chain(0..start).find(fits);
        id(found.unwrap_or(start))
    }

    fn link(&mut self) -> Link {
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
        let text = "A note with some forty-five characters of text";
        let mut entity = Entity::new(kind.into(), text);
        let known = kinds().iter().find(|known| known.id == *kind);
        for field in known.into_iter().flat_map(|kind| &kind.fields) {
            if field.required || self.below(10) < 6 {
                let value = self.value(field);
                entity.fields.insert(field.id.clone(), value);
            }
        }
        entity
    }

    /// Changes one field of an entity.
    fn edit(&mut self, entity: &mut Entity) {
        let known = kinds().iter().find(|known| known.id == entity.kind);
        if let Some(field) = known.and_then(|kind| self.of(&kind.fields)) {
            let value = self.value(field);
            entity.fields.insert(field.id.clone(), value);
        }
    }

    fn value(&mut self, field: &Field) -> FieldValue {
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

fn link_id(number: usize) -> LinkId {
    format!("l{number}").into()
}
