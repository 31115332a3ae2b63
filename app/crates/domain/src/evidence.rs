//! What a piece of evidence counts, for figures, checks and traces alike (M14): its weight on the
//! confidence meter, and whether it counts at all.
//!
//! Invariant: whatever weighs evidence asks here, so that nothing counts what another leaves out.

use crate::counts;
use crate::experiment::{
    ARM, EXPERIMENT, EXPERIMENT_OF_ARM, LOCK, REPORTS, Reason, TESTED_BY, Word, said_of, word_of,
    wordings,
};
use crate::index::{Handle, Key, Reader};
use crate::method::confidence::{self, Direction, Evidence, HALF_LIFE_DAYS};
use crate::method::confidence_meter;
use crate::value::Date;

/// The kind of evidence.
pub(crate) const EVIDENCE: &str = "evidence";

/// The most that evidence of an exploratory experiment counts: what users did, as it was seen, is
/// user evidence, and no test, since nothing was promised before the data.
pub(crate) const EXPLORATORY: f64 = 3.0;

/// The links from evidence to what it speaks about, with the way that it points.
const LINKS: [(&str, Direction); 3] = [
    ("supports", Direction::Supports),
    ("refutes", Direction::Refutes),
    ("neutral-to", Direction::Neutral),
];

/// Whether a piece of evidence counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Standing {
    /// It does.
    Counts,
    /// It does, up to [`EXPLORATORY`].
    Exploratory,
    /// It counts nothing, for this reason.
    LeftOut(Fallen),
    /// It is dated in the future and counts from that day on.
    Ahead(Date),
}

/// Why a piece of evidence counts nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fallen {
    /// Somebody has taken it back.
    Retracted,
    /// It has no words.
    Blank,
    /// Its experiment is invalid.
    Invalid(Reason),
    /// Its experiment is below its planned number.
    Running,
}

impl Fallen {
    /// Its name in figures.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Retracted => "retracted",
            Self::Blank => "it says nothing",
            Self::Running => "its experiment is still running",
            Self::Invalid(Reason::CriterionChanged { .. }) => {
                "its experiment is invalid, criterion changed after data"
            }
            Self::Invalid(Reason::SampleRatioMismatch { .. }) => {
                "its experiment is invalid, sample-ratio mismatch"
            }
            Self::Invalid(Reason::StoppedEarly) => "its experiment is invalid, stopped early",
            Self::Invalid(Reason::Unplanned) => "its experiment is invalid, no planned number",
            Self::Invalid(Reason::LockedAfterData) => {
                "its experiment is invalid, locked after data"
            }
        }
    }
}

/// A piece of evidence about a claim or another wording of it.
pub(crate) struct Piece {
    /// The evidence.
    pub(crate) entity: Handle,
    /// The link by which it speaks.
    pub(crate) word: &'static str,
    /// What it counts.
    pub(crate) counted: Result<Counted, Uncounted>,
}

/// What a piece of evidence counts.
#[derive(Clone, Copy)]
pub(crate) struct Counted {
    /// For the sum.
    pub(crate) evidence: Evidence,
    /// Its weight before it was held to what exploratory evidence counts.
    pub(crate) entered: f64,
    /// Neither it nor its record says a day, so that it never ages.
    pub(crate) is_undated: bool,
}

/// Why a piece of evidence is not summed.
pub(crate) enum Uncounted {
    /// It is linked as speaking for the claim and against it.
    Both,
    /// It does not stand.
    Fallen(Standing),
    /// Nothing says what it weighs.
    Weightless,
}

/// Whether a piece of evidence counts today: not when it says nothing or was retracted, not when the
/// experiment that it comes from is invalid or still runs, and not before its date.
pub(crate) fn standing(reader: &Reader<'_>, evidence: Handle, today: Date) -> Standing {
    if reader.flag(evidence, "retracted") {
        return Standing::LeftOut(Fallen::Retracted);
    }
    if reader.is_blank(evidence) {
        return Standing::LeftOut(Fallen::Blank);
    }
    let mut stands = Standing::Counts;
    // Of what several experiments produced together, one that is invalid spoils the whole.
    for source in experiments(reader, evidence) {
        match word_of(reader, source, today) {
            // What comes before the planned number is no result yet: looking early bends it.
            Word::Running => return Standing::LeftOut(Fallen::Running),
            Word::Invalid(reason) => return Standing::LeftOut(Fallen::Invalid(reason)),
            // Whether or not its data are entered here, nobody promised what they would mean.
            _ if reader.text(source, LOCK).is_none() => stands = Standing::Exploratory,
            _ => {}
        }
    }
    match reader.date(evidence, "date") {
        Some(date) if date > today => Standing::Ahead(date),
        _ => stands,
    }
}

