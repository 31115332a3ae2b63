//! Why a figure cannot be computed from what is known.

use std::fmt;

/// What is missing or cannot be right; each reason names the input that it is about.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Insufficient {
    /// An input that nobody has given yet.
    #[error("Not enough data: no {0} yet")]
    Missing(&'static str),
    /// A divisor that is zero.
    #[error("Not enough data: {0} is zero")]
    Zero(&'static str),
    /// Everything measured is alike, so that a test has nothing to compare.
    #[error("Not enough data: {0} do not vary")]
    NoVariation(&'static str),
    /// An input outside what it can mean, NaN and the infinities included.
    #[error("The {input} cannot be {value}: {}", Expected(*low, *high))]
    OutOfRange {
        /// Which input.
        input: &'static str,
        /// What was given.
        value: f64,
        /// The least that is allowed.
        low: f64,
        /// The most that is allowed; infinite when there is no limit.
        high: f64,
    },
    /// A probability that is 0 or 1, impossible or certain, where the formula has no answer.
    #[error("The {input} cannot be {value}: it must be strictly between 0 and 1")]
    Certain {
        /// Which input.
        input: &'static str,
        /// What was given.
        value: f64,
    },
    /// A part that is larger than its whole.
    #[error("There cannot be more {part} ({has}) than {whole} ({limit})")]
    MoreThanAll {
        /// Which part.
        part: &'static str,
        /// How many it has.
        has: u64,
        /// Which whole.
        whole: &'static str,
        /// How many that has.
        limit: u64,
    },
    /// A list of the wrong length.
    #[error("{input}: {got} given, {expected} needed")]
    WrongCount {
        /// Which list.
        input: &'static str,
        /// The length it has.
        got: usize,
        /// The length it needs.
        expected: usize,
    },
    /// Parts that do not add up.
    #[error("The {input} add up to {total} instead of {expected}")]
    WrongTotal {
        /// Which parts.
        input: &'static str,
        /// What they add up to.
        total: f64,
        /// What they should.
        expected: f64,
    },
    /// Quantities that cannot be added, compared or combined.
    #[error("{left} and {right} are unlike units")]
    UnlikeUnits {
        /// The unit of the first.
        left: String,
        /// The unit of the second.
        right: String,
    },
    /// The inputs are so extreme that the result is no finite number.
    #[error("The {0} is too large to compute")]
    TooLarge(&'static str),
}

/// The words for a range whose upper end may be open.
struct Expected(f64, f64);

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(low, high) = self;
        match (low.is_finite(), high.is_finite()) {
            (true, true) => write!(formatter, "from {low} to {high} is possible"),
            (true, false) => write!(formatter, "at least {low} is needed"),
            (false, true) => write!(formatter, "at most {high} is possible"),
            (false, false) => formatter.write_str("a finite number is needed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Insufficient;

    #[test]
    fn a_reason_names_its_input_and_what_would_do() {
        let range = |low, high| Insufficient::OutOfRange {
            input: "effort",
            value: -1.0,
            low,
            high,
        };
        let cases = [
            (
                Insufficient::Zero("churn"),
                "Not enough data: churn is zero",
            ),
            (
                range(0.0, f64::INFINITY),
                "The effort cannot be -1: at least 0 is needed",
            ),
            (
                Insufficient::Certain {
                    input: "power",
                    value: 1.0,
                },
                "The power cannot be 1: it must be strictly between 0 and 1",
            ),
            (
                range(1.0, 10.0),
                "The effort cannot be -1: from 1 to 10 is possible",
            ),
            (
                range(f64::NEG_INFINITY, f64::INFINITY),
                "The effort cannot be -1: a finite number is needed",
            ),
        ];
        for (reason, words) in cases {
            assert_eq!(reason.to_string(), words);
        }
    }
}
