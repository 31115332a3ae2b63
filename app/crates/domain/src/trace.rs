//! Why: from any entity up to what it serves, and down to the quotes, readings and numbers that
//! carry it; and the ripple of a piece of evidence that falls away.
//!
//! Both walk the same edges, nearest first, and meet each entity once, so that circles end and the
//! answer is the same wherever it is asked.

mod edges;
mod name;
mod ripple;
mod strength;

use std::collections::{HashMap, HashSet, VecDeque};

pub use name::{belongs_by, name};
pub use ripple::{Ripple, Weakened, ripple};
pub use strength::{LeftOut, left_out};

use edges::{Mode, Sense, carries_on, gone, neighbours};

use crate::index::{Handle, Reader};
use crate::value::Date;
use crate::{EntityId, KindId};

/// Why an entity is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The entity that was asked about.
    pub subject: Step,
    /// What it serves, up to the vision: each step stands behind the one that it hangs on, deeper
    /// by one.
    pub up: Vec<Step>,
    /// What carries it, down to the raw sources, in the same form.
    pub down: Vec<Step>,
}

/// One entity of a trace.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The entity.
    pub entity: EntityId,
    /// What it is.
    pub kind: KindId,
    /// What it says.
    pub text: String,
    /// How many steps from the subject, which is at 0.
    pub depth: usize,
    /// How it hangs on the step before; `None` for the subject.
    pub through: Option<Through>,
    /// What it weighs on the confidence meter, 0 to 10, where it is evidence or a raw source.
    pub strength: Option<f64>,
    /// Why it counts nothing, however strong it is.
    pub left_out: Option<LeftOut>,
    /// What was counted or measured, where it is a number.
    pub value: Option<f64>,
    /// From how many observations.
    pub n: Option<f64>,
    /// When it was said, seen or decided; else when it was entered.
    pub date: Option<Date>,
    /// Who said, saw or decided it; else who entered it: a person's id or a plain name.
    pub by: Option<String>,
    /// Where it can be read.
    pub source: Option<String>,
    /// Nothing carries it further: in `down` a raw source, in `up` the top.
    pub is_end: bool,
}

/// The connection between two steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Through {
    /// The entity nearer to the subject.
    pub entity: EntityId,
    /// The kind of link, or the name of the reference field.
    pub name: String,
    /// Whether it is a reference field.
    pub is_field: bool,
    /// Whether the link, or the field, leads from the nearer entity to this one.
    pub is_outgoing: bool,
}

/// Why the entity is there, as of today; `None` when it is not.
#[must_use]
pub fn why(reader: &Reader<'_>, subject: Handle, today: Date) -> Option<Trace> {
    let asked = Asked { reader, today };
    Some(Trace {
        subject: reader
            .entity(subject)
            .and(asked.step(subject, 0, None, false))?,
        up: asked.walk(subject, Sense::Up),
        down: asked.walk(subject, Sense::Down),
    })
}

/// An entity that was met, by its place in the list of those.
struct Met {
    handle: Handle,
    depth: usize,
    through: Option<Through>,
    children: Vec<usize>,
    /// Whether a way leads here but that from a result to where it comes from.
    is_carried: bool,
}

/// A way to an entity that was met: how it may go on, and if it is a joint from which end and by which
/// edge. By another
/// way an entity may lead to what it did not before.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Way {
    place: usize,
    mode: Mode,
    came: Option<(Handle, &'static str)>,
    /// It begins here: what is met again is no beginning.
    is_start: bool,
}

