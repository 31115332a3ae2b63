//! Inputs that cannot be, are just so, or were written in another way than expected: every figure
//! says plainly what is the matter with the very thing that was entered.

use super::fixture::{Fixture, fixture};

fn check(entity: &str, figure: &str, said: &str) {
    let id = entity.split([' ', ':']).nth(1).unwrap();
    let book = fixture(&[entity], &[]);
    let reason = book.figure(id, figure).reason("en");
    assert_eq!(reason.as_deref(), Some(said), "{entity}");
}

#[test]
fn what_is_entered_and_cannot_be_read_is_not_called_missing() {
    let unreadable = |input: &str| format!("The {input} is entered in a form that cannot be read");
    check(
        r#"solution a: "reach": "many", "impact": 1, "confidence": 80, "effort": 1"#,
        "rice",
        &unreadable("reach"),
    );
    check(
        r#"backlog-item a: "cost-of-delay": "12 EUX", "duration": 1"#,
        "cd3",
        &unreadable("cost of delay"),
    );
    check(
        r#"loop a: "started": "2026-02-30", "decided-at": "2026-11-20""#,
        "time-to-learn",
        &unreadable("started"),
    );
    check(
        r#"test-session a: "sus": "3.5,4,2,1,2,3,2,4,5,2""#,
        "sus",
        &unreadable("SUS answer"),
    );
    let book = fixture(
        &[r#"solution a: "reach": "many", "impact": 1, "confidence": 80"#],
        &[],
    );
    let needed: Vec<&str> = book.figure("a", "rice").needed().collect();
    assert_eq!(needed, ["effort"]);
}

/// 0.8 and 0.03 for 80 % and 3 % make every figure of a sheet wrong by a hundred.
#[test]
fn a_share_where_percent_are_counted_is_asked_about() {
    let sheet = |margin: &str, churn: &str| {
        let entity =
            format!(r#"economics e: "arpa": "50 EUR/month", "margin": {margin}, "churn": {churn}"#);
        let book = fixture(&[&entity], &[]);
        book.remarks("e", "ltv").join(", ")
    };
    assert_eq!(sheet("0.8", "3"), "share-meant");
    assert_eq!(sheet("80", "0.03"), "share-meant");
    assert_eq!(
        sheet("80", r#"3, "churn-period": "year""#),
        "periods-differ"
    );
    assert_eq!(["3", "0.25"].map(|churn| sheet("80", churn)), ["", ""]);
    assert!(sheet("-0.5", "3").is_empty(), "a loss can be that small");
}

#[test]
fn percentages_are_refused_in_the_form_in_which_they_were_entered() {
    check(
        r#"solution a: "reach": 10, "impact": 1, "confidence": 150, "effort": 1"#,
        "rice",
        "The confidence cannot be 150: from 0 to 100 is possible",
    );
    check(
        r#"viral a: "invites": 5, "conversion": 120"#,
        "viral-coefficient",
        "The conversion cannot be 120: from 0 to 100 is possible",
    );
    check(
        r#"economics a: "churn": 150, "arpa": "50 EUR/month", "margin": 80"#,
        "lifetime",
        "The churn cannot be 150: from 0 to 100 is possible",
    );
    check(
        r#"economics a: "churn": -2, "arpa": "50 EUR/month", "margin": 80"#,
        "lifetime",
        "The churn cannot be -2: from 0 to 100 is possible",
    );
    check(
        r#"economics a: "churn": 2, "arpa": "50 EUR/month", "margin": 150"#,
        "ltv",
        "The gross margin cannot be 150: at most 100 is possible",
    );
    check(
        r#"experiment a: "baseline": 99, "minimum-effect": 5"#,
        "sample-size",
        "The rate with the change cannot be 104: from 0 to 100 is possible",
    );
}

/// A share that cannot be spoils its part of the market and the smaller ones, not the larger.
#[test]
fn an_impossible_share_leaves_the_larger_market_as_it_is() {
    let book = fixture(
        &[
            "market m",
            r#"market-factor a: "market": "m", "level": "tam", "value": "1000 people""#,
            r#"market-factor b: "market": "m", "level": "sam", "value": "150 %""#,
        ],
        &[],
    );
    book.number("m", "tam", 1_000.0, 0.0);
    for part in ["sam", "som"] {
        let reason = book.figure("m", part).reason("en").unwrap();
        let said = "The share of the market cannot be 150: from 0 to 100 is possible";
        assert_eq!(reason, said, "{part}");
    }
}

#[test]
fn a_count_is_a_whole_number() {
    check(
        r#"arm a: "n": 100.5, "successes": 5"#,
        "arm-share",
        "The participants (n) cannot be 100.5: a whole number from 0 on is needed",
    );
    check(
        r#"fit-survey a: "very": 1, "somewhat": -1, "not": 0"#,
        "fit-score",
        "The somewhat disappointed cannot be -1: a whole number from 0 on is needed",
    );
}

#[test]
fn levels_and_scales_are_refused_as_they_are_entered() {
    check(
        r#"decision-area a: "level": 3, "wanted": 9"#,
        "delegation-gap",
        "The level wanted cannot be 9: from 1 to 7 is possible",
    );
    check(
        r#"portfolio-item a: "side": "explore", "return": "100 EUR", "risk": 11"#,
        "risk-adjusted-return",
        "The innovation risk cannot be 11: from 1 to 10 is possible",
    );
}

#[test]
fn a_key_result_out_of_its_time_has_no_pace() {
    let dated = |starts: &str, due: &str| {
        format!(
            r#"key-result a: "start": 0, "target": 10, "current": 6, "starts": "{starts}", "due": "{due}""#
        )
    };
    let backwards = "Not enough data: no dates in order yet";
    check(&dated("2026-12-01", "2026-11-01"), "pace", backwards);
    let ahead = "Not enough data: no time passed yet";
    check(&dated("2027-01-01", "2027-02-01"), "pace", ahead);
}

#[test]
fn an_objective_whose_key_results_have_no_status_says_what_they_lack() {
    let book = fixture(
        &[
            "objective o",
            r#"key-result k: "start": 0, "target": 6, "current": 3"#,
        ],
        &["o measured-by k"],
    );
    let reason = book.figure("o", "objective-status").reason("en").unwrap();
    assert_eq!(reason, "Not enough data: no confidence or dates yet");
}

/// One record that cannot be does not hide what the others say.
#[test]
fn what_cannot_be_is_left_out_of_the_whole() {
    let left_out = |book: &Fixture, figure: &str| {
        let remarks = book.remarks("", figure);
        assert!(remarks.contains(&"left-out"), "{figure}: {remarks:?}");
    };
    let book = fixture(
        &[
            r#"cohort a: "size": 100, "active": "100, 50""#,
            r#"cohort b: "size": 0, "active": "0""#,
            r#"cohort c: "size": 10, "active": "20""#,
            r#"hypothesis h: "probability": 150, "outcome": "held""#,
            r#"hypothesis i: "probability": 50, "outcome": "held""#,
        ],
        &[],
    );
    book.row("", "retention-curve", "2", 0.5, 1e-12);
    left_out(&book, "retention-curve");
    book.number("", "calibration", 0.25, 1e-12);
    left_out(&book, "calibration");
}

/// What one record says wrongly takes nothing from the others.
#[test]
fn one_value_off_its_scale_is_named_and_spoils_no_other() {
    let book = fixture(
        &[
            "assumption a",
            r#"evidence e1: "weight": 50, "date": "2026-11-22""#,
            r#"evidence e2: "weight": 3, "date": "2026-11-22""#,
            "objective o",
            r#"key-result k1: "start": 0, "target": 10, "current": 5, "weight": -2, "confidence": 44"#,
            r#"key-result k2: "start": 0, "target": 10, "current": 8, "confidence": 8"#,
            r#"roadmap-item r1: "moscow": "must", "effort": -3"#,
            r#"roadmap-item r2: "moscow": "should", "effort": 3"#,
            r#"pain p1: "severity": 9"#,
            r#"pain p2: "severity": 4"#,
            r#"force f1: "force": "push", "strength": -4"#,
            r#"force f2: "force": "pull", "strength": 4"#,
            r#"solution i: "ice-impact": 8, "ice-ease": 5"#,
            r#"rating off: "subject": "i", "criterion": "ice-confidence", "value": 50"#,
        ],
        &[
            "e1 supports a",
            "e2 supports a",
            "o measured-by k1",
            "o measured-by k2",
        ],
    );
    book.number("a", "confidence", 0.5, 1e-12);
    book.number("o", "objective-score", 0.8, 1e-12);
    book.number("o", "objective-confidence", 8.0, 0.0);
    book.row("", "moscow", "should", 1.0, 0.0);
    book.number("", "innovation-rate", 1.0, 0.0);
    book.number("", "pains-relieved", 0.0, 0.0);
    book.number("", "forces-balance", 4.0, 0.0);
    assert!(book.figure("i", "ice").value().is_none());
    let named = [
        ("a", "confidence"),
        ("o", "objective-score"),
        ("o", "objective-confidence"),
    ]
    .into_iter()
    .chain([
        ("", "moscow"),
        ("", "innovation-rate"),
        ("", "pains-relieved"),
    ])
    .chain([("", "forces-balance"), ("i", "ice")]);
    for (of, id) in named {
        assert!(book.remarks(of, id).contains(&"left-out"), "{of} {id}");
    }
}
