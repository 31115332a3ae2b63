//! Reads: from the document, or from a transaction under way, to plain data.
//!
//! What cannot be read is skipped alone and never fails the rest; where two people wrote the same
//! value, Automerge's winner is read, which is the same on every replica, or, if that is nothing that
//! belongs there, the first of the others that does.

use std::collections::BTreeMap;
use std::str::FromStr;

use automerge::{Automerge, ObjId, ObjType, ReadDoc, ScalarValue, ScalarValueRef, Value, ValueRef};
use domain::catalogue::{CANVAS, CanvasRef, usable_canvases};
use domain::{
    Canvas, CanvasId, Deletion, Entity, EntityId, FieldValue, Graph, Link, Person, PersonId,
    Placement, Stamp, compact,
};

use crate::digest::{entity_digest, link_digest};
use crate::genesis::container;
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
        Ok(Some(_)) => others_at(document, object, key)
            .find_map(|(value, id)| (value == Value::Object(ObjType::Text)).then_some(id)),
        _ => None,
    }
}

/// What stands under a key at the same time, the winner first.
fn others_at<'a, R: ReadDoc>(
    document: &'a R,
    object: &ObjId,
    key: &str,
) -> impl Iterator<Item = (Value<'a>, ObjId)> {
    let all = document.get_all(object, key).unwrap_or_default();
    all.into_iter().rev()
}

/// The map under a key that can be read. Somebody who puts something else beside it at the same time
/// does not hide it.
fn readable_at<R: ReadDoc>(
    document: &R,
    object: &ObjId,
    key: &str,
    is_readable: fn(&R, &ObjId) -> bool,
) -> Option<ObjId> {
    if let Some(found) = map_at(document, object, key)
        && is_readable(document, &found)
    {
        return Some(found);
    }
    others_at(document, object, key)
        .filter(|(value, _)| *value == Value::Object(ObjType::Map))
        .find_map(|(_, id)| is_readable(document, &id).then_some(id))
}

/// The entity under a key, if there is one that can be read.
pub(crate) fn entity_at<R: ReadDoc>(document: &R, entities: &ObjId, id: &str) -> Option<ObjId> {
    schema::is_name(id).then(|| readable_at(document, entities, id, is_entity))?
}

/// The link under a key, if there is one that can be read.
pub(crate) fn link_at<R: ReadDoc>(document: &R, links: &ObjId, id: &str) -> Option<ObjId> {
    schema::is_name(id).then(|| readable_at(document, links, id, is_link))?
}

/// Whether there is what an entity needs. Cheaper than reading it.
fn is_entity<R: ReadDoc>(document: &R, object: &ObjId) -> bool {
    string_at(document, object, schema::KIND).is_some()
        && text_at(document, object, schema::TEXT).is_some()
}

fn is_link<R: ReadDoc>(document: &R, object: &ObjId) -> bool {
    let has = |key| string_at(document, object, key).is_some();
    has(schema::KIND) && has(schema::FROM) && has(schema::TO)
}

/// The string under a key.
pub(crate) fn string_at<R: ReadDoc>(document: &R, object: &ObjId, key: &str) -> Option<String> {
    match document.get(object, key) {
        Ok(Some((Value::Scalar(scalar), _))) if scalar.is_str() => {
            scalar.as_str().map(ToOwned::to_owned)
        }
        Ok(Some(_)) => others_at(document, object, key)
            .find_map(|(value, _)| value.as_str().map(ToOwned::to_owned)),
        _ => None,
    }
}

pub(crate) fn name<R: ReadDoc>(document: &R) -> String {
    container(document, schema::ABOUT)
        .and_then(|about| string_at(document, &about, schema::NAME))
        .unwrap_or_default()
}

pub(crate) fn entity<R: ReadDoc>(document: &R, id: &EntityId) -> Option<Entity> {
    let entities = container(document, schema::ENTITIES)?;
    read_entity(document, &entity_at(document, &entities, id.as_str())?)
}

pub(crate) fn link<R: ReadDoc>(document: &R, id: &domain::LinkId) -> Option<Link> {
    let links = container(document, schema::LINKS)?;
    read_link(document, &link_at(document, &links, id.as_str())?)
}

pub(crate) fn placement<R: ReadDoc>(
    document: &R,
    canvas: &CanvasId,
    id: &EntityId,
) -> Option<Placement> {
    let placements = container(document, schema::PLACEMENTS)?;
    let key = schema::placement_key(canvas, id);
    // A canvas whose id has a slash would answer for another one.
    schema::parse_placement_key(&key).filter(|(parsed, _)| parsed == canvas)?;
    string_at(document, &placements, &key)?.parse().ok()
}

