//! What is called otherwise since changes were made anew.

use std::collections::BTreeMap;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, SortedVec};
use automerge::{ActorId, Change, ChangeHash, ObjId};
use sha2::{Digest, Sha256};

use super::deed::deed;

/// What the names of actors that make changes anew are told apart by from other digests.
const DOMAIN: &[u8] = b"groundwork: made anew";

/// How much such a name takes from the old one, and how much is its own.
const HALF: usize = 16;

/// Whose changes are made by another actor from a number on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Renamed {
    pub(super) to: ActorId,
    /// The number of the first change.
    pub(super) sequence: u64,
    /// The number of its first operation.
    pub(super) operation: u64,
    /// How many changes there are so far.
    pub(super) count: u64,
}

/// New names of changes and of what they did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renaming {
    pub(super) actors: BTreeMap<ActorId, Renamed>,
    pub(super) changes: BTreeMap<ChangeHash, ChangeHash>,
}

impl Renaming {
    /// Whether nothing has another name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes that were made anew, by their old names.
    pub fn changes(&self) -> impl Iterator<Item = &ChangeHash> {
        self.changes.keys()
    }

    /// What a change is called now, if it was made anew.
    #[must_use]
    pub fn change(&self, hash: &ChangeHash) -> Option<ChangeHash> {
        self.changes.get(hash).copied()
    }

    /// Whether another actor makes an actor's changes, from some number on.
    #[must_use]
    pub fn concerns(&self, actor: &ActorId) -> bool {
        self.actors.contains_key(actor)
    }

    /// What an operation, or the object that it made, is called now, if it was made anew.
    #[must_use]
    pub fn operation(&self, id: &ObjId) -> Option<ObjId> {
        let ObjId::Id(number, actor, _) = id else {
            return None;
        };
        let renamed = self.renamed(*number, actor)?;
        Some(ObjId::Id(*number, renamed.clone(), 0))
    }

    fn renamed(&self, number: u64, actor: &ActorId) -> Option<&ActorId> {
        let renamed = self.actors.get(actor)?;
        (number >= renamed.operation).then_some(&renamed.to)
    }

    fn name(&self, id: &mut OpId) {
        if let Some(to) = self.renamed(id.0, &id.1) {
            id.1 = to.clone();
        }
    }

    /// Writes the new names into an operation.
    pub(super) fn rename(&self, operation: &mut Op) {
        if let ObjectId::Id(object) = &mut operation.obj {
            self.name(object);
        }
        if let Key::Seq(ElementId::Id(element)) = &mut operation.key {
            self.name(element);
        }
        let replaced = std::mem::replace(&mut operation.pred, SortedVec::new());
        let renamed = replaced.into_iter().map(|mut id| {
            self.name(&mut id);
            id
        });
        // Collecting puts them in Automerge's order, which the new names may change.
        operation.pred = renamed.collect();
    }
}

/// The actor that makes this change anew, and what its author writes after it. Its name follows from
/// what the change does, which nobody knows who has not seen it; it begins like the old one, so that
/// it stands where that stood among others who have written at the same place.
pub(super) fn actor_for(first: &Change) -> ActorId {
    let digest = Sha256::new()
        .chain_update(DOMAIN)
        .chain_update(first.actor_id().to_bytes())
        .chain_update(deed(first))
        .finalize();
    let old = first.actor_id().to_bytes().iter().take(HALF);
    let name: Vec<u8> = old.chain(digest.iter().take(HALF)).copied().collect();
    ActorId::from(name)
}
