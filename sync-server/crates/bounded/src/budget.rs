//! What one input has used up of its limits so far.

use crate::nesting::Nesting;
use crate::{Limits, Refusal, What};

/// The running totals of one check.
#[derive(Debug)]
pub(crate) struct Budget<'l> {
    pub(crate) limits: &'l Limits,
    chunks: u64,
    changes: u64,
    operations: u64,
    inflated: u64,
    expanded: u64,
    marks: bool,
    /// The objects that the input makes.
    pub(crate) nesting: Nesting<'l>,
}

impl<'l> Budget<'l> {
    /// A budget for an input of `length` bytes, which are charged at once.
    pub(crate) fn new(limits: &'l Limits, length: usize) -> Result<Self, Refusal> {
        let length = length as u64;
        within(What::Bytes, length, limits.bytes)?;
        Ok(Self {
            limits,
            chunks: 0,
            changes: 0,
            operations: 0,
            inflated: 0,
            expanded: 0,
            marks: false,
            nesting: Nesting::new(limits),
        })
    }

    pub(crate) fn add_chunk(&mut self) -> Result<(), Refusal> {
        self.chunks += 1;
        within(What::Chunks, self.chunks, self.limits.chunks)
    }

    pub(crate) fn add_changes(&mut self, count: u64) -> Result<(), Refusal> {
        self.changes = self.changes.saturating_add(count);
        within(What::Changes, self.changes, self.limits.changes)
    }

    pub(crate) fn add_operations(&mut self, count: u64) -> Result<(), Refusal> {
        self.operations = self.operations.saturating_add(count);
        within(What::Operations, self.operations, self.limits.operations)
    }

    /// Charges the operations of one change.
    pub(crate) fn add_change_operations(&mut self, count: u64) -> Result<(), Refusal> {
        within(What::Operations, count, self.limits.change_operations)?;
        self.add_operations(count)
    }

    pub(crate) fn add_inflated(&mut self, bytes: u64) -> Result<(), Refusal> {
        self.inflated = self.inflated.saturating_add(bytes);
        within(What::InflatedBytes, self.inflated, self.limits.inflated)
    }

    /// Charges text that a run of equal values repeats; it weighs as much as inflated bytes.
    pub(crate) fn add_expanded(&mut self, bytes: u64) -> Result<(), Refusal> {
        self.expanded = self.expanded.saturating_add(bytes);
        within(What::InflatedBytes, self.expanded, self.limits.inflated)
    }

    /// How many bytes may still be inflated.
    pub(crate) fn inflated_left(&self) -> u64 {
        self.limits.inflated.saturating_sub(self.inflated)
    }

    /// The most rows that any column may have.
    pub(crate) fn rows_limit(&self) -> u64 {
        self.limits.operations
    }

    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    pub(crate) fn operations(&self) -> u64 {
        self.operations
    }

    /// Notes that an operation marks a range of text.
    pub(crate) fn note_marks(&mut self) {
        self.marks = true;
    }

    pub(crate) fn marks(&self) -> bool {
        self.marks
    }

    pub(crate) fn inflated(&self) -> u64 {
        self.inflated
    }
}

/// Refuses `count` when it is above `limit`.
pub(crate) fn within(what: What, count: u64, limit: u64) -> Result<(), Refusal> {
    if count > limit {
        Err(Refusal::TooMuch { what, limit })
    } else {
        Ok(())
    }
}
