//! How likely B is better than A, and what a wrong choice would cost (M14).
//!
//! Each share has the prior Beta(1, 1): after s successes in n it is Beta(1 + s, 1 + n − s).

mod closed_form;
mod difference;
mod quadrature;

pub use difference::Difference;

use super::{Insufficient, Sample, check};

/// The closed form is summed up to so many observations in both groups together: beyond, the
/// logarithms of its factors lose digits…
const LARGEST_TOTAL: f64 = 1e6;

/// … and up to so many terms, which take a tenth of a millisecond.
const MOST_TERMS: f64 = 20_000.0;

/// How a probability was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Computation {
    /// Evan Miller's closed form, summed in logarithms; right to about nine decimals.
    ClosedForm,
    /// Simpson's rule on the log-odds scale, for large counts; right to about eight decimals.
    Quadrature,
}

/// Two groups compared the Bayesian way. It does not cure looking early: the planned n stays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// How likely the true share of B is above that of A, 0 to 1.
    pub b_beats_a: f64,
    /// By how much the share is lower on average if A is chosen: E\[max(B − A, 0)\].
    pub loss_if_a: f64,
    /// By how much the share is lower on average if B is chosen: E\[max(A − B, 0)\].
    pub loss_if_b: f64,
    /// How it was computed.
    pub computation: Computation,
}

/// Compares two groups: `Pr(B > A) = Σ_{i=0}^{αB−1} B(αA+i, βA+βB) ∕ ((βB+i) B(1+i, βB) B(αA, βA))`
/// (Evan Miller 2015), and the expected loss of either choice from the same function:
/// `E[max(B − A, 0)] = E[B] Pr(B′ > A) − E[A] Pr(B > A′)`, where ′ is one success more.
///
/// # Errors
/// A group is empty.
pub fn compare(a: Sample, b: Sample) -> Result<Comparison, Insufficient> {
    let (a, b) = (Beta::after(a)?, Beta::after(b)?);
    let small = a.total() + b.total() <= LARGEST_TOTAL && closed_form::terms(a, b) <= MOST_TERMS;
    let computation = if small {
        Computation::ClosedForm
    } else {
        Computation::Quadrature
    };
    let beats = |winner: Beta, loser: Beta| {
        let probability = match computation {
            Computation::ClosedForm => closed_form::beats(winner, loser),
            Computation::Quadrature => quadrature::beats(winner, loser),
        };
        probability.clamp(0.0, 1.0)
    };
    let gain = b.mean() * beats(b.one_more(), a) - a.mean() * beats(b, a.one_more());
    let loss_if_a = gain.max(0.0);
    // The two losses differ by the difference of the means, which saves two more integrals.
    let loss_if_b = (gain - (b.mean() - a.mean())).max(0.0);
    Ok(Comparison {
        b_beats_a: check::result("probability", beats(b, a))?,
        loss_if_a: check::result("expected loss", loss_if_a)?,
        loss_if_b: check::result("expected loss", loss_if_b)?,
        computation,
    })
}

/// A Beta distribution whose parameters are whole numbers of at least one.
#[derive(Clone, Copy)]
struct Beta {
    alpha: f64,
    beta: f64,
}

impl Beta {
    /// What is believed of a share after a sample.
    fn after(sample: Sample) -> Result<Self, Insufficient> {
        check::some("observations", sample.n())?;
        Ok(Self {
            alpha: sample.successes() as f64 + 1.0,
            beta: sample.failures() as f64 + 1.0,
        })
    }

    fn total(self) -> f64 {
        self.alpha + self.beta
    }

    fn mean(self) -> f64 {
        self.alpha / self.total()
    }

    /// With one success more.
    fn one_more(self) -> Self {
        Self {
            alpha: self.alpha + 1.0,
            ..self
        }
    }

    /// The distribution of one minus the share.
    fn mirrored(self) -> Self {
        Self {
            alpha: self.beta,
            beta: self.alpha,
        }
    }
}

#[cfg(test)]
mod tests;
