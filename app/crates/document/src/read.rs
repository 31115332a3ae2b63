//! Reads: from the document, or from a transaction under way, to plain data.
//!
//! What cannot be read is skipped alone and never fails the rest; where two people wrote the same
//! value, Automerge's winner is read, which is the same on every replica.

use std::collections::BTreeMap;

use automerge::{ObjId, ObjType, ROOT, ReadDoc, ScalarValue, ScalarValueRef, Value, ValueRef};
use domain::catalogue::{CANVAS, CanvasRef, usable_canvases};
use domain::{
    Canvas, CanvasId, Deletion, Entity, EntityId, FieldValue, Graph, Link, Person, PersonId,
    Placement, Stamp, compact,
};

use crate::digest::{entity_digest, link_digest};
use crate::schema::{self, FIELD_PREFIX};

/// The object under a key, if it is a map.
pub(crate) fn map_at<R: ReadDoc>(document: &R, object: &ObjId, key: &str) -> Option<ObjId> {
    match document.get(object, key) {
        Ok(Some((Value::Object(ObjType::Map), id))) => Some(id),
        _ => None,
    }
}

/// The text object under a key.
pub(crate) fn text_at<R: ReadDoc>(document: &R, object: &ObjId, key: &str) -> Option<ObjId> {
    match document.get(object, key) {
        Ok(Some((Value::Object(ObjType::Text), id))) => Some(id),
        _ => None,
    }
}

/// The string under a key.
pub(crate) fn string_at<R: ReadDoc>(document: &R, object: &ObjId, key: &str) -> Option<String> {
    match document.get(object, key) {
        Ok(Some((Value::Scalar(scalar), _))) => scalar.as_str().map(ToOwned::to_owned),
        _ => None,
    }
}

/// The schema's number; 0 when there is none.
pub(crate) fn version<R: ReadDoc>(document: &R) -> u64 {
    match document.get(ROOT, schema::SCHEMA) {
        Ok(Some((Value::Scalar(scalar), _))) => scalar.as_u64().unwrap_or(0),
        _ => 0,
    }
}

pub(crate) fn name<R: ReadDoc>(document: &R) -> String {
    map_at(document, &ROOT, schema::ABOUT)
        .and_then(|about| string_at(document, &about, schema::NAME))
        .unwrap_or_default()
}

pub(crate) fn entity<R: ReadDoc>(document: &R, id: &EntityId) -> Option<Entity> {
    let entities = map_at(document, &ROOT, schema::ENTITIES)?;
    read_entity(document, &map_at(document, &entities, id.as_str())?)
}

pub(crate) fn link<R: ReadDoc>(document: &R, id: &domain::LinkId) -> Option<Link> {
    let links = map_at(document, &ROOT, schema::LINKS)?;
    read_link(document, &map_at(document, &links, id.as_str())?)
}

pub(crate) fn placement<R: ReadDoc>(
    document: &R,
    canvas: &CanvasId,
    id: &EntityId,
) -> Option<Placement> {
    let placements = map_at(document, &ROOT, schema::PLACEMENTS)?;
    let key = schema::placement_key(canvas, id);
    // A canvas whose id has a slash would answer for another one.
    schema::parse_placement_key(&key).filter(|(parsed, _)| parsed == canvas)?;
    string_at(document, &placements, &key)?.parse().ok()
}

pub(crate) fn person<R: ReadDoc>(document: &R, id: &PersonId) -> Option<Person> {
    let people = map_at(document, &ROOT, schema::PEOPLE)?;
    string_at(document, &people, id.as_str()).map(|text| schema::parse_person(&text))
}

/// Everything that can be read.
pub(crate) fn graph<R: ReadDoc>(document: &R) -> Graph {
    let mut graph = Graph {
        name: name(document),
        ..Graph::default()
    };
    each_map(document, schema::ENTITIES, |id, object| {
        if let Some(entity) = read_entity(document, object) {
            graph.entities.insert(id.into(), entity);
        }
    });
    each_map(document, schema::LINKS, |id, object| {
        if let Some(link) = read_link(document, object) {
            graph.links.insert(id.into(), link);
        }
    });
    each_string(document, schema::PLACEMENTS, |key, text| {
        if let (Some((canvas, id)), Ok(placement)) =
            (schema::parse_placement_key(key), text.parse())
        {
            graph.place(canvas, id, placement);
        }
    });
    each_string(document, schema::PEOPLE, |id, text| {
        graph.people.insert(id.into(), schema::parse_person(text));
    });
    graph
}

