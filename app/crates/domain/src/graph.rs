//! The whole workspace as plain data: what is exported, imported, and painted before the document
//! has loaded.
//!
//! Deleted entities and links stay, flagged. A canvas that has no placement has no entry.

mod fields;

use std::collections::BTreeMap;
use std::fmt;

pub use fields::Fields;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::catalogue::{CanvasRef, UNPLACED, canvas, own_canvas};
use crate::value::Date;
use crate::{
    CanvasId, EntityId, Hue, KindId, LinkId, LinkKindId, PersonId, Placement, SlotId, compact,
};

/// A workspace: its entities, the links among them, and where each is placed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Graph {
    /// The workspace's name; may be empty.
    pub name: String,
    /// Every entity, deleted ones included.
    pub entities: BTreeMap<EntityId, Entity>,
    /// Every link, deleted ones included.
    pub links: BTreeMap<LinkId, Link>,
    /// For each canvas where each entity is on it; at most one place a canvas.
    pub placements: BTreeMap<CanvasId, BTreeMap<EntityId, Placement>>,
    /// Everyone who took part.
    pub people: BTreeMap<PersonId, Person>,
}

/// A note and what is known about it; where it is shown is a matter of placements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is; a kind that the catalogue does not know was made by a newer version.
    pub kind: KindId,
    /// What it says: plain text, any number of lines.
    #[serde(default)]
    pub text: String,
    /// Further values by field name; names that the kind does not know are kept.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
    /// Who made it and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<Stamp>,
    /// Set while it is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Deletion>,
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// Text, or the name of a choice.
    Text(String),
}

impl<'de> Deserialize<'de> for FieldValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyFieldValue)
    }
}

/// Says by itself which value fits; a derived reader would bring a second copy of every other.
struct AnyFieldValue;

impl Visitor<'_> for AnyFieldValue {
    type Value = FieldValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a flag, a number or text")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<FieldValue, E> {
        Ok(FieldValue::Flag(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<FieldValue, E> {
        Ok(FieldValue::Number(value as f64))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<FieldValue, E> {
        Ok(FieldValue::Number(value as f64))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<FieldValue, E> {
        Ok(FieldValue::Number(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<FieldValue, E> {
        Ok(FieldValue::Text(value.to_owned()))
    }
}

impl Serialize for FieldValue {
    /// JSON knows only finite numbers: others are written as text, so that a graph that holds one
    /// can still be read back.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            FieldValue::Flag(value) => serializer.serialize_bool(*value),
            FieldValue::Number(value) if value.is_finite() => serializer.serialize_f64(*value),
            FieldValue::Number(value) => serializer.collect_str(value),
            FieldValue::Text(value) => serializer.serialize_str(value),
        }
    }
}

/// Who did something and when; advisory, since clocks differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The person; an empty id where nobody knows.
    pub by: PersonId,
    /// Milliseconds since 1970 by that person's clock; 0 where nobody knows.
    pub at: i64,
}

impl Stamp {
    /// The day, if anybody knows it.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        Date::from_milliseconds(self.at).filter(|_| self.at != 0)
    }
}

/// That something was deleted, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deletion {
    /// The person; an empty id where nobody knows.
    pub by: PersonId,
    /// Milliseconds since 1970 by that person's clock; 0 where nobody knows.
    pub at: i64,
    /// The content differs from what was deleted: someone edited it at the same time, so it is
    /// offered back.
    #[serde(default)]
    pub edited_since: bool,
}

/// A directed, typed connection between two entities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// What the connection means.
    pub kind: LinkKindId,
    /// Where it starts.
    pub from: EntityId,
    /// Where it ends.
    pub to: EntityId,
    /// Who made it and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<Stamp>,
    /// Set while it is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Deletion>,
}

/// Someone who took part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name that they gave; may be empty.
    #[serde(default)]
    pub name: String,
    /// The colour of their cursor and initials.
    #[serde(default)]
    pub colour: Hue,
}

impl Graph {
    /// The live notes of a slot, by rank and then by id.
    ///
    /// For [`UNPLACED`] these are also the notes whose slot the canvas does not know.
    #[must_use]
    pub fn slot_notes(&self, canvas_id: &CanvasId, slot: &SlotId) -> Vec<&EntityId> {
        // For other slots, the canvas need not be known.
        let tray_of = || match canvas(canvas_id) {
            Some(known) => Some(CanvasRef::Known(known)),
            None => own_canvas(self, canvas_id).map(|own| CanvasRef::Own(own.into())),
        };
        let tray_of = (*slot == UNPLACED).then(tray_of).flatten();
        let is_here = |placement: &Placement| {
            let is_known = |canvas: &CanvasRef| canvas.slot(&placement.slot).is_some();
            placement.slot == *slot || tray_of.as_ref().is_some_and(|canvas| !is_known(canvas))
        };
        let mut notes: Vec<(&Placement, &EntityId)> = self
            .placements
            .get(canvas_id)
            .into_iter()
            .flatten()
            .filter(|(id, placement)| is_here(placement) && self.is_live(id))
            .map(|(id, placement)| (placement, id))
            .collect();
        compact::sort_by(&mut notes, |(a, a_id), (b, b_id)| {
            (&a.rank, a_id).cmp(&(&b.rank, b_id))
        });
        notes.into_iter().map(|(_, id)| id).collect()
    }

    /// Whether the entity is there and not deleted.
    #[must_use]
    pub fn is_live(&self, id: &EntityId) -> bool {
        self.entities
            .get(id)
            .is_some_and(|entity| entity.deleted.is_none())
    }

    /// Where the entity is on the canvas.
    #[must_use]
    pub fn placement(&self, canvas: &CanvasId, id: &EntityId) -> Option<&Placement> {
        self.placements.get(canvas)?.get(id)
    }

    /// All places of the entity, by canvas.
    pub fn places<'a>(
        &'a self,
        id: &'a EntityId,
    ) -> impl Iterator<Item = (&'a CanvasId, &'a Placement)> {
        self.placements
            .iter()
            .filter_map(move |(canvas, placed)| Some((canvas, placed.get(id)?)))
    }

    /// Places the entity on the canvas, or moves it there.
    pub fn place(&mut self, canvas: CanvasId, id: EntityId, placement: Placement) {
        self.placements
            .entry(canvas)
            .or_default()
            .insert(id, placement);
    }

    /// Takes the entity off the canvas.
    pub fn unplace(&mut self, canvas: &CanvasId, id: &EntityId) {
        if let Some(placed) = self.placements.get_mut(canvas) {
            placed.remove(id);
            if placed.is_empty() {
                self.placements.remove(canvas);
            }
        }
    }

    /// Deleted entities, the latest deletion first.
    #[must_use]
    pub fn trash(&self) -> Vec<&EntityId> {
        let mut trash: Vec<(i64, &EntityId)> = self
            .entities
            .iter()
            .filter_map(|(id, entity)| Some((entity.deleted.as_ref()?.at, id)))
            .collect();
        compact::sort_by(&mut trash, |a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        trash.into_iter().map(|(_, id)| id).collect()
    }
}

impl Entity {
    /// A new entity with text alone.
    #[must_use]
    pub fn new(kind: KindId, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            fields: Fields::default(),
            created: None,
            deleted: None,
        }
    }

    /// The colour that its field `colour` names, if it names one.
    #[must_use]
    pub fn colour(&self) -> Option<Hue> {
        match self.fields.get("colour") {
            Some(FieldValue::Text(name)) => Hue::from_name(name),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
