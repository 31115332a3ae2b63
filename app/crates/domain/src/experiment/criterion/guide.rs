//! The grammar of criteria as data, from which the documentation is made: what each measure is, what
//! it is compared with, and how numbers are written.
//!
//! Invariant: every measure and comparator of the reader is here, and every example can be read.

use super::{COMPARATORS, Comparator, MEASURES, Measure};
use super::{PERCENT, POINTS};

/// What is to be known about a measure, for the person who writes a criterion.
#[derive(Clone, Copy, Debug)]
pub struct MeasureGuide {
    /// The word that stands for it.
    pub word: &'static str,
    /// What is measured.
    pub meaning: &'static str,
    /// What it is compared with, and in which unit.
    pub number: &'static str,
    /// A condition as people write it.
    pub example: &'static str,
}

/// What holds of every criterion, in sentences.
pub const RULES: [&str; 5] = [
    "A criterion is one condition or several, separated by `;`. All of them are judged: supported is what meets all, refuted what fails all, and where they disagree the verdict is mixed.",
    "A condition is a measure, perhaps `of` and the name, role or id of an arm, a comparator and a number: `share of B >= 40 %`. Without `of` the only variant is meant, or the only group.",
    "Numbers have a point, not a comma, and no separators between thousands. A sign may stand before them.",
    "A difference of shares is in percentage points: from 40 % to 45 % it is 5 points, as in `difference >= 5 points`. `difference >= 5 %` and `difference >= 0.05` say the same; it is never five percent of the control's share.",
    "Words and units may be in capital letters, and spaces make no difference.",
];

/// Every measure, in the order in which it is explained.
#[must_use]
pub fn measures() -> Vec<MeasureGuide> {
    MEASURES
        .iter()
        .map(|(word, measure)| {
            let (meaning, number, example) = explained(*measure);
            MeasureGuide {
                word,
                meaning,
                number,
                example,
            }
        })
        .collect()
}

/// What a measure is, what it is compared with, and an example.
fn explained(measure: Measure) -> (&'static str, &'static str, &'static str) {
    match measure {
        Measure::Share => (
            "successes ÷ participants of an arm, or of the readings of the primary metric",
            "a share: 0 to 1, or 0 % to 100 %",
            "share of B >= 40 %",
        ),
        Measure::Difference => (
            "an arm's share − that of the control",
            "a difference of shares: −100 to 100 points, or −1 to 1",
            "difference >= 5 points",
        ),
        Measure::Mean => (
            "an arm's mean",
            "a number in the metric's unit; `40 %` is 40 where that is %",
            "mean of new page <= 1.5",
        ),
        Measure::MeanDifference => (
            "an arm's mean − that of the control",
            "a number in the metric's unit; `points` are that unit where it counts points or %",
            "mean-difference < -1",
        ),
        Measure::Count => (
            "successes of an arm, judged by the interval of their share in it; its participants where no successes are counted",
            "a count, without a unit",
            "count of B >= 100",
        ),
        Measure::ProbabilityBetter => (
            "the probability that an arm's share is above the control's, with Beta(1, 1) before the data",
            "a probability: 0 to 1, or 0 % to 100 %",
            "probability-better >= 95 %",
        ),
        Measure::Value => (
            "the latest reading of the primary metric, judged by its interval where it is the share of a sample (n in %); it has no arm",
            "a number in the metric's unit; `40 %` is 40 where that is %",
            "value >= 40",
        ),
    }
}

/// Every sign with what it means.
#[must_use]
pub fn comparators() -> Vec<(&'static str, &'static str)> {
    let meaning = |comparator: Comparator| match comparator {
        Comparator::AtLeast => "at least",
        Comparator::Above => "more than",
        Comparator::AtMost => "at most",
        Comparator::Below => "less than",
    };
    let signs = COMPARATORS.iter();
    signs
        .map(|(sign, comparator)| (*sign, meaning(*comparator)))
        .collect()
}

/// The units that may follow a number: those of percent, and those of percentage points.
#[must_use]
pub fn units() -> [&'static [&'static str]; 2] {
    [&PERCENT, &POINTS]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Criterion;

    #[test]
    fn every_example_is_a_condition_of_its_measure() {
        for measure in measures() {
            let criterion: Criterion = measure.example.parse().unwrap();
            assert_eq!(criterion.conditions[0].measure.name(), measure.word);
        }
        for rule in RULES {
            for code in rule.split('`').skip(1).step_by(2) {
                let is_condition = code.contains('>');
                assert!(!is_condition || code.parse::<Criterion>().is_ok(), "{code}");
            }
        }
    }
}
