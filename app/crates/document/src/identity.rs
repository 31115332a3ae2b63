//! Who edits in this tab session.

use domain::PersonId;

/// The person, and what makes this one session of theirs unlike every other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionIdentity {
    /// The author of the session's changes.
    pub person: PersonId,
    /// Fresh random bytes for every session of every tab, never stored: two sessions that shared
    /// an actor would corrupt the document.
    pub actor: [u8; 16],
    /// Seed of the random tails of ranks and of the ids that an import makes.
    pub seed: u64,
}
