//! Break-even: how many units pay the fixed costs (M23).

use super::{Insufficient, check};

/// Where losses end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEven {
    /// Fixed costs ÷ (price − variable cost), as it is.
    pub exact: f64,
    /// The whole units to sell: the same rounded up.
    pub units: f64,
    /// The revenue at `exact`, in the currency of the price.
    pub revenue: f64,
}

/// Computes the break-even of a period from its fixed costs and, for each unit, price and variable
/// cost, all in one currency.
///
/// # Errors
/// A unit brings no more than it costs, so that no number of units is enough, or an input is
/// negative or not a number.
pub fn break_even(fixed: f64, price: f64, variable: f64) -> Result<BreakEven, Insufficient> {
    let fixed = check::not_negative("fixed costs", fixed)?;
    let price = check::not_negative("price", price)?;
    let variable = check::not_negative("variable cost", variable)?;
    let contribution = check::positive("price less variable cost", price - variable)?;
    let exact = check::result("break-even", fixed / contribution)?;
    Ok(BreakEven {
        exact,
        // A number that is whole but for rounding is not rounded up to the next.
        units: (exact * (1.0 - 1e-12)).ceil(),
        revenue: check::result("break-even revenue", exact * price)?,
    })
}

#[cfg(test)]
mod tests {
    use super::break_even;
    use crate::method::{Insufficient, testing::near};

    #[test]
    fn fixed_costs_are_earned_unit_by_unit() {
        let found = break_even(10_000.0, 50.0, 20.0).unwrap();
        near(found.exact, 333.333, 1e-3);
        assert_eq!(found.units, 334.0);
        near(found.revenue, 16_666.67, 1e-2);
        assert_eq!(break_even(9_000.0, 50.0, 20.0).unwrap().units, 300.0);
        assert_eq!(break_even(0.3, 0.3, 0.2).unwrap().units, 3.0);
        assert_eq!(break_even(0.0, 50.0, 20.0).unwrap().units, 0.0);
    }

    #[test]
    fn a_unit_that_earns_nothing_never_breaks_even() {
        let zero = Err(Insufficient::Zero("price less variable cost"));
        assert_eq!(break_even(1.0, 20.0, 20.0), zero);
        assert!(break_even(1.0, 20.0, 30.0).is_err());
        assert!(break_even(-1.0, 30.0, 20.0).is_err());
        assert!(break_even(f64::NAN, 30.0, 20.0).is_err());
        assert!(break_even(f64::MAX, 1e-10, 0.0).is_err());
    }
}
