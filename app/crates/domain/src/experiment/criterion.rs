//! The criterion of an experiment, as people write it: `share of B >= 40 %; count of B >= 100`.
//!
//! Parsed and printed: a canonical text parses to what it was printed from, and two texts that say
//! the same print alike, so that a lock does not break over a space. [`guide`] explains the grammar,
//! and the documentation is made of it.

pub mod guide;
mod problem;

use std::fmt::{self, Write as _};
use std::str::FromStr;

pub use problem::{CriterionError, CriterionProblem};

use crate::localised::written;
use crate::number;

/// The conditions that an experiment must meet, all of them; at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// The conditions, in the order in which they were written.
    pub conditions: Vec<Condition>,
}

/// One condition: a measure, of which arm, compared with a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// What is measured.
    pub measure: Measure,
    /// The arm's name, role or id as written; without one the variant, or the only arm.
    pub arm: Option<String>,
    /// How it is compared.
    pub comparator: Comparator,
    /// The number as written; with [`Self::is_percent`] it counts hundredths.
    pub number: f64,
    /// Whether a percent sign follows the number, or it counts percentage points.
    pub is_percent: bool,
}

/// What a condition measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Successes over participants of an arm, 0 to 1.
    Share,
    /// An arm's share less that of the control, −1 to 1.
    Difference,
    /// An arm's mean, in the metric's unit.
    Mean,
    /// An arm's mean less that of the control, in the metric's unit.
    MeanDifference,
    /// The successes of an arm, judged as the share that they are of it; its participants where it
    /// counts no successes.
    Count,
    /// The probability that an arm's share is above the control's, 0 to 1.
    ProbabilityBetter,
    /// The latest reading of the primary metric, in the metric's unit; judged as the share of its
    /// sample where it is one.
    Value,
}

/// How a measured value is compared with a condition's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `>=` or `≥`.
    AtLeast,
    /// `>`.
    Above,
    /// `<=` or `≤`.
    AtMost,
    /// `<`.
    Below,
}

const MEASURES: [(&str, Measure); 7] = [
    ("share", Measure::Share),
    ("difference", Measure::Difference),
    ("mean", Measure::Mean),
    ("mean-difference", Measure::MeanDifference),
    ("count", Measure::Count),
    ("probability-better", Measure::ProbabilityBetter),
    ("value", Measure::Value),
];

/// Each sign with its comparator; where one begins with another the longer comes first, and of
/// each comparator the canonical sign.
const COMPARATORS: [(&str, Comparator); 6] = [
    (">=", Comparator::AtLeast),
    ("≥", Comparator::AtLeast),
    ("<=", Comparator::AtMost),
    ("≤", Comparator::AtMost),
    (">", Comparator::Above),
    ("<", Comparator::Below),
];

/// What stands for percent behind a number.
const PERCENT: [&str; 4] = ["%", "percent", "Prozent", "por ciento"];

/// What stands for percentage points behind a number; what ends with another one comes first.
const POINTS: [&str; 19] = [
    "percentage points",
    "percentage point",
    "percent points",
    "%-points",
    "% points",
    "points",
    "point",
    "pts",
    "pt",
    "pp",
    "p.p.",
    "Prozentpunkte",
    "Prozentpunkt",
    "Punkte",
    "Punkt",
    "puntos porcentuales",
    "punto porcentual",
    "puntos",
    "punto",
];

impl Measure {
    /// The word that stands for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        MEASURES
            .iter()
            .find(|(_, measure)| *measure == self)
            .map_or("", |(name, _)| name)
    }

    /// Whether an arm is compared with the control.
    #[must_use]
    pub fn compares(self) -> bool {
        matches!(
            self,
            Self::Difference | Self::MeanDifference | Self::ProbabilityBetter
        )
    }

    /// The numbers that make sense, where there are bounds.
    fn range(self) -> Option<(f64, f64)> {
        match self {
            Self::Share | Self::ProbabilityBetter => Some((0.0, 1.0)),
            Self::Difference => Some((-1.0, 1.0)),
            Self::Mean | Self::MeanDifference | Self::Count | Self::Value => None,
        }
    }
}

impl Comparator {
    /// The sign that stands for it.
    #[must_use]
    pub fn sign(self) -> &'static str {
        COMPARATORS
            .iter()
            .find(|(_, comparator)| *comparator == self)
            .map_or("", |(sign, _)| sign)
    }

    /// Whether `value` meets `number`.
    #[must_use]
    pub fn holds(self, value: f64, number: f64) -> bool {
        match self {
            Self::AtLeast => value >= number,
            Self::Above => value > number,
            Self::AtMost => value <= number,
            Self::Below => value < number,
        }
    }
}

