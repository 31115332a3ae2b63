//! The wall clock, and how far it moves away from the one that never goes back.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970. For what people agreed on, such as the end of a link; never for order.
pub(crate) fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
}

/// Two clocks differ by so much all the time, as one is slewed.
const SLEWED_MS: i64 = 250;

/// The wall clock beside the one that never goes back, which stands still while a machine sleeps.
#[derive(Debug)]
pub(crate) struct Clocks {
    start: Instant,
    /// How far the wall clock was ahead at most.
    ahead_ms: i64,
}

impl Clocks {
    /// From now on.
    pub(crate) fn now() -> Self {
        Self {
            start: Instant::now(),
            ahead_ms: now_ms(),
        }
    }

    /// By how many milliseconds the wall clock has moved ahead since this was asked last, if by more
    /// than clocks usually do. What it was set back by does not count as moving ahead again.
    pub(crate) fn ahead_ms(&mut self) -> Option<u64> {
        let since = i64::try_from(self.start.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.moved(now_ms().saturating_sub(since))
    }

    fn moved(&mut self, ahead_ms: i64) -> Option<u64> {
        let moved = ahead_ms.saturating_sub(self.ahead_ms);
        if moved < SLEWED_MS {
            return None;
        }
        self.ahead_ms = ahead_ms;
        u64::try_from(moved).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_ahead_is_noticed_once_and_one_that_is_set_back_never() {
        let mut clocks = Clocks {
            start: Instant::now(),
            ahead_ms: 1_000,
        };
        assert_eq!(clocks.moved(1_100), None);
        assert_eq!(clocks.moved(61_000), Some(60_000));
        assert_eq!(clocks.moved(61_000), None);
        assert_eq!(clocks.moved(1_000), None);
        assert_eq!(clocks.moved(61_100), None);
        assert_eq!(clocks.moved(61_300), Some(300));
    }
}
