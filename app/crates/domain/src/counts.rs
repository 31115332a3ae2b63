//! What a reading says: its value, and what its counts make of it.

use crate::index::{Handle, Reader};
use crate::method::Sample;

/// A value may be rounded to whole percent.
const ROUNDED: f64 = 0.005;

/// The value of a reading: what was entered, else of a share what its counts make.
pub(crate) fn value(reader: &Reader<'_>, reading: Handle) -> Option<f64> {
    let number = |field| reader.number(reading, field);
    number("value").or_else(|| {
        let (successes, n) = (number("successes")?, number("n")?);
        let sample = Sample::new(count(successes)?, count(n)?).ok()?;
        Some(sample.rate().ok()? * whole_of(reader, reading)?)
    })
}

/// The value of a reading of a share, and what its counts make of it, both from 0 to 1, where the
/// two are not the same.
pub(crate) fn contradiction(reader: &Reader<'_>, reading: Handle) -> Option<(f64, f64)> {
    let whole = whole_of(reader, reading)?;
    let number = |field| reader.number(reading, field);
    let (value, successes, n) = (number("value")?, number("successes")?, number("n")?);
    let (value, counted) = (value / whole, successes / n);
    let is_share = n > 0.0 && (0.0..=1.0).contains(&counted);
    (is_share && (value - counted).abs() > ROUNDED + 1e-9).then_some((value, counted))
}

/// The sample that a reading is the share of, and what its value would be if everybody counted: 100
/// in percent, 1 as a share, and n where the value is the number of successes itself. Where only n
/// is known, the successes are those that the share makes. `None` where the value is no share of a
/// sample, or another one than its counts say.
pub(crate) fn sample(reader: &Reader<'_>, reading: Handle) -> Option<(Sample, f64)> {
    let number = |field| reader.number(reading, field);
    let value = value(reader, reading)?;
    let n = number("n").filter(|n| *n > 0.0)?;
    let all = count(n)?;
    let Some(whole) = whole_of(reader, reading) else {
        let successes = number("successes").filter(|successes| *successes == value)?;
        return Some((Sample::new(count(successes)?, all).ok()?, n));
    };
    if contradiction(reader, reading).is_some() {
        return None;
    }
    let shared = || (value / whole * n).round();
    let successes = number("successes").unwrap_or_else(shared);
    Some((Sample::new(count(successes)?, all).ok()?, whole))
}

/// What everybody is in the unit of a reading of a share: 100 in percent.
pub(crate) fn whole_of(reader: &Reader<'_>, reading: Handle) -> Option<f64> {
    let metric = reader.reference(reading, "metric")?;
    match reader.text(metric, "unit")? {
        "%" => Some(100.0),
        "share" => Some(1.0),
        _ => None,
    }
}

/// A count without a fraction.
pub(crate) fn count(count: f64) -> Option<u64> {
    let is_count = count >= 0.0 && count.fract() == 0.0 && count <= 1e15;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked right above"
    )]
    is_count.then_some(count as u64)
}
