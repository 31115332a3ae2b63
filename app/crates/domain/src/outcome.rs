//! What came of a roadmap item (M21): the value after it was shipped, for figures and checks alike.
//!
//! Invariant: a reading that cannot tell what the item changed, from before it was shipped, of a day
//! ahead, or of another metric than it aims at, is no outcome of it.

use crate::counts;
use crate::index::{Handle, Reader};
use crate::value::Date;

/// What a bet may be for.
const NEEDS: [&str; 5] = ["opportunity", "problem", "pain", "job", "desired-outcome"];

/// What the solutions that a roadmap item bets on are to meet.
pub(crate) fn opportunities(reader: &Reader<'_>, item: Handle) -> Vec<Handle> {
    let mut opportunities: Vec<Handle> = Vec::new();
    for solution in reader.from(item, "bets-on") {
        let addressed = reader.to(solution, "addressed-by");
        for target in reader.from(solution, "addresses").chain(addressed) {
            if NEEDS.contains(&reader.kind(target)) && !opportunities.contains(&target) {
                opportunities.push(target);
            }
        }
    }
    opportunities
}

/// The outcome that a roadmap item is for: what it aims at, else what is pursued through one of its
/// opportunities.
pub(crate) fn outcome(reader: &Reader<'_>, item: Handle) -> Option<Handle> {
    reader.from(item, "aims-at").next().or_else(|| {
        let mut opportunities = opportunities(reader, item).into_iter();
        opportunities.find_map(|one| reader.to(one, "pursued-through").next())
    })
}

/// The value after it was shipped, in the unit of its target, and the record that holds it: the
/// latest reading that it reports, else the item itself. What was measured goes before what
/// somebody typed.
pub(crate) fn actual(reader: &Reader<'_>, item: Handle, today: Date) -> Option<(f64, Handle)> {
    let typed = || Some((reader.number(item, "actual")?, item));
    measured(reader, item, today).or_else(typed)
}

/// The latest reading of it since it was shipped, and its value.
pub(crate) fn measured(reader: &Reader<'_>, item: Handle, today: Date) -> Option<(f64, Handle)> {
    let shipped = reader.date(item, "shipped-on");
    let metrics = metrics(reader, item);
    reader
        .from(item, "reports")
        .filter_map(|reading| {
            let date = reader.date(reading, "date");
            let is_in_time = date
                .is_none_or(|date| date <= today && shipped.is_none_or(|shipped| shipped <= date));
            let is_of_aim = metrics.is_empty()
                || reader
                    .reference(reading, "metric")
                    .is_some_and(|metric| metrics.contains(&metric));
            let value = counts::value(reader, reading)?;
            (is_in_time && is_of_aim).then_some((date, value, reading))
        })
        .max_by_key(|(date, _, _)| *date)
        .map(|(_, value, reading)| (value, reading))
}

/// The metrics that the item is to move: those that it aims at, and those of its key results.
fn metrics(reader: &Reader<'_>, item: Handle) -> Vec<Handle> {
    let mut metrics = Vec::new();
    for aim in ["aims-at", "measured-by"] {
        for end in reader.from(item, aim) {
            match reader.kind(end) {
                "metric" => metrics.push(end),
                "key-result" => metrics.extend(reader.from(end, "on")),
                _ => {}
            }
        }
    }
    metrics
}
