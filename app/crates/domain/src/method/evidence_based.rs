//! What Evidence-Based Management reads from its four areas (EBM Guide 2024, CC BY-SA 4.0; M25).
//!
//! The guide defines no specific measures, so that these readings ask only whether an area is
//! watched, and whether a team judges its value as low or high.

use super::{Insufficient, check};

/// The four key value areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// CV: the value that the product delivers today.
    CurrentValue,
    /// UV: the value that it could deliver if it met every need.
    UnrealisedValue,
    /// T2M: how fast the organisation delivers something new.
    TimeToMarket,
    /// A2I: how much of its power goes into something new.
    AbilityToInnovate,
}

impl Area {
    /// Every area, in the order of the guide.
    pub const ALL: [Self; 4] = [
        Self::CurrentValue,
        Self::UnrealisedValue,
        Self::TimeToMarket,
        Self::AbilityToInnovate,
    ];

    /// Its abbreviation.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::CurrentValue => "CV",
            Self::UnrealisedValue => "UV",
            Self::TimeToMarket => "T2M",
            Self::AbilityToInnovate => "A2I",
        }
    }

    /// Whether it measures market value rather than the capability of the organisation.
    #[must_use]
    pub fn is_market_value(self) -> bool {
        matches!(self, Self::CurrentValue | Self::UnrealisedValue)
    }
}

/// Whether only the capability of the organisation is watched: areas that have readings are given,
/// among them T2M or A2I, and neither CV nor UV. The guide calls that a warning sign.
#[must_use]
pub fn watches_capability_alone(watched: &[Area]) -> bool {
    !watched.is_empty() && !watched.iter().any(|area| area.is_market_value())
}

/// A team's judgement of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Low.
    Low,
    /// High.
    High,
}

/// What the guide says of a pair of current and unrealised value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Low current and high unrealised value: investing is warranted.
    Invest,
    /// High current and low unrealised value: a cash cow.
    CashCow,
}

/// Reads current against unrealised value; `None` for the two pairs on which the guide is silent.
#[must_use]
pub fn advice(current: Level, unrealised: Level) -> Option<Advice> {
    match (current, unrealised) {
        (Level::Low, Level::High) => Some(Advice::Invest),
        (Level::High, Level::Low) => Some(Advice::CashCow),
        _ => None,
    }
}

/// Innovation rate = effort or cost on new capabilities ÷ total product effort or cost, 0 to 1.
///
/// # Errors
/// There is no effort, or more of it is new than there is.
pub fn innovation_rate(new: f64, total: f64) -> Result<f64, Insufficient> {
    let total = check::positive("total effort", total)?;
    Ok(check::within("effort on new capabilities", new, 0.0, total)? / total)
}

/// Revenue per employee = gross revenue ÷ employees.
///
/// # Errors
/// There are no employees, or an input is negative.
pub fn revenue_per_employee(revenue: f64, employees: f64) -> Result<f64, Insufficient> {
    let revenue = check::not_negative("gross revenue", revenue)?;
    let employees = check::positive("number of employees", employees)?;
    check::result("revenue per employee", revenue / employees)
}

/// Product cost ratio = all expenses of the product, operations included, ÷ its revenue.
///
/// # Errors
/// There is no revenue, or an input is negative.
pub fn product_cost_ratio(expenses: f64, revenue: f64) -> Result<f64, Insufficient> {
    let expenses = check::not_negative("product expenses", expenses)?;
    let revenue = check::positive("product revenue", revenue)?;
    check::result("product cost ratio", expenses / revenue)
}

/// Whether a shipped item is worth improving: retained usage (a share of 0 to 1) × the satisfaction
/// gap that remains, on any scale that is the same for all items. A proposal of this product (M28).
///
/// # Errors
/// The usage is not from 0 to 1, or the gap is negative or not a number.
pub fn worth_improving(retained_usage: f64, gap: f64) -> Result<f64, Insufficient> {
    let usage = check::share("retained usage", retained_usage)?;
    let gap = check::not_negative("satisfaction gap", gap)?;
    check::result("worth improving", usage * gap)
}

#[cfg(test)]
mod tests {
    use super::{
        Advice, Area, Level, advice, innovation_rate, product_cost_ratio, revenue_per_employee,
        watches_capability_alone, worth_improving,
    };
    use crate::method::Insufficient;

    #[test]
    fn watching_capability_alone_is_a_warning_sign() {
        let [cv, uv, t2m, a2i] = Area::ALL;
        assert!(watches_capability_alone(&[t2m]));
        assert!(watches_capability_alone(&[a2i, t2m]));
        assert!(!watches_capability_alone(&[a2i, uv]));
        assert!(!watches_capability_alone(&[cv]));
        assert!(!watches_capability_alone(&[]));
    }

    #[test]
    fn the_guide_speaks_of_two_pairs() {
        assert_eq!(advice(Level::Low, Level::High), Some(Advice::Invest));
        assert_eq!(advice(Level::High, Level::Low), Some(Advice::CashCow));
        assert_eq!(advice(Level::High, Level::High), None);
        assert_eq!(advice(Level::Low, Level::Low), None);
    }

    #[test]
    fn the_measures_with_a_formula_follow_it() {
        assert_eq!(innovation_rate(30.0, 120.0), Ok(0.25));
        assert_eq!(revenue_per_employee(1_000_000.0, 8.0), Ok(125_000.0));
        assert_eq!(product_cost_ratio(600.0, 800.0), Ok(0.75));
        assert_eq!(worth_improving(0.5, 0.5), Ok(0.25));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let none = Err(Insufficient::Zero("total effort"));
        assert_eq!(innovation_rate(0.0, 0.0), none);
        assert!(innovation_rate(5.0, 4.0).is_err());
        assert!(revenue_per_employee(1.0, 0.0).is_err());
        assert!(product_cost_ratio(1.0, 0.0).is_err());
        assert!(worth_improving(1.1, 0.1).is_err());
    }
}
