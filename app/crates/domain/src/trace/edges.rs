//! Which links and reference fields lead up, to what something serves, and which lead down, to what
//! carries it.
//!
//! Invariant: what rests on something is found by the edges that lead down, walked the other way:
//! one relation, so that a trace names what the ripple names. What something serves is another
//! question. A solution carries the opportunity that it addresses, and the opportunity is why there
//! is the solution; a way goes by one of these or by the other, never by both, since what carries
//! one solution says nothing about another.

use crate::experiment::{METRIC, judged_readings, wordings};
use crate::index::{Handle, Reader};

/// Which way a trace goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// To what something serves.
    Up,
    /// To what carries it.
    Down,
    /// To what rests on it: [`Sense::Down`] walked back.
    Resting,
}

/// What a way has gone by so far, and so where it may go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Mode {
    /// By nothing that excludes another.
    #[default]
    Open,
    /// From an opportunity to what addresses it, or back.
    Means,
    /// From what addresses an opportunity to why there is it, or back.
    Reasons,
    /// To what pursues a need without being an aim: nothing rests on that by the need.
    Ended,
}

/// An entity next to another.
pub(super) struct Neighbour {
    pub(super) handle: Handle,
    pub(super) name: &'static str,
    pub(super) is_field: bool,
    pub(super) is_outgoing: bool,
    /// How the way goes on from it.
    pub(super) mode: Mode,
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
const DOWN: [Edge; 40] = [
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
    along("addressed-by"),
    against("addresses"),
    along("guides"),
    along("broken-into"),
    along("expressed-as"),
    along(PURSUED),
    against("aims-at"),
    against("drives"),
    against("guards"),
    against("does"),
    against("relieves"),
    against("creates"),
    against("earns-from"),
    along("costs"),
    along("needs"),
];

/// Edges down that a way goes by only once it has not gone by the other: from an opportunity to what
/// addresses it, and from that to why there is it.
const MEANS: [(&str, bool); 2] = [("addressed-by", true), ("addresses", false)];
const REASONS: [(&str, bool); 2] = [("addresses", true), ("addressed-by", false)];

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
const SOURCES: [&str; 3] = ["source", PRIMARY, "interview"];

/// From a metric to one that it drives or guards.
const EFFECTS: [&str; 2] = ["drives", "guards"];
/// From a roadmap item to the solution that it is about.
const BET: &str = "bets-on";
/// The field that names the metric by which an experiment is judged.
const PRIMARY: &str = "primary-metric";

impl Neighbour {
    /// Whether the way goes on from it as [`carries_on`] says: it is an experiment that was reached
    /// from one of its ends, or a metric.
    pub(super) fn is_joint(&self, reader: &Reader<'_>, sense: Sense) -> bool {
        match sense {
            Sense::Up => self.name == PRODUCED,
            Sense::Resting => self.is_origin(sense) || reader.is(self.handle, METRIC),
            Sense::Down => {
                self.name == TESTED
                    || self.name == PRODUCED && !self.is_outgoing
                    || reader.is(self.handle, METRIC)
            }
        }
    }

