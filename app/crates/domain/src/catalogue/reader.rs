//! Reads canvases and kinds out of JSON by hand.
//!
//! It takes what the derived readers take and says nothing of what is wrong with the rest. It is a
//! fraction of their size, and so the one that a browser has before anything is on show; where
//! somebody waits for the reason, a derived one is asked.
//!
//! Invariant: what it reads, the derived readers read alike; tests hold them together.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::canvas::no_words;
use super::{
    Canvas, Catalogue, GridArea, Group, GuidedOrder, Kind, KindFields, Layout, Licence, LinkKind,
    Primitive, Slot, Source, Suggestion,
};
use crate::{CanvasId, FieldValue, KindId, LinkKindId, Localised, SlotId};

/// What can be read out of a JSON value.
pub(super) trait FromJson: Sized {
    /// The value; `None` when it is none of this type.
    fn from_json(value: &Value) -> Option<Self>;
}

/// Reads a text as JSON, and that as a value.
pub(super) fn read<T: FromJson>(text: &str) -> Option<T> {
    T::from_json(&serde_json::from_str(text).ok()?)
}

/// The members of an object. Those that it has beyond what is asked for are passed over.
struct Members<'a>(&'a Map<String, Value>);

impl<'a> Members<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        value.as_object().map(Self)
    }

    /// A member that must be there.
    fn must<T: FromJson>(&self, name: &str) -> Option<T> {
        T::from_json(self.0.get(name)?)
    }

    /// A member that may be left out.
    fn or<T: FromJson>(&self, name: &str, absent: T) -> Option<T> {
        match self.0.get(name) {
            Some(value) => T::from_json(value),
            None => Some(absent),
        }
    }

    /// A member that may be left out or `null`.
    fn maybe<T: FromJson>(&self, name: &str) -> Option<Option<T>> {
        match self.0.get(name) {
            Some(value) if !value.is_null() => T::from_json(value).map(Some),
            _ => Some(None),
        }
    }

    /// A list that may be left out.
    fn list<T: FromJson>(&self, name: &str) -> Option<Vec<T>> {
        self.or(name, Vec::new())
    }

    /// A text that may be left out.
    fn text(&self, name: &str) -> Option<String> {
        self.or(name, String::new())
    }
}

impl FromJson for String {
    fn from_json(value: &Value) -> Option<Self> {
        value.as_str().map(ToOwned::to_owned)
    }
}

impl FromJson for u32 {
    fn from_json(value: &Value) -> Option<Self> {
        value.as_u64()?.try_into().ok()
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: &Value) -> Option<Self> {
        value.as_array()?.iter().map(T::from_json).collect()
    }
}

impl FromJson for BTreeMap<String, FieldValue> {
    fn from_json(value: &Value) -> Option<Self> {
        let members = value.as_object()?.iter();
        members
            .map(|(name, value)| Some((name.clone(), FieldValue::from_json(value)?)))
            .collect()
    }
}

impl FromJson for FieldValue {
    fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(flag) => Some(FieldValue::Flag(*flag)),
            Value::Number(number) => number.as_f64().map(FieldValue::Number),
            Value::String(text) => Some(FieldValue::Text(text.clone())),
            _ => None,
        }
    }
}

impl FromJson for Localised {
    fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(Localised::numbered(number.as_u64()?.try_into().ok()?)),
            Value::String(text) => Some(Localised::from_iter([(
                crate::localised::FALLBACK,
                &**text,
            )])),
            Value::Object(texts) => texts
                .iter()
                .map(|(tag, text)| Some((tag.as_str(), text.as_str()?)))
                .collect(),
            _ => None,
        }
    }
}

macro_rules! ids {
    ($($id:ident)*) => {$(
        impl FromJson for $id {
            fn from_json(value: &Value) -> Option<Self> {
                value.as_str().map(Self::from)
            }
        }
    )*};
}

ids! { CanvasId SlotId KindId LinkKindId }

impl FromJson for Group {
    fn from_json(value: &Value) -> Option<Self> {
        let name = value.as_str()?;
        Self::ALL.into_iter().find(|group| group.name() == name)
    }
}

impl FromJson for Primitive {
    fn from_json(value: &Value) -> Option<Self> {
        let name = value.as_str()?;
        let mut all = Self::ALL.into_iter();
        all.find(|primitive| primitive.name() == name)
    }
}

