//! How many each arm of an A/B experiment needs, and what a given number can see (M14).
//!
//! Two forms circulate and differ by some per cent; the product always names the one it used.

use super::{Insufficient, check, distribution};

/// Which formula plans an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Evan Miller's calculator: the variance under no effect is that of the base rate. Its
    /// results are rounded to the nearest whole number, as he shows them.
    EvanMiller,
    /// `power.prop.test` of R: the variance under no effect is that of the mean of both rates. Its
    /// results are rounded up.
    R,
}

impl Form {
    /// The name to show beside the figure.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EvanMiller => "Evan Miller",
            Self::R => "R power.prop.test",
        }
    }
}

/// What an experiment hopes to see.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// The share without the change, strictly between 0 and 1.
    pub base: f64,
    /// By how much the share changes, as a share: 0.01 is one percentage point up.
    pub change: f64,
    /// The two-sided level of significance, as in 0.05.
    pub alpha: f64,
}

impl Plan {
    /// `(z at 1 − α∕2, deviation under no effect, deviation under the effect, |change|)`, both
    /// deviations those of a difference of two shares of one observation each.
    fn parts(self, form: Form) -> Result<(f64, f64, f64, f64), Insufficient> {
        let p = check::open_share("base rate", self.base)?;
        if check::finite("change", self.change)? == 0.0 {
            return Err(Insufficient::Zero("change to see"));
        }
        let q = check::open_share("rate with the change", p + self.change)?;
        let alpha = check::open_share("level of significance", self.alpha)?;
        let z = -distribution::normal_quantile(alpha / 2.0)?;
        let null = match form {
            Form::EvanMiller => p,
            Form::R => (p + q) / 2.0,
        };
        let without = (2.0 * null * (1.0 - null)).sqrt();
        let with = (p * (1.0 - p) + q * (1.0 - q)).sqrt();
        Ok((z, without, with, self.change.abs()))
    }
}

/// The number that each arm needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleSize {
    /// As the formula gives it.
    pub exact: f64,
    /// As a whole number; see [`Form`] for how it is rounded.
    pub per_arm: u64,
    /// The formula.
    pub form: Form,
}

/// `n = (z_{1−α∕2} σ₀ + z_{power} σ₁)² ∕ δ²` for each arm, with σ₁² = p(1 − p) + (p + δ)(1 − p − δ)
/// and σ₀² = 2p(1 − p) (Evan Miller) or 2p̄(1 − p̄) (R).
///
/// # Errors
/// A rate, the level or the power is not strictly between 0 and 1, the change is zero, or the
/// number is beyond counting.
pub fn sample_size(plan: Plan, power: f64, form: Form) -> Result<SampleSize, Insufficient> {
    let (z, without, with, change) = plan.parts(form)?;
    let power = check::open_share("power", power)?;
    let reach = z * without + distribution::normal_quantile(power)? * with;
    // A power below α∕2 is reached by nobody at all.
    let exact = (reach.max(0.0) / change).powi(2);
    if exact >= 9e15 {
        return Err(Insufficient::TooLarge("sample size"));
    }
    let whole = match form {
        Form::EvanMiller => exact.round(),
        Form::R => exact.ceil(),
    };
    Ok(SampleSize {
        exact,
        per_arm: whole.max(1.0) as u64,
        form,
    })
}

/// The chance that `per_arm` observations in each arm show the planned change:
/// `Φ((√n |δ| − z_{1−α∕2} σ₀) ∕ σ₁)`, the tail in the wrong direction left out as R does.
///
/// # Errors
/// As [`sample_size`], and there is nobody in an arm.
pub fn power(plan: Plan, per_arm: u64, form: Form) -> Result<f64, Insufficient> {
    let (z, without, with, change) = plan.parts(form)?;
    let n = check::some("observations in an arm", per_arm)?;
    Ok(distribution::normal_cdf(
        (n.sqrt() * change - z * without) / with,
    ))
}

#[cfg(test)]
mod tests {
    use super::{Form, Plan, power, sample_size};
    use crate::method::testing::near;

    fn plan(base: f64, change: f64) -> Plan {
        Plan {
            base,
            change,
            alpha: 0.05,
        }
    }

    /// Evan Miller's calculator at a power of 0.8: 5 % and one or three points more, and the 20 %
    /// and five points that it opens with.
    #[test]
    fn evan_millers_numbers_are_reproduced() {
        for (base, change, expected) in [(0.05, 0.01, 7_663), (0.05, 0.03, 894), (0.2, 0.05, 1_030)]
        {
            let size = sample_size(plan(base, change), 0.8, Form::EvanMiller).unwrap();
            assert_eq!(size.per_arm, expected);
        }
    }

    /// R: `power.prop.test(p1 = 0.05, p2 = 0.06, power = 0.8)` and, from its manual,
    /// `power.prop.test(p1 = 0.50, p2 = 0.75, power = 0.90)` with 76.7 and
    /// `power.prop.test(n = 50, p1 = 0.50, p2 = 0.75)` with 0.740.
    #[test]
    fn the_numbers_of_r_are_reproduced() {
        let size = sample_size(plan(0.05, 0.01), 0.8, Form::R).unwrap();
        assert_eq!(size.per_arm, 8_158);
        let size = sample_size(plan(0.5, 0.25), 0.9, Form::R).unwrap();
        near(size.exact, 76.7, 0.05);
        assert_eq!(size.per_arm, 77);
        near(power(plan(0.5, 0.25), 50, Form::R).unwrap(), 0.740, 5e-4);
    }

    #[test]
    fn what_cannot_be_planned_is_refused() {
        for bad in [0.0, 1.0, -0.1, f64::NAN] {
            assert!(sample_size(plan(bad, 0.01), 0.8, Form::R).is_err(), "{bad}");
            assert!(sample_size(plan(0.5, 0.1), bad, Form::R).is_err(), "{bad}");
        }
        assert!(sample_size(plan(0.5, 0.0), 0.8, Form::R).is_err());
        assert!(sample_size(plan(0.5, 0.5), 0.8, Form::R).is_err());
        assert!(sample_size(plan(0.5, 1e-12), 0.8, Form::R).is_err());
        assert!(power(plan(0.5, 0.1), 0, Form::R).is_err());
    }

    #[test]
    fn the_planned_number_has_the_planned_power() {
        arbtest::arbtest(|bytes| {
            let base = f64::from(bytes.int_in_range(1..=90)?) / 100.0;
            let change = f64::from(bytes.int_in_range(1..=90)?) / 1_000.0;
            let wanted = f64::from(bytes.int_in_range(50..=99)?) / 100.0;
            for form in [Form::EvanMiller, Form::R] {
                let size = sample_size(plan(base, change), wanted, form).unwrap();
                // One more than the exact number reaches the power, one less does not.
                let above = size.exact.ceil() as u64;
                assert!(power(plan(base, change), above, form).unwrap() >= wanted - 1e-9);
                if above > 2 {
                    assert!(power(plan(base, change), above - 2, form).unwrap() < wanted);
                }
            }
            Ok(())
        })
        .budget_ms(1000);
    }
}
