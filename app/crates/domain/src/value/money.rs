//! Money: a range of amounts in a currency, once or for each period: `12..15..20 EUR/month`.

use std::cmp::Ordering;
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
    /// The currency of that code, in any case; also `€`. `None` for a code that is not in use, such
    /// as `DEM` or a slip like `EUX`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Currency> {
        if text == "€" {
            return Some(Currency(*b"EUR"));
        }
        let code: [u8; 3] = text.as_bytes().try_into().ok()?;
        let currency = Currency(code.map(|letter| letter.to_ascii_uppercase()));
        let (mut low, mut high) = (0, ACTIVE.len().div_ceil(4));
        while low < high {
            let middle = usize::midpoint(low, high);
            match ACTIVE.get(4 * middle..4 * middle + 3)?.cmp(currency.code()) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(currency),
            }
        }
        None
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

/// In the order of the alphabet, the active codes of ISO 4217: list one as of January 2026, when the
/// euro replaced the lev; without the two that stand for a test and for no currency.
const ACTIVE: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN \
    BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD \
    EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR \
    IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD \
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD \
    OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE \
    SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI \
    UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD \
    XPF XPT XSU XUA YER ZAR ZMW ZWG";

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
