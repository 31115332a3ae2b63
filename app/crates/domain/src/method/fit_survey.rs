//! The survey for product–market fit (Sean Ellis) and what Superhuman makes of it (M15).

use super::proportion::FEWEST;
use super::{Insufficient, Sample, Share};

/// The share of "very disappointed" from which a product has found its market.
pub const THRESHOLD: f64 = 0.4;

/// How often somebody must have used the product in the last two weeks to be asked.
pub const LEAST_USES: u32 = 2;

/// Whether somebody who used the product so often in the last two weeks is asked.
#[must_use]
pub fn is_eligible(uses_in_two_weeks: u32) -> bool {
    uses_in_two_weeks >= LEAST_USES
}

/// How many gave each answer to "How would you feel if you could no longer use it?".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Very disappointed.
    pub very: u64,
    /// Somewhat disappointed.
    pub somewhat: u64,
    /// Not disappointed.
    pub not: u64,
}

/// The score of all who answered, or of one segment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FitSurvey {
    /// Very disappointed ÷ all answers, with n and the 95 % Wilson interval.
    pub share: Share,
    /// Whether the share is at least [`THRESHOLD`].
    pub reaches_threshold: bool,
    /// Whether the whole interval is on the same side of the threshold as the share, of at least
    /// [`FEWEST`] answers.
    pub is_certain: bool,
}

/// Scores a survey.
///
/// # Errors
/// Nobody has answered.
pub fn fit_survey(answers: Answers) -> Result<FitSurvey, Insufficient> {
    let others = answers.somewhat.saturating_add(answers.not);
    let n = answers.very.saturating_add(others);
    if n == 0 {
        return Err(Insufficient::Missing("answers"));
    }
    let share = Sample::new(answers.very, n)?.share()?;
    let reaches_threshold = share.value >= THRESHOLD;
    Ok(FitSurvey {
        share,
        reaches_threshold,
        is_certain: n >= FEWEST
            && if reaches_threshold {
                share.interval.low >= THRESHOLD
            } else {
                share.interval.high < THRESHOLD
            },
    })
}

/// A survey by segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Segmented {
    /// Everybody together.
    pub all: FitSurvey,
    /// Each segment in the order given; `None` where nobody answered.
    pub segments: Vec<Option<FitSurvey>>,
    /// The place of the segment with the highest lower end of the interval, so that one delighted
    /// answer does not make a segment the best.
    pub strongest: usize,
}

/// Scores each segment and all together.
///
/// # Errors
/// Nobody has answered at all.
pub fn by_segment(answers: &[Answers]) -> Result<Segmented, Insufficient> {
    let mut sum = Answers::default();
    let mut segments = Vec::with_capacity(answers.len());
    let mut strongest = (0, f64::NEG_INFINITY);
    for (place, &segment) in answers.iter().enumerate() {
        sum.very = sum.very.saturating_add(segment.very);
        sum.somewhat = sum.somewhat.saturating_add(segment.somewhat);
        sum.not = sum.not.saturating_add(segment.not);
        let survey = match fit_survey(segment) {
            Err(Insufficient::Missing(_)) => None,
            survey => Some(survey?),
        };
        if let Some(survey) = survey.filter(|survey| survey.share.interval.low > strongest.1) {
            strongest = (place, survey.share.interval.low);
        }
        segments.push(survey);
    }
    Ok(Segmented {
        all: fit_survey(sum)?,
        segments,
        strongest: strongest.0,
    })
}

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feeling {
    /// Very disappointed.
    Very,
    /// Somewhat disappointed.
    Somewhat,
    /// Not disappointed.
    Not,
}

/// What to do about somebody's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listen {
    /// Very disappointed: deepen what they love, half of the roadmap.
    Fan,
    /// Somewhat disappointed, for the same main benefit as the fans: remove what blocks them, the
    /// other half.
    Winnable,
    /// All others: politely ignore.
    Ignore,
}

/// Superhuman's split of the answers (Vohra, First Round Review).
#[must_use]
pub fn listen(feeling: Feeling, has_the_fans_main_benefit: bool) -> Listen {
    match (feeling, has_the_fans_main_benefit) {
        (Feeling::Very, _) => Listen::Fan,
        (Feeling::Somewhat, true) => Listen::Winnable,
        _ => Listen::Ignore,
    }
}

#[cfg(test)]
mod tests {
    use super::{Answers, Feeling, Listen, by_segment, fit_survey, is_eligible, listen};
    use crate::method::{Insufficient, testing::near};

    fn answers(very: u64, somewhat: u64, not: u64) -> Answers {
        Answers {
            very,
            somewhat,
            not,
        }
    }

    /// Slack in 2015: 51 % of 731 would have been very disappointed.
    #[test]
    fn slack_had_found_its_market() {
        let survey = fit_survey(answers(373, 250, 108)).unwrap();
        near(survey.share.value, 0.51, 5e-3);
        near(survey.share.interval.low, 0.474, 5e-4);
        near(survey.share.interval.high, 0.546, 5e-4);
        assert!(survey.reaches_threshold && survey.is_certain);
    }

    #[test]
    fn forty_per_cent_of_forty_answers_are_not_certain() {
        let survey = fit_survey(answers(16, 20, 4)).unwrap();
        assert!(survey.reaches_threshold && !survey.is_certain);
        let low = fit_survey(answers(10, 90, 0)).unwrap();
        assert!(!low.reaches_threshold && low.is_certain);
    }

    #[test]
    fn three_who_agree_are_too_few_to_be_certain_of() {
        let three = fit_survey(answers(3, 0, 0)).unwrap();
        assert!(three.share.interval.low > super::THRESHOLD && !three.is_certain);
        assert!(fit_survey(answers(5, 0, 0)).unwrap().is_certain);
    }

    #[test]
    fn segments_are_scored_apart_and_one_answer_does_not_win() {
        let segments = [answers(1, 0, 0), answers(30, 10, 10), answers(0, 0, 0)];
        let survey = by_segment(&segments).unwrap();
        assert_eq!((survey.strongest, survey.segments[2]), (1, None));
        assert_eq!(survey.all.share.sample.n(), 51);
        let nobody = Insufficient::Missing("answers");
        assert_eq!(by_segment(&[answers(0, 0, 0)]), Err(nobody.clone()));
        assert_eq!(by_segment(&[]), Err(nobody));
    }

    #[test]
    fn only_those_who_used_it_are_asked_and_only_some_are_heard() {
        assert!(is_eligible(2) && !is_eligible(1));
        assert_eq!(listen(Feeling::Very, false), Listen::Fan);
        assert_eq!(listen(Feeling::Somewhat, true), Listen::Winnable);
        assert_eq!(listen(Feeling::Somewhat, false), Listen::Ignore);
        assert_eq!(listen(Feeling::Not, true), Listen::Ignore);
    }
}
