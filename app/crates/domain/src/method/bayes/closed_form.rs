//! Evan Miller's sum for Pr(B > A), in logarithms so that no term leaves the range of numbers.

use statrs::function::gamma::ln_gamma;

use super::Beta;

/// Beyond this the running sum is scaled down.
const LARGE: f64 = 1e250;

/// How many terms [`beats`] sums.
pub(super) fn terms(a: Beta, b: Beta) -> f64 {
    a.alpha.min(a.beta).min(b.alpha).min(b.beta)
}

/// How likely `winner` is above `loser`.
///
/// The sum has as many terms as the winner has successes. Exchanging the two, or successes for
/// failures, gives the same probability or its complement from other counts; the shortest of the
/// four sums is taken.
pub(super) fn beats(winner: Beta, loser: Beta) -> f64 {
    let least = terms(winner, loser);
    if winner.alpha == least {
        sum(winner, loser)
    } else if loser.alpha == least {
        1.0 - sum(loser, winner)
    } else if loser.beta == least {
        sum(loser.mirrored(), winner.mirrored())
    } else {
        1.0 - sum(winner.mirrored(), loser.mirrored())
    }
}

/// The sum over the winner's successes. Each term is the one before times
/// `(αL + i)(βW + i) ∕ ((αL + βL + βW + i)(1 + i))`, and the first is
/// `B(αL, βL + βW) ∕ B(αL, βL)`.
fn sum(winner: Beta, loser: Beta) -> f64 {
    let failures = loser.beta + winner.beta;
    let all = loser.alpha + failures;
    let mut scale =
        ln_gamma(failures) - ln_gamma(all) + ln_gamma(loser.total()) - ln_gamma(loser.beta);
    let (mut term, mut sum, mut i) = (1.0, 1.0, 0.0);
    while i + 1.0 < winner.alpha {
        term *= (loser.alpha + i) * (winner.beta + i) / ((all + i) * (1.0 + i));
        sum += term;
        if sum > LARGE {
            term /= LARGE;
            sum /= LARGE;
            scale += LARGE.ln();
        }
        i += 1.0;
    }
    (sum.ln() + scale).exp()
}