impl FromJson for Catalogue {
    fn from_json(value: &Value) -> Option<Self> {
        let members = Members::of(value)?;
        Some(Self {
            canvases: members.must("canvases")?,
            kinds: members.must("kinds")?,
            links: members.must("links")?,
        })
    }
}

impl FromJson for Canvas {
    fn from_json(value: &Value) -> Option<Self> {
        let members = Members::of(value)?;
        Some(Self {
            id: members.must("id")?,
            title: members.must("title")?,
            description: members.or("description", no_words())?,
            group: members.or("group", Group::default())?,
            method: members.text("method")?,
            primitive: members.or("primitive", Primitive::default())?,
            position: members.or("position", super::canvas::last())?,
            layout: members.or("layout", Layout::default())?,
            slots: members.must("slots")?,
            orders: members.list("orders")?,
            figures: members.list("figures")?,
            author: members.text("author")?,
            source: members.or("source", Source::default())?,
            licence: members.or("licence", Licence::default())?,
            aliases: members.list("aliases")?,
        })
    }
}

impl FromJson for Layout {
    fn from_json(value: &Value) -> Option<Self> {
        let members = Members::of(value)?;
        Some(Self {
            columns: members.must("columns")?,
            rows: members.must("rows")?,
        })
    }
}

impl FromJson for GuidedOrder {
    fn from_json(value: &Value) -> Option<Self> {
        let members = Members::of(value)?;
        Some(Self {
            id: members.must("id")?,
            title: members.or("title", no_words())?,
            source: members.or("source", Source::default())?,
            steps: members.must("steps")?,
        })
    }
}

impl FromJson for Source {
    fn from_json(value: &Value) -> Option<Self> {
        let members = Members::of(value)?;
        Some(Self {
            title: members.text("title")?,
            url: members.text("url")?,
        })
    }
}

impl FromJson for Licence {
    fn from_json(value: &Value) -> Option<Self> {
        let members = Members::of(value)?;
        Some(Self {
            name: members.text("name")?,
            url: members.text("url")?,
            attribution: members.text("attribution")?,
        })
    }
}

impl FromJson for Slot {
    fn from_json(value: &Value) -> Option<Self> {
        let members = Members::of(value)?;
        Some(Self {
            id: members.must("id")?,
            title: members.must("title")?,
            question: members.or("question", no_words())?,
            takes: members.or("takes", super::slot::notes())?,
            fields: members.or("fields", BTreeMap::new())?,
            area: members.or("area", GridArea::default())?,
            limit: members.maybe("limit")?,
            advice: members.maybe("advice")?,
            suggestions: members.list("suggestions")?,
            aliases: members.list("aliases")?,
            part_of: members.maybe("part_of")?,
        })
    }
}

impl FromJson for GridArea {
    fn from_json(value: &Value) -> Option<Self> {
        let members = Members::of(value)?;
        Some(Self {
            column: members.must("column")?,
            row: members.must("row")?,
            column_span: members.or("column_span", 1)?,
            row_span: members.or("row_span", 1)?,
        })
    }
}

impl FromJson for Suggestion {
    fn from_json(value: &Value) -> Option<Self> {
        let members = Members::of(value)?;
        Some(Self {
            id: members.must("id")?,
            text: members.must("text")?,
            help: members.or("help", no_words())?,
            fields: members.or("fields", BTreeMap::new())?,
        })
    }
}

/// Without its fields, which come apart.
impl FromJson for Kind {
    fn from_json(value: &Value) -> Option<Self> {
        let members = Members::of(value)?;
        Some(Self {
            id: members.must("id")?,
            title: members.must("title")?,
            plural: members.must("plural")?,
            icon: members.must("icon")?,
            description: members.must("description")?,
            method: members.maybe("method")?,
            source: members.maybe("source")?,
            fields: KindFields::default(),
        })
    }
}

impl FromJson for LinkKind {
    fn from_json(value: &Value) -> Option<Self> {
        let members = Members::of(value)?;
        Some(Self {
            id: members.must("id")?,
            title: members.must("title")?,
            inverse: members.must("inverse")?,
            from: members.list("from")?,
            to: members.list("to")?,
        })
    }
}

#[cfg(test)]
mod tests;
