//! Numbers and days as a person reads them. What programs read keeps them in full.

use domain::value::Date;

/// Below this nobody counts zeros.
const TINY: f64 = 1e-4;
/// From here on nobody counts digits.
const HUGE: f64 = 1e15;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A number with four decimals at most, two from one on and one from a hundred on, without zeros at
/// its end.
pub(crate) fn number(value: f64) -> String {
    let decimals = match value.abs() {
        0.0 => 0,
        size if size < TINY && value > 0.0 => return format!("< {TINY}"),
        size if size < TINY => return format!("> -{TINY}"),
        size if size < 1.0 => 4,
        size if size < 100.0 => 2,
        size if size < HUGE => 1,
        _ => return format!("{value:e}"),
    };
    let written = format!("{value:.decimals$}");
    match written.contains('.') {
        true => written
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        false => written,
    }
}

/// A day such as `22 Nov 2026`.
pub(crate) fn day(date: Date) -> String {
    let (year, month, day) = date.parts();
    let month = MONTHS.get(month as usize - 1).copied().unwrap_or_default();
    format!("{day} {month} {year}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_a_person_reads() {
        for (value, written) in [
            (0.0, "0"),
            (0.323_529_411, "0.3235"),
            (0.53, "0.53"),
            (5.92e-7, "< 0.0001"),
            (-5.92e-7, "> -0.0001"),
            (0.999_99, "1"),
            (69.0, "69"),
            (52.416, "52.42"),
            (-1234.567, "-1234.6"),
            (100.0, "100"),
            (1e308, "1e308"),
        ] {
            assert_eq!(number(value), written);
        }
    }

    #[test]
    fn a_day_has_the_name_of_its_month() {
        let date = Date::new(2026, 1, 7);
        assert_eq!(date.map(day).as_deref(), Some("7 Jan 2026"));
    }
}
