//! Kinds of link: how entities can hang together.

use serde::Deserialize;

use crate::{KindId, LinkKindId, Localised};

/// What a link can mean.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LinkKind {
    /// Its id, also the name of its file.
    pub id: LinkKindId,
    /// Read from the start: "addresses".
    pub title: Localised,
    /// Read from the end: "is addressed by".
    pub inverse: Localised,
    /// The kinds where it may start; none named means any.
    #[serde(default)]
    pub from: Vec<KindId>,
    /// The kinds where it may end; none named means any.
    #[serde(default)]
    pub to: Vec<KindId>,
}

impl LinkKind {
    /// Whether a link of this kind may lead from one kind of entity to the other.
    #[must_use]
    pub fn joins(&self, from: &KindId, to: &KindId) -> bool {
        let allows = |kinds: &[KindId], kind| kinds.is_empty() || kinds.contains(kind);
        allows(&self.from, from) && allows(&self.to, to)
    }
}
