//! Confidence, risk, calibration and the pace of learning.

use super::fixture::{Fixture, fixture};

fn assumption_with(evidence: &[&str], links: &[&str]) -> Fixture {
    let mut entities = vec![r#"assumption a: "importance": 8, "stake": "1000 EUR""#];
    entities.extend(evidence);
    fixture(&entities, links)
}

#[test]
fn without_evidence_there_is_no_confidence_and_all_the_risk() {
    let book = assumption_with(&[], &[]);
    book.number("a", "confidence", 0.0, 0.0);
    book.number("a", "risk", 0.8 * 1000.0, 1e-9);
    assert_eq!(book.remarks("a", "confidence"), ["no-evidence-yet"]);
}

#[test]
fn one_piece_of_user_evidence_today_makes_confidence_one_half() {
    let book = assumption_with(
        &[r#"evidence e: "gilad": "user-evidence", "date": "2026-11-22""#],
        &["e supports a"],
    );
    book.number("a", "confidence", 0.5, 1e-12);
    book.number("a", "risk", 0.8 * 0.5 * 1000.0, 1e-9);
}

#[test]
fn what_was_only_said_counts_half_and_age_halves_again() {
    // 180 days before the day of the test.
    let book = assumption_with(
        &[r#"evidence e: "gilad": "user-evidence", "behaviour": 1, "date": "2026-05-26""#],
        &["e supports a"],
    );
    let row = &book.figure("a", "confidence").rows[0];
    assert_eq!(row.value, Some(3.0 / 4.0));
    book.number("a", "confidence", 1.0 - 2_f64.powf(-0.25), 1e-12);
}

#[test]
fn several_pieces_of_one_experiment_count_once() {
    let evidence = [
        "experiment x",
        r#"evidence e1: "weight": 3, "date": "2026-11-22""#,
        r#"evidence e2: "weight": 2, "date": "2026-11-22""#,
    ];
    let links = ["e1 supports a", "e2 supports a"];
    let apart = assumption_with(&evidence, &links);
    apart.number("a", "confidence", 1.0 - 2_f64.powf(-5.0 / 3.0), 1e-12);
    let links = [&links[..], &["x produces e1", "x produces e2"]].concat();
    let together = assumption_with(&evidence, &links);
    together.number("a", "confidence", 0.5, 1e-12);
    assert_eq!(together.figure("a", "confidence").rows.len(), 2);
}

#[test]
fn a_rating_of_the_link_overrides_the_weight_and_retracted_evidence_is_gone() {
    let book = assumption_with(
        &[
            r#"evidence e: "weight": 10, "date": "2026-11-22""#,
            r#"rating r: "subject": "e", "target": "a", "criterion": "weight", "value": 3"#,
            r#"rating s: "subject": "e", "target": "other", "criterion": "weight", "value": 9"#,
            r#"evidence gone: "weight": 10, "retracted": true"#,
        ],
        &["e supports a", "gone supports a"],
    );
    book.number("a", "confidence", 0.5, 1e-12);
}

#[test]
fn refuting_evidence_leaves_no_confidence_and_says_so() {
    let book = assumption_with(
        &[
            r#"evidence e: "gilad": "anecdotal", "date": "2026-11-22""#,
            r#"evidence f: "gilad": "test-results", "date": "2026-11-22""#,
        ],
        &["e supports a", "f refutes a"],
    );
    book.number("a", "confidence", 0.0, 0.0);
    assert_eq!(book.remarks("a", "confidence"), ["refuted"]);
}

#[test]
fn the_riskiest_assumption_comes_first_and_settled_ones_not_at_all() {
    let book = fixture(
        &[
            r#"assumption low: "importance": 2"#,
            r#"assumption high: "importance": 9"#,
            r#"assumption tested: "importance": 10"#,
            r#"assumption settled: "importance": 10, "status": "supported""#,
            r#"evidence e: "gilad": "launch-data", "date": "2026-11-22""#,
            "solution s",
        ],
        &[
            "e supports tested",
            "s depends-on tested",
            "s depends-on high",
        ],
    );
    book.order("", "riskiest-first", &["high", "low", "tested"]);
    book.number("s", "weakest-confidence", 0.0, 0.0);
}

#[test]
fn brier_is_the_mean_of_squared_distances_for_each_person_too() {
    let book = fixture(
        &[
            r#"hypothesis a: "probability": 80, "outcome": "held", "by": "ada""#,
            r#"hypothesis b: "probability": 60, "outcome": "failed", "by": "bo""#,
            r#"assumption c: "probability": 50, "status": "supported""#,
            r#"hypothesis d: "probability": 99, "outcome": "open", "by": "bo""#,
        ],
        &[],
    );
    book.number("", "calibration", (0.04 + 0.36 + 0.25) / 3.0, 1e-12);
    book.row("", "calibration", "ada", 0.04, 1e-12);
    assert_eq!(book.figure("", "calibration").n, Some(3));
}

#[test]
fn the_pace_of_learning_counts_loops_that_are_decided() {
    let book = fixture(
        &[
            r#"loop a: "started": "2026-08-23", "decided-at": "2026-09-02", "decision": "kill", "experiment": "x""#,
            r#"loop b: "started": "2026-10-01", "decided-at": "2026-10-31", "decision": "stay""#,
            r#"loop open: "started": "2026-11-01""#,
            r#"decision kill: "action": "kill""#,
            r#"decision stay: "action": "persevere""#,
            r#"experiment x: "cost": "300 EUR""#,
        ],
        &[],
    );
    book.number("a", "time-to-learn", 10.0, 0.0);
    book.number("", "median-time-to-learn", 20.0, 0.0);
    book.number("", "loops-per-month", 2.0 / (91.0 * 12.0 / 365.25), 1e-9);
    book.number("", "kill-rate", 0.5, 0.0);
    book.number("", "decisions-changed", 0.5, 0.0);
    book.number("", "cost-per-learning", 300.0, 0.0);
    assert!(book.figure("open", "time-to-learn").value().is_none());
}
