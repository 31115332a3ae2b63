//! RICE: reach × impact × confidence ÷ effort (McBride, Intercom 2016; M20).

use super::{Insufficient, check};

/// Massive, high, medium, low and minimal impact.
pub const IMPACTS: [f64; 5] = [3.0, 2.0, 1.0, 0.5, 0.25];

/// High, medium and low confidence; anything below is a moonshot.
pub const CONFIDENCES: [f64; 3] = [1.0, 0.8, 0.5];

/// The least effort in person-months; above it whole months are used.
pub const LEAST_EFFORT: f64 = 0.5;

/// What RICE is computed from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rice {
    /// People or events a period, the same period for all that is compared.
    pub reach: f64,
    /// How much it moves each person: one of [`IMPACTS`].
    pub impact: f64,
    /// How sure the three others are, a share of 0 to 1: one of [`CONFIDENCES`].
    pub confidence: f64,
    /// Person-months of the whole team.
    pub effort: f64,
}

/// A deviation from the scales of the method. The score still holds, but compares less well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The impact is not one of [`IMPACTS`].
    ImpactOffScale,
    /// The confidence is between the steps of [`CONFIDENCES`].
    ConfidenceOffScale,
    /// The confidence is below 50 %.
    Moonshot,
    /// The effort is neither whole months nor [`LEAST_EFFORT`].
    EffortOffScale,
}

/// A score and what is to be said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Total impact per time worked: reach × impact × confidence ÷ effort.
    pub score: f64,
    /// Where the inputs leave the scales.
    pub remarks: Vec<Remark>,
}

/// Computes the score.
///
/// # Errors
/// The effort is zero, or an input is negative, above 100 % or not a number.
pub fn rice(rice: Rice) -> Result<Scored, Insufficient> {
    let reach = check::not_negative("reach", rice.reach)?;
    let impact = check::not_negative("impact", rice.impact)?;
    let confidence = check::share("confidence", rice.confidence)?;
    let effort = check::positive("effort", rice.effort)?;
    let lowest = CONFIDENCES.into_iter().fold(1.0, f64::min);
    let remarks = [
        (!IMPACTS.contains(&impact), Remark::ImpactOffScale),
        (confidence < lowest, Remark::Moonshot),
        (
            confidence > lowest && !CONFIDENCES.contains(&confidence),
            Remark::ConfidenceOffScale,
        ),
        (
            effort.fract() != 0.0 && effort != LEAST_EFFORT,
            Remark::EffortOffScale,
        ),
    ];
    Ok(Scored {
        score: check::result("RICE score", reach * impact * confidence / effort)?,
        remarks: remarks
            .into_iter()
            .filter_map(|(applies, remark)| applies.then_some(remark))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Remark, Rice, rice};
    use crate::method::{Insufficient, testing::near};

    fn check(inputs: [f64; 4]) -> Result<super::Scored, Insufficient> {
        let [reach, impact, confidence, effort] = inputs;
        rice(Rice {
            reach,
            impact,
            confidence,
            effort,
        })
    }

    /// McBride's three projects; the first reaches 500 a month × 30 % × 3 months.
    #[test]
    fn the_published_projects_are_ranked() {
        let projects = [
            ([500.0 * 0.3 * 3.0, 3.0, 1.0, 2.0], 675.0),
            ([2000.0, 1.0, 0.8, 4.0], 400.0),
            ([800.0, 2.0, 0.5, 1.0], 800.0),
        ];
        for (inputs, expected) in projects {
            let scored = check(inputs).unwrap();
            near(scored.score, expected, 1e-9);
            assert_eq!(scored.remarks, []);
        }
    }

    #[test]
    fn what_leaves_the_scales_still_computes_with_a_remark() {
        let scored = check([100.0, 1.5, 0.9, 1.5]).unwrap();
        near(scored.score, 90.0, 1e-9);
        let expected = [
            Remark::ImpactOffScale,
            Remark::ConfidenceOffScale,
            Remark::EffortOffScale,
        ];
        assert_eq!(scored.remarks, expected);
        let scored = check([100.0, 1.0, 0.4, 0.5]).unwrap();
        assert_eq!(scored.remarks, [Remark::Moonshot]);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let zero = Err(Insufficient::Zero("effort"));
        assert_eq!(check([1.0, 1.0, 1.0, 0.0]), zero);
        assert!(check([-1.0, 1.0, 1.0, 1.0]).is_err());
        assert!(check([1.0, f64::NAN, 1.0, 1.0]).is_err());
        assert!(check([1.0, 1.0, 80.0, 1.0]).is_err());
        let large = Err(Insufficient::TooLarge("RICE score"));
        assert_eq!(check([f64::MAX, 3.0, 1.0, 1.0]), large);
    }
}
