//! Locked experiments of a file whose parts cannot keep their ids.
//!
//! A lock pins the ids of an experiment's arms and hypotheses. Invariant: an import neither breaks a
//! lock that held in the file nor one that holds here, and heals none that was broken.

use std::collections::{BTreeMap, BTreeSet};

use domain::experiment::{
    ARM, EXPERIMENT, EXPERIMENT_OF_ARM, LOCK, LOCK_BROKEN, LOCKED_PLAN, Lock, Plan, TESTED_BY,
};
use domain::{Entity, EntityId, FieldValue, Graph};

use crate::writer::Writer;

/// A locked experiment of the file and what belongs to its plan.
pub(super) struct Locked<'g> {
    id: &'g EntityId,
    experiment: &'g Entity,
    lock: Lock,
    hypotheses: Vec<(&'g EntityId, &'g Entity)>,
    arms: Vec<(&'g EntityId, &'g Entity)>,
}

/// The file with the locks that experiments have here and lack there: who takes a lock out of a file
/// must not get rid of the promise by importing it. `None` when nothing is missing.
pub(super) fn relocked(writer: &Writer<'_>, graph: &Graph) -> Option<Graph> {
    let mut relocked = None;
    for (id, experiment) in &graph.entities {
        if experiment.kind != *EXPERIMENT || experiment.fields.contains_key(LOCK) {
            continue;
        }
        let Ok((_, here)) = writer.entity(id) else {
            continue;
        };
        if here.kind != *EXPERIMENT || !here.fields.contains_key(LOCK) {
            continue;
        }
        let graph = relocked.get_or_insert_with(|| graph.clone());
        let Some(experiment) = graph.entities.get_mut(id) else {
            continue;
        };
        for name in [LOCK, LOCKED_PLAN, LOCK_BROKEN] {
            if let Some(value) = here.fields.get(name)
                && !experiment.fields.contains_key(name)
            {
                experiment.fields.insert(name.to_owned(), value.clone());
            }
        }
    }
    relocked
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

    /// The experiment's id, its lock and its promise under the ids that its parts have here; nothing
    /// when the file's plan is not what was locked. A lock without a digest gets none.
    pub(super) fn pinned_anew(
        &self,
        rename: &dyn Fn(&EntityId) -> EntityId,
        renamed: &dyn Fn(&Entity) -> Entity,
    ) -> Option<(&'g EntityId, (String, String))> {
        let before = Plan::new(self.experiment, &self.hypotheses, &self.arms);
        let promise = match self.experiment.fields.get(LOCKED_PLAN) {
            Some(FieldValue::Text(promise)) => Some(promise),
            _ => None,
        };
        let holds = match &self.lock.digest {
            Some(digest) => before.is_as_locked(digest),
            None => promise.is_none_or(|promise| before.breaks(promise).is_none()),
        };
        if !holds {
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
        let pinned = |digest| now.digest().pinning_like(digest);
        let lock = Lock {
            digest: self.lock.digest.as_ref().map(pinned),
            ..self.lock.clone()
        };
        Some((self.id, (lock.to_string(), now.promise())))
    }
}
