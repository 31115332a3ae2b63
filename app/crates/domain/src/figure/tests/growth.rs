//! Funnel, cohorts, viral growth and markets.

use super::fixture::{Fixture, fixture};

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

/// Stages of `(stage, unit, value)`, one metric and one reading each.
fn stages(stages: &[(&str, &str, f64)]) -> Fixture {
    let mut entities = Vec::new();
    for (stage, unit, value) in stages {
        entities.push(format!(
            r#"metric {stage}: "stage": "{stage}", "unit": "{unit}""#
        ));
        entities.push(format!(
            r#"reading r-{stage}: "metric": "{stage}", "date": "2026-11-01", "value": {value}"#
        ));
    }
    let entities: Vec<&str> = entities.iter().map(String::as_str).collect();
    fixture(&entities, &[])
}

fn rows(book: &Fixture) -> Vec<(&str, f64)> {
    let rows = &book.figure("", "funnel").rows;
    rows.iter()
        .map(|row| (&*row.name, row.value.unwrap()))
        .collect()
}

#[test]
fn a_stage_in_money_is_refused_by_name_and_the_others_stand() {
    let book = stages(&[
        ("acquisition", "visits", 200.0),
        ("activation", "sign-ups", 50.0),
        ("revenue", "EUR", 30.0),
    ]);
    let expected = [("activation: step", 0.25), ("activation: cumulative", 0.25)];
    assert_eq!(rows(&book), expected);
    assert_eq!(book.remarks("", "funnel"), ["no-count", "steps-differ"]);
    let said = book.figure("", "funnel").remarks[0].to_string();
    assert!(said.starts_with("revenue is in EUR and was left out"));
}

#[test]
fn a_step_that_cannot_be_spoils_no_other() {
    let book = stages(&[
        ("acquisition", "", 100.0),
        ("activation", "", 40.5),
        ("retention", "", 50.0),
        ("referral", "", 70.0),
        ("revenue", "", 20.0),
    ]);
    book.row("", "funnel", "retention: step", 0.5, 0.0);
    book.row("", "funnel", "revenue: step", 0.4, 0.0);
    let figure = book.figure("", "funnel");
    let said: Vec<String> = figure.remarks.iter().map(ToString::to_string).collect();
    let expected = [
        "activation left out: no whole number.",
        "The step to retention is from acquisition: activation between them has no count that can be used.",
        "referral left out: 70 is more than the 50 before it.",
    ];
    assert_eq!(said, expected);
}

/// Who pays need not have recommended anything.
#[test]
fn revenue_and_referral_are_both_steps_from_retention() {
    for referral in [100.0, 300.0] {
        let book = stages(&[
            ("acquisition", "", 10_000.0),
            ("activation", "", 3_000.0),
            ("retention", "", 500.0),
            ("referral", "", referral),
            ("revenue", "", 200.0),
        ]);
        book.row("", "funnel", "referral: step", referral / 500.0, 1e-12);
        book.row("", "funnel", "revenue: step", 0.4, 1e-12);
        book.row("", "funnel", "revenue: cumulative", 0.02, 1e-12);
        assert_eq!(book.remarks("", "funnel"), [""; 0]);
    }
    let alone = stages(&[("referral", "", 100.0), ("revenue", "", 50.0)]);
    assert_eq!(rows(&alone), []);
    assert_eq!(alone.remarks("", "funnel"), ["left-out", "left-out"]);
}

