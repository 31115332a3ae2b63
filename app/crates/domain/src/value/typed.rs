//! Values as people write them: numbers with the separators of their language, periods by its words.
//!
//! Files have one notation for everyone ([`read`]); people have that of their language. Invariant:
//! what [`shown`] writes for a scalar in a language, [`read_typed`] reads in it as that scalar, and
//! so it does when somebody puts the language's separators between the thousands. What another
//! language would read as another number is refused, never guessed at.

use super::{Misfit, Period, Value, read};
use crate::FieldValue;
use crate::catalogue::{Field, FieldType};
use crate::localised::{pick, written};
use crate::unit_words::unit as unit_in;

/// The words for periods in English, German and Spanish, in the order of [`Period::ALL`].
const PERIODS: [[&str; 3]; 6] = [
    ["once", "einmalig", "vez"],
    ["day", "Tag", "día"],
    ["week", "Woche", "semana"],
    ["month", "Monat", "mes"],
    ["quarter", "Quartal", "trimestre"],
    ["year", "Jahr", "año"],
];

/// What separates thousands in every language, if anything does: spaces of all widths and apostrophes.
const APART: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// Reads what a person has typed for a field in that language: a scalar as files have it.
///
/// # Errors
///
/// It does not fit the field, or its numbers are not written as the language writes them.
pub fn read_typed(field: &Field, text: &str, language: &str) -> Result<FieldValue, Misfit> {
    let text = text.trim();
    let plain = match field.takes {
        FieldType::Number(_) | FieldType::Quantity { .. } => {
            numbers(text, language, plain).map(|text| own_unit(field, &text, language, "en"))
        }
        FieldType::Money { .. } => {
            numbers(text, language, plain).map(|text| periods(&text, language, "en"))
        }
        _ => Some(text.to_owned()),
    };
    let Some(plain) = plain else {
        return Err(Misfit {
            key: "misfit.separators",
            expected: vec![(
                "example",
                pick(["1,234.5", "1.234,5", "1.234,5"], language).to_owned(),
            )],
            found: FieldValue::Text(text.to_owned()),
        });
    };
    let value = read(field, &FieldValue::Text(plain)).map_err(|mut misfit| {
        misfit.found = FieldValue::Text(text.to_owned());
        for (name, part) in &mut misfit.expected {
            if *name != "code" {
                *part = own_unit(field, &examples(part, language), "en", language);
            }
        }
        misfit
    })?;
    Ok(value.to_field(field))
}

/// How a scalar of a field stands before people of that language; one that does not fit as it is.
#[must_use]
pub fn shown(field: &Field, scalar: &FieldValue, language: &str) -> String {
    match scalar {
        FieldValue::Flag(flag) => flag.to_string(),
        FieldValue::Number(number) => written(*number, language),
        FieldValue::Text(text) => match read(field, scalar) {
            Ok(Value::Quantity(_) | Value::Money(_) | Value::Number(_)) => {
                let spoken = |part: &str, language: &str| Some(part.replace('.', mark(language)));
                let text = numbers(text, language, spoken).unwrap_or_else(|| text.clone());
                match field.takes {
                    FieldType::Money { .. } => periods(&text, "en", language),
                    _ => own_unit(field, &text, "en", language),
                }
            }
            _ => text.clone(),
        },
    }
}

/// The decimal mark of a language.
fn mark(language: &str) -> &'static str {
    pick([".", ",", ","], language)
}

