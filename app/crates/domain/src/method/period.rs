//! The periods that money and rates are stated in (M23).

use std::fmt;

/// How long one period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A twelfth of a year.
    Month,
    /// Three months.
    Quarter,
    /// Twelve months.
    Year,
}

impl Period {
    /// Every period, the shortest first.
    pub const ALL: [Self; 5] = [
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
    ];

    /// Its English name, which files use too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The period of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }

    /// Its length in months, a month being a twelfth of a year of 365 days, as for money.
    #[must_use]
    pub fn months(self) -> f64 {
        match self {
            Self::Day => 12.0 / 365.0,
            Self::Week => 84.0 / 365.0,
            Self::Month => 1.0,
            Self::Quarter => 3.0,
            Self::Year => 12.0,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Period;

    #[test]
    fn names_are_read_back_and_lengths_grow() {
        for period in Period::ALL {
            assert_eq!(Period::from_name(period.name()), Some(period));
        }
        assert!(Period::ALL.is_sorted_by(|a, b| a < b && a.months() < b.months()));
        assert_eq!(Period::from_name("fortnight"), None);
    }

    #[test]
    fn a_period_is_as_long_as_it_is_for_money() {
        for period in Period::ALL {
            let of_money = crate::value::Period::from_name(period.name()).unwrap();
            let months = 12.0 / of_money.per_year().unwrap();
            assert!((period.months() - months).abs() < 1e-12, "{period}");
        }
    }
}