#[test]
fn two_readings_of_one_day_are_named() {
    let read = |value: u32| {
        format!(r#"reading r{value}: "metric": "m", "date": "2026-11-01", "value": {value}"#)
    };
    let book = fixture(&["metric m", &read(1), &read(2)], &[]);
    book.number("m", "latest", 2.0, 0.0);
    assert_eq!(book.remarks("m", "latest"), ["same-day"]);
    let one = fixture(&["metric m", &read(1)], &[]);
    assert_eq!(one.remarks("m", "latest"), [""; 0]);
}

#[test]
fn a_market_without_a_factor_of_its_own_is_said_to_be_no_narrower() {
    let factor = |id: &str, level: &str, value: &str| {
        format!(r#"market-factor {id}: "market": "m", "level": "{level}", "value": "{value}""#)
    };
    let whole = factor("a", "tam", "1000 accounts");
    let book = fixture(&["market m", &whole], &[]);
    for part in ["sam", "som"] {
        book.number("m", part, 1000.0, 0.0);
        assert_eq!(book.remarks("m", part), ["not-narrowed"]);
    }
    let narrowed = fixture(&["market m", &whole, &factor("b", "sam", "50 %")], &[]);
    assert_eq!(narrowed.remarks("m", "sam"), [""; 0]);
    assert_eq!(narrowed.remarks("m", "som"), ["not-narrowed"]);
}

/// A reading of a cohort says nothing about everyone, however new it is.
#[test]
fn the_funnel_has_rows_for_each_cohort() {
    let reading = |id: &str, stage: &str, more: &str| {
        format!(r#"reading {id}: "metric": "{stage}", "date": "2026-11-0{more}"#)
    };
    let entities = [
        r#"metric acquisition: "stage": "acquisition""#.to_owned(),
        r#"metric activation: "stage": "activation""#.to_owned(),
        reading("a", "acquisition", r#"1", "value": 1000"#),
        reading("b", "activation", r#"1", "value": 300"#),
        reading("c", "acquisition", r#"5", "value": 50, "cohort": "June""#),
        reading("d", "activation", r#"5", "value": 20, "cohort": "June""#),
        reading("e", "acquisition", r#"6", "value": 40, "cohort": "July""#),
        reading("f", "activation", r#"6", "value": 10, "cohort": "July""#),
    ];
    let book = fixture(&entities.each_ref().map(String::as_str), &[]);
    book.row("", "funnel", "activation: step", 0.3, 1e-12);
    book.row("", "funnel", "June: activation: step", 0.4, 1e-12);
    book.row("", "funnel", "July: activation: step", 0.25, 1e-12);
    assert_eq!(book.remarks("", "funnel"), [] as [&str; 0]);
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

/// The third week is no third month.
#[test]
fn cohorts_of_unlike_periods_are_not_pooled() {
    let book = fixture(
        &[
            r#"cohort a: "size": 100, "active": "90, 80", "period": "week""#,
            r#"cohort b: "size": 100, "active": "50, 40", "period": "month""#,
            r#"cohort c: "size": 100, "active": "30, 20", "period": "week""#,
            r#"cohort d: "size": 100, "active": "60, 50""#,
        ],
        &[],
    );
    book.row("", "retention-curve", "2", 150.0 / 300.0, 1e-12);
    let inputs = &book.figure("", "retention-curve").inputs;
    assert_eq!(inputs.len(), 6, "the size of each and who was active");
    let said = &book.figure("", "retention-curve").remarks;
    let in_german = said[0].text(book.figure("", "retention-curve").kind, "de", &|id| {
        id.to_string()
    });
    assert!(in_german.starts_with("b ist ausgelassen, denn der Zeitraum ist ein anderer (Monat)"));
    // Where none is more frequent than another, the first by name.
    let tie = fixture(
        &[
            r#"cohort a: "size": 100, "active": "90, 80, 70, 69, 68", "period": "week""#,
            r#"cohort b: "size": 100, "active": "50, 40", "period": "month""#,
        ],
        &[],
    );
    tie.row("", "retention-curve", "1", 0.5, 1e-12);
    assert_eq!(tie.remarks("", "retention-curve"), ["other-period"]);
}

#[test]
fn an_empty_place_in_a_cohort_is_refused_and_not_closed() {
    let active = |active: &str| {
        let cohort = format!(r#"cohort a: "size": 10, "active": "{active}""#);
        fixture(&[&cohort], &[])
    };
    for gap in ["5,,3", ",5", "5, ,3", "5,3,,", "5, few"] {
        let reason = "The active is entered in a form that cannot be read";
        active(gap).missing("a", "retention", reason);
    }
    active("5, 3,").number("a", "retention", 0.3, 1e-12);
}

#[test]
fn invitations_times_conversion_is_the_viral_coefficient() {
    let book = fixture(&[r#"viral v: "invites": 5, "conversion": 25"#], &[]);
    book.number("v", "viral-coefficient", 1.25, 1e-12);
    assert_eq!(book.remarks("v", "viral-coefficient"), ["feeds-itself"]);
}

/// January's visitors and November's sign-ups are no funnel, nor are a week's and a month's.
#[test]
fn counts_of_different_periods_make_no_shares() {
    let book = |one: (&str, &str), other: (&str, &str)| {
        let metric = |id: &str, stage: &str, unit: &str| {
            format!(r#"metric {id}: "stage": "{stage}", "unit": "{unit}""#)
        };
        let reading = |of: &str, date: &str, value: u32| {
            format!(r#"reading r{of}: "metric": "{of}", "date": "{date}", "value": {value}"#)
        };
        let entities = [
            metric("a", "acquisition", one.0),
            reading("a", one.1, 1000),
            metric("b", "activation", other.0),
            reading("b", other.1, 100),
            metric("c", "retention", other.0),
            reading("c", other.1, 10),
        ];
        fixture(&entities.each_ref().map(String::as_str), &[])
    };
    let told = |one, other| {
        let book = book(one, other);
        let told = book.remarks("", "funnel").into_iter();
        told.map(str::to_owned).collect::<Vec<String>>()
    };
    let (october, november) = ("2026-10-21", "2026-11-21");

    let same = book(("people", october), ("people", november));
    same.row("", "funnel", "activation: step", 0.1, 1e-12);
    assert_eq!(same.remarks("", "funnel"), [""; 0]);
    let apart = book(("people", "2026-10-20"), ("people", november));
    assert_eq!(apart.remarks("", "funnel"), ["other-time", "starts-later"]);
    apart.row("", "funnel", "retention: step", 0.1, 1e-12);
    let monthly = ("visits a month", november);
    assert_eq!(
        told(("visits a week", november), monthly),
        ["other-counts", "starts-later"]
    );
    assert_eq!(told(monthly, monthly), [""; 0]);
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

/// In what a market of two factors is counted, or why it is not.
fn unit_of_market(one: &str, other: &str) -> String {
    let factor = |id: &str, value: &str| {
        format!(r#"market-factor {id}: "market": "m", "level": "tam", "value": "{value}""#)
    };
    let book = fixture(&["market m", &factor("a", one), &factor("b", other)], &[]);
    let tam = book.figure("m", "tam");
    tam.reason("en").unwrap_or_else(|| tam.unit.to_string())
}

/// A price behind a count is one for each of them; what is priced by something else is refused.
#[test]
fn a_price_in_a_market_is_a_price_each() {
    let unit = unit_of_market;
    assert_eq!(unit("1200 orchestras", "240 EUR"), "EUR");
    assert_eq!(unit("1200 orchestras", "240 EUR/year"), "EUR/year");
    assert_eq!(
        unit("1200 orchestras", "20 EUR/orchestra·month"),
        "EUR/month"
    );
    assert_eq!(
        unit("1200 orchestras", "240 EUR per orchestra per year"),
        "EUR/year"
    );
    assert_eq!(unit("1200 companies", "240 EUR/company"), "EUR");
    assert_eq!(unit("1200 people", "240 USD per person"), "USD");
    assert_eq!(unit("1200 orchestras", "3 concerts/orchestra"), "concerts");
    for (count, price) in [
        ("1200 orchestras", "240 EUR/trip"),
        ("1200 EUR", "240 USD"),
        ("1200 orchestras·concerts", "240 EUR"),
    ] {
        assert!(
            unit(count, price).ends_with("are unlike units"),
            "{count} {price}"
        );
    }
}

#[test]
fn the_latest_reading_is_one_of_everyone_if_there_is_one() {
    let book = fixture(
        &[
            "metric m",
            r#"reading a: "metric": "m", "date": "2026-10-01", "value": 40"#,
            r#"reading b: "metric": "m", "date": "2026-11-01", "value": 90, "cohort": "June""#,
            "metric n",
            r#"reading c: "metric": "n", "date": "2026-11-01", "value": 90, "cohort": "June""#,
        ],
        &[],
    );
    book.number("m", "latest", 40.0, 0.0);
    book.number("n", "latest", 90.0, 0.0);
    let inputs = &book.figure("n", "latest").inputs;
    assert!(inputs.iter().any(|input| input.name == "cohort"));
}

#[test]
fn the_latest_share_has_the_interval_of_its_sample() {
    let book = fixture(
        &[
            r#"metric m: "unit": "%""#,
            r#"reading a: "metric": "m", "date": "2026-11-01", "value": 40, "successes": 16, "n": 40"#,
            r#"metric o: "unit": "%""#,
            r#"reading b: "metric": "o", "date": "2026-11-01", "value": 90, "successes": 16, "n": 40"#,
        ],
        &[],
    );
    book.interval("m", "latest", (26.35, 55.40), 0.01);
    assert_eq!(book.figure("o", "latest").interval, None);
    for (of, figure) in [("o", "latest"), ("b", "reading-share")] {
        assert_eq!(book.remarks(of, figure), ["contradicted"]);
    }
    assert_eq!(book.remarks("a", "reading-share"), [""; 0]);
}

#[test]
fn a_share_that_was_only_counted_is_a_reading() {
    let book = fixture(
        &[
            r#"metric m: "unit": "%", "baseline": 20, "target": 60"#,
            r#"reading old: "metric": "m", "date": "2026-10-01", "value": 30"#,
            r#"reading a: "metric": "m", "date": "2026-11-01", "successes": 16, "n": 40"#,
            r#"reading none: "metric": "m", "date": "2026-11-10", "successes": 0, "n": 0"#,
            r#"reading odd: "metric": "m", "date": "2026-11-11", "successes": 9, "n": 4"#,
            r#"key-result k: "start": 20, "target": 60, "current": 25"#,
            r#"roadmap-item i: "shipped-on": "2026-10-20", "baseline": 20, "target": 60"#,
            r#"metric people: "unit": "people""#,
            r#"reading b: "metric": "people", "date": "2026-11-01", "successes": 16, "n": 40"#,
        ],
        &["k on m", "i aims-at m", "i reports a"],
    );
    book.number("m", "latest", 40.0, 1e-12);
    book.interval("m", "latest", (26.35, 55.40), 0.01);
    book.number("m", "way-to-target", 0.5, 1e-12);
    book.number("k", "progress", 0.5, 1e-12);
    book.number("i", "outcome-reached", 0.5, 1e-12);
    let inputs = &book.figure("m", "latest").inputs;
    assert!(inputs.iter().any(|input| input.name == "successes"));
    // Of what is no share nobody can tell what its counts make.
    book.missing("people", "latest", "Not enough data: no reading yet");
}

#[test]
fn a_step_over_a_missing_stage_names_it_and_is_not_the_weakest() {
    let metric = |stage: &str| format!(r#"metric {stage}: "unit": "people", "stage": "{stage}""#);
    let reading = |stage: &str, value: u32| {
        format!(r#"reading r-{stage}: "metric": "{stage}", "date": "2026-11-01", "value": {value}"#)
    };
    let counts = [("activation", 1_000), ("referral", 100), ("revenue", 50)];
    let mut lines: Vec<String> = counts.iter().map(|(stage, _)| metric(stage)).collect();
    lines.extend(counts.iter().map(|(stage, value)| reading(stage, *value)));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let book = fixture(&lines, &[]);
    let figure = book.figure("", "funnel");
    let said: Vec<String> = figure.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "All shares are of activation: acquisition before it has no count that can be used.",
            "The step to referral is from activation: retention between them has no count that can be used.",
            "The step to revenue is from activation: retention between them has no count that can be used.",
        ]
    );
    book.row("", "funnel", "referral: step", 0.1, 1e-12);
    let weakest: Vec<&str> = figure
        .rows
        .iter()
        .filter(|row| row.word == "weakest")
        .map(|row| &*row.name)
        .collect();
    assert_eq!(weakest, [""; 0]);
}

#[test]
fn a_change_of_a_percentage_is_in_points() {
    let change = |unit: &str| {
        let metric = format!(r#"metric m: "unit": "{unit}", "baseline": 10"#);
        let reading = r#"reading r: "metric": "m", "date": "2026-11-01", "value": 15"#;
        let book = fixture(&[&metric, reading], &[]);
        let figure = book.figure("m", "change-since-baseline");
        (figure.value(), figure.unit.to_string())
    };
    assert_eq!(change("%"), (Some(5.0), "points".to_owned()));
    assert_eq!(
        change("share"),
        (Some(5.0), "difference of shares".to_owned())
    );
    assert_eq!(change("visits"), (Some(5.0), "visits".to_owned()));
}

#[test]
fn a_market_multiplies_no_unlike_counts_and_counts_nothing_below_zero() {
    let said = unit_of_market;
    assert_eq!(
        said("1000 trips", "500 accounts"),
        "accounts and trips are unlike units"
    );
    assert_eq!(said("1000 households", "2 cars/household"), "cars");
    assert_eq!(said("1000 accounts", "30 %"), "accounts");
    assert!(
        said("-10 people", "30 %").contains("cannot be -10"),
        "{}",
        said("-10 people", "30 %")
    );
}

/// A reading in percent with n is the share of a sample, although nobody counted its successes.
#[test]
fn a_share_of_so_many_has_its_interval_without_the_successes() {
    let book = |reading: &str| {
        let reading = format!(r#"reading r: "metric": "m", "date": "2026-11-01", {reading}"#);
        fixture(&[r#"metric m: "unit": "%""#, &reading], &[])
            .figure("m", "latest")
            .clone()
    };
    let (low, high) = book(r#""value": 45, "n": 100"#).interval.unwrap();
    assert!(
        (low - 35.61).abs() < 0.01 && (high - 54.76).abs() < 0.01,
        "{low} {high}"
    );
    let contradicted = book(r#""value": 45, "n": 100, "successes": 55"#);
    assert_eq!(contradicted.interval, None);
    assert_eq!(book(r#""value": 45"#).interval, None);
}

/// What narrows a market down is no part of the whole.
#[test]
fn a_market_names_the_factors_that_made_it() {
    let factor = |level: &str, value: &str| {
        format!(r#"market-factor {level}: "market": "m", "level": "{level}", "value": {value}"#)
    };
    let book = fixture(
        &[
            "market m:",
            &factor("tam", "1000"),
            &factor("sam", r#""40 %""#),
            &factor("som", r#""10 %""#),
        ],
        &[],
    );
    for (id, expected) in [
        ("tam", vec!["tam"]),
        ("sam", vec!["sam", "tam"]),
        ("som", vec!["sam", "som", "tam"]),
    ] {
        let inputs = &book.figure("m", id).inputs;
        let mut names: Vec<String> = inputs.iter().map(|input| input.name.to_string()).collect();
        names.sort();
        assert_eq!(names, expected, "{id}");
    }
}
