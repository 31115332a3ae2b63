//! What a change has touched, so that only that is read again.
//!
//! Complete by rule: a thing that is not named here reads as it did before.

mod attribute;

use std::collections::BTreeSet;

use domain::{CanvasId, EntityId, LinkId, PersonId};
use serde::{Deserialize, Serialize};

pub(crate) use attribute::attribute;

/// The parts of a workspace that may read differently now. Plain data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirtySet {
    /// The workspace's name.
    pub about: bool,
    /// Notes whose own content or flags changed, came or went.
    pub entities: BTreeSet<EntityId>,
    /// Places of notes on canvases.
    pub placements: BTreeSet<(CanvasId, EntityId)>,
    /// Links that were added, changed, deleted or restored.
    pub links: BTreeSet<LinkId>,
    /// People whose name or colour changed.
    pub people: BTreeSet<PersonId>,
    /// The change could not be told apart: read all again.
    pub everything: bool,
}

impl DirtySet {
    /// The set that names everything.
    #[must_use]
    pub fn everything() -> Self {
        Self {
            everything: true,
            ..Self::default()
        }
    }

    /// Whether nothing has to be read again.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what `other` names.
    pub fn merge(&mut self, other: DirtySet) {
        self.about |= other.about;
        self.entities.extend(other.entities);
        self.placements.extend(other.placements);
        self.links.extend(other.links);
        self.people.extend(other.people);
        self.everything |= other.everything;
    }
}
