//! The plans of locked experiments, watched: whatever changes a locked part leaves its mark in the
//! same transaction, and the mark stays.
//!
//! The index of what belongs to which experiment is made when the first command asks for it and
//! kept by dirty sets. It may name too much, never too little: plans are read from the document.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ObjId, ReadDoc};
use domain::experiment::{
    ARM, Broken, Digest, EXPERIMENT_OF_ARM, LOCK, LOCK_BROKEN, Lock, Plan, REPORTS, TESTED_BY,
};
use domain::{Entity, EntityId, FieldValue, Link, LinkId};

use crate::writer::Writer;
use crate::{Command, CommandError, DirtySet, genesis, read, schema};

/// What belongs to which experiment, and which experiments are locked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plans {
    locked: BTreeSet<EntityId>,
    arms: BTreeMap<EntityId, EntityId>,
    /// From a link to the hypothesis and the experiment that it joins.
    tests: BTreeMap<LinkId, (EntityId, EntityId)>,
}

/// The locked plans as they are before a command.
pub(crate) struct Watch {
    before: Vec<(EntityId, Option<Digest>, Plan)>,
    scope: Scope,
}

/// What a command changes.
enum Scope {
    Parts(Vec<EntityId>, Vec<LinkId>),
    Anything,
}

/// Whether anything in the document is locked, so that its changes are watched.
pub(crate) fn any_locked<R: ReadDoc>(document: &R) -> bool {
    let mut found = false;
    read::each_entity(document, |_, object| {
        found |= read::string_at(document, object, &schema::field_key(LOCK)).is_some();
    });
    found
}

impl Plans {
    /// Everything that the document says about experiments.
    pub(crate) fn read<R: ReadDoc>(document: &R) -> Self {
        let mut plans = Self::default();
        read::each_entity(document, |id, object| {
            plans.read_entity(document, id.into(), object);
        });
        read::each_link(document, |id, object| {
            plans.read_link(document, id.into(), object);
        });
        plans
    }

    /// Reads again what a dirty set names.
    pub(crate) fn update<R: ReadDoc>(&mut self, document: &R, dirty: &DirtySet) {
        self.refresh(document, dirty.entities.iter(), dirty.links.iter());
    }

