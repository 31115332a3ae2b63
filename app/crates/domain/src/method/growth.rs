//! Growth: its rate, its engines and the viral coefficient (M1, M17).

use super::{Insufficient, check};

/// The viral engine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viral {
    /// K: how many new users each user brings.
    pub coefficient: f64,
    /// Whether K is above 1, so that growth feeds itself.
    pub feeds_itself: bool,
}

/// K = invites sent by each user × the share of invites that convert.
///
/// # Errors
/// The invites are negative, or the conversion is not from 0 to 1.
pub fn viral(invites: f64, conversion: f64) -> Result<Viral, Insufficient> {
    let invites = check::not_negative("invites of a user", invites)?;
    let coefficient = invites * check::share("conversion of invites", conversion)?;
    Ok(Viral {
        coefficient,
        feeds_itself: coefficient > 1.0,
    })
}

/// The users after so many cycles when only newcomers invite: `start × (1 + K + K² + … + Kⁿ)`.
///
/// # Errors
/// An input is negative, or the number overflows.
pub fn users_after(start: f64, coefficient: f64, cycles: u32) -> Result<f64, Insufficient> {
    let start = check::not_negative("users at the start", start)?;
    let k = check::not_negative("viral coefficient", coefficient)?;
    let cycles = f64::from(cycles) + 1.0;
    // Near one the quotient of two tiny differences would lose its digits.
    let sum = if (k - 1.0).abs() < 1e-9 {
        cycles
    } else {
        (k.powf(cycles) - 1.0) / (k - 1.0)
    };
    check::result("users", start * sum)
}

/// The growth from one period to the next: after ÷ before − 1.
///
/// # Errors
/// There was nothing before, or an input is negative.
pub fn rate(before: f64, after: f64) -> Result<f64, Insufficient> {
    let before = check::positive("value before", before)?;
    let after = check::not_negative("value after", after)?;
    check::result("growth", after / before - 1.0)
}

/// The steady growth of each period that leads from first to last: `(last ÷ first)^(1∕n) − 1`.
///
/// # Errors
/// There was nothing at first, no period has passed, or an input is negative.
pub fn compound_rate(first: f64, last: f64, periods: f64) -> Result<f64, Insufficient> {
    let periods = check::positive("number of periods", periods)?;
    let ratio = rate(first, last)? + 1.0;
    check::result("growth", ratio.powf(1.0 / periods) - 1.0)
}

/// The sticky engine: new customers in a period less those lost, as a share of those there at its
/// start (Ries 2011). It turns while positive.
///
/// # Errors
/// Nobody was there at the start.
pub fn sticky(at_start: u64, new: u64, lost: u64) -> Result<f64, Insufficient> {
    let at_start = check::some("customers at the start", at_start)?;
    let net = check::count("new customers", new)? - check::count("lost customers", lost)?;
    Ok(net / at_start)
}

/// The paid engine: what a customer brings less what one costs, in one currency (Ries 2011). It
/// turns while positive.
///
/// # Errors
/// The lifetime value is not finite, or the cost is negative.
pub fn paid(lifetime_value: f64, acquisition_cost: f64) -> Result<f64, Insufficient> {
    let value = check::finite("lifetime value", lifetime_value)?;
    let cost = check::not_negative("acquisition cost", acquisition_cost)?;
    check::result("margin of a customer", value - cost)
}

#[cfg(test)]
mod tests {
    use super::{compound_rate, paid, rate, sticky, users_after, viral};
    use crate::method::{Insufficient, testing::near};

    #[test]
    fn invites_times_conversion_is_k() {
        let k = viral(5.0, 0.25).unwrap();
        assert!(k.feeds_itself);
        near(k.coefficient, 1.25, 1e-12);
        assert!(!viral(5.0, 0.2).unwrap().feeds_itself);
        assert!(viral(-1.0, 0.2).is_err() && viral(1.0, 1.2).is_err());
    }

    #[test]
    fn newcomers_add_up() {
        near(users_after(100.0, 0.5, 2).unwrap(), 175.0, 1e-9);
        near(users_after(100.0, 1.0, 4).unwrap(), 500.0, 1e-9);
        near(users_after(100.0, 1.0 + 1e-12, 4).unwrap(), 500.0, 1e-6);
        near(users_after(100.0, 0.0, 9).unwrap(), 100.0, 1e-9);
        assert!(users_after(1.0, 1e3, u32::MAX).is_err());
    }

    #[test]
    fn steady_growth_leads_from_first_to_last() {
        near(rate(80.0, 100.0).unwrap(), 0.25, 1e-12);
        near(compound_rate(100.0, 121.0, 2.0).unwrap(), 0.1, 1e-12);
        assert_eq!(compound_rate(5.0, 0.0, 2.0), Ok(-1.0));
        assert_eq!(rate(0.0, 5.0), Err(Insufficient::Zero("value before")));
        assert!(compound_rate(1.0, 2.0, 0.0).is_err() && rate(1.0, f64::NAN).is_err());
    }

    #[test]
    fn engines_turn_while_positive() {
        near(sticky(200, 30, 20).unwrap(), 0.05, 1e-12);
        assert!(sticky(0, 1, 0).is_err());
        assert_eq!(paid(300.0, 400.0), Ok(-100.0));
        assert!(paid(f64::NAN, 1.0).is_err());
    }
}
