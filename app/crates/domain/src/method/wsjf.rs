//! Weighted shortest job first, as SAFe computes it (M20).

use super::{Insufficient, check};

/// The relative scale of every part; the smallest item of a column is 1.
pub const SCALE: [f64; 7] = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0];

/// What WSJF is computed from, each on [`SCALE`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wsjf {
    /// User and business value.
    pub value: f64,
    /// Time criticality.
    pub urgency: f64,
    /// Risk reduction and opportunity enablement.
    pub enablement: f64,
    /// Job size.
    pub size: f64,
}

/// The score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// (value + urgency + enablement) ÷ size; the highest goes first.
    pub score: f64,
    /// Whether a part is off [`SCALE`], so that the score compares less well.
    pub is_off_scale: bool,
}

/// Computes the score.
///
/// # Errors
/// The size is zero, or a part is negative or not a number.
pub fn wsjf(wsjf: Wsjf) -> Result<Scored, Insufficient> {
    let value = check::not_negative("user and business value", wsjf.value)?;
    let urgency = check::not_negative("time criticality", wsjf.urgency)?;
    let enablement = check::not_negative("risk reduction", wsjf.enablement)?;
    let size = check::positive("job size", wsjf.size)?;
    let parts = [value, urgency, enablement, size];
    Ok(Scored {
        score: check::result("WSJF score", (value + urgency + enablement) / size)?,
        is_off_scale: !parts.iter().all(|part| SCALE.contains(part)),
    })
}

#[cfg(test)]
mod tests {
    use super::{Wsjf, wsjf};
    use crate::method::Insufficient;

    fn check(parts: [f64; 4]) -> Result<(f64, bool), Insufficient> {
        let [value, urgency, enablement, size] = parts;
        let scored = wsjf(Wsjf {
            value,
            urgency,
            enablement,
            size,
        })?;
        Ok((scored.score, scored.is_off_scale))
    }

    #[test]
    fn cost_of_delay_is_divided_by_the_size() {
        assert_eq!(check([8.0, 5.0, 3.0, 2.0]), Ok((8.0, false)));
        assert_eq!(check([20.0, 1.0, 1.0, 20.0]), Ok((1.1, false)));
        assert_eq!(check([4.0, 1.0, 1.0, 2.0]), Ok((3.0, true)));
    }

    #[test]
    fn a_job_without_size_has_no_score() {
        let zero = Err(Insufficient::Zero("job size"));
        assert_eq!(check([8.0, 5.0, 3.0, 0.0]), zero);
        assert!(check([8.0, f64::NAN, 3.0, 1.0]).is_err());
        assert!(check([8.0, 5.0, -3.0, 1.0]).is_err());
    }
}
