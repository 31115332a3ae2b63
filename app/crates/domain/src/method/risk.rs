//! Riskiest first: which assumption to test next. A proposal of this product (M13).

use super::{Insufficient, check};

/// What an assumption puts at risk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stake {
    /// How important it is, 0 to 1 (the vertical place on the assumption map).
    pub importance: f64,
    /// How sure the team may be of it, 0 to 1, from [`confidence`](super::confidence).
    pub confidence: f64,
    /// What depends on it downstream, in any unit that is the same for all that are compared; 1 for
    /// all where nothing is linked.
    pub value: f64,
}

/// Importance × (1 − confidence) × value at stake.
///
/// # Errors
/// The importance or the confidence is not from 0 to 1, or the value is negative.
pub fn risk(stake: Stake) -> Result<f64, Insufficient> {
    let importance = check::share("importance", stake.importance)?;
    let doubt = 1.0 - check::share("confidence", stake.confidence)?;
    let value = check::not_negative("value at stake", stake.value)?;
    Ok(importance * doubt * value)
}

#[cfg(test)]
mod tests {
    use super::{Stake, risk};
    use crate::method::testing::near;

    fn stake(importance: f64, confidence: f64, value: f64) -> Stake {
        Stake {
            importance,
            confidence,
            value,
        }
    }

    #[test]
    fn important_and_unproven_is_the_riskiest() {
        let of = |importance, confidence| risk(stake(importance, confidence, 100.0)).unwrap();
        near(of(0.8, 0.1), 72.0, 1e-9);
        assert!(of(0.8, 0.1) > of(0.2, 0.0) && of(0.2, 0.0) > of(1.0, 0.9));
    }

    #[test]
    fn each_part_keeps_to_its_range() {
        assert!(risk(stake(1.1, 0.0, 1.0)).is_err());
        assert!(risk(stake(1.0, f64::NAN, 1.0)).is_err());
        assert!(risk(stake(1.0, 0.0, -1.0)).is_err());
        assert_eq!(risk(stake(1.0, 1.0, f64::MAX)), Ok(0.0));
    }
}