/// The canvas of that id: the catalogue's, else the workspace's own.
pub(crate) fn known_canvas<R: ReadDoc>(document: &R, id: &CanvasId) -> Option<CanvasRef> {
    let own = || Some(CanvasRef::Own(own_canvas(document, id)?.into()));
    domain::canvas(id).map(CanvasRef::Known).or_else(own)
}

/// The workspace's own canvas of that id.
pub(crate) fn own_canvas<R: ReadDoc>(document: &R, id: &CanvasId) -> Option<Canvas> {
    let mut holders: Vec<(EntityId, Entity)> = Vec::new();
    each_map(document, schema::ENTITIES, |id, object| {
        if string_at(document, object, schema::KIND).as_deref() == Some(CANVAS) {
            holders.extend(read_entity(document, object).map(|entity| (id.into(), entity)));
        }
    });
    let own = usable_canvases(holders.iter().map(|(id, entity)| (id, entity)));
    own.into_iter()
        .map(|(_, own)| own)
        .find(|own| own.id == *id)
}

/// The placements of one canvas, in no useful order.
pub(crate) fn canvas_placements<R: ReadDoc>(
    document: &R,
    canvas: &CanvasId,
) -> BTreeMap<EntityId, Placement> {
    let Some(placements) = map_at(document, &ROOT, schema::PLACEMENTS) else {
        return BTreeMap::new();
    };
    // `0` follows `/`, so this is every key with the canvas's prefix.
    let range = format!("{canvas}/")..format!("{canvas}0");
    let items = document.map_range(&placements, range);
    compact::gather(items.filter_map(|item| {
        let (parsed, id) = schema::parse_placement_key(&item.key)?;
        let placement = string_of(&item.value)?.parse().ok()?;
        (parsed == *canvas).then_some((id, placement))
    }))
}

/// Where an entity stands, by canvas.
pub(crate) fn places_of<R: ReadDoc>(document: &R, id: &EntityId) -> Vec<(CanvasId, Placement)> {
    let mut places = Vec::new();
    each_string(document, schema::PLACEMENTS, |key, text| {
        // Most keys are those of others: they are not taken apart.
        if key.ends_with(id.as_str())
            && let (Some((canvas, placed)), Ok(placement)) =
                (schema::parse_placement_key(key), text.parse())
            && placed == *id
        {
            places.push((canvas, placement));
        }
    });
    places
}

pub(crate) fn each_map<R: ReadDoc>(
    document: &R,
    container: &str,
    mut read: impl FnMut(&str, &ObjId),
) {
    let Some(container) = map_at(document, &ROOT, container) else {
        return;
    };
    for item in document.map_range(&container, ..) {
        if let ValueRef::Object(ObjType::Map) = item.value {
            read(&item.key, &item.id());
        }
    }
}

fn each_string<R: ReadDoc>(document: &R, container: &str, mut read: impl FnMut(&str, &str)) {
    let Some(container) = map_at(document, &ROOT, container) else {
        return;
    };
    for item in document.map_range(&container, ..) {
        if let Some(text) = string_of(&item.value) {
            read(&item.key, text);
        }
    }
}

