//! Signals from the environment: their size on the radar, and how they fade (M8).

use super::{Insufficient, check};

/// The days after which a signal that nobody has seen again begins to fade; a proposal of this
/// product.
pub const FRESH_DAYS: f64 = 90.0;

/// A signal on the radar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signal {
    /// Impact × likelihood, 1 to 25.
    pub size: f64,
    /// What is left of it: 1 while it is fresh, then halved with every further [`FRESH_DAYS`].
    pub strength: f64,
    /// Whether it has begun to fade.
    pub is_fading: bool,
}

/// Sizes a signal by its impact and likelihood, each 1 to 5, and the days since it was last seen.
///
/// # Errors
/// A rating is not from 1 to 5, or the days are no number; what lies in the future counts as today.
pub fn signal(impact: f64, likelihood: f64, days_unseen: f64) -> Result<Signal, Insufficient> {
    let impact = check::within("impact", impact, 1.0, 5.0)?;
    let likelihood = check::within("likelihood", likelihood, 1.0, 5.0)?;
    let (strength, is_fading) = strength(days_unseen)?;
    Ok(Signal {
        size: impact * likelihood,
        strength,
        is_fading,
    })
}

/// What is left of a signal after the days since it was last seen, 0 to 1, whatever its ratings, and
/// whether it fades.
///
/// # Errors
/// The days are no number; what lies in the future counts as today.
pub fn strength(days_unseen: f64) -> Result<(f64, bool), Insufficient> {
    let stale = check::finite("days since it was seen", days_unseen)? - FRESH_DAYS;
    Ok(((-stale.max(0.0) / FRESH_DAYS).exp2(), stale > 0.0))
}

#[cfg(test)]
mod tests {
    use super::{FRESH_DAYS, signal};

    #[test]
    fn a_signal_nobody_sees_again_fades() {
        let fresh = signal(4.0, 5.0, FRESH_DAYS).unwrap();
        assert_eq!(
            (fresh.size, fresh.strength, fresh.is_fading),
            (20.0, 1.0, false)
        );
        let faded = signal(4.0, 5.0, 3.0 * FRESH_DAYS).unwrap();
        assert_eq!((faded.strength, faded.is_fading), (0.25, true));
        assert_eq!(signal(1.0, 1.0, -5.0).unwrap().strength, 1.0);
        assert_eq!(signal(1.0, 1.0, 1e300).unwrap().strength, 0.0);
    }

    #[test]
    fn ratings_are_one_to_five() {
        assert!(signal(0.0, 3.0, 1.0).is_err() && signal(3.0, 6.0, 1.0).is_err());
        assert!(signal(3.0, 3.0, f64::NAN).is_err());
    }
}
