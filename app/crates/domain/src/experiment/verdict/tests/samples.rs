//! Counts and latest readings that are the share of a sample.

use super::*;

/// A locked plan without arms, and a reading of its primary metric.
fn with(criterion: &str, unit: &str, reading: &str) -> Verdict {
    let mut graph = sketch::graph(&format!(
        "m metric | Orders | unit = {unit}
         x experiment | New checkout | primary-metric = m | criterion = {criterion} | planned-n = 20"
    ));
    lock(&mut graph);
    let line = format!("r reading | | metric = m | date = 2026-11-02 | {reading}");
    sketch::add(&mut graph, &line);
    read(&graph)
}

/// Wilson's interval of 12 of 20 is 38.7 % to 78.1 %.
#[test]
fn a_reading_that_is_a_share_is_judged_by_its_interval() {
    let reading = "value = 60 | n = 20 | successes = 12";
    let verdict = with("value >= 50", "%", reading);
    assert_eq!(verdict.word, Word::Inconclusive);
    let row = &verdict.rows[0];
    assert_eq!((row.value, row.n), (Some(60.0), Some(20.0)));
    let (low, high) = row.interval.unwrap();
    assert!((low - 38.658).abs() < 1e-3 && (high - 78.119).abs() < 1e-3);

    assert_eq!(with("value >= 35", "%", reading).word, Word::Supported);
    assert_eq!(with("value >= 80 %", "%", reading).word, Word::Refuted);
    // The share and n alone say how many.
    assert_eq!(
        with("value >= 50", "%", "value = 60 | n = 20").word,
        Word::Inconclusive
    );
    let counted = "value = 12 | n = 20 | successes = 12";
    assert_eq!(
        with("value >= 10", "orders", counted).word,
        Word::Inconclusive
    );
}

#[test]
fn a_reading_that_is_no_share_is_judged_by_its_value_and_says_so() {
    for (unit, reading) in [
        ("days", "value = 60 | n = 20"),
        ("%", "value = 60 | n = 20 | successes = 3"),
        ("%", "value = 140 | n = 20"),
    ] {
        let verdict = with("value >= 50", unit, reading);
        assert_eq!(verdict.word, Word::Supported, "{unit} {reading}");
        assert_eq!(verdict.rows[0].remarks, [Remark::ByValueAlone]);
    }
}

/// `count >= 10` of twenty says what `share >= 50 %` says.
#[test]
fn a_count_is_judged_as_the_share_that_it_is() {
    let at = |criterion: &str, successes: u32| {
        let reading = format!("value = 1 | n = 20 | successes = {successes}");
        with(criterion, "orders", &reading).word
    };
    for successes in 0..=20 {
        assert_eq!(
            at("count >= 10", successes),
            at("share >= 50 %", successes),
            "{successes}"
        );
    }
    assert_eq!(at("count >= 10", 12), Word::Inconclusive);
}

/// The latest reading is that with which the planned number was reached.
#[test]
fn a_reading_after_the_planned_number_is_not_the_latest() {
    let mut graph = sketch::graph(
        "m metric | Orders | unit = %
         x experiment | New checkout | primary-metric = m | criterion = value >= 50 | planned-n = 20",
    );
    lock(&mut graph);
    sketch::add(
        &mut graph,
        "r reading | | metric = m | date = 2026-11-02 | value = 10 | n = 20
         s reading | | metric = m | date = 2026-11-03 | value = 90 | n = 200",
    );
    let row = read(&graph).rows.remove(0);
    assert_eq!((row.value, row.answer), (Some(10.0), Answer::Failed));
}
