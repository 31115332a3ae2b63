//! Unit economics, runway, break-even, totals of a canvas.

use super::fixture::fixture;
use crate::figure::Outcome;

#[test]
fn the_period_of_the_product_is_that_of_its_net_burn() {
    let burn = |period: &str, cash_in: &str| {
        let product = format!(r#"product p: "currency": "EUR", "period": "{period}""#);
        let sheet = format!(
            r#"economics e: "cash": "1200 EUR", "cash-out": "2400 EUR/year", "cash-in": "{cash_in}""#
        );
        let book = fixture(&[&product, &sheet], &[]);
        let burn = book.figure("e", "net-burn");
        let lasts = book.figure("e", "runway").value().unwrap();
        (
            burn.value().unwrap().round(),
            burn.unit.to_string(),
            lasts.round(),
        )
    };
    let year = "EUR/year".to_owned();
    assert_eq!(burn("year", "100 EUR/month"), (1200.0, year, 12.0));
    let month = (100.0, "EUR/month".to_owned(), 12.0);
    assert_eq!(burn("month", "100 EUR"), month);
}

#[test]
fn the_unit_economics_of_icontact_come_out_as_published() {
    let book = fixture(
        &[
            r#"product p: "currency": "USD""#,
            r#"economics e: "arpa": "50 /month", "churn": 3.3, "churn-period": "month", "sales-marketing": 2000000, "new-customers": 4000"#,
        ],
        &[],
    );
    book.number("e", "lifetime", 30.3, 0.05);
    book.number("e", "ltv", 1500.0, 20.0);
    assert_eq!(book.figure("e", "ltv").unit, "USD");
    assert!(book.remarks("e", "ltv").contains(&"no-margin"));
    book.number("e", "cac", 500.0, 0.0);
    book.number("e", "ltv-cac", 3.0, 0.05);
    book.number("e", "payback", 10.0, 0.0);
}

#[test]
fn zero_churn_is_refused_and_unlike_periods_are_converted_with_a_warning() {
    let sheet = |churn: &str, period: &str| {
        let entity = format!(
            r#"economics e: "arpa": "50 EUR/month", "margin": 80, "churn": {churn}, "churn-period": "{period}""#
        );
        fixture(&[&entity], &[])
    };
    assert!(sheet("0", "month").figure("e", "ltv").value().is_none());
    let yearly = sheet("20", "year");
    yearly.number("e", "ltv", 12.0 * 50.0 * 0.8 / 0.2, 1e-9);
    assert!(yearly.remarks("e", "ltv").contains(&"periods-differ"));
    let once = fixture(&[r#"economics e: "arpa": "50 EUR/once", "churn": 4"#], &[]);
    once.missing("e", "ltv", "EUR and EUR/month are unlike units");
    sheet("4", "month").number("e", "ltv", 50.0 * 0.8 / 0.04, 1e-9);
}

#[test]
fn ranges_go_through_to_the_lifetime_value() {
    let book = fixture(
        &[r#"economics e: "arpa": "40..50..80 EUR/month", "margin": 50, "churn": 5"#],
        &[],
    );
    let crate::figure::Outcome::Range { low, likely, high } = book.figure("e", "ltv").outcome
    else {
        panic!("a range")
    };
    assert_eq!([low, likely, high].map(f64::round), [400.0, 500.0, 800.0]);
}

/// Customers who leave fastest bring least, and those of the lowest revenue too.
#[test]
fn a_range_of_churn_goes_through_to_what_rests_on_it() {
    let sheet = |churn: &str| {
        let entity = format!(
            r#"economics e: "arpa": "40..50..80 EUR/month", "margin": 50, "churn": {churn}, "sales-marketing": "100..125..200 EUR", "new-customers": 1"#
        );
        fixture(&[&entity], &[])
    };
    let book = sheet(r#""2..5..10""#);
    for (id, expected) in [
        ("lifetime", [10.0, 20.0, 50.0]),
        ("ltv", [200.0, 500.0, 2000.0]),
        ("ltv-cac", [1.0, 4.0, 20.0]),
        ("payback", [2.5, 5.0, 10.0]),
    ] {
        let Outcome::Range { low, likely, high } = book.figure("e", id).outcome else {
            panic!("{id} has no range")
        };
        let near = [low, likely, high].map(|end| (end * 1e6).round() / 1e6);
        assert_eq!(near, expected, "{id}");
    }
    for one in ["5", r#""5""#, r#""5 %""#] {
        assert_eq!(
            sheet(one).figure("e", "lifetime").outcome,
            Outcome::Number(20.0),
            "{one}"
        );
    }
    // That at best nobody leaves says nothing against what is likely.
    let never = sheet(r#""0..5..10""#);
    for (id, likely, worst) in [
        ("lifetime", 20.0, 10.0),
        ("ltv", 500.0, 200.0),
        ("ltv-cac", 4.0, 1.0),
    ] {
        never.number("e", id, likely, 1e-9);
        never.row("e", id, "at worst", worst, 1e-9);
        let remarks = never.remarks("e", id);
        assert!(remarks.contains(&"stays-at-best"), "{id}");
        assert!(!remarks.contains(&"no-churn"), "{id}");
    }
    let nobody = sheet(r#""0..0..10""#);
    assert!(nobody.figure("e", "lifetime").value().is_none());
    assert!(nobody.remarks("e", "ltv").contains(&"no-churn"));
    sheet(r#""5 people""#).missing("e", "lifetime", "people and % are unlike units");
}

#[test]
fn currencies_are_never_mixed() {
    let book = fixture(
        &[
            r#"economics e: "arpa": "50 EUR/month", "margin": 50, "churn": 5, "sales-marketing": "1000 USD", "new-customers": 10"#,
        ],
        &[],
    );
    book.number("e", "cac", 100.0, 0.0);
    book.missing("e", "ltv-cac", "EUR and USD are unlike units");
}

#[test]
fn the_runway_is_infinite_when_more_comes_in_than_goes_out() {
    let book = fixture(
        &[
            r#"economics a: "cash": "120000 EUR", "cash-in": "5000 EUR/month", "cash-out": "15000 EUR/month""#,
            r#"economics b: "cash": "100 EUR", "cash-in": "20 EUR/month", "cash-out": "20 EUR/month""#,
        ],
        &[],
    );
    book.number("a", "net-burn", 10_000.0, 1e-9);
    book.number("a", "runway", 12.0, 1e-9);
    book.word("b", "runway", "infinite");
}

#[test]
fn break_even_and_the_reverse_income_statement() {
    let book = fixture(
        &[
            r#"economics e: "fixed-costs": "10000 EUR/month", "price": "25 EUR", "variable-cost": "5 EUR", "required-profit": "100000 EUR/year", "required-margin": 20"#,
        ],
        &[],
    );
    book.number("e", "break-even", 500.0, 1e-9);
    book.number("e", "required-revenue", 500_000.0, 1e-9);
    book.number("e", "required-units", 20_000.0, 1e-9);
    book.number("e", "allowable-costs", 400_000.0, 1e-9);
}

#[test]
fn a_canvas_adds_up_its_costs_in_one_unit_only() {
    let place = |amount: &str| {
        format!(
            r#"{{"format": "groundwork", "entities": [
                {{"kind": "cost", "id": "a", "places": {{"lean-canvas": "cost-structure"}}, "fields": {{"amount": "100..120..150 EUR/month"}}}},
                {{"kind": "cost", "id": "b", "places": {{"lean-canvas": "cost-structure"}}, "fields": {{"amount": "{amount}"}}}},
                {{"kind": "revenue-stream", "places": {{"lean-canvas": "revenue-streams"}}, "fields": {{"amount": "3600 EUR/year"}}}}
            ]}}"#
        )
    };
    let alike = super::fixture::from_json(&place("240 EUR/year"));
    alike.number("#lean-canvas", "costs-total", 140.0, 1e-9);
    alike.number(
        "#lean-canvas",
        "result",
        12.0 * (300.0 - 140.0) / 12.0,
        1e-9,
    );
    let unlike = super::fixture::from_json(&place("5 USD/month"));
    unlike.missing(
        "#lean-canvas",
        "costs-total",
        "EUR/month and USD/month are unlike units",
    );
}

#[test]
fn ranges_go_through_to_runway_break_even_and_required_sales() {
    let book = fixture(
        &[
            r#"economics a: "cash": "100..120..140 EUR", "cash-in": "0 EUR/month", "cash-out": "7..10..20 EUR/month""#,
            r#"economics b: "fixed-costs": "80..100..120 EUR/month", "price": "9..10..12 EUR", "variable-cost": "4..5..6 EUR""#,
            r#"economics c: "required-profit": "10..20..30 EUR/year", "required-margin": 20, "price": "4..5..8 EUR""#,
        ],
        &[],
    );
    let check = |of: &str, id: &str, [low, likely, high]: [f64; 3]| {
        let range = Outcome::Range { low, likely, high };
        assert_eq!(book.figure(of, id).outcome, range, "{id}");
    };
    check("a", "runway", [5.0, 12.0, 20.0]);
    check("b", "break-even", [10.0, 20.0, 40.0]);
    check("c", "required-revenue", [50.0, 100.0, 150.0]);
    check("c", "required-units", [6.25, 20.0, 37.5]);
    check("c", "allowable-costs", [40.0, 80.0, 120.0]);
}

#[test]
fn a_range_without_an_end_is_said_in_words() {
    let book = fixture(
        &[
            r#"economics a: "cash": "120 EUR", "cash-in": "5..10..30 EUR/month", "cash-out": "20 EUR/month""#,
            r#"economics b: "fixed-costs": "100 EUR/month", "price": "5..10..12 EUR", "variable-cost": "4..5..6 EUR""#,
        ],
        &[],
    );
    book.number("a", "runway", 12.0, 1e-9);
    assert_eq!(book.remarks("a", "runway"), ["lasts-at-best"]);
    book.number("b", "break-even", 20.0, 1e-9);
    assert_eq!(book.remarks("b", "break-even"), ["never-at-worst"]);
}

/// What there is, is no flow.
#[test]
fn cash_by_the_month_is_refused() {
    let sheet = r#"economics a: "cash": "1000 EUR/month", "cash-out": "20 EUR/month", "cash-in": "5 EUR/month""#;
    fixture(&[sheet], &[]).missing("a", "runway", "EUR/month and EUR are unlike units");
}

#[test]
fn the_end_of_a_range_that_is_known_is_shown() {
    let book = fixture(
        &[
            r#"economics a: "cash": "120000 EUR", "cash-in": "0..5000..20000 EUR/month", "cash-out": "15000 EUR/month""#,
            r#"economics b: "cash": "120 EUR", "cash-in": "5..30..40 EUR/month", "cash-out": "20 EUR/month""#,
            r#"economics c: "fixed-costs": "2000 EUR/month", "price": "10..20..30 EUR", "variable-cost": "5..10..25 EUR""#,
            r#"economics d: "fixed-costs": "100 EUR/month", "price": "5..10..20 EUR", "variable-cost": "10 EUR""#,
        ],
        &[],
    );
    book.number("a", "runway", 12.0, 1e-9);
    book.row("a", "runway", "at worst", 8.0, 1e-9);
    book.word("b", "runway", "infinite");
    book.row("b", "runway", "at worst", 8.0, 1e-9);
    book.number("c", "break-even", 200.0, 1e-9);
    book.row("c", "break-even", "at best", 80.0, 1e-9);
    assert!(book.figure("d", "break-even").value().is_none());
    book.row("d", "break-even", "at best", 10.0, 1e-9);
}

#[test]
fn a_price_by_the_month_pays_fixed_costs_for_their_period() {
    let book = fixture(
        &[
            r#"economics a: "fixed-costs": "1000 EUR/month", "price": "10 EUR/month", "variable-cost": "72 EUR/year""#,
            r#"economics b: "fixed-costs": "1000 EUR/month", "price": "120 EUR/year", "variable-cost": "6 EUR/month""#,
            r#"economics c: "fixed-costs": "1000 EUR/month", "price": "120 EUR/year", "variable-cost": "72 EUR/year""#,
            r#"economics d: "fixed-costs": "1000 EUR/month", "price": "10 EUR", "variable-cost": "6 EUR/month""#,
            r#"economics e: "fixed-costs": "1000 EUR/month", "price": "10 EUR", "variable-cost": "6 EUR""#,
        ],
        &[],
    );
    for of in ["a", "b", "c"] {
        book.number(of, "break-even", 250.0, 1e-9);
        assert_eq!(
            book.figure(of, "break-even").unit,
            "units paid by the month"
        );
    }
    book.missing("d", "break-even", "EUR and EUR/month are unlike units");
    book.number("e", "break-even", 250.0, 1e-9);
    assert_eq!(book.figure("e", "break-even").unit, "units a month");
    assert_eq!(
        crate::unit_words::unit("units a month", "de"),
        "Stück je Monat"
    );
}

#[test]
fn a_price_by_the_month_sells_for_the_period_of_the_profit_and_is_needed_for_nothing_else() {
    let sheet = |id: &str, price: &str| {
        format!(
            r#"economics {id}: "required-profit": "24000 EUR/year", "required-margin": 20{price}"#
        )
    };
    let sheets = [
        sheet("a", r#", "price": "50 EUR/month""#),
        sheet("b", r#", "price": "600 EUR/year""#),
        sheet("c", r#", "price": "50 USD/month""#),
        sheet("d", r#", "price": "0 EUR""#),
        sheet("e", ""),
    ];
    let book = fixture(&sheets.each_ref().map(String::as_str), &[]);
    for of in ["a", "b"] {
        book.number(of, "required-units", 200.0, 1e-9);
        assert_eq!(
            book.figure(of, "required-units").unit,
            "units paid by the year"
        );
    }
    for of in ["a", "b", "c", "d", "e"] {
        book.number(of, "required-revenue", 120_000.0, 1e-9);
        book.number(of, "allowable-costs", 96_000.0, 1e-9);
    }
    book.missing("c", "required-units", "EUR and USD are unlike units");
    assert!(book.figure("d", "required-units").value().is_none());
}

#[test]
fn a_piece_that_earns_its_cost_says_nothing_of_who_buys_it() {
    let question = |sheet: &str| {
        let book = fixture(&[sheet], &[]);
        let figure = book.figure("", "question-viable").clone();
        figure.word().map(str::to_owned)
    };
    let hopeless = r#"economics a: "fixed-costs": "1000000 EUR/month", "price": "0.02 EUR", "variable-cost": "0.01 EUR""#;
    assert_eq!(question(hopeless), None);
    let dear = r#"economics a: "price": "10 EUR/month", "variable-cost": "10 EUR/week""#;
    assert_eq!(question(dear).as_deref(), Some("no"));
}
