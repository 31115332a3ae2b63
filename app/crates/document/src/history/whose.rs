//! Whose later change an undo has left alone: a colleague's, or one's own from another tab or device.

use automerge::legacy::{Key, ObjectId, OpId};
use automerge::{ActorId, Automerge, ChangeHash, ObjId};

use crate::SessionIdentity;
use crate::identity::is_author;

/// What was left as it is.
pub(super) struct Left {
    /// The objects in which the later change may be.
    pub(super) objects: Vec<ObjId>,
    /// The key of the first of them, when it is about that one alone.
    pub(super) key: Option<String>,
}

impl Left {
    fn is_touched_by(&self, object: &ObjectId, key: &Key) -> bool {
        let ObjectId::Id(OpId(number, actor)) = object else {
            return false;
        };
        let is_same_key = match (&self.key, key) {
            (Some(own), Key::Map(key)) => own.as_str() == key.as_str(),
            (Some(_), Key::Seq(_)) => false,
            (None, _) => true,
        };
        let object = ObjId::Id(*number, actor.clone(), 0);
        is_same_key && self.objects.contains(&object)
    }
}

/// How many of these nobody but the same person has changed since that point, elsewhere than in this
/// session.
pub(super) fn by_the_same_person(
    document: &Automerge,
    identity: &SessionIdentity,
    since: &[ChangeHash],
    left: &[Left],
) -> usize {
    if left.is_empty() {
        return 0;
    }
    let this_session = ActorId::from(identity.actor);
    // For each that was left whether the same person has changed it, and whether somebody else has.
    let mut touched = vec![(false, false); left.len()];
    for change in document.get_changes(since) {
        if *change.actor_id() == this_session {
            continue;
        }
        let is_own = is_author(document, &change.hash(), &identity.person);
        for operation in change.decode().operations {
            let parts = left.iter().zip(&mut touched);
            for (_, (own, other)) in
                parts.filter(|(left, _)| left.is_touched_by(&operation.obj, &operation.key))
            {
                *own |= is_own;
                *other |= !is_own;
            }
        }
    }
    touched
        .iter()
        .filter(|(own, other)| *own && !*other)
        .count()
}
