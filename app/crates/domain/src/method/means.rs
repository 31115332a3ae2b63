//! Means of samples that are known by mean, standard deviation and size, and their difference
//! (M14), after Student and Welch.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::{Insufficient, Interval, average, check};

/// Beyond so many degrees of freedom Student's distribution is the normal one to six digits.
const LARGE: f64 = 1e6;

/// A sample of numbers as it is reported.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The mean.
    pub mean: f64,
    /// The standard deviation with n − 1 in its divisor; zero or more.
    pub deviation: f64,
    /// How many were measured: at least two.
    pub n: u64,
}

/// A mean less another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanDifference {
    /// The second less the first.
    pub change: f64,
    /// Its interval of 95 % confidence.
    pub interval: Interval,
    /// The change in standard errors.
    pub t: f64,
    /// Degrees of freedom after Welch.
    pub freedom: f64,
    /// The two-sided p-value.
    pub p_value: f64,
}

/// Student's interval of a mean: `mean ± t · s ∕ √n` with n − 1 degrees of freedom.
///
/// # Errors
/// Fewer than two were measured, or a number is out of range.
pub fn interval(sample: Measured, confidence: f64) -> Result<Interval, Insufficient> {
    let (mean, variance, freedom) = parts(sample)?;
    let reach = quantile(freedom, confidence)? * variance.sqrt();
    Ok(Interval {
        low: check::result("mean", mean - reach)?,
        high: check::result("mean", mean + reach)?,
    })
}

/// Sums up numbers that are known one by one.
///
/// # Errors
/// There are fewer than two, or one is not finite.
pub fn measured(values: &[f64]) -> Result<Measured, Insufficient> {
    let mean = average::mean("observations", values)?.value;
    let n = check::count("n", values.len() as u64)?;
    check::within("n", n, 2.0, f64::INFINITY)?;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Ok(Measured {
        mean,
        deviation: check::result("deviation", (squares / (n - 1.0)).sqrt())?,
        n: values.len() as u64,
    })
}

/// Welch's t test of two means, whose variances may differ.
///
/// # Errors
/// Fewer than two were measured in a sample, a number is out of range, or nothing varies.
pub fn welch(first: Measured, second: Measured) -> Result<MeanDifference, Insufficient> {
    let (one, one_variance, one_freedom) = parts(first)?;
    let (other, other_variance, other_freedom) = parts(second)?;
    let variance = check::result("deviation", one_variance + other_variance)?;
    if variance == 0.0 {
        return Err(Insufficient::NoVariation("the results of both groups"));
    }
    // In shares of the whole, so that the squares of tiny and of huge variances stay numbers.
    let part = |variance_of_one: f64, freedom: f64| (variance_of_one / variance).powi(2) / freedom;
    let freedom = 1.0 / (part(one_variance, one_freedom) + part(other_variance, other_freedom));
    let (change, error) = (check::result("difference", other - one)?, variance.sqrt());
    let t = check::result("difference", change / error)?;
    let reach = quantile(freedom, 0.95)? * error;
    let student = student(freedom)?;
    Ok(MeanDifference {
        change,
        interval: Interval {
            low: check::result("difference", change - reach)?,
            high: check::result("difference", change + reach)?,
        },
        t,
        freedom,
        p_value: 2.0 * student.cdf(-t.abs()),
    })
}

/// The mean, its squared standard error and its degrees of freedom.
fn parts(sample: Measured) -> Result<(f64, f64, f64), Insufficient> {
    let n = check::count("n", sample.n)?;
    check::within("n", n, 2.0, f64::INFINITY)?;
    let mean = check::finite("mean", sample.mean)?;
    let deviation = check::not_negative("deviation", sample.deviation)?;
    let variance = check::result("deviation", deviation * deviation)?;
    Ok((mean, variance / n, n - 1.0))
}

fn student(freedom: f64) -> Result<StudentsT, Insufficient> {
    let usable = freedom.clamp(1.0, LARGE);
    StudentsT::new(0.0, 1.0, usable).map_err(|_| Insufficient::TooLarge("observations"))
}

fn quantile(freedom: f64, confidence: f64) -> Result<f64, Insufficient> {
    let confidence = check::open_share("confidence", confidence)?;
    Ok(student(freedom)?.inverse_cdf(f64::midpoint(1.0, confidence)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(mean: f64, deviation: f64, n: u64) -> Measured {
        Measured { mean, deviation, n }
    }

    #[test]
    fn numbers_are_summed_up() {
        let sample = super::measured(&[2.0, 4.0, 6.0]).unwrap();
        assert_eq!(sample, measured(4.0, 2.0, 3));
        assert!(super::measured(&[4.0]).is_err() && super::measured(&[]).is_err());
        assert!(super::measured(&[f64::MAX, f64::MIN]).is_err());
    }

    /// The tables have t = 2.262157 for 95 % and nine degrees of freedom.
    #[test]
    fn a_mean_has_students_interval() {
        let found = interval(measured(10.0, 2.0, 10), 0.95).unwrap();

        let reach = 2.262_157 * 2.0 / 10.0_f64.sqrt();
        assert!((found.high - 10.0 - reach).abs() < 1e-5, "{found:?}");
        assert!((found.low + found.high - 20.0).abs() < 1e-12);
    }

    /// Equal variances and sizes give Student's own test: t = −2 ∕ √(2 · 4 ∕ 10), 18 degrees of
    /// freedom, for which the tables have 2.100922.
    #[test]
    fn two_means_are_compared_after_welch() {
        let found = welch(measured(12.0, 2.0, 10), measured(10.0, 2.0, 10)).unwrap();

        let error = (2.0 * 4.0_f64 / 10.0).sqrt();
        assert!((found.t + 2.0 / error).abs() < 1e-12);
        assert!((found.freedom - 18.0).abs() < 1e-9);
        assert!((found.interval.high - (-2.0 + 2.100_922 * error)).abs() < 1e-5);
        assert!((found.p_value - 0.038_2).abs() < 5e-4, "{}", found.p_value);
    }

    #[test]
    fn what_cannot_be_compared_says_why() {
        let good = measured(1.0, 1.0, 5);
        let bad = [
            measured(f64::NAN, 1.0, 5),
            measured(1.0, -1.0, 5),
            measured(1.0, 1.0, 1),
            measured(1.0, 1.0, 0),
            measured(1.0, 1e200, 5),
            measured(1.0, f64::INFINITY, 5),
        ];
        for sample in bad {
            assert!(welch(good, sample).is_err(), "{sample:?}");
            assert!(interval(sample, 0.95).is_err(), "{sample:?}");
        }
        let same = measured(1.0, 0.0, 5);
        let alike = Insufficient::NoVariation("the results of both groups");
        assert_eq!(welch(same, same), Err(alike));
    }
}
