//! The checks that every figure makes of its inputs and its result.

use super::Insufficient;

/// The largest count that a floating-point number holds exactly: 2⁵³.
const LARGEST_COUNT: u64 = 1 << 53;

/// A value from `low` to `high`, which NaN never is.
pub(crate) fn within(
    input: &'static str,
    value: f64,
    low: f64,
    high: f64,
) -> Result<f64, Insufficient> {
    if value.is_finite() && (low..=high).contains(&value) {
        // Adding zero turns −0 into 0, which would otherwise show as "-0".
        Ok(value + 0.0)
    } else {
        Err(Insufficient::OutOfRange {
            input,
            value,
            low,
            high,
        })
    }
}

/// Any number at all.
pub(super) fn finite(input: &'static str, value: f64) -> Result<f64, Insufficient> {
    within(input, value, f64::NEG_INFINITY, f64::INFINITY)
}

/// Zero or more.
pub(super) fn not_negative(input: &'static str, value: f64) -> Result<f64, Insufficient> {
    within(input, value, 0.0, f64::INFINITY)
}

/// More than zero: something to divide by.
pub(super) fn positive(input: &'static str, value: f64) -> Result<f64, Insufficient> {
    match not_negative(input, value)? {
        0.0 => Err(Insufficient::Zero(input)),
        value => Ok(value),
    }
}

/// A share of a whole, 0 to 1.
pub(super) fn share(input: &'static str, value: f64) -> Result<f64, Insufficient> {
    within(input, value, 0.0, 1.0)
}

/// A probability that is neither impossible nor certain.
pub(super) fn open_share(input: &'static str, value: f64) -> Result<f64, Insufficient> {
    match share(input, value)? {
        value if value > 0.0 && value < 1.0 => Ok(value),
        value => Err(Insufficient::Certain { input, value }),
    }
}

/// A count as a number; `TooLarge` where it would lose digits.
pub(super) fn count(input: &'static str, count: u64) -> Result<f64, Insufficient> {
    if count > LARGEST_COUNT {
        return Err(Insufficient::TooLarge(input));
    }
    Ok(count as f64)
}

/// A count of at least one.
pub(super) fn some(input: &'static str, number: u64) -> Result<f64, Insufficient> {
    match number {
        0 => Err(Insufficient::Missing(input)),
        number => count(input, number),
    }
}

/// A list with something in it.
pub(super) fn not_empty<T>(input: &'static str, list: &[T]) -> Result<f64, Insufficient> {
    some(input, list.len() as u64)
}

/// Two lists that belong together, item by item.
pub(super) fn same_length<T, U>(
    input: &'static str,
    list: &[T],
    other: &[U],
) -> Result<(), Insufficient> {
    if list.len() == other.len() {
        return Ok(());
    }
    Err(Insufficient::WrongCount {
        input,
        got: list.len(),
        expected: other.len(),
    })
}

/// A result, refused when the inputs were so extreme that it overflowed.
pub(super) fn result(what: &'static str, value: f64) -> Result<f64, Insufficient> {
    if value.is_finite() {
        Ok(value + 0.0)
    } else {
        Err(Insufficient::TooLarge(what))
    }
}

#[cfg(test)]
mod tests {
    use super::{Insufficient, finite, open_share, positive, share, some};

    #[test]
    fn what_is_no_number_passes_no_check() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(finite("x", value).is_err(), "{value}");
            assert!(share("x", value).is_err(), "{value}");
            assert!(positive("x", value).is_err(), "{value}");
        }
    }

    #[test]
    fn zero_is_told_apart_from_what_is_out_of_range() {
        assert_eq!(positive("x", -0.0), Err(Insufficient::Zero("x")));
        assert_eq!(some("x", 0), Err(Insufficient::Missing("x")));
        assert_eq!(some("x", u64::MAX), Err(Insufficient::TooLarge("x")));
        assert!(open_share("x", 0.0).is_err() && open_share("x", 1.0).is_err());
        assert_eq!(open_share("x", 0.5), Ok(0.5));
    }
}
