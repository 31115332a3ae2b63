//! Samples and how they are printed: minimum, median, 95th percentile, maximum.

/// Prints a row of figures in milliseconds.
pub(crate) fn print(what: &str, samples: &[f64]) {
    println!(
        "{what:<44} min {:>8.1}  median {:>8.1}  p95 {:>8.1}  max {:>8.1} ms  (n = {})",
        at(samples, 0.0),
        at(samples, 0.5),
        at(samples, 0.95),
        at(samples, 1.0),
        samples.len()
    );
}

/// The sample below which that part of all lies; not a number if there is none.
pub(crate) fn at(samples: &[f64], part: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let index = ((sorted.len().saturating_sub(1)) as f64 * part).round() as usize;
    sorted.get(index).copied().unwrap_or(f64::NAN)
}
