//! Verdicts over small graphs.

use super::*;
use crate::index::GraphIndex;
use crate::{FieldValue, Graph, sketch};

const PLAN: &str = "
    m metric | Orders
    h hypothesis | One page sells more
    x experiment | New checkout | primary-metric = m | criterion = difference > 0 | planned-n = 1000
    h -tested-by-> x
";

fn read(graph: &Graph) -> Verdict {
    let index = GraphIndex::new(graph);
    let experiment = index.find("x").unwrap();
    verdict(&index.reader(), experiment)
}

/// Locks the plan as it stands in the graph, one millisecond after 2026-11-01.
fn lock(graph: &mut Graph) {
    let index = GraphIndex::new(graph);
    let plan = plan(&index.reader(), index.find("x").unwrap()).unwrap();
    let lock = Lock {
        at: 1_793_491_200_001,
        by: "ada".into(),
        heads: String::new(),
        digest: Some(plan.digest()),
    };
    set(graph, "x", "lock", FieldValue::Text(lock.to_string()));
}

fn set(graph: &mut Graph, id: &str, field: &str, value: FieldValue) {
    let entity = graph.entities.get_mut(id).unwrap();
    entity.fields.insert(field.into(), value);
}

fn arms(control: (u32, u32), variant: (u32, u32)) -> Graph {
    let mut graph = sketch::graph(PLAN);
    let arms = format!(
        "a arm | A | experiment = x | role = control | successes = {} | n = {}
         b arm | B | experiment = x | role = variant | successes = {} | n = {}",
        control.0, control.1, variant.0, variant.1
    );
    sketch::add(&mut graph, &arms);
    lock(&mut graph);
    graph
}

/// The same arms under another plan, which is locked.
fn planned(control: (u32, u32), variant: (u32, u32), plan: &[(&str, FieldValue)]) -> Graph {
    let mut graph = arms(control, variant);
    for (field, value) in plan {
        set(&mut graph, "x", field, value.clone());
    }
    lock(&mut graph);
    graph
}

fn sequential() -> (&'static str, FieldValue) {
    ("design", FieldValue::Text("sequential".into()))
}

fn word(control: (u32, u32), variant: (u32, u32)) -> Word {
    read(&arms(control, variant)).word
}

/// The smaller arm says how far one has come, since each needs the planned number.
#[test]
fn the_smallest_arm_says_how_far_an_experiment_has_come() {
    assert_eq!(read(&arms((0, 12), (0, 15))).reached, Some(12.0));
    assert_eq!(read(&arms((0, 0), (0, 0))).reached, None);
    assert_eq!(read(&sketch::graph(PLAN)).reached, None);
}

#[test]
fn the_interval_decides_once_the_planned_number_is_there() {
    assert_eq!(word((100, 999), (150, 1_000)), Word::Running);
    assert_eq!(word((100, 1_000), (150, 1_000)), Word::Supported);
    assert_eq!(word((150, 1_000), (100, 1_000)), Word::Refuted);
    assert_eq!(word((100, 1_000), (110, 1_000)), Word::Inconclusive);
}

/// The interval of Cookie Cats' day-7 retention, −1.33 to −0.31 percentage points.
#[test]
fn a_row_shows_value_interval_and_number() {
    let mut graph = arms((8_502, 44_700), (8_279, 45_489));
    let row = read(&graph).rows.remove(0);

    assert_eq!(row.arm.unwrap(), *"b");
    assert!((row.value.unwrap() + 0.0082).abs() < 5e-5);
    let (low, high) = row.interval.unwrap();
    assert!((low + 0.0133).abs() < 5e-5 && (high + 0.0031).abs() < 5e-5);
    assert_eq!(row.n, Some(90_189.0));
    set(&mut graph, "x", "alpha", FieldValue::Number(0.01));
    let wider = read(&graph).rows.remove(0).interval.unwrap();
    assert!(wider.0 < low && wider.1 > high);
}

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

#[test]
fn a_sequential_design_may_look_early_and_pays_with_a_wider_interval() {
    let with = |design: &str, control, variant| {
        let mut graph = arms(control, variant);
        set(&mut graph, "x", "design", FieldValue::Text(design.into()));
        lock(&mut graph);
        read(&graph)
    };
    // 10 % against 13 %: enough at one look, not enough for looking at any time.
    let fixed = with("fixed", (100, 1_000), (130, 1_000));
    let sequential = with("sequential", (100, 1_000), (130, 1_000));
    assert_eq!(
        (fixed.word, sequential.word),
        (Word::Supported, Word::Inconclusive)
    );
    assert_eq!(with("sequential", (20, 200), (22, 200)).word, Word::Running);
    assert_eq!(
        with("sequential", (20, 200), (80, 200)).word,
        Word::Supported
    );
    // Looking early is not cured by another prior.
    assert_eq!(with("bayesian", (20, 200), (80, 200)).word, Word::Running);
}

