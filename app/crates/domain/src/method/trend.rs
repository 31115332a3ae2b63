//! The trend of something over time: the straight line of least squares, and how sure its slope is.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::proportion::CONFIDENCE;
use super::{Insufficient, Interval, check};

/// The slope of a line through points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// By how much the second number grows with each one of the first.
    pub slope: f64,
    /// Its 95 % interval, `slope ± t · s ∕ √Σ(x − x̄)²` with n − 2 degrees of freedom; `None` for two
    /// points, through which every line fits.
    pub interval: Option<Interval>,
}

/// Fits a line to points (x, y) by least squares.
///
/// # Errors
/// All x are the same, there are fewer than two, or a number is not finite.
pub fn trend(points: &[(f64, f64)]) -> Result<Trend, Insufficient> {
    let n = check::not_empty("points in time", points)?;
    let (mut x_mean, mut y_mean) = (0.0, 0.0);
    for &(x, y) in points {
        x_mean += check::finite("points in time", x)? / n;
        y_mean += check::finite("values", y)? / n;
    }
    let sum = |of: fn(f64, f64) -> f64| {
        let products = points.iter().map(|(x, y)| of(x - x_mean, y - y_mean));
        products.sum::<f64>()
    };
    let spread = check::result("trend", sum(|x, _| x * x))?;
    if spread == 0.0 {
        return Err(Insufficient::NoVariation("points in time"));
    }
    let slope = check::result("trend", sum(|x, y| x * y) / spread)?;
    if points.len() < 3 {
        return Ok(Trend {
            slope,
            interval: None,
        });
    }
    let squares = points.iter().map(|(x, y)| {
        let rest = y - y_mean - slope * (x - x_mean);
        rest * rest
    });
    let freedom = n - 2.0;
    let error = check::result("trend", (squares.sum::<f64>() / freedom / spread).sqrt())?;
    let student = StudentsT::new(0.0, 1.0, freedom);
    let student = student.map_err(|_| Insufficient::TooLarge("points in time"))?;
    let reach = student.inverse_cdf(f64::midpoint(1.0, CONFIDENCE)) * error;
    Ok(Trend {
        slope,
        interval: Some(Interval {
            low: slope - reach,
            high: slope + reach,
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::trend;
    use crate::method::{Insufficient, testing::near};

    /// By hand: x̄ = 3, ȳ = 4, Σ(x − x̄)² = 10, Σ(x − x̄)(y − ȳ) = 6, Σ rest² = 2.4, t₃ = 3.182446.
    #[test]
    fn the_slope_has_students_interval() {
        let found = trend(&[(1.0, 2.0), (2.0, 4.0), (3.0, 5.0), (4.0, 4.0), (5.0, 5.0)]).unwrap();
        near(found.slope, 0.6, 1e-12);
        let interval = found.interval.unwrap();
        near(interval.low, 0.6 - 3.182_446 * 0.08_f64.sqrt(), 1e-5);
        near(interval.high, 0.6 + 3.182_446 * 0.08_f64.sqrt(), 1e-5);
    }

    #[test]
    fn two_points_have_a_slope_and_no_certainty() {
        let found = trend(&[(0.0, 3.0), (2.0, 4.0)]).unwrap();
        assert_eq!((found.slope, found.interval), (0.5, None));
        let same = Err(Insufficient::NoVariation("points in time"));
        assert_eq!(trend(&[(1.0, 3.0), (1.0, 4.0)]), same);
        assert!(trend(&[]).is_err() && trend(&[(f64::NAN, 1.0), (1.0, 1.0)]).is_err());
        assert!(trend(&[(0.0, f64::MAX), (f64::MAX, 1.0)]).is_err());
    }
}
