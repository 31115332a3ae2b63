//! Reads the body of a request: one JSON object of known fields.
//!
//! Invariant: a field that nobody reads, and one that is there twice, is an error, so that a misspelt
//! limit never goes unnoticed.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::answer::Problem;
use crate::access::{Key, Role};

/// Characters of a label.
const MAX_LABEL: usize = 200;

/// The fields that have not been read yet.
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// Reads a body; an empty one is an object without fields.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Problem> {
        if bytes.is_empty() {
            return Ok(Self(Map::new()));
        }
        match serde_json::from_slice(bytes) {
            Ok(Once(fields)) => Ok(Self(fields)),
            Err(error) if error.to_string().starts_with(TWICE) => {
                Err(invalid("a field is there twice"))
            }
            Err(_) => Err(invalid("the body is not a JSON object")),
        }
    }

    /// A text, if it is there.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Problem> {
        match self.0.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(invalid(&format!("`{name}` is not a text"))),
        }
    }

    /// A label.
    pub(super) fn label(&mut self) -> Result<Option<String>, Problem> {
        match self.text("label")? {
            Some(label) if label.chars().count() > MAX_LABEL => Err(invalid(&format!(
                "`label` is longer than {MAX_LABEL} characters"
            ))),
            Some(label) if label.chars().any(char::is_control) => {
                Err(invalid("`label` holds control characters"))
            }
            label => Ok(label),
        }
    }

    /// A role.
    pub(super) fn role(&mut self, name: &str) -> Result<Option<Role>, Problem> {
        let text = self.text(name)?;
        let role = text.map(|text| text.parse().map_err(|_| name));
        role.transpose()
            .map_err(|name| invalid(&format!("`{name}` is not a role")))
    }

    /// A key to be; one that somebody could guess is none.
    pub(super) fn key(&mut self) -> Result<Option<Key>, Problem> {
        let text = self.text("key")?;
        let key = text.map(|text| text.parse());
        let key: Option<Key> = key
            .transpose()
            .map_err(|_| invalid("`key` is not 32 bytes in base58"))?;
        match key {
            Some(key) if !key.is_varied() => Err(invalid("`key` is not random")),
            key => Ok(key),
        }
    }

    /// When something ends: the outer option says whether the field is there, the inner whether it
    /// names a time or says `null`.
    pub(super) fn expires(&mut self) -> Result<Option<Option<i64>>, Problem> {
        match self.0.remove("expires") {
            None => Ok(None),
            Some(Value::Null) => Ok(Some(None)),
            Some(value) => match milliseconds(&value) {
                Some(time) => Ok(Some(Some(time))),
                None => Err(invalid(
                    "`expires` is not a time in milliseconds since 1970",
                )),
            },
        }
    }

    /// Nothing else may be there.
    pub(super) fn end(self) -> Result<(), Problem> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => Err(invalid(&format!("`{name}` is not a field of this request"))),
        }
    }
}

/// A whole number that JSON's readers everywhere hold exactly, with or without a point.
fn milliseconds(value: &Value) -> Option<i64> {
    const MAX_SAFE: i64 = (1 << 53) - 1;
    let whole = |number: f64| number.fract() == 0.0 && number.abs() <= MAX_SAFE as f64;
    let number = value.as_i64().or_else(|| {
        let number = value.as_f64().filter(|number| whole(*number))?;
        Some(number as i64)
    })?;
    (0..=MAX_SAFE).contains(&number).then_some(number)
}

/// How the error begins that says so.
const TWICE: &str = "twice";

/// An object that has each of its fields once.
struct Once(Map<String, Value>);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Once(Map::new()))
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = Self;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<Self, A::Error> {
        while let Some((name, value)) = fields.next_entry::<String, Value>()? {
            if self.0.insert(name, value).is_some() {
                return Err(A::Error::custom(TWICE));
            }
        }
        Ok(self)
    }
}

/// A request that is not in order.
pub(super) fn invalid(text: &str) -> Problem {
    Problem::Invalid(text.to_owned())
}
