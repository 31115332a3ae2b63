//! By how much B is better than A: the posterior of the difference itself, not a normal one in its
//! place, which misjudges few successes.
//!
//! Pr(B − A > d) is an average over the narrower of the two posteriors, by Simpson's rule on the
//! log-odds scale, of how much of the wider one lies beyond; that is looked up in a table of its
//! distribution function, with a cubic between the entries.

use super::quadrature::Hump;
use super::{Beta, check};
use crate::method::{Insufficient, Interval, Sample};

/// Steps across a hump.
const STEPS: u32 = 200;
/// Halvings of a range of twenty standard deviations: nine digits.
const HALVINGS: u32 = 34;

/// What is believed of the difference of two shares.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Shares of the narrower posterior with their weights, which sum to one.
    nodes: Vec<(f64, f64)>,
    wide: Table,
    /// Whether the narrower one is that of A.
    is_a_narrow: bool,
    mean: f64,
    deviation: f64,
}

impl Difference {
    /// What is believed of B − A.
    ///
    /// # Errors
    /// A group is empty.
    pub fn between(a: Sample, b: Sample) -> Result<Self, Insufficient> {
        let (a, b) = (Beta::after(a)?, Beta::after(b)?);
        let variance = |one: Beta| one.mean() * (1.0 - one.mean()) / (one.total() + 1.0);
        let is_a_narrow = variance(a) < variance(b);
        let (narrow, wide) = if is_a_narrow { (a, b) } else { (b, a) };
        let narrow = Hump::new(narrow);
        let half = (narrow.high - narrow.low) / f64::from(2 * STEPS);
        let mut nodes: Vec<(f64, f64)> = (0..=2 * STEPS)
            .map(|at| {
                let odds = narrow.low + half * f64::from(at);
                let factor = match at {
                    0 => 1.0,
                    at if at == 2 * STEPS => 1.0,
                    at if at % 2 == 1 => 4.0,
                    _ => 2.0,
                };
                (1.0 / (1.0 + (-odds).exp()), factor * narrow.density(odds))
            })
            .collect();
        let whole: f64 = nodes.iter().map(|(_, weight)| weight).sum();
        for (_, weight) in &mut nodes {
            *weight /= whole;
        }
        check::result("probability", whole)?;
        Ok(Self {
            nodes,
            wide: Table::new(&Hump::new(wide)),
            is_a_narrow,
            mean: b.mean() - a.mean(),
            deviation: (variance(a) + variance(b)).sqrt(),
        })
    }

    /// How likely B is better than A by more than `threshold`, 0 to 1.
    #[must_use]
    pub fn above(&self, threshold: f64) -> f64 {
        let beyond = |share: f64| match self.is_a_narrow {
            true => 1.0 - self.wide.below(share + threshold),
            false => self.wide.below(share - threshold),
        };
        let parts = self
            .nodes
            .iter()
            .map(|(share, weight)| weight * beyond(*share));
        parts.sum::<f64>().clamp(0.0, 1.0)
    }

