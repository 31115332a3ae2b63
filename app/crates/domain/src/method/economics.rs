//! The economics of one customer: lifetime, lifetime value, cost, payback (M23).

use super::{Insufficient, Period, check};

/// The ratio of lifetime value to acquisition cost that a healthy business exceeds (Skok).
pub const HEALTHY_RATIO: f64 = 3.0;

/// The payback in months that a healthy business stays below (Skok).
pub const HEALTHY_PAYBACK: f64 = 12.0;

/// A number for each period: revenue a month, a churn rate a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PerPeriod {
    /// The number.
    pub value: f64,
    /// The period.
    pub period: Period,
}

/// What a figure about money is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// What is left of revenue after the cost of serving it.
    GrossMargin,
    /// Revenue alone, because nobody has given a margin: always too rosy, and named as such.
    Revenue,
}

/// An amount of money, or a time that follows from one, and what it was made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Based {
    /// The figure.
    pub value: f64,
    /// What it is made of.
    pub basis: Basis,
}

/// How many periods a customer stays on average, with exponential decay: 1 ∕ churn.
///
/// # Errors
/// The churn is zero or less, or above 100 %.
pub fn lifetime(churn: f64) -> Result<f64, Insufficient> {
    let churn = check::share("churn", churn)?;
    let churn = check::positive("churn", churn)?;
    check::result("lifetime", 1.0 / churn)
}

/// LTV = ARPA × gross margin ÷ churn, in ARPA's currency; without a margin (a share) it is the
/// lifetime revenue and says so. Where the periods differ, revenue is stated for that of the churn:
/// 50 a month is 600 a year, while a churn of 20 % a year is no fixed share of a month.
///
/// # Errors
/// The churn is zero or less, or an input cannot be.
pub fn lifetime_value(
    arpa: PerPeriod,
    churn: PerPeriod,
    margin: Option<f64>,
) -> Result<Based, Insufficient> {
    let (kept, basis) = earned(arpa.value, margin)?;
    let churned = check::positive("churn", check::share("churn", churn.value)?)?;
    let periods = if arpa.period == churn.period {
        1.0
    } else {
        churn.period.months() / arpa.period.months()
    };
    Ok(Based {
        value: check::result("lifetime value", kept * periods / churned)?,
        basis,
    })
}

/// What an account brings a period, and on which basis.
fn earned(arpa: f64, margin: Option<f64>) -> Result<(f64, Basis), Insufficient> {
    let arpa = check::not_negative("average revenue per account", arpa)?;
    match margin {
        // A margin below zero is possible, but above 100 % of revenue it is a slip.
        Some(margin) => {
            let margin = check::within("gross margin", margin, f64::NEG_INFINITY, 1.0)?;
            Ok((arpa * margin, Basis::GrossMargin))
        }
        None => Ok((arpa, Basis::Revenue)),
    }
}

/// CAC = sales and marketing spend ÷ new customers of the same period.
///
/// # Errors
/// There are no new customers, or the spend is negative or not a number.
pub fn acquisition_cost(spend: f64, new_customers: u64) -> Result<f64, Insufficient> {
    let spend = check::not_negative("sales and marketing spend", spend)?;
    let customers = check::some("new customers", new_customers)?;
    Ok(spend / customers)
}

/// Payback = CAC ÷ (ARPA × gross margin), in months whatever ARPA's period is; without a margin it
/// is the payback from revenue and says so.
///
/// # Errors
/// An account earns nothing, or an input cannot be.
pub fn payback(cac: f64, arpa: PerPeriod, margin: Option<f64>) -> Result<Based, Insufficient> {
    let cac = check::not_negative("acquisition cost", cac)?;
    let (kept, basis) = earned(arpa.value, margin)?;
    let kept = check::positive("margin of a customer", kept)?;
    Ok(Based {
        value: check::result("payback", cac / kept * arpa.period.months())?,
        basis,
    })
}

/// LTV ÷ CAC.
///
/// # Errors
/// The acquisition cost is zero, or an input cannot be.
pub fn value_to_cost(ltv: f64, cac: f64) -> Result<f64, Insufficient> {
    let ltv = check::finite("lifetime value", ltv)?;
    let cac = check::positive("acquisition cost", cac)?;
    check::result("ratio", ltv / cac)
}

/// What the inputs themselves warn of, before any figure is made of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Churn is zero or less: nobody stays for ever.
    NoChurn,
    /// Churn and ARPA are stated for different periods.
    PeriodsDiffer,
    /// The gross margin is missing: the figures are revenue's.
    NoMargin,
}

/// The warnings about these inputs.
#[must_use]
pub fn warnings(arpa: PerPeriod, churn: PerPeriod, margin: Option<f64>) -> Vec<Warning> {
    [
        (churn.value <= 0.0, Warning::NoChurn),
        (arpa.period != churn.period, Warning::PeriodsDiffer),
        (margin.is_none(), Warning::NoMargin),
    ]
    .into_iter()
    .filter_map(|(applies, warning)| applies.then_some(warning))
    .collect()
}

#[cfg(test)]
mod tests;
