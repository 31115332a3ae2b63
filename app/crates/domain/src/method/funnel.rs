//! A funnel, step by step: AARRR (McClure; M17).

use super::{Insufficient, Sample, Share, check};

/// The five stages of McClure.
pub const AARRR: [&str; 5] = [
    "Acquisition",
    "Activation",
    "Retention",
    "Referral",
    "Revenue",
];

/// One stage of a funnel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// How many reached it.
    pub count: u64,
    /// The place of the stage that it is a share of; `None` for the first stage.
    pub from: Option<usize>,
    /// The share of those at that stage; `None` for the first stage and where nobody was.
    pub conversion: Option<Share>,
    /// The share of those at the first stage.
    pub cumulative: Share,
}

/// Computes the conversions of one cohort through a funnel, `counts` being how many reached each
/// stage, everybody having passed the stages before. `is_branch(place)` tells of a stage that none
/// has to pass on the way to another: whoever pays need not have recommended anything. One stage
/// that cannot be spoils no other: it has an error in its place, and what follows is compared with
/// the last stage that can be.
#[must_use]
pub fn funnel(
    counts: &[u64],
    is_branch: impl Fn(usize) -> bool,
) -> Vec<Result<Step, Insufficient>> {
    let (mut entered, mut before) = (0, None);
    let mut steps = Vec::with_capacity(counts.len());
    for (place, &count) in counts.iter().enumerate() {
        let is_branch = is_branch(place);
        if before.is_none() {
            entered = count;
        }
        let step = match (is_branch, before) {
            (true, None) => Err(Insufficient::Missing(STAGE_BEFORE)),
            _ => step(count, before, entered),
        };
        if step.is_ok() && !is_branch {
            before = Some((place, count));
        }
        steps.push(step);
    }
    steps
}

/// What a branch lacks that nothing leads to.
const STAGE_BEFORE: &str = "a stage before it";

fn step(count: u64, before: Option<(usize, u64)>, entered: u64) -> Result<Step, Insufficient> {
    check::some("people who entered", entered)?;
    let conversion = match before {
        Some((_, limit)) if count > limit => {
            return Err(Insufficient::MoreThanAll {
                part: "people at a stage",
                has: count,
                whole: "people at the stage before",
                limit,
            });
        }
        Some((_, limit)) if limit > 0 => Some(Sample::new(count, limit)?.share()?),
        _ => None,
    };
    Ok(Step {
        count,
        from: before.map(|(place, _)| place),
        conversion,
        cumulative: Sample::new(count, entered)?.share()?,
    })
}

/// The place of the stage that loses the largest share of those before it: where to look first.
/// `is_one(place, before)` tells whether that is one step from the stage that it is a share of: over
/// two, more are lost.
#[must_use]
pub fn weakest_step(
    steps: &[Result<Step, Insufficient>],
    is_one: impl Fn(usize, usize) -> bool,
) -> Option<usize> {
    let mut weakest = None;
    for (place, step) in steps.iter().enumerate() {
        let Ok(step) = step else { continue };
        let Some((from, share)) = step.from.zip(step.conversion) else {
            continue;
        };
        let is_weaker = weakest.is_none_or(|(_, known)| share.value < known);
        if is_weaker && is_one(place, from) {
            weakest = Some((place, share.value));
        }
    }
    weakest.map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::{Step, funnel, weakest_step};
    use crate::method::{Insufficient, testing::near};

    fn straight(counts: &[u64]) -> Vec<Result<Step, Insufficient>> {
        funnel(counts, |_| false)
    }

    fn steps(counts: &[u64]) -> Vec<Step> {
        straight(counts).into_iter().map(Result::unwrap).collect()
    }

    #[test]
    fn each_step_is_compared_with_the_one_before_and_with_the_first() {
        let steps = steps(&[1_000, 400, 100, 50]);
        assert_eq!(steps[0].conversion, None);
        near(steps[2].conversion.unwrap().value, 0.25, 1e-12);
        near(steps[2].cumulative.value, 0.1, 1e-12);
        assert!(steps[2].cumulative.interval.contains(0.1));
        assert_eq!(
            weakest_step(&straight(&[1_000, 400, 100, 50]), |_, _| true),
            Some(2)
        );
    }

    #[test]
    fn the_weakest_step_is_none_over_two_stages() {
        let steps = straight(&[1_000, 100, 40]);
        let is_next = |place, before| (before, place) != (0, 1);
        assert_eq!(weakest_step(&steps, is_next), Some(2));
        assert_eq!(weakest_step(&steps, |_, _| false), None);
    }

    #[test]
    fn a_stage_behind_an_empty_one_has_no_conversion() {
        let steps = steps(&[10, 0, 0]);
        assert_eq!(steps[1].conversion.unwrap().value, 0.0);
        assert_eq!(steps[2].conversion, None);
        assert_eq!(steps[2].cumulative.value, 0.0);
    }

    #[test]
    fn a_stage_that_cannot_be_is_passed_over() {
        let steps = straight(&[0, 100, 110, 50]);
        let nobody = Err(Insufficient::Missing("people who entered"));
        assert_eq!(steps[0], nobody);
        assert!(matches!(
            steps[2],
            Err(Insufficient::MoreThanAll { limit: 100, .. })
        ));
        near(
            steps[3].as_ref().unwrap().conversion.unwrap().value,
            0.5,
            1e-12,
        );
        assert_eq!(weakest_step(&steps, |_, _| true), Some(3));
        assert_eq!(weakest_step(&straight(&[0, 0]), |_, _| true), None);
    }

    /// Of 500 who stay, 100 recommend and 200 pay: neither are part of the other.
    #[test]
    fn a_branch_is_a_share_of_the_last_stage_that_all_pass() {
        let steps = funnel(&[10_000, 500, 100, 200], |place| place >= 2);
        let paid = steps[3].clone().unwrap();
        assert_eq!(paid.from, Some(1));
        near(paid.conversion.unwrap().value, 0.4, 1e-12);
        near(paid.cumulative.value, 0.02, 1e-12);
        let alone = funnel(&[100, 50], |_| true);
        assert!(alone.iter().all(Result::is_err));
    }
}