    fn refresh<'a, R: ReadDoc>(
        &mut self,
        document: &R,
        entities: impl Iterator<Item = &'a EntityId>,
        links: impl Iterator<Item = &'a LinkId>,
    ) {
        let container = |name| genesis::container(document, name);
        let (in_entities, in_links) = (container(schema::ENTITIES), container(schema::LINKS));
        for id in entities {
            self.arms.remove(id);
            self.locked.remove(id);
            if let Some(entities) = &in_entities
                && let Some(object) = read::entity_at(document, entities, id.as_str())
            {
                self.read_entity(document, id.clone(), &object);
            }
        }
        for id in links {
            self.tests.remove(id);
            if let Some(links) = &in_links
                && let Some(object) = read::link_at(document, links, id.as_str())
            {
                self.read_link(document, id.clone(), &object);
            }
        }
    }

    fn read_entity<R: ReadDoc>(&mut self, document: &R, id: EntityId, object: &ObjId) {
        if read::string_at(document, object, &schema::field_key(LOCK)).is_some() {
            self.locked.insert(id.clone());
        }
        let is_arm = read::string_at(document, object, schema::KIND).as_deref() == Some(ARM);
        let key = schema::field_key(EXPERIMENT_OF_ARM);
        if is_arm && let Some(experiment) = read::string_at(document, object, &key) {
            self.arms.insert(id, experiment.trim().into());
        }
    }

    fn read_link<R: ReadDoc>(&mut self, document: &R, id: LinkId, object: &ObjId) {
        let end = |key| read::string_at(document, object, key);
        if end(schema::KIND).as_deref() == Some(TESTED_BY)
            && let (Some(from), Some(to)) = (end(schema::FROM), end(schema::TO))
        {
            self.tests.insert(id, (from.into(), to.into()));
        }
    }

    /// The plan of an experiment as the document has it; `None` when there is no such entity.
    pub(crate) fn plan<R: ReadDoc>(&self, document: &R, id: &EntityId) -> Option<Plan> {
        let experiment = read::entity(document, id)?;
        let is_live_link =
            |link: &LinkId| read::link(document, link).is_some_and(|link| link.deleted.is_none());
        let arms = self.arms_of(document, id);
        // Two links may join the same two.
        let mut tested: BTreeSet<&EntityId> = BTreeSet::new();
        tested.extend(
            self.tests
                .iter()
                .filter(|(link, (_, to))| to == id && is_live_link(link))
                .map(|(_, (from, _))| from),
        );
        let hypotheses: Vec<(EntityId, Entity)> = tested
            .into_iter()
            .filter_map(|id| live(document, id))
            .collect();
        Some(Plan::new(
            &experiment,
            &as_pairs(&hypotheses),
            &as_pairs(&arms),
        ))
    }

    /// The arms of an experiment that are not deleted.
    pub(crate) fn arms_of<R: ReadDoc>(
        &self,
        document: &R,
        experiment: &EntityId,
    ) -> Vec<(EntityId, Entity)> {
        let of_it = self.arms.iter().filter(|(_, of)| *of == experiment);
        of_it.filter_map(|(arm, _)| live(document, arm)).collect()
    }

    /// The readings that an experiment reports, without those that are deleted. Looked for when
    /// asked: a plan is locked once.
    pub(crate) fn reported_by<R: ReadDoc>(document: &R, experiment: &EntityId) -> Vec<Entity> {
        let mut readings = Vec::new();
        read::each_link(document, |id, _| {
            let link = read::link(document, &id.into());
            let is_report = |link: &Link| {
                link.kind.as_str() == REPORTS && link.from == *experiment && link.deleted.is_none()
            };
            let reading = link
                .filter(is_report)
                .and_then(|link| live(document, &link.to));
            readings.extend(reading.map(|(_, reading)| reading));
        });
        readings
    }

    /// The locked plans that a command may change, as they are before it; `None` when there are
    /// none.
    pub(crate) fn watch<R: ReadDoc>(&self, document: &R, command: &Command) -> Option<Watch> {
        self.watch_scope(document, scope(command), joins(command))
    }

    /// The locked plans before something that may change any of them.
    pub(crate) fn watch_all<R: ReadDoc>(&self, document: &R) -> Option<Watch> {
        self.watch_scope(document, Scope::Anything, true)
    }

    fn watch_scope<R: ReadDoc>(&self, document: &R, scope: Scope, joins: bool) -> Option<Watch> {
        let experiments = match &scope {
            Scope::Parts(entities, links) if !joins => self.concerned(entities, links),
            _ => self.locked.clone(),
        };
        let before: Vec<(EntityId, Option<Digest>, Plan)> = experiments
            .into_iter()
            .filter_map(|id| {
                let experiment = read::entity(document, &id)?;
                let lock = unbroken_lock(&experiment)?;
                let plan = self.plan(document, &id)?;
                Some((id, lock.digest, plan))
            })
            .collect();
        (!before.is_empty()).then_some(Watch { before, scope })
    }

    /// The locked experiments of which these are parts.
    fn concerned(&self, entities: &[EntityId], links: &[LinkId]) -> BTreeSet<EntityId> {
        let mut experiments: BTreeSet<EntityId> = BTreeSet::new();
        for id in entities {
            experiments.insert(id.clone());
            experiments.extend(self.arms.get(id).cloned());
            let tests = self.tests.values().filter(|(from, _)| from == id);
            experiments.extend(tests.map(|(_, to)| to.clone()));
        }
        let tests = links.iter().filter_map(|link| self.tests.get(link));
        experiments.extend(tests.map(|(_, to)| to.clone()));
        experiments.retain(|id| self.locked.contains(id));
        experiments
    }
}

impl Watch {
    /// Marks the locked plans that differ from their locks now or did before.
    pub(crate) fn mark(self, writer: &mut Writer<'_>, plans: &Plans) -> Result<(), CommandError> {
        let now = self.now(writer, plans);
        let broken = self.broken(writer, &now);
        broken
            .into_iter()
            .try_for_each(|(id, field)| mark(writer, id, field.to_owned()))
    }

    /// Whether a locked plan differs from its lock now or did before: what [`Self::mark`] would mark.
    pub(crate) fn breaks(self, writer: &Writer<'_>, plans: &Plans) -> bool {
        let now = self.now(writer, plans);
        !self.broken(writer, &now).is_empty()
    }

    /// What belongs to which experiment after the command.
    fn now(&self, writer: &Writer<'_>, plans: &Plans) -> Plans {
        match &self.scope {
            Scope::Anything => Plans::read(&writer.transaction),
            Scope::Parts(entities, links) => {
                let mut now = plans.clone();
                now.refresh(&writer.transaction, entities.iter(), links.iter());
                now
            }
        }
    }

