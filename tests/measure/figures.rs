//! Samples and how they are printed: minimum, median, 95th percentile, maximum.

/// Prints a row of figures in milliseconds.
pub(crate) fn print(what: &str, samples: &[f64]) {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |part: f64| {
        let index = ((sorted.len().saturating_sub(1)) as f64 * part).round() as usize;
        sorted.get(index).copied().unwrap_or(f64::NAN)
    };
    println!(
        "{what:<44} min {:>8.1}  median {:>8.1}  p95 {:>8.1}  max {:>8.1} ms  (n = {})",
        at(0.0),
        at(0.5),
        at(0.95),
        at(1.0),
        sorted.len()
    );
}
