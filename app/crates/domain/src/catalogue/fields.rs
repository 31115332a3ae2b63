//! The fields of a kind, in the order in which they are offered.
//!
//! A figure asks for a field by its id, thousands of times: each id has its mark beside it, so that
//! the fields that it is not are not gone to.

use std::ops::Deref;

use serde::Deserialize;

use super::Field;
use crate::mark::mark;

/// The fields of a kind: a list that is quick to ask.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(from = "Vec<Field>")]
pub struct KindFields {
    fields: Vec<Field>,
    /// That of each field's id.
    marks: Vec<u32>,
}

impl From<Vec<Field>> for KindFields {
    fn from(fields: Vec<Field>) -> Self {
        let marks = fields.iter().map(|field| mark(&field.id)).collect();
        Self { fields, marks }
    }
}

impl Deref for KindFields {
    type Target = [Field];

    fn deref(&self) -> &[Field] {
        &self.fields
    }
}

impl<'a> IntoIterator for &'a KindFields {
    type Item = &'a Field;
    type IntoIter = std::slice::Iter<'a, Field>;

    fn into_iter(self) -> Self::IntoIter {
        self.fields.iter()
    }
}

impl KindFields {
    /// The field of that id.
    pub(super) fn named(&self, id: &str) -> Option<&Field> {
        let sought = mark(id);
        let marks = self.marks.iter().enumerate();
        let alike = marks.filter(|(_, mark)| **mark == sought);
        let mut fields = alike.filter_map(|(row, _)| self.fields.get(row));
        fields.find(|field| field.id == id)
    }

    /// The field whose values an entity keeps under that key: of all but checklists their ids.
    pub(super) fn keeping(&self, key: &str) -> Option<&Field> {
        // No field's id has a dot.
        let of_item = || self.named(key.split_once('.')?.0);
        let field = self.named(key).or_else(of_item);
        field.filter(|field| field.keeps(key))
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds;

    #[test]
    fn every_field_is_found_by_its_id_and_by_its_keys() {
        for kind in kinds() {
            for field in &kind.fields {
                let is_it = |found: &crate::Field| std::ptr::eq(found, field);
                assert!(!field.id.contains('.'), "{}.{}", kind.id, field.id);
                assert!(kind.field(&field.id).is_some_and(is_it));
                let items = field.options().iter();
                let items = items.map(|option| format!("{}.{}", field.id, option.id));
                for key in items.chain([field.id.clone()]) {
                    let found = kind.field_at(&key).is_some_and(is_it);
                    assert_eq!(found, field.keeps(&key), "{}: {key}", kind.id);
                }
            }
        }
    }
}
