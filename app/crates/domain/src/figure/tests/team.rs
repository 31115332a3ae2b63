//! Delegation, Evidence-Based Management, and the fit of problem, people and solution.

use super::fixture::{fixture, from_json};
use crate::figure::Outcome;

#[test]
fn decisions_tell_how_long_they_wait_and_who_takes_them() {
    let book = fixture(
        &[
            r#"decision-area pricing: "level": 3, "wanted": 5"#,
            r#"decision a: "area": "pricing", "level": 6, "asked-on": "2026-10-01", "decided-on": "2026-10-11""#,
            r#"decision b: "area": "pricing", "asked-on": "2026-10-01", "decided-on": "2026-10-05", "overturned": true"#,
            r#"decision open: "area": "pricing", "asked-on": "2026-11-12""#,
        ],
        &[],
    );
    book.number("pricing", "area-latency", 7.0, 0.0);
    book.number("pricing", "delegation-gap", 2.0, 0.0);
    book.number("open", "decision-latency", 10.0, 0.0);
    // The open one is taken by nobody yet.
    book.number("", "overturned-decisions", 0.5, 1e-12);
    // The level of the area may have been another one then.
    book.number("", "team-decisions", 1.0, 1e-12);
    let ahead = fixture(
        &[
            r#"decision a: "asked-on": "2026-10-01", "decided-on": "2026-10-11", "level": 6"#,
            r#"decision b: "asked-on": "2026-10-05", "decided-on": "2027-10-01", "level": 2, "overturned": true"#,
        ],
        &[],
    );
    ahead.number("", "median-decision-latency", 10.0, 0.0);
    ahead.number("", "team-decisions", 1.0, 1e-12);
    ahead.number("", "overturned-decisions", 0.0, 1e-12);
    assert_eq!(ahead.remarks("b", "decision-latency"), ["still-open"]);
    let backwards = fixture(
        &[
            r#"decision a: "asked-on": "2026-10-01", "decided-on": "2026-10-11""#,
            r#"decision b: "asked-on": "2026-10-05", "decided-on": "2026-10-01""#,
        ],
        &[],
    );
    let figure = backwards.figure("", "median-decision-latency");
    assert_eq!(
        figure.remarks[0].to_string(),
        "1 left out: decided before it was asked."
    );
    let figure = book.figure("", "team-decisions");
    assert_eq!(figure.n, Some(1));
    assert_eq!(
        figure.remarks[0].to_string(),
        "1 left out: no level entered."
    );
}

