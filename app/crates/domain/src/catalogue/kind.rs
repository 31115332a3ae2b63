//! Kinds of entity and of link: what a note can be, and how notes can hang together.

use serde::Deserialize;

use crate::{FieldValue, KindId, LinkKindId, Localised};

/// What an entity can be: a problem, a channel, a cost.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Kind {
    /// Its id, also the name of its file.
    pub id: KindId,
    /// One of it.
    pub title: Localised,
    /// Several of it.
    pub plural: Localised,
    /// The name of its icon in the Lucide set.
    pub icon: String,
    /// What can be said about it beside its text.
    pub fields: Vec<Field>,
}

impl Kind {
    /// The field of that id.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }
}

/// A value that entities of a kind can have.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "FieldInFile")]
pub struct Field {
    /// The key under which the entity holds the value.
    pub id: String,
    /// Its name.
    pub title: Localised,
    /// What to enter.
    pub help: Option<Localised>,
    /// What an entity that has no value counts as.
    pub default: Option<FieldValue>,
    /// What values it takes.
    pub takes: FieldType,
}

/// A field as files write it: with the parts of its type beside its own.
#[derive(Deserialize)]
struct FieldInFile {
    id: String,
    title: Localised,
    help: Option<Localised>,
    default: Option<FieldValue>,
    r#type: String,
    unit: Option<String>,
    options: Option<Vec<Choice>>,
}

impl TryFrom<FieldInFile> for Field {
    type Error = String;

    fn try_from(file: FieldInFile) -> Result<Self, String> {
        let takes = match (file.r#type.as_str(), file.options) {
            ("flag", _) => FieldType::Flag,
            ("number", _) => FieldType::Number { unit: file.unit },
            ("text", _) => FieldType::Text,
            ("colour", _) => FieldType::Colour,
            ("choice", Some(options)) => FieldType::Choice { options },
            ("choice", None) => return Err("a choice without options".to_owned()),
            (other, _) => return Err(format!("unknown type of field `{other}`")),
        };
        Ok(Self {
            id: file.id,
            title: file.title,
            help: file.help,
            default: file.default,
            takes,
        })
    }
}

/// What values a field takes; `type` in the file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FieldType {
    /// Yes or no.
    Flag,
    /// A number, with its unit if it has one.
    Number {
        /// The unit, such as `hours`.
        unit: Option<String>,
    },
    /// Free text.
    Text,
    /// The name of a [`crate::Hue`].
    Colour,
    /// The id of one of the options.
    Choice {
        /// What can be chosen, in order.
        options: Vec<Choice>,
    },
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Choice {
    /// What is stored.
    pub id: String,
    /// What is shown.
    pub title: Localised,
}

/// What a link can mean.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LinkKind {
    /// Its id, also the name of its file.
    pub id: LinkKindId,
    /// Read from the start: "addresses".
    pub title: Localised,
    /// Read from the end: "is addressed by".
    pub inverse: Localised,
    /// The kinds where it may start; none named means any.
    #[serde(default)]
    pub from: Vec<KindId>,
    /// The kinds where it may end; none named means any.
    #[serde(default)]
    pub to: Vec<KindId>,
}

impl LinkKind {
    /// Whether a link of this kind may lead from one kind of entity to the other.
    #[must_use]
    pub fn joins(&self, from: &KindId, to: &KindId) -> bool {
        let allows = |kinds: &[KindId], kind| kinds.is_empty() || kinds.contains(kind);
        allows(&self.from, from) && allows(&self.to, to)
    }
}