/// Everything that can be reached, nearest first.
fn reach(reader: &Reader<'_>, starts: &[Handle], sense: Sense) -> Vec<Met> {
    let mut met: Vec<Met> = Vec::new();
    let mut places: HashMap<Handle, usize> = HashMap::new();
    let mut ways: VecDeque<Way> = VecDeque::new();
    let mut gone: HashSet<Way> = HashSet::new();
    for start in starts {
        places.insert(*start, met.len());
        ways.push_back(Way {
            place: met.len(),
            mode: Mode::Open,
            came: None,
            is_start: true,
        });
        met.push(Met {
            handle: *start,
            depth: 0,
            through: None,
            children: Vec::new(),
            is_carried: false,
        });
    }
    gone.extend(ways.iter().copied());
    while let Some(way) = ways.pop_front() {
        let Way { place, mode, .. } = way;
        let Some((handle, depth)) = met.get(place).map(|here| (here.handle, here.depth)) else {
            continue;
        };
        for neighbour in neighbours(reader, handle, sense, mode, way.is_start) {
            let goes_on = |came| carries_on(reader, sense, came, handle, &neighbour);
            if !way.came.is_none_or(goes_on) {
                continue;
            }
            let known = places.get(&neighbour.handle).copied();
            let next = Way {
                place: known.unwrap_or(met.len()),
                mode: neighbour.mode,
                came: neighbour
                    .is_joint(reader, sense)
                    .then_some((handle, neighbour.name)),
                is_start: false,
            };
            if gone.insert(next) {
                ways.push_back(next);
            }
            let is_carried = !neighbour.is_origin(sense);
            if let Some(known) = known {
                let known = met.get_mut(known);
                known
                    .into_iter()
                    .for_each(|known| known.is_carried |= is_carried);
                continue;
            }
            places.insert(neighbour.handle, met.len());
            let child = met.len();
            if let Some(here) = met.get_mut(place) {
                here.children.push(child);
            }
            met.push(Met {
                handle: neighbour.handle,
                depth: depth + 1,
                through: reader.id(handle).map(|id| Through {
                    entity: id.clone(),
                    name: neighbour.name.to_owned(),
                    is_field: neighbour.is_field,
                    is_outgoing: neighbour.is_outgoing,
                }),
                children: Vec::new(),
                is_carried,
            });
        }
    }
    met
}

/// What is asked, and on which day.
struct Asked<'a> {
    reader: &'a Reader<'a>,
    today: Date,
}

impl Asked<'_> {
    /// The steps in the order of a tree's lines: each before what hangs on it.
    fn walk(&self, subject: Handle, sense: Sense) -> Vec<Step> {
        let reader = self.reader;
        let met = reach(reader, &[subject], sense);
        let mut steps = self.gone(subject, 0, sense);
        let mut open: Vec<usize> = met
            .first()
            .map(|subject| subject.children.iter().rev().copied().collect())
            .unwrap_or_default();
        while let Some(place) = open.pop() {
            let Some(here) = met.get(place) else {
                continue;
            };
            let is_end = neighbours(reader, here.handle, sense, Mode::Open, false).is_empty();
            let through = here.through.clone();
            steps.extend(self.step(here.handle, here.depth, through, is_end));
            steps.extend(self.gone(here.handle, here.depth, sense));
            open.extend(here.children.iter().rev());
        }
        steps
    }

    /// The links from here that lead nowhere any more, each as a step that counts nothing.
    fn gone(&self, handle: Handle, depth: usize, sense: Sense) -> Vec<Step> {
        let Some(entity) = self.reader.id(handle) else {
            return Vec::new();
        };
        let ends = gone(self.reader, handle, sense).into_iter();
        ends.filter_map(|end| {
            let through = Through {
                entity: entity.clone(),
                name: end.name.to_owned(),
                is_field: false,
                is_outgoing: end.is_outgoing,
            };
            self.step(end.handle, depth + 1, Some(through), true)
        })
        .collect()
    }

    fn step(
        &self,
        handle: Handle,
        depth: usize,
        through: Option<Through>,
        is_end: bool,
    ) -> Option<Step> {
        let reader = self.reader;
        // What is gone has its words still, or at least its id.
        let record = reader.record(handle);
        let target = through
            .as_ref()
            .and_then(|through| reader.index().find(through.entity.as_str()));
        Some(Step {
            entity: reader.id(handle)?.clone(),
            kind: record.map_or_else(|| KindId::from(""), |record| record.kind.clone()),
            text: record.map_or_else(String::new, |record| record.text.clone()),
            depth,
            through,
            strength: strength::strength(reader, handle, target, self.today),
            left_out: left_out(reader, handle, self.today),
            value: strength::value(reader, handle),
            n: reader.number(handle, "n"),
            date: strength::date(reader, handle),
            by: strength::by(reader, handle),
            source: reader
                .text(handle, "source")
                .filter(|_| reader.reference(handle, "source").is_none())
                .map(ToOwned::to_owned),
            is_end,
        })
    }
}

#[cfg(test)]
mod tests;
