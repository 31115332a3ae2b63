//! RICE, ICE, cost of delay, MoSCoW, weighted scores, value and effort.

use super::fixture::{fixture, from_json};

#[test]
fn rice_reproduces_mcbrides_three_projects() {
    let book = fixture(
        &[
            r#"solution p1: "reach": 450, "impact": 3, "confidence": 100, "effort": 2"#,
            r#"solution p2: "reach": 2000, "impact": 1, "confidence": 80, "effort": 4"#,
            r#"solution p3: "reach": 800, "impact": 2, "confidence": 50, "effort": 1"#,
        ],
        &[],
    );
    book.number("p1", "rice", 675.0, 0.0);
    book.number("p2", "rice", 400.0, 0.0);
    book.number("p3", "rice", 800.0, 0.0);
    book.order("", "rice-order", &["p3", "p1", "p2"]);
}

#[test]
fn rice_says_what_is_missing_and_never_divides_by_zero() {
    let book = fixture(
        &[
            r#"solution a: "reach": 450, "impact": 3, "confidence": 100"#,
            r#"solution b: "reach": 450, "impact": 3, "confidence": 30, "effort": 0"#,
            r#"solution c: "effort": 2"#,
            r#"solution d: "reach": 10"#,
        ],
        &[],
    );
    book.missing("d", "rice", "Not enough data: no impact yet");
    book.missing("a", "rice", "Not enough data: no effort yet");
    assert_eq!(
        book.figure("a", "rice").needed().collect::<Vec<_>>(),
        ["effort"]
    );
    book.missing("b", "rice", "Not enough data: effort is zero");
    assert!(!book.has("c", "rice"));
}

