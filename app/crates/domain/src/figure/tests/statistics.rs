//! The arms of experiments, against published results.

use super::fixture::{Fixture, fixture};
use crate::figure::InputValue;

/// An experiment with a control and a variant: successes and n of each.
fn two_arms(control: (u64, u64), variant: (u64, u64)) -> Fixture {
    let arm = |id: &str, (successes, n): (u64, u64)| {
        format!(
            r#"arm {id}: "experiment": "e", "role": "{id}", "n": {n}, "successes": {successes}"#
        )
    };
    let (control, variant) = (arm("control", control), arm("variant", variant));
    fixture(&["experiment e", &control, &variant], &[])
}

#[test]
fn the_z_test_is_that_of_statsmodels() {
    let book = two_arms((5, 83), (12, 99));
    book.number("e", "ab-z", -1.407_830_415_125_878_7, 1e-12);
    book.number("e", "ab-p", 0.159_181_291_811_569_92, 1e-12);
}

#[test]
fn arms_of_which_only_means_are_known_are_compared_by_them() {
    let book = fixture(
        &[
            r#"metric m: "unit": "minutes""#,
            r#"experiment e: "primary-metric": "m""#,
            r#"arm a: "experiment": "e", "role": "control", "n": 10, "mean": 12, "deviation": 2"#,
            r#"arm b: "experiment": "e", "role": "variant", "n": 10, "mean": 10, "deviation": 2"#,
        ],
        &[],
    );
    book.number("a", "arm-mean", 12.0, 0.0);
    book.interval("a", "arm-mean", (10.5693, 13.4307), 1e-4);
    book.number("e", "ab-mean-difference", -2.0, 0.0);
    book.interval("e", "ab-mean-difference", (-3.8791, -0.1209), 1e-4);
    book.row("e", "ab-mean-difference", "degrees of freedom", 18.0, 1e-9);
    let difference = book.figure("e", "ab-mean-difference");
    assert_eq!((&*difference.unit, difference.n), ("minutes", Some(20)));
}

#[test]
fn a_mean_without_deviation_has_no_interval_and_no_difference() {
    let book = fixture(
        &[
            "experiment e",
            r#"arm a: "experiment": "e", "role": "control", "n": 10, "mean": 12"#,
            r#"arm b: "experiment": "e", "role": "variant", "n": 10, "mean": 10, "deviation": 2"#,
        ],
        &[],
    );
    book.number("a", "arm-mean", 12.0, 0.0);
    assert_eq!(book.remarks("a", "arm-mean"), ["no-deviation"]);
    let difference = book.figure("e", "ab-mean-difference");
    let needed: Vec<&str> = difference.needed().collect();
    assert_eq!((difference.value(), needed), (None, vec!["deviation"]));
}

#[test]
fn the_gates_of_cookie_cats_come_out_as_published() {
    let book = two_arms((8_502, 44_700), (8_279, 45_489));
    book.number("e", "ab-z", 3.1644, 5e-5);
    book.number("e", "ab-p", 0.001_554, 5e-7);
    book.number("e", "ab-difference", -0.0082, 5e-5);
    book.interval("e", "ab-difference", (-0.0133, -0.0031), 5e-5);
    book.number("control", "arm-share", 0.1902, 5e-5);
    book.number("variant", "arm-share", 0.1820, 5e-5);
    assert_eq!(book.figure("e", "ab-difference").n, Some(90_189));
}

#[test]
fn the_bayesian_figures_agree_with_each_other() {
    let book = two_arms((50, 1000), (65, 1000));
    let better = book.figure("e", "ab-probability-better").value().unwrap();
    assert!((0.9..1.0).contains(&better), "{better}");
    let loss = &book.figure("e", "ab-expected-loss").rows;
    // What choosing one costs more than choosing the other is the difference of the means.
    let difference = 66.0 / 1002.0 - 51.0 / 1002.0;
    let [control, variant] = [loss[0].value.unwrap(), loss[1].value.unwrap()];
    assert!((control - variant - difference).abs() < 1e-9);
}

