//! Locked experiments of a file whose parts cannot keep their ids.
//!
//! A lock pins the ids of an experiment's arms and hypotheses. Invariant: an import neither breaks a
//! lock that held in the file nor one that holds here, and heals none that was broken.

use std::collections::{BTreeMap, BTreeSet};

use domain::experiment::{ARM, EXPERIMENT, EXPERIMENT_OF_ARM, LOCK, Lock, Plan, TESTED_BY};
use domain::{Entity, EntityId, FieldValue, Graph};

/// A locked experiment of the file and what belongs to its plan.
pub(super) struct Locked<'g> {
    id: &'g EntityId,
    experiment: &'g Entity,
    lock: Lock,
    hypotheses: Vec<(&'g EntityId, &'g Entity)>,
    arms: Vec<(&'g EntityId, &'g Entity)>,
}

/// The locked experiments of a file.
pub(super) fn locked(graph: &Graph) -> Vec<Locked<'_>> {
    let mut found = Vec::new();
    for (id, experiment) in &graph.entities {
        let lock: Option<Lock> = match experiment.fields.get(LOCK) {
            Some(FieldValue::Text(lock)) if experiment.kind == *EXPERIMENT => lock.parse().ok(),
            _ => None,
        };
        if let Some(lock) = lock {
            found.push(Locked {
                id,
                experiment,
                lock,
                hypotheses: hypotheses(graph, id),
                arms: arms(graph, id),
            });
        }
    }
    found
}

fn hypotheses<'g>(graph: &'g Graph, id: &EntityId) -> Vec<(&'g EntityId, &'g Entity)> {
    let tests = graph.links.values();
    let tests = tests.filter(|link| link.kind == *TESTED_BY && link.deleted.is_none());
    // Two links may join the same two.
    let from: BTreeSet<&EntityId> = tests
        .filter(|link| link.to == *id)
        .map(|link| &link.from)
        .collect();
    let live = from.into_iter().filter(|from| graph.is_live(from));
    live.filter_map(|from| graph.entities.get_key_value(from))
        .collect()
}

fn arms<'g>(graph: &'g Graph, id: &EntityId) -> Vec<(&'g EntityId, &'g Entity)> {
    let is_arm = |entity: &Entity| match entity.fields.get(EXPERIMENT_OF_ARM) {
        Some(FieldValue::Text(of)) => {
            entity.kind == *ARM && entity.deleted.is_none() && of.trim() == id.as_str()
        }
        _ => false,
    };
    let entities = graph.entities.iter();
    entities.filter(|(_, entity)| is_arm(entity)).collect()
}

impl<'g> Locked<'g> {
    /// The experiment and its arms, if one of them or of its hypotheses cannot be what is here: then
    /// all of them come in anew, since a new arm would change the promise of the one that is here.
    pub(super) fn come_in_anew(
        &self,
        is_other: impl Fn(&EntityId) -> bool,
    ) -> impl Iterator<Item = &'g EntityId> {
        let parts = self.hypotheses.iter().chain(&self.arms);
        let is_apart = is_other(self.id) || parts.clone().any(|(id, _)| is_other(id));
        let own = self.arms.iter().map(|(id, _)| *id).chain([self.id]);
        own.filter(move |_| is_apart)
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The experiment's id and its lock under the ids that its parts have here; nothing when the
    /// file's plan is not what was locked, or when no id of it is another.
    pub(super) fn pinned_anew(
        &self,
        rename: &dyn Fn(&EntityId) -> EntityId,
        renamed: &dyn Fn(&Entity) -> Entity,
    ) -> Option<(&'g EntityId, String)> {
        let digest = self.lock.digest.as_ref()?;
        let before = Plan::new(self.experiment, &self.hypotheses, &self.arms);
        if !before.is_as_locked(digest) {
            return None;
        }
        let anew = |parts: &[(&EntityId, &Entity)]| -> BTreeMap<EntityId, Entity> {
            let parts = parts.iter();
            parts
                .map(|(id, entity)| (rename(id), renamed(entity)))
                .collect()
        };
        let (hypotheses, arms) = (anew(&self.hypotheses), anew(&self.arms));
        let (hypotheses, arms): (Vec<_>, Vec<_>) =
            (hypotheses.iter().collect(), arms.iter().collect());
        let now = Plan::new(&renamed(self.experiment), &hypotheses, &arms);
        let pinned = now.digest().pinning_like(digest);
        let lock = Lock {
            digest: Some(pinned),
            ..self.lock.clone()
        };
        Some((self.id, lock.to_string()))
    }
}
