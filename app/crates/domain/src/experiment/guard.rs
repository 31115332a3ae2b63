//! Which values a lock holds: those that a change of would make an experiment invalid for good, so
//! that whoever edits one can be asked before.

use super::plan::{ARM_PARTS, CLAIMS, FIELDS};
use super::{ARM, EXPERIMENT, EXPERIMENT_OF_ARM, LOCK, LOCK_BROKEN, Lock, TESTED_BY};
use crate::FieldValue;
use crate::index::{Handle, Reader};

/// The name under which [`locked_by`] is asked about the text of a hypothesis.
pub const TEXT: &str = "text";

/// The locked experiment whose plan a field of an entity, or its [`TEXT`], is a part of; `None` where
/// nothing is locked, or the lock is broken already.
#[must_use]
pub fn locked_by(reader: &Reader<'_>, entity: Handle, field: &str) -> Option<Handle> {
    let kind = reader.kind(entity);
    let own = kind == EXPERIMENT && FIELDS.iter().any(|(part, _)| *part == field);
    if own && holds(reader, entity).is_some() {
        return Some(entity);
    }
    if kind == ARM && (ARM_PARTS.contains(&field) || field == EXPERIMENT_OF_ARM) {
        let experiment = reader.reference(entity, EXPERIMENT_OF_ARM)?;
        let lock = holds(reader, experiment)?;
        // A plan that was locked before it had arms takes any.
        let has_arms = lock.digest.is_none_or(|digest| digest.has_arms());
        return has_arms.then_some(experiment);
    }
    let is_claim = field == TEXT || CLAIMS.contains(&field);
    let mut tests = is_claim.then(|| reader.from(entity, TESTED_BY)).into_iter();
    tests
        .by_ref()
        .flatten()
        .find(|test| holds(reader, *test).is_some())
}

/// The lock of an experiment that is not broken.
fn holds(reader: &Reader<'_>, experiment: Handle) -> Option<Lock> {
    let is_broken = is_lock_broken(reader, experiment);
    let lock = reader.text(experiment, LOCK).filter(|_| !is_broken);
    lock?.parse().ok()
}

/// Whether a lock is marked as broken: by the app, or by a file that says no more than yes.
pub(super) fn is_lock_broken(reader: &Reader<'_>, experiment: Handle) -> bool {
    let mark = reader.field(experiment, LOCK_BROKEN);
    mark.is_some_and(|mark| *mark != FieldValue::Flag(false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::GraphIndex;
    use crate::sketch;

    fn asks(fields: &str, entity: &str, field: &str) -> bool {
        let graph = sketch::graph(&format!(
            "h hypothesis | One page sells more | we-believe = one page
             x experiment | New checkout | criterion = difference > 0 | planned-n = 1000{fields}
             a arm | A | experiment = x | role = control
             h -tested-by-> x"
        ));
        let index = GraphIndex::new(&graph);
        let entity = index.find(entity).unwrap();
        locked_by(&index.reader(), entity, field).is_some()
    }

    /// M14: exactly the parts of the plan are asked about, and only while there is a lock to break.
    #[test]
    fn what_a_lock_holds_is_what_its_digest_covers() {
        let locked = |entity, field| asks(" | lock = 2026-10-05", entity, field);
        for field in [
            "criterion",
            "planned-n",
            "primary-metric",
            "design",
            "alpha",
        ] {
            assert!(locked("x", field), "{field}");
            assert!(!asks("", "x", field), "{field}");
            let broken = " | lock = 2026-10-05 | lock-broken = soon";
            assert!(!asks(broken, "x", field), "{field}");
        }
        assert!(locked("h", TEXT) && locked("h", "we-believe") && locked("a", "role"));
        for (entity, field) in [
            ("x", "status"),
            ("x", TEXT),
            ("a", "n"),
            ("a", TEXT),
            ("h", "probability"),
        ] {
            assert!(!locked(entity, field), "{entity} {field}");
        }
    }
}
