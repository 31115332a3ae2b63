//! The figures of a large graph, from scratch and after one edit: computed natively by an example of
//! the crate `domain`, which is built optimised for it.

use std::process::Command;

use crate::harness::Step;

/// Prints the figures.
pub(crate) fn measure() -> Step {
    let status = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--release", "--package", "domain"])
        .args(["--example", "graph"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .status()?;
    match status.success() {
        true => Ok(()),
        false => Err("the measurement of the graph failed".into()),
    }
}
