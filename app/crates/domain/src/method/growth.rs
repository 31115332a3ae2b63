//! Growth: its engines and the viral coefficient (M1, M17).

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
    use super::{paid, sticky, viral};
    use crate::method::testing::near;

    #[test]
    fn invites_times_conversion_is_k() {
        let k = viral(5.0, 0.25).unwrap();
        assert!(k.feeds_itself);
        near(k.coefficient, 1.25, 1e-12);
        assert!(!viral(5.0, 0.2).unwrap().feeds_itself);
        assert!(viral(-1.0, 0.2).is_err() && viral(1.0, 1.2).is_err());
    }

    #[test]
    fn engines_turn_while_positive() {
        near(sticky(200, 30, 20).unwrap(), 0.05, 1e-12);
        assert!(sticky(0, 1, 0).is_err());
        assert_eq!(paid(300.0, 400.0), Ok(-100.0));
        assert!(paid(f64::NAN, 1.0).is_err());
    }
}
