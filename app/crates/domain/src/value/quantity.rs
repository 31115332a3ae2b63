//! Quantities: what is likely, between what is low and what is high, of one unit.

/// Three numbers in ascending order: the least, the likeliest and the most that is expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least.
    pub low: f64,
    /// The likeliest.
    pub likely: f64,
    /// The most.
    pub high: f64,
}

impl Range {
    /// The range of one number, without spread.
    #[must_use]
    pub fn exactly(number: f64) -> Range {
        Range {
            low: number,
            likely: number,
            high: number,
        }
    }

    /// The range, if the numbers are finite and ascend.
    #[must_use]
    pub fn new(low: f64, likely: f64, high: f64) -> Option<Range> {
        let is_finite = low.is_finite() && likely.is_finite() && high.is_finite();
        (is_finite && low <= likely && likely <= high).then_some(Range { low, likely, high })
    }

    /// Whether it is one number.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    /// Each number times `factor`; a negative factor turns the range around.
    #[must_use]
    pub fn times(&self, factor: f64) -> Range {
        let (low, high) = (self.low * factor, self.high * factor);
        Range {
            low: low.min(high),
            likely: self.likely * factor,
            high: low.max(high),
        }
    }
}

/// A range of numbers of one unit: `8..12..20 hours`.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// How much.
    pub range: Range,
    /// Of what, such as `hours`; `None` for a plain number.
    pub unit: Option<String>,
}
