//! Readings instead of arms, and the other metrics of an experiment.

use super::*;

/// One group, counted in readings after the lock; earlier ones prove nothing.
#[test]
fn without_arms_the_readings_since_the_lock_count() {
    let mut graph = sketch::graph(PLAN);
    set(
        &mut graph,
        "x",
        "criterion",
        FieldValue::Text("share >= 40 %".into()),
    );
    set(&mut graph, "x", "planned-n", FieldValue::Number(100.0));
    lock(&mut graph);
    sketch::add(
        &mut graph,
        "r0 reading | | metric = m | date = 2026-10-31 | value = 0 | n = 500 | successes = 0
         r1 reading | | metric = m | date = 2026-11-02 | value = 0.5 | n = 60 | successes = 31",
    );
    assert_eq!(read(&graph).word, Word::Running);
    sketch::add(
        &mut graph,
        "r2 reading | | metric = m | date = 2026-11-03 | value = 0.6 | n = 40 | successes = 25",
    );

    let verdict = read(&graph);

    assert_eq!(verdict.word, Word::Supported);
    let row = &verdict.rows[0];
    assert_eq!((row.value, row.n), (Some(0.56), Some(100.0)));
    assert!(row.interval.unwrap().0 > 0.4);
}

/// A guardrail that is breached takes the success away; further metrics are corrected.
#[test]
fn guardrails_and_further_metrics_are_read_by_cohort() {
    let mut graph = arms((100, 1_000), (150, 1_000));
    sketch::add(
        &mut graph,
        "g metric | Returns | direction = down
         k metric | Clicks
         g -guards-> m
         k -measures-> x
         g1 reading | | metric = g | date = 2026-11-05 | cohort = A | value = 0 | n = 1000 | successes = 20
         g2 reading | | metric = g | date = 2026-11-05 | cohort = B | value = 0 | n = 1000 | successes = 60
         k1 reading | | metric = k | date = 2026-11-05 | cohort = A | value = 0 | n = 1000 | successes = 300
         k2 reading | | metric = k | date = 2026-11-05 | cohort = B | value = 0 | n = 1000 | successes = 310",
    );

    let verdict = read(&graph);

    assert_eq!(verdict.word, Word::Mixed);
    assert_eq!(verdict.remarks, [Remark::GuardrailBreached]);
    assert!(verdict.guardrails[0].is_breached);
    assert_eq!(verdict.further[0].metric, *"k");
    assert!(!verdict.further[0].is_significant);
}

/// Chance is no breach: of a share of a sample the whole interval must lie beyond the line.
#[test]
fn a_guardrail_read_alone_is_breached_by_its_whole_interval() {
    for (successes, is_breached) in [(42, false), (30, true)] {
        let mut graph = arms((100, 1_000), (150, 1_000));
        let share = f64::from(successes) * 2.0;
        sketch::add(
            &mut graph,
            &format!(
                "g metric | Kept | unit = % | line-in-the-sand = 85
                 g -guards-> m
                 g1 reading | | metric = g | date = 2026-11-05 | value = {share} | n = 50 | successes = {successes}"
            ),
        );
        assert_eq!(
            read(&graph).guardrails[0].is_breached,
            is_breached,
            "{share} %"
        );
    }
}

/// Who reads percent of so many people has counted them.
#[test]
fn readings_in_percent_count_for_a_criterion_of_shares() {
    let mut graph = sketch::graph(PLAN);
    for (field, value) in [
        ("criterion", FieldValue::Text("share >= 40 %".into())),
        ("planned-n", FieldValue::Number(100.0)),
    ] {
        set(&mut graph, "x", field, value);
    }
    set(&mut graph, "m", "unit", FieldValue::Text("%".into()));
    lock(&mut graph);
    sketch::add(
        &mut graph,
        "r reading | | metric = m | date = 2026-11-02 | value = 60 | n = 100",
    );

    let verdict = read(&graph);

    assert_eq!(verdict.word, Word::Supported);
    assert_eq!(verdict.rows[0].value, Some(0.6));
}

/// What is read after the last day does not count: it would run for ever, and say nothing of it.
#[test]
fn an_experiment_whose_last_day_is_over_says_so_while_it_runs() {
    let said = |ends: &str| {
        let mut graph = sketch::graph(PLAN);
        set(&mut graph, "x", "ends", FieldValue::Text(ends.into()));
        lock(&mut graph);
        read(&graph).remarks
    };
    let over = Remark::PastEnd {
        ends: Date::new(2026, 11, 21).unwrap(),
    };
    assert!(said("2026-11-21").contains(&over));
    assert!(
        !said("2026-11-22")
            .iter()
            .any(|one| matches!(one, Remark::PastEnd { .. }))
    );
}

