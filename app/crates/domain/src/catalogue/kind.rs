//! Kinds of entity: what a note can be, and what can be said about it.

use serde::Deserialize;

use super::{Field, KindFields, Source};
use crate::{KindId, Localised};

/// What an entity can be: a problem, a channel, an experiment.
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
    /// What it is, in a sentence.
    pub description: Localised,
    /// The method that it belongs to, such as `M14`; `None` for what belongs to all of them.
    pub method: Option<String>,
    /// Where the method is described.
    pub source: Option<Source>,
    /// What can be said about it beside its text. In a browser they come apart
    /// ([`install_fields`](super::install_fields)).
    pub fields: KindFields,
}

impl Kind {
    /// The field of that id.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.named(id)
    }

    /// The field whose values an entity keeps under that key: the field's id, or, for an item of a
    /// checklist, `<field>.<item>`.
    #[must_use]
    pub fn field_at(&self, key: &str) -> Option<&Field> {
        self.fields.keeping(key)
    }
}
