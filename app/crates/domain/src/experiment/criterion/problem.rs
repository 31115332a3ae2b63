//! Why a criterion cannot be read: where, and what to write instead, in every language.

use std::fmt;

use crate::localised::pick;

/// Where a criterion cannot be read, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionError {
    /// The character at which it was noticed, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: CriterionProblem,
}

/// What is wrong with a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CriterionProblem {
    /// There is nothing.
    Empty,
    /// No measure stands there.
    NoMeasure,
    /// No comparator follows the measure.
    NoComparator,
    /// `of` names no arm.
    NoArm,
    /// No number follows the comparator.
    NoNumber,
    /// A share, or a probability, that is not between 0 and 1.
    OutOfRange,
    /// A percent sign behind a count.
    PercentOfCount,
    /// Points behind what is no difference.
    PointsOfShare,
    /// The measure has no arm: a value is that of the metric.
    ArmOfValue,
}

impl CriterionProblem {
    /// A stable name, for message keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoMeasure => "no-measure",
            Self::NoComparator => "no-comparator",
            Self::NoArm => "no-arm",
            Self::NoNumber => "no-number",
            Self::OutOfRange => "out-of-range",
            Self::PercentOfCount => "percent-of-count",
            Self::PointsOfShare => "points-of-share",
            Self::ArmOfValue => "arm-of-value",
        }
    }

    /// What is wrong, in English: apart from the others, which a page downloads later.
    fn english(self) -> &'static str {
        match self {
            Self::Empty => "there is no condition; write one such as `share >= 40 %`",
            Self::NoMeasure => {
                "expected share, difference, mean, mean-difference, count, probability-better or \
                 value"
            }
            Self::NoComparator => "expected one of >=, >, <= and <",
            Self::NoArm => "expected the name of an arm after `of`",
            Self::NoNumber => "expected a number such as 0.4, 40 % or, of a difference, 5 points",
            Self::OutOfRange => "a share lies between 0 and 1, or between 0 % and 100 %",
            Self::PercentOfCount => "a count has no unit; write one such as `count >= 100`",
            Self::PointsOfShare => {
                "points are what shares differ by; write `share >= 40 %` or `difference >= 5 points`"
            }
            Self::ArmOfValue => "the value is the metric's and has no arm",
        }
    }

    /// What is wrong, in German and in Spanish.
    fn german_and_spanish(self) -> [&'static str; 2] {
        match self {
            Self::Empty => [
                "es gibt keine Bedingung; schreibe eine wie `share >= 40 %`",
                "no hay ninguna condición; escribe una como `share >= 40 %`",
            ],
            Self::NoMeasure => [
                "erwartet wird share, difference, mean, mean-difference, count, \
                 probability-better oder value",
                "se espera share, difference, mean, mean-difference, count, probability-better o \
                 value",
            ],
            Self::NoComparator => [
                "erwartet wird eines von >=, >, <= und <",
                "se espera uno de >=, >, <= y <",
            ],
            Self::NoArm => [
                "hinter `of` wird der Name einer Gruppe erwartet",
                "se espera el nombre de un grupo tras `of`",
            ],
            Self::NoNumber => [
                "erwartet wird eine Zahl wie 0.4, 40 % oder bei einem Unterschied 5 points",
                "se espera un número como 0.4, 40 % o, de una diferencia, 5 points",
            ],
            Self::OutOfRange => [
                "ein Anteil liegt zwischen 0 und 1 oder zwischen 0 % und 100 %",
                "una proporción está entre 0 y 1, o entre 0 % y 100 %",
            ],
            Self::PercentOfCount => [
                "eine Anzahl hat keine Einheit; schreibe etwa `count >= 100`",
                "un recuento no lleva unidad; escribe por ejemplo `count >= 100`",
            ],
            Self::PointsOfShare => [
                "Punkte sind das, worin sich Anteile unterscheiden; schreibe `share >= 40 %` oder \
                 `difference >= 5 points`",
                "los puntos son la diferencia entre proporciones; escribe `share >= 40 %` o \
                 `difference >= 5 points`",
            ],
            Self::ArmOfValue => [
                "der Wert ist der der Kennzahl und hat keine Gruppe",
                "el valor es el de la métrica y no tiene grupo",
            ],
        }
    }
}

impl CriterionError {
    /// Where and what, in that language, else in English.
    #[must_use]
    pub fn text(&self, language: &str) -> String {
        let place = pick(["character", "Zeichen", "carácter"], language);
        let [german, spanish] = self.problem.german_and_spanish();
        let problem = pick([self.problem.english(), german, spanish], language);
        format!("{place} {}: {problem}", self.column)
    }
}

/// The English words.
impl fmt::Display for CriterionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = self.problem.english();
        write!(formatter, "character {}: {problem}", self.column)
    }
}

impl std::error::Error for CriterionError {}