#[test]
fn a_probability_is_met_refuted_or_left_open() {
    let word = |control, variant| {
        let mut graph = arms(control, variant);
        let criterion = "probability-better of B >= 95 %";
        set(
            &mut graph,
            "x",
            "criterion",
            FieldValue::Text(criterion.into()),
        );
        set(
            &mut graph,
            "x",
            "design",
            FieldValue::Text("bayesian".into()),
        );
        lock(&mut graph);
        read(&graph).word
    };
    assert_eq!(word((100, 1_000), (150, 1_000)), Word::Supported);
    assert_eq!(word((150, 1_000), (100, 1_000)), Word::Refuted);
    assert_eq!(word((100, 1_000), (105, 1_000)), Word::Inconclusive);
}

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

#[test]
fn conditions_that_disagree_are_mixed() {
    let mut graph = arms((100, 1_000), (150, 1_000));
    let criterion = "difference > 0; count of B >= 200";
    set(
        &mut graph,
        "x",
        "criterion",
        FieldValue::Text(criterion.into()),
    );
    lock(&mut graph);

    let verdict = read(&graph);

    assert_eq!(verdict.word, Word::Mixed);
    assert_eq!(verdict.rows[1].value, Some(150.0));
    assert_eq!(verdict.rows[1].remarks, [Remark::ByValueAlone]);
}

