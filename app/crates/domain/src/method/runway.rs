//! Burn and runway: how long the cash lasts (M23).

use super::{Insufficient, check};

/// How long it lasts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lasts {
    /// So many periods of the kind that the flows are stated in.
    Periods(f64),
    /// For ever, since no more goes out than comes in.
    Infinite,
}

/// Burn and runway.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Runway {
    /// Cash out − cash in of a period; zero or less means that the cash grows.
    pub net_burn: f64,
    /// Cash ÷ net burn.
    pub lasts: Lasts,
}

/// Computes the runway from the cash and the flows of one period, all in one currency.
///
/// # Errors
/// An input is negative or not a number.
pub fn runway(cash: f64, cash_in: f64, cash_out: f64) -> Result<Runway, Insufficient> {
    let cash = check::not_negative("cash", cash)?;
    let cash_in = check::not_negative("cash in", cash_in)?;
    let net_burn = check::not_negative("cash out", cash_out)? - cash_in;
    let lasts = if net_burn > 0.0 {
        Lasts::Periods(check::result("runway", cash / net_burn)?)
    } else {
        Lasts::Infinite
    };
    Ok(Runway { net_burn, lasts })
}

#[cfg(test)]
mod tests {
    use super::{Lasts, runway};

    #[test]
    fn cash_lasts_as_long_as_the_net_burn_lets_it() {
        let found = runway(120_000.0, 5_000.0, 15_000.0).unwrap();
        assert_eq!(
            (found.net_burn, found.lasts),
            (10_000.0, Lasts::Periods(12.0))
        );
        assert_eq!(runway(0.0, 0.0, 1.0).unwrap().lasts, Lasts::Periods(0.0));
    }

    #[test]
    fn without_net_burn_it_never_ends() {
        assert_eq!(runway(1.0, 5.0, 5.0).unwrap().lasts, Lasts::Infinite);
        assert_eq!(runway(0.0, 6.0, 5.0).unwrap().lasts, Lasts::Infinite);
        assert!(runway(-1.0, 0.0, 1.0).is_err() && runway(1.0, f64::NAN, 1.0).is_err());
        assert!(runway(f64::MAX, 0.0, 1e-10).is_err());
    }
}