impl Condition {
    /// The number to compare with, percent taken as hundredths.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        if self.is_percent {
            self.number / 100.0
        } else {
            self.number
        }
    }

    /// The condition for a person to read: as it is written, a difference of shares in points.
    #[must_use]
    pub fn words(&self, language: &str) -> String {
        if self.measure != Measure::Difference {
            return self.to_string();
        }
        if self.number == 0.0 {
            // No difference is none in whatever unit, and no percentage.
            let bare = Self {
                is_percent: false,
                ..self.clone()
            };
            return bare.to_string();
        }
        let in_points = if self.is_percent {
            self.number
        } else {
            // Rounded where the product is a hair off what was written.
            (self.number * 1e12).round() / 1e10
        };
        let bare = Self {
            number: 0.0,
            is_percent: false,
            ..self.clone()
        };
        let bare = bare.to_string();
        let before = bare.strip_suffix('0').unwrap_or(&bare);
        let unit = crate::figure::unit_of(in_points, crate::figure::DIFFERENCE, language);
        format!("{before}{} {unit}", written(in_points, language))
    }
}

impl Criterion {
    /// The conditions for a person to read.
    #[must_use]
    pub fn words(&self, language: &str) -> String {
        let conditions = self.conditions.iter();
        let conditions: Vec<String> = conditions.map(|one| one.words(language)).collect();
        conditions.join("; ")
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.measure.name())?;
        if let Some(arm) = &self.arm {
            write!(formatter, " of {arm}")?;
        }
        write!(formatter, " {} {}", self.comparator.sign(), self.number)?;
        if self.is_percent {
            formatter.write_str(" %")?;
        }
        Ok(())
    }
}

impl fmt::Display for Criterion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, condition) in self.conditions.iter().enumerate() {
            if index > 0 {
                formatter.write_str("; ")?;
            }
            fmt::Display::fmt(condition, formatter)?;
        }
        Ok(())
    }
}

impl FromStr for Criterion {
    type Err = CriterionError;

    fn from_str(text: &str) -> Result<Self, CriterionError> {
        let mut conditions = Vec::new();
        let mut start = 0;
        for part in text.split(';') {
            // A semicolon at the end separates from nothing.
            if !part.trim().is_empty() {
                conditions.push(condition(text, start, part)?);
            }
            start += part.len() + 1;
        }
        if conditions.is_empty() {
            return Err(CriterionError {
                column: 1,
                problem: CriterionProblem::Empty,
            });
        }
        Ok(Self { conditions })
    }
}

/// The rest of a condition's text, with what errors need to say where.
struct Rest<'a> {
    whole: &'a str,
    start: usize,
    left: &'a str,
}

impl<'a> Rest<'a> {
    fn skip(&mut self, length: usize) -> &'a str {
        let (taken, left) = self
            .left
            .split_at_checked(length)
            .unwrap_or((self.left, ""));
        self.start += taken.len();
        self.left = left;
        taken
    }

    fn trim(&mut self) {
        self.skip(self.left.len() - self.left.trim_start().len());
    }

    fn fail<T>(&self, problem: CriterionProblem) -> Result<T, CriterionError> {
        let before = self.whole.get(..self.start).unwrap_or(self.whole);
        Err(CriterionError {
            column: before.chars().count() + 1,
            problem,
        })
    }
}

fn condition(whole: &str, start: usize, part: &str) -> Result<Condition, CriterionError> {
    let mut rest = Rest {
        whole,
        start,
        left: part,
    };
    rest.trim();
    let measure = measure(&mut rest)?;
    rest.trim();
    let arm = arm(&mut rest, measure)?;
    let comparator = comparator(&mut rest)?;
    rest.trim();
    let (number, is_percent) = threshold(&mut rest, measure)?;
    Ok(Condition {
        measure,
        arm,
        comparator,
        number,
        is_percent,
    })
}

fn measure(rest: &mut Rest<'_>) -> Result<Measure, CriterionError> {
    let is_word = |character: char| character.is_ascii_alphabetic() || character == '-';
    let length = rest.left.find(|c| !is_word(c)).unwrap_or(rest.left.len());
    let word = rest.left.get(..length).unwrap_or_default();
    match MEASURES
        .iter()
        .find(|(name, _)| word.eq_ignore_ascii_case(name))
    {
        Some((_, measure)) => {
            rest.skip(length);
            Ok(*measure)
        }
        None => rest.fail(CriterionProblem::NoMeasure),
    }
}

