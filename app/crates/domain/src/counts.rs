//! What the counts of a reading say of its value.

use crate::index::{Handle, Reader};

/// A value may be rounded to whole percent.
const ROUNDED: f64 = 0.005;

/// The value of a reading of a share, and what its counts make of it, both from 0 to 1, where the
/// two are not the same.
pub(crate) fn contradiction(reader: &Reader<'_>, reading: Handle) -> Option<(f64, f64)> {
    let metric = reader.reference(reading, "metric")?;
    let whole = match reader.text(metric, "unit")? {
        "%" => 100.0,
        "share" => 1.0,
        _ => return None,
    };
    let number = |field| reader.number(reading, field);
    let (value, successes, n) = (number("value")?, number("successes")?, number("n")?);
    let (value, counted) = (value / whole, successes / n);
    let is_share = n > 0.0 && (0.0..=1.0).contains(&counted);
    (is_share && (value - counted).abs() > ROUNDED + 1e-9).then_some((value, counted))
}
