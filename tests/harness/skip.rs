//! Says that a test was skipped, so that `cargo verify` does not count it as passed.

use std::io::{Write, stdout};

/// Says it and why, on a line of its own, for people and for `cargo verify`. Not by `println!`, which
/// is not shown for a test that passes.
pub(crate) fn skipped(test: &str, reason: &str) {
    let line = format!("\nskipped {test}: {reason}\n");
    let _ = stdout().write_all(line.as_bytes());
}
