//! Canvases of one's own: checked by the catalogue's reader, kept in an entity as text.

use std::collections::BTreeMap;

use domain::catalogue::{self, CANVAS, DEFINITION};
use domain::localised::FALLBACK;
use domain::{EntityId, FieldValue};

use super::{entity, lifecycle};
use crate::writer::Writer;
use crate::{CommandError, read, schema};

pub(super) fn add(
    writer: &mut Writer<'_>,
    id: &EntityId,
    definition: &str,
) -> Result<(), CommandError> {
    let canvas = catalogue::read_own(definition).map_err(CommandError::InvalidCanvas)?;
    let mut is_here = false;
    read::each_map(&writer.transaction, schema::ENTITIES, |_, object| {
        let kind = read::string_at(&writer.transaction, object, schema::KIND);
        if kind.as_deref() == Some(CANVAS)
            && let Some(entity) = read::read_entity(&writer.transaction, object)
            && let Some(other) = catalogue::definition(&entity)
        {
            is_here |= catalogue::read_own(other).is_ok_and(|other| other.id == canvas.id);
        }
    });
    if is_here {
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

pub(super) fn remove(writer: &mut Writer<'_>, id: &EntityId) -> Result<(), CommandError> {
    let (_, entity) = writer.entity(id)?;
    if entity.kind != *CANVAS {
        return Err(CommandError::NotACanvas(id.clone()));
    }
    lifecycle::delete(writer, std::slice::from_ref(id))
}