/// An entity needs a kind and a text object; the rest is lenient.
pub(crate) fn read_entity<R: ReadDoc>(document: &R, object: &ObjId) -> Option<Entity> {
    let (mut kind, mut text, mut created, mut flag) = (None, None, None, None);
    let mut fields = BTreeMap::new();
    for item in document.map_range(object, ..) {
        match &*item.key {
            schema::KIND => kind = string_of(&item.value).map(Into::into),
            schema::TEXT => {
                if let ValueRef::Object(ObjType::Text) = item.value {
                    text = document.text(item.id()).ok();
                }
            }
            schema::CREATED => created = string_of(&item.value).and_then(schema::parse_stamp),
            schema::DELETED => flag = read_flag(&item.value),
            key => {
                if let (Some(field), Some(value)) =
                    (key.strip_prefix(FIELD_PREFIX), field_value(&item.value))
                {
                    fields.insert(field.to_owned(), value);
                }
            }
        }
    }
    let mut entity = Entity {
        kind: kind?,
        text: text?,
        fields: fields.into(),
        created,
        deleted: None,
    };
    entity.deleted = flag.map(|(stamp, digest)| deletion(stamp, digest, entity_digest(&entity)));
    Some(entity)
}

/// Whether a view shows the entity: it can be read and is not deleted. Cheaper than reading it.
pub(crate) fn is_live<R: ReadDoc>(document: &R, object: &ObjId) -> bool {
    let is_readable = string_at(document, object, schema::KIND).is_some()
        && text_at(document, object, schema::TEXT).is_some();
    let is_flagged = match document.get(object, schema::DELETED) {
        Ok(Some((Value::Scalar(flag), _))) => !matches!(
            flag.as_ref(),
            ScalarValue::Null | ScalarValue::Boolean(false)
        ),
        Ok(Some((Value::Object(_), _))) => true,
        Ok(None) | Err(_) => false,
    };
    is_readable && !is_flagged
}

/// A link needs a kind and both ends.
pub(crate) fn read_link<R: ReadDoc>(document: &R, object: &ObjId) -> Option<Link> {
    let (mut kind, mut from, mut to, mut created, mut flag) = (None, None, None, None, None);
    for item in document.map_range(object, ..) {
        match &*item.key {
            schema::KIND => kind = string_of(&item.value).map(Into::into),
            schema::FROM => from = string_of(&item.value).map(Into::into),
            schema::TO => to = string_of(&item.value).map(Into::into),
            schema::CREATED => created = string_of(&item.value).and_then(schema::parse_stamp),
            schema::DELETED => flag = read_flag(&item.value),
            _ => {}
        }
    }
    let mut link = Link {
        kind: kind?,
        from: from?,
        to: to?,
        created,
        deleted: None,
    };
    link.deleted = flag.map(|(stamp, digest)| deletion(stamp, digest, link_digest(&link)));
    Some(link)
}

fn deletion(stamp: Stamp, then: Option<u64>, now: u64) -> Deletion {
    // Without a digest nothing says that the content changed.
    Deletion {
        by: stamp.by,
        at: stamp.at,
        edited_since: then.is_some_and(|then| then != now),
    }
}

/// Anything but nothing or `false` flags: a form that a newer version writes must not bring
/// deleted notes back.
fn read_flag(value: &ValueRef<'_>) -> Option<(Stamp, Option<u64>)> {
    match value {
        ValueRef::Scalar(ScalarValueRef::Null | ScalarValueRef::Boolean(false)) => None,
        value => Some(schema::parse_deletion(string_of(value).unwrap_or_default())),
    }
}

fn field_value(value: &ValueRef<'_>) -> Option<FieldValue> {
    let ValueRef::Scalar(scalar) = value else {
        return None;
    };
    match scalar {
        ScalarValueRef::Boolean(value) => Some(FieldValue::Flag(*value)),
        ScalarValueRef::Str(value) => Some(FieldValue::Text(value.to_string())),
        ScalarValueRef::F64(value) if value.is_finite() => Some(FieldValue::Number(*value)),
        #[expect(clippy::cast_precision_loss, reason = "fields are numbers as in JSON")]
        ScalarValueRef::Int(value) => Some(FieldValue::Number(*value as f64)),
        #[expect(clippy::cast_precision_loss, reason = "fields are numbers as in JSON")]
        ScalarValueRef::Uint(value) => Some(FieldValue::Number(*value as f64)),
        _ => None,
    }
}

fn string_of<'a>(value: &'a ValueRef<'_>) -> Option<&'a str> {
    match value {
        ValueRef::Scalar(ScalarValueRef::Str(text)) => Some(text),
        _ => None,
    }
}
