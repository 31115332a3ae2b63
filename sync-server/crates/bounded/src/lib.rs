//! The bounded decoder: decides whether bytes from outside may be given to Automerge.
//!
//! Automerge inflates what it is given without a limit, and believes the counts it reads. This
//! module walks a sync message or a chunk first: its framing, its checksums, what it would inflate
//! to, how many operations, changes, dependencies and actors it would make, and how deep it puts
//! objects into one another.
//!
//! Whoever cannot survive what Automerge does with a change that lies about others lets changes in
//! through a [`Gate`], which holds each against the document.
//!
//! Invariant: no input panics; time is proportional to the input and to the budget for inflation,
//! and n log n in the objects that are made and in the operations of a whole document; of what is
//! inflated, one column is held at a time, and those that place operations, together within the
//! budget.

pub mod anew;
mod budget;
mod change;
mod chunk;
mod claims;
mod column;
mod columns;
mod document;
mod gate;
mod history;
mod inflate;
mod limits;
mod message;
mod nesting;
mod objects;
mod pieces;
mod reader;
mod refusal;
mod rows;
mod runs;
mod sound;

use budget::Budget;

pub use gate::{Gate, GateError};
pub use limits::Limits;
pub use nesting::Nested;
pub use pieces::portions;
pub use refusal::{Refusal, What};

/// What a chunk is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChunkReport {
    /// The hash of each change that stands alone in the input, in the order found.
    pub changes: Vec<[u8; 32]>,
    /// The actors of those changes: the index of the first change and its actor, wherever that is
    /// another than before.
    pub actors: Vec<(usize, Vec<u8>)>,
    /// What those changes depend on directly, up to [`Limits::dependencies`] of them.
    pub dependencies: Vec<[u8; 32]>,
    /// Whether there were more, which are left out.
    pub more_dependencies: bool,
    /// The heads of each whole document in the input.
    pub heads: Vec<[u8; 32]>,
    /// How many changes there are, those inside whole documents included.
    pub total_changes: u64,
    /// How many operations the changes and documents hold, with their predecessors and successors.
    pub operations: u64,
    /// How many bytes the input takes once inflated.
    pub inflated: u64,
    /// Whether an operation marks a range of text. Automerge applies a change whose marks are out
    /// of order, and then cannot load the document that it saved: whoever keeps such a change
    /// ought to load the document once before.
    pub marks: bool,
    /// The objects in which the input makes others and which it does not make itself: how deep
    /// those come to lie only the document tells. [`Limits::levels`] holds for both together.
    pub nested: Vec<Nested>,
}

impl ChunkReport {
    fn count(&mut self, budget: Budget<'_>) -> Result<(), Refusal> {
        self.total_changes = budget.changes();
        self.operations = budget.operations();
        self.inflated = budget.inflated();
        self.marks = budget.marks();
        self.nested = budget.nesting.finish()?;
        Ok(())
    }

    /// Whether there is no change in it at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total_changes == 0
    }
}

/// What a sync message says and carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageReport {
    /// The heads that the sender states.
    pub heads: Vec<[u8; 32]>,
    /// The changes that it brings.
    pub chunks: ChunkReport,
}

/// Checks an encoded sync message of Automerge, either version.
///
/// # Errors
/// [`Refusal`] says what is malformed or over which limit.
pub fn check_message(bytes: &[u8], limits: &Limits) -> Result<MessageReport, Refusal> {
    message::check(bytes, Budget::new(limits, bytes.len())?)
}

/// Checks one or several chunks, one after the other, as they are saved and exchanged.
///
/// # Errors
/// [`Refusal`] says what is malformed or over which limit.
pub fn check_chunk(bytes: &[u8], limits: &Limits) -> Result<ChunkReport, Refusal> {
    let mut budget = Budget::new(limits, bytes.len())?;
    let mut report = ChunkReport::default();
    chunk::check_all(bytes, &mut budget, &mut report)?;
    report.count(budget)?;
    Ok(report)
}
