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

use edges::{Sense, carries_on, neighbours};

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
        subject: asked.step(subject, 0, None, false)?,
        up: asked.walk(subject, Sense::Up),
        down: asked.walk(subject, Sense::Down),
    })
}

/// An entity that was met, by its place in the list of those.
struct Met {
    handle: Handle,
    depth: usize,
    through: Option<Through>,
    /// Reached from one end of what joins several.
    is_joint: bool,
    children: Vec<usize>,
}

/// Everything that can be reached, nearest first.
fn reach(reader: &Reader<'_>, starts: &[Handle], sense: Sense) -> Vec<Met> {
    let mut met: Vec<Met> = Vec::new();
    let mut places: HashMap<Handle, usize> = HashMap::new();
    // Each place with the end from which it was reached, if it is a joint.
    let mut ways: VecDeque<(usize, Option<Handle>)> = VecDeque::new();
    // By which ways each joint was reached.
    let mut gone: HashSet<(usize, Option<Handle>)> = HashSet::new();
    for start in starts {
        places.insert(*start, met.len());
        ways.push_back((met.len(), None));
        met.push(Met {
            handle: *start,
            depth: 0,
            through: None,
            is_joint: false,
            children: Vec::new(),
        });
    }
    while let Some((place, came)) = ways.pop_front() {
        let Some((handle, depth)) = met.get(place).map(|here| (here.handle, here.depth)) else {
            continue;
        };
        for neighbour in neighbours(reader, handle, sense, depth == 0) {
            if came.is_some_and(|came| !carries_on(reader, sense, came, &neighbour)) {
                continue;
            }
            let end = neighbour.is_joint(sense).then_some(handle);
            if let Some(known) = places.get(&neighbour.handle).copied() {
                // By another way a joint may lead to what it did not before.
                let is_joint = met.get(known).is_some_and(|known| known.is_joint);
                if is_joint && gone.insert((known, end)) {
                    ways.push_back((known, end));
                }
                continue;
            }
            let child = met.len();
            places.insert(neighbour.handle, child);
            if end.is_some() {
                gone.insert((child, end));
            }
            ways.push_back((child, end));
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
                is_joint: end.is_some(),
                children: Vec::new(),
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
        let mut steps = Vec::new();
        let mut open: Vec<usize> = met
            .first()
            .map(|subject| subject.children.iter().rev().copied().collect())
            .unwrap_or_default();
        while let Some(place) = open.pop() {
            let Some(here) = met.get(place) else {
                continue;
            };
            let is_end = neighbours(reader, here.handle, sense, false).is_empty();
            let through = here.through.clone();
            steps.extend(self.step(here.handle, here.depth, through, is_end));
            open.extend(here.children.iter().rev());
        }
        steps
    }

    fn step(
        &self,
        handle: Handle,
        depth: usize,
        through: Option<Through>,
        is_end: bool,
    ) -> Option<Step> {
        let reader = self.reader;
        let entity = reader.entity(handle)?;
        let target = through
            .as_ref()
            .and_then(|through| reader.index().find(through.entity.as_str()));
        Some(Step {
            entity: reader.id(handle)?.clone(),
            kind: entity.kind.clone(),
            text: entity.text.clone(),
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