    /// The experiments whose plans differ from their locks, each with the part that does.
    fn broken(&self, writer: &Writer<'_>, now: &Plans) -> Vec<(&EntityId, &'static str)> {
        let mut broken = Vec::new();
        for (id, digest, before) in &self.before {
            let Some(after) = now.plan(&writer.transaction, id) else {
                continue;
            };
            // A lock that was written by hand has no digest; then what is here counts as locked.
            let digest = digest.clone().unwrap_or_else(|| before.digest());
            if !(before.is_as_locked(&digest) && after.is_as_locked(&digest)) {
                broken.push((id, before.differing(&after).unwrap_or("plan")));
            }
        }
        broken
    }
}

/// Written past the records of undo, so that nothing takes it off.
fn mark(writer: &mut Writer<'_>, id: &EntityId, field: String) -> Result<(), CommandError> {
    let broken = Broken {
        at: writer.now.at,
        by: writer.now.by.clone(),
        field,
    };
    let (object, _) = writer.entity(id)?;
    writer.init(
        &object,
        &schema::field_key(LOCK_BROKEN),
        &broken.to_string(),
    )
}

fn unbroken_lock(experiment: &Entity) -> Option<Lock> {
    match experiment.fields.get(LOCK) {
        Some(FieldValue::Text(text)) if !experiment.fields.contains_key(LOCK_BROKEN) => {
            text.parse().ok()
        }
        _ => None,
    }
}

/// An entity that is there and not deleted.
fn live<R: ReadDoc>(document: &R, id: &EntityId) -> Option<(EntityId, Entity)> {
    let entity = read::entity(document, id)?;
    entity.deleted.is_none().then(|| (id.clone(), entity))
}

fn as_pairs(entities: &[(EntityId, Entity)]) -> Vec<(&EntityId, &Entity)> {
    entities.iter().map(|(id, entity)| (id, entity)).collect()
}

/// The entities and links that a command writes.
fn scope(command: &Command) -> Scope {
    let entity = |id: &EntityId| Scope::Parts(vec![id.clone()], Vec::new());
    let link = |id: &LinkId| Scope::Parts(Vec::new(), vec![id.clone()]);
    match command {
        Command::RenameWorkspace { .. }
        | Command::SetPerson { .. }
        | Command::Unplace { .. }
        | Command::LockExperiment { .. } => Scope::Parts(Vec::new(), Vec::new()),
        Command::AddNote { id, .. }
        | Command::EditText { id, .. }
        | Command::ReplaceText { id, .. }
        | Command::SetField { id, .. }
        | Command::SetFields { id, .. }
        | Command::ConvertKind { id, .. }
        | Command::Place { id, .. }
        | Command::AddCanvas { id, .. }
        | Command::ReplaceCanvas { id, .. }
        | Command::RemoveCanvas { id } => entity(id),
        Command::Duplicate { copy, .. } => entity(copy),
        Command::AddEntity { id, links, .. } | Command::Decide { id, links, .. } => Scope::Parts(
            vec![id.clone()],
            links.iter().map(|link| link.id.clone()).collect(),
        ),
        Command::Delete { ids } | Command::Restore { ids } => Scope::Parts(ids.clone(), Vec::new()),
        Command::AddLink { id, .. } | Command::RemoveLink { id } => link(id),
        Command::Import { .. } => Scope::Anything,
    }
}

/// Whether a command may give an experiment a part that it did not have.
fn joins(command: &Command) -> bool {
    let is_arm = |kind: &domain::KindId| *kind == *ARM;
    let tests = |links: &[crate::NewLink]| links.iter().any(|link| link.kind == *TESTED_BY);
    match command {
        Command::AddNote { kind, .. } | Command::ConvertKind { kind, .. } => is_arm(kind),
        Command::AddEntity { kind, links, .. } => is_arm(kind) || tests(links),
        Command::Decide { links, .. } => tests(links),
        Command::Place { kind, fields, .. } => {
            kind.as_ref().is_some_and(is_arm) || fields.contains_key(EXPERIMENT_OF_ARM)
        }
        Command::SetField { field, .. } => field == EXPERIMENT_OF_ARM,
        Command::SetFields { fields, .. } => fields.contains_key(EXPERIMENT_OF_ARM),
        Command::AddLink { kind, .. } => *kind == *TESTED_BY,
        // What is copied, or brought back, may be an arm.
        Command::Duplicate { .. } | Command::Restore { .. } | Command::Import { .. } => true,
        // A new command is to be thought about here.
        Command::RenameWorkspace { .. }
        | Command::SetPerson { .. }
        | Command::Unplace { .. }
        | Command::LockExperiment { .. }
        | Command::EditText { .. }
        | Command::ReplaceText { .. }
        | Command::AddCanvas { .. }
        | Command::ReplaceCanvas { .. }
        | Command::RemoveCanvas { .. }
        | Command::Delete { .. }
        | Command::RemoveLink { .. } => false,
    }
}
