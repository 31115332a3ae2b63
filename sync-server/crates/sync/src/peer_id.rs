//! The name that a peer gives itself in its `join` or `peer` message.
//!
//! A peer id is a claim: it is bound to the connection that made it and never decides what that
//! connection may do.

use std::fmt;
use std::sync::Arc;

/// A peer's name for itself; cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeerId(Arc<str>);

impl PeerId {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PeerId {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl From<String> for PeerId {
    fn from(name: String) -> Self {
        Self(name.into())
    }
}

impl fmt::Display for PeerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
