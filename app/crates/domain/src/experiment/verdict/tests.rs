//! Verdicts over small graphs.

mod locks;
mod looks;
mod people;
mod readings;
mod samples;

use super::*;
use crate::index::GraphIndex;
use crate::{FieldValue, Graph, sketch};

const PLAN: &str = "
    m metric | Orders
    h hypothesis | One page sells more
    x experiment | New checkout | primary-metric = m | criterion = difference > 0 | planned-n = 1000
    h -tested-by-> x
";

fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

fn read(graph: &Graph) -> Verdict {
    let index = GraphIndex::new(graph);
    let experiment = index.find("x").unwrap();
    verdict(&index.reader(), experiment, today())
}

/// Locks the plan as it stands in the graph, one millisecond after 2026-11-01.
fn lock(graph: &mut Graph) {
    let index = GraphIndex::new(graph);
    let plan = plan(&index.reader(), index.find("x").unwrap()).unwrap();
    let lock = Lock {
        at: 1_793_491_200_001,
        by: "ada".into(),
        heads: "ab".to_owned(),
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
    let plan = [("planned-n", FieldValue::Number(44_700.0))];
    let mut graph = planned((8_502, 44_700), (8_279, 45_489), &plan);
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
    let (low, high) = verdict.rows[1].interval.unwrap();
    assert!(low > 125.0 && high < 200.0, "{low} {high}");
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

    let book = crate::figure::FigureBook::new(&graph, today());

    let figure = book.figure("x", "verdict").unwrap();
    assert_eq!(figure.word(), Some("invalid"));
    assert_eq!(
        figure.remarks[0].to_string(),
        "Invalid: criterion changed after data."
    );
    assert_eq!(
        (&*figure.rows[0].name, figure.rows[0].word),
        ("difference > 0", "not judged")
    );
}

/// M14: whoever looks at a fixed sample before it is there sees numbers, and no answers.
#[test]
fn a_condition_is_answered_only_where_the_data_may_be_judged() {
    let answer = |n: u32, design: &str| {
        let design = ("design", FieldValue::Text(design.to_owned()));
        let verdict = read(&planned((n / 10, n), (n / 5, n), &[design]));
        (verdict.word.name(), verdict.rows[0].answer)
    };
    assert_eq!(answer(500, "fixed"), ("running", Answer::NotJudged));
    assert_eq!(answer(500, "bayesian"), ("running", Answer::NotJudged));
    assert_eq!(answer(500, "sequential"), ("supported", Answer::Met));
    assert_eq!(answer(1_000, "fixed"), ("supported", Answer::Met));
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

/// M14: few successes are no normal distribution. 0 of 100 against 5 of 100 is better with a
/// probability of 0.9855, and the shares of two arms are what the third leaves.
#[test]
fn a_bayesian_difference_is_judged_by_its_posterior() {
    let graph = crate::sketch::graph(
        "x experiment | X | criterion = difference > 0 | planned-n = 100 | design = bayesian | status = done | lock = 2026-10-05
        a arm | A | experiment = x | role = control | n = 100 | successes = 0
        b arm | B | experiment = x | role = variant | n = 100 | successes = 5",
    );
    let index = GraphIndex::new(&graph);
    let found = verdict(
        &index.reader(),
        index.find("x").unwrap(),
        Date::new(2026, 11, 22).unwrap(),
    );

    assert_eq!(found.word, Word::Supported);
    let (low, high) = found.rows[0].interval.unwrap();
    assert!(low > 0.0 && low < 0.01 && high > 0.09, "{low} {high}");
}

#[test]
fn the_arm_without_a_share_has_the_rest() {
    let split = |shares: &[Option<f64>]| super::planned_split(shares);
    assert_eq!(split(&[Some(60.0), None]), Some(vec![60.0, 40.0]));
    assert_eq!(split(&[None, None]), Some(vec![1.0, 1.0]));
    assert_eq!(split(&[Some(60.0), Some(40.0)]), Some(vec![60.0, 40.0]));
    assert!(split(&[Some(33.3), Some(33.3), Some(33.3)]).is_some());
    for shares in [
        &[Some(60.0), Some(50.0)][..],
        &[Some(60.0), None, None],
        &[Some(100.0), None],
        &[Some(60.0), Some(60.0), None],
    ] {
        assert_eq!(split(shares), None, "{shares:?}");
    }
}
