//! A share of a sample, which never stands without its n and its interval (M15, M16).

use super::{Insufficient, check, distribution};

/// The confidence of every interval that the product shows by itself.
pub const CONFIDENCE: f64 = 0.95;

/// The fewest people of whom this product says on which side of a threshold they are, however much
/// they agree: that two or three say the same has no spread to tell chance from.
pub const FEWEST: u64 = 5;

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    successes: u64,
    n: u64,
}

impl Sample {
    /// `successes` of `n`, which may be none of none.
    ///
    /// # Errors
    /// There are more successes than there are at all.
    pub fn new(successes: u64, n: u64) -> Result<Self, Insufficient> {
        if successes > n {
            return Err(Insufficient::MoreThanAll {
                part: "successes",
                has: successes,
                whole: "cases in the sample",
                limit: n,
            });
        }
        Ok(Self { successes, n })
    }

    /// How many did.
    #[must_use]
    pub fn successes(self) -> u64 {
        self.successes
    }

    /// How many did not.
    #[must_use]
    pub fn failures(self) -> u64 {
        self.n - self.successes
    }

    /// How many there were.
    #[must_use]
    pub fn n(self) -> u64 {
        self.n
    }

    /// Successes ÷ n.
    ///
    /// # Errors
    /// The sample is empty.
    pub fn rate(self) -> Result<f64, Insufficient> {
        let n = check::some("observations", self.n)?;
        Ok(self.successes as f64 / n)
    }

    /// The share with its 95 % Wilson interval.
    ///
    /// # Errors
    /// The sample is empty.
    pub fn share(self) -> Result<Share, Insufficient> {
        Ok(Share {
            value: self.rate()?,
            sample: self,
            interval: wilson(self, CONFIDENCE)?,
        })
    }
}

/// From `low` to `high`, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a value lies in it.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// A share of a sample, 0 to 1, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Successes ÷ n.
    pub value: f64,
    /// What it was counted from.
    pub sample: Sample,
    /// Its 95 % Wilson interval.
    pub interval: Interval,
}

/// Wilson's score interval of a share: `(p + z²∕2n ± z√(p(1−p)∕n + z²∕4n²)) ∕ (1 + z²∕n)`
/// (Wilson 1927); always within 0 to 1, and honest for small samples and extreme shares.
///
/// # Errors
/// The sample is empty, or `confidence` is not strictly between 0 and 1.
pub fn wilson(sample: Sample, confidence: f64) -> Result<Interval, Insufficient> {
    let n = check::some("observations", sample.n)?;
    wilson_at(sample.successes as f64 / n, sample.n, confidence)
}

/// Wilson's interval of a mean of `n` shares, each 0 to 1: a share varies most where it is all or
/// nothing, so the interval is never too narrow.
///
/// # Errors
/// There are no observations, the mean is no share, or the confidence is not between 0 and 1.
pub fn wilson_at(mean: f64, n: u64, confidence: f64) -> Result<Interval, Insufficient> {
    let n = check::some("observations", n)?;
    let p = check::share("mean", mean)?;
    let z = distribution::two_sided_quantile(confidence)?;
    let stretch = 1.0 + z * z / n;
    let centre = (p + z * z / (2.0 * n)) / stretch;
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / stretch;
    // The ends touch 0 and 1 exactly where nobody or everybody did; rounding must not hide that.
    Ok(Interval {
        low: if p <= 0.0 {
            0.0
        } else {
            (centre - half).max(0.0)
        },
        high: if p >= 1.0 {
            1.0
        } else {
            (centre + half).min(1.0)
        },
    })
}

/// The adjusted-Wald interval (Agresti and Coull 1998; Sauro and Lewis 2005 for completion rates):
/// the plain interval after z²∕2 successes and z²∕2 failures are added, cut off at 0 and 1. M16.
///
/// # Errors
/// The sample is empty, or `confidence` is not strictly between 0 and 1.
pub fn adjusted_wald(sample: Sample, confidence: f64) -> Result<Interval, Insufficient> {
    let n = check::some("observations", sample.n)?;
    let z = distribution::two_sided_quantile(confidence)?;
    let adjusted = n + z * z;
    let p = (sample.successes as f64 + z * z / 2.0) / adjusted;
    let half = z * (p * (1.0 - p) / adjusted).sqrt();
    Ok(Interval {
        low: (p - half).max(0.0),
        high: (p + half).min(1.0),
    })
}

