//! What evidence counts, asked of small graphs.

use super::*;
use crate::index::GraphIndex;
use crate::sketch;

fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

fn refuted(lines: &str) -> bool {
    let index = GraphIndex::new(&sketch::graph(lines));
    is_refuted(&index.reader(), index.find("a").unwrap(), today())
}

const TESTED: &str = "a assumption | They pay
    h hypothesis | Four of ten pay
    a -stated-as-> h
    x experiment | Pay now | criterion = share >= 40 % | planned-n = 100 | lock = 2026-10-05
    b arm | | experiment = x | n = 100 | successes = 5
    h -tested-by-> x";

/// A word of a person, a verdict and the weight of the evidence each refute by themselves.
#[test]
fn a_claim_is_refuted_by_what_is_said_tested_or_found() {
    assert!(!refuted("a assumption | They pay"));
    assert!(refuted("a assumption | They pay | status = refuted"));
    assert!(refuted(
        "a assumption | They pay
         h hypothesis | Four of ten | outcome = failed
         a -stated-as-> h"
    ));
    assert!(refuted(TESTED), "by the verdict alone");
    assert!(refuted(
        "a assumption | They pay | status = supported
         e evidence | Nobody did | gilad = test-results
         e -refutes-> a"
    ));
    assert!(!refuted(
        "a assumption | They pay
         e evidence | Nobody did | gilad = test-results
         f evidence | Most did | gilad = launch-data
         e -refutes-> a
         f -supports-> a"
    ));
}

/// M14: what an experiment found out counts for what it tests, in whatever words that is tested.
#[test]
fn what_came_out_of_a_test_speaks_as_its_verdict_does() {
    let sum = |more: &str| {
        let index = GraphIndex::new(&sketch::graph(&format!(
            "{TESTED}
             e evidence | What came of it | gilad = test-results | date = 2026-11-22
             x -produces-> e
             {more}"
        )));
        let pieces = pieces(&index.reader(), index.find("a").unwrap(), today());
        let counted = pieces.into_iter().filter_map(|piece| piece.counted.ok());
        sum_of(counted.map(|counted| counted.evidence)).unwrap()
    };
    assert_eq!(sum(""), -4.5);
    assert_eq!(
        sum("b arm | | experiment = x | n = 100 | successes = 70"),
        4.5
    );
    let open = "b arm | | experiment = x | n = 100 | successes = 40";
    assert_eq!(sum(open), 0.0);
    // What says itself what it is about says nothing else.
    let of_another = "o assumption | They stay\n e -supports-> o";
    assert_eq!(sum(of_another), 0.0);
    assert_eq!(sum("e -refutes-> a"), -4.5);
}

#[test]
fn evidence_of_an_experiment_without_a_lock_is_no_test() {
    let counted = |lock: &str, arm: &str| {
        let graph = sketch::graph(&format!(
            "a assumption | They pay
             x experiment | Pay now | criterion = share >= 40 % | planned-n = 100{lock}
             b arm | | experiment = x{arm}
             e evidence | Seven of ten | gilad = test-results | date = 2026-11-22
             a -tested-by-> x
             x -produces-> e
             e -supports-> a"
        ));
        let index = GraphIndex::new(&graph);
        let mut pieces = pieces(&index.reader(), index.find("a").unwrap(), today());
        let counted = pieces.remove(0).counted.ok().unwrap();
        (counted.evidence.weight, counted.entered)
    };
    let data = " | n = 100 | successes = 70";
    assert_eq!(counted(" | lock = 2026-10-05", data), (4.5, 4.5));
    assert_eq!(counted("", data), (EXPLORATORY, 4.5));
    // Who leaves the counts out must not be surer for it.
    assert_eq!(counted("", ""), (EXPLORATORY, 4.5));
}

/// M14: what a trace weighs, a confidence counts; two quotes of one conversation count once.
#[test]
fn raw_sources_count_as_their_kind_does() {
    let confidence = |sources: &str| {
        let graph = crate::sketch::graph(&format!("a assumption | A | importance = 5\n{sources}"));
        let index = crate::index::GraphIndex::new(&graph);
        let reader = index.reader();
        let today = crate::value::Date::new(2026, 11, 22).unwrap();
        let pieces = super::pieces(&reader, index.find("a").unwrap(), today);
        let counted: Vec<_> = pieces
            .iter()
            .map(|piece| piece.counted.as_ref().ok().unwrap().evidence)
            .collect();
        crate::method::confidence::confidence(&counted, 180.0).map(|found| found.sum)
    };
    let quote = "q quote | Q | date = 2026-11-22 | source = i
        i interview | I
        q -supports-> a";
    let one = confidence(quote).unwrap();
    assert!((one - 0.75).abs() < 1e-9, "{one}");
    let own = "p product | P | meter-anecdotal = 0.5";
    let edited = confidence(&format!("{quote}\n{own}")).unwrap();
    assert!(
        (edited - 0.5).abs() < 1e-9,
        "the team's own meter: {edited}"
    );
    let second = "r quote | R | date = 2026-11-22 | source = i
        r -supports-> a";
    let two = confidence(&format!("{quote}\n{second}")).unwrap();
    assert!((one - two).abs() < 1e-9, "{one} {two}");
    let reading = |n: &str| {
        let reading = format!(
            "m reading | | metric = x | value = 3 | date = 2026-11-22{n}
            m -refutes-> a"
        );
        confidence(&reading).unwrap()
    };
    assert!((reading(" | n = 84") + 3.0).abs() < 1e-9);
    assert!(
        (reading("") + 0.75).abs() < 1e-9,
        "of nobody knows how many"
    );
}

/// M14: a number is worth what it was measured by, and nothing where its experiment is worth nothing.
#[test]
fn a_reading_weighs_what_it_was_measured_by() {
    let weighed = |more: &str| {
        let graph = sketch::graph(&format!(
            "a assumption | They pay
             m metric | Paying
             r reading | | metric = m | value = 43 | n = 120 | date = 2026-11-20
             r -supports-> a
             {more}"
        ));
        let index = GraphIndex::new(&graph);
        let piece = pieces(&index.reader(), index.find("a").unwrap(), today()).pop();
        piece
            .unwrap()
            .counted
            .ok()
            .map(|counted| counted.evidence.weight)
    };
    let test = |fields: &str| {
        weighed(&format!(
            "x experiment | X | primary-metric = m | criterion = value >= 40 %{fields}
             x -reports-> r"
        ))
    };
    let item = |fields: &str| weighed(&format!("i roadmap-item | I{fields}\n i -reports-> r"));
    assert_eq!(weighed(""), Some(3.0), "of users");
    assert_eq!(item(" | shipped-on = 2026-11-01"), Some(10.0), "an outcome");
    assert_eq!(item(" | shipped-on = 2026-11-21"), Some(3.0), "a baseline");
    assert_eq!(item(""), Some(3.0));
    assert_eq!(test(" | planned-n = 100 | lock = 2026-10-05"), Some(4.5));
    assert_eq!(test(" | planned-n = 100"), Some(3.0), "exploratory");
    assert_eq!(
        test(" | planned-n = 900 | lock = 2026-10-05"),
        None,
        "running"
    );
    let stopped = " | planned-n = 100 | lock = 2026-10-05 | stopped-early = true";
    assert_eq!(test(stopped), None, "invalid");
    assert_eq!(
        weighed("r reading | | metric = m"),
        None,
        "nothing was read"
    );
}
