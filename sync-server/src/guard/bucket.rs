//! A bucket that fills at a steady rate and can be emptied at once.

use std::time::{Duration, Instant};

/// So much may be taken in so many seconds, all at once or bit by bit.
#[derive(Debug)]
pub(super) struct Bucket {
    size: u64,
    /// How long an empty bucket takes to be full.
    fill: Duration,
    /// What is in it, in parts of `size` as nanoseconds of `fill`, at `since`.
    level_ns: u64,
    since: Instant,
}

impl Bucket {
    /// A full one.
    pub(super) fn full(size: u64, seconds: u64, now: Instant) -> Self {
        let fill = Duration::from_secs(seconds);
        Self {
            size,
            fill,
            level_ns: nanoseconds(fill),
            since: now,
        }
    }

    /// Takes so much out.
    ///
    /// # Errors
    /// If it is not there: with the time until it is, or, where it never will be, until the bucket
    /// would be full.
    pub(super) fn take(&mut self, amount: u64, now: Instant) -> Result<(), Duration> {
        self.refill(now);
        let full = u128::from(nanoseconds(self.fill));
        // A limit of nothing lets nothing through.
        let cost = (u128::from(amount) * full)
            .checked_div(u128::from(self.size))
            .filter(|cost| *cost <= full)
            .and_then(|cost| u64::try_from(cost).ok())
            .ok_or(self.fill)?;
        match self.level_ns.checked_sub(cost) {
            Some(rest) => {
                self.level_ns = rest;
                Ok(())
            }
            None => Err(Duration::from_nanos(cost - self.level_ns)),
        }
    }

    /// Whether everything is there again.
    pub(super) fn is_full(&mut self, now: Instant) -> bool {
        self.refill(now);
        self.level_ns == nanoseconds(self.fill)
    }

    fn refill(&mut self, now: Instant) {
        let passed = nanoseconds(now.saturating_duration_since(self.since));
        self.level_ns = self
            .level_ns
            .saturating_add(passed)
            .min(nanoseconds(self.fill));
        self.since = self.since.max(now);
    }
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
