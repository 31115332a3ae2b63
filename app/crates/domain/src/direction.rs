//! Which way a metric is better, for figures, verdicts and checks alike.

use crate::index::{Handle, Reader};

/// Whether less of a metric is better; of one that does not say, more is.
pub(crate) fn is_downward(reader: &Reader<'_>, metric: Handle) -> bool {
    reader.text(metric, "direction") == Some("down")
}

/// Whether a value of a metric is on the worse side of a line, and not on it.
pub(crate) fn is_worse(reader: &Reader<'_>, metric: Handle, value: f64, line: f64) -> bool {
    match is_downward(reader, metric) {
        true => value > line,
        false => value < line,
    }
}
