//! Who changed a note last, and when: read from the history when somebody asks, and kept nowhere.
//!
//! The change that wrote what can be seen of a note is found by the names of its operations. What a
//! later change only took away cannot be seen, so the changes after that one are looked through.
//!
//! Invariant: the latest is the one that knew of most others, not the one with the latest clock.

use automerge::legacy::{ObjectId, OpId};
use automerge::{ActorId, Automerge, Change, ChangeHash, ObjId, ReadDoc};
use domain::{EntityId, PersonId};

use crate::{genesis, read, schema};

/// The last edit of a note: of its text, its kind, its fields, or that it is deleted. Moving it
/// is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastEdit {
    /// Who made it; `None` where another program wrote no author.
    pub by: Option<PersonId>,
    /// When, in milliseconds since 1970 and whole seconds, by the clock of whoever made it.
    pub at: i64,
    /// The change that it was part of.
    pub change: [u8; 32],
}

/// The last edit of a note that is here, since it was made.
pub(crate) fn last_edit(document: &Automerge, id: &EntityId) -> Option<LastEdit> {
    let entities = genesis::container(document, schema::ENTITIES)?;
    let entity = read::entity_at(document, &entities, id.as_str())?;
    let text = read::text_at(document, &entity, schema::TEXT);
    let made = document.hash_for_opid(&entity)?;
    let parts: Vec<ObjId> = text.into_iter().chain([entity]).collect();

    let written = parts.iter().flat_map(|part| document.values(part));
    let names = written.map(|(_, name)| name).chain(parts.clone());
    let (_, _, name) = names
        .filter_map(|name| number_and_actor(&name))
        .max_by(|(a, by_a, _), (b, by_b, _)| (a, by_a).cmp(&(b, by_b)))?;
    let shown = document.hash_for_opid(&name)?;
    let latest = erased_after(document, &shown, &parts).unwrap_or(shown);
    if latest == made {
        return None;
    }

    let change = document.get_change_meta_by_hash(&latest)?;
    let author = change.author.as_ref().map(|author| author.as_bytes());
    let by = author.and_then(|bytes| std::str::from_utf8(bytes).ok().map(PersonId::from));
    Some(LastEdit {
        by,
        at: change.timestamp.saturating_mul(1_000),
        change: latest.0,
    })
}

fn number_and_actor(name: &ObjId) -> Option<(u64, ActorId, ObjId)> {
    match name {
        ObjId::Id(number, actor, _) => Some((*number, actor.clone(), name.clone())),
        ObjId::Root => None,
    }
}

/// The latest change that does something to these objects and is later than the one `shown`.
fn erased_after(document: &Automerge, shown: &ChangeHash, parts: &[ObjId]) -> Option<ChangeHash> {
    let after = document.get_change_meta_by_hash(shown)?.max_op;
    let is_part = |object: &ObjectId| match object {
        ObjectId::Id(OpId(number, actor)) => parts.contains(&ObjId::Id(*number, actor.clone(), 0)),
        ObjectId::Root => false,
    };
    let mut later: Vec<Change> = document.get_changes(&[*shown]);
    later.retain(|change| change.max_op() > after);
    domain::compact::sort_by(&mut later, |a, b| {
        let name = |change: &Change| (change.max_op(), change.actor_id().clone());
        name(b).cmp(&name(a))
    });
    let touches = |change: &&Change| {
        let operations = change.decode().operations;
        operations.iter().any(|operation| is_part(&operation.obj))
    };
    later.iter().find(touches).map(Change::hash)
}