/// The interval of the difference of two shares of one sample that exclude each other, `first` and
/// `second` of `n`: Wald's after one case is added to each (Bonett and Price 2012),
/// `d ± z √((p₁ + p₂ − d²) ∕ (n + 2))` with `pᵢ = (mᵢ + 1) ∕ (n + 2)` and `d = p₁ − p₂`, cut off at
/// −1 and 1.
///
/// # Errors
/// The sample is empty, the two are more than all, or `confidence` is not strictly between 0 and 1.
pub fn difference_of_parts(
    first: u64,
    second: u64,
    n: u64,
    confidence: f64,
) -> Result<Interval, Insufficient> {
    // Two parts that exclude each other are themselves a part.
    let both = Sample::new(first.saturating_add(second), n)?;
    let adjusted = check::some("observations", both.n)? + 2.0;
    let z = distribution::two_sided_quantile(confidence)?;
    let part = |count: u64| (count as f64 + 1.0) / adjusted;
    let (one, other) = (part(first), part(second));
    let difference = one - other;
    let variance = (one + other - difference * difference).max(0.0) / adjusted;
    let half = z * variance.sqrt();
    Ok(Interval {
        low: (difference - half).max(-1.0),
        high: (difference + half).min(1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::{CONFIDENCE, Sample, adjusted_wald, difference_of_parts, wilson};
    use crate::method::{Insufficient, testing::near};

    fn check(successes: u64, n: u64, low: f64, high: f64, tolerance: f64) {
        let share = Sample::new(successes, n).unwrap().share().unwrap();
        near(share.interval.low, low, tolerance);
        near(share.interval.high, high, tolerance);
    }

    #[test]
    fn published_wilson_intervals_are_reproduced() {
        // Slack in 2015: 51 % of 731 answers.
        check(373, 731, 0.474, 0.546, 5e-4);
        // 40 % of 40 answers is 26 to 55 %.
        check(16, 40, 0.26, 0.55, 5e-3);
        // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29.
        check(81, 263, 0.2553, 0.3662, 5e-5);
        check(15, 148, 0.0624, 0.1605, 5e-5);
        check(0, 20, 0.0, 0.1611, 5e-5);
        check(1, 29, 0.0061, 0.1718, 5e-5);
    }

    #[test]
    fn the_ends_are_reached_exactly() {
        let none = Sample::new(0, 3).unwrap().share().unwrap().interval;
        let all = Sample::new(3, 3).unwrap().share().unwrap().interval;
        assert_eq!((none.low, all.high), (0.0, 1.0));
        near(none.high, 1.0 - all.low, 1e-15);
    }

    /// All five users completed the task: 51 to 100 % by the formula.
    #[test]
    fn adjusted_wald_never_leaves_the_possible() {
        let interval = adjusted_wald(Sample::new(5, 5).unwrap(), CONFIDENCE).unwrap();
        near(interval.low, 0.51, 0.005);
        assert_eq!(interval.high, 1.0);
    }

    /// By hand: 12 against 5 of 28 are d = 7 ∕ 30 and a half of 1.959964 √((19 ∕ 30 − d²) ∕ 30).
    #[test]
    fn two_parts_of_a_sample_have_an_interval_of_their_difference() {
        let interval = difference_of_parts(12, 5, 28, CONFIDENCE).unwrap();
        near(interval.low, -0.038_927, 1e-6);
        near(interval.high, 0.505_594, 1e-6);
        let all = difference_of_parts(1, 0, 1, CONFIDENCE).unwrap();
        assert_eq!(all.high, 1.0);
        assert!(difference_of_parts(2, 2, 3, CONFIDENCE).is_err());
        assert!(difference_of_parts(0, 0, 0, CONFIDENCE).is_err());
    }

    #[test]
    fn an_empty_or_impossible_sample_is_refused() {
        let empty = Sample::new(0, 0).unwrap();
        assert_eq!(empty.share(), Err(Insufficient::Missing("observations")));
        assert!(Sample::new(2, 1).is_err());
        assert!(wilson(Sample::new(1, 2).unwrap(), f64::NAN).is_err());
        let enormous = Sample::new(1, u64::MAX).unwrap();
        assert_eq!(
            enormous.share(),
            Err(Insufficient::TooLarge("observations"))
        );
    }

    #[test]
    fn an_interval_holds_its_share_and_narrows_as_n_grows() {
        arbtest::arbtest(|bytes| {
            let n = bytes.int_in_range(1..=1_000_000_u64)?;
            let sample = Sample::new(bytes.int_in_range(0..=n)?, n).unwrap();
            let share = sample.share().unwrap();
            let (low, high) = (share.interval.low, share.interval.high);
            assert!(0.0 <= low && low <= high && high <= 1.0);
            assert!(share.interval.contains(share.value));
            let larger = Sample::new(sample.successes() * 10, n * 10).unwrap();
            let narrow = larger.share().unwrap().interval;
            assert!(narrow.high - narrow.low < high - low);
            Ok(())
        })
        .budget_ms(1000);
    }
}
