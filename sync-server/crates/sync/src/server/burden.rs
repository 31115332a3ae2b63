//! How much work a document is, for the bytes that it takes.
//!
//! A run of a hundred thousand equal operations is sixty bytes on the wire and seconds of everyone's
//! time each time that the document is loaded. So what a document may hold depends on its bytes, and
//! what a message may bring on the message's. What people write takes a byte for one or two
//! operations; the deletion of a long text, which takes next to none, is what the allowances are for.

use super::config::ServerLimits;
use crate::bounded::{ChunkReport, Refusal, What};

/// What is known of one document's operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Burden {
    operations: u64,
    bytes: u64,
}

impl Burden {
    /// Adds what a chunk or a message has brought.
    pub(super) fn add(&mut self, brought: &ChunkReport, bytes: usize) {
        self.operations = self.operations.saturating_add(brought.operations);
        self.bytes = self.bytes.saturating_add(bytes as u64);
    }

    /// How many operations there are, some of them counted twice.
    pub(super) fn operations(&self) -> u64 {
        self.operations
    }

    /// Whether what a message brings is not too much work for its size and the document's.
    ///
    /// # Errors
    /// Says what the limit was.
    pub(super) fn bears(
        &self,
        brought: &ChunkReport,
        bytes: usize,
        limits: &ServerLimits,
    ) -> Result<(), Refusal> {
        let for_bytes = |bytes: u64| limits.content.operations_per_byte.saturating_mul(bytes);
        let bytes = bytes as u64;
        // A whole document may be as much as a document may be.
        if brought.heads.is_empty() {
            let limit = for_bytes(bytes).max(limits.change_operations);
            within(brought.operations, limit)?;
        }
        let mut together = *self;
        together.operations = together.operations.saturating_add(brought.operations);
        together.bytes = together.bytes.saturating_add(bytes);
        let limit = for_bytes(together.bytes).max(limits.content.operations_from);
        within(together.operations, limit)
    }
}

fn within(operations: u64, limit: u64) -> Result<(), Refusal> {
    let what = What::Operations;
    if operations > limit {
        Err(Refusal::TooMuch { what, limit })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(operations: u64) -> ChunkReport {
        ChunkReport {
            changes: vec![[1; 32]],
            operations,
            ..ChunkReport::default()
        }
    }

    /// S45
    #[test]
    fn sixty_bytes_are_not_taken_for_more_work_than_the_deletion_of_a_long_text() {
        let limits = ServerLimits::default();
        let burden = Burden::default();

        assert!(burden.bears(&changes(50_000), 60, &limits).is_ok());
        assert!(burden.bears(&changes(50_001), 60, &limits).is_err());
        assert!(burden.bears(&changes(50_001), 4_000, &limits).is_ok());
    }

    /// S45
    #[test]
    fn many_small_messages_are_not_taken_for_more_than_one_document_may_be() {
        let limits = ServerLimits::default();
        let mut burden = Burden::default();
        let mut taken = 0;
        while burden.bears(&changes(40_000), 60, &limits).is_ok() {
            burden.add(&changes(40_000), 60);
            taken += 1;
        }

        assert_eq!(taken, 6, "of 40,000 operations each, below 250,000");
        // What its bytes account for is always welcome.
        assert!(burden.bears(&changes(1_000), 20_000, &limits).is_ok());
    }
}