    /// Whether it is where a result comes from. What came out of an experiment does not carry the
    /// experiment, though it carries what was learned by it.
    pub(super) fn is_origin(&self, sense: Sense) -> bool {
        sense == Sense::Resting && self.name == PRODUCED && !self.is_outgoing
    }
}

/// Whether a way that reached a joint from `came`, by an edge of that name, goes on to `next`.
///
/// One experiment may test several claims and produce evidence about each: what is about another
/// claim carries nothing of this one, and no piece of evidence carries another. A metric that drives
/// or guards another one, or that an experiment is judged by, is named there; its own readings and
/// what else is known of it carry it alone.
pub(super) fn carries_on(
    reader: &Reader<'_>,
    sense: Sense,
    (came, by): (Handle, &str),
    at: Handle,
    next: &Neighbour,
) -> bool {
    if reader.is(at, METRIC) {
        // By which edge what rests on the metric leads to it, and by which it goes on to what
        // carries the metric.
        let (above, below) = match sense {
            Sense::Up => return true,
            Sense::Down => (by, next.name),
            Sense::Resting => (next.name, by),
        };
        let is_effect = |name| EFFECTS.contains(&name);
        return above != PRIMARY && (!is_effect(above) || is_effect(below));
    }
    match sense {
        Sense::Up | Sense::Resting if next.name == TESTED => {
            !is_about_another(reader, came, next.handle)
        }
        Sense::Resting if next.name == PRODUCED => !next.is_outgoing,
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

/// What links in that sense still name although it was deleted or never was here.
pub(super) fn gone(reader: &Reader<'_>, handle: Handle, sense: Sense) -> Vec<Neighbour> {
    let sides = [
        (reader.broken_links_from(handle), true),
        (reader.broken_links_to(handle), false),
    ];
    let mut found = Vec::new();
    for (links, is_outgoing) in sides {
        for link in links {
            let mut edges = edges(sense);
            let edge = edges.find(|(edge, goes)| edge.name == link.kind && *goes == is_outgoing);
            found.extend(edge.map(|(edge, _)| Neighbour {
                handle: link.other,
                name: edge.name,
                is_field: false,
                is_outgoing,
                mode: Mode::Ended,
            }));
        }
    }
    found
}

/// The edges in that sense, each with whether it is followed from its start.
fn edges(sense: Sense) -> impl Iterator<Item = (&'static Edge, bool)> {
    let table: &[Edge] = match sense {
        Sense::Up => &UP,
        Sense::Down | Sense::Resting => &DOWN,
    };
    let is_back = sense == Sense::Resting;
    table
        .iter()
        .map(move |edge| (edge, edge.is_outgoing != is_back))
}

/// What a way in that mode becomes by this edge; `None` where it does not go by it.
fn mode_by(edge: &Edge, sense: Sense, mode: Mode) -> Option<Mode> {
    let is_one_of = |edges: &[(&str, bool); 2]| edges.contains(&(edge.name, edge.is_outgoing));
    if sense == Sense::Up {
        return (mode != Mode::Reasons || is_one_of(&REASONS)).then_some(Mode::Open);
    }
    let (by, other) = if is_one_of(&MEANS) {
        (Mode::Means, Mode::Reasons)
    } else if is_one_of(&REASONS) {
        (Mode::Reasons, Mode::Means)
    } else {
        (mode, Mode::Ended)
    };
    (mode != other && mode != Mode::Ended).then_some(by)
}

/// Whether needs are pursued for it itself: a goal, say, and not a metric that others are read by.
fn is_aim(reader: &Reader<'_>, handle: Handle) -> bool {
    matches!(reader.kind(handle), "goal" | "objective")
}

/// The neighbours in that sense, of a way that came in that mode: by the order of the tables, then by
/// id.
pub(super) fn neighbours(
    reader: &Reader<'_>,
    handle: Handle,
    sense: Sense,
    mode: Mode,
    is_subject: bool,
) -> Vec<Neighbour> {
    let mut found = Vec::new();
    if mode == Mode::Ended {
        return found;
    }
    for (edge, is_outgoing) in edges(sense) {
        let Some(mode) = mode_by(edge, sense, mode) else {
            continue;
        };
        // What came out of an experiment is not what it rests on.
        if is_subject && sense == Sense::Down && edge.name == PRODUCED && is_outgoing {
            continue;
        }
        // What is pursued for an outcome is no part of another thing that the outcome measures.
        let is_pursued = edge.name == PURSUED;
        if is_pursued && sense == Sense::Down && !is_subject && !is_aim(reader, handle) {
            continue;
        }
        let mut ends: Vec<Handle> = if is_outgoing {
            reader.from(handle, edge.name).collect()
        } else {
            reader.to(handle, edge.name).collect()
        };
        ends.sort_by_key(|end| reader.id(*end));
        found.extend(ends.into_iter().map(|end| Neighbour {
            handle: end,
            name: edge.name,
            is_field: false,
            is_outgoing,
            mode: match is_pursued && sense == Sense::Resting && !is_aim(reader, end) {
                true => Mode::Ended,
                false => mode,
            },
        }));
    }
    // An item serves what its bets are for, and not what else bets on them.
    if is_subject && sense == Sense::Up && reader.is(handle, "roadmap-item") {
        found.extend(reader.from(handle, BET).map(|bet| Neighbour {
            handle: bet,
            name: BET,
            is_field: false,
            is_outgoing: true,
            mode: Mode::Reasons,
        }));
    }
    let mut field = |handle, name, is_outgoing| {
        found.push(Neighbour {
            handle,
            name,
            is_field: true,
            is_outgoing,
            mode,
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
            for reading in judged_readings(reader, handle) {
                field(reading, PRIMARY, true);
            }
        }
        Sense::Up | Sense::Resting => {
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
            let metric = reader.reference(handle, "metric");
            let metric = metric.filter(|_| sense == Sense::Resting && kind == "reading");
            let tests = metric.map(|metric| reader.referring(metric, PRIMARY));
            for experiment in tests.into_iter().flatten() {
                if judged_readings(reader, experiment).contains(&handle) {
                    field(experiment, PRIMARY, false);
                }
            }
        }
    }
    found
}