/// M14: a comparison says itself why it is none yet, or none at all.
#[test]
fn a_comparison_carries_what_forbids_reading_it_as_a_result() {
    let of = |experiment: &str, n: [u32; 2]| {
        let arm = |id: &str, n: u32| {
            let counts = format!(
                r#""n": {n}, "successes": {}, "mean": 3, "deviation": 1"#,
                n / 10
            );
            format!(r#"arm {id}: "experiment": "e", "role": "{id}", {counts}"#)
        };
        let experiment = format!(r#"experiment e: "criterion": "difference > 0"{experiment}"#);
        let arms = [arm("control", n[0]), arm("variant", n[1])];
        fixture(&[&experiment, &arms[0], &arms[1]], &[])
    };
    let locked = r#", "planned-n": 1000, "lock": "2026-10-05|ada""#;
    let sequential = format!(r#"{locked}, "design": "sequential""#);
    let stopped = format!(r#"{locked}, "status": "stopped""#);
    for (plan, n, said) in [
        (locked, [500, 500], Some("still-running")),
        (locked, [1000, 1300], Some("invalid-split")),
        (locked, [1500, 1500], Some("judged-again")),
        (stopped.as_str(), [500, 500], Some("invalid-early")),
        (sequential.as_str(), [1000, 1000], Some("one-look")),
        ("", [500, 500], Some("never-locked")),
        (locked, [1000, 1000], None),
    ] {
        let book = of(plan, n);
        for figure in [
            "z",
            "p",
            "difference",
            "probability-better",
            "expected-loss",
        ] {
            let remarks = book.remarks("e", &format!("ab-{figure}")).into_iter();
            assert_eq!(
                remarks.collect::<Vec<_>>(),
                Vec::from_iter(said),
                "{figure}"
            );
        }
        assert!(book.remarks("e", "ab-mean-difference").into_iter().eq(said));
    }
}

#[test]
fn a_mismatch_of_the_split_is_announced() {
    // srm.osc.garden: 44,000 and 45,000.
    let book = two_arms((1, 44_000), (1, 45_000));
    book.number("e", "sample-ratio", 0.0008, 5e-5);
    book.row("e", "sample-ratio", "χ²", 11.236, 5e-4);
    assert_eq!(book.remarks("e", "sample-ratio"), ["mismatch"]);
}

#[test]
fn the_planned_split_counts() {
    let book = fixture(
        &[
            "experiment e",
            r#"arm a: "experiment": "e", "role": "control", "n": 900, "share": 90"#,
            r#"arm b: "experiment": "e", "role": "variant", "n": 100, "share": 10"#,
        ],
        &[],
    );
    book.number("e", "sample-ratio", 1.0, 1e-12);
}

#[test]
fn sample_sizes_and_power_are_those_of_evan_miller_and_of_r() {
    let book = fixture(
        &[
            r#"experiment e: "baseline": 5, "minimum-effect": 1"#,
            r#"experiment p: "baseline": 50, "minimum-effect": 25, "planned-n": 50"#,
        ],
        &[],
    );
    book.number("e", "sample-size", 7663.0, 0.0);
    book.number("e", "sample-size-r", 8158.0, 0.0);
    book.number("p", "power", 0.740, 5e-4);
}

#[test]
fn several_variants_get_rows_and_holms_correction() {
    let book = fixture(
        &[
            "experiment e",
            r#"arm a: "experiment": "e", "role": "control", "n": 1000, "successes": 100"#,
            r#"arm b: "experiment": "e", "role": "variant", "n": 1000, "successes": 130"#,
            r#"arm c: "experiment": "e", "role": "variant", "n": 1000, "successes": 105"#,
        ],
        &[],
    );
    let p = book.figure("e", "ab-p");
    let rows: Vec<f64> = p.rows.iter().map(|row| row.value.unwrap()).collect();
    assert_eq!(rows.len(), 4);
    assert!((rows[1] - 2.0 * rows[0]).abs() < 1e-12, "{rows:?}");
    assert!(book.figure("e", "chi-square").value().unwrap() > 0.0);
}

#[test]
fn an_experiment_without_data_says_so() {
    let book = fixture(
        &[
            "experiment e",
            r#"arm a: "experiment": "e", "role": "control", "n": 0, "successes": 0"#,
            r#"arm b: "experiment": "e", "role": "variant", "n": 10, "successes": 11"#,
        ],
        &[],
    );
    book.missing("a", "arm-share", "Not enough data: no observations yet");
    book.missing(
        "b",
        "arm-share",
        "There cannot be more successes (11) than cases in the sample (10)",
    );
}

/// What cannot be is said of the comparison too, not called missing.
#[test]
fn more_successes_than_participants_are_named_wherever_they_are_read() {
    let book = fixture(
        &[
            "experiment e",
            r#"arm a: "experiment": "e", "role": "control", "n": 12, "successes": 4"#,
            r#"arm b: "experiment": "e", "role": "variant", "n": 10, "successes": 20"#,
        ],
        &[],
    );
    let said = "There cannot be more successes (20) than cases in the sample (10)";
    for figure in ["ab-z", "ab-p", "ab-difference", "ab-probability-better"] {
        book.missing("e", figure, said);
    }
}

/// Nothing can be tested where nobody did anything, and the interval says how little is known.
#[test]
fn the_deciding_interval_is_shown_without_successes_and_for_each_variant() {
    let arm = |id: &str, role: &str, n: u32, successes: u32| {
        format!(
            r#"arm {id}: "experiment": "x", "role": "{role}", "n": {n}, "successes": {successes}"#
        )
    };
    let experiment = r#"experiment x: "primary-metric": "m", "criterion": "difference >= 0 points", "planned-n": 10, "lock": "2026-10-01""#;
    let metric = r#"metric m: "unit": "%""#;
    let none = [arm("a", "control", 10, 0), arm("b", "variant", 20, 0)];
    let book = fixture(&[metric, experiment, &none[0], &none[1]], &[]);
    book.number("x", "ab-difference", 0.0, 0.0);
    let (low, high) = book.figure("x", "ab-difference").interval.unwrap();
    assert!(low < -0.2 && high > 0.1, "{low} to {high}");
    for figure in ["ab-difference", "ab-probability-better", "ab-expected-loss"] {
        assert_eq!(book.figure("x", figure).n, Some(30), "{figure}");
    }
    let arms = [
        arm("a", "control", 10, 4),
        arm("b", "variant", 10, 5),
        arm("c", "variant", 10, 6),
    ];
    let book = fixture(&[metric, experiment, &arms[0], &arms[1], &arms[2]], &[]);
    let rows = &book.figure("x", "ab-difference").rows;
    let deciding = rows
        .iter()
        .filter(|row| row.name == "interval by which the verdict decides");
    assert_eq!(deciding.filter(|row| row.interval.is_some()).count(), 2);
}

/// Who dates a lock by hand after the first reading may have set the criterion by it.
#[test]
fn a_reported_reading_from_before_a_lock_by_hand_makes_it_invalid() {
    let book = fixture(
        &[
            "metric m",
            r#"experiment e: "lock": "2026-11-10|ada", "primary-metric": "m", "criterion": "value >= 5", "planned-n": 1"#,
            r#"reading early: "metric": "m", "date": "2026-11-09", "value": 9, "n": 50"#,
            r#"reading late: "metric": "m", "date": "2026-11-10", "value": 3, "n": 50"#,
        ],
        &["e reports early", "e reports late"],
    );
    book.word("e", "verdict", "invalid");
    let remarks = book.remarks("e", "verdict");
    assert!(remarks.contains(&"before-lock") && remarks.contains(&"invalid-late"));
}

#[test]
fn the_type_of_an_experiment_brings_its_row_of_the_library() {
    let book = fixture(
        &[
            r#"experiment e: "type": "presale""#,
            r#"experiment odd: "type": "magic""#,
            "experiment plain",
            r#"assumption wanted: "class": "value""#,
            r#"assumption doable: "class": "feasibility""#,
        ],
        &["wanted tested-by e", "doable tested-by e"],
    );
    book.row("e", "experiment-type", "cost", 3.0, 0.0);
    book.row("e", "experiment-type", "evidence strength", 5.0, 0.0);
    let words: Vec<&str> = book
        .figure("e", "experiment-type")
        .rows
        .iter()
        .map(|row| row.word)
        .collect();
    assert_eq!(
        words,
        ["desirability", "viability", "", "", "days", "weeks"]
    );
    assert_eq!(book.remarks("e", "experiment-type"), ["other-theme"]);
    assert!(book.figure("odd", "experiment-type").rows.is_empty());
    assert!(!book.has("plain", "experiment-type"));
}

/// The posterior's two-sided interval with equal tails, as 400,000 draws from Beta(241, 761) and
/// Beta(201, 801) have it.
#[test]
fn a_bayesian_interval_has_the_level_that_the_plan_names() {
    let decides = |alpha: f64| {
        let experiment = format!(
            r#"experiment x: "primary-metric": "m", "criterion": "difference >= 0 points", "planned-n": 1000, "design": "bayesian", "alpha": {alpha}, "lock": "2026-10-01""#
        );
        let book = fixture(
            &[
                r#"metric m: "unit": "%""#,
                &experiment,
                r#"arm a: "experiment": "x", "role": "control", "n": 1000, "successes": 200"#,
                r#"arm b: "experiment": "x", "role": "variant", "n": 1000, "successes": 240"#,
            ],
            &[],
        );
        let figure = book.figure("x", "ab-difference");
        let level = figure
            .inputs
            .iter()
            .find(|input| input.name == "confidence")
            .unwrap();
        assert_eq!(level.value, InputValue::Number(1.0 - alpha));
        let mut rows = figure.rows.iter();
        let row = rows.find(|row| row.name == "interval by which the verdict decides");
        row.unwrap().interval.unwrap()
    };
    for (alpha, low, high) in [(0.05, 0.0037, 0.0762), (0.1, 0.0096, 0.0704)] {
        let found = decides(alpha);
        assert!(
            (found.0 - low).abs() < 2e-4 && (found.1 - high).abs() < 2e-4,
            "{found:?}"
        );
    }
}
