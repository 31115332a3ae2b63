//! The first change of every document, and the migrations after it.
//!
//! Each step is made on a document that holds only the steps before it, by one fixed actor at time
//! zero and without an author. So two devices that create or migrate the same document make the
//! very same changes, and merging them adds nothing. A step can add scalars at fixed places; it
//! must not depend on what people wrote (readers are lenient instead), and it must not make
//! containers: a container made twice would hide one device's notes.
//!
//! Invariant: where the containers are, and of which version a document is, is known by the names of
//! these changes' operations, which are the same everywhere. What anybody else has written under the
//! same keys of the root is never asked, so nobody can hide a container or lock a workspace by it.

use std::sync::OnceLock;

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{
    ActorId, Automerge, AutomergeError, Change, ChangeHash, ObjId, ObjType, PatchLog, ROOT,
    ReadDoc, Value,
};

use crate::schema;

/// Writes one step into a document that holds the steps before it.
pub(crate) type Step = fn(&mut Transaction<'_>) -> Result<(), AutomergeError>;

/// All steps, oldest first. Released steps never change, and each writes its number under the
/// schema's key.
pub(crate) const STEPS: &[Step] = &[genesis];

const ACTOR: &[u8] = b"groundwork";

fn genesis(transaction: &mut Transaction<'_>) -> Result<(), AutomergeError> {
    transaction.put(ROOT, schema::SCHEMA, 1_u64)?;
    for container in schema::CONTAINERS {
        transaction.put_object(ROOT, container, ObjType::Map)?;
    }
    Ok(())
}

/// The changes of a chain of steps, oldest first.
pub(crate) fn changes(steps: &[Step]) -> Result<Vec<Change>, AutomergeError> {
    let mut document = Automerge::new().with_actor(ActorId::from(ACTOR));
    for (index, step) in steps.iter().enumerate() {
        let mut transaction = document.transaction();
        step(&mut transaction)?;
        let message = format!("Schema {}", index + 1);
        transaction.commit_with(CommitOptions::default().with_message(message).with_time(0));
    }
    Ok(document.get_changes(&[]))
}

/// The chain of this version. Made once: it is the same every time.
pub(crate) fn chain() -> &'static [Change] {
    static CHAIN: OnceLock<Vec<Change>> = OnceLock::new();
    // The steps write to fresh maps, which cannot fail; a test builds the chain.
    CHAIN.get_or_init(|| changes(STEPS).unwrap_or_default())
}

/// Whether the document holds genesis, and with it the containers.
pub(crate) fn is_present(document: &Automerge) -> bool {
    chain()
        .first()
        .is_some_and(|genesis| has_change(document, &genesis.hash()))
}

/// The number of genesis' operation that makes the first container; the others follow it.
const FIRST_CONTAINER: u64 = 2;

/// A container as genesis made it, by the name of the operation that did, whatever stands under its
/// key by now. `None` before genesis has come.
pub(crate) fn container<R: ReadDoc>(document: &R, name: &str) -> Option<ObjId> {
    let number = (FIRST_CONTAINER..)
        .zip(schema::CONTAINERS)
        .find_map(|(number, container)| (container == name).then_some(number))?;
    let object = ObjId::Id(number, ActorId::from(ACTOR), 0);
    (document.object_type(&object) == Ok(ObjType::Map)).then_some(object)
}

/// How many containers show no more under their key of the root, or have something else beside them.
/// Patches do not tell then what happens in them.
pub(crate) fn displaced(document: &Automerge) -> usize {
    let is_in_place = |name: &str| {
        let found = document.get_all(ROOT, name).unwrap_or_default();
        let own = container(document, name);
        matches!(found.as_slice(), [(Value::Object(_), object)] if Some(object) == own.as_ref())
    };
    let names = schema::CONTAINERS.into_iter();
    names.filter(|name| !is_in_place(name)).count()
}

/// Whether a step of the chain that this version does not know has been taken: the change in which
/// the chain's own actor goes on where the known steps end. A number that anybody has put under the
/// schema's key says nothing.
pub(crate) fn is_from_newer_version(document: &Automerge, chain: &[Change]) -> bool {
    let Some(last) = chain.last() else {
        return false;
    };
    let next = ObjId::Id(last.max_op() + 1, ActorId::from(ACTOR), 0);
    let change = document.hash_for_opid(&next);
    let Some(change) = change.and_then(|hash| document.get_change_meta_by_hash(&hash)) else {
        return false;
    };
    let number = chain.len() + 1;
    change.seq == number as u64
        && change.timestamp == 0
        && change.author.is_none()
        && change.message.as_deref() == Some(&format!("Schema {number}"))
        && *change.deps == [last.hash()]
}

