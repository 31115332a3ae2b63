//! ICE: impact, confidence and ease, as Ellis and as Gilad compute it (M20).

use super::{Insufficient, check};

/// Ellis' scale of each part, 1 to 10; their product, 1 to 1,000.
///
/// # Errors
/// A part is outside its scale.
pub fn ellis_product(impact: f64, confidence: f64, ease: f64) -> Result<f64, Insufficient> {
    let [impact, confidence, ease] = ellis(impact, confidence, ease)?;
    Ok(impact * confidence * ease)
}

/// The mean of Ellis' three parts, 1 to 10, which some teams use instead of the product.
///
/// # Errors
/// A part is outside its scale.
pub fn ellis_average(impact: f64, confidence: f64, ease: f64) -> Result<f64, Insufficient> {
    let [impact, confidence, ease] = ellis(impact, confidence, ease)?;
    Ok((impact + confidence + ease) / 3.0)
}

fn ellis(impact: f64, confidence: f64, ease: f64) -> Result<[f64; 3], Insufficient> {
    Ok([
        check::within("impact", impact, 1.0, 10.0)?,
        check::within("confidence", confidence, 1.0, 10.0)?,
        check::within("ease", ease, 1.0, 10.0)?,
    ])
}

/// Gilad's product: impact and ease 0 to 10, and the confidence read off his meter, 0 to 10 (see
/// [`confidence_meter`](super::confidence_meter)); 0 to 1,000.
///
/// # Errors
/// A part is outside its scale.
pub fn gilad(impact: f64, meter: f64, ease: f64) -> Result<f64, Insufficient> {
    let impact = check::within("impact", impact, 0.0, 10.0)?;
    let meter = check::within("confidence", meter, 0.0, 10.0)?;
    let ease = check::within("ease", ease, 0.0, 10.0)?;
    Ok(impact * meter * ease)
}

#[cfg(test)]
mod tests {
    use super::{ellis_average, ellis_product, gilad};
    use crate::method::testing::near;

    #[test]
    fn the_three_ways_differ() {
        assert_eq!(ellis_product(8.0, 5.0, 4.0), Ok(160.0));
        near(ellis_average(8.0, 5.0, 4.0).unwrap(), 17.0 / 3.0, 1e-12);
        near(gilad(8.0, 0.1, 4.0).unwrap(), 3.2, 1e-12);
    }

    #[test]
    fn each_part_keeps_to_its_scale() {
        for bad in [0.9, 10.1, -1.0, f64::NAN] {
            assert!(ellis_product(bad, 5.0, 5.0).is_err(), "{bad}");
            assert!(ellis_average(5.0, bad, 5.0).is_err(), "{bad}");
        }
        assert_eq!(gilad(0.0, 0.01, 10.0), Ok(0.0));
        assert!(gilad(5.0, 10.5, 5.0).is_err() && gilad(5.0, 5.0, -0.1).is_err());
    }
}
