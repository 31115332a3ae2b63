//! TAM, SAM and SOM as chains of factors (M12).

use super::{Insufficient, Quantity, check, quantity};

/// A market, each part a range in the same unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    /// Total addressable market: all who could.
    pub total: Quantity,
    /// Serviceable addressable market: those whom this business model can serve.
    pub serviceable: Quantity,
    /// Serviceable obtainable market: those whom it can win.
    pub obtainable: Quantity,
}

/// Multiplies the chains: the total market is the product of `factors` (accounts × price for each
/// account), and each further part is the one before times shares from 0 to 1. A chain of shares
/// that is empty leaves the part as large as the one before. Where the larger chains are empty a part
/// is counted from below: the product of its own factors (customers who can be won × price).
///
/// # Errors
/// There is no factor, a share has a unit or leaves 0 to 1, or a product overflows.
pub fn market(
    factors: &[Quantity],
    serviceable: &[Quantity],
    obtainable: &[Quantity],
) -> Result<Market, Insufficient> {
    let total = quantity::product(factors)?;
    let serviceable = narrowed(&total, serviceable)?;
    let obtainable = narrowed(&serviceable, obtainable)?;
    Ok(Market {
        total,
        serviceable,
        obtainable,
    })
}

/// The size of the last part whose chains, from the largest market down, these are: narrowed from
/// above, or counted from below where the larger chains are empty and its own first one counts
/// something.
///
/// # Errors
/// As for [`market`].
pub fn part(chains: &[&[Quantity]]) -> Result<Quantity, Insufficient> {
    let is_counted = |chain: &&&[Quantity]| chain.iter().any(|factor| !factor.unit().is_none());
    let first = chains.iter().position(|chain| !chain.is_empty());
    let from_below = first.filter(|first| chains.get(*first).as_ref().is_some_and(is_counted));
    let chains = chains.get(from_below.unwrap_or(0)..).unwrap_or_default();
    let (factors, shares) = chains
        .split_first()
        .ok_or(Insufficient::Missing("factors"))?;
    let whole = quantity::product(factors)?;
    let mut part = whole;
    for chain in shares {
        part = narrowed(&part, chain)?;
    }
    Ok(part)
}

fn narrowed(whole: &Quantity, shares: &[Quantity]) -> Result<Quantity, Insufficient> {
    let mut part = whole.clone();
    for share in shares {
        if !share.unit().is_none() {
            return Err(Insufficient::UnlikeUnits {
                left: share.unit().to_string(),
                right: "a share of the market".to_owned(),
            });
        }
        check::share("share of the market", share.low())?;
        check::share("share of the market", share.high())?;
        part = part.times(share)?;
    }
    Ok(part)
}

#[cfg(test)]
mod tests {
    use super::{market, part};
    use crate::method::{Quantity, Unit, testing::near};

    fn quantity(low: f64, likely: f64, high: f64, unit: &str) -> Quantity {
        Quantity::new(low, likely, high, Unit::parse(unit)).unwrap()
    }

    /// M12: bottom-up, SOM = units × price, without a word about the larger markets.
    #[test]
    fn a_part_is_counted_from_below() {
        let units = quantity(80.0, 100.0, 120.0, "orchestras");
        let price = quantity(200.0, 200.0, 200.0, "EUR/orchestra·year");
        let half = quantity(0.5, 0.5, 0.5, "");
        let counted = [units, price];
        let found = part(&[&[], &[], &counted]).unwrap();
        near(found.likely(), 20_000.0, 1e-9);
        assert_eq!(found.unit().to_string(), "EUR/year");
        near(
            part(&[&[], &counted, std::slice::from_ref(&half)])
                .unwrap()
                .likely(),
            10_000.0,
            1e-9,
        );
        assert!(part(&[&[], &[], &[half]]).is_err(), "a share of nothing");
    }

    #[test]
    fn each_part_is_a_share_of_the_one_before() {
        let accounts = quantity(80_000.0, 100_000.0, 120_000.0, "accounts");
        let price = quantity(400.0, 500.0, 600.0, "EUR/account·year");
        let reach = quantity(0.3, 0.4, 0.5, "");
        let win = quantity(0.05, 0.1, 0.2, "share");
        let found = market(&[accounts, price], &[reach], &[win]).unwrap();
        assert_eq!(found.total.unit().to_string(), "EUR/year");
        near(found.total.likely(), 50e6, 1e-3);
        near(found.serviceable.likely(), 20e6, 1e-3);
        near(found.obtainable.low(), 480_000.0, 1e-3);
        near(found.obtainable.high(), 7_200_000.0, 1e-3);
    }

    #[test]
    fn a_market_is_narrowed_by_shares_alone() {
        let accounts = [quantity(1.0, 2.0, 3.0, "accounts")];
        let whole = market(&accounts, &[], &[]).unwrap();
        assert_eq!(whole.total, whole.obtainable);
        assert!(market(&accounts, &[quantity(1.0, 2.0, 3.0, "trips")], &[]).is_err());
        assert!(market(&accounts, &[quantity(0.5, 0.8, 1.2, "")], &[]).is_err());
        assert!(market(&[], &[], &[]).is_err());
    }
}
