//! Placing, moving and taking off.

use std::collections::BTreeMap;

use domain::{CanvasId, EntityId, FieldValue, KindId, Placement, Rank, SlotId};

use super::entity;

use crate::order::{Order, Spot};
use crate::writer::Writer;
use crate::{Anchor, CommandError, Position, read, schema};

pub(super) fn place(
    writer: &mut Writer<'_>,
    id: &EntityId,
    place: &Position,
    kind: Option<&KindId>,
    fields: &BTreeMap<String, FieldValue>,
) -> Result<(), CommandError> {
    check_position(place)?;
    writer.entity(id)?;
    if let Some(kind) = kind {
        entity::convert(writer, id, kind)?;
    }
    leave(writer, id, &place.canvas, Some(&place.slot))?;
    for (field, value) in fields {
        entity::set_field(writer, id, field, Some(value))?;
    }
    put(writer, id, place)?;
    follow(writer, id, Some(&place.canvas), &|changed| {
        fields.contains_key(changed)
    })
}

/// Moves an entity of which some fields have changed to the slots that stand for what they say now,
/// on every canvas but one: standing in a slot is having its value.
pub(super) fn follow(
    writer: &mut Writer<'_>,
    id: &EntityId,
    but: Option<&CanvasId>,
    is_changed: &dyn Fn(&str) -> bool,
) -> Result<(), CommandError> {
    let (_, entity) = writer.entity(id)?;
    for (canvas, placement) in read::places_of(&writer.transaction, id) {
        let known = match Some(&canvas) == but {
            true => None,
            false => read::known_canvas(&writer.transaction, &canvas),
        };
        let next = known.and_then(|known| known.follows(&entity, &placement.slot, is_changed));
        if let Some(slot) = next {
            let anchor = Anchor::Last;
            put(
                writer,
                id,
                &Position {
                    canvas,
                    slot,
                    anchor,
                },
            )?;
        }
    }
    Ok(())
}

/// Takes back the flags of the slot in which an entity stands so far, unless it goes where it is.
fn leave(
    writer: &mut Writer<'_>,
    id: &EntityId,
    canvas: &CanvasId,
    next: Option<&SlotId>,
) -> Result<(), CommandError> {
    let before = read::placement(&writer.transaction, canvas, id);
    let Some(before) = before.filter(|before| Some(&before.slot) != next) else {
        return Ok(());
    };
    let known = read::known_canvas(&writer.transaction, canvas);
    let slot = known.as_ref().and_then(|canvas| canvas.slot(&before.slot));
    for flag in slot.into_iter().flat_map(|slot| slot.flags()) {
        let (_, entity) = writer.entity(id)?;
        if entity.fields.get(flag) == Some(&FieldValue::Flag(true)) {
            entity::set_field(writer, id, flag, None)?;
        }
    }
    Ok(())
}

pub(super) fn unplace(
    writer: &mut Writer<'_>,
    id: &EntityId,
    canvas: &CanvasId,
) -> Result<(), CommandError> {
    schema::check_canvas(canvas)?;
    writer.entity(id)?;
    leave(writer, id, canvas, None)?;
    let placements = writer.roots.placements.clone();
    writer.set(&placements, &schema::placement_key(canvas, id), None)
}

pub(super) fn check_position(place: &Position) -> Result<(), CommandError> {
    schema::check_canvas(&place.canvas)?;
    schema::check_name(place.slot.as_str())
}

/// Puts an entity at a position; nothing is written if it is there already.
fn put(writer: &mut Writer<'_>, id: &EntityId, place: &Position) -> Result<(), CommandError> {
    let Some(rank) = make_room(writer, id, place)? else {
        return Ok(());
    };
    let mut placement = Placement::new(place.slot.clone(), rank);
    let before = read::placement(&writer.transaction, &place.canvas, id);
    if let Some(before) = before.filter(|before| before.slot == place.slot) {
        (placement.x, placement.y) = (before.x, before.y);
    }
    write(writer, &place.canvas, id, &placement)
}

/// Puts an entity that this transaction has made. Undo deletes the entity and leaves it in its
/// place, where restoring finds it.
pub(super) fn put_new(
    writer: &mut Writer<'_>,
    id: &EntityId,
    place: &Position,
) -> Result<(), CommandError> {
    // A document that another program has written may place an id that it does not hold.
    let Some(rank) = make_room(writer, id, place)? else {
        return Ok(());
    };
    write_new(
        writer,
        &place.canvas,
        id,
        &Placement::new(place.slot.clone(), rank),
    )
}

/// The rank at a position, `None` if the entity stands there already.
fn make_room(
    writer: &mut Writer<'_>,
    id: &EntityId,
    place: &Position,
) -> Result<Option<Rank>, CommandError> {
    let order = Order::read(&writer.transaction, &place.canvas, &place.slot);
    let spot = order.spot(id, &place.anchor, &mut writer.next_random());
    match spot {
        Spot::Here => Ok(None),
        Spot::Between { rank, crowded } => {
            for (other, placement) in crowded {
                write(writer, &place.canvas, &other, &placement)?;
            }
            Ok(Some(rank))
        }
    }
}

pub(super) fn write(
    writer: &mut Writer<'_>,
    canvas: &CanvasId,
    id: &EntityId,
    placement: &Placement,
) -> Result<(), CommandError> {
    let placements = writer.roots.placements.clone();
    let key = schema::placement_key(canvas, id);
    writer.set(&placements, &key, Some(placement.to_string().into()))
}

pub(super) fn write_new(
    writer: &mut Writer<'_>,
    canvas: &CanvasId,
    id: &EntityId,
    placement: &Placement,
) -> Result<(), CommandError> {
    let placements = writer.roots.placements.clone();
    writer.init(
        &placements,
        &schema::placement_key(canvas, id),
        &placement.to_string(),
    )
}
