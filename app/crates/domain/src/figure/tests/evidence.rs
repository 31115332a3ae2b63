//! Confidence, risk, calibration and the pace of learning.

use super::fixture::{Fixture, fixture};
use crate::figure::{FigureBook, Outcome};
use crate::value::Date;

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

/// Written by hand, without a day and without a stamp: it counts as new, and that is told.
#[test]
fn evidence_without_a_date_is_named() {
    let book = assumption_with(
        &[r#"evidence e: "gilad": "user-evidence""#],
        &["e supports a"],
    );
    book.number("a", "confidence", 0.5, 1e-12);
    assert_eq!(book.remarks("a", "confidence"), ["undated"]);
}

/// What an experiment without a promise found counts as what users did, and not as a test.
#[test]
fn evidence_of_an_exploration_counts_three_at_most() {
    let with = |lock: &str| {
        let experiment =
            format!(r#"experiment x: "criterion": "share >= 40 %", "planned-n": 10{lock}"#);
        assumption_with(
            &[
                &experiment,
                r#"arm b: "experiment": "x", "n": 10, "successes": 9"#,
                r#"evidence e: "gilad": "test-results", "date": "2026-11-22""#,
            ],
            &["x produces e", "e supports a"],
        )
    };
    let exploratory = with("");
    exploratory.number("a", "confidence", 0.5, 1e-12);
    assert_eq!(
        exploratory.remarks("a", "confidence"),
        ["exploratory-evidence"]
    );
    let locked = with(r#", "lock": "2026-11-01|ada""#);
    locked.number("a", "confidence", 1.0 - 2_f64.powf(-4.5 / 3.0), 1e-12);
}

#[test]
fn a_rating_of_the_link_overrides_the_weight_and_retracted_evidence_is_gone() {
    let book = assumption_with(
        &[
            r#"evidence e: "weight": 10, "date": "2026-11-22""#,
            r#"rating r: "subject": "e", "target": "a", "criterion": "weight", "value": 3"#,
            r#"rating s: "subject": "e", "target": "other", "criterion": "weight", "value": 9"#,
            r#"evidence gone: "weight": 10, "retracted": true"#,
            "evidence blank",
        ],
        &["e supports a", "gone supports a", "blank supports a"],
    );
    book.number("a", "confidence", 0.5, 1e-12);
    let said = book.remarks("a", "confidence");
    assert_eq!(said, ["left-out", "left-out"]);
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
fn what_is_important_and_unproven_comes_first_and_settled_ones_not_at_all() {
    let book = fixture(
        &[
            r#"assumption low: "importance": 2"#,
            r#"assumption high: "importance": 9"#,
            r#"assumption tested: "importance": 10"#,
            r#"assumption settled: "importance": 10, "status": "supported""#,
            "assumption unrated",
            r#"evidence e: "gilad": "launch-data", "date": "2026-11-22""#,
            "solution s",
        ],
        &[
            "e supports tested",
            "s depends-on tested",
            "s depends-on high",
        ],
    );
    book.order("", "test-first", &["high", "low", "tested"]);
    let said = book.figure("", "test-first").remarks[0].to_string();
    assert_eq!(said, "1 left out: no importance entered.");
    book.number("s", "weakest-confidence", 0.0, 0.0);
}

/// What an invalid experiment produced proves nothing, whichever way it became invalid.
#[test]
fn evidence_of_an_invalid_experiment_counts_nothing_and_is_named() {
    let invalid = [
        (
            r#"experiment x: "lock": "2026-11-01|ada", "lock-broken": "1|ada|criterion""#,
            "45000",
            "criterion changed after data",
        ),
        (
            r#"experiment x: "lock": "2026-11-01|ada", "planned-n": 9, "criterion": "share >= 40 %", "stopped-early": true"#,
            "4",
            "stopped early",
        ),
        (
            r#"experiment x: "lock": "2026-11-01|ada""#,
            "44000",
            "sample-ratio mismatch",
        ),
    ];
    for (experiment, n, reason) in invalid {
        let other = if n == "4" { n } else { "45000" };
        let arm = |id, n| format!(r#"arm {id}: "experiment": "x", "n": {n}"#);
        let (one, two) = (arm("one", n), arm("two", other));
        let book = fixture(
            &[
                r#"assumption a: "importance": 8, "stake": "1000 EUR""#,
                experiment,
                &one,
                &two,
                r#"evidence e: "gilad": "test-results", "date": "2026-11-20""#,
                r#"solution s: "ice-impact": 5, "ice-confidence": 5, "ice-ease": 2"#,
                r#"roadmap-item i: "lane": "now""#,
            ],
            &[
                "a tested-by x",
                "x produces e",
                "e supports a",
                "e supports s",
                "i depends-on a",
            ],
        );
        book.word("x", "verdict", "invalid");
        book.number("a", "confidence", 0.0, 0.0);
        book.number("a", "risk", 800.0, 1e-9);
        book.number("i", "weakest-confidence", 0.0, 0.0);
        book.number("s", "ice-gilad", 5.0 * 0.01 * 2.0, 1e-12);
        let said = book.figure("a", "confidence").remarks[0].to_string();
        let expected = format!("e left out: its experiment is invalid, {reason}.");
        assert_eq!(said, expected);
        assert_eq!(book.remarks("s", "ice-gilad")[0], "left-out");
        let trace = &book.figure("i", "trace-completeness").rows;
        assert_eq!(trace[5].word, "missing", "{reason}");
    }
}

#[test]
fn evidence_that_is_retracted_or_lies_ahead_is_named_and_has_a_row_of_nothing() {
    let book = assumption_with(
        &[
            r#"evidence gone: "weight": 10, "date": "2026-11-20", "retracted": true"#,
            r#"evidence soon: "weight": 10, "date": "2026-12-01""#,
        ],
        &["gone supports a", "soon supports a"],
    );
    book.number("a", "confidence", 0.0, 0.0);
    assert_eq!(
        book.remarks("a", "confidence"),
        ["left-out", "from-its-date"]
    );
    let rows = &book.figure("a", "confidence").rows;
    assert!(rows.iter().all(|row| row.value == Some(0.0)) && rows.len() == 2);
}

#[test]
fn evidence_counts_fully_from_its_date_on() {
    let json = r#"{"format": "groundwork", "entities": [
        {"kind": "assumption", "id": "a"},
        {"kind": "evidence", "id": "e", "fields": {"weight": 3, "date": "2026-12-01"}}
    ], "links": [{"kind": "supports", "from": "e", "to": "a"}]}"#;
    let graph = crate::import("dated.json", json.as_bytes()).unwrap().graph;
    let on = |day: &str| {
        let book = FigureBook::new(&graph, Date::parse(day).unwrap());
        book.figure("a", "confidence").unwrap().value().unwrap()
    };
    assert_eq!((on("2026-11-30"), on("2026-12-01")), (0.0, 0.5));
}

#[test]
fn risks_are_compared_in_one_unit_and_the_others_named() {
    let book = fixture(
        &[
            r#"product p: "currency": "EUR""#,
            r#"assumption monthly: "importance": 10, "stake": "100..200..300 EUR/month""#,
            r#"assumption yearly: "importance": 10, "stake": "2000 EUR/year""#,
            r#"assumption dollars: "importance": 10, "stake": "9000 USD/year""#,
            r#"assumption once: "importance": 10, "stake": "90000 EUR""#,
            r#"assumption nothing: "importance": 10"#,
        ],
        &[],
    );
    book.order("", "riskiest-first", &["monthly", "yearly"]);
    let order = book.figure("", "riskiest-first");
    assert_eq!(order.unit, "EUR/year");
    let said: Vec<String> = order.remarks.iter().map(ToString::to_string).collect();
    let unlike = "and was left out: unlike units are not compared.";
    assert_eq!(
        said,
        [
            "nothing left out: no value at stake entered.".to_owned(),
            format!("dollars is in USD/year {unlike}"),
            format!("once is in EUR {unlike}"),
        ]
    );
    let [first, second] = &order.rows[..] else {
        panic!("a row for each that is compared");
    };
    let range = Some((1200.0, 3600.0));
    assert_eq!((first.value, first.interval), (Some(2400.0), range));
    assert_eq!((second.value, second.interval), (Some(2000.0), None));
    let monthly = book.figure("monthly", "risk");
    let range = Outcome::Range {
        low: 100.0,
        likely: 200.0,
        high: 300.0,
    };
    assert_eq!((&monthly.outcome, &*monthly.unit), (&range, "EUR/month"));
    book.missing("nothing", "risk", "Not enough data: no value at stake yet");
}

#[test]
fn what_is_linked_to_an_assumption_is_at_stake_in_one_unit() {
    let book = fixture(
        &[
            r#"assumption a: "importance": 5"#,
            r#"revenue-stream r: "amount": "10..20..30 EUR/month""#,
            r#"revenue-stream t: "amount": "120 EUR/year""#,
            r#"solution s: "value": 8"#,
            r#"quantity q: "value": "5 %""#,
        ],
        &[
            "r rests-on a",
            "t depends-on a",
            "s depends-on a",
            "q rests-on a",
        ],
    );
    book.number("a", "risk", 0.5 * (240.0 + 120.0), 1e-9);
    let risk = book.figure("a", "risk");
    assert_eq!(risk.unit, "EUR/year");
    assert_eq!(book.remarks("a", "risk"), ["left-out", "unlike-units"]);
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

/// M24: whoever predicted is measured, not whoever wrote the claim down; a rating is a prediction.
#[test]
fn a_prediction_is_of_who_stated_it() {
    let json = r#"{"format": "groundwork", "people": [{"id": "cy"}], "entities": [
        {"kind": "assumption", "id": "a", "created": {"by": "cy", "at": 1},
            "fields": {"probability": 80, "by": "ada", "status": "supported"}},
        {"kind": "assumption", "id": "b", "created": {"by": "cy", "at": 1},
            "fields": {"probability": 50, "status": "refuted"}},
        {"kind": "assumption", "id": "c", "fields": {"status": "refuted", "probability": 99}},
        {"kind": "rating", "id": "r", "fields":
            {"subject": "c", "criterion": "probability", "by": "ada", "value": 40}},
        {"kind": "rating", "id": "s", "fields":
            {"subject": "c", "criterion": "probability", "by": "ben", "value": 10}}
    ]}"#;
    let book = super::fixture::from_json(json);

    book.row("", "calibration", "ada", (0.04 + 0.16) / 2.0, 1e-12);
    book.row("", "calibration", "ben", 0.01, 1e-12);
    book.row("", "calibration", "cy", 0.25, 1e-12);
    assert_eq!(book.figure("", "calibration").n, Some(4));
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

#[test]
fn brier_is_taken_for_each_team_as_for_each_person() {
    let book = fixture(
        &[
            "team core",
            "team empty",
            r#"member m: "team": "core", "person": "ada""#,
            r#"member n: "team": "core", "person": "bo""#,
            r#"hypothesis a: "probability": 80, "outcome": "held", "by": "ada""#,
            r#"hypothesis b: "probability": 60, "outcome": "failed", "by": "bo""#,
            r#"hypothesis c: "probability": 50, "outcome": "held", "by": "eve""#,
        ],
        &[],
    );
    book.row("", "calibration", "team", (0.04 + 0.36) / 2.0, 1e-12);
    let rows = &book.figure("", "calibration").rows;
    let team = rows.iter().find(|row| row.name == "team").unwrap();
    let about = book.0.index().id(team.about.unwrap()).unwrap();
    assert_eq!((about.as_str(), team.n), ("core", Some(2)));
    assert!(rows.iter().filter(|row| row.name == "team").count() == 1);
}

#[test]
fn an_experiment_that_changed_a_decision_is_counted_by_its_learning_or_its_loop() {
    let book = fixture(
        &[
            r#"experiment learned: "status": "done""#,
            "learning l",
            r#"decision pivoted: "action": "pivot", "decided-on": "2026-11-01""#,
            "experiment looped",
            r#"loop one: "experiment": "looped", "decision": "stayed""#,
            r#"decision stayed: "action": "persevere""#,
            r#"experiment open: "status": "done""#,
            r#"loop two: "experiment": "open", "decision": "asked""#,
            r#"decision asked: "action": "kill", "asked-on": "2026-11-01""#,
            r#"experiment running: "status": "running""#,
        ],
        &[
            "learned concludes-in l",
            "l leads-to pivoted",
            "running concludes-in l",
        ],
    );
    book.number("", "experiments-changed", 1.0 / 3.0, 1e-12);
    assert_eq!(book.figure("", "experiments-changed").n, Some(3));
}

/// What was stated with 70 % should happen in seven of ten cases.
#[test]
fn what_happened_stands_beside_what_was_stated() {
    let entities: Vec<String> = (0..10)
        .map(|number| {
            let outcome = if number < 4 { "held" } else { "failed" };
            format!(r#"hypothesis h{number}: "probability": 70, "outcome": "{outcome}""#)
        })
        .collect();
    let book = fixture(
        &entities.iter().map(String::as_str).collect::<Vec<_>>(),
        &[],
    );
    book.row("", "calibration", "stated: 70 %", 0.4, 1e-12);
    // 0.33 against the 0.24 of always saying 40 %.
    book.row("", "calibration", "skill", 1.0 - 0.33 / 0.24, 1e-9);
    let rows = &book.figure("", "calibration").rows;
    let row = rows.iter().find(|row| row.name == "stated: 70 %").unwrap();
    assert_eq!((row.n, &*row.unit), (Some(10), "share"));
}
