//! Pr(B > A) by Simpson's rule on the log-odds scale, whose cost does not grow with the counts.
//!
//! There the density of a Beta distribution is one smooth hump, `αu − (α + β) ln(q + p eᵘ)` in
//! logarithms at the distance u from its mode, p = α ∕ (α + β) and q = 1 − p, so that a fixed
//! number of steps serves two observations and 10¹² alike.

use super::Beta;

/// Steps across a hump.
const STEPS: u32 = 600;

/// The hump ends where its density is e⁻⁴⁰ of the highest.
const NEGLIGIBLE: f64 = -40.0;

/// How likely `winner` is above `loser`.
pub(super) fn beats(winner: Beta, loser: Beta) -> f64 {
    let (winner, loser) = (Hump::new(winner), Hump::new(loser));
    // The steps must suit the narrower of the two.
    if winner.high - winner.low < loser.high - loser.low {
        winner.average_below(&loser)
    } else {
        1.0 - loser.average_below(&winner)
    }
}

/// The distribution of a share's log-odds.
pub(super) struct Hump {
    /// Successes and failures, one added to each.
    beta: Beta,
    /// The log-odds of the highest density.
    mode: f64,
    /// From where to where the density matters.
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Hump {
    pub(super) fn new(beta: Beta) -> Self {
        let mut hump = Self {
            beta,
            mode: (beta.alpha / beta.beta).ln(),
            low: 0.0,
            high: 0.0,
        };
        let deviation = (1.0 / beta.alpha + 1.0 / beta.beta).sqrt();
        hump.low = hump.edge(-deviation);
        hump.high = hump.edge(deviation);
        hump
    }

    /// The first place in steps of growing length where the density no longer matters.
    fn edge(&self, step: f64) -> f64 {
        let mut distance = step;
        while self.ln_density(self.mode + distance) > NEGLIGIBLE {
            distance *= 1.25;
        }
        self.mode + distance
    }

    /// The logarithm of the density, 0 at the mode.
    fn ln_density(&self, at: f64) -> f64 {
        let u = at - self.mode;
        let total = self.beta.total();
        let (p, q) = (self.beta.alpha / total, self.beta.beta / total);
        let growth = p * u.exp_m1();
        // Near the mode `ln_1p` keeps the digits; far below it the sum of both parts does.
        let ln = if growth > -0.5 {
            growth.ln_1p()
        } else {
            (q + p * u.exp()).ln()
        };
        total * (p * u - ln)
    }

    /// The density, 1 at the mode.
    pub(super) fn density(&self, at: f64) -> f64 {
        self.ln_density(at).exp()
    }

    /// The area of the hump from `from` to `to`.
    fn area(&self, from: f64, to: f64) -> f64 {
        let width = (to - from) / f64::from(STEPS);
        let (mut sum, mut left) = (0.0, self.density(from));
        for step in 0..STEPS {
            let start = from + width * f64::from(step);
            let right = self.density(start + width);
            sum += left + 4.0 * self.density(start + width / 2.0) + right;
            left = right;
        }
        sum * width / 6.0
    }

    /// How much of `other`, which is wider, lies below this one on average: ∫ f(x) G(x) dx.
    fn average_below(&self, other: &Self) -> f64 {
        let width = (self.high - self.low) / f64::from(STEPS);
        let mut below = if self.low > other.low {
            other.area(other.low, self.low.min(other.high))
        } else {
            0.0
        };
        let (mut sum, mut own) = (0.0, 0.0);
        let (mut f0, mut g0) = (self.density(self.low), other.density(self.low));
        for step in 0..STEPS {
            let start = self.low + width * f64::from(step);
            let [f1, f2] = [0.5, 1.0].map(|part| self.density(start + width * part));
            let [g1, g2] = [0.5, 1.0].map(|part| other.density(start + width * part));
            // The parabola through the three values, integrated to the middle and to the end.
            let to_middle = below + width / 24.0 * (5.0 * g0 + 8.0 * g1 - g2);
            let to_end = below + width / 6.0 * (g0 + 4.0 * g1 + g2);
            sum += f0 * below + 4.0 * f1 * to_middle + f2 * to_end;
            own += f0 + 4.0 * f1 + f2;
            (f0, g0, below) = (f2, g2, to_end);
        }
        sum / own / other.area(other.low, other.high)
    }
}
