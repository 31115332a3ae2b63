//! The notation that quantities and money share: a number or three, then a word.

use super::Range;
use crate::number;

/// No word begins so: what follows goes on with a number that is written otherwise, as in `1,200`.
const NO_WORD: [char; 8] = [',', '\'', '’', '–', '−', '~', ';', ':'];

/// Reads `12`, `8..12..20` or either of them before a word: the range and the rest, trimmed.
pub(super) fn parse(text: &str) -> Option<(Range, &str)> {
    let is_numeric = |c: char| c.is_ascii_digit() || c.is_ascii_whitespace() || "+-.".contains(c);
    let end = text.find(|c: char| !is_numeric(c)).unwrap_or(text.len());
    let (numbers, rest) = text.split_at_checked(end)?;
    let mut parts = numbers.split("..").map(|part| number::parse(part.trim()));
    let first = parts.next()??;
    let range = match parts.next() {
        None => Range::exactly(first),
        Some(likely) => Range::new(first, likely?, parts.next()??)?,
    };
    let is_over = parts.next().is_none() && !rest.starts_with(NO_WORD);
    is_over.then_some((range, rest.trim()))
}

/// Writes what [`parse`] reads.
pub(super) fn write(range: &Range) -> String {
    if range.is_exact() {
        range.likely.to_string()
    } else {
        format!("{}..{}..{}", range.low, range.likely, range.high)
    }
}
