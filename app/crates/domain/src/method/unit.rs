//! Units of quantities: what may be added, and what a product is counted in (M12, M23).

use std::fmt;

use super::{Insufficient, Period};

/// A unit as a fraction of named parts, like `trips`, `EUR/month` or `EUR/account·month`.
///
/// Parts keep no order and cancel each other: accounts × EUR/account is EUR. Names are compared as
/// written; `accounts` and `account` are the same part, so that "5,000 accounts" can be multiplied
/// by a price "per account".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    over: Vec<String>,
    under: Vec<String>,
}

impl Unit {
    /// A plain number: a count of nothing in particular, or a share.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// A unit read from text: parts joined by `·` or `*`, divided by those after a `/` or `per`.
    /// Nothing, `1` and `share` are the plain number.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.replace(" per ", "/").replace('*', "·");
        let mut sides = text.split('/');
        let over = parts(sides.next().unwrap_or_default());
        let under = sides.flat_map(parts).collect();
        Self { over, under }.simplified()
    }

    /// An amount of money in a currency named by its code, as in `EUR`.
    #[must_use]
    pub fn money(currency: &str) -> Self {
        Self::parse(currency)
    }

    /// This unit for each period: `EUR` becomes `EUR/month`.
    #[must_use]
    pub fn each(&self, period: Period) -> Self {
        self.over(&Self::parse(period.name()))
    }

    /// Whether it is the plain number.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.over.is_empty() && self.under.is_empty()
    }

    /// The unit of a product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self {
            over: [self.over.as_slice(), &other.over].concat(),
            under: [self.under.as_slice(), &other.under].concat(),
        }
        .simplified()
    }

    /// The unit of a quotient.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        self.times(&Self {
            over: other.under.clone(),
            under: other.over.clone(),
        })
    }

    /// The unit of a market's size: a price behind a count is one for each of them, so that
    /// `EUR/year` times `orchestras` is `EUR/year`.
    ///
    /// # Errors
    /// A price is for each of something else than what is counted, two things are counted that are
    /// parts of nothing, or two amounts of money are multiplied.
    pub fn priced(&self, is_money: impl Fn(&str) -> bool) -> Result<Self, Insufficient> {
        let (money, counted): (Vec<&String>, Vec<&String>) =
            self.over.iter().partition(|part| is_money(part));
        let is_period = |part: &&String| Period::from_name(part).is_some();
        let (periods, each): (Vec<&String>, Vec<&String>) = self.under.iter().partition(is_period);
        let unlike = |left: &str, right: String| {
            let left = left.to_owned();
            Err(Insufficient::UnlikeUnits { left, right })
        };
        match (money.as_slice(), counted.as_slice(), each.as_slice()) {
            ([one, other, ..], ..) => unlike(one, (*other).clone()),
            // Without money too: trips times accounts are neither.
            (_, [one, other, ..], []) => unlike(one, (*other).clone()),
            ([], ..) | (_, [], _) => Ok(self.clone()),
            ([money], [one, ..], [other, ..]) => unlike(one, format!("{money}/{other}")),
            _ => Ok(Self {
                over: money.into_iter().cloned().collect(),
                under: periods.into_iter().cloned().collect(),
            }),
        }
    }

    /// Cancels what stands on both sides and puts the rest in order.
    fn simplified(mut self) -> Self {
        let mut kept = Vec::with_capacity(self.over.len());
        for part in self.over {
            match self.under.iter().position(|other| is_same(other, &part)) {
                Some(place) => drop(self.under.swap_remove(place)),
                None => kept.push(part),
            }
        }
        kept.sort_unstable();
        self.under.sort_unstable();
        Self {
            over: kept,
            under: self.under,
        }
    }

    /// Whether both units count the same, singular and plural alike.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.over(other).is_none()
    }
}

/// The named parts of one side of a fraction.
fn parts(side: &str) -> Vec<String> {
    let names = side.split('·').map(str::trim);
    names
        .filter(|name| !["", "1", "share"].contains(name))
        .map(str::to_owned)
        .collect()
}

/// Plurals with what they are the plural of, the longer ending first.
const PLURALS: [(&str, &str); 6] = [
    ("sses", "ss"),
    ("xes", "x"),
    ("ches", "ch"),
    ("ies", "y"),
    ("people", "person"),
    ("s", ""),
];

/// Whether two names differ in nothing or in being singular and plural.
fn is_same(left: &str, right: &str) -> bool {
    let is_plural = |many: &str, one: &str| {
        PLURALS.iter().any(|(ending, single)| {
            let stem = many.strip_suffix(ending);
            stem.is_some_and(|stem| one.strip_suffix(single) == Some(stem))
        })
    };
    left == right || is_plural(left, right) || is_plural(right, left)
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.over.is_empty() && self.under.is_empty() {
            return formatter.write_str("a plain number");
        }
        let over = self.over.join("·");
        formatter.write_str(if over.is_empty() { "1" } else { &over })?;
        if !self.under.is_empty() {
            write!(formatter, "/{}", self.under.join("·"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Unit;
    use crate::method::Period;

    #[test]
    fn a_unit_is_read_and_written() {
        for (text, expected) in [
            ("EUR", "EUR"),
            ("EUR per account", "EUR/account"),
            ("EUR/month/account", "EUR/account·month"),
            ("trips * km", "km·trips"),
            ("share", "a plain number"),
            (" ", "a plain number"),
            ("1/month", "1/month"),
            ("m/m", "a plain number"),
        ] {
            assert_eq!(Unit::parse(text).to_string(), expected, "{text:?}");
        }
        assert_eq!(
            Unit::money("EUR").each(Period::Month),
            Unit::parse("EUR/month")
        );
    }

    #[test]
    fn parts_cancel_across_singular_and_plural() {
        let price = Unit::parse("EUR/account");
        assert_eq!(Unit::parse("accounts").times(&price), Unit::money("EUR"));
        assert_eq!(Unit::parse("EUR").over(&price), Unit::parse("account"));
        assert!(Unit::parse("trip").is_like(&Unit::parse("trips")));
        assert!(!Unit::parse("trips").is_like(&Unit::money("USD")));
        assert!(!Unit::money("USD").is_like(&Unit::none()));
    }
}
