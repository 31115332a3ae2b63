//! The bounded decoder: decides whether bytes from outside may be given to Automerge.
//!
//! Automerge inflates what it is given without a limit, and believes the counts it reads. This
//! module walks a sync message or a chunk first: its framing, its checksums, what it would inflate
//! to, and how many operations, changes, dependencies and actors it would make.
//!
//! Invariant: no input panics; time is proportional to the input and to the budget for inflation;
//! what is inflated is never held as a whole.

mod limits;
mod refusal;

pub use limits::Limits;
pub use refusal::{Refusal, What};

/// What a chunk is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChunkReport {
    /// The hash of each change that stands alone in the input, in the order found.
    pub changes: Vec<[u8; 32]>,
    /// The heads of each whole document in the input.
    pub heads: Vec<[u8; 32]>,
    /// How many operations the changes and documents hold.
    pub operations: u64,
    /// How many bytes the input takes once inflated.
    pub inflated: u64,
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
pub fn check_message(_bytes: &[u8], _limits: &Limits) -> Result<MessageReport, Refusal> {
    todo!()
}

/// Checks one or several chunks, one after the other, as they are saved and exchanged.
///
/// # Errors
/// [`Refusal`] says what is malformed or over which limit.
pub fn check_chunk(_bytes: &[u8], _limits: &Limits) -> Result<ChunkReport, Refusal> {
    todo!()
}
