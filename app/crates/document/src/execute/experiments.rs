//! Promises and decisions: the plan of an experiment is locked, a decision freezes its figures.

use std::collections::BTreeMap;

use automerge::transaction::Transactable;
use domain::decision::{DECISION, FROZEN, Frozen};
use domain::experiment::{EXPERIMENT, Gap, LOCK, LOCKED_PLAN, Lock, METRIC, has_data, is_read};
use domain::{Entity, EntityId, FieldValue};

use super::{entity, links, places, text};
use crate::plans::Plans;
use crate::writer::Writer;
use crate::{CommandError, Heads, NewLink, read, schema};

/// Locks a plan at the document's heads. Written past the records of undo: a lock that could be
/// taken off would prove nothing. One that is taken after the data would prove nothing either: the
/// criterion may have been chosen by them.
pub(super) fn lock(writer: &mut Writer<'_>, id: &EntityId) -> Result<(), CommandError> {
    let (object, experiment) = writer.entity(id)?;
    if experiment.kind != *EXPERIMENT || experiment.deleted.is_some() {
        return Err(CommandError::NotAnExperiment(id.clone()));
    }
    if experiment.fields.contains_key(LOCK) {
        return Err(CommandError::AlreadyLocked(id.clone()));
    }
    let plans = Plans::read(&writer.transaction);
    let plan = plans
        .plan(&writer.transaction, id)
        .ok_or_else(|| CommandError::UnknownEntity(id.clone()))?;
    let gap = plan.gap().or_else(|| unknown_metric(writer, &experiment));
    if let Some(gap) = gap {
        return Err(CommandError::Unplanned(gap));
    }
    let arms = plans.arms_of(&writer.transaction, id);
    let reported = Plans::reported_by(&writer.transaction, id);
    if arms.iter().any(|(_, arm)| has_data(arm)) || reported.iter().any(is_read) {
        return Err(CommandError::DataBeforeLock(id.clone()));
    }
    let lock = Lock {
        at: writer.now.at,
        by: writer.now.by.clone(),
        heads: heads(writer),
        digest: Some(plan.digest()),
    };
    let promise = schema::field_key(LOCKED_PLAN);
    writer.init(&object, &promise, &plan.promise())?;
    writer.init(&object, &schema::field_key(LOCK), &lock.to_string())
}

/// Nothing is ever read of a primary metric that is not there.
fn unknown_metric(writer: &Writer<'_>, experiment: &Entity) -> Option<Gap> {
    let named = match experiment.fields.get("primary-metric") {
        Some(FieldValue::Text(id)) => EntityId::from(id.trim()),
        _ => return Some(Gap::UnknownMetric),
    };
    let metric = read::entity(&writer.transaction, &named);
    let is_known = metric.is_some_and(|metric| metric.kind == *METRIC && metric.deleted.is_none());
    (!is_known).then_some(Gap::UnknownMetric)
}

/// Records a decision, its links and its frozen figures: a new one, or one that stands there and has
/// not frozen any yet.
pub(super) fn decide(
    writer: &mut Writer<'_>,
    id: &EntityId,
    text: &str,
    fields: &BTreeMap<String, FieldValue>,
    new_links: &[NewLink],
    figures: &str,
) -> Result<(), CommandError> {
    entity::check_writable(fields)?;
    let frozen = Frozen::new(figures, heads(writer)).ok_or(CommandError::InvalidFigures)?;
    let entities = writer.roots.entities.clone();
    if writer.is_taken(&entities, id.as_str())? {
        freeze(writer, id, text, fields, &frozen)?;
    } else {
        let mut decision = entity::new_entity(writer, &DECISION.into(), text, fields);
        decision
            .fields
            .insert(FROZEN.to_owned(), FieldValue::Text(frozen.to_text()));
        entity::create(writer, id, &decision)?;
    }
    new_links
        .iter()
        .try_for_each(|link| links::add(writer, &link.id, &link.kind, &link.from, &link.to))
}

/// Figures are frozen once: what a decision rested on does not change afterwards.
fn freeze(
    writer: &mut Writer<'_>,
    id: &EntityId,
    text: &str,
    fields: &BTreeMap<String, FieldValue>,
    frozen: &Frozen,
) -> Result<(), CommandError> {
    let (object, decision) = writer.entity(id)?;
    if decision.kind != *DECISION || decision.deleted.is_some() {
        return Err(CommandError::NotADecision(id.clone()));
    }
    if decision.fields.contains_key(FROZEN) {
        return Err(CommandError::AlreadyDecided(id.clone()));
    }
    let frozen = frozen.to_text();
    schema::check_text(&frozen)?;
    text::replace(writer, id, text)?;
    for (field, value) in fields {
        entity::set_field(writer, id, field, Some(value))?;
    }
    places::follow(writer, id, None, &|changed| fields.contains_key(changed))?;
    writer.set(&object, &schema::field_key(FROZEN), Some(frozen.into()))
}

/// The document's heads before this transaction.
fn heads(writer: &Writer<'_>) -> String {
    Heads::from(writer.transaction.base_heads()).to_string()
}
