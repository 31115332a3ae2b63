//! Why a figure cannot be computed from what is known.

use std::fmt;

use crate::localised::{fill, pick, written};

/// What is missing or cannot be right; each reason names the input that it is about.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Insufficient {
    /// An input that nobody has given yet.
    Missing(&'static str),
    /// An input that somebody has given, and that is not what the field takes.
    Unreadable(&'static str),
    /// A count that is negative or has a fraction.
    NotACount {
        /// Which input.
        input: &'static str,
        /// What was given.
        value: f64,
    },
    /// A divisor that is zero.
    Zero(&'static str),
    /// Everything measured is alike, so that a test has nothing to compare.
    NoVariation(&'static str),
    /// An input outside what it can mean, NaN and the infinities included.
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
    Certain {
        /// Which input.
        input: &'static str,
        /// What was given.
        value: f64,
    },
    /// A part that is larger than its whole.
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
    WrongCount {
        /// Which list.
        input: &'static str,
        /// The length it has.
        got: usize,
        /// The length it needs.
        expected: usize,
    },
    /// Parts that do not add up.
    WrongTotal {
        /// Which parts.
        input: &'static str,
        /// What they add up to.
        total: f64,
        /// What they should.
        expected: f64,
    },
    /// Quantities that cannot be added, compared or combined.
    UnlikeUnits {
        /// The unit of the first.
        left: String,
        /// The unit of the second.
        right: String,
    },
    /// The inputs are so extreme that the result is no finite number.
    TooLarge(&'static str),
}

impl Insufficient {
    /// The reason in that language, else in English, with the inputs called as `name` says.
    #[must_use]
    pub fn words(&self, language: &str, name: &dyn Fn(&str) -> String) -> String {
        let number = |number: f64| written(number, language);
        let (pattern, parts) = match self {
            Self::Missing(input) => (MISSING, vec![name(input)]),
            Self::Unreadable(input) => (UNREADABLE, vec![name(input)]),
            Self::NotACount { input, value } => (NOT_A_COUNT, vec![name(input), number(*value)]),
            Self::Zero(input) => (ZERO, vec![name(input)]),
            Self::NoVariation(input) => (NO_VARIATION, vec![name(input)]),
            Self::OutOfRange {
                input,
                value,
                low,
                high,
            } => {
                let pattern = match (low.is_finite(), high.is_finite()) {
                    (true, true) => BETWEEN,
                    (true, false) => AT_LEAST,
                    (false, true) => AT_MOST,
                    (false, false) => FINITE,
                };
                let parts = vec![name(input), number(*value), number(*low), number(*high)];
                (pattern, parts)
            }
            Self::Certain { input, value } => (CERTAIN, vec![name(input), number(*value)]),
            Self::MoreThanAll {
                part,
                has,
                whole,
                limit,
            } => {
                let parts = vec![name(part), has.to_string(), name(whole), limit.to_string()];
                (MORE_THAN_ALL, parts)
            }
            Self::WrongCount {
                input,
                got,
                expected,
            } => {
                let parts = vec![name(input), got.to_string(), expected.to_string()];
                (WRONG_COUNT, parts)
            }
            Self::WrongTotal {
                input,
                total,
                expected,
            } => {
                let parts = vec![name(input), number(*total), number(*expected)];
                (WRONG_TOTAL, parts)
            }
            Self::UnlikeUnits { left, right } => {
                let none = pick(NO_UNIT, language);
                let unit = |unit: &str| match unit {
                    "" => none.to_owned(),
                    unit => unit.to_owned(),
                };
                (UNLIKE_UNITS, vec![unit(left), unit(right)])
            }
            Self::TooLarge(what) => (TOO_LARGE, vec![name(what)]),
        };
        fill(pick(pattern, language), &parts)
    }
}

/// In English, German and Spanish.
type Pattern = [&'static str; 3];

const MISSING: Pattern = [
    "Not enough data: no {0} yet",
    "Zu wenig Daten; es fehlt noch: {0}",
    "Faltan datos; aún no hay: {0}",
];
const UNREADABLE: Pattern = [
    "The {0} is entered in a form that cannot be read",
    "Nicht lesbar eingetragen: {0}",
    "Introducido de forma ilegible: {0}",
];
const NOT_A_COUNT: Pattern = [
    "The {0} cannot be {1}: a whole number from 0 on is needed",
    "{0} kann nicht {1} sein: nötig ist eine ganze Zahl ab 0",
    "{0} no puede ser {1}: se necesita un número entero desde 0",
];
const ZERO: Pattern = [
    "Not enough data: {0} is zero",
    "Zu wenig Daten; null ist: {0}",
    "Faltan datos; es cero: {0}",
];
const NO_VARIATION: Pattern = [
    "Not enough data: {0} do not vary",
    "Zu wenig Daten; ohne Unterschied: {0}",
    "Faltan datos; no varían: {0}",
];
const BETWEEN: Pattern = [
    "The {0} cannot be {1}: from {2} to {3} is possible",
    "{0} kann nicht {1} sein: möglich ist {2} bis {3}",
    "{0} no puede ser {1}: es posible de {2} a {3}",
];
const AT_LEAST: Pattern = [
    "The {0} cannot be {1}: at least {2} is needed",
    "{0} kann nicht {1} sein: nötig ist mindestens {2}",
    "{0} no puede ser {1}: se necesita al menos {2}",
];
const AT_MOST: Pattern = [
    "The {0} cannot be {1}: at most {3} is possible",
    "{0} kann nicht {1} sein: möglich ist höchstens {3}",
    "{0} no puede ser {1}: es posible como máximo {3}",
];
const FINITE: Pattern = [
    "The {0} cannot be {1}: a finite number is needed",
    "{0} kann nicht {1} sein: nötig ist eine endliche Zahl",
    "{0} no puede ser {1}: se necesita un número finito",
];
const CERTAIN: Pattern = [
    "The {0} cannot be {1}: it must be strictly between 0 and 1",
    "{0} kann nicht {1} sein: nötig ist mehr als 0 und weniger als 1",
    "{0} no puede ser {1}: debe ser mayor que 0 y menor que 1",
];
const MORE_THAN_ALL: Pattern = [
    "There cannot be more {0} ({1}) than {2} ({3})",
    "Es kann nicht mehr {0} ({1}) geben als {2} ({3})",
    "No puede haber más {0} ({1}) que {2} ({3})",
];
const WRONG_COUNT: Pattern = [
    "{0}: {1} given, {2} needed",
    "{0}: {1} vorhanden, {2} nötig",
    "{0}: hay {1}, se necesitan {2}",
];
const WRONG_TOTAL: Pattern = [
    "The {0} add up to {1} instead of {2}",
    "Die Summe ({0}) ist {1} statt {2}",
    "La suma ({0}) es {1} en lugar de {2}",
];
const UNLIKE_UNITS: Pattern = [
    "{0} and {1} are unlike units",
    "{0} und {1} sind ungleiche Einheiten",
    "{0} y {1} son unidades distintas",
];
const NO_UNIT: Pattern = [
    "a number without a unit",
    "eine Zahl ohne Einheit",
    "un número sin unidad",
];
const TOO_LARGE: Pattern = [
    "The {0} is too large to compute",
    "Zu groß zum Rechnen: {0}",
    "Demasiado grande para calcularlo: {0}",
];

/// The English words, with the inputs by their names in files.
impl fmt::Display for Insufficient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words("en", &str::to_owned))
    }
}

impl std::error::Error for Insufficient {}

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
