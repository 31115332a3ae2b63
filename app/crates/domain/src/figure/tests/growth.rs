//! Funnel, cohorts, viral growth and markets.

use super::fixture::fixture;

#[test]
fn the_funnel_shows_steps_and_what_is_left_of_all() {
    let stage = |id: &str, value: u32| {
        [
            format!(r#"metric {id}: "stage": "{id}""#),
            format!(r#"reading r-{id}: "metric": "{id}", "date": "2026-11-01", "value": {value}"#),
        ]
    };
    let stages = [
        stage("acquisition", 1000),
        stage("activation", 400),
        stage("retention", 100),
    ];
    let entities: Vec<&str> = stages.iter().flatten().map(String::as_str).collect();
    let book = fixture(&entities, &[]);
    book.row("", "funnel", "activation: step", 0.4, 0.0);
    book.row("", "funnel", "retention: step", 0.25, 0.0);
    book.row("", "funnel", "retention: cumulative", 0.1, 0.0);
    let weakest = book
        .figure("", "funnel")
        .rows
        .iter()
        .find(|row| row.word == "weakest");
    assert_eq!(weakest.unwrap().name, "retention: step");
}

#[test]
fn a_cohort_shows_who_stays_and_who_leaves() {
    let book = fixture(
        &[
            r#"cohort a: "start": "2026-07-01", "size": 100, "active": "60, 45, 44, 43""#,
            r#"cohort b: "start": "2026-08-01", "size": 300, "active": "120, 90""#,
            r#"cohort c: "start": "2026-09-01", "size": 10, "active": "11""#,
        ],
        &[],
    );
    book.row("a", "retention", "2", 0.45, 1e-12);
    book.number("a", "retention", 0.43, 1e-12);
    book.number("a", "cohort-churn", 0.57, 1e-12);
    assert!(book.figure("c", "retention").value().is_none());
}

#[test]
fn the_curve_over_all_cohorts_weighs_them_by_size() {
    let book = fixture(
        &[
            r#"cohort a: "size": 100, "active": "60, 45, 44, 43""#,
            r#"cohort b: "size": 300, "active": "120, 90""#,
        ],
        &[],
    );
    book.row("", "retention-curve", "1", 180.0 / 400.0, 1e-12);
    book.row("", "retention-curve", "4", 0.43, 1e-12);
    book.word("", "retention-flattens", "flattens");
}

#[test]
fn invitations_times_conversion_is_the_viral_coefficient() {
    let book = fixture(&[r#"viral v: "invites": 5, "conversion": 25"#], &[]);
    book.number("v", "viral-coefficient", 1.25, 1e-12);
    assert_eq!(book.remarks("v", "viral-coefficient"), ["feeds-itself"]);
}

#[test]
fn a_market_multiplies_its_factors_and_keeps_their_units() {
    let book = fixture(
        &[
            "market m",
            r#"market-factor a: "market": "m", "level": "tam", "value": "800..1000..2000 orchestras", "order": 1"#,
            r#"market-factor b: "market": "m", "level": "tam", "value": "200 EUR/orchestras", "order": 2"#,
            r#"market-factor c: "market": "m", "level": "sam", "value": "50 %""#,
            r#"market-factor d: "market": "m", "level": "som", "value": "10..20..30 %""#,
        ],
        &[],
    );
    book.number("m", "tam", 200_000.0, 1e-6);
    assert_eq!(book.figure("m", "tam").unit, "EUR");
    book.number("m", "sam", 100_000.0, 1e-6);
    book.number("m", "som", 20_000.0, 1e-6);
}
