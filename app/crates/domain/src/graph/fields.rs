//! The values of an entity, by field.
//!
//! Invariant: a copy shares the values until one of the two changes: workspaces are copied whole
//! when they are shown, and when their figures are computed.

use std::collections::{BTreeMap, btree_map};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::FieldValue;

/// The map that [`Fields`] holds.
type Values = BTreeMap<String, FieldValue>;

/// Values by field name, in the order of the names; cheap to copy.
#[derive(Clone, Debug, Default)]
pub struct Fields(Arc<Values>);

impl Deref for Fields {
    type Target = Values;

    fn deref(&self) -> &Values {
        &self.0
    }
}

impl DerefMut for Fields {
    fn deref_mut(&mut self) -> &mut Values {
        Arc::make_mut(&mut self.0)
    }
}

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl PartialEq<Values> for Fields {
    fn eq(&self, other: &Values) -> bool {
        *self.0 == *other
    }
}

impl From<Values> for Fields {
    fn from(values: Values) -> Self {
        Self(Arc::new(values))
    }
}

impl From<Fields> for Values {
    fn from(fields: Fields) -> Self {
        Arc::unwrap_or_clone(fields.0)
    }
}

impl FromIterator<(String, FieldValue)> for Fields {
    fn from_iter<I: IntoIterator<Item = (String, FieldValue)>>(values: I) -> Self {
        Values::from_iter(values).into()
    }
}

impl<'a> IntoIterator for &'a Fields {
    type Item = (&'a String, &'a FieldValue);
    type IntoIter = btree_map::Iter<'a, String, FieldValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl IntoIterator for Fields {
    type Item = (String, FieldValue);
    type IntoIter = btree_map::IntoIter<String, FieldValue>;

    fn into_iter(self) -> Self::IntoIter {
        Values::from(self).into_iter()
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Values::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_its_values_when_the_other_changes() {
        let mut fields = Fields::default();
        fields.insert("reach".to_owned(), FieldValue::Number(7.0));

        let copy = fields.clone();
        fields.insert("reach".to_owned(), FieldValue::Number(8.0));

        assert_eq!(copy.get("reach"), Some(&FieldValue::Number(7.0)));
        assert_ne!(copy, fields);
    }
}
