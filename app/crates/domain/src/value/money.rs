//! Money: a range of amounts in a currency, once or for each period: `12..15..20 EUR/month`.

use std::fmt;

use super::Range;

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Money {
    /// How much.
    pub range: Range,
    /// In which currency; `None` means the workspace's.
    pub currency: Option<Currency>,
    /// How often.
    pub period: Period,
}

impl Money {
    /// The same flow of money for another period: 12 a month is 144 a year. `None` when exactly one
    /// of both is once: a payment is no flow.
    #[must_use]
    pub fn per(&self, period: Period) -> Option<Money> {
        let factor = if self.period == period {
            1.0
        } else {
            self.period.per_year()? / period.per_year()?
        };
        Some(Money {
            range: self.range.times(factor),
            period,
            ..*self
        })
    }
}

/// A currency by its code of three capital letters (ISO 4217), such as `EUR`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The currency of that code, in any case; also `€`. Whether the code is in use is not checked.
    #[must_use]
    pub fn parse(text: &str) -> Option<Currency> {
        if text == "€" {
            return Some(Currency(*b"EUR"));
        }
        let code: [u8; 3] = text.as_bytes().try_into().ok()?;
        let is_code = code.iter().all(u8::is_ascii_alphabetic);
        is_code.then(|| Currency(code.map(|letter| letter.to_ascii_uppercase())))
    }

    /// Its code.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// How often money flows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// A single payment.
    #[default]
    Once,
    /// Every day.
    Day,
    /// Every week.
    Week,
    /// Every month.
    Month,
    /// Every three months.
    Quarter,
    /// Every year.
    Year,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Period; 6] = [
        Period::Once,
        Period::Day,
        Period::Week,
        Period::Month,
        Period::Quarter,
        Period::Year,
    ];

    /// The word that files use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Period::Once => "once",
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::Year => "year",
        }
    }

    /// The period of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Period> {
        Period::ALL.into_iter().find(|period| period.name() == name)
    }

    /// How many of them a year has, of 365 days; `None` for a single payment.
    #[must_use]
    pub fn per_year(self) -> Option<f64> {
        match self {
            Period::Once => None,
            Period::Day => Some(365.0),
            Period::Week => Some(365.0 / 7.0),
            Period::Month => Some(12.0),
            Period::Quarter => Some(4.0),
            Period::Year => Some(1.0),
        }
    }
}