/// The text with each number in front of its unit written anew; `None` if one cannot be.
fn numbers(
    text: &str,
    language: &str,
    rewrite: impl Fn(&str, &str) -> Option<String>,
) -> Option<String> {
    let is_numeric = |c: char| {
        c.is_ascii_digit() || c.is_ascii_whitespace() || APART.contains(&c) || "+-−.,".contains(c)
    };
    let end = text.find(|c: char| !is_numeric(c)).unwrap_or(text.len());
    let (region, rest) = text.split_at_checked(end)?;
    let mut whole = String::with_capacity(text.len());
    if region.contains(|c: char| c.is_ascii_digit()) {
        for (index, part) in region.split("..").enumerate() {
            whole.push_str(if index > 0 { ".." } else { "" });
            whole.push_str(&rewrite(part.trim(), language)?);
        }
        if region.ends_with(char::is_whitespace) {
            whole.push(' ');
        }
    } else {
        whole.push_str(region);
    }
    whole.push_str(rest);
    Some(whole)
}

/// A number of the language as files have it: digits, in groups of three or in one, and a fraction
/// behind the language's mark.
fn plain(part: &str, language: &str) -> Option<String> {
    let (sign, digits) = match part.strip_prefix(['-', '−']) {
        Some(digits) => ("-", digits),
        None => ("", part.strip_prefix('+').unwrap_or(part)),
    };
    let (whole, fraction) = match digits.split_once(mark(language)) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let between = pick([',', '.', '.'], language);
    let separator = whole.chars().find(|c| !c.is_ascii_digit());
    let whole = match separator {
        None => whole.to_owned(),
        Some(separator) if separator == between || APART.contains(&separator) => {
            let mut groups = whole.split(separator);
            let first = groups
                .next()
                .filter(|first| first.len() <= 3 && !first.starts_with('0'))?;
            let mut all = first.to_owned();
            for group in groups {
                all.push_str(Some(group).filter(|group| group.len() == 3)?);
            }
            Some(all).filter(|_| is_digits(first))?
        }
        Some(_) => return None,
    };
    let is_read = is_digits(&whole) && fraction.is_none_or(is_digits);
    // Files have no zeros in front.
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = fraction.map_or_else(String::new, |fraction| format!(".{fraction}"));
    is_read.then(|| format!("{sign}{whole}{fraction}"))
}

/// The text with the period behind its last stroke by the word of another language; a word of files
/// is understood in every language.
fn periods(text: &str, from: &str, to: &str) -> String {
    let Some((before, word)) = text.rsplit_once('/') else {
        return text.to_owned();
    };
    let is_word = |words: &[&str; 3]| {
        let said = pick(*words, from).to_lowercase();
        [said.as_str(), pick(*words, "en")].contains(&word.trim().to_lowercase().as_str())
    };
    let known = PERIODS
        .iter()
        .zip(Period::ALL)
        .find(|(words, _)| is_word(words));
    match known {
        Some((words, _)) => format!("{before}/{}", pick(*words, to)),
        None => text.to_owned(),
    }
}

/// The text with the field's own unit behind its numbers by the word of another language; the word of
/// files is understood in every language.
fn own_unit(field: &Field, text: &str, from: &str, to: &str) -> String {
    let unit = match &field.takes {
        FieldType::Number(bounds) => bounds.unit.as_deref(),
        FieldType::Quantity { unit } => unit.as_deref(),
        _ => None,
    };
    let behind = unit.and_then(|unit| {
        let said = unit_in(unit, from);
        let before = text.strip_suffix(&said)?;
        // A word that ends alike is another one.
        let is_apart = !before.ends_with(char::is_alphabetic) && !before.is_empty();
        is_apart.then(|| format!("{before}{}", unit_in(unit, to)))
    });
    behind.unwrap_or_else(|| text.to_owned())
}

