//! Traces, usage, the feature factory, signals, the portfolio and the four questions.

use crate::figure::open_findings;

use super::fixture::{fixture, from_json};

#[test]
fn a_trace_is_complete_when_all_six_links_are_there() {
    let entities = [
        r#"roadmap-item item: "lane": "now""#,
        "objective goal",
        "solution s",
        "opportunity o",
        "insight i",
        "quote q",
        "assumption a",
        "hypothesis h",
        "experiment x",
        "evidence e",
    ];
    let links = [
        "item aims-at goal",
        "item bets-on s",
        "o addressed-by s",
        "i reveals o",
        "i drawn-from q",
        "s depends-on a",
        "a stated-as h",
        "h tested-by x",
        "x produces e",
    ];
    let whole = fixture(&entities, &links);
    whole.number("item", "trace-completeness", 1.0, 0.0);
    whole.number("", "question-right", 1.0, 0.0);
    let part = fixture(&entities, &links[..4]);
    part.number("item", "trace-completeness", 2.0 / 6.0, 1e-12);
}

#[test]
fn the_gauge_of_the_feature_factory_counts_shipped_items() {
    let book = fixture(
        &[
            r#"roadmap-item a: "status": "kept", "baseline": 10, "target": 20, "actual": 18"#,
            r#"roadmap-item b: "status": "measuring", "baseline": 10, "target": 20"#,
            r#"roadmap-item c: "shipped-on": "2026-11-01", "baseline": 10, "target": 20"#,
            r#"roadmap-item later: "status": "considering", "shipped-on": "2027-01-01""#,
            "metric m",
            r#"reading r: "metric": "m", "date": "2026-11-10", "value": 9"#,
        ],
        &["c reports r"],
    );
    book.number("a", "outcome-reached", 0.8, 1e-12);
    book.number("c", "outcome-reached", -0.1, 1e-12);
    // What was typed for the first, nobody read.
    book.number("", "shipped-with-outcome", 1.0 / 3.0, 1e-12);
    book.number("", "outputs-per-outcome", 3.0, 0.0);
}

#[test]
fn what_was_measured_goes_before_what_was_typed() {
    let item = r#"roadmap-item a: "status": "kept", "baseline": 10, "target": 20, "actual": 30"#;
    let reading = r#"reading r: "metric": "m", "date": "2026-11-10", "value": 12"#;
    let book = fixture(&[item, "metric m", reading], &["a reports r"]);
    book.number("a", "outcome-reached", 0.2, 1e-12);
    let said = book.figure("a", "outcome-reached").remarks[0].to_string();
    let expected = "The outcome entered is 30, and r says 12: the reading counts.";
    assert_eq!(said, expected);
    let typed = fixture(&[item], &[]);
    typed.number("a", "outcome-reached", 2.0, 1e-12);
    assert_eq!(typed.remarks("a", "outcome-reached"), ["not-measured"]);
}

#[test]
fn a_reading_from_before_the_day_it_shipped_is_no_outcome() {
    let book = fixture(
        &[
            r#"roadmap-item a: "shipped-on": "2026-11-01", "baseline": 10, "target": 20"#,
            "metric m",
            r#"reading before: "metric": "m", "date": "2026-10-31", "value": 20"#,
            r#"reading since: "metric": "m", "date": "2026-11-01", "value": 15"#,
            r#"reading ahead: "metric": "m", "date": "2027-01-01", "value": 30"#,
            r#"roadmap-item b: "shipped-on": "2026-11-02""#,
        ],
        &[
            "a measured-by m",
            "a reports before",
            "a reports since",
            "a reports ahead",
            "b reports since",
        ],
    );
    book.number("a", "outcome-reached", 0.5, 1e-12);
    book.number("", "shipped-with-outcome", 0.5, 1e-12);
}

