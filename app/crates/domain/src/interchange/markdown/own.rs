//! Reads back what our own export wrote behind its notes.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::attributes::Attributes;
use super::escape::unescape;
use crate::interchange::Warning;
use crate::interchange::builder::{Builder, Spot};
use crate::{
    CanvasId, Deletion, Entity, EntityId, FieldValue, Hue, KindId, Link, Person, Placement, Rank,
    Stamp, compact,
};

/// Reads a note; `spot` is where it stands, if it stands on a canvas.
pub(super) fn note(
    builder: &mut Builder,
    text: &str,
    attributes: &Attributes,
    usual_kind: KindId,
    spot: Option<Spot>,
) {
    let text = unescape(text);
    let id = attributes.text("id").map(EntityId::from);
    let known = id
        .as_ref()
        .and_then(|id| Some((id, builder.graph.entities.get(id)?)));
    let id = match known {
        Some((id, known)) if attributes.has("again") || known.text == text => {
            if known.text != text {
                let warning = Warning::new("import.warning.two_texts");
                builder.warnings.add(warning.with("text", text.as_str()));
            }
            id.clone()
        }
        known => {
            if known.is_some() {
                let warning = Warning::new("import.warning.taken_id");
                builder.warnings.add(warning.with("text", text.as_str()));
            }
            let entity = entity(text, attributes, usual_kind);
            let id = builder.add(id, entity);
            further_places(builder, &id, attributes);
            id
        }
    };
    if let Some(spot) = spot {
        builder.place(id, spot_of(spot, attributes));
    }
}

fn entity(text: String, attributes: &Attributes, usual_kind: KindId) -> Entity {
    let mut fields: BTreeMap<String, FieldValue> = object(attributes, "fields");
    if let Some(colour) = attributes.text("colour") {
        fields.insert("colour".into(), FieldValue::Text(colour.into()));
    }
    Entity {
        kind: attributes.text("kind").map_or(usual_kind, KindId::from),
        text,
        fields: fields.into(),
        created: created(attributes),
        deleted: deleted(attributes),
    }
}

fn spot_of(spot: Spot, attributes: &Attributes) -> Spot {
    Spot {
        slot: attributes
            .text("slot")
            .map_or_else(|| spot.slot.clone(), Into::into),
        rank: attributes.text("rank").and_then(Rank::parse),
        x: attributes.number("x"),
        y: attributes.number("y"),
        ..spot
    }
}

fn further_places(builder: &mut Builder, id: &EntityId, attributes: &Attributes) {
    for (canvas, place) in object::<String>(attributes, "also") {
        if let Ok(place) = place.parse::<Placement>() {
            builder.graph.place(canvas.into(), id.clone(), place);
        }
    }
}

/// Reads a link; what is written of it besides is for the reader.
pub(super) fn link(builder: &mut Builder, attributes: &Attributes) {
    let text = |name: &str| attributes.text(name).unwrap_or_default();
    let kind = attributes.text("kind").unwrap_or("relates-to").into();
    let (created, deleted) = (created(attributes), deleted(attributes));
    let id = match attributes.text("id") {
        Some(id) => id.into(),
        None => builder.free_link_id(&[text("from"), text("to")]),
    };
    let (from, to) = (text("from").into(), text("to").into());
    builder.graph.links.insert(
        id,
        Link {
            kind,
            from,
            to,
            created,
            deleted,
        },
    );
}

/// Reads a person.
pub(super) fn person(builder: &mut Builder, text: &str, attributes: &Attributes) {
    let colour = attributes
        .text("colour")
        .and_then(Hue::from_name)
        .unwrap_or_default();
    let id = attributes.text("id").unwrap_or_default().into();
    builder.graph.people.insert(
        id,
        Person {
            name: unescape(text),
            colour,
        },
    );
}

/// Reads the places of entities that the file does not hold.
pub(super) fn orphans(builder: &mut Builder, attributes: &Attributes) {
    for (canvas, placed) in object::<BTreeMap<EntityId, String>>(attributes, "placements") {
        for (id, place) in placed {
            if let Ok(place) = place.parse::<Placement>() {
                builder
                    .graph
                    .place(CanvasId::from(canvas.as_str()), id, place);
            }
        }
    }
}

fn created(attributes: &Attributes) -> Option<Stamp> {
    let (at, by) = attributes.text("created")?.split_once('@')?;
    Some(Stamp {
        by: by.into(),
        at: at.parse().ok()?,
    })
}

fn deleted(attributes: &Attributes) -> Option<Deletion> {
    let (at, by) = attributes.text("deleted")?.split_once('@')?;
    let edited_since = attributes.has("edited");
    Some(Deletion {
        by: by.into(),
        at: at.parse().ok()?,
        edited_since,
    })
}

/// The members of an object that are what they should be.
fn object<T: DeserializeOwned>(attributes: &Attributes, name: &str) -> BTreeMap<String, T> {
    let members = attributes
        .value(name)
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    compact::gather(
        members.filter_map(|(name, value)| Some((name.clone(), T::deserialize(value).ok()?))),
    )
}
