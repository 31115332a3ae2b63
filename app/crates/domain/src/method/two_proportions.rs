//! Do two groups differ? The fixed-horizon test of an A/B experiment (M14).

use super::{Insufficient, Interval, Sample, Share, distribution, proportion};

/// Two shares compared. The statistic and the change are both shown, in the usual directions: `z`
/// is positive where the first group did better, `change` where the second did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoProportions {
    /// The share of the first group (A, the control).
    pub first: Share,
    /// The share of the second group (B, the variant).
    pub second: Share,
    /// `(p₁ − p₂) ∕ √(p̄(1 − p̄)(1∕n₁ + 1∕n₂))` with p̄ the share of both groups together.
    pub z: f64,
    /// The two-sided p-value of `z`.
    pub p_value: f64,
    /// p₂ − p₁, from −1 to 1.
    pub change: f64,
    /// The unpooled 95 % interval of `change`: `± 1.96 √(p₁(1 − p₁)∕n₁ + p₂(1 − p₂)∕n₂)`.
    pub interval: Interval,
}

/// The pooled two-proportion z test with the unpooled interval of the difference.
///
/// # Errors
/// A group is empty, or everybody in both groups did the same.
pub fn two_proportions(first: Sample, second: Sample) -> Result<TwoProportions, Insufficient> {
    let (one, two) = (first.share()?, second.share()?);
    let (n1, n2) = (first.n() as f64, second.n() as f64);
    let both = Sample::new(
        first.successes().saturating_add(second.successes()),
        first.n().saturating_add(second.n()),
    )?;
    if both.successes() == 0 || both.failures() == 0 {
        return Err(Insufficient::NoVariation("the results of both groups"));
    }
    let pooled = both.rate()?;
    let z = (one.value - two.value) / (pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2)).sqrt();
    let spread = |share: Share, n: f64| share.value * (1.0 - share.value) / n;
    let half = distribution::two_sided_quantile(proportion::CONFIDENCE)?
        * (spread(one, n1) + spread(two, n2)).sqrt();
    let change = two.value - one.value;
    Ok(TwoProportions {
        first: one,
        second: two,
        z,
        p_value: distribution::two_sided_p(z),
        change,
        interval: Interval {
            low: change - half,
            high: change + half,
        },
    })
}

/// The interval of p₂ − p₁ from the Wilson intervals of both shares (Newcombe 1998, method 10):
/// unlike the unpooled one it is never without width, however few there are, so that a verdict may
/// rest on it.
///
/// # Errors
/// A group is empty, or `confidence` is not strictly between 0 and 1.
pub fn newcombe(first: Sample, second: Sample, confidence: f64) -> Result<Interval, Insufficient> {
    let (p1, p2) = (first.rate()?, second.rate()?);
    let one = proportion::wilson(first, confidence)?;
    let two = proportion::wilson(second, confidence)?;
    let change = p2 - p1;
    Ok(Interval {
        low: change - (p2 - two.low).hypot(one.high - p1),
        high: change + (two.high - p2).hypot(p1 - one.low),
    })
}

#[cfg(test)]
mod tests {
    use super::{newcombe, two_proportions};
    use crate::method::{Insufficient, Sample, testing::near};

    /// Newcombe (1998), table II, method 10: 56/70 − 48/80, 9/10 − 3/10 and 10/10 − 0/10.
    #[test]
    fn newcombes_intervals_are_his() {
        let at = |s1, n1, s2, n2| {
            let sample = |s, n| Sample::new(s, n).unwrap();
            newcombe(sample(s2, n2), sample(s1, n1), 0.95).unwrap()
        };
        let found = at(56, 70, 48, 80);
        near(found.low, 0.0524, 5e-5);
        near(found.high, 0.3339, 5e-5);
        let found = at(9, 10, 3, 10);
        near(found.low, 0.1705, 5e-5);
        near(found.high, 0.8090, 5e-5);
        let found = at(10, 10, 0, 10);
        near(found.low, 0.6075, 5e-5);
        near(found.high, 1.0, 5e-5);
        let found = at(0, 1, 0, 1);
        assert!(found.low < -0.5 && found.high > 0.5);
    }

    fn sample(successes: u64, n: u64) -> Sample {
        Sample::new(successes, n).unwrap()
    }

    /// `proportions_ztest([5, 12], [83, 99])` in the tests of statsmodels.
    #[test]
    fn the_case_of_statsmodels_is_reproduced() {
        let test = two_proportions(sample(5, 83), sample(12, 99)).unwrap();
        near(test.z, -1.407_830_415_125_878_7, 1e-13);
        near(test.p_value, 0.159_181_291_811_569_92, 1e-13);
    }

    /// Cookie Cats: players back on day 7 with the gate at level 30 and at level 40.
    #[test]
    fn a_real_experiment_is_reproduced() {
        let test = two_proportions(sample(8_502, 44_700), sample(8_279, 45_489)).unwrap();
        near(test.z, 3.1644, 5e-5);
        near(test.p_value, 0.001_554, 5e-7);
        near(test.first.value, 0.1902, 5e-5);
        near(test.second.value, 0.1820, 5e-5);
        near(test.change, -0.0082, 5e-5);
        near(test.interval.low, -0.0133, 5e-5);
        near(test.interval.high, -0.0031, 5e-5);
    }

    #[test]
    fn groups_without_a_difference_to_see_are_refused() {
        let alike = Err(Insufficient::NoVariation("the results of both groups"));
        assert_eq!(two_proportions(sample(0, 5), sample(0, 7)), alike);
        assert_eq!(two_proportions(sample(5, 5), sample(7, 7)), alike);
        assert!(two_proportions(sample(0, 0), sample(1, 7)).is_err());
    }

    #[test]
    fn swapping_the_groups_turns_the_sign_alone() {
        arbtest::arbtest(|bytes| {
            let mut any = || {
                let n = bytes.int_in_range(1..=100_000_u64)?;
                Ok(sample(bytes.int_in_range(0..=n)?, n))
            };
            let (a, b) = (any()?, any()?);
            if let (Ok(one), Ok(two)) = (two_proportions(a, b), two_proportions(b, a)) {
                near(one.z, -two.z, 1e-9);
                near(one.p_value, two.p_value, 1e-9);
                near(one.interval.low, -two.interval.high, 1e-12);
                assert!((0.0..=1.0).contains(&one.p_value));
            }
            Ok(())
        })
        .budget_ms(1000);
    }
}