#[test]
fn what_is_used_and_unsatisfying_is_worth_improving() {
    let book = fixture(
        &[
            r#"roadmap-item a: "usage": 80, "satisfaction-gap": 3, "status": "kept""#,
            r#"roadmap-item b: "usage": 10, "satisfaction-gap": 9, "shipped-on": "2026-11-22""#,
            r#"roadmap-item wish: "usage": 90, "satisfaction-gap": 9, "status": "considering""#,
            r#"roadmap-item soon: "usage": 90, "satisfaction-gap": 9, "shipped-on": "2026-11-23""#,
            r#"roadmap-item killed: "usage": 90, "satisfaction-gap": 9, "status": "killed", "shipped-on": "2026-01-01""#,
            r#"roadmap-item back: "usage": 90, "satisfaction-gap": 9, "status": "rolled-back""#,
        ],
        &[],
    );
    book.number("a", "worth-improving", 2.4, 1e-12);
    for order in ["worth-improving-order", "question-worth"] {
        book.order("", order, &["a", "b"]);
    }
    assert!(!book.has("wish", "worth-improving") && !book.has("killed", "worth-improving"));
}

#[test]
fn a_signal_fades_when_it_is_not_seen_again() {
    // 180 days before the day of the test.
    let book = fixture(
        &[r#"signal s: "impact": 4, "likelihood": 5, "seen-on": "2026-05-26""#],
        &[],
    );
    book.number("s", "signal-size", 20.0, 0.0);
    book.number("s", "signal-strength", 0.5, 1e-12);
    assert_eq!(book.remarks("s", "signal-strength"), ["fading"]);
    let ahead = |day: &str| fixture(&[&format!(r#"signal s: "seen-on": "{day}""#)], &[]);
    let elsewhere_it_is_tomorrow = ahead("2026-11-23");
    elsewhere_it_is_tomorrow.number("s", "signal-strength", 1.0, 0.0);
    let said = "The days since it was seen cannot be -10: at least 0 is needed";
    ahead("2026-12-02").missing("s", "signal-strength", said);
}

/// A share of nothing is not the share of something in another currency.
#[test]
fn a_horizon_that_cannot_be_added_is_named_and_has_no_share() {
    let book = fixture(
        &[
            r#"product p: "currency": "EUR""#,
            r#"portfolio-item a: "return": "900 CHF/year", "horizon": "two""#,
            r#"portfolio-item b: "return": "1200 EUR/year", "horizon": "one""#,
            r#"portfolio-item c: "return": "300 EUR/month", "horizon": "one""#,
            r#"portfolio-item d: "horizon": "two""#,
        ],
        &[],
    );
    let shares = book.figure("", "horizon-shares");
    let rows: Vec<_> = shares
        .rows
        .iter()
        .map(|row| (&*row.name, row.value))
        .collect();
    assert_eq!(rows, [("one", Some(1.0)), ("three", Some(0.0))]);
    let said: Vec<String> = shares.remarks.iter().map(ToString::to_string).collect();
    let unlike = "a is in CHF/year and was left out: unlike units are not added.";
    assert_eq!(said, ["d left out: no amount entered.", unlike]);
}

#[test]
fn a_portfolio_discounts_by_risk_and_splits_by_horizon() {
    let book = fixture(
        &[
            r#"portfolio-item a: "side": "explore", "return": "1000 EUR/year", "risk": 10, "horizon": "three""#,
            r#"portfolio-item b: "side": "exploit", "return": "3000 EUR/year", "disruption": 1, "horizon": "one""#,
        ],
        &[],
    );
    book.number("a", "risk-adjusted-return", 0.0, 0.0);
    book.number("b", "risk-adjusted-return", 3000.0, 0.0);
    book.row("", "horizon-shares", "one", 0.75, 1e-12);
}

#[test]
fn the_model_is_viable_when_every_sheet_is_healthy() {
    let sheet = r#"economics e: "arpa": "100 EUR/month", "margin": 80, "churn": 4, "sales-marketing": "3000 EUR", "new-customers": 10"#;
    fixture(&[sheet], &[]).word("", "question-viable", "yes");
    let poor = r#"economics f: "arpa": "10 EUR/month", "margin": 50, "churn": 4, "sales-marketing": "3000 EUR", "new-customers": 10"#;
    fixture(&[sheet, poor], &[]).word("", "question-viable", "no");
    // A quick payback alone is no answer while nobody knows how long customers stay.
    let half = r#"economics g: "arpa": "10 USD/month", "margin": 50, "sales-marketing": "10 USD", "new-customers": 10"#;
    // Revenue in one currency and costs in another compare to nothing.
    let unlike = r#"economics h: "arpa": "100 USD/month", "margin": 80, "churn": 4, "sales-marketing": "100000 EUR", "new-customers": 10"#;
    for sheets in [&[][..], &[half], &[sheet, half], &[sheet, unlike]] {
        let book = fixture(sheets, &[]);
        assert!(book.figure("", "question-viable").word().is_none());
    }
    fixture(&[poor, half], &[]).word("", "question-viable", "no");
    // LTV to CAC is 2 at worst and 10 at best.
    let wide = r#"economics w: "arpa": "30..100..150 EUR/month", "margin": 80, "churn": 4, "sales-marketing": "3000 EUR", "new-customers": 10"#;
    fixture(&[sheet, wide], &[]).word("", "question-viable", "unclear");
    fixture(&[wide, poor], &[]).word("", "question-viable", "no");
}

#[test]
fn figures_as_json_name_their_formula_inputs_and_source() {
    let book = from_json(
        r#"{"format": "groundwork", "entities": [
            {"kind": "solution", "id": "s", "fields": {"reach": 450, "impact": 3, "confidence": 100, "effort": 2}}
        ]}"#,
    );
    let json: serde_json::Value = serde_json::from_str(&book.0.to_json()).unwrap();
    let rice = &json["figures"]["s"]["rice"];
    assert_eq!(rice["value"], 675.0);
    assert_eq!(rice["formula"], "reach × impact × confidence ÷ effort");
    assert_eq!(rice["inputs"][0]["from"], "s");
    assert_eq!(rice["inputs"][2]["unit"], "%");
    assert!(
        rice["source"]["url"]
            .as_str()
            .unwrap()
            .starts_with("https://")
    );
    assert_eq!(json["workspace"]["rice-order"]["order"][0], "s");
}

#[test]
fn the_innovation_risk_falls_as_evidence_arrives() {
    let book = fixture(
        &[
            r#"portfolio-item p: "return": "9000 EUR/year""#,
            r#"assumption a: "importance": 10"#,
            r#"assumption b: "importance": 5"#,
            r#"evidence e: "weight": 3, "date": "2026-11-22""#,
        ],
        &["p depends-on a", "p depends-on b", "e supports a"],
    );
    book.number("p", "innovation-risk", (0.5 + 0.5) / 1.5, 1e-12);
    // Nobody typed a risk: the return follows the evidence.
    book.number(
        "p",
        "risk-adjusted-return",
        9000.0 * (1.0 - 1.0 / 1.5),
        1e-6,
    );
    assert_eq!(
        book.remarks("p", "risk-adjusted-return"),
        ["risk-by-evidence"]
    );
}

#[test]
fn findings_are_counted_by_age_and_the_median_is_that_of_known_ages() {
    let ages = [3.0, 20.0, 20.5, 100.0].map(Some);
    let all: Vec<Option<f64>> = ages.into_iter().chain([None]).collect();
    let figure = open_findings(&all).unwrap();
    assert_eq!((figure.value(), figure.n), (Some(20.25), Some(4)));
    let counts: Vec<f64> = figure.rows.iter().map(|row| row.value.unwrap()).collect();
    assert_eq!(counts, [1.0, 2.0, 0.0, 1.0, 1.0]);
    assert_eq!(open_findings(&[]), None);
    assert!(open_findings(&[None]).unwrap().value().is_none());
}

#[test]
fn a_quote_that_reveals_an_opportunity_by_itself_is_in_the_trace() {
    let entities = [
        r#"roadmap-item item: "lane": "now""#,
        "solution s",
        "opportunity o",
        r#"quote q"#,
    ];
    let links = ["item bets-on s", "s addresses o", "q reveals o"];
    let rows = &fixture(&entities, &links)
        .figure("item", "trace-completeness")
        .rows
        .clone();
    let quote = rows.iter().find(|row| row.name == "quote").unwrap();
    assert_eq!(quote.word, "present");
}
