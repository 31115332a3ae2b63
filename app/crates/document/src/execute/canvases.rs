//! Canvases of one's own: checked by the catalogue's reader, kept in an entity as text.

use std::collections::BTreeMap;

use automerge::ObjId;
use domain::catalogue::{self, CANVAS, DEFINITION};
use domain::localised::FALLBACK;
use domain::{Canvas, Entity, EntityId, FieldValue};

use super::{entity, lifecycle, text};
use crate::writer::Writer;
use crate::{CommandError, read};

pub(super) fn add(
    writer: &mut Writer<'_>,
    id: &EntityId,
    definition: &str,
) -> Result<(), CommandError> {
    let canvas = check(definition)?;
    if read::own_canvas(&writer.transaction, &canvas.id).is_some() {
        return Err(CommandError::CanvasExists(canvas.id));
    }
    let fields = BTreeMap::from([(
        DEFINITION.to_owned(),
        FieldValue::Text(definition.to_owned()),
    )]);
    let title = canvas.title.text(FALLBACK);
    let entity = entity::new_entity(writer, &CANVAS.into(), title, &fields);
    entity::create(writer, id, &entity).map(|_| ())
}

/// Replaces the text; the notes keep their places, so that those whose slot is gone come back to it
/// with it.
pub(super) fn replace(
    writer: &mut Writer<'_>,
    id: &EntityId,
    definition: &str,
) -> Result<(), CommandError> {
    let (_, holder) = canvas_entity(writer, id)?;
    let canvas = check(definition)?;
    let holder = Entity {
        deleted: None,
        ..holder
    };
    // A canvas that cannot be used has no id that anything hangs on, so that it can be mended.
    let before = catalogue::definition(&holder).and_then(|text| catalogue::read_own(text).ok());
    let is_renamed = before.as_ref().map(|before| &before.title) != Some(&canvas.title);
    match before {
        Some(before) if before.id != canvas.id => {
            return Err(CommandError::CanvasIdChanged(before.id));
        }
        None if read::own_canvas(&writer.transaction, &canvas.id).is_some() => {
            return Err(CommandError::CanvasExists(canvas.id));
        }
        _ => {}
    }
    let value = FieldValue::Text(definition.to_owned());
    entity::set_field(writer, id, DEFINITION, Some(&value))?;
    if is_renamed {
        text::replace(writer, id, canvas.title.text(FALLBACK))?;
    }
    Ok(())
}

pub(super) fn remove(writer: &mut Writer<'_>, id: &EntityId) -> Result<(), CommandError> {
    canvas_entity(writer, id)?;
    lifecycle::delete(writer, std::slice::from_ref(id))
}

fn check(definition: &str) -> Result<Canvas, CommandError> {
    catalogue::read_own(definition).map_err(CommandError::InvalidCanvas)
}

fn canvas_entity(writer: &Writer<'_>, id: &EntityId) -> Result<(ObjId, Entity), CommandError> {
    let (object, entity) = writer.entity(id)?;
    if entity.kind != *CANVAS {
        return Err(CommandError::NotACanvas(id.clone()));
    }
    Ok((object, entity))
}
