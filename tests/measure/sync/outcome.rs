//! What a load on a server came to, and how it compares with another's.

use std::time::Duration;

use crate::figures;

/// Latencies and cost of one run.
pub(crate) struct Outcome {
    /// How many deliveries there should be: each edit to every other client.
    pub(crate) expected: usize,
    /// Milliseconds from writer to reader, one for each delivery.
    pub(crate) latencies: Vec<f64>,
    /// The server's processor time.
    pub(crate) processor: Duration,
}

impl Outcome {
    /// Prints the figures.
    pub(crate) fn print(&self, what: &str) {
        figures::print(&format!("{what}: edit to every other"), &self.latencies);
        println!(
            "    delivered {} of {}; server: {:.1} µs of processor an edit delivered",
            self.latencies.len(),
            self.expected,
            self.cost(),
        );
    }

    /// Prints this as a part of another server's figures: below 1 it is better.
    pub(crate) fn compare(&self, what: &str, other: &Self) {
        let part = |at: f64| figures::at(&self.latencies, at) / figures::at(&other.latencies, at);
        println!(
            "    ours as a part of {what}'s: median {:.2}, p95 {:.2}, processor {:.2}",
            part(0.5),
            part(0.95),
            self.cost() / other.cost(),
        );
    }

    /// Microseconds of the server's processor for one delivery that should be.
    fn cost(&self) -> f64 {
        self.processor.as_secs_f64() * 1e6 / self.expected.max(1) as f64
    }
}
