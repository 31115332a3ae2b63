//! Numbers, dates and spans of time as the language writes them, by the browser's `Intl`.

use super::language;
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// A whole number with the language's separators.
pub fn number(n: usize) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts shown to people are far below 2^53"
    )]
    let value = JsValue::from_f64(n as f64);
    let format = Intl::NumberFormat::new(&locales(), &Object::new());
    text(format.format().call1(&JsValue::UNDEFINED, &value))
}

/// Below this a number is said to be below it: nobody counts zeros.
const TINY: f64 = 1e-4;

/// A number as precise as a person reads it, with the language's separators: two decimals, one
/// from a hundred on, three significant digits below one.
pub fn decimal(value: f64) -> String {
    if value != 0.0 && value.abs() < TINY {
        let sign = if value > 0.0 { "<" } else { ">" };
        // What stands behind the sign is not parted from it at the end of a line.
        return format!("{sign}\u{a0}{}", decimal(TINY.copysign(value)));
    }
    let (setting, digits) = match value.abs() {
        size if size >= 100.0 => ("maximumFractionDigits", 1.0),
        size if size >= 1.0 => ("maximumFractionDigits", 2.0),
        _ => ("maximumSignificantDigits", 3.0),
    };
    let settings = Object::new();
    // Setting a member of a plain object cannot fail.
    let _ = Reflect::set(&settings, &setting.into(), &JsValue::from_f64(digits));
    let format = Intl::NumberFormat::new(&locales(), &settings);
    let written = text(
        format
            .format()
            .call1(&JsValue::UNDEFINED, &JsValue::from_f64(value)),
    );
    with_minus(written)
}

/// An amount of money: two decimals, none where there is nothing behind the point.
pub fn money(value: f64) -> String {
    let digits = if (value - value.round()).abs() < 0.005 {
        0.0
    } else {
        2.0
    };
    let settings = Object::new();
    for name in ["minimumFractionDigits", "maximumFractionDigits"] {
        // Setting a member of a plain object cannot fail.
        let _ = Reflect::set(&settings, &name.into(), &JsValue::from_f64(digits));
    }
    let format = Intl::NumberFormat::new(&locales(), &settings);
    let written = format.format();
    with_minus(text(
        written.call1(&JsValue::UNDEFINED, &JsValue::from_f64(value)),
    ))
}

/// Some languages' numbers come with a hyphen, which is no minus.
fn with_minus(written: String) -> String {
    match written.strip_prefix('-') {
        Some(digits) => format!("\u{2212}{digits}"),
        None => written,
    }
}

/// A day such as "22 Nov 2026".
pub fn day(date: domain::value::Date) -> String {
    const MILLISECONDS: f64 = 86_400_000.0;
    let at = date.days_since(domain::value::Date::default());
    #[expect(
        clippy::cast_precision_loss,
        reason = "days of the years 1 to 9999 are far below 2^53"
    )]
    let at = at as f64 * MILLISECONDS;
    formatted(at, &[("dateStyle", "medium"), ("timeZone", "UTC")])
}

/// A day and time such as "22 Nov 2026, 14:05". `at` is milliseconds since 1970.
pub fn date_time(at: f64) -> String {
    formatted(at, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

/// How long ago `at` was at the moment `now`, such as "3 minutes ago" or "yesterday"; both in milliseconds.
pub fn relative_time(at: f64, now: f64) -> String {
    const UNITS: [(&str, f64); 6] = [
        ("year", 31_557_600.0),
        ("month", 2_629_800.0),
        ("week", 604_800.0),
        ("day", 86_400.0),
        ("hour", 3_600.0),
        ("minute", 60.0),
    ];
    let seconds = ((at - now) / 1000.0).min(0.0);
    let (unit, length) = UNITS
        .into_iter()
        .find(|(_, length)| seconds.abs() >= *length)
        .unwrap_or(("second", 1.0));
    let format = Intl::RelativeTimeFormat::new(&locales(), &options(&[("numeric", "auto")]));
    // Under a minute is "now": nobody counts seconds.
    let count = if unit == "second" {
        0.0
    } else {
        (seconds / length).round()
    };
    format.format(count, unit).into()
}

fn formatted(at: f64, settings: &[(&str, &str)]) -> String {
    let format = Intl::DateTimeFormat::new(&locales(), &options(settings));
    text(
        format
            .format()
            .call1(&JsValue::UNDEFINED, &Date::new(&JsValue::from_f64(at))),
    )
}

fn locales() -> Array {
    // British English writes days before months and 24 hours, which every reader of English parses.
    let code = match language() {
        super::Language::English | super::Language::Pseudo => "en-GB",
        other => other.code(),
    };
    Array::of1(&JsValue::from_str(code))
}

fn options(settings: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in settings {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(
            &options,
            &JsValue::from_str(name),
            &JsValue::from_str(value),
        );
    }
    options
}

fn text(formatted: Result<JsValue, JsValue>) -> String {
    formatted
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}