/// Everything between `of` and the comparator.
fn arm(rest: &mut Rest<'_>, measure: Measure) -> Result<Option<String>, CriterionError> {
    let is_of = rest
        .left
        .get(..2)
        .is_some_and(|word| word.eq_ignore_ascii_case("of"))
        && rest
            .left
            .get(2..)
            .is_some_and(|after| after.starts_with(char::is_whitespace));
    if !is_of {
        return Ok(None);
    }
    if measure == Measure::Value {
        return rest.fail(CriterionProblem::ArmOfValue);
    }
    rest.skip(2);
    rest.trim();
    let length = rest
        .left
        .find(['<', '>', '≤', '≥'])
        .unwrap_or(rest.left.len());
    let name = rest.left.get(..length).unwrap_or_default().trim_end();
    if name.is_empty() {
        return rest.fail(CriterionProblem::NoArm);
    }
    rest.skip(length);
    Ok(Some(name.to_owned()))
}

fn comparator(rest: &mut Rest<'_>) -> Result<Comparator, CriterionError> {
    match COMPARATORS
        .iter()
        .find(|(sign, _)| rest.left.starts_with(sign))
    {
        Some((sign, comparator)) => {
            rest.skip(sign.len());
            Ok(*comparator)
        }
        None => rest.fail(CriterionProblem::NoComparator),
    }
}

/// What follows a number.
#[derive(Clone, Copy)]
enum Unit {
    Percent,
    Points,
}

/// The text before a unit, and the unit.
fn unit(written: &str) -> (&str, Option<Unit>) {
    let points = POINTS.iter().map(|word| (*word, Unit::Points));
    let percent = PERCENT.iter().map(|word| (*word, Unit::Percent));
    let mut found = points.chain(percent).filter_map(|(word, unit)| {
        let place = written.len().checked_sub(word.len())?;
        let (before, tail) = written.split_at_checked(place)?;
        let is_word = tail.eq_ignore_ascii_case(word);
        is_word.then_some((before.trim_end(), Some(unit)))
    });
    found.next().unwrap_or((written, None))
}

fn threshold(rest: &mut Rest<'_>, measure: Measure) -> Result<(f64, bool), CriterionError> {
    let (digits, unit) = unit(rest.left.trim_end());
    // The typographic minus is what a text program makes of a hyphen.
    let mut plain = String::with_capacity(digits.len());
    for character in digits.chars() {
        plain.push(if character == '−' { '-' } else { character });
    }
    let digits = plain.strip_prefix('+').unwrap_or(&plain);
    // People leave out the zero before the point.
    let (sign, figures) = digits.split_at(digits.len() - digits.trim_start_matches('-').len());
    let is_bare = figures.starts_with('.');
    let zero = if is_bare { "0" } else { "" };
    let Some(number) = number::parse(&format!("{sign}{zero}{figures}")) else {
        return rest.fail(CriterionProblem::NoNumber);
    };
    let is_percent = match (unit, measure) {
        (Some(_), Measure::Count) => return rest.fail(CriterionProblem::PercentOfCount),
        (Some(Unit::Points), Measure::Share | Measure::ProbabilityBetter) => {
            return rest.fail(CriterionProblem::PointsOfShare);
        }
        // Of a mean they are the points of its own scale.
        (Some(Unit::Points), measure) => measure == Measure::Difference,
        (unit, _) => unit.is_some(),
    };
    let value = if is_percent { number / 100.0 } else { number };
    if let Some((least, most)) = measure.range()
        && !(least..=most).contains(&value)
    {
        return rest.fail(CriterionProblem::OutOfRange);
    }
    // A zero has no sign here, so that it prints as people write it.
    Ok((if number == 0.0 { 0.0 } else { number }, is_percent))
}

/// The criterion as one line that is the same for every spelling; a text that cannot be read stays
/// as it is, apart from space around it.
pub(crate) fn canonical(text: &str) -> String {
    match text.parse::<Criterion>() {
        Ok(criterion) => {
            let mut canonical = String::new();
            // Writing to a string cannot fail.
            let _ = write!(canonical, "{criterion}");
            canonical
        }
        Err(_) => text.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests;