#[test]
fn means_are_compared_with_student_and_welch() {
    let mut graph = sketch::graph(PLAN);
    set(
        &mut graph,
        "x",
        "criterion",
        FieldValue::Text("mean-difference < -1".into()),
    );
    set(&mut graph, "x", "planned-n", FieldValue::Number(10.0));
    sketch::add(
        &mut graph,
        "a arm | A | experiment = x | role = control | n = 10 | mean = 20 | deviation = 2
         b arm | B | experiment = x | role = variant | n = 10 | mean = 16 | deviation = 2",
    );
    lock(&mut graph);

    let row = read(&graph).rows.remove(0);

    // t(18) at 97.5 % is 2.1009; the standard error is √0.8.
    let (low, high) = row.interval.unwrap();
    assert!(
        (low + 4.0 + 2.100_922 * 0.8_f64.sqrt()).abs() < 1e-5,
        "{low}"
    );
    assert!(
        (high + 4.0 - 2.100_922 * 0.8_f64.sqrt()).abs() < 1e-5,
        "{high}"
    );
    assert_eq!(row.answer, Answer::Met);
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

#[test]
fn what_cannot_be_measured_says_why() {
    let remark = |criterion: &str, arms: &str| {
        let mut graph = sketch::graph(PLAN);
        set(
            &mut graph,
            "x",
            "criterion",
            FieldValue::Text(criterion.into()),
        );
        sketch::add(&mut graph, arms);
        read(&graph).rows[0].remarks.last().cloned()
    };
    let impossible = "a arm | A | experiment = x | n = 3 | successes = 9";
    let two = "a arm | A | experiment = x | n = 3 | successes = 1
        b arm | B | experiment = x | n = 3 | successes = 1";
    assert_eq!(remark("share > 0", ""), Some(Remark::NoData));
    assert_eq!(
        remark("share > 0", impossible),
        Some(Remark::ImpossibleCounts)
    );
    assert_eq!(remark("share > 0", two), Some(Remark::WhichArm));
    assert_eq!(remark("difference of B > 0", two), Some(Remark::NoControl));
    assert_eq!(remark("mean of B > 0", two), Some(Remark::NoData));
    assert_eq!(remark("share of C > 0", two), Some(Remark::WhichArm));
}

/// No counts, however odd, panic or give a number that is none.
#[test]
fn odd_counts_never_panic() {
    let criteria = [
        "share > 0.1",
        "difference > 0",
        "mean > 1",
        "probability-better > 0.9",
    ];
    let odd = [-1.0, 0.0, 0.5, 1.0, 7.0, 1e15, 1e300];
    arbtest::arbtest(|u| {
        let mut graph = sketch::graph(PLAN);
        set(
            &mut graph,
            "x",
            "criterion",
            FieldValue::Text((*u.choose(&criteria)?).into()),
        );
        let design = *u.choose(&["fixed", "sequential", "bayesian"])?;
        set(&mut graph, "x", "design", FieldValue::Text(design.into()));
        for (id, role) in [("a", "control"), ("b", "variant")] {
            sketch::add(
                &mut graph,
                &format!("{id} arm | {id} | experiment = x | role = {role}"),
            );
            for field in ["n", "successes", "mean", "deviation", "share"] {
                if u.arbitrary()? {
                    set(&mut graph, id, field, FieldValue::Number(*u.choose(&odd)?));
                }
            }
        }
        lock(&mut graph);
        for row in read(&graph).rows {
            assert!(row.value.is_none_or(f64::is_finite));
            assert!(row.interval.is_none_or(|(low, high)| low <= high));
        }
        Ok(())
    })
    .budget_ms(1000);
}

/// Views and files show it as they show every figure.
#[test]
fn the_verdict_is_a_figure() {
    let mut graph = arms((100, 1_000), (150, 1_000));
    set(
        &mut graph,
        "x",
        "lock-broken",
        FieldValue::Text("7|ben|alpha".into()),
    );
    let today = crate::value::Date::parse("2026-11-22").unwrap();

    let book = crate::figure::FigureBook::new(&graph, today);

    let figure = book.figure("x", "verdict").unwrap();
    assert_eq!(figure.word(), Some("invalid"));
    assert_eq!(
        figure.remarks[0].to_string(),
        "Invalid: criterion changed after data."
    );
    assert_eq!(
        (&*figure.rows[0].name, figure.rows[0].word),
        ("difference > 0", "met")
    );
}

/// Nobody or everybody of a few is no certainty: 0 of 1 against 1 of 1 proves nothing, nor does
/// 0 of 100 against 0 of 100; and ten against ten decide no more than their p-value of 0.06 does.
#[test]
fn extreme_shares_of_small_samples_leave_it_open() {
    let at = |n: f64, control, variant| {
        let plan = [("planned-n", FieldValue::Number(n))];
        read(&planned(control, variant, &plan)).word
    };
    assert_eq!(at(1.0, (0, 1), (1, 1)), Word::Inconclusive);
    assert_eq!(at(100.0, (0, 100), (0, 100)), Word::Inconclusive);
    assert_eq!(at(100.0, (100, 100), (100, 100)), Word::Inconclusive);
    assert_eq!(at(10.0, (0, 10), (3, 10)), Word::Inconclusive);
    assert_eq!(at(10.0, (0, 10), (10, 10)), Word::Supported);
}

#[test]
fn a_sequence_goes_on_while_nobody_or_everybody_of_a_few_has_done_it() {
    let at = |control, variant| read(&planned(control, variant, &[sequential()])).word;
    assert_eq!(at((0, 1), (1, 1)), Word::Running);
    assert_eq!(at((0, 1), (0, 1)), Word::Running);
    assert_eq!(at((0, 200), (0, 200)), Word::Running);
    assert_eq!(at((20, 500), (200, 500)), Word::Supported);
}

/// Two arms alike, looked at after every pair: at most one in twenty is ever decided.
#[test]
fn a_sequence_seldom_decides_between_two_that_are_alike() {
    let mut state = 7_u64;
    let mut chance = |share: f64| {
        // A linear congruential generator (Knuth's MMIX) is random enough for this.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 11) as f64 / (1_u64 << 53) as f64) < share
    };
    for share in [0.05, 0.3] {
        let mut decided = 0;
        for _ in 0..60 {
            let (mut one, mut other) = (0, 0);
            for n in 1..=150 {
                one += u32::from(chance(share));
                other += u32::from(chance(share));
                let graph = planned((one, n), (other, n), &[sequential()]);
                if read(&graph).word != Word::Running {
                    decided += 1;
                    break;
                }
            }
        }
        assert!(decided <= 3, "{decided} of 60 at {share}");
    }
}

/// A probability, a count or a latest value holds at one look; only what a count has reached stays.
#[test]
fn what_holds_at_one_look_waits_for_the_planned_number() {
    let at = |criterion: &str| {
        let criterion = ("criterion", FieldValue::Text(criterion.into()));
        let graph = planned((1, 8), (4, 8), &[sequential(), criterion]);
        read(&graph).word
    };
    assert_eq!(at("count of B >= 20"), Word::Running);
    assert_eq!(at("count of B < 20"), Word::Running);
    assert_eq!(at("count of B >= 4"), Word::Supported);
    assert_eq!(at("count of B < 4"), Word::Refuted);
    assert_eq!(at("probability-better >= 90 %"), Word::Running);
}

#[test]
fn observations_that_are_all_alike_have_no_interval() {
    let mut graph = sketch::graph(PLAN);
    sketch::add(
        &mut graph,
        "a arm | A | experiment = x | role = control | mean = 3 | deviation = 0 | n = 1000
         b arm | B | experiment = x | role = variant | mean = 4 | deviation = 0 | n = 1000",
    );
    let criterion = FieldValue::Text("mean-difference > 0".into());
    set(&mut graph, "x", "criterion", criterion);
    lock(&mut graph);
    assert_eq!(read(&graph).word, Word::Inconclusive);
    assert_eq!(read(&graph).rows[0].remarks, [Remark::NoDeviation]);
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
