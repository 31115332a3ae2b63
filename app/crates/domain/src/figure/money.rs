//! Amounts of money in figures: as inputs, as outcomes, and added where they may be.

use super::context::unit;
use super::record::Figure;
use crate::index::Handle;
use crate::method::Insufficient;
use crate::value::{Currency, Money, Period, Range};

/// Whether a part of a unit names a currency. Codes are capital letters: "all" is no Albanian lek.
pub(super) fn is_currency(part: &str) -> bool {
    matches!(part, "$" | "£" | "¥")
        || Currency::parse(part).is_some_and(|known| part == "€" || known.code() == part)
}

/// Two amounts of one currency, stated for one period: `common`, if theirs differ.
pub(super) fn alike(
    left: &Money,
    right: &Money,
    common: Period,
) -> Result<(Range, Range), Insufficient> {
    let unlike = || Insufficient::UnlikeUnits {
        left: unit(left),
        right: unit(right),
    };
    let period = if left.period == right.period {
        left.period
    } else {
        common
    };
    let both = left.per(period).zip(right.per(period));
    let (left, right) = both.ok_or_else(unlike)?;
    if left.currency != right.currency {
        return Err(unlike());
    }
    Ok((left.range, right.range))
}

/// Adds amounts of one currency. Flows of different periods are stated for `common` first; a single
/// payment and a flow, and two currencies, are not added.
pub(super) fn add(amounts: &[Money], common: Period) -> Result<Money, Insufficient> {
    let mut amounts = amounts.iter();
    let mut sum = *amounts.next().ok_or(Insufficient::Missing("amount"))?;
    for amount in amounts {
        let (left, right) = alike(&sum, amount, common)?;
        sum.period = if sum.period == amount.period {
            sum.period
        } else {
            common
        };
        sum.range = Range {
            low: left.low + right.low,
            likely: left.likely + right.likely,
            high: left.high + right.high,
        };
    }
    Ok(sum)
}

impl Figure {
    /// Adds an amount of money to the inputs.
    pub(super) fn money_input(
        &mut self,
        name: &'static str,
        money: Option<&Money>,
        from: Option<Handle>,
    ) {
        let value = money.map(|money| money.range.likely);
        let money_unit = money.map(unit).unwrap_or_default();
        self.input(name, value, money_unit, from);
    }

    /// The figure with an amount of money for its outcome.
    pub(super) fn money(mut self, money: Result<Money, Insufficient>) -> Self {
        if let Ok(money) = &money {
            self.unit = unit(money).into();
        }
        self.range(money.map(|money| (money.range.low, money.range.likely, money.range.high)))
    }
}
