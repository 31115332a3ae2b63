//! The reverse income statement: from the profit that is required to the costs that are allowed
//! (McGrath and MacMillan; M19, M23).

use super::{Insufficient, check};

/// What a venture must earn and may cost in a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReverseIncome {
    /// Required profit ÷ required return on sales.
    pub revenue: f64,
    /// Revenue ÷ price.
    pub units: f64,
    /// Revenue − required profit.
    pub allowable_costs: f64,
    /// Allowable costs ÷ units.
    pub allowable_unit_cost: f64,
}

/// Works back from the required profit of a period, the required return on sales (profit as a share
/// of revenue) and the price of a unit.
///
/// # Errors
/// One of them is zero or negative, or the return is above 100 %.
pub fn reverse_income(
    required_profit: f64,
    return_on_sales: f64,
    price: f64,
) -> Result<ReverseIncome, Insufficient> {
    let profit = check::positive("required profit", required_profit)?;
    let share = check::share("return on sales", return_on_sales)?;
    let share = check::positive("return on sales", share)?;
    let price = check::positive("price", price)?;
    let revenue = check::result("required revenue", profit / share)?;
    let units = check::result("required units", revenue / price)?;
    Ok(ReverseIncome {
        revenue,
        units,
        allowable_costs: revenue - profit,
        // The same as costs ÷ units, without dividing by a count that may be tiny.
        allowable_unit_cost: price * (1.0 - share),
    })
}

#[cfg(test)]
mod tests {
    use super::reverse_income;
    use crate::method::{Insufficient, testing::near};

    #[test]
    fn a_profit_asks_for_revenue_and_leaves_costs() {
        let found = reverse_income(100_000.0, 0.1, 250.0).unwrap();
        near(found.revenue, 1_000_000.0, 1e-6);
        near(found.units, 4_000.0, 1e-9);
        near(found.allowable_costs, 900_000.0, 1e-6);
        near(found.allowable_unit_cost, 225.0, 1e-9);
        near(
            found.allowable_unit_cost * found.units,
            found.allowable_costs,
            1e-6,
        );
    }

    #[test]
    fn each_requirement_must_be_there() {
        let zero = Err(Insufficient::Zero("return on sales"));
        assert_eq!(reverse_income(1.0, 0.0, 1.0), zero);
        assert!(reverse_income(0.0, 0.1, 1.0).is_err());
        assert!(reverse_income(1.0, 1.1, 1.0).is_err());
        assert!(reverse_income(1.0, 0.1, f64::NAN).is_err());
    }
}
