//! The first change of every document, and the migrations after it.
//!
//! Each step is made on a document that holds only the steps before it, by one fixed actor at time
//! zero and without an author. So two devices that create or migrate the same document make the
//! very same changes, and merging them adds nothing. A step can add scalars at fixed places; it
//! must not depend on what people wrote (readers are lenient instead), and it must not make
//! containers: a container made twice would hide one device's notes.

use std::sync::OnceLock;

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{
    ActorId, Automerge, AutomergeError, Change, ChangeHash, ObjId, ObjType, PatchLog, ROOT,
    ReadDoc, Value,
};

use crate::schema;

/// Writes one step into a document that holds the steps before it.
pub(crate) type Step = fn(&mut Transaction<'_>) -> Result<(), AutomergeError>;

/// All steps, oldest first. Released steps never change; [`schema::VERSION`] is their number.
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

/// Whether each container of the root is the one that genesis made, and no other beside it.
pub(crate) fn holds_containers(document: &Automerge) -> bool {
    let is_of_genesis = |object: &ObjId| match object {
        ObjId::Id(_, actor, _) => actor.to_bytes() == ACTOR,
        ObjId::Root => false,
    };
    schema::CONTAINERS.iter().all(|name| {
        let found = document.get_all(ROOT, *name).unwrap_or_default();
        matches!(found.as_slice(), [(Value::Object(ObjType::Map), object)] if is_of_genesis(object))
    })
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

    #[test]
    fn a_document_whose_containers_were_replaced_is_not_intact() {
        let mut document = document(STEPS);
        assert!(holds_containers(&document));
        let mut transaction = document.transaction();
        let replaced = transaction.put_object(ROOT, schema::ENTITIES, ObjType::Map);
        replaced.unwrap();
        transaction.commit();
        assert!(!holds_containers(&document));
        assert!(!holds_containers(&Automerge::new()));
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
        assert_eq!(STEPS.len() as u64, schema::VERSION);
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
        assert_eq!(crate::read::version(&old), 2);
        assert_eq!(old.get_all(ROOT, schema::ENTITIES).unwrap().len(), 1);
    }
}
