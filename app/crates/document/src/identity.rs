//! Who edits in this tab session.

use automerge::{Automerge, ChangeHash};
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

/// Whether a change that is here is by this person. The change itself says so only when it is its
/// actor's first; the document knows of every one.
pub(crate) fn is_author(document: &Automerge, change: &ChangeHash, person: &PersonId) -> bool {
    let meta = document.get_change_meta_by_hash(change);
    let author = meta.and_then(|meta| meta.author);
    author.is_some_and(|author| author.as_bytes() == person.as_str().as_bytes())
}
