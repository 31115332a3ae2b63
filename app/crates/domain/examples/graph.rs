//! Measures figures and checks of a graph of 5,000 entities and 10,000 links: from scratch, and
//! after one edit. Prints milliseconds; `cargo measure graph` runs it optimised.

use std::time::Instant;

use domain::catalogue::{Field, FieldType};
use domain::check::CheckBook;
use domain::figure::FigureBook;
use domain::index::{Edits, GraphIndex};
use domain::value::Date;
use domain::{Entity, EntityId, FieldValue, Graph, Link, LinkId, kinds, link_kinds};

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
    let mut dice = Dice(7);
    let mut graph = graph(&mut dice);
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
        let id = entity_id(&mut dice);
        if let Some(entity) = graph.entities.get_mut(&id) {
            let known = kinds().iter().find(|known| known.id == entity.kind);
            if let Some(field) = known.and_then(|kind| dice.of(&kind.fields)) {
                let value = value(&mut dice, field);
                entity.fields.insert(field.id.clone(), value);
            }
        }
        let edits = Edits {
            entities: vec![id],
            ..Edits::default()
        };
        fields.push(milliseconds(|| books.update(&graph, &edits)));
        let id = LinkId::from(format!("l{}", dice.below(LINKS)));
        graph.links.insert(id.clone(), new_link(&mut dice));
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

/// Numbers that look random and are the same at every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        ((self.0 >> 33) as usize) % limit.max(1)
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

fn graph(dice: &mut Dice) -> Graph {
    let mut graph = Graph::default();
    for number in 0..ENTITIES {
        let mut place = number % 100;
        let common = COMMON
            .iter()
            .find(|(_, share)| match place.checked_sub(*share) {
                Some(rest) => {
                    place = rest;
                    false
                }
                None => true,
            });
        let kind = match common {
            Some((kind, _)) => kind,
            None => dice.of(kinds()).map_or("note", |kind| kind.id.as_str()),
        };
        let entity = new_entity(dice, kind);
        graph
            .entities
            .insert(EntityId::from(format!("e{number}")), entity);
    }
    for number in 0..LINKS {
        let link = new_link(dice);
        graph.links.insert(LinkId::from(format!("l{number}")), link);
    }
    graph
}

fn entity_id(dice: &mut Dice) -> EntityId {
    format!("e{}", dice.below(ENTITIES)).into()
}

fn new_link(dice: &mut Dice) -> Link {
    let kind = dice.of(link_kinds());
    Link {
        kind: kind.map_or("relates-to".into(), |kind| kind.id.clone()),
        from: entity_id(dice),
        to: entity_id(dice),
        created: None,
        deleted: None,
    }
}

fn new_entity(dice: &mut Dice, kind: &str) -> Entity {
    let mut entity = Entity::new(
        kind.into(),
        "A note with some forty-five characters of text",
    );
    let known = kinds().iter().find(|known| known.id == *kind);
    for field in known.into_iter().flat_map(|kind| &kind.fields) {
        if dice.below(10) < 6 {
            entity.fields.insert(field.id.clone(), value(dice, field));
        }
    }
    entity
}

fn value(dice: &mut Dice, field: &Field) -> FieldValue {
    let text = match &field.takes {
        FieldType::Flag => return FieldValue::Flag(dice.below(2) == 0),
        FieldType::Number(_) => return FieldValue::Number(dice.below(100) as f64),
        FieldType::Scale(scale) => {
            return FieldValue::Number(dice.of(&scale.steps).copied().unwrap_or(1.0));
        }
        FieldType::Choice { options } => dice
            .of(options)
            .map_or(String::new(), |option| option.id.clone()),
        FieldType::Reference { .. } => entity_id(dice).as_str().to_owned(),
        FieldType::Date => format!("2026-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28)),
        FieldType::Money { .. } => format!("{} EUR", dice.below(500)),
        FieldType::Quantity { .. } => format!("{0}..2{0}..3{0}", 1 + dice.below(9)),
        _ => "some words that somebody wrote".to_owned(),
    };
    FieldValue::Text(text)
}
