//! Superhuman's engine, which segment to begin with, the one metric, and what a learning rests on.

use super::fixture::{Fixture, fixture, from_json};

fn book(lines: &[String], links: &[&str]) -> Fixture {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    fixture(&lines, links)
}

/// The names of a figure's rows that have a value, with it.
fn valued(book: &Fixture, of: &str, id: &str) -> Vec<(String, f64)> {
    let rows = book.figure(of, id).rows.iter();
    rows.filter_map(|row| Some((row.name.to_string(), row.value?)))
        .collect()
}

fn answer(id: usize, feeling: &str, more: &str) -> String {
    format!(r#"fit-answer a{id}: "survey": "f", "answer": "{feeling}", "uses": 3, {more}"#)
}

fn survey(own: &str) -> Fixture {
    let lines = [
        format!("fit-survey f: {own}"),
        "segment x".to_owned(),
        "segment y".to_owned(),
        answer(1, "very", r#""main-benefit": "It is fast", "segment": "x""#),
        answer(
            2,
            "very",
            r#""main-benefit": "Fast and calm", "segment": "x""#,
        ),
        answer(
            3,
            "very",
            r#""main-benefit": "Focus", "who-benefits": "Founders", "segment": "y""#,
        ),
        answer(
            4,
            "somewhat",
            r#""main-benefit": "Fast!", "improve": "A mobile app", "segment": "x""#,
        ),
        answer(
            5,
            "somewhat",
            r#""main-benefit": "Cheap", "improve": "A lower price", "segment": "y""#,
        ),
        answer(
            6,
            "not",
            r#""main-benefit": "fast", "improve": "Everything""#,
        ),
        r#"fit-answer a7: "survey": "f", "answer": "very", "uses": 1, "main-benefit": "Focus""#
            .to_owned(),
    ];
    book(&lines, &[])
}

/// Vohra: only the "somewhat" who love what the fans love are listened to.
#[test]
fn the_benefit_of_the_fans_tells_who_of_the_others_can_be_won() {
    let book = survey("");
    let fast = &book.figure("f", "fit-benefit").rows[0];
    assert_eq!(
        (fast.name.as_ref(), fast.word, fast.n),
        ("“fast”", "main words", Some(3))
    );
    let in_spanish = book.figure("f", "fit-benefit").kind.name(&fast.name, "es");
    assert_eq!(in_spanish, "«fast»");
    book.row("f", "fit-benefit", "“fast”", 2.0 / 3.0, 1e-12);
    book.number("f", "fit-winnable", 0.5, 0.0);
    let wanted: Vec<&str> = book
        .figure("f", "fit-blockers")
        .rows
        .iter()
        .map(|row| row.name.as_ref())
        .collect();
    assert_eq!(wanted, ["“A mobile app”"]);
    assert_eq!(
        valued(&book, "f", "fit-people"),
        [("“founders”".to_owned(), 1.0)]
    );
    let by_segment: Vec<f64> = valued(&book, "f", "fit-winnable")
        .into_iter()
        .map(|row| row.1)
        .collect();
    assert_eq!(by_segment, [1.0, 0.0]);
}

#[test]
fn a_benefit_that_a_person_reads_in_the_answers_comes_before_the_words() {
    let book = survey(r#""main-benefit": "a cheap tool""#);
    let wanted = &book.figure("f", "fit-blockers").rows[0];
    assert_eq!(wanted.name, "“A lower price”");
}

#[test]
fn without_a_benefit_that_two_fans_share_nobody_is_called_winnable() {
    let lines = [
        "fit-survey f".to_owned(),
        answer(1, "very", r#""main-benefit": "Calm""#),
        answer(2, "somewhat", r#""main-benefit": "Calm""#),
    ];
    let book = book(&lines, &[]);
    assert!(book.figure("f", "fit-winnable").value().is_none());
    assert!(!book.has("f", "fit-blockers"));
}

#[test]
fn a_survey_is_asked_again_after_a_quarter() {
    let old = r#"fit-survey old: "very": 9, "somewhat": 9, "not": 9, "date": "2026-08-01""#;
    let new = r#"fit-survey new: "very": 9, "somewhat": 9, "not": 9, "date": "2026-11-01""#;
    let said = |book: &Fixture, of| book.remarks(of, "fit-score").contains(&"ask-again");
    assert!(said(&fixture(&[old], &[]), "old"));
    assert!(!said(&fixture(&[old, new], &[]), "old"));
    assert!(!said(&fixture(&[new], &[]), "new"));
}

#[test]
fn segments_are_ranked_by_pain_reach_money_and_size() {
    let segment = |id: &str, pain: u8, ease: u8, margin: u8, more: &str| {
        format!(
            r#"segment {id}: "pain": {pain}, "ease-of-reach": {ease}, "margin": {margin}, {more}"#
        )
    };
    let lines = [
        segment("rich", 3, 2, 50, r#""price": "1000 EUR", "size": 100"#),
        segment("poor", 5, 4, 90, r#""price": "10 EUR", "size": 50"#),
        segment("big", 1, 1, 80, r#""price": "20 EUR", "size": 900"#),
        r#"segment half: "pain": 5"#.to_owned(),
        "segment blank".to_owned(),
    ];
    let book = book(&lines, &[]);
    book.order("", "segment-order", &["rich", "poor", "big"]);
    let means: Vec<f64> = valued(&book, "", "segment-order")
        .into_iter()
        .map(|row| row.1)
        .collect();
    // The places: rich 2, 2, 1, 2; poor 1, 1, 3, 3; big 3, 3, 2, 1.
    assert_eq!(means, [1.75, 2.0, 2.25]);
    let said: Vec<String> = book
        .figure("", "segment-order")
        .remarks
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        said,
        ["half left out: pain, ease of reach, margin or size is missing or off its scale."]
    );
}

/// A price by the year is one by the month.
#[test]
fn prices_of_unlike_periods_are_compared() {
    let order = |price: &str| {
        let lines = [
            r#"segment a: "pain": 3, "ease-of-reach": 3, "margin": 50, "price": "10 EUR/month", "size": 9"#.to_owned(),
            format!(r#"segment b: "pain": 3, "ease-of-reach": 3, "margin": 60, "price": "{price}", "size": 9"#),
        ];
        let book = book(&lines, &[]);
        assert!(book.remarks("", "segment-order").is_empty());
        book.order("", "segment-order", &["a", "b"]);
    };
    order("12 EUR/year");
    order("1 EUR/month");
}

#[test]
fn segments_of_which_one_alone_can_be_compared_say_so() {
    let lines = [
        r#"segment a: "pain": 3, "ease-of-reach": 3, "margin": 50, "size": 9"#.to_owned(),
        r#"segment b: "pain": 3"#.to_owned(),
    ];
    book(&lines, &[]).missing(
        "",
        "segment-order",
        "Not enough data: no two segments to compare yet",
    );
}

#[test]
fn unlike_prices_and_sizes_are_not_compared() {
    let lines = [
        r#"segment a: "pain": 3, "ease-of-reach": 3, "margin": 50, "price": "100 EUR", "size": "10 schools""#.to_owned(),
        r#"segment b: "pain": 3, "ease-of-reach": 3, "margin": 60, "price": "1 USD", "size": "900 pupils""#.to_owned(),
    ];
    let book = book(&lines, &[]);
    book.order("", "segment-order", &["b", "a"]);
    assert_eq!(
        book.remarks("", "segment-order"),
        ["no-prices", "unlike-sizes"]
    );
}

#[test]
fn the_one_metric_follows_from_model_and_stage() {
    let of = |product: &str, metrics: &[&str]| {
        let mut lines = vec![format!("product p: {product}")];
        lines.extend(
            metrics
                .iter()
                .map(|id| format!(r#"metric {id}: "one-metric": true"#)),
        );
        book(&lines, &[])
    };
    let book = of(r#""model": "saas", "lean-stage": "stickiness""#, &["m"]);
    book.word("", "one-metric", "customer-retention");
    assert_eq!(book.remarks("", "one-metric"), [""; 0]);
    assert_eq!(book.figure("", "one-metric").rows.len(), 1);
    let media = of(r#""model": "media", "lean-stage": "virality""#, &[]);
    media.word("", "one-metric", "shares-per-visit");
    assert_eq!(media.remarks("", "one-metric"), ["none-marked"]);
    let half = of(r#""model": "saas""#, &["m", "n"]);
    assert!(half.figure("", "one-metric").word().is_none());
    assert_eq!(half.remarks("", "one-metric"), ["several-marked"]);
}

#[test]
fn a_learning_counts_the_data_points_and_the_strongest_evidence_of_each_experiment() {
    let lines = [
        "learning l".to_owned(),
        r#"experiment x: "type": "presale""#.to_owned(),
        r#"experiment y: "type": "customer-interview""#.to_owned(),
        r#"arm a: "experiment": "x", "n": 40, "successes": 10"#.to_owned(),
        r#"arm b: "experiment": "x", "n": 42, "successes": 12"#.to_owned(),
        r#"evidence strong: "weight": 3, "date": "2026-11-22""#.to_owned(),
        r#"evidence same: "weight": 1, "date": "2026-11-22""#.to_owned(),
        r#"evidence talk: "weight": 3, "n": 4, "date": "2026-11-22""#.to_owned(),
        "learning bare".to_owned(),
    ];
    let links = [
        "x concludes-in l",
        "y concludes-in l",
        "x produces strong",
        "x produces same",
        "y produces talk",
    ];
    let book = book(&lines, &links);
    // 3 + 3 on the meter: 1 − 2^(−6 ÷ 3).
    book.number("l", "learning-confidence", 0.75, 1e-12);
    assert_eq!(book.figure("l", "learning-confidence").n, Some(86));
    let points: Vec<f64> = valued(&book, "l", "learning-confidence")
        .into_iter()
        .filter(|(name, _)| name == "data points")
        .map(|(_, points)| points)
        .collect();
    assert_eq!(points, [82.0, 4.0]);
    assert_eq!(book.remarks("l", "learning-confidence"), ["few-points"]);
    assert!(!book.has("bare", "learning-confidence"));
}

/// Vohra: half of the roadmap deepens what fans love, half removes what holds the others back.
#[test]
fn the_halves_of_the_roadmap_are_counted_by_what_its_items_lead_to() {
    let book = from_json(
        r#"{"format": "groundwork", "entities": [
            {"kind": "gain", "id": "love", "places": {"product-market-fit": "what-fans-love"}},
            {"kind": "insight", "id": "why", "places": {"product-market-fit": "what-holds-others-back"}},
            {"kind": "opportunity", "id": "price"},
            {"kind": "solution", "id": "s"},
            {"kind": "roadmap-item", "id": "a"}, {"kind": "roadmap-item", "id": "b"},
            {"kind": "roadmap-item", "id": "c"}, {"kind": "roadmap-item", "id": "d"},
            {"kind": "roadmap-item", "id": "past", "fields": {"status": "kept"}}
        ], "links": [
            {"from": "s", "kind": "creates", "to": "love"},
            {"from": "a", "kind": "bets-on", "to": "s"},
            {"from": "b", "kind": "bets-on", "to": "s"},
            {"from": "c", "kind": "bets-on", "to": "s"},
            {"from": "past", "kind": "bets-on", "to": "s"},
            {"from": "why", "kind": "reveals", "to": "price"},
            {"from": "c", "kind": "aims-at", "to": "price"}
        ]}"#,
    );
    let counts: Vec<f64> = valued(&book, "", "fit-halves")
        .into_iter()
        .map(|row| row.1)
        .collect();
    assert_eq!(counts, [3.0, 1.0, 1.0]);
    assert_eq!(book.remarks("", "fit-halves"), ["lopsided"]);
}
