//! Quantities with a range and a unit, and the arithmetic that never mixes units (M12, M23).

use super::{Insufficient, Unit, check};

/// A number that is not known exactly: low ≤ likely ≤ high, all finite, in one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    low: f64,
    likely: f64,
    high: f64,
    unit: Unit,
}

impl Quantity {
    /// A quantity with a range.
    ///
    /// # Errors
    /// A number is not finite, or they are not in order.
    pub fn new(low: f64, likely: f64, high: f64, unit: Unit) -> Result<Self, Insufficient> {
        let low = check::finite("low value", low)?;
        let high = check::within("high value", high, low, f64::INFINITY)?;
        let likely = check::within("likely value", likely, low, high)?;
        Ok(Self {
            low,
            likely,
            high,
            unit,
        })
    }

    /// A quantity that is known exactly.
    ///
    /// # Errors
    /// The number is not finite.
    pub fn exact(value: f64, unit: Unit) -> Result<Self, Insufficient> {
        Self::new(value, value, value, unit)
    }

    /// The least that it may be.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.low
    }

    /// What it most likely is.
    #[must_use]
    pub fn likely(&self) -> f64 {
        self.likely
    }

    /// The most that it may be.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.high
    }

    /// What it is counted in.
    #[must_use]
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// The sum: lows, likely values and highs are added.
    ///
    /// # Errors
    /// The units are unlike, or the sum overflows.
    pub fn plus(&self, other: &Self) -> Result<Self, Insufficient> {
        self.demand_like(other)?;
        Self::computed(
            self.low + other.low,
            self.likely + other.likely,
            self.high + other.high,
            self.unit.clone(),
        )
    }

    /// The difference: its low is the low less the other's high, and the other way round.
    ///
    /// # Errors
    /// The units are unlike, or the difference overflows.
    pub fn minus(&self, other: &Self) -> Result<Self, Insufficient> {
        self.demand_like(other)?;
        Self::computed(
            self.low - other.high,
            self.likely - other.likely,
            self.high - other.low,
            self.unit.clone(),
        )
    }

    /// The product: the range spans the products of all ends, the units multiply.
    ///
    /// # Errors
    /// The product overflows.
    pub fn times(&self, other: &Self) -> Result<Self, Insufficient> {
        let corners = [
            self.low * other.low,
            self.low * other.high,
            self.high * other.low,
            self.high * other.high,
        ];
        Self::computed(
            corners.into_iter().fold(f64::INFINITY, f64::min),
            self.likely * other.likely,
            corners.into_iter().fold(f64::NEG_INFINITY, f64::max),
            self.unit.times(&other.unit),
        )
    }

    /// The quotient.
    ///
    /// # Errors
    /// The divisor may be zero, or the quotient overflows.
    pub fn over(&self, other: &Self) -> Result<Self, Insufficient> {
        if other.low <= 0.0 && other.high >= 0.0 {
            return Err(Insufficient::Zero("the divisor at some point of its range"));
        }
        let inverse = Self::computed(
            1.0 / other.high,
            1.0 / other.likely,
            1.0 / other.low,
            Unit::none().over(&other.unit),
        )?;
        self.times(&inverse)
    }

    /// The same numbers in another unit.
    #[must_use]
    pub fn in_unit(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    fn demand_like(&self, other: &Self) -> Result<(), Insufficient> {
        if self.unit.is_like(&other.unit) {
            return Ok(());
        }
        Err(Insufficient::UnlikeUnits {
            left: self.unit.to_string(),
            right: other.unit.to_string(),
        })
    }

    /// A result, whose likely value rounding may have pushed a hair out of its range.
    fn computed(low: f64, likely: f64, high: f64, unit: Unit) -> Result<Self, Insufficient> {
        let low = check::result("quantity", low)?;
        let high = check::result("quantity", high)?.max(low);
        let likely = check::result("quantity", likely)?.clamp(low, high);
        Self::new(low, likely, high, unit)
    }
}

/// The product of a chain of factors.
///
/// # Errors
/// There is no factor, or the product overflows.
pub fn product(factors: &[Quantity]) -> Result<Quantity, Insufficient> {
    let (first, rest) = factors
        .split_first()
        .ok_or(Insufficient::Missing("factors"))?;
    rest.iter()
        .try_fold(first.clone(), |product, factor| product.times(factor))
}

/// The sum of quantities of one unit.
///
/// # Errors
/// There is none, two units are unlike, or the sum overflows.
pub fn sum(quantities: &[Quantity]) -> Result<Quantity, Insufficient> {
    let (first, rest) = quantities
        .split_first()
        .ok_or(Insufficient::Missing("quantities"))?;
    rest.iter()
        .try_fold(first.clone(), |sum, quantity| sum.plus(quantity))
}

#[cfg(test)]
mod tests;