pub(crate) fn has_change(document: &Automerge, hash: &ChangeHash) -> bool {
    document.get_change_meta_by_hash(hash).is_some()
}

/// Adds the steps that the document lacks.
pub(crate) fn apply(
    document: &mut Automerge,
    chain: &[Change],
    log: &mut PatchLog,
) -> Result<(), AutomergeError> {
    let missing: Vec<Change> = chain
        .iter()
        .filter(|step| !has_change(document, &step.hash()))
        .cloned()
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    document.apply_changes_log_patches(missing, log)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(steps: &[Step]) -> Automerge {
        let mut document = Automerge::new();
        apply(
            &mut document,
            &changes(steps).unwrap(),
            &mut PatchLog::inactive(),
        )
        .unwrap();
        document
    }

    /// A step as a later version might add it.
    fn later(transaction: &mut Transaction<'_>) -> Result<(), AutomergeError> {
        transaction.put(ROOT, schema::SCHEMA, 2_u64)
    }

    /// D55: the names by which containers are found are those that genesis gives them.
    #[test]
    fn a_container_is_found_whatever_stands_under_its_key() {
        let mut document = document(STEPS);
        for name in schema::CONTAINERS {
            let made = document.get(ROOT, name).unwrap().unwrap().1;
            assert_eq!(container(&document, name), Some(made));
        }
        assert_eq!(displaced(&document), 0);

        let made = container(&document, schema::ENTITIES);
        let mut transaction = document.transaction();
        let replaced = transaction.put_object(ROOT, schema::ENTITIES, ObjType::Map);
        replaced.unwrap();
        transaction.delete(ROOT, schema::LINKS).unwrap();
        transaction.commit();

        assert_eq!(container(&document, schema::ENTITIES), made);
        assert!(container(&document, schema::LINKS).is_some());
        assert_eq!(displaced(&document), 2);
        assert_eq!(container(&Automerge::new(), schema::ENTITIES), None);
    }

    /// D56: a later version's step counts, a number that somebody wrote does not.
    #[test]
    fn a_newer_version_is_known_by_its_step() {
        let mut migrated = document(&[genesis, later]);
        assert!(is_from_newer_version(&migrated, chain()));
        // Nor can a number hide the step.
        migrated
            .transact(|transaction| transaction.put(ROOT, schema::SCHEMA, 1_u64))
            .unwrap();
        assert!(is_from_newer_version(&migrated, chain()));

        let mut claimed = document(STEPS);
        claimed
            .transact(|transaction| transaction.put(ROOT, schema::SCHEMA, 99_u64))
            .unwrap();
        assert!(!is_from_newer_version(&claimed, chain()));
        claimed.set_actor(ActorId::from(ACTOR));
        claimed
            .transact(|transaction| transaction.put(ROOT, schema::SCHEMA, 99_u64))
            .unwrap();
        assert!(!is_from_newer_version(&claimed, chain()));
    }

    /// D1: documents of every release load for ever, and only while genesis stays what it is.
    #[test]
    fn genesis_never_changes() {
        assert_eq!(
            document(STEPS)
                .get_heads()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
            ["c5130a454cbda0b4b01fabee0e97bbb507c8ce77c0622ab2e7cdf492a60080b6"]
        );
    }

    /// D1, D2: fixed actor, time zero, no author.
    #[test]
    fn two_devices_create_the_same_document() {
        assert_eq!(document(STEPS).save(), document(STEPS).save());
        for step in chain() {
            assert_eq!(step.timestamp(), 0);
            assert_eq!(step.author(), None);
            assert_eq!(step.actor_id(), &ActorId::from(ACTOR));
        }
    }

    /// D2: one device made the document with the later version, the other migrates an old one that
    /// has content already.
    #[test]
    fn two_devices_migrate_to_the_same_changes() {
        let steps: &[Step] = &[genesis, later];
        let mut old = document(STEPS);
        let mut other = old.fork();
        old.transact(|transaction| transaction.put(ROOT, "mine", 1))
            .unwrap();
        other
            .transact(|transaction| transaction.put(ROOT, "theirs", 1))
            .unwrap();

        for migrated in [&mut old, &mut other] {
            apply(
                migrated,
                &changes(steps).unwrap(),
                &mut PatchLog::inactive(),
            )
            .unwrap();
        }
        old.merge(&mut other).unwrap();
        old.merge(&mut document(steps)).unwrap();

        // Genesis, the migration, and one change a person.
        assert_eq!(old.get_changes(&[]).len(), 4);
        assert!(is_from_newer_version(&old, chain()));
        assert!(!is_from_newer_version(&old, &changes(steps).unwrap()));
        assert_eq!(old.get_all(ROOT, schema::ENTITIES).unwrap().len(), 1);
    }
}
