//! The innovation portfolio: explore, exploit, and the strategies of growth (M19).

use std::cmp::Ordering;

use super::{Insufficient, check};

/// One bet of the portfolio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bet {
    /// The return that is expected, in one currency for all bets.
    pub expected_return: f64,
    /// The risk, 0 to 1: of innovation while exploring, of disruption while exploiting.
    pub risk: f64,
}

/// Expected return × (1 − risk), in the currency of the return.
///
/// # Errors
/// The return is not finite, or the risk is not from 0 to 1.
pub fn risk_adjusted_return(bet: Bet) -> Result<f64, Insufficient> {
    let expected = check::finite("expected return", bet.expected_return)?;
    Ok(expected * (1.0 - check::share("risk", bet.risk)?) + 0.0)
}

/// Innovation risk, which falls as evidence arrives: Σ importance × (1 − confidence) ÷ Σ importance
/// over the assumptions of a bet, pairs of importance and confidence of 0 to 1. A proposal of this
/// product.
///
/// # Errors
/// There is no assumption, none of them matters, or a number is not from 0 to 1.
pub fn innovation_risk(assumptions: &[(f64, f64)]) -> Result<f64, Insufficient> {
    check::not_empty("assumptions", assumptions)?;
    let (mut doubt, mut weights) = (0.0, 0.0);
    for &(importance, confidence) in assumptions {
        let importance = check::share("importance", importance)?;
        doubt += importance * (1.0 - check::share("confidence", confidence)?);
        weights += importance;
    }
    Ok((doubt / check::positive("importance of the assumptions", weights)?).clamp(0.0, 1.0))
}

/// How a budget is split, as over the three horizons: each part as a share of the whole.
///
/// # Errors
/// There is no part, one is negative, or all are zero.
pub fn shares(parts: &[f64]) -> Result<Vec<f64>, Insufficient> {
    check::not_empty("parts of the budget", parts)?;
    let mut whole = 0.0;
    for &part in parts {
        whole += check::not_negative("part of the budget", part)?;
    }
    let whole = check::positive("budget", check::result("budget", whole)?)?;
    Ok(parts.iter().map(|part| part / whole).collect())
}

/// Ulwick's strategies of growth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Does the job much better for more money: for the underserved.
    Differentiated,
    /// Does the job much better for less money: for all.
    Dominant,
    /// Does the job worse for less money: for the overserved and those who had nothing.
    Disruptive,
    /// Does the job worse for more money: for those who have no choice.
    Discrete,
    /// Does the job about as well, or costs about as much: for customers one has.
    Sustaining,
}

/// The strategy of an offer by how well it does the job and what it costs, each compared with what
/// people use now.
#[must_use]
pub fn strategy(performance: Ordering, price: Ordering) -> Strategy {
    match (performance, price) {
        (Ordering::Greater, Ordering::Greater) => Strategy::Differentiated,
        (Ordering::Greater, Ordering::Less) => Strategy::Dominant,
        (Ordering::Less, Ordering::Less) => Strategy::Disruptive,
        (Ordering::Less, Ordering::Greater) => Strategy::Discrete,
        _ => Strategy::Sustaining,
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering::{Equal, Greater, Less};

    use super::{Bet, Strategy, innovation_risk, risk_adjusted_return, shares, strategy};
    use crate::method::{Insufficient, testing::near};

    #[test]
    fn risk_falls_as_evidence_arrives() {
        near(
            innovation_risk(&[(1.0, 0.0), (1.0, 0.0)]).unwrap(),
            1.0,
            1e-12,
        );
        near(
            innovation_risk(&[(1.0, 0.5), (0.5, 0.8)]).unwrap(),
            0.4,
            1e-12,
        );
        let zero = Err(Insufficient::Zero("importance of the assumptions"));
        assert_eq!(innovation_risk(&[(0.0, 0.5)]), zero);
        assert!(innovation_risk(&[]).is_err() && innovation_risk(&[(1.0, 1.2)]).is_err());
    }

    #[test]
    fn returns_are_discounted_by_their_risk() {
        let bet = |expected_return, risk| Bet {
            expected_return,
            risk,
        };
        near(
            risk_adjusted_return(bet(1_000.0, 0.8)).unwrap(),
            200.0,
            1e-9,
        );
        assert!(risk_adjusted_return(bet(1_000.0, 1.1)).is_err());
        assert!(risk_adjusted_return(bet(f64::NAN, 0.1)).is_err());
    }

    #[test]
    fn a_budget_is_split_into_shares() {
        assert_eq!(shares(&[70.0, 20.0, 10.0]), Ok(vec![0.7, 0.2, 0.1]));
        assert_eq!(shares(&[0.0, 0.0]), Err(Insufficient::Zero("budget")));
        assert!(shares(&[]).is_err() && shares(&[1.0, -1.0]).is_err());
        assert!(shares(&[f64::MAX, f64::MAX]).is_err());
    }

    #[test]
    fn performance_and_price_name_the_strategy() {
        assert_eq!(strategy(Greater, Greater), Strategy::Differentiated);
        assert_eq!(strategy(Greater, Less), Strategy::Dominant);
        assert_eq!(strategy(Less, Less), Strategy::Disruptive);
        assert_eq!(strategy(Less, Greater), Strategy::Discrete);
        assert_eq!(strategy(Equal, Less), Strategy::Sustaining);
        assert_eq!(strategy(Greater, Equal), Strategy::Sustaining);
    }
}