#[test]
fn readings_of_another_metric_than_the_primary_one_do_not_count() {
    let mut graph = sketch::graph(PLAN);
    sketch::add(
        &mut graph,
        "other metric | Clicks
         r reading | | metric = other | date = 2026-11-05 | n = 2000 | successes = 1100
         x -reports-> r",
    );
    set(
        &mut graph,
        "x",
        "criterion",
        FieldValue::Text("share >= 40 %".into()),
    );
    lock(&mut graph);
    let verdict = read(&graph);
    assert_eq!(verdict.word, Word::Running);
    assert_eq!(verdict.remarks, [Remark::OtherMetric]);
    set(&mut graph, "r", "metric", FieldValue::Text("m".into()));
    assert_eq!(read(&graph).word, Word::Supported);
}

#[test]
fn a_guardrail_without_arms_is_held_against_its_line() {
    let at = |line: &str, value: u32| {
        let mut graph = arms((100, 1_000), (150, 1_000));
        sketch::add(
            &mut graph,
            &format!(
                "g metric | Returns | direction = down{line}
                 g1 reading | | metric = g | date = 2026-11-05 | value = {value}
                 g -guards-> x"
            ),
        );
        let verdict = read(&graph);
        (verdict.word, verdict.remarks)
    };
    let line = " | line-in-the-sand = 5 | baseline = 20";
    assert_eq!(at(line, 12), (Word::Mixed, vec![Remark::GuardrailBreached]));
    assert_eq!(at(line, 4), (Word::Supported, Vec::new()));
    let baseline = " | baseline = 3";
    assert_eq!(
        at(baseline, 12),
        (Word::Mixed, vec![Remark::GuardrailBreached])
    );
    let open = vec![Remark::GuardrailUnmeasured];
    assert_eq!(at("", 12), (Word::Supported, open));
}

/// Nobody has read yet what is dated tomorrow.
#[test]
fn readings_of_a_day_ahead_do_not_count_yet() {
    let at = |day: &str, link: &str| {
        let mut graph = sketch::graph(PLAN);
        let share = FieldValue::Text("share >= 40 %".into());
        set(&mut graph, "x", "criterion", share);
        lock(&mut graph);
        let line = format!(
            "r reading | | metric = m | date = {day} | value = 1 | n = 2000 | successes = 1100{link}"
        );
        sketch::add(&mut graph, &line);
        let verdict = read(&graph);
        (verdict.word, verdict.remarks)
    };
    let reported = "\n x -reports-> r";
    assert_eq!(at("2026-11-22", ""), (Word::Supported, vec![]));
    assert_eq!(at("2026-11-23", "").0, Word::Running);
    let ahead = (Word::Running, vec![Remark::ReadAhead]);
    assert_eq!(at("2026-11-23", reported), ahead);
}

/// A fixed sample ends with the day on which the planned number is reached: who goes on collecting
/// does not change the verdict.
#[test]
fn readings_after_the_planned_number_change_nothing() {
    let share = ("criterion", FieldValue::Text("share >= 40 %".into()));
    let with = |design: &str, days: &[(u32, u32, u32)]| {
        let mut graph = sketch::graph(PLAN);
        set(&mut graph, "x", share.0, share.1.clone());
        set(&mut graph, "x", "planned-n", FieldValue::Number(100.0));
        set(&mut graph, "x", "design", FieldValue::Text(design.into()));
        lock(&mut graph);
        for (day, n, successes) in days {
            let line = format!(
                "r{day} reading | | metric = m | date = 2026-11-{day:02} | value = 1 | n = {n} | successes = {successes}"
            );
            sketch::add(&mut graph, &line);
        }
        read(&graph)
    };
    let planned = [(3, 60, 27), (4, 40, 18)];
    let more = [(3, 60, 27), (4, 40, 18), (5, 400, 380)];

    assert_eq!(with("fixed", &planned).word, Word::Inconclusive);
    let fixed = with("fixed", &more);
    assert_eq!(fixed.word, Word::Inconclusive);
    assert_eq!((fixed.reached, fixed.rows[0].n), (Some(100.0), Some(100.0)));
    let left = Remark::AfterPlanned {
        left: 400.0,
        planned: 100.0,
    };
    assert_eq!(fixed.remarks, [left]);
    // Chosen before, a design that may be judged at any time takes them all.
    let sequential = with("sequential", &more);
    assert_eq!(
        (sequential.word, sequential.remarks),
        (Word::Supported, vec![])
    );
}
