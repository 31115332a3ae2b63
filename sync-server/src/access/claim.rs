//! What comes of claiming a workspace.

use super::Link;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is owned now, by this link.
    Made(Link),
    /// It was claimed with this key before: by whoever asks again since the answer was lost.
    Again(Link),
    /// It has an owner, or is in a workspace that has one.
    Owned,
    /// There is another link with this key: a key opens one thing, as one role.
    KeyInUse,
}