/// The experiments that something comes from: those that produced it, a reading's that report it, and
/// the one that an arm belongs to.
pub(crate) fn experiments(reader: &Reader<'_>, evidence: Handle) -> Vec<Handle> {
    let mut experiments: Vec<Handle> = reader.to(evidence, "produces").collect();
    match reader.kind(evidence) {
        READING => experiments.extend(reader.to(evidence, REPORTS)),
        ARM => experiments.extend(reader.reference(evidence, EXPERIMENT_OF_ARM)),
        _ => {}
    }
    experiments.retain(|source| reader.is(*source, EXPERIMENT));
    experiments
}

/// The kind of a reading.
const READING: &str = "reading";

/// What raw sources weigh that nobody has rated: each as the kind of evidence that it would be on
/// Gilad's confidence meter. An insight sums up several, and weighs as little as a theme.
const RAW: [(&str, &str); 10] = [
    ("quote", "anecdotal"),
    ("observation", "anecdotal"),
    ("interview", "anecdotal"),
    ("force", "anecdotal"),
    ("insight", "thematic-support"),
    ("test-session", "user-evidence"),
    ("task-result", "user-evidence"),
    ("fit-answer", "user-evidence"),
    ("kano-answer", "user-evidence"),
    ("arm", "test-results"),
];