/// Examples in the notation of files as the language writes them.
fn examples(text: &str, language: &str) -> String {
    let one = |example: &str| {
        let spoken = |part: &str, language: &str| Some(part.replace('.', mark(language)));
        let example = numbers(example, language, spoken).unwrap_or_else(|| example.to_owned());
        periods(&example, "en", language)
    };
    let several: Vec<String> = text.split(", ").map(one).collect();
    several.join(pick([", ", "; ", "; "], language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind;

    const LANGUAGES: [&str; 3] = ["en", "de", "es"];

    fn field(kind_id: &str, id: &str) -> &'static Field {
        let kind = kind(&kind_id.into()).unwrap();
        kind.field(id).unwrap()
    }

    fn check(of: (&str, &str), typed: &str, language: &str, expected: FieldValue) {
        let read = read_typed(field(of.0, of.1), typed, language);
        assert_eq!(read, Ok(expected), "{typed} in {language}");
    }

    fn check_refused(of: (&str, &str), typed: &str, language: &str) {
        let read = read_typed(field(of.0, of.1), typed, language);
        assert!(read.is_err(), "{typed} in {language}: {read:?}");
    }

    fn text(text: &str) -> FieldValue {
        FieldValue::Text(text.to_owned())
    }

    const SIZE: (&str, &str) = ("market-factor", "value");
    const AMOUNT: (&str, &str) = ("cost", "amount");
    const REACH: (&str, &str) = ("solution", "reach");

    /// V8
    #[test]
    fn thousands_are_thousands_in_every_language() {
        check(SIZE, "5,200 orchestras", "en", text("5200 orchestras"));
        check(SIZE, "5.200 Orchester", "de", text("5200 Orchester"));
        check(SIZE, "5.200 orquestas", "es", text("5200 orquestas"));
        check(SIZE, "5 200 Orchester", "de", text("5200 Orchester"));
        check(SIZE, "1'234'567.5", "en", FieldValue::Number(1_234_567.5));
        check(AMOUNT, "38.000 EUR/Jahr", "de", text("38000 EUR/year"));
        check(AMOUNT, "2,300 EUR/year", "en", text("2300 EUR/year"));
        check(
            AMOUNT,
            "1.200..1.500,5..2.000 EUR/Jahr",
            "de",
            text("1200..1500.5..2000 EUR/year"),
        );
        check(REACH, "1,500", "en", FieldValue::Number(1500.0));
        check(REACH, "1,5", "de", FieldValue::Number(1.5));
        check(REACH, " 007 ", "es", FieldValue::Number(7.0));
    }

    /// V8
    #[test]
    fn what_another_language_would_read_otherwise_is_refused() {
        for typed in [
            "1,5",
            "1,50",
            "12,34,567",
            "1.234.567",
            "1,234 567",
            "0,500",
            "1 2",
        ] {
            check_refused(REACH, typed, "en");
            check_refused(AMOUNT, &format!("{typed} EUR"), "en");
        }
        for typed in ["1.5", "0.5", "1.2345", "1,234.5", "1.234.56", "½"] {
            check_refused(REACH, typed, "de");
            check_refused(SIZE, &format!("{typed} Orchester"), "de");
        }
        let refused = read_typed(field(REACH.0, REACH.1), "1.5", "de").unwrap_err();
        let said = "expected numbers written like 1.234,5, found “1.5”";
        assert_eq!(refused.to_string(), said);
        let found = refused.parts("de").pop().unwrap();
        assert_eq!(found, ("found", "„1.5“".to_owned()));
    }

    /// V8
    #[test]
    fn what_is_shown_is_read_as_the_same() {
        let fields = [
            field("goal", "target"),
            field(SIZE.0, SIZE.1),
            field(AMOUNT.0, AMOUNT.1),
        ];
        arbtest::arbtest(|bytes| {
            let language = *bytes.choose(&LANGUAGES)?;
            let divisor = *bytes.choose(&[1.0, 10.0, 64.0, 1e6])?;
            let mut three = [0.0_f64; 3];
            for number in &mut three {
                *number = f64::from(bytes.arbitrary::<i32>()?) / divisor;
            }
            three.sort_by(f64::total_cmp);
            let [low, likely, high] = three;
            let unit = *bytes.choose(&["", " EUR", " EUR/year", " USD/once", "/week"])?;
            for (scalar, field) in [
                (FieldValue::Number(likely), fields[0]),
                (text(&format!("{low}..{likely}..{high} m²")), fields[1]),
                (text(&format!("{low}..{likely}..{high}{unit}")), fields[2]),
            ] {
                let stored = read(field, &scalar).unwrap().to_field(field);
                let spoken = shown(field, &stored, language);
                assert_eq!(read_typed(field, &spoken, language), Ok(stored), "{spoken}");
            }
            Ok(())
        })
        .budget_ms(1000);
    }

    /// V8
    #[test]
    fn numbers_with_separators_are_read_as_the_same() {
        let target = field("goal", "target");
        arbtest::arbtest(|bytes| {
            let language = *bytes.choose(&LANGUAGES)?;
            let (number, cents) = (bytes.arbitrary::<i32>()?, bytes.int_in_range(1..=9_u8)?);
            let between = pick([",", ".", "."], language);
            let digits = number.unsigned_abs().to_string();
            let mut grouped = String::new();
            for (index, digit) in digits.chars().enumerate() {
                if index > 0 && (digits.len() - index).is_multiple_of(3) {
                    grouped.push_str(between);
                }
                grouped.push(digit);
            }
            let sign = if number < 0 { "-" } else { "" };
            let typed = format!("{sign}{grouped}{}{cents}", mark(language));
            let expected: f64 = format!("{number}.{cents}").parse().unwrap();
            let expected = if number == 0 {
                f64::from(cents) / 10.0
            } else {
                expected
            };
            let read = read_typed(target, &typed, language);
            assert_eq!(read, Ok(FieldValue::Number(expected)), "{typed}");
            Ok(())
        })
        .budget_ms(1000);
    }

    /// V8
    #[test]
    fn periods_have_the_words_of_the_language() {
        let amount = field(AMOUNT.0, AMOUNT.1);
        let stored = text("12..15..20.5 EUR/year");
        assert_eq!(shown(amount, &stored, "de"), "12..15..20,5 EUR/Jahr");
        check(AMOUNT, "12..15..20,5 EUR/jahr", "de", stored);
        check(AMOUNT, "15 EUR/week", "es", text("15 EUR/week"));
        let refused = read_typed(amount, "viel", "de").unwrap_err();
        assert!(refused.to_string().contains("15 EUR/Monat"), "{refused}");
    }

    /// V8
    #[test]
    fn the_unit_of_a_field_has_the_word_of_the_language() {
        const WEEKS: (&str, &str) = ("solution", "duration");
        check(WEEKS, "2,5 Wochen", "de", FieldValue::Number(2.5));
        check(WEEKS, "3 weeks", "es", FieldValue::Number(3.0));
        let weeks = field(WEEKS.0, WEEKS.1);
        assert_eq!(shown(weeks, &text("2.5 weeks"), "de"), "2,5 Wochen");
        assert_eq!(shown(weeks, &text("2.5 weeks"), "es"), "2,5 semanas");
        let refused = read_typed(weeks, "viel", "de").unwrap_err();
        assert!(refused.to_string().contains("12,5 Wochen"), "{refused}");
        check_refused(WEEKS, "3 Halbwochen", "de");
    }

    /// V3
    #[test]
    fn nothing_typed_is_fatal() {
        let pieces = [
            "..", "1", ",", ".", " ", "−", "EUR", "/", "Monat", "€", "’", "000", "é",
        ];
        let fields = [
            field("goal", "target"),
            field(SIZE.0, SIZE.1),
            field(AMOUNT.0, AMOUNT.1),
        ];
        arbtest::arbtest(|bytes| {
            let mut typed = String::new();
            for _ in 0..bytes.int_in_range(0..=8)? {
                typed.push_str(bytes.choose(&pieces)?);
            }
            for field in fields {
                let language = *bytes.choose(&LANGUAGES)?;
                if let Ok(stored) = read_typed(field, &typed, language) {
                    let spoken = shown(field, &stored, language);
                    assert_eq!(read_typed(field, &spoken, language), Ok(stored), "{typed}");
                }
            }
            Ok(())
        })
        .budget_ms(1000);
    }
}
