//! An entity itself, wherever it stands: made, its kind and its fields set.

use std::collections::BTreeMap;

use automerge::transaction::Transactable;
use automerge::{ObjId, ObjType, ScalarValue};
use domain::{Entity, EntityId, FieldValue, KindId};

use super::lifecycle;
use crate::digest::entity_digest;
use crate::writer::Writer;
use crate::{CommandError, schema};

/// What a person makes now.
pub(super) fn new_entity(
    writer: &Writer<'_>,
    kind: &KindId,
    text: &str,
    fields: &BTreeMap<String, FieldValue>,
) -> Entity {
    Entity {
        fields: fields.clone().into(),
        created: Some(writer.now.clone()),
        ..Entity::new(kind.clone(), text)
    }
}

/// Refuses what only its own command writes.
pub(super) fn check_writable(fields: &BTreeMap<String, FieldValue>) -> Result<(), CommandError> {
    fields.keys().try_for_each(|field| check_field(field))
}

fn check_field(field: &str) -> Result<(), CommandError> {
    if schema::PROTECTED.contains(&field) {
        return Err(CommandError::Protected(field.to_owned()));
    }
    schema::check_name(field)
}

/// Makes an entity another kind of thing.
pub(super) fn convert(
    writer: &mut Writer<'_>,
    id: &EntityId,
    kind: &KindId,
) -> Result<(), CommandError> {
    schema::check_name(kind.as_str())?;
    let (object, entity) = writer.entity(id)?;
    if entity.kind == *kind {
        return Ok(());
    }
    writer.set(&object, schema::KIND, Some(kind.as_str().into()))
}

/// Makes an entity under a free id, with its text object in the same transaction; deleted from the
/// start if a file says so.
pub(super) fn create(
    writer: &mut Writer<'_>,
    id: &EntityId,
    entity: &Entity,
) -> Result<ObjId, CommandError> {
    check(id, entity)?;
    let entities = writer.roots.entities.clone();
    if writer.is_taken(&entities, id.as_str())? {
        return Err(CommandError::AlreadyExists(id.to_string()));
    }
    let object = writer
        .transaction
        .put_object(&entities, id.as_str(), ObjType::Map)?;
    writer.init(&object, schema::KIND, entity.kind.as_str())?;
    writer.init_text(&object, &entity.text)?;
    let created = entity.created.as_ref().unwrap_or(&writer.now);
    let created = schema::stamp_text(created);
    writer.init(&object, schema::CREATED, &created)?;
    for (field, value) in entity.fields.iter() {
        writer
            .transaction
            .put(&object, schema::field_key(field), scalar(field, value)?)?;
    }
    lifecycle::init(
        writer,
        &object,
        entity_digest(entity),
        entity.deleted.as_ref(),
    )?;
    Ok(object)
}

fn check(id: &EntityId, entity: &Entity) -> Result<(), CommandError> {
    schema::check_name(id.as_str())?;
    schema::check_name(entity.kind.as_str())?;
    schema::check_text(&entity.text)?;
    entity
        .fields
        .keys()
        .try_for_each(|field| schema::check_name(field))
}

pub(super) fn set_field(
    writer: &mut Writer<'_>,
    id: &EntityId,
    field: &str,
    value: Option<&FieldValue>,
) -> Result<(), CommandError> {
    check_field(field)?;
    let (object, entity) = writer.entity(id)?;
    // Compared as read, so that a number stored in another form counts as the same.
    if value.is_some() && entity.fields.get(field) == value {
        return Ok(());
    }
    let value = value.map(|value| scalar(field, value)).transpose()?;
    writer.set(&object, &schema::field_key(field), value)
}

fn scalar(field: &str, value: &FieldValue) -> Result<ScalarValue, CommandError> {
    match value {
        FieldValue::Flag(value) => Ok((*value).into()),
        FieldValue::Number(value) if value.is_finite() => Ok((*value).into()),
        FieldValue::Number(_) => Err(CommandError::InvalidNumber(field.to_owned())),
        FieldValue::Text(value) => {
            schema::check_text(value)?;
            Ok(value.as_str().into())
        }
    }
}