pub(crate) fn person<R: ReadDoc>(document: &R, id: &PersonId) -> Option<Person> {
    let people = container(document, schema::PEOPLE)?;
    let told = schema::is_name(id.as_str()).then(|| string_at(document, &people, id.as_str()))?;
    told.map(|text| schema::parse_person(&text))
}

/// Everything that can be read.
pub(crate) fn graph<R: ReadDoc>(document: &R) -> Graph {
    let mut graph = Graph {
        name: name(document),
        ..Graph::default()
    };
    each_entity(document, |id, object| {
        if let Some(entity) = read_entity(document, object) {
            graph.entities.insert(id.into(), entity);
        }
    });
    each_link(document, |id, object| {
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
        if !schema::is_name(id) {
            return;
        }
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
    each_entity(document, |id, object| {
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
    let Some(placements) = container(document, schema::PLACEMENTS) else {
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

/// Every entity that can be read.
pub(crate) fn each_entity<R: ReadDoc>(document: &R, read: impl FnMut(&str, &ObjId)) {
    each_map(document, schema::ENTITIES, is_entity, read);
}

/// Every link that can be read.
pub(crate) fn each_link<R: ReadDoc>(document: &R, read: impl FnMut(&str, &ObjId)) {
    each_map(document, schema::LINKS, is_link, read);
}

fn each_map<R: ReadDoc>(
    document: &R,
    name: &str,
    is_readable: fn(&R, &ObjId) -> bool,
    mut read: impl FnMut(&str, &ObjId),
) {
    let Some(container) = container(document, name) else {
        return;
    };
    for item in document.map_range(&container, ..) {
        let key = &*item.key;
        if !schema::is_name(key) {
            continue;
        }
        let id = item.id();
        if item.value == ValueRef::Object(ObjType::Map) && is_readable(document, &id) {
            read(key, &id);
        } else if let Some(other) = readable_at(document, &container, key, is_readable) {
            read(key, &other);
        }
    }
}

fn each_string<R: ReadDoc>(document: &R, name: &str, mut read: impl FnMut(&str, &str)) {
    let Some(container) = container(document, name) else {
        return;
    };
    for item in document.map_range(&container, ..) {
        match string_of(&item.value) {
            Some(text) => read(&item.key, text),
            None => {
                if let Some(text) = string_at(document, &container, &item.key) {
                    read(&item.key, &text);
                }
            }
        }
    }
}

/// How many entries of the containers are nothing that a version of the app has ever written there:
/// entities and links that lack what they need, places and people that are no strings of their form.
pub(crate) fn unreadable(document: &Automerge) -> usize {
    let size = |name| container(document, name).map_or(0, |object| document.length(object));
    let all = [
        schema::ENTITIES,
        schema::LINKS,
        schema::PLACEMENTS,
        schema::PEOPLE,
    ]
    .map(size);
    let mut read = 0;
    each_entity(document, |_, _| read += 1);
    each_link(document, |_, _| read += 1);
    each_string(document, schema::PLACEMENTS, |key, text| {
        let is_place =
            schema::parse_placement_key(key).is_some() && Placement::from_str(text).is_ok();
        read += usize::from(is_place);
    });
    each_string(document, schema::PEOPLE, |key, _| {
        read += usize::from(schema::is_name(key))
    });
    all.iter().sum::<usize>().saturating_sub(read)
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
        kind: kind.or_else(|| Some(string_at(document, object, schema::KIND)?.into()))?,
        text: text.or_else(|| document.text(text_at(document, object, schema::TEXT)?).ok())?,
        fields: fields.into(),
        created,
        deleted: None,
    };
    entity.deleted = flag.map(|(stamp, digest)| deletion(stamp, digest, entity_digest(&entity)));
    Some(entity)
}

/// Whether a view shows the entity: it can be read and is not deleted. Cheaper than reading it.
pub(crate) fn is_live<R: ReadDoc>(document: &R, object: &ObjId) -> bool {
    let is_flagged = match document.get(object, schema::DELETED) {
        Ok(Some((Value::Scalar(flag), _))) => !matches!(
            flag.as_ref(),
            ScalarValue::Null | ScalarValue::Boolean(false)
        ),
        Ok(Some((Value::Object(_), _))) => true,
        Ok(None) | Err(_) => false,
    };
    is_entity(document, object) && !is_flagged
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
        kind: kind.or_else(|| Some(string_at(document, object, schema::KIND)?.into()))?,
        from: from.or_else(|| Some(string_at(document, object, schema::FROM)?.into()))?,
        to: to.or_else(|| Some(string_at(document, object, schema::TO)?.into()))?,
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
