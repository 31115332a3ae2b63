//! Which links and reference fields lead up, to what something serves, and which lead down, to what
//! carries it.
//!
//! One table for both: an edge that leads up from one end does not always lead down from the other.
//! A solution serves the opportunity that it addresses, and does not carry it; what carries the
//! opportunity is why there is the solution.

use crate::experiment::wordings;
use crate::index::{Handle, Reader};

/// Which way a trace goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    Up,
    Down,
}

/// An entity next to another.
pub(super) struct Neighbour {
    pub(super) handle: Handle,
    pub(super) name: &'static str,
    pub(super) is_field: bool,
    pub(super) is_outgoing: bool,
}

/// A kind of link, followed from its start or against it.
struct Edge {
    name: &'static str,
    is_outgoing: bool,
}

const fn along(name: &'static str) -> Edge {
    Edge {
        name,
        is_outgoing: true,
    }
}

const fn against(name: &'static str) -> Edge {
    Edge {
        name,
        is_outgoing: false,
    }
}

/// From something to what it serves.
const UP: [Edge; 37] = [
    against("guides"),
    against("broken-into"),
    against("expressed-as"),
    against("measured-by"),
    against("on"),
    against("pursued-through"),
    against("addressed-by"),
    against("bets-on"),
    against("depends-on"),
    against("stated-as"),
    against("tested-by"),
    against("rests-on"),
    against("produces"),
    against("drawn-from"),
    against("reports"),
    against("costs"),
    against("needs"),
    along("aims-at"),
    along("part-of"),
    along("drives"),
    along("guards"),
    along("measures"),
    along("addresses"),
    along("does"),
    along("relieves"),
    along("creates"),
    along("earns-from"),
    along("reveals"),
    along("supports"),
    along("refutes"),
    along("neutral-to"),
    along("concludes-in"),
    along("leads-to"),
    along("changes"),
    along("touches"),
    against("with"),
    against("said-in"),
];

/// From something to what carries it.
const DOWN: [Edge; 29] = [
    against("supports"),
    against("refutes"),
    against("neutral-to"),
    against("reveals"),
    against("leads-to"),
    against("concludes-in"),
    against("touches"),
    against("measures"),
    against("changes"),
    against("part-of"),
    along("bets-on"),
    along("depends-on"),
    along("rests-on"),
    along("stated-as"),
    along("tested-by"),
    along("produces"),
    against("produces"),
    along("drawn-from"),
    along("said-in"),
    along("with"),
    along("on"),
    along("measured-by"),
    along("reports"),
    along("addresses"),
    against("addressed-by"),
    along("guides"),
    along("broken-into"),
    along("expressed-as"),
    along(PURSUED),
];

/// From what is aimed at to the needs that are met for it.
const PURSUED: &str = "pursued-through";
/// From a claim to what tests it.
const TESTED: &str = "tested-by";
/// From an experiment to what came out.
const PRODUCED: &str = "produces";
/// What a piece of evidence says about something.
const BEARINGS: [&str; 3] = ["supports", "refutes", "neutral-to"];

/// Reference fields of small records, which carry what they belong to: kind and field.
pub(super) const RECORDS: [(&str, &str); 10] = [
    ("reading", "metric"),
    ("arm", "experiment"),
    ("loop", "experiment"),
    ("loop", "hypothesis"),
    ("outcome-rating", "outcome"),
    ("kano-answer", "feature"),
    ("fit-answer", "survey"),
    ("task-result", "session"),
    ("market-factor", "market"),
    ("force", "interview"),
];

/// Reference fields that name what carries the entity.
const SOURCES: [&str; 3] = ["source", "primary-metric", "interview"];

impl Neighbour {
    /// Whether the way goes on from it as [`carries_on`] says: it is an experiment that was reached
    /// from one of its ends.
    pub(super) fn is_joint(&self, sense: Sense) -> bool {
        match sense {
            Sense::Up => self.name == PRODUCED,
            Sense::Down => self.name == TESTED || self.name == PRODUCED && !self.is_outgoing,
        }
    }
}

/// Whether a way that reached a joint from `came` goes on to `next`.
///
/// One experiment may test several claims and produce evidence about each: what is about another
/// claim carries nothing of this one, and no piece of evidence carries another.
pub(super) fn carries_on(
    reader: &Reader<'_>,
    sense: Sense,
    came: Handle,
    next: &Neighbour,
) -> bool {
    match sense {
        Sense::Up if next.name == TESTED => !is_about_another(reader, came, next.handle),
        Sense::Down if next.name == PRODUCED => {
            !reader.is(came, "evidence") && !is_about_another(reader, next.handle, came)
        }
        _ => true,
    }
}

/// Whether a piece of evidence says something about claims, and not about this one or another
/// wording of it.
fn is_about_another(reader: &Reader<'_>, evidence: Handle, claim: Handle) -> bool {
    let is_claim = |end: &Handle| matches!(reader.kind(*end), "assumption" | "hypothesis");
    let mut about = BEARINGS
        .iter()
        .flat_map(|word| reader.from(evidence, word))
        .filter(is_claim)
        .peekable();
    let wordings = wordings(reader, claim);
    about.peek().is_some() && !about.any(|other| wordings.contains(&other))
}

/// The neighbours in that sense: by the order of the tables, then by id.
pub(super) fn neighbours(
    reader: &Reader<'_>,
    handle: Handle,
    sense: Sense,
    is_subject: bool,
) -> Vec<Neighbour> {
    let mut found = Vec::new();
    let table: &[Edge] = match sense {
        Sense::Up => &UP,
        Sense::Down => &DOWN,
    };
    // What is pursued for an outcome is no part of another thing that the outcome measures.
    let is_aim = is_subject || matches!(reader.kind(handle), "goal" | "objective");
    for edge in table {
        if sense == Sense::Down && edge.name == PURSUED && !is_aim {
            continue;
        }
        let mut ends: Vec<Handle> = if edge.is_outgoing {
            reader.from(handle, edge.name).collect()
        } else {
            reader.to(handle, edge.name).collect()
        };
        ends.sort_by_key(|end| reader.id(*end));
        found.extend(ends.into_iter().map(|end| Neighbour {
            handle: end,
            name: edge.name,
            is_field: false,
            is_outgoing: edge.is_outgoing,
        }));
    }
    let mut field = |handle, name, is_outgoing| {
        found.push(Neighbour {
            handle,
            name,
            is_field: true,
            is_outgoing,
        });
    };
    match sense {
        Sense::Down => {
            for (kind, name) in RECORDS {
                for record in reader.children(handle, kind, name) {
                    field(record, name, false);
                }
            }
            for name in SOURCES {
                if let Some(source) = reader.reference(handle, name) {
                    field(source, name, true);
                }
            }
        }
        Sense::Up => {
            let kind = reader.kind(handle);
            for (_, name) in RECORDS.iter().filter(|(record, _)| *record == kind) {
                if let Some(owner) = reader.reference(handle, name) {
                    field(owner, name, true);
                }
            }
            for name in SOURCES {
                for user in reader.referring(handle, name) {
                    field(user, name, false);
                }
            }
        }
    }
    found
}