/// What a reading is on the meter: what a test measured in an experiment that reports it, launch data
/// as the outcome of what has shipped, else what is known of users and customers. A number of which
/// nobody says over how many it was counted is an anecdote.
fn reading_step(reader: &Reader<'_>, reading: Handle) -> &'static str {
    let date = reader.date(reading, "date");
    let is_outcome = |item: Handle| {
        let shipped = reader.date(item, "shipped-on");
        let is_after = shipped.is_some_and(|shipped| date.is_none_or(|date| shipped <= date));
        reader.is(item, "roadmap-item") && is_after
    };
    if !experiments(reader, reading).is_empty() {
        "test-results"
    } else if reader.number(reading, "n").is_none_or(|n| n <= 0.0) {
        "anecdotal"
    } else if reader.to(reading, REPORTS).any(is_outcome) {
        "launch-data"
    } else {
        "user-evidence"
    }
}

/// What a step of the confidence meter weighs in this workspace: what its product says, else what is
/// usual. `None` for a step that the meter does not have.
pub(crate) fn meter(reader: &Reader<'_>, step: &str) -> Option<f64> {
    let usual = confidence_meter::by_id(step)?.default_weight();
    let mut products = reader.all("product");
    let own = products.next();
    let own = own.and_then(|product| reader.number(product, &format!("meter-{step}")));
    Some(own.unwrap_or(usual))
}

/// What something weighs for what it is linked to, on Gilad's confidence meter: the rating of that
/// link; of evidence its own weight, that of its kind, or what its axes of strength say on the same
/// logarithmic scale (1 is 0.01, 5 is 10); of a raw source what such a source weighs. `None` for
/// what is neither, and for a group that nobody is in yet.
pub(crate) fn weight(reader: &Reader<'_>, evidence: Handle, target: Option<Handle>) -> Option<f64> {
    let rated = target.and_then(|target| reader.rated(evidence, "weight", Some(target)));
    let step = |id: &str| meter(reader, id);
    let own = || {
        let kind = || step(reader.text(evidence, "gilad")?);
        // What is off the meter is no weight, and spoils no other piece's.
        let own = reader.number(evidence, "weight");
        let own = own.filter(|weight| (0.0..=10.0).contains(weight));
        own.or_else(kind).or_else(|| axes(reader, evidence))
    };
    let raw = || {
        let number = |field| reader.number(evidence, field);
        match reader.kind(evidence) {
            ARM if number("n").is_none_or(|n| n <= 0.0) => None,
            READING => {
                counts::value(reader, evidence)?;
                step(reading_step(reader, evidence))
            }
            kind => step(RAW.iter().find(|(source, _)| *source == kind)?.1),
        }
    };
    rated
        .map(|rated| rated.value)
        .or_else(|| match reader.is(evidence, EVIDENCE) {
            true => own(),
            false => raw(),
        })
}

/// The conversation that a raw source comes from.
fn said_in(reader: &Reader<'_>, entity: Handle) -> Option<Handle> {
    (!reader.is(entity, EVIDENCE)).then(|| conversation(reader, entity))?
}

/// Whether something tells what people said and no more: of what they would do, an opinion.
pub(crate) fn is_said(reader: &Reader<'_>, entity: Handle) -> bool {
    let is_words = || ["quote", "interview", "force", "insight"].contains(&reader.kind(entity));
    let is_told = || reader.is(entity, EVIDENCE) && is_low(reader, entity, "behaviour");
    is_words() || is_told()
}

/// Whether it can speak for a claim: evidence, or a raw source.
pub(crate) fn speaks(reader: &Reader<'_>, entity: Handle) -> bool {
    let kind = reader.kind(entity);
    [EVIDENCE, READING].contains(&kind) || RAW.iter().any(|(source, _)| *source == kind)
}

/// The interview or the session in which something was said or seen.
pub(crate) fn conversation(reader: &Reader<'_>, handle: Handle) -> Option<Handle> {
    let is_talk = |other: &Handle| ["interview", "test-session"].contains(&reader.kind(*other));
    let fields = ["source", "interview", "session"];
    let named = fields
        .iter()
        .find_map(|field| reader.reference(handle, field));
    let linked = || reader.from(handle, "said-in").next();
    named.filter(is_talk).or_else(linked)
}

/// What the four axes of strength say together.
fn axes(reader: &Reader<'_>, evidence: Handle) -> Option<f64> {
    let axes = ["fact", "behaviour", "setting", "investment"];
    let steps = axes.iter().filter_map(|axis| reader.number(evidence, axis));
    let (sum, count) = steps.fold((0.0, 0.0), |(sum, count), step| (sum + step, count + 1.0));
    (count > 0.0).then(|| 10_f64.powf((sum / count - 1.0) * 0.75 - 2.0))
}

/// The evidence that is linked to a claim or to another wording of it, and what came out of the
/// experiments that test one of these; each piece once.
pub(crate) fn pieces(reader: &Reader<'_>, claim: Handle, today: Date) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let targets = wordings(reader, claim);
    for &target in &targets {
        for (word, direction) in LINKS {
            for entity in reader.to(target, word) {
                let is_known = pieces.iter().any(|piece| piece.entity == entity);
                if is_known || !speaks(reader, entity) {
                    continue;
                }
                let is_linked = |word| {
                    let mut ends = reader.from(entity, word);
                    ends.any(|end| targets.contains(&end))
                };
                let counted = match is_linked("supports") && is_linked("refutes") {
                    true => Err(Uncounted::Both),
                    false => count(reader, entity, target, direction, today),
                };
                pieces.push(Piece {
                    entity,
                    word,
                    counted,
                });
            }
        }
    }
    for &target in &targets {
        for test in reader.from(target, TESTED_BY) {
            for (entity, word, direction) in results(reader, test, today) {
                if pieces.iter().all(|piece| piece.entity != entity) {
                    pieces.push(Piece {
                        entity,
                        word,
                        counted: count(reader, entity, target, direction, today),
                    });
                }
            }
        }
    }
    pieces
}

/// What came out of an experiment and bears on no claim by itself: it speaks as the verdict does, for
/// or against what was tested.
fn results(
    reader: &Reader<'_>,
    test: Handle,
    today: Date,
) -> Vec<(Handle, &'static str, Direction)> {
    let is_claim = |end: Handle| matches!(reader.kind(end), "assumption" | "hypothesis");
    let bears = |entity: Handle| {
        let mut ends = LINKS.iter().flat_map(|(word, _)| reader.from(entity, word));
        ends.any(is_claim)
    };
    let mut results: Vec<Handle> = reader.from(test, "produces").collect();
    results.retain(|entity| reader.is(*entity, EVIDENCE) && !bears(*entity));
    if results.is_empty() || !reader.is(test, EXPERIMENT) {
        return Vec::new();
    }
    let [supports, refutes, _] = LINKS;
    let (word, direction) = match word_of(reader, test, today) {
        Word::Supported => supports,
        Word::Refuted => refutes,
        _ => return Vec::new(),
    };
    let results = results.into_iter();
    results.map(|entity| (entity, word, direction)).collect()
}

/// Whether an axis of strength is on its weak side: said and not done, in a laboratory.
fn is_low(reader: &Reader<'_>, evidence: Handle, axis: &str) -> bool {
    let step = reader.number(evidence, axis);
    step.is_some_and(|step| step <= 2.0)
}

/// What a piece of evidence counts for something that it is linked to, or that came of what it came
/// from.
pub(crate) fn count(
    reader: &Reader<'_>,
    entity: Handle,
    target: Handle,
    direction: Direction,
    today: Date,
) -> Result<Counted, Uncounted> {
    let stands = standing(reader, entity, today);
    let most = match stands {
        Standing::Counts => f64::INFINITY,
        Standing::Exploratory => EXPLORATORY,
        fallen => return Err(Uncounted::Fallen(fallen)),
    };
    let entered = weight(reader, entity, Some(target)).ok_or(Uncounted::Weightless)?;
    let date = dated(reader, entity);
    let evidence = Evidence {
        direction,
        weight: entered.min(most),
        is_indirect: is_low(reader, entity, "behaviour") || is_low(reader, entity, "setting"),
        age_days: date.map_or(0.0, |date| today.days_since(date).max(0) as f64),
        // What one conversation said counts once, as what one experiment produced.
        experiment: came_from(reader, entity).map(Handle::number),
    };
    Ok(Counted {
        evidence,
        entered,
        is_undated: date.is_none(),
    })
}

/// What several pieces may have in common, so that they count once: the experiment or the loop that
/// they come from, or the conversation in which they were said.
fn came_from(reader: &Reader<'_>, entity: Handle) -> Option<Handle> {
    let produced = reader.to(entity, "produces").next();
    let tested = || experiments(reader, entity).into_iter().next();
    produced.or_else(tested).or_else(|| said_in(reader, entity))
}

/// The day of a record: its own, else that on which it was entered.
pub(crate) fn dated(reader: &Reader<'_>, record: Handle) -> Option<Date> {
    reader.date(record, "date").or_else(|| {
        let stamp = reader.entity(record)?.created.as_ref()?;
        stamp.day()
    })
}

/// Whether a claim does not hold: somebody says so of one of its wordings, or every experiment with
/// a verdict on it does, or its evidence together speaks against it.
pub(crate) fn is_refuted(reader: &Reader<'_>, claim: Handle, today: Date) -> bool {
    reader.once(Key::refuted(claim), today, || {
        find_refuted(reader, claim, today)
    })
}

fn find_refuted(reader: &Reader<'_>, claim: Handle, today: Date) -> bool {
    let is_said = |one: &Handle| {
        reader.text(*one, "status") == Some("refuted")
            || reader.text(*one, "outcome") == Some("failed")
    };
    if wordings(reader, claim).iter().any(is_said)
        || said_of(reader, claim, today) == Some(Word::Refuted)
    {
        return true;
    }
    let pieces = pieces(reader, claim, today);
    let counted = pieces.into_iter().filter_map(|piece| piece.counted.ok());
    sum_of(counted.map(|counted| counted.evidence)).is_some_and(|sum| sum < 0.0)
}

/// What evidence says together: above zero for what it is linked to, below zero against it. `None`
/// where a weight is none.
pub(crate) fn sum_of(evidence: impl Iterator<Item = Evidence>) -> Option<f64> {
    let evidence: Vec<Evidence> = evidence.collect();
    let confidence = confidence::confidence(&evidence, HALF_LIFE_DAYS).ok()?;
    Some(confidence.sum)
}

#[cfg(test)]
mod tests;
