//! How much work a document is: the operations that were ever applied to it.
//!
//! A document of more than it may hold could not be loaded again by anyone, so what would make it one
//! is refused. How many bytes it takes says nothing: a run of a hundred thousand equal operations is
//! sixty.

use crate::bounded::{ChunkReport, Limits, Refusal, What};

/// What is known of one document's operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Burden {
    operations: u64,
}

impl Burden {
    /// With what a message has brought, of whose changes so many were not there before.
    ///
    /// # Errors
    /// Says what the limit was.
    pub(super) fn with(
        self,
        brought: &ChunkReport,
        new_changes: u64,
        limits: &Limits,
    ) -> Result<Self, Refusal> {
        // Whoever sends a long history again for a few changes is no burden.
        let all = u128::from(brought.total_changes.max(1));
        let part = u128::from(brought.operations) * u128::from(new_changes).min(all) / all;
        let part = u64::try_from(part).unwrap_or(u64::MAX);
        let operations = self.operations.saturating_add(part);
        let (what, limit) = (What::Operations, limits.operations);
        if operations > limit {
            return Err(Refusal::TooMuch { what, limit });
        }
        Ok(Self { operations })
    }

    /// With a chunk that is stored, whatever the limit is.
    pub(super) fn add(&mut self, stored: &ChunkReport) {
        self.operations = self.operations.saturating_add(stored.operations);
    }

    /// How many operations there are, some of them perhaps counted twice.
    pub(super) const fn operations(&self) -> u64 {
        self.operations
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(total_changes: u64, operations: u64) -> ChunkReport {
        ChunkReport {
            total_changes,
            operations,
            ..ChunkReport::default()
        }
    }

    /// S45
    #[test]
    fn a_document_takes_no_more_than_can_be_loaded_again() {
        let limits = Limits::default();
        let mut burden = Burden::default();
        let mut taken = 0;
        while let Ok(more) = burden.with(&changes(1, 400_000), 1, &limits) {
            (burden, taken) = (more, taken + 1);
        }

        assert_eq!(taken, 10, "of 400,000 operations each, up to 4,000,000");
    }

    /// S45
    #[test]
    fn who_sends_a_long_history_again_is_counted_for_what_is_new() {
        let limits = Limits::default();
        let whole = changes(1_000, 3_000_000);
        let burden = Burden::default().with(&whole, 1_000, &limits).unwrap();

        let burden = burden.with(&whole, 1, &limits).unwrap();

        assert_eq!(burden.operations(), 3_003_000);
        assert!(burden.with(&whole, 1_000, &limits).is_err());
    }
}
