//! The notation that quantities and money share: a number or three, then a word.
//!
//! Invariant: a text is read as it stands or not at all. What could be the rest of a number, as in
//! `1,000`, `1'000`, `1e3`, `1/2` or `2k`, is no unit, and `1.000` no number.

use super::Range;
use crate::number;

/// Reads `12`, `8..12..20` or either of them before a word: the range and the rest, trimmed.
pub(super) fn parse(text: &str) -> Option<(Range, &str)> {
    let is_numeric = |c: char| c.is_ascii_digit() || c.is_ascii_whitespace() || "+-.".contains(c);
    let end = text.find(|c: char| !is_numeric(c)).unwrap_or(text.len());
    let (numbers, rest) = text.split_at_checked(end)?;
    let is_apart = numbers.ends_with(|c: char| c.is_ascii_whitespace());
    let mut parts = numbers.split("..").map(|part| number::plain(part.trim()));
    let first = parts.next()??;
    let range = match parts.next() {
        None => Range::exactly(first),
        Some(likely) => Range::new(first, likely?, parts.next()??)?,
    };
    let rest = rest.trim();
    let is_read = parts.next().is_none() && is_unit(rest, is_apart);
    is_read.then_some((range, rest))
}

/// Whether what stands behind a number is a unit, and not the rest of the number or another one.
fn is_unit(rest: &str, is_apart: bool) -> bool {
    let mut characters = rest.chars();
    let Some(first) = characters.next() else {
        return true;
    };
    let after = characters.as_str().trim_start();
    let begins = match first {
        '/' => after.starts_with(char::is_alphabetic),
        '%' | '‰' | '°' | '€' | '$' | '£' | '¥' | '#' | '(' => true,
        _ => first.is_alphabetic(),
    };
    // Powers of ten (1e3), other bases (0x10), thousands and millions (2k, 5M).
    let is_digit = |c: char| c.is_ascii_digit() || c == '+' || c == '-';
    let is_power = "eExXoObB".contains(first) && characters.as_str().starts_with(is_digit);
    let is_thousand = matches!(rest.split_whitespace().next(), Some("k" | "K" | "M"));
    let goes_on = !is_apart && (is_power || is_thousand);
    // A second number, as in `5 to 10 days`, unless the unit is for each so many of something.
    let mut words = rest.split_whitespace().peekable();
    let mut has_number = rest.contains("..");
    while let Some(word) = words.next() {
        let next = words.peek().copied().unwrap_or_default();
        has_number |= word != "per" && next.starts_with(|c: char| c.is_ascii_digit());
    }
    begins && !goes_on && !has_number
}

/// Writes what [`parse`] reads.
pub(super) fn write(range: &Range) -> String {
    if range.is_exact() {
        range.likely.to_string()
    } else {
        format!("{}..{}..{}", range.low, range.likely, range.high)
    }
}
