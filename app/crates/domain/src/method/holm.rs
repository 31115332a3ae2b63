//! Several metrics at once: Holm's correction for all but the primary one (M14).

use super::{Insufficient, check};

/// The p-values adjusted by Holm's step-down method (Holm 1979), in the order given: the i-th
/// smallest of m is multiplied by m − i + 1, never falls below the one before, and stops at 1.
/// Compared with α, they keep the chance of any false alarm at α.
///
/// # Errors
/// There is none, or one is not from 0 to 1.
pub fn adjusted(p_values: &[f64]) -> Result<Vec<f64>, Insufficient> {
    let mut left = check::not_empty("p-values", p_values)?;
    let mut ordered = Vec::with_capacity(p_values.len());
    for (place, &p) in p_values.iter().enumerate() {
        ordered.push((check::share("p-value", p)?, place));
    }
    ordered.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let mut adjusted = p_values.to_vec();
    let mut largest = 0.0_f64;
    for (p, place) in ordered {
        largest = largest.max((p * left).min(1.0));
        if let Some(value) = adjusted.get_mut(place) {
            *value = largest;
        }
        left -= 1.0;
    }
    Ok(adjusted)
}

#[cfg(test)]
mod tests {
    use super::adjusted;
    use crate::method::testing::near;

    /// R: `p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")`.
    #[test]
    fn r_is_reproduced() {
        let adjusted = adjusted(&[0.01, 0.04, 0.03, 0.005]).unwrap();
        for (value, expected) in adjusted.into_iter().zip([0.03, 0.06, 0.06, 0.02]) {
            near(value, expected, 1e-15);
        }
    }

    #[test]
    fn one_test_is_left_as_it_is_and_none_is_not_enough() {
        assert_eq!(adjusted(&[0.2]), Ok(vec![0.2]));
        assert!(adjusted(&[]).is_err());
        assert!(adjusted(&[0.2, f64::NAN]).is_err() && adjusted(&[1.1]).is_err());
    }

    #[test]
    fn a_correction_never_lowers_and_keeps_the_order() {
        arbtest::arbtest(|bytes| {
            let raw: Vec<u16> = bytes.arbitrary()?;
            let raw: Vec<f64> = raw.iter().map(|&p| f64::from(p) / 65_535.0).collect();
            let Ok(after) = adjusted(&raw) else {
                assert!(raw.is_empty());
                return Ok(());
            };
            for (i, &p) in raw.iter().enumerate() {
                assert!(after[i] >= p && after[i] <= 1.0);
                assert!(
                    raw.iter()
                        .zip(&after)
                        .all(|(&q, &b)| q < p || b >= after[i])
                );
            }
            Ok(())
        })
        .budget_ms(1000);
    }
}
