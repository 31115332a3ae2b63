//! Notes: entities made where they stand, and copied.

use std::collections::BTreeMap;

use automerge::transaction::Transactable;
use automerge::{ObjId, ReadDoc, ScalarValue};
use domain::{CanvasId, Entity, EntityId, FieldValue, KindId, Stamp};

use super::entity::{check_writable, create, new_entity};
use super::{links, places};
use crate::record::Held;
use crate::writer::Writer;
use crate::{Anchor, CommandError, NewLink, Position, schema};

pub(super) fn add(
    writer: &mut Writer<'_>,
    id: &EntityId,
    kind: &KindId,
    text: &str,
    fields: &BTreeMap<String, FieldValue>,
    place: &Position,
) -> Result<(), CommandError> {
    places::check_position(place)?;
    check_writable(fields)?;
    create(writer, id, &new_entity(writer, kind, text, fields))?;
    places::put_new(writer, id, place)
}

/// Makes an entity that is on no canvas, and the links that come with it.
pub(super) fn add_unplaced(
    writer: &mut Writer<'_>,
    id: &EntityId,
    kind: &KindId,
    text: &str,
    fields: &BTreeMap<String, FieldValue>,
    new_links: &[NewLink],
) -> Result<(), CommandError> {
    check_writable(fields)?;
    create(writer, id, &new_entity(writer, kind, text, fields))?;
    new_links
        .iter()
        .try_for_each(|link| links::add(writer, &link.id, &link.kind, &link.from, &link.to))
}

pub(super) fn duplicate(
    writer: &mut Writer<'_>,
    id: &EntityId,
    copy: &EntityId,
    canvas: &CanvasId,
) -> Result<(), CommandError> {
    schema::check_canvas(canvas)?;
    let (original, mut entity) = writer.entity(id)?;
    let Some(placement) = crate::read::placement(&writer.transaction, canvas, id) else {
        return Err(CommandError::NotPlaced {
            id: id.clone(),
            canvas: canvas.clone(),
        });
    };
    let unread = unread_fields(writer, &original, &entity)?;
    // A copy has promised and decided nothing yet.
    for field in schema::PROTECTED {
        entity.fields.remove(field);
    }
    let now: Stamp = writer.now.clone();
    let object = create(
        writer,
        copy,
        &Entity {
            created: Some(now),
            deleted: None,
            ..entity
        },
    )?;
    for (key, value) in unread {
        writer.transaction.put(&object, key, value)?;
    }
    let (canvas, slot) = (canvas.clone(), placement.slot);
    places::put_new(
        writer,
        copy,
        &Position {
            canvas,
            slot,
            anchor: Anchor::After(id.clone()),
        },
    )
}

/// Fields in a form that this version does not read; a copy keeps them.
fn unread_fields(
    writer: &Writer<'_>,
    object: &ObjId,
    entity: &Entity,
) -> Result<Vec<(String, ScalarValue)>, CommandError> {
    let mut unread = Vec::new();
    for key in writer.transaction.keys(object) {
        let field = key.strip_prefix(schema::FIELD_PREFIX);
        if field.is_some_and(|field| !entity.fields.contains_key(field))
            && let Held::Scalar { value, .. } = writer.held(object, &key)?
        {
            unread.push((key, value));
        }
    }
    Ok(unread)
}
