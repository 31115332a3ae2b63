//! What a lock proves, and what makes an experiment invalid.

use super::*;

#[test]
fn a_plan_that_was_never_locked_has_no_verdict() {
    let mut graph = arms((100, 1_000), (150, 1_000));
    graph.entities.get_mut("x").unwrap().fields.remove("lock");

    let verdict = read(&graph);

    assert_eq!(verdict.word, Word::Exploratory);
    assert_eq!(verdict.remarks, [Remark::NeverLocked]);
    assert_eq!(verdict.rows[0].answer, Answer::Met);
}

#[test]
fn arms_unlike_the_planned_split_are_invalid_without_a_lock_too() {
    let mut graph = arms((100, 1_000), (150, 1_500));
    graph.entities.get_mut("x").unwrap().fields.remove("lock");

    let verdict = read(&graph);

    let invalid = Word::Invalid(Reason::SampleRatioMismatch { p_value: 0.0 });
    assert!(
        matches!(verdict.word, Word::Invalid(Reason::SampleRatioMismatch { p_value }) if p_value < 1e-20),
        "{} instead of {invalid}",
        verdict.word
    );
    assert_eq!(verdict.remarks, [Remark::NeverLocked]);
}

#[test]
fn a_lock_written_by_hand_holds_and_is_compared_with_what_it_says() {
    let mut graph = arms((100, 1_000), (150, 1_000));
    let mut word = |lock: &str, promise: &str| {
        set(&mut graph, "x", "lock", FieldValue::Text(lock.into()));
        set(
            &mut graph,
            "x",
            "locked-plan",
            FieldValue::Text(promise.into()),
        );
        let verdict = read(&graph);
        (
            verdict.word,
            verdict.remarks.contains(&Remark::LockedByHand),
        )
    };
    let changed = |field: &str| {
        let field = Some(field.to_owned());
        (Word::Invalid(Reason::CriterionChanged { field }), true)
    };
    for lock in ["2026-01-01", "2026-01-01|ada"] {
        assert_eq!(word(lock, "{}"), (Word::Supported, true));
        assert_eq!(
            word(lock, r#"{"planned-n": "1000"}"#),
            (Word::Supported, true)
        );
        assert_eq!(word(lock, r#"{"planned-n": 900}"#), changed("planned-n"));
        assert_eq!(word(lock, "a lot"), changed("plan"));
    }
    assert_eq!(word("some day", "{}"), (Word::Exploratory, false));
}

#[test]
fn a_changed_plan_is_invalid_and_stays_so() {
    let mut graph = arms((100, 1_000), (150, 1_000));
    set(
        &mut graph,
        "x",
        "criterion",
        FieldValue::Text("difference > 1 %".into()),
    );
    let changed = Word::Invalid(Reason::CriterionChanged { field: None });
    assert_eq!(read(&graph).word, changed);
    assert_eq!(changed.to_string(), "invalid: criterion changed after data");

    let mut graph = arms((100, 1_000), (150, 1_000));
    set(
        &mut graph,
        "x",
        "lock-broken",
        FieldValue::Text("7|ben|alpha".into()),
    );

    let field = Some("alpha".to_owned());
    assert_eq!(
        read(&graph).word,
        Word::Invalid(Reason::CriterionChanged { field })
    );

    // A file may say no more than that it was.
    for (mark, word) in [(true, changed), (false, Word::Supported)] {
        set(&mut graph, "x", "lock-broken", FieldValue::Flag(mark));
        assert_eq!(read(&graph).word, word);
    }
}

#[test]
fn arms_that_are_not_as_planned_are_not_judged() {
    let invalid = |graph: &Graph| match read(graph).word {
        Word::Invalid(Reason::SampleRatioMismatch { p_value }) => Some(p_value),
        _ => None,
    };
    assert!(invalid(&arms((100, 1_000), (150, 1_200))).unwrap() < 0.001);
    let mut graph = arms((100, 1_000), (450, 3_000));
    assert!(invalid(&graph).is_some());
    for (arm, share) in [("a", 25.0), ("b", 75.0)] {
        set(&mut graph, arm, "share", FieldValue::Number(share));
    }
    lock(&mut graph);
    assert_eq!(read(&graph).word, Word::Supported);
}

#[test]
fn ending_early_is_invalid_unless_the_design_allows_it() {
    let mut graph = arms((10, 200), (60, 200));
    set(&mut graph, "x", "status", FieldValue::Text("done".into()));
    assert_eq!(read(&graph).word, Word::Invalid(Reason::StoppedEarly));

    set(
        &mut graph,
        "x",
        "design",
        FieldValue::Text("sequential".into()),
    );
    lock(&mut graph);
    let verdict = read(&graph);

    assert_eq!(
        (verdict.word, verdict.design),
        (Word::Supported, Design::Sequential)
    );
}

/// A lock that only its writer dates holds if the date comes before the data; a criterion that was
/// set when they were known proves nothing.
#[test]
fn a_lock_that_came_after_the_data_is_invalid() {
    let word = |lock: &str, more: &str| {
        let mut graph = arms((100, 1_000), (150, 1_000));
        set(&mut graph, "x", "lock", FieldValue::Text(lock.into()));
        sketch::add(&mut graph, more);
        for (field, day) in [("starts", "2026-10-01"), ("ends", "2026-10-31")] {
            set(&mut graph, "x", field, FieldValue::Text(day.into()));
        }
        read(&graph).word
    };
    let late = Word::Invalid(Reason::LockedAfterData);
    let reading = "r reading | | metric = m | date = 2026-10-10 | value = 1";
    let reported = &format!("{reading}\n x -reports-> r");

    assert_eq!(word("2026-09-30", ""), Word::Supported);
    assert_eq!(word("2026-10-31|ada", ""), Word::Supported);
    assert_eq!(word("2026-11-01|ada", ""), late);
    assert_eq!(word("2026-10-10", reading), Word::Supported);
    assert_eq!(word("2026-10-11", reading), late);
    assert_eq!(word("2026-10-11", reported), late);
    assert_eq!(late.to_string(), "invalid: locked after data");
}

#[test]
fn a_lock_dated_ahead_of_today_promises_nothing_yet() {
    let mut graph = arms((100, 1_000), (150, 1_000));
    set(
        &mut graph,
        "x",
        "lock",
        FieldValue::Text("2026-11-23".into()),
    );
    assert_eq!(read(&graph).word, Word::Invalid(Reason::LockedAfterData));

    let mut graph = sketch::graph(PLAN);
    set(
        &mut graph,
        "x",
        "lock",
        FieldValue::Text("2026-11-23".into()),
    );
    let mut with_reading = graph.clone();
    sketch::add(
        &mut with_reading,
        "r reading | | metric = m | date = 2026-11-10 | value = 1
         x -reports-> r",
    );
    assert_eq!(
        read(&with_reading).word,
        Word::Invalid(Reason::LockedAfterData)
    );
    let verdict = read(&graph);
    assert_eq!(
        (verdict.word, verdict.remarks),
        (Word::Planned, vec![Remark::LockAhead])
    );
    set(
        &mut graph,
        "x",
        "lock",
        FieldValue::Text("2026-11-22".into()),
    );
    assert_eq!(read(&graph).word, Word::Running);
}

/// The command locks a plan without data; when the experiment had ended by then, the data were known
/// all the same.
#[test]
fn a_lock_after_the_last_day_is_too_late_whoever_took_it() {
    let mut graph = arms((100, 1_000), (150, 1_000));
    set(
        &mut graph,
        "x",
        "ends",
        FieldValue::Text("2026-10-31".into()),
    );
    assert_eq!(read(&graph).word, Word::Invalid(Reason::LockedAfterData));
    set(
        &mut graph,
        "x",
        "ends",
        FieldValue::Text("2026-11-01".into()),
    );
    assert_eq!(read(&graph).word, Word::Supported);
}

/// M14: without a number at which it was to end, nobody can tell whether it ended where it looked
/// best.
#[test]
fn an_experiment_that_ended_without_a_planned_number_is_invalid_for_that() {
    let ended = |design: &str, status: &str| {
        let fields = [("design", design), ("status", status)];
        let fields = fields.map(|(name, value)| (name, FieldValue::Text(value.into())));
        let mut graph = planned((100, 1_000), (160, 1_000), &fields);
        let experiment = graph.entities.get_mut("x").unwrap();
        experiment.fields.remove("planned-n");
        lock(&mut graph);
        read(&graph)
    };
    let invalid = Word::Invalid(Reason::Unplanned);
    assert_eq!(ended("fixed", "done").word, invalid);
    assert_eq!(ended("bayesian", "stopped").word, invalid);
    assert_eq!(ended("fixed", "done").rows[0].answer, Answer::NotJudged);
    assert_eq!(ended("fixed", "running").word, Word::Running);
    assert_eq!(ended("sequential", "done").word, Word::Supported);
    assert_eq!(invalid.to_string(), "invalid: no planned number");
}

#[test]
fn what_is_said_to_have_been_stopped_early_is_invalid_at_any_number() {
    let said = |design: &str| {
        let design = ("design", FieldValue::Text(design.into()));
        let stopped = ("stopped-early", FieldValue::Flag(true));
        read(&planned((100, 1_000), (160, 1_000), &[design, stopped]))
    };
    let fixed = said("fixed");
    assert_eq!(fixed.word, Word::Invalid(Reason::StoppedEarly));
    assert_eq!(fixed.remarks, [Remark::SaidStopped]);
    assert_eq!(said("bayesian").word, Word::Invalid(Reason::StoppedEarly));
    assert_eq!(said("sequential").word, Word::Supported);
}

/// A lock of the program without heads, as a sample has it, proves no more than one written by hand.
#[test]
fn a_lock_that_names_no_point_of_a_history_says_so() {
    let mut graph = arms((100, 1_000), (150, 1_000));
    assert_eq!(read(&graph).remarks, []);

    let index = GraphIndex::new(&graph);
    let lock = index.reader().text(index.find("x").unwrap(), "lock");
    let nowhere = lock.unwrap().replace("|ab|", "||");
    set(&mut graph, "x", "lock", FieldValue::Text(nowhere));

    let verdict = read(&graph);
    assert_eq!(verdict.word, Word::Supported);
    assert_eq!(verdict.remarks, [Remark::LockNowhere]);
}
