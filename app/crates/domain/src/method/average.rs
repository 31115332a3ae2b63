//! The two averages: the mean with its n, and the median.

use super::{Insufficient, check};

/// A mean and how many values it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The sum ÷ n.
    pub value: f64,
    /// How many values there are.
    pub n: usize,
}

/// The mean of finite values.
///
/// # Errors
/// There is none, or one is not finite.
pub fn mean(input: &'static str, values: &[f64]) -> Result<Mean, Insufficient> {
    let n = check::not_empty(input, values)?;
    let mut mean = 0.0;
    for &value in values {
        // Each divided before it is added, so that enormous values do not overflow.
        mean += check::finite(input, value)? / n;
    }
    Ok(Mean {
        value: check::result(input, mean)?,
        n: values.len(),
    })
}

/// The middle value, or the mean of the two middle ones.
///
/// # Errors
/// There is none, or one is not finite.
pub fn median(input: &'static str, values: &[f64]) -> Result<f64, Insufficient> {
    check::not_empty(input, values)?;
    let mut sorted = Vec::with_capacity(values.len());
    for &value in values {
        sorted.push(check::finite(input, value)?);
    }
    sorted.sort_unstable_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle).copied().unwrap_or_default();
    if sorted.len() % 2 == 1 {
        return Ok(upper);
    }
    let lower = sorted.get(middle.wrapping_sub(1)).copied();
    // Halves first, so that two enormous values do not overflow.
    Ok(lower.unwrap_or(upper) / 2.0 + upper / 2.0)
}

#[cfg(test)]
mod tests {
    use super::{mean, median};
    use crate::method::{Insufficient, testing::near};

    #[test]
    fn the_median_halves_the_values() {
        assert_eq!(median("x", &[3.0, 1.0, 2.0]), Ok(2.0));
        assert_eq!(median("x", &[4.0, 1.0, 3.0, 2.0]), Ok(2.5));
        assert_eq!(median("x", &[f64::MAX, f64::MAX]), Ok(f64::MAX));
        assert_eq!(median("x", &[]), Err(Insufficient::Missing("x")));
        assert!(median("x", &[1.0, f64::NAN]).is_err());
    }

    #[test]
    fn the_mean_says_of_how_many() {
        let found = mean("x", &[1.0, 2.0, 6.0]).unwrap();
        near(found.value, 3.0, 1e-12);
        assert_eq!(found.n, 3);
        assert!(mean("x", &[]).is_err() && mean("x", &[f64::INFINITY]).is_err());
    }
}
