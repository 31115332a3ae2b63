//! Reads back what our own export wrote behind its notes. What somebody has broken in it by hand is
//! left out and named, with its line.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::attributes::Attributes;
use super::escape::unescape;
use crate::interchange::builder::{Builder, Spot};
use crate::interchange::{Warning, doubts};
use crate::{
    CanvasId, Deletion, Entity, EntityId, FieldValue, Hue, KindId, Link, Person, PersonId,
    Placement, Rank, Stamp,
};

/// What the comment behind a passage can say.
const WORDS: [&str; 18] = [
    "again",
    "also",
    "colour",
    "created",
    "deleted",
    "edited",
    "fields",
    "from",
    "groundwork",
    "id",
    "kind",
    "placements",
    "rank",
    "slot",
    "to",
    "untitled",
    "x",
    "y",
];

/// The comment behind a passage, which is being read into a graph.
pub(super) struct Comment<'a> {
    builder: &'a mut Builder,
    attributes: &'a Attributes,
    line: usize,
}

impl<'a> Comment<'a> {
    pub(super) fn new(builder: &'a mut Builder, attributes: &'a Attributes, line: usize) -> Self {
        Self {
            builder,
            attributes,
            line,
        }
    }

    /// Names what the comment says in words that there are not.
    pub(super) fn doubt(&mut self, text: &str) {
        for (name, value) in self.attributes.others(&WORDS) {
            let found = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            self.unreadable(name, text, &found);
        }
    }

    /// Reads a note; `spot` is where it stands, if it stands on a canvas.
    pub(super) fn note(&mut self, text: &str, usual_kind: KindId, spot: Option<Spot>) {
        let text = unescape(text);
        let id = self.attributes.text("id").map(EntityId::from);
        let known = id
            .as_ref()
            .and_then(|id| Some((id, self.builder.graph.entities.get(id)?)));
        let id = match known {
            Some((id, known)) if self.attributes.has("again") || known.text == text => {
                let (id, is_same) = (id.clone(), known.text == text);
                if !is_same {
                    self.warn(Warning::new("import.warning.two_texts").with("text", &text));
                }
                id
            }
            known => {
                if known.is_some() {
                    self.warn(Warning::new("import.warning.taken_id").with("text", &text));
                }
                let entity = self.entity(text, usual_kind);
                let id = self.builder.add(id, entity);
                let lines = &mut self.builder.origin.entities;
                lines.insert(id.clone(), self.line);
                self.further_places(&id);
                id
            }
        };
        if let Some(spot) = spot {
            let spot = self.spot(spot, &id);
            self.builder.place(id, spot);
        }
    }

    fn entity(&mut self, text: String, usual_kind: KindId) -> Entity {
        let mut fields: BTreeMap<String, FieldValue> = self.object("fields", &text);
        if let Some(colour) = self.attributes.text("colour") {
            fields.insert("colour".into(), FieldValue::Text(colour.into()));
        }
        Entity {
            kind: self
                .attributes
                .text("kind")
                .map_or(usual_kind, KindId::from),
            created: self.created(&text),
            deleted: self.deleted(&text),
            text,
            fields: fields.into(),
        }
    }

    fn spot(&mut self, spot: Spot, id: &EntityId) -> Spot {
        Spot {
            slot: self
                .attributes
                .text("slot")
                .map_or_else(|| spot.slot.clone(), Into::into),
            rank: self.read("rank", id.as_str(), Rank::parse),
            x: self.read("x", id.as_str(), crate::number::parse),
            y: self.read("y", id.as_str(), crate::number::parse),
            ..spot
        }
    }

    fn further_places(&mut self, id: &EntityId) {
        for (canvas, place) in self.object::<String>("also", id.as_str()) {
            self.further_place(canvas.into(), id.clone(), &place, "also");
        }
    }

