//! What changes are told apart by, and what those are known by that were made of one another.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ActorId, Automerge, Change, ChangeHash};

use super::renaming::family;

/// By whom a change is, whatever the actor is called since, and the number of its first operation.
/// Nobody makes two with the same, and a change that is made anew keeps both.
type Origin = (Vec<u8>, u64);

/// Which change has which number of its actor.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    changes: BTreeMap<(ActorId, u64), ChangeHash>,
    origins: BTreeMap<Origin, BTreeSet<ChangeHash>>,
}

impl Numbers {
    /// Those of a document.
    pub(super) fn of(document: &Automerge) -> Self {
        Self::default().with(document)
    }

    /// These, and those of a document.
    pub(super) fn with(&self, document: &Automerge) -> Self {
        let mut all = self.clone();
        for change in document.get_changes_meta(&[]) {
            let actor = change.actor.into_owned();
            all.note(actor, change.seq, change.start_op, change.hash);
        }
        all
    }

    /// Adds those of these.
    pub(super) fn add(&mut self, changes: &[Change]) {
        for change in changes {
            let (actor, first) = (change.actor_id().clone(), change.start_op().get());
            self.note(actor, change.seq(), first, change.hash());
        }
    }

    fn note(&mut self, actor: ActorId, sequence: u64, first: u64, hash: ChangeHash) {
        let origin = (family(&actor), first);
        self.origins.entry(origin).or_default().insert(hash);
        self.changes.insert((actor, sequence), hash);
    }

    /// Those of mine that others have under the same number.
    pub(super) fn contradicted_by(&self, theirs: &[Change]) -> BTreeSet<ChangeHash> {
        let mine = theirs.iter().filter_map(|change| {
            let holder = self.holder(change);
            holder.filter(|mine| *mine != change.hash())
        });
        mine.collect()
    }

    /// What has this change's number.
    pub(super) fn holder(&self, change: &Change) -> Option<ChangeHash> {
        let number = (change.actor_id().clone(), change.seq());
        self.changes.get(&number).copied()
    }

    /// Others of this change's origin.
    pub(super) fn alike(&self, change: &Change) -> impl Iterator<Item = ChangeHash> {
        let origin = (family(change.actor_id()), change.start_op().get());
        let (alike, hash) = (self.origins.get(&origin), change.hash());
        alike
            .into_iter()
            .flatten()
            .copied()
            .filter(move |one| *one != hash)
    }
}
