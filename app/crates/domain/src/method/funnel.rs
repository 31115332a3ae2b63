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
    /// The share of those at the stage before; `None` for the first stage and where nobody was.
    pub conversion: Option<Share>,
    /// The share of those at the first stage.
    pub cumulative: Share,
}

/// Computes the conversions of one cohort through a funnel, `counts` being how many reached each
/// stage, everybody having passed the stages before.
///
/// # Errors
/// There is no stage, nobody entered, or more reached a stage than the one before.
pub fn funnel(counts: &[u64]) -> Result<Vec<Step>, Insufficient> {
    let &entered = counts.first().ok_or(Insufficient::Missing("stages"))?;
    check::some("people who entered", entered)?;
    let mut before = None;
    let mut steps = Vec::with_capacity(counts.len());
    for &count in counts {
        let conversion = match before {
            Some(limit) if count > limit => {
                return Err(Insufficient::MoreThanAll {
                    part: "people at a stage",
                    has: count,
                    whole: "at the stage before",
                    limit,
                });
            }
            Some(limit) if limit > 0 => Some(Sample::new(count, limit)?.share()?),
            _ => None,
        };
        steps.push(Step {
            count,
            conversion,
            cumulative: Sample::new(count, entered)?.share()?,
        });
        before = Some(count);
    }
    Ok(steps)
}

/// The place of the stage that loses the largest share of those before it: where to look first.
#[must_use]
pub fn weakest_step(steps: &[Step]) -> Option<usize> {
    let known = steps.iter().enumerate();
    let known = known.filter_map(|(place, step)| Some((place, step.conversion?.value)));
    known
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::{funnel, weakest_step};
    use crate::method::{Insufficient, testing::near};

    #[test]
    fn each_step_is_compared_with_the_one_before_and_with_the_first() {
        let steps = funnel(&[1_000, 400, 100, 50]).unwrap();
        assert_eq!(steps[0].conversion, None);
        near(steps[2].conversion.unwrap().value, 0.25, 1e-12);
        near(steps[2].cumulative.value, 0.1, 1e-12);
        assert!(steps[2].cumulative.interval.contains(0.1));
        assert_eq!(weakest_step(&steps), Some(2));
    }

    #[test]
    fn a_stage_behind_an_empty_one_has_no_conversion() {
        let steps = funnel(&[10, 0, 0]).unwrap();
        assert_eq!(steps[1].conversion.unwrap().value, 0.0);
        assert_eq!(steps[2].conversion, None);
        assert_eq!(steps[2].cumulative.value, 0.0);
    }

    #[test]
    fn a_funnel_only_narrows() {
        assert!(matches!(
            funnel(&[10, 11]),
            Err(Insufficient::MoreThanAll { limit: 10, .. })
        ));
        assert_eq!(funnel(&[]), Err(Insufficient::Missing("stages")));
        assert!(funnel(&[0, 0]).is_err());
        assert_eq!(weakest_step(&[]), None);
    }
}
