//! A share of a sample never stands alone: over workspaces of every kind, whatever is one has its n
//! and its interval.

use std::collections::BTreeSet;

use super::fixture::TODAY;
use super::random::edit;
use crate::Graph;
use crate::figure::{DIFFERENCE, Figure, FigureBook, kinds};
use crate::index::Edits;
use crate::value::Date;

/// Figures in the unit of shares that are parts of no sample, and why.
const NO_SAMPLE: [(&str, &str); 16] = [
    ("ab-expected-loss", "an expectation over the posterior"),
    ("ab-probability-better", "a probability from the posterior"),
    ("change-since-baseline", "a change between two numbers"),
    ("ebm-areas", "a mean of ways to targets"),
    ("goal-progress", "a way between two numbers"),
    ("goal-roll-up", "a mean of progress"),
    ("horizon-shares", "a split of money"),
    ("innovation-rate", "a split of effort"),
    ("moscow", "a split of effort"),
    ("outcome-reached", "a way between two numbers"),
    ("power", "a probability of the plan"),
    ("problems-found", "an expectation of the model"),
    ("progress", "a way between two numbers"),
    ("question-right", "a mean of completeness"),
    ("trace-completeness", "a count of the chain's own six links"),
    ("way-to-target", "a way between two numbers"),
];

/// What a figure lacks that is a share of a sample.
fn bare(figure: &Figure) -> Option<String> {
    let holds = |value: f64, interval: Option<(f64, f64)>, n: Option<u64>| {
        let holds = |(low, high): (f64, f64)| low - 1e-9 <= value && value <= high + 1e-9;
        interval.is_some_and(holds) && n.is_some_and(|n| n > 0)
    };
    let is_share = |unit: &str| matches!(unit, "share" | DIFFERENCE);
    if let Some(value) = figure.value().filter(|_| is_share(&figure.unit))
        && !holds(value, figure.interval, figure.n)
    {
        return Some(figure.kind.id.to_owned());
    }
    let rows = figure
        .rows
        .iter()
        .filter(|row| is_share(&row.unit) || row.unit.is_empty() && is_share(&figure.unit))
        // A verdict may be about a probability from the posterior.
        .filter(|row| !row.name.starts_with("probability"));
    let mut bare = rows.filter(|row| {
        row.value
            .is_some_and(|value| !holds(value, row.interval, row.n))
    });
    Some(format!("{}: {}", figure.kind.id, bare.next()?.name))
}

fn check(graph: &Graph, seen: &mut BTreeSet<&'static str>) {
    let book = FigureBook::new(graph, Date::parse(TODAY).unwrap());
    let live = book.index().live().map(|(handle, _)| handle);
    let figures = live
        .flat_map(|handle| book.of(handle))
        .chain(book.of_workspace());
    for figure in figures {
        if NO_SAMPLE.iter().all(|(id, _)| *id != figure.kind.id) {
            assert_eq!(bare(figure), None);
            if figure.unit == "share" && (figure.value().is_some() || !figure.rows.is_empty()) {
                seen.insert(figure.kind.id);
            }
        }
    }
}

#[test]
fn every_share_of_a_sample_has_its_n_and_its_interval() {
    let mut seen = BTreeSet::new();
    check(&crate::sample("en"), &mut seen);
    arbtest::arbtest(|bytes| {
        let mut graph = Graph::default();
        for _ in 0..150 {
            edit(bytes, &mut graph, &mut Edits::default())?;
        }
        check(&graph, &mut seen);
        Ok(())
    })
    .size_min(4_000)
    .size_max(40_000)
    .budget_ms(1000);
    let is_share = |id: &&str| NO_SAMPLE.iter().all(|(other, _)| other != id);
    let all = kinds().into_iter().filter(|kind| kind.unit == "share");
    let unseen: Vec<&str> = all
        .map(|kind| kind.id)
        .filter(is_share)
        .filter(|id| !seen.contains(id))
        .collect();
    assert_eq!(unseen, [] as [&str; 0]);
}
