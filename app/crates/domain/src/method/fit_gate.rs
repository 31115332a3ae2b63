//! The gate of problem–solution fit: is the problem worth a solution (after Maurya; M9)?

use super::{Insufficient, Sample, Share, check, confidence_meter};

/// What a team asks of itself before it builds. The numbers are this product's proposal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gate {
    /// How many problem interviews in the segment.
    pub interviews: u64,
    /// Which share of them must name the problem unprompted.
    pub unprompted: f64,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            interviews: 10,
            unprompted: 0.6,
        }
    }
}

/// How far a segment is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FitGate {
    /// The share of interviews in which the problem was named unprompted, with n and interval.
    pub unprompted: Share,
    /// Whether there are enough interviews.
    pub has_interviews: bool,
    /// Whether enough of them named the problem.
    pub is_felt: bool,
    /// Whether evidence of willingness to pay is stronger than opinion.
    pub would_pay: bool,
}

impl FitGate {
    /// Whether all three hold.
    #[must_use]
    pub fn passes(self) -> bool {
        self.has_interviews && self.is_felt && self.would_pay
    }
}

/// The most that an opinion weighs on the confidence meter.
#[must_use]
pub fn opinion() -> f64 {
    confidence_meter::by_id("others-opinion").map_or(0.0, |step| step.high)
}

/// Checks a segment: the interviews in which the problem was named unprompted, and the weight on
/// the confidence meter of the strongest evidence that somebody will pay (0 for none).
///
/// # Errors
/// There is no interview, the weight is not from 0 to 10, or the gate asks for an impossible share.
pub fn fit_gate(
    unprompted: Sample,
    payment_evidence: f64,
    gate: Gate,
) -> Result<FitGate, Insufficient> {
    let asked = check::share("share to name the problem", gate.unprompted)?;
    let weight = check::within("weight of evidence", payment_evidence, 0.0, 10.0)?;
    if unprompted.n() == 0 {
        return Err(Insufficient::Missing("problem interviews"));
    }
    let share = unprompted.share()?;
    let opinion = opinion();
    Ok(FitGate {
        unprompted: share,
        has_interviews: unprompted.n() >= gate.interviews,
        is_felt: share.value >= asked,
        would_pay: weight > opinion,
    })
}

#[cfg(test)]
mod tests {
    use super::{Gate, fit_gate};
    use crate::method::{Insufficient, Sample};

    fn check(named: u64, interviews: u64, evidence: f64) -> Result<bool, Insufficient> {
        let sample = Sample::new(named, interviews).unwrap();
        fit_gate(sample, evidence, Gate::default()).map(super::FitGate::passes)
    }

    #[test]
    fn interviews_need_and_payment_must_all_be_there() {
        assert_eq!(check(6, 10, 1.0), Ok(true));
        assert_eq!(check(9, 9, 1.0), Ok(false));
        assert_eq!(check(5, 10, 1.0), Ok(false));
        // Opinion alone ends at 0.2 on the meter.
        assert_eq!(check(10, 10, 0.2), Ok(false));
    }

    #[test]
    fn without_interviews_nothing_is_known() {
        let missing = Err(Insufficient::Missing("problem interviews"));
        assert_eq!(check(0, 0, 1.0), missing);
        assert!(check(6, 10, 11.0).is_err() && check(6, 10, f64::NAN).is_err());
    }
}