/// M20: people per period, so a month and a quarter are no equals.
#[test]
fn reach_of_different_periods_is_compared_by_the_quarter() {
    let of = |period: &str| {
        let item = format!(
            r#"solution s: "reach": 300, "impact": 1, "confidence": 100, "effort": 1{period}"#
        );
        fixture(&[&item], &[])
    };
    for (period, score) in [
        ("", 300.0),
        (r#", "reach-period": "quarter""#, 300.0),
        (r#", "reach-period": "month""#, 900.0),
        (r#", "reach-period": "week""#, 300.0 * 365.0 / 28.0),
        (r#", "reach-period": "year""#, 75.0),
    ] {
        of(period).number("s", "rice", score, 1e-9);
    }
}

#[test]
fn ice_knows_both_forms() {
    let book = fixture(
        &[
            r#"solution s: "ice-impact": 8, "ice-confidence": 5, "ice-ease": 6"#,
            r#"evidence weak: "gilad": "anecdotal""#,
            r#"evidence strong: "gilad": "test-results""#,
            r#"evidence withdrawn: "gilad": "launch-data", "retracted": true"#,
        ],
        &[
            "weak supports s",
            "strong supports s",
            "withdrawn supports s",
        ],
    );
    book.number("s", "ice", 240.0, 0.0);
    book.number("s", "ice-average", 19.0 / 3.0, 1e-12);
    book.number("s", "ice-gilad", 8.0 * 4.5 * 6.0, 1e-9);
}

#[test]
fn the_best_order_by_cost_of_delay_is_that_of_black_swan_farming() {
    let book = fixture(
        &[
            r#"product p: "currency": "EUR", "income-today": "10 /week""#,
            r#"solution a: "cost-of-delay": "10 /week", "duration": 2"#,
            r#"solution b: "cost-of-delay": "30 /week", "duration": 4"#,
        ],
        &[],
    );
    book.number("a", "cd3", 5.0, 1e-9);
    book.number("b", "cd3", 7.5, 1e-9);
    let unit = &book.figure("b", "cd3").unit;
    assert_eq!(unit, "EUR/week per week of work");
    let spanish = crate::figure::unit_in(unit, "es");
    assert_eq!(spanish, "EUR/semana por semana de trabajo");
    book.order("", "delay-order", &["b", "a"]);
    book.row("", "delay-order", "earned in this order", 120.0, 1e-9);
    book.row(
        "",
        "delay-order",
        "earned in the opposite order",
        100.0,
        1e-9,
    );
    book.row("", "delay-order", "total of this order", 180.0, 1e-9);
}

#[test]
fn income_in_another_currency_is_left_out_of_what_an_order_earns() {
    let book = fixture(
        &[
            r#"product p: "currency": "EUR", "income-today": "10 USD/week""#,
            r#"solution a: "cost-of-delay": "10 EUR/week", "duration": 2"#,
            r#"solution b: "cost-of-delay": "30 EUR/week", "duration": 4"#,
        ],
        &[],
    );
    book.row("", "delay-order", "earned in this order", 60.0, 1e-9);
    assert_eq!(book.remarks("", "delay-order"), ["not-compared"]);
}

#[test]
fn votes_are_counted_in_ballots_within_the_budget() {
    let round = |round: &str| {
        let book = fixture(
            &[
                &format!("round r: {round}"),
                "solution a",
                "solution b",
                r#"vote v1: "round": "r", "subject": "a", "by": "ada", "count": 60"#,
                r#"vote v2: "round": "r", "subject": "b", "by": "ada", "count": 40"#,
                r#"vote v3: "round": "r", "subject": "b", "by": "bo", "count": 70"#,
                r#"vote v4: "round": "r", "subject": "a", "by": "cem", "count": 101"#,
                r#"vote v5: "round": "other", "subject": "a", "by": "dee", "count": 1"#,
            ],
            &[],
        );
        book.figure("r", "vote-result").clone()
    };
    let hundred = round(r#""technique": "hundred-points""#);
    let values: Vec<Option<f64>> = hundred.rows.iter().map(|row| row.value).collect();
    // What b and a got, and the ballot that does not count.
    assert_eq!(values, [Some(110.0), Some(60.0), Some(101.0)]);
    assert_eq!(hundred.rows[2].word, "above the budget");
    assert_eq!(hundred.n, Some(2));
    assert_eq!(
        hundred.remarks[0].to_string(),
        "1 left out: ballots above the budget."
    );
    let free = round(r#""technique": "buy-a-feature""#);
    assert_eq!((free.rows[0].value, free.n), (Some(161.0), Some(3)));
}

#[test]
fn moscow_warns_when_must_takes_over_sixty_percent_of_the_effort() {
    let book = fixture(
        &[
            r#"backlog-item a: "moscow": "must", "effort": 65"#,
            r#"backlog-item b: "moscow": "should", "effort": 15"#,
            r#"backlog-item c: "moscow": "could", "effort": 20"#,
            r#"backlog-item d: "moscow": "wont", "effort": 500"#,
        ],
        &[],
    );
    book.row("", "moscow", "must", 0.65, 1e-12);
    assert_eq!(book.remarks("", "moscow"), ["too-much-must"]);
}

#[test]
fn a_weighted_score_tells_which_weight_flips_the_winner() {
    let rating = |id: &str, subject: &str, criterion: &str, value: u8| {
        format!(
            r#"rating {id}: "subject": "{subject}", "criterion": "{criterion}", "value": {value}"#
        )
    };
    let ratings = [
        rating("r1", "a", "reach", 8),
        rating("r2", "a", "cost", 6),
        rating("r3", "b", "reach", 5),
        rating("r4", "b", "cost", 1),
    ];
    let mut entities = vec![
        "solution a",
        "solution b",
        r#"criterion-weight reach: "weight": 70"#,
        r#"criterion-weight cost: "weight": 30, "inverted": true"#,
    ];
    entities.extend(ratings.iter().map(String::as_str));
    let book = fixture(&entities, &[]);

    book.number("a", "weighted-score", 0.7 * 8.0 - 0.3 * 6.0, 1e-9);
    book.order("", "weighted-order", &["a", "b"]);
    assert!(book.remarks("", "weighted-order").contains(&"flips"));
}

#[test]
fn value_and_effort_divide_in_the_middle_of_the_map() {
    let book = fixture(
        &[
            r#"solution a: "value": 9, "effort": 1"#,
            r#"solution b: "value": 8, "effort": 9"#,
            r#"solution c: "value": 1, "effort": 2"#,
            r#"solution d: "value": 2, "effort": 8"#,
        ],
        &[],
    );
    book.word("a", "value-effort", "quick-win");
    book.word("b", "value-effort", "big-bet");
    book.word("c", "value-effort", "fill-in");
    book.word("d", "value-effort", "time-sink");
}

#[test]
fn a_vote_that_is_no_number_spoils_no_round() {
    let book = fixture(
        &[
            r#"round r: "budget": 3"#,
            "solution x",
            "solution y",
            r#"vote a: "round": "r", "subject": "x", "by": "ana", "count": 2"#,
            r#"vote b: "round": "r", "subject": "y", "by": "ben", "count": -5"#,
            r#"vote c: "round": "r", "subject": "y", "by": "eve", "count": "three""#,
            r#"vote d: "round": "r", "subject": "y", "by": "ben""#,
        ],
        &[],
    );
    book.order("r", "vote-result", &["x", "y"]);
    let totals: Vec<Option<f64>> = book
        .figure("r", "vote-result")
        .rows
        .iter()
        .map(|row| row.value)
        .collect();
    assert_eq!(totals, [Some(2.0), Some(1.0)]);
    let said: Vec<String> = book
        .figure("r", "vote-result")
        .remarks
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        said,
        [
            "b left out: no number of votes.",
            "c left out: no number of votes."
        ]
    );
}

#[test]
fn what_is_done_or_dropped_is_not_planned_and_a_solution_counts_with_its_roadmap_item() {
    let book = fixture(
        &[
            r#"solution s: "moscow": "must", "effort": 3"#,
            r#"roadmap-item own: "moscow": "must", "effort": 3"#,
            r#"solution live: "moscow": "must", "effort": 9, "status": "live""#,
            r#"solution shipped: "moscow": "must", "effort": 9"#,
            r#"roadmap-item past: "moscow": "must", "effort": 9, "shipped-on": "2026-01-01""#,
            r#"roadmap-item killed: "moscow": "could", "effort": 9, "status": "killed""#,
            r#"backlog-item done: "moscow": "could", "effort": 9, "status": "done""#,
            r#"backlog-item open: "moscow": "could", "effort": 1"#,
            r#"roadmap-item later: "moscow": "should", "effort": 1, "shipped-on": "2026-12-24""#,
        ],
        &["own bets-on s", "past bets-on shipped"],
    );
    for (class, share) in [("must", 0.6), ("should", 0.2), ("could", 0.2)] {
        book.row("", "moscow", class, share, 1e-12);
    }
    let said: Vec<String> = book
        .figure("", "moscow")
        .remarks
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(said.len(), 6);
    assert!(said.contains(&"s left out: it counts with its roadmap item.".to_owned()));
    assert!(said.contains(&"shipped left out: done or dropped.".to_owned()));
}

#[test]
fn what_was_given_up_is_no_innovation() {
    let book = fixture(
        &[
            r#"roadmap-item new: "effort": 3, "status": "kept""#,
            r#"roadmap-item dead: "effort": 6, "status": "killed""#,
            r#"backlog-item upkeep: "effort": 1"#,
            r#"backlog-item gone: "effort": 5, "status": "dropped""#,
        ],
        &[],
    );
    book.number("", "innovation-rate", 0.75, 1e-12);
    assert_eq!(
        book.remarks("", "innovation-rate"),
        ["left-out", "left-out"]
    );
}

#[test]
fn weights_that_do_not_add_up_are_refused_and_a_missing_one_is_named() {
    let lines = |second: &str| {
        [
            r#"criterion-weight a: "weight": 60"#.to_owned(),
            format!("criterion-weight b: {second}"),
            "criterion-weight c".to_owned(),
            "solution x".to_owned(),
            r#"rating r1: "subject": "x", "criterion": "a", "value": 5"#.to_owned(),
            r#"rating r2: "subject": "x", "criterion": "b", "value": 5"#.to_owned(),
        ]
    };
    let of = |second: &str| {
        let lines = lines(second);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        fixture(&lines, &[])
    };
    let short = of(r#""weight": 30"#);
    assert!(short.figure("x", "weighted-score").value().is_none());
    assert!(short.figure("", "weighted-order").value().is_none());
    let whole = of(r#""weight": 40"#);
    whole.number("x", "weighted-score", 5.0, 1e-12);
    for of in ["x", ""] {
        let id = if of.is_empty() {
            "weighted-order"
        } else {
            "weighted-score"
        };
        let said = &whole.figure(of, id).remarks[0];
        assert_eq!(said.to_string(), "c left out: no weight entered.");
    }
}

#[test]
fn a_raw_source_counts_for_gilads_ice_as_evidence_does() {
    let book = from_json(
        r#"{"format": "groundwork", "entities": [
            {"kind": "solution", "id": "s", "fields": {"ice-impact": 5, "ice-ease": 4}},
            {"kind": "quote", "id": "q", "text": "We would drop everything for this."},
            {"kind": "reading", "id": "r", "fields": {"value": 3}}
        ], "links": [{"from": "q", "kind": "supports", "to": "s"}]}"#,
    );
    book.number("s", "ice-gilad", 5.0 * 0.75 * 4.0, 1e-12);
    assert_eq!(book.remarks("s", "ice-gilad"), [] as [&str; 0]);
}

/// M20, Gilad: confidence is what the evidence leaves, not what speaks for it alone.
#[test]
fn what_refutes_an_idea_takes_its_confidence_away() {
    let gilad = |against: &str| {
        let refuting = format!(r#"evidence no: "gilad": "{against}""#);
        let lines = [
            r#"solution s: "ice-impact": 5, "ice-ease": 4"#,
            r#"evidence yes: "gilad": "user-evidence""#,
            &refuting,
        ];
        fixture(&lines, &["yes supports s", "no refutes s"])
    };
    let weak = gilad("anecdotal");
    weak.number("s", "ice-gilad", 5.0 * 3.0 * 4.0, 1e-12);
    assert_eq!(weak.remarks("s", "ice-gilad"), [] as [&str; 0]);
    let strong = gilad("test-results");
    strong.number("s", "ice-gilad", 5.0 * 0.01 * 4.0, 1e-12);
    assert_eq!(strong.remarks("s", "ice-gilad"), ["refuted"]);
}

#[test]
fn a_rating_off_its_scale_spoils_no_other_and_a_mean_is_not_off_the_scale() {
    let rating = |id: &str, of: &str, criterion: &str, value: f64| {
        format!(
            r#"rating {id}: "subject": "{of}", "criterion": "{criterion}", "value": {value}, "by": "{id}""#
        )
    };
    let lines = [
        r#"solution i: "ice-impact": 8, "ice-ease": 5"#.to_owned(),
        rating("a", "i", "ice-confidence", 50.0),
        rating("b", "i", "ice-confidence", 6.0),
        r#"solution s: "reach": 100, "effort": 2, "confidence": 80"#.to_owned(),
        rating("c", "s", "impact", 2.0),
        rating("d", "s", "impact", 3.0),
        r#"solution w: "business-value": 8, "time-criticality": 5, "risk-reduction": 3"#.to_owned(),
        rating("e", "w", "job-size", 5.0),
        rating("f", "w", "job-size", 8.0),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let book = fixture(&lines, &[]);
    book.number("i", "ice", 240.0, 1e-12);
    assert_eq!(book.remarks("i", "ice"), ["left-out", "one-rating"]);
    book.number("s", "rice", 100.0, 1e-12);
    assert_eq!(book.remarks("s", "rice"), ["mean-of-ratings"]);
    book.number("w", "wsjf", 16.0 / 6.5, 1e-12);
    assert_eq!(book.remarks("w", "wsjf"), ["mean-of-ratings"]);
}

#[test]
fn votes_that_nobody_signed_are_not_one_ballot() {
    let book = fixture(
        &[
            r#"round r: "technique": "hundred-points""#,
            "solution x",
            "solution y",
            r#"vote a: "round": "r", "subject": "x", "count": 60"#,
            r#"vote b: "round": "r", "subject": "x", "count": 60"#,
            r#"vote c: "round": "r", "subject": "y", "count": 101"#,
            r#"vote d: "round": "r", "subject": "y", "by": "ana", "count": 100"#,
        ],
        &[],
    );
    book.order("r", "vote-result", &["x", "y"]);
    assert_eq!(book.figure("r", "vote-result").n, Some(3));
    assert_eq!(book.remarks("r", "vote-result"), ["unsigned", "left-out"]);
}

#[test]
fn what_is_done_or_dropped_stands_in_no_order() {
    let item = |kind: &str, id: &str, status: &str, more: &str| {
        format!(r#"{kind} {id}: "status": "{status}", {more}"#)
    };
    let rice = r#""reach": 10, "impact": 1, "confidence": 100, "effort": 1, "value": 5"#;
    let delay = r#""cost-of-delay": "100 EUR/week", "duration": 2"#;
    let huge = r#""reach": 9000, "impact": 1, "confidence": 100, "effort": 90, "value": 90, "cost-of-delay": "900 EUR/week", "duration": 1"#;
    let lines = [
        item("solution", "a", "idea", &format!("{rice}, {delay}")),
        item("roadmap-item", "shipped", "kept", huge),
        item("backlog-item", "gone", "dropped", huge),
    ];
    let lines = lines.each_ref().map(String::as_str);
    let book = fixture(&lines, &[]);
    for order in ["rice-order", "delay-order"] {
        book.order("", order, &["a"]);
        assert_eq!(book.remarks("", order), ["left-out", "left-out"]);
    }
    book.row("", "delay-order", "total of this order", 200.0, 0.0);
    book.row("", "value-effort-lines", "value", 2.5, 0.0);
}

/// Percent are written as percent; who writes a share is asked, and nothing is guessed.
#[test]
fn a_confidence_that_was_written_as_a_share_is_told() {
    let of = |confidence: &str| {
        let item = format!(
            r#"backlog-item a: "reach": 100, "impact": 1, "confidence": {confidence}, "effort": 4"#
        );
        fixture(&[&item], &[])
    };
    let book = of("0.8");
    book.number("a", "rice", 0.2, 1e-12);
    assert_eq!(book.remarks("a", "rice"), ["fraction"]);
    let said = book.figure("a", "rice").remarks[0].to_string();
    assert!(said.starts_with("A confidence of 0.8 %"), "{said}");
    for percent in ["80", "\"80%\""] {
        let book = of(percent);
        book.number("a", "rice", 20.0, 1e-12);
        assert!(book.remarks("a", "rice").is_empty());
    }
}
