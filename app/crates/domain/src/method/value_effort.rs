//! The 2 × 2 of value and effort (M20).

use super::{Insufficient, check};

/// A corner of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quadrant {
    /// Much value for little effort: first.
    QuickWin,
    /// Much value for much effort: plan it.
    BigBet,
    /// Little value for little effort: when there is time.
    FillIn,
    /// Little value for much effort: leave it.
    TimeSink,
}

/// Places one item; a value or effort on the dividing line counts as high.
///
/// # Errors
/// A number is not finite.
pub fn quadrant(
    value: f64,
    effort: f64,
    value_line: f64,
    effort_line: f64,
) -> Result<Quadrant, Insufficient> {
    let much = check::finite("value", value)? >= check::finite("dividing value", value_line)?;
    let hard = check::finite("effort", effort)? >= check::finite("dividing effort", effort_line)?;
    Ok(match (much, hard) {
        (true, false) => Quadrant::QuickWin,
        (true, true) => Quadrant::BigBet,
        (false, false) => Quadrant::FillIn,
        (false, true) => Quadrant::TimeSink,
    })
}

#[cfg(test)]
mod tests {
    use super::{Quadrant, quadrant};

    #[test]
    fn each_corner_has_its_name() {
        for (value, effort, expected) in [
            (8.0, 2.0, Quadrant::QuickWin),
            (8.0, 8.0, Quadrant::BigBet),
            (5.0, 5.0, Quadrant::BigBet),
            (2.0, 2.0, Quadrant::FillIn),
            (2.0, 8.0, Quadrant::TimeSink),
        ] {
            assert_eq!(quadrant(value, effort, 5.0, 5.0), Ok(expected));
        }
        assert!(quadrant(f64::NAN, 1.0, 5.0, 5.0).is_err());
        assert!(quadrant(1.0, f64::INFINITY, 5.0, 5.0).is_err());
    }
}
