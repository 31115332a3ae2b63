//! Whether the store works, and when to look whether it does again.

/// The first pause before a failing store is tried, and the longest.
const FIRST_PAUSE_MS: u64 = 1_000;
const LONGEST_PAUSE_MS: u64 = 16_000;

/// A store that fails again within this time is tried again later than the last time.
const RELAPSE_MS: u64 = 60_000;

/// What is known about the store.
#[derive(Debug, Default)]
pub(super) struct Health {
    failing: bool,
    /// Whether a trial is under way.
    trying: bool,
    next_trial_ms: u64,
    pause_ms: u64,
    recovered_ms: Option<u64>,
}

impl Health {
    /// Whether the store is known to fail.
    pub(super) fn is_failing(&self) -> bool {
        self.failing
    }

    /// A write has failed; whether that is new.
    pub(super) fn failed(&mut self, now_ms: u64) -> bool {
        if self.failing {
            return false;
        }
        let relapse = self
            .recovered_ms
            .is_some_and(|recovered| now_ms.saturating_sub(recovered) < RELAPSE_MS);
        self.failing = true;
        self.pause_ms = if relapse {
            self.pause_ms.saturating_mul(2).min(LONGEST_PAUSE_MS)
        } else {
            FIRST_PAUSE_MS
        };
        self.next_trial_ms = now_ms.saturating_add(self.pause_ms);
        true
    }

    /// Whether the store is to be tried now.
    pub(super) fn is_trial_due(&mut self, now_ms: u64) -> bool {
        let due = self.failing && !self.trying && now_ms >= self.next_trial_ms;
        self.trying |= due;
        due
    }

    /// How a trial went; whether the store has recovered by it.
    pub(super) fn tried(&mut self, success: bool, now_ms: u64) -> bool {
        self.trying = false;
        if !self.failing {
            return false;
        }
        if success {
            self.failing = false;
            self.recovered_ms = Some(now_ms);
        } else {
            self.pause_ms = self.pause_ms.saturating_mul(2).min(LONGEST_PAUSE_MS);
            self.next_trial_ms = now_ms.saturating_add(self.pause_ms);
        }
        success
    }
}