    /// The mean of the difference.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The equal-tailed credible interval: the difference lies above it as likely as below it, and
    /// in it with that probability.
    #[must_use]
    pub fn interval(&self, confidence: f64) -> Interval {
        let tail = (1.0 - confidence) / 2.0;
        let end = |beyond: f64| {
            let reach = 10.0 * self.deviation;
            let mut low = (self.mean - reach).max(-1.0);
            let mut high = (self.mean + reach).min(1.0);
            for _ in 0..HALVINGS {
                let middle = f64::midpoint(low, high);
                if self.above(middle) > beyond {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            f64::midpoint(low, high)
        };
        Interval {
            low: end(1.0 - tail),
            high: end(tail),
        }
    }
}

/// A distribution function on the log-odds scale.
#[derive(Clone, Debug)]
struct Table {
    low: f64,
    step: f64,
    /// How much lies below each entry, and the density there.
    entries: Vec<(f64, f64)>,
}

impl Table {
    fn new(hump: &Hump) -> Self {
        let steps = 2 * STEPS;
        let step = (hump.high - hump.low) / f64::from(steps);
        let mut entries = Vec::with_capacity(steps as usize + 1);
        let (mut below, mut left) = (0.0, hump.density(hump.low));
        entries.push((0.0, left));
        for at in 0..steps {
            let start = hump.low + step * f64::from(at);
            let right = hump.density(start + step);
            below += step / 6.0 * (left + 4.0 * hump.density(start + step / 2.0) + right);
            entries.push((below, right));
            left = right;
        }
        for (part, density) in &mut entries {
            (*part, *density) = (*part / below, *density / below);
        }
        Self {
            low: hump.low,
            step,
            entries,
        }
    }

    /// How much lies below a share.
    fn below(&self, share: f64) -> f64 {
        if share <= 0.0 {
            return 0.0;
        }
        if share >= 1.0 {
            return 1.0;
        }
        let at = ((share / (1.0 - share)).ln() - self.low) / self.step;
        if at <= 0.0 {
            return 0.0;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positive, and beyond the entries is answered below"
        )]
        let index = at as usize;
        let pair = self.entries.get(index).zip(self.entries.get(index + 1));
        let Some((&(below, density), &(next, next_density))) = pair else {
            return 1.0;
        };
        // Hermite's cubic: the values and the slopes at both ends.
        let t = at - index as f64;
        let (square, cube) = (t * t, t * t * t);
        let rise = 3.0 * square - 2.0 * cube;
        below * (1.0 - rise)
            + next * rise
            + self.step * ((cube - 2.0 * square + t) * density + (cube - square) * next_density)
    }
}

#[cfg(test)]
mod tests {
    use super::Difference;
    use crate::method::{Sample, bayes, testing::near};

    fn between(s1: u64, n1: u64, s2: u64, n2: u64) -> Difference {
        let sample = |s, n| Sample::new(s, n).unwrap();
        Difference::between(sample(s1, n1), sample(s2, n2)).unwrap()
    }

    #[test]
    fn above_zero_it_is_the_probability_to_be_better() {
        for (s1, n1, s2, n2) in [
            (0, 100, 5, 100),
            (20, 100, 33, 100),
            (5, 5, 0, 3),
            (0, 1, 1, 1),
            (8502, 44700, 8279, 45489),
            (3, 1_000_000, 9, 900),
        ] {
            let sample = |s, n| Sample::new(s, n).unwrap();
            let expected = bayes::compare(sample(s1, n1), sample(s2, n2)).unwrap();
            near(between(s1, n1, s2, n2).above(0.0), expected.b_beats_a, 1e-7);
        }
    }

    /// Certain above −1, impossible above 1, and between them the product of the closed form.
    #[test]
    fn the_tails_are_those_of_the_distribution() {
        let one = between(0, 100, 5, 100);
        near(one.above(-1.0), 1.0, 1e-12);
        near(one.above(1.0), 0.0, 1e-12);
        // Pr(B > A) of 0/100 and 5/100 is 1 − Π (96 + i)∕(197 + i) for i from 0 to 5.
        let product: f64 = (0..6)
            .map(|i| (96.0 + f64::from(i)) / (197.0 + f64::from(i)))
            .product();
        near(one.above(0.0), 1.0 - product, 1e-8);
    }

    #[test]
    fn an_interval_leaves_as_much_above_as_below() {
        for (s1, n1, s2, n2) in [
            (0, 100, 5, 100),
            (7, 9, 1, 30),
            (2000, 10_000, 2100, 10_000),
        ] {
            let difference = between(s1, n1, s2, n2);
            let interval = difference.interval(0.95);
            near(difference.above(interval.low), 0.975, 1e-6);
            near(difference.above(interval.high), 0.025, 1e-6);
        }
        // Of large samples the normal approximation is right.
        let large = between(2000, 10_000, 2100, 10_000).interval(0.95);
        near(large.low, -0.001_190, 5e-5);
        near(large.high, 0.021_180, 5e-5);
    }
}