#[test]
fn an_overturned_decision_counts_without_area_and_level() {
    let book = fixture(&[r#"decision a: "overturned": true"#, "decision b"], &[]);
    book.number("", "overturned-decisions", 0.5, 1e-12);
    let figure = book.figure("", "team-decisions");
    assert_eq!(figure.value(), None);
}

#[test]
fn votes_count_in_the_latest_round_alone() {
    let book = fixture(
        &[
            "decision-area a",
            r#"delegation-vote v1: "area": "a", "person": "ada", "level": 1, "round": "9""#,
            r#"delegation-vote v2: "area": "a", "person": "ada", "level": 4, "round": "10""#,
            r#"delegation-vote v3: "area": "a", "person": "bo", "level": 5, "round": "10""#,
        ],
        &[],
    );
    book.number("a", "delegation-votes", 4.5, 0.0);
    assert_eq!(book.remarks("a", "delegation-votes"), ["agreed"]);
}

#[test]
fn measuring_capability_alone_is_a_warning_sign() {
    let metric = r#"metric m: "area": "time-to-market""#;
    let reading = r#"reading r: "metric": "m", "date": "2026-11-01", "value": 3"#;
    let book = fixture(&[metric, reading], &[]);
    assert_eq!(book.remarks("", "ebm-areas"), ["capability-alone"]);
}

#[test]
fn low_current_and_high_unrealised_value_warrants_investing() {
    let metric = |id: &str, area: &str, value: u8| {
        [
            format!(r#"metric {id}: "area": "{area}", "baseline": 0, "target": 10"#),
            format!(r#"reading r{id}: "metric": "{id}", "date": "2026-11-01", "value": {value}"#),
        ]
    };
    let advice = |current, unrealised| {
        let metrics = [
            metric("a", "current-value", current),
            metric("b", "unrealised-value", unrealised),
        ];
        let entities: Vec<&str> = metrics.iter().flatten().map(String::as_str).collect();
        fixture(&entities, &[]).figure("", "ebm-advice").word()
    };
    assert_eq!(advice(2, 1), Some("invest"));
    assert_eq!(advice(9, 9), Some("cash-cow"));
    assert_eq!(advice(9, 1), Some("no-advice"));
}

#[test]
fn people_switch_when_push_and_pull_exceed_anxiety_and_habit() {
    let forces = |habit: u8| {
        let habit = format!(r#"force h: "force": "habit", "strength": {habit}, "interview": "i""#);
        let book = fixture(
            &[
                "interview i",
                r#"force p: "force": "push", "strength": 4, "interview": "i""#,
                r#"force q: "force": "pull", "strength": 2, "interview": "i""#,
                r#"force a: "force": "anxiety", "strength": 3, "interview": "i""#,
                &habit,
            ],
            &[],
        );
        let figure = book.figure("", "forces-balance");
        let remark = figure.remarks[0].kind.id;
        (
            figure.value(),
            book.figure("i", "interview-forces").value(),
            remark,
        )
    };
    assert_eq!(forces(2), (Some(1.0), Some(1.0), "switches"));
    assert_eq!(forces(3), (Some(0.0), Some(0.0), "stays"));
}

#[test]
fn value_fit_counts_what_is_relieved_and_what_meets_nothing() {
    let book = fixture(
        &[
            r#"pain a: "severity": 5"#,
            r#"pain b: "severity": 4"#,
            r#"pain c: "severity": 1"#,
            "pain-reliever r",
            "gain-creator g",
        ],
        &["r relieves a"],
    );
    book.number("", "pains-relieved", 0.5, 0.0);
    book.row("", "pains-relieved", "all", 1.0 / 3.0, 1e-12);
    book.number("", "offers-unlinked", 0.5, 0.0);
}

#[test]
fn the_gate_opens_with_interviews_need_and_payment() {
    let mut entities = vec![
        r#"fit-gate gate: "segment": "s", "needed-interviews": 3, "needed-share": 60"#.to_owned(),
        "segment s".to_owned(),
        r#"evidence paid: "gilad": "test-results""#.to_owned(),
    ];
    for (id, unprompted) in [("a", true), ("b", true), ("c", false)] {
        entities.push(format!(
            r#"interview {id}: "kind": "problem", "segment": "s", "problem-unprompted": {unprompted}"#
        ));
    }
    let mut entities: Vec<&str> = entities.iter().map(String::as_str).collect();
    let open = fixture(&entities, &["paid supports gate"]);
    open.word("gate", "fit-gate", "open");
    // Two of three are 21 to 94 %.
    assert!(open.remarks("gate", "fit-gate").contains(&"felt-uncertain"));
    fixture(&entities, &[]).word("gate", "fit-gate", "closed");
    fixture(&entities[..5], &["paid supports gate"]).word("gate", "fit-gate", "closed");
    for (kind, link, word) in [
        ("launch-data", "refutes", "closed"),
        ("others-opinion", "refutes", "open"),
        ("launch-data", "neutral-to", "open"),
    ] {
        let other = format!(r#"evidence other: "gilad": "{kind}""#);
        let all: Vec<&str> = entities.iter().copied().chain([other.as_str()]).collect();
        let book = fixture(&all, &["paid supports gate", &format!("other {link} gate")]);
        book.word("gate", "fit-gate", word);
        let is_said = book.remarks("gate", "fit-gate").contains(&"refuted");
        assert_eq!(is_said, word == "closed", "{kind} {link}");
    }
    // What people say they would pay is an opinion, whatever kind of evidence it is.
    entities[2] = r#"evidence paid: "gilad": "user-evidence", "behaviour": 1"#;
    let said = fixture(&entities, &["paid supports gate"]);
    said.word("gate", "fit-gate", "closed");
    entities[2] = r#"evidence paid: "gilad": "user-evidence", "behaviour": 5"#;
    fixture(&entities, &["paid supports gate"]).word("gate", "fit-gate", "open");
    // Linked both ways, it says neither.
    let both = ["paid supports gate", "paid refutes gate"];
    fixture(&entities, &both).word("gate", "fit-gate", "closed");
}

/// 1 of July to 30 of September are 91 days: two levels in about a quarter.
#[test]
fn the_level_trend_is_the_slope_through_the_decisions_of_an_area() {
    let decision = |id: &str, day: &str, level: u8| {
        format!(r#"decision {id}: "area": "x", "decided-on": "2026-{day}", "level": {level}"#)
    };
    let entities = [
        r#"decision-area x: "level": 7"#.to_owned(),
        decision("a", "07-01", 2),
        decision("b", "08-16", 3),
        decision("c", "09-30", 4),
        decision("later", "12-31", 1),
        r#"decision d: "area": "x", "decided-on": "2026-07-02""#.to_owned(),
    ];
    let entities: Vec<&str> = entities.iter().map(String::as_str).collect();
    let book = fixture(&entities, &[]);
    let figure = book.figure("x", "level-trend");
    assert_eq!((figure.n, &*figure.unit), (Some(3), "levels a quarter"));
    book.number("x", "level-trend", 2.0 * (365.25 / 4.0) / 91.0, 1e-2);
    book.number("", "all-level-trend", figure.value().unwrap(), 0.0);
    assert!(figure.interval.is_some());

    let few = fixture(&entities[..3], &[]);
    let reason = "Not enough data: no three decisions with level and day yet";
    few.missing("x", "level-trend", reason);
}

#[test]
fn a_card_that_is_none_spoils_no_round_and_who_votes_again_counts_once() {
    let book = fixture(
        &[
            "decision-area a",
            r#"delegation-vote v1: "area": "a", "person": "ana", "round": "2", "level": 2"#,
            r#"delegation-vote v2: "area": "a", "person": "ana", "round": "2", "level": 6"#,
            r#"delegation-vote v3: "area": "a", "person": "ben", "round": "2", "level": 5"#,
            r#"delegation-vote v4: "area": "a", "person": "eve", "round": "2", "level": 70"#,
        ],
        &[],
    );
    book.number("a", "delegation-votes", 5.5, 0.0);
    assert_eq!(book.figure("a", "delegation-votes").n, Some(2));
    let said = book.remarks("a", "delegation-votes");
    assert_eq!(said, ["left-out", "answered-again", "agreed"]);
}

#[test]
fn a_promise_to_pay_is_an_opinion_and_a_payment_is_none() {
    let gate = |source: &str| {
        from_json(&format!(
            r#"{{"format": "groundwork", "entities": [
                {{"kind": "fit-gate", "id": "g", "fields": {{"needed-interviews": 1}}}},
                {{"kind": "interview", "id": "i", "fields": {{"kind": "problem", "problem-unprompted": true}}}},
                {{"kind": "{source}", "id": "x", "text": "Ten pounds a month.", "fields": {{"value": 10}}}}
            ], "links": [{{"from": "x", "kind": "supports", "to": "g"}}]}}"#
        ))
    };
    gate("quote").word("g", "fit-gate", "closed");
    assert_eq!(
        gate("quote").remarks("g", "fit-gate"),
        ["undated", "said-of", "felt-uncertain"]
    );
    gate("observation").word("g", "fit-gate", "open");
    gate("reading").word("g", "fit-gate", "open");
}

/// V12
#[test]
fn the_gate_counts_people_and_only_interviews_that_were_held() {
    let interview = |id: &str, date: &str, named: bool| {
        format!(
            r#"interview {id}: "kind": "problem", "date": "{date}", "problem-unprompted": {named}"#
        )
    };
    let entities = [
        r#"fit-gate g: "needed-interviews": 2"#.to_owned(),
        "participant p".to_owned(),
        interview("first", "2026-10-01", false),
        interview("again", "2026-10-20", true),
        interview("other", "2026-10-02", true),
        interview("ahead", "2026-12-01", false),
    ];
    let entities = entities.each_ref().map(String::as_str);
    let book = fixture(&entities, &["first with p", "again with p"]);
    assert_eq!(book.figure("g", "fit-gate").n, Some(2));
    book.row("g", "fit-gate", "named unprompted", 1.0, 0.0);
    assert_eq!(
        book.remarks("g", "fit-gate"),
        ["from-its-date", "answered-again", "felt-uncertain"]
    );
}

/// M25: all expenses of the product against its revenue, whatever their periods.
#[test]
fn the_product_cost_ratio_states_both_flows_for_one_period() {
    let of = |expenses: &str, revenue: &str| {
        let product = format!(
            r#"product p: "period": "month", "product-expenses": "{expenses}", "product-revenue": "{revenue}""#
        );
        fixture(&[&product], &[])
    };
    let book = of("600 EUR/year", "800 EUR/year");
    book.number("p", "product-cost-ratio", 0.75, 1e-12);
    let book = of("100 EUR/month", "2400 EUR/year");
    book.number("p", "product-cost-ratio", 0.5, 1e-12);

    // The worst is the highest cost at the lowest revenue.
    let book = of("500..600..700 EUR/year", "700..800..1000 EUR/year");
    let figure = book.figure("p", "product-cost-ratio");
    assert_eq!(
        figure.outcome,
        Outcome::Range {
            low: 0.5,
            likely: 0.75,
            high: 1.0
        }
    );

    for (expenses, revenue) in [
        ("600 EUR/year", "800 USD/year"),
        ("600 EUR/once", "800 EUR/year"),
        ("600 EUR/year", "0 EUR/year"),
    ] {
        let book = of(expenses, revenue);
        let figure = book.figure("p", "product-cost-ratio");
        assert!(
            matches!(figure.outcome, Outcome::Missing(_)),
            "{expenses}, {revenue}: {:?}",
            figure.outcome
        );
    }
    let book = fixture(&[r#"product p: "product-expenses": "600 EUR/year""#], &[]);
    let figure = book.figure("p", "product-cost-ratio");
    assert!(matches!(figure.outcome, Outcome::Missing(_)));
    assert!(!fixture(&["product p"], &[]).has("p", "product-cost-ratio"));
}
