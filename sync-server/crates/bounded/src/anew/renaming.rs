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

/// By whom an actor's changes are made from one of them on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Renamed {
    pub(super) to: ActorId,
    /// The number of the first operation.
    operation: u64,
    /// The number of the last change so far, and the one that it has now.
    pub(super) sequence: u64,
    pub(super) count: u64,
}

/// New names of changes and of what they did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renaming {
    /// In the order of their operations.
    actors: BTreeMap<ActorId, Vec<Renamed>>,
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
        let mut renamed = self.actors.get(actor)?.iter().rev();
        let at = renamed.find(|one| one.operation <= number)?;
        Some(&at.to)
    }

    /// By whom an actor's changes are made now.
    pub(super) fn last(&mut self, actor: &ActorId) -> Option<&mut Renamed> {
        self.actors.get_mut(actor)?.last_mut()
    }

    /// From this change on, its actor's changes are made by another, who has made none of them yet.
    pub(super) fn hand_over(&mut self, from: &Change, to: ActorId) {
        let renamed = Renamed {
            to,
            operation: from.start_op().get(),
            sequence: from.seq().saturating_sub(1),
            count: 0,
        };
        let all = self.actors.entry(from.actor_id().clone()).or_default();
        all.push(renamed);
    }

    /// Lets a change stand for another one that does the same: what comes after that goes on after
    /// this.
    pub(super) fn stand_in(&mut self, twin: &Change, change: &Change) {
        self.changes.insert(change.hash(), twin.hash());
        let last = self.last(change.actor_id()).map(|last| last.to.clone());
        let by = last.as_ref().unwrap_or(change.actor_id());
        if by != twin.actor_id() {
            self.hand_over(change, twin.actor_id().clone());
        }
        if let Some(last) = self.last(change.actor_id()) {
            (last.sequence, last.count) = (change.seq(), twin.seq());
        }
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
    let mut name = family(first.actor_id());
    name.extend(digest.iter().take(HALF));
    ActorId::from(name)
}

/// What the names of all have in common who make an actor's changes anew, and that actor's own.
pub(super) fn family(actor: &ActorId) -> Vec<u8> {
    actor.to_bytes().iter().take(HALF).copied().collect()
}
