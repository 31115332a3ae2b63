//! What is to be said about a figure beside its value.

use std::fmt;

/// Something worth knowing about a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// What is said.
    pub kind: &'static RemarkKind,
    /// What stands for `{0}`, `{1}`, … in its sentence.
    pub parts: Vec<String>,
}

/// A sentence about figures, under a stable id by which it can be translated.
#[derive(Debug, PartialEq, Eq)]
pub struct RemarkKind {
    /// Its name in files, such as `moonshot`.
    pub id: &'static str,
    /// The sentence in English.
    pub english: &'static str,
}

impl fmt::Display for Remark {
    /// The sentence in English.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sentence = self.kind.english.to_owned();
        for (index, part) in self.parts.iter().enumerate() {
            sentence = sentence.replace(&format!("{{{index}}}"), part);
        }
        formatter.write_str(&sentence)
    }
}

/// Declares the sentences and lists them.
macro_rules! remarks {
    ($($name:ident $id:literal $english:literal;)*) => {
        $(pub(super) static $name: RemarkKind = RemarkKind { id: $id, english: $english };)*

        /// Every sentence that can be said about a figure.
        #[must_use]
        pub fn remark_kinds() -> Vec<&'static RemarkKind> {
            vec![$(&$name),*]
        }
    };
}

remarks! {
    INVALID "invalid" "Invalid: {0}.";
    VERDICT "verdict" "{0}";
    MEAN_OF_RATINGS "mean-of-ratings" "{0}: the mean of {1} ratings, from {2} to {3}.";
    IMPACT_OFF_SCALE "impact-off-scale" "The impact is off the scale of 3, 2, 1, 0.5 and 0.25.";
    CONFIDENCE_OFF_SCALE "confidence-off-scale" "The confidence is off the scale of 100, 80 and 50 %.";
    MOONSHOT "moonshot" "A confidence below 50 % is a moonshot.";
    EFFORT_OFF_SCALE "effort-off-scale" "The effort is neither whole person-months nor half of one.";
    OFF_SCALE "off-scale" "An input is off the scale of 1, 2, 3, 5, 8, 13 and 20.";
    NO_EVIDENCE "no-evidence" "No evidence supports it: it counts as self-conviction.";
    UNLIKE_UNITS "unlike-units" "{0} is in {1} and was left out: unlike units are not added.";
    TOO_MUCH_MUST "too-much-must" "Must have takes over 60 % of the effort: the date is at risk.";
    TOO_LITTLE_COULD "too-little-could" "Could have takes clearly less than 20 % of the effort: there is little to drop.";
    TOO_MUCH_COULD "too-much-could" "Could have takes clearly more than 20 % of the effort.";
    FLIPS "flips" "{0} takes the lead when the weight of {1} becomes {2} %.";
    LINE_REACHED "line-reached" "The line in the sand is reached.";
    LINE_MISSED "line-missed" "The line in the sand is not reached.";
    COMMITTED "committed" "It is committed: 1.0 is expected.";
    MANY_KEY_RESULTS "many-key-results" "It has more than five key results.";
    LOW_RATIO "low-ratio" "A healthy business has at least 3.";
    LONG_PAYBACK "long-payback" "A healthy business needs less than 12 months.";
    NO_MARGIN "no-margin" "No gross margin is entered: this counts revenue, which is too rosy.";
    NO_CHURN "no-churn" "The churn is zero or less: nobody stays for ever.";
    PERIODS_DIFFER "periods-differ" "Churn and revenue are stated for different periods.";
    NO_CONTROL "no-control" "No arm is marked as the control: the first by id was taken.";
    MISMATCH "mismatch" "The arms are not split as planned (p below 0.001): the result must not be analysed.";
    FEW_EXPECTED "few-expected" "A group is so small that χ² is a poor approximation.";
    SMALL_SAMPLE "small-sample" "The method suggests at least 180 respondents.";
    FEW_RESPONDENTS "few-respondents" "Fewer than 20 respondents.";
    NOT_SIGNIFICANT "not-significant" "The two most frequent categories do not differ significantly (Fong).";
    REFUTED "refuted" "The evidence speaks against it.";
    NO_EVIDENCE_YET "no-evidence-yet" "No evidence is linked to it yet.";
    NO_STAKE "no-stake" "Nothing at stake is entered: it counts as 1.";
    FEW_PREDICTIONS "few-predictions" "Fewer than ten predictions say little.";
    FEW_LOOPS "few-loops" "Fewer than three loops say little.";
    FIT_REACHED "fit-reached" "Above 40 %, and so is the whole interval.";
    FIT_MISSED "fit-missed" "Below 40 %, and so is the whole interval.";
    FIT_UNCERTAIN "fit-uncertain" "40 % lies within the interval: more answers are needed.";
    ABOVE_AVERAGE_SUS "above-average-sus" "At or above the average of 68.";
    BELOW_AVERAGE_SUS "below-average-sus" "Below the average of 68.";
    FEEDS_ITSELF "feeds-itself" "Above 1: growth feeds itself.";
    STILL_OPEN "still-open" "It is still open.";
    AGREED "agreed" "The votes lie within one level.";
    OUTLIERS "outliers" "The votes lie apart: the outliers explain, then vote again.";
    CAPABILITY_ALONE "capability-alone" "Only time to market and ability to innovate are measured, not the value for customers: a warning sign.";
    SWITCHES "switches" "Push and pull are stronger: people would switch.";
    STAYS "stays" "Anxiety and habit are at least as strong: people would stay.";
    FADING "fading" "It has not been seen for 90 days and fades.";
    LEFT_OUT "left-out" "{0} left out: {1}.";
}
