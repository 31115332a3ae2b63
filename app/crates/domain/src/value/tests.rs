//! Values survive being stored, notations are read as written, and no text is fatal.

use super::*;
use crate::catalogue::Field;
use crate::{Entity, FieldValue, KindId};

fn field(parts: &str) -> Field {
    let text = format!(r#"{{"id": "f", "title": {{"en": "F"}}, {parts}}}"#);
    serde_json::from_str(&text).unwrap()
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

/// One field of each type.
fn fields() -> Vec<Field> {
    [
        r#""type": "flag""#,
        r#""type": "text""#,
        r#""type": "number", "unit": "%""#,
        r#""type": "number", "min": 1, "max": 9, "whole": true"#,
        r#""type": "quantity", "unit": "hours""#,
        r#""type": "money", "period": "month""#,
        r#""type": "money""#,
        r#""type": "date""#,
        r#""type": "choice", "options": [{"id": "a", "title": {"en": "A"}}]"#,
        r#""type": "scale", "min": 0, "max": 1, "step": 0.1"#,
        r#""type": "person""#,
        r#""type": "reference", "kinds": ["metric"]"#,
        r#""type": "checklist", "options": [{"id": "a", "title": {"en": "A"}}]"#,
        r#""type": "colour""#,
    ]
    .map(field)
    .into()
}

fn check(parts: &str, scalar: FieldValue, expected: Value, canonical: FieldValue) {
    let field = field(parts);
    let value = read(&field, &scalar).unwrap_or_else(|misfit| panic!("{scalar:?}: {misfit}"));
    assert_eq!(value, expected, "{scalar:?}");
    assert_eq!(value.to_field(&field), canonical, "{scalar:?}");
}

fn check_misfit(parts: &str, scalar: FieldValue, expected: &str) {
    let misfit = read(&field(parts), &scalar).unwrap_err();
    assert_eq!(misfit.to_string(), expected);
}

fn quantity(low: f64, likely: f64, high: f64, unit: &str) -> Value {
    Value::Quantity(Quantity {
        range: Range::new(low, likely, high).unwrap(),
        unit: Some(unit.to_owned()),
    })
}

fn money(low: f64, likely: f64, high: f64, currency: &str, period: Period) -> Value {
    Value::Money(Money {
        range: Range::new(low, likely, high).unwrap(),
        currency: Currency::parse(currency),
        period,
    })
}

/// V7: a code that is not in use is kept as it was written and said to be wrong.
#[test]
fn a_currency_is_one_that_is_in_use() {
    for code in ["EUR", "chf", "XCG", "ZWG", "AED"] {
        assert!(Currency::parse(code).is_some(), "{code}");
    }
    for code in ["AAA", "ZZZ", "EUX", "DEM", "HRK", "EU", "", "E R", "EURO"] {
        assert_eq!(Currency::parse(code), None, "{code}");
    }
    let said =
        "expected a currency in use such as EUR (ISO 4217) instead of DEM, found “12 dem/year”";
    check_misfit(r#""type": "money""#, text("12 dem/year"), said);
}

/// V7
#[test]
fn numbers_are_read_with_and_without_their_unit() {
    let percent = r#""type": "number", "unit": "%""#;
    for scalar in [FieldValue::Number(35.0), text("35"), text(" 35 % ")] {
        check(
            percent,
            scalar,
            Value::Number(35.0),
            FieldValue::Number(35.0),
        );
    }
    check_misfit(
        percent,
        text("1,5"),
        "expected a number such as 12.5 %, found “1,5”",
    );
    check_misfit(
        percent,
        FieldValue::Number(f64::NAN),
        "expected a number such as 12.5 %, found NaN",
    );
    let bounded = r#""type": "number", "min": 1, "max": 9, "whole": true"#;
    check_misfit(bounded, text("0"), "expected at least 1, found “0”");
    check_misfit(bounded, text("10"), "expected at most 9, found “10”");
    check_misfit(bounded, text("2.5"), "expected a whole number, found “2.5”");
}

/// V5
#[test]
fn quantities_have_low_likely_and_high_and_a_unit() {
    let hours = r#""type": "quantity", "unit": "hours""#;
    let (exact, spread) = (
        quantity(12.0, 12.0, 12.0, "hours"),
        quantity(8.0, 12.0, 20.0, "hours"),
    );
    check(
        hours,
        text("12 hours"),
        exact.clone(),
        FieldValue::Number(12.0),
    );
    check(
        hours,
        FieldValue::Number(12.0),
        exact,
        FieldValue::Number(12.0),
    );
    check(hours, text("8 .. 12..20"), spread, text("8..12..20"));
    let days = quantity(-1.5, 0.5, 2.0, "working days");
    let written = "-1.5..0.5..2 working days";
    check(hours, text(written), days, text(written));
    for wrong in [
        "8..20",
        "20..12..8",
        "1..2..3..4",
        "hours",
        "",
        "8...12..20",
        "1 2",
        "1,200 hours",
        "1’200 hours",
        "8–12 hours",
        "1,000 orchestras",
        "1'000 orchestras",
        "1.000 orchestras",
        "1’000 orchestras",
        "1\u{a0}000 orchestras",
        "1e3 hours",
        "1/2",
        "0x10",
        "2k orchestras",
        "5M users",
        "5 to 10 days",
        "5 days .. 6 days .. 7 days",
        "1½ hours",
    ] {
        let expected = format!(
            "expected a number or low..likely..high such as 8..12..20 hours, found “{wrong}”"
        );
        check_misfit(hours, text(wrong), &expected);
    }
}

/// V5
#[test]
fn units_may_have_digits_and_signs_of_their_own() {
    let plain = r#""type": "quantity""#;
    for unit in [
        "m²",
        "m2",
        "%",
        "EUR/account",
        "CO2",
        "€/t",
        "calls per 100 players",
        "km",
    ] {
        let written = text(&format!("5 {unit}"));
        check(
            plain,
            written.clone(),
            quantity(5.0, 5.0, 5.0, unit),
            written,
        );
    }
    check(
        plain,
        text("5m2"),
        quantity(5.0, 5.0, 5.0, "m2"),
        text("5 m2"),
    );
}

/// V5
#[test]
fn money_has_a_currency_and_a_period() {
    let monthly = r#""type": "money", "period": "month""#;
    let fee = money(15.0, 15.0, 15.0, "EUR", Period::Month);
    for written in ["15 EUR", "15eur", "15 € / month", "15.0 EUR/month"] {
        check(monthly, text(written), fee.clone(), text("15 EUR"));
    }
    let spread = money(12.0, 15.0, 20.0, "USD", Period::Year);
    check(
        monthly,
        text("12..15..20 USD/year"),
        spread,
        text("12..15..20 USD/year"),
    );
    let plain = money(15.0, 15.0, 15.0, "", Period::Month);
    check(
        monthly,
        FieldValue::Number(15.0),
        plain,
        FieldValue::Number(15.0),
    );
    let once = money(9.0, 9.0, 9.0, "", Period::Once);
    check(monthly, text("9/once"), once.clone(), text("9/once"));
    check(
        r#""type": "money""#,
        text("9"),
        once,
        FieldValue::Number(9.0),
    );
    for wrong in [
        "15 euros",
        "EUR",
        "15 EUR/fortnight",
        "15 EUR/",
        "15 EUR/month/year",
        "1'000 EUR",
        "9.100 EUR",
        "1..9.100..12 EUR",
        "1,000 EUR",
        "1e3 EUR",
    ] {
        let expected = format!(
            "expected an amount such as 15 EUR/month, 12..15..20 EUR/year, found “{wrong}”"
        );
        check_misfit(monthly, text(wrong), &expected);
    }
}

/// V5
#[test]
fn money_flows_alike_in_every_period() {
    let yearly = money(-120.0, 0.0, 240.0, "EUR", Period::Year);
    let yearly = yearly.money().unwrap();
    let monthly = yearly.per(Period::Month).unwrap();
    assert_eq!(monthly.range, Range::new(-10.0, 0.0, 20.0).unwrap());
    assert_eq!(yearly.per(Period::Year), Some(*yearly));
    assert_eq!(yearly.per(Period::Once), None);
}

#[test]
fn what_is_chosen_is_among_what_is_offered() {
    let choice = r#""type": "choice", "options": [{"id": "a", "title": {"en": "A"}}]"#;
    check(choice, text("a"), Value::Choice("a".to_owned()), text("a"));
    check_misfit(choice, text("b"), "expected one of a, found “b”");
    let scale = r#""type": "scale", "steps": [3, 2, 1, 0.5, 0.25]"#;
    check(
        scale,
        text("0.25"),
        Value::Scale(0.25),
        FieldValue::Number(0.25),
    );
    check_misfit(
        scale,
        FieldValue::Number(4.0),
        "expected one of the steps 3, 2, 1, 0.5, 0.25, found 4",
    );
    check_misfit(
        r#""type": "flag""#,
        text("perhaps"),
        "expected yes or no (true or false), found “perhaps”",
    );
    check_misfit(
        r#""type": "date""#,
        text("2026-02-29"),
        "expected a day of the calendar such as 2026-11-22, found “2026-02-29”",
    );
    check(
        r#""type": "reference""#,
        FieldValue::Number(7.0),
        Value::Reference("7".into()),
        text("7"),
    );
    check(
        r#""type": "flag""#,
        text("yes"),
        Value::Flag(true),
        FieldValue::Flag(true),
    );
}

/// V2
#[test]
fn every_value_survives_being_stored() {
    let fields = fields();
    arbtest::arbtest(|bytes| {
        let field = bytes.choose(&fields)?;
        let value = arbitrary_value(bytes)?;
        // A value of another type may or may not fit; one that does is read back the same.
        if let Ok(read_once) = read(field, &value.to_field(field)) {
            let stored = read_once.to_field(field);
            let read_twice = read(field, &stored);
            assert_eq!(read_twice.as_ref(), Ok(&read_once), "{stored:?}");
            assert_eq!(read_once.to_field(field), stored);
        }
        Ok(())
    })
    .budget_ms(1000);
}

fn arbitrary_value(
    bytes: &mut arbtest::arbitrary::Unstructured<'_>,
) -> arbtest::arbitrary::Result<Value> {
    let mut numbers = [0.0_f64; 3];
    for number in &mut numbers {
        *number = f64::from(bytes.arbitrary::<i32>()?) / 64.0;
    }
    numbers.sort_by(f64::total_cmp);
    let [low, likely, high] = numbers;
    let range = Range::new(low, likely, high).unwrap();
    let word = |word: &&str| (*word).to_owned();
    Ok(match bytes.int_in_range(0..=10)? {
        0 => Value::Flag(bytes.arbitrary()?),
        1 => Value::Text(bytes.arbitrary()?),
        2 => Value::Number(likely),
        3 => Value::Quantity(Quantity {
            range,
            unit: Some(word(bytes.choose(&["hours", "%", "working days", "m²"])?)),
        }),
        4 => Value::Money(Money {
            range,
            currency: Currency::parse(bytes.choose(&["EUR", "usd", ""])?),
            period: *bytes.choose(&Period::ALL)?,
        }),
        5 => Value::Date(Date::from_days(bytes.int_in_range(-700_000..=2_900_000)?).unwrap()),
        6 => Value::Choice("a".to_owned()),
        7 => Value::Scale(f64::from(bytes.int_in_range(0..=10_u8)?) / 10.0),
        8 => Value::Person(bytes.arbitrary()?),
        9 => Value::Reference(EntityId::from(bytes.arbitrary::<String>()?)),
        _ => Value::Colour(*bytes.choose(&Hue::ALL)?),
    })
}

/// V2
#[test]
fn values_of_the_fields_own_type_always_fit() {
    let (hours, monthly) = (
        field(r#""type": "quantity", "unit": "hours""#),
        field(r#""type": "money", "period": "month""#),
    );
    arbtest::arbtest(|bytes| {
        let value = arbitrary_value(bytes)?;
        let field = match value {
            Value::Quantity(_) => &hours,
            Value::Money(_) => &monthly,
            _ => return Ok(()),
        };
        assert_eq!(read(field, &value.to_field(field)), Ok(value));
        Ok(())
    })
    .budget_ms(1000);
}

/// V3
#[test]
fn no_scalar_is_fatal_and_every_misfit_has_words() {
    let fields = fields();
    let pieces = [
        "..", "12", "-", ".", "€", "/", "month", "EUR", "2026-", "02", "-30", " ", "{found}",
        "\u{0}", "é", "٣", "1e999",
    ];
    arbtest::arbtest(|bytes| {
        let mut hostile = String::new();
        for _ in 0..bytes.int_in_range(0..=8)? {
            hostile.push_str(bytes.choose(&pieces)?);
        }
        let scalar = match bytes.int_in_range(0..=3)? {
            0 => FieldValue::Number(f64::from_bits(bytes.arbitrary()?)),
            1 => FieldValue::Text(bytes.arbitrary()?),
            _ => FieldValue::Text(hostile),
        };
        for field in &fields {
            if let Err(misfit) = read(field, &scalar) {
                let (_, words) = Misfit::messages()
                    .iter()
                    .find(|(key, _)| *key == misfit.key)
                    .unwrap();
                let places = words.matches('{').count();
                assert_eq!(places, misfit.parts("en").len(), "{misfit}");
            }
        }
        Ok(())
    })
    .budget_ms(1000);
}

/// V1, V3, V4
#[test]
fn an_entity_reads_its_own_value_or_the_default() {
    let kind = crate::kind(&KindId::from("metric")).unwrap();
    let mut metric = Entity::new(kind.id.clone(), "Calls filled");
    metric.fields.insert("target".to_owned(), text("80"));
    metric.fields.insert("lead".to_owned(), text("sideways"));
    metric
        .fields
        .insert("actionable.ratio".to_owned(), FieldValue::Flag(true));
    metric
        .fields
        .insert("actionable".to_owned(), FieldValue::Flag(true));

    assert_eq!(metric.value(kind, "target"), Some(Value::Number(80.0)));
    assert_eq!(
        metric.value(kind, "direction"),
        Some(Value::Choice("up".to_owned()))
    );
    assert!(metric.value(kind, "actionable.ratio").unwrap().is_set());
    assert_eq!(metric.value(kind, "lead"), None, "it does not fit");
    assert_eq!(metric.value(kind, "nothing"), None);
    let misfits: Vec<&str> = metric.misfits(kind).map(|(key, _)| key).collect();
    assert_eq!(misfits, ["actionable", "lead"]);
}
