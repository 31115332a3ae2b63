//! The distributions that the statistics of experiments (M14, M15, M16) rest on.

use statrs::function::{erf, gamma};

use super::{Insufficient, check};

/// How often a standard normal variable is at most `z`: Φ(z).
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    let tail = two_sided_p(z) / 2.0;
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// The `z` that a standard normal variable stays below with probability `p`: Φ⁻¹(p).
///
/// # Errors
/// `p` is not strictly between 0 and 1.
pub fn normal_quantile(p: f64) -> Result<f64, Insufficient> {
    let p = check::open_share("probability", p)?;
    let z = -std::f64::consts::SQRT_2 * erf::erfc_inv(2.0 * p);
    check::result("quantile", z)
}

/// The `z` that bounds the middle `confidence` of a standard normal variable: 1.96 for 0.95.
///
/// # Errors
/// `confidence` is not strictly between 0 and 1.
pub fn two_sided_quantile(confidence: f64) -> Result<f64, Insufficient> {
    let confidence = check::open_share("confidence", confidence)?;
    normal_quantile(0.5 + confidence / 2.0)
}

/// The two-sided p-value of a standard normal statistic: how often chance alone gives at least
/// this much, in either direction. It is Q(½, z² ∕ 2), the incomplete gamma function being right to
/// the last digits where the library's error function has ten.
#[must_use]
pub fn two_sided_p(z: f64) -> f64 {
    upper_gamma(0.5, z * z / 2.0)
}

/// The regularised upper incomplete gamma function for a positive `a`: 1 at zero, 0 far out. What is
/// no number counts as zero, so that a mistake upstream never looks significant.
fn upper_gamma(a: f64, x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return 1.0;
    }
    // Infinite x alone is refused by the library, and nothing lies beyond it.
    gamma::checked_gamma_ur(a, x).map_or(0.0, |share| share.clamp(0.0, 1.0))
}

/// The p-value of a χ² statistic with so many degrees of freedom: the regularised upper incomplete
/// gamma function Q(degrees ∕ 2, statistic ∕ 2).
///
/// # Errors
/// The statistic is negative, or there is no degree of freedom.
pub fn chi_square_p(statistic: f64, degrees: u64) -> Result<f64, Insufficient> {
    let statistic = check::not_negative("χ² statistic", statistic)?;
    let degrees = check::some("degrees of freedom", degrees)?;
    check::result("p-value", upper_gamma(degrees / 2.0, statistic / 2.0))
}

#[cfg(test)]
mod tests {
    use super::{chi_square_p, normal_cdf, normal_quantile, two_sided_p, two_sided_quantile};
    use crate::method::testing::near;

    /// Percentage points as any table of the normal distribution prints them.
    #[test]
    fn the_normal_distribution_has_its_textbook_values() {
        near(normal_cdf(0.0), 0.5, 1e-15);
        near(normal_cdf(-1.0), 0.158_655_253_931_457_05, 1e-15);
        near(two_sided_p(1.959_963_984_540_054), 0.05, 1e-14);
        near(
            two_sided_quantile(0.95).unwrap(),
            1.959_963_984_540_054,
            1e-12,
        );
        near(
            two_sided_quantile(0.99).unwrap(),
            2.575_829_303_548_901,
            1e-12,
        );
        near(
            normal_quantile(0.8).unwrap(),
            0.841_621_233_572_914_3,
            1e-12,
        );
    }

    /// The 5 % points of χ² in R: `qchisq(0.95, df)`.
    #[test]
    fn chi_square_has_its_textbook_values() {
        for (degrees, point) in [
            (1, 3.841_458_820_694_124),
            (2, 5.991_464_547_107_979),
            (10, 18.307_038_053_275_146),
        ] {
            near(chi_square_p(point, degrees).unwrap(), 0.05, 1e-12);
        }
        assert_eq!(chi_square_p(0.0, 1), Ok(1.0));
        assert!(chi_square_p(1.0, 0).is_err() && chi_square_p(-1.0, 1).is_err());
        near(chi_square_p(1e300, 1).unwrap(), 0.0, 1e-300);
    }

    #[test]
    fn extremes_are_no_accidents() {
        assert_eq!(two_sided_p(f64::INFINITY), 0.0);
        assert_eq!(two_sided_p(f64::NAN), 1.0);
        assert_eq!((normal_cdf(-1e200), normal_cdf(1e200)), (0.0, 1.0));
        for p in [0.0, 1.0, -0.5, f64::NAN] {
            assert!(normal_quantile(p).is_err(), "{p}");
        }
    }

    #[test]
    fn quantile_and_probability_undo_each_other() {
        arbtest::arbtest(|bytes| {
            let p = f64::from(bytes.int_in_range(1..=999_999)?) / 1e6;
            near(normal_cdf(normal_quantile(p).unwrap()), p, 1e-12);
            near(normal_cdf(-normal_quantile(p).unwrap()), 1.0 - p, 1e-12);
            Ok(())
        })
        .budget_ms(1000);
    }
}
