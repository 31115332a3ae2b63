//! What the index keeps of one entity: its record and everything that hangs on it.

use super::Handle;
use crate::{Entity, EntityId, LinkId};

/// An entity, or an id that something names although no entity has it.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) id: EntityId,
    /// As the graph has it, deleted or not.
    pub(super) entity: Option<Entity>,
    /// Its kind while it is there and not deleted.
    pub(super) kind: Option<u16>,
    /// Links that start here, by kind, other end and id.
    pub(super) outgoing: Vec<Edge>,
    /// Links that end here, by kind, other end and id.
    pub(super) incoming: Vec<Edge>,
    /// Reference fields of live entities that name this one, by field and then by entity.
    pub(super) referring: Vec<Reference>,
    /// The entities that its own reference fields name.
    pub(super) references: Vec<Reference>,
}

/// One end of a link as its other end sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) kind: u16,
    pub(super) other: Handle,
    pub(super) link: LinkId,
}

/// A reference field and the entity at its other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) field: u16,
    pub(super) other: Handle,
}

impl Node {
    pub(super) fn new(id: EntityId) -> Self {
        Self {
            id,
            entity: None,
            kind: None,
            outgoing: Vec::new(),
            incoming: Vec::new(),
            referring: Vec::new(),
            references: Vec::new(),
        }
    }

    /// Its links that start here, or those that end here.
    pub(super) fn side(&mut self, outgoing: bool) -> &mut Vec<Edge> {
        match outgoing {
            true => &mut self.outgoing,
            false => &mut self.incoming,
        }
    }

    /// The entity while it is not deleted.
    pub(super) fn live(&self) -> Option<&Entity> {
        self.kind.and(self.entity.as_ref())
    }
}