    fn further_place(&mut self, canvas: CanvasId, id: EntityId, place: &str, name: &str) {
        match place.parse::<Placement>() {
            Ok(place) => self.builder.graph.place(canvas, id, place),
            Err(_) => self.unreadable(name, id.as_str(), place),
        }
    }

    /// Reads a link; what is written of it besides is for the reader.
    pub(super) fn link(&mut self, text: &str) {
        let attributes = self.attributes;
        let end = |name: &str| attributes.text(name).map(EntityId::from);
        let (Some(from), Some(to)) = (end("from"), end("to")) else {
            return self.warn(Warning::new("import.warning.without_comment").with("text", text));
        };
        let id = match attributes.text("id") {
            Some(id) => id.into(),
            None => self.builder.free_link_id(&[from.as_str(), to.as_str()]),
        };
        let link = Link {
            kind: attributes.text("kind").unwrap_or("relates-to").into(),
            from,
            to,
            created: self.created(text),
            deleted: self.deleted(text),
        };
        let lines = &mut self.builder.origin.links;
        lines.insert(id.clone(), self.line);
        if self.builder.graph.links.insert(id, link).is_some() {
            self.warn(Warning::new("import.warning.same_id").with("text", text));
        }
    }

    /// Reads a person.
    pub(super) fn person(&mut self, text: &str) {
        let colour = self.read("colour", text, Hue::from_name);
        let id = PersonId::from(self.attributes.text("id").unwrap_or_default());
        let person = Person {
            name: unescape(text),
            colour: colour.unwrap_or_default(),
        };
        if self.builder.graph.people.insert(id, person).is_some() {
            self.warn(Warning::new("import.warning.same_id").with("text", text));
        }
    }

    /// Reads the places of entities that the file does not hold.
    pub(super) fn orphans(&mut self, text: &str) {
        for (canvas, placed) in self.object::<BTreeMap<EntityId, String>>("placements", text) {
            for (id, place) in placed {
                self.further_place(canvas.as_str().into(), id, &place, "placements");
            }
        }
    }

    fn created(&mut self, entity: &str) -> Option<Stamp> {
        let (by, at) = self.read("created", entity, by_and_at)?;
        Some(Stamp { by, at })
    }

    fn deleted(&mut self, entity: &str) -> Option<Deletion> {
        let (by, at) = self.read("deleted", entity, by_and_at)?;
        Some(Deletion {
            by,
            at,
            edited_since: self.attributes.has("edited"),
        })
    }

    /// The value of that name, if it is there and can be read.
    fn read<T>(
        &mut self,
        name: &str,
        entity: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.attributes.value(name)?;
        let read = value.as_str().and_then(parse);
        if read.is_none() {
            let found = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            self.unreadable(name, entity, &found);
        }
        read
    }

    /// The members of an object that are what they should be.
    fn object<T: DeserializeOwned>(&mut self, name: &str, entity: &str) -> BTreeMap<String, T> {
        let mut read = BTreeMap::new();
        let Some(value) = self.attributes.value(name) else {
            return read;
        };
        if !value.is_object() {
            self.unreadable(name, entity, &value.to_string());
        }
        for (member, value) in value.as_object().into_iter().flatten() {
            match T::deserialize(value) {
                Ok(value) => {
                    read.insert(member.clone(), value);
                }
                Err(_) if *value == Value::Null => {}
                Err(_) => self.unreadable(&format!("{name}.{member}"), entity, &value.to_string()),
            }
        }
        read
    }

    fn unreadable(&mut self, name: &str, entity: &str, found: &str) {
        let warning = Warning::new("import.warning.unreadable").with("name", name);
        let warning = warning.with("entity", doubts::name(entity));
        self.warn(warning.with("found", found));
    }

    fn warn(&mut self, warning: Warning) {
        self.builder.warn(warning, Some(self.line));
    }
}

/// Milliseconds since 1970, `@`, a person's id.
fn by_and_at(text: &str) -> Option<(PersonId, i64)> {
    let (at, by) = text.split_once('@')?;
    Some((by.into(), at.parse().ok()?))
}
