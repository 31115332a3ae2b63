//! The values of an entity, by field: the one place where a value is looked up by its name.
//!
//! Figures and checks look up dozens of names in each of thousands of entities. So each name has a
//! mark beside it, and only names whose marks are equal are compared: looking for a name touches no
//! text but its own.
//!
//! Invariants: the values are in the order of their names, each name once. A copy shares the values
//! until one of the two changes: workspaces are copied whole when they are shown, and when their
//! figures are computed.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::FieldValue;
use crate::compact;
use crate::mark::mark;

/// Values by field name, in the order of the names; cheap to copy.
#[derive(Clone, Default, PartialEq)]
pub struct Fields(Arc<Vec<Entry>>);

#[derive(Clone, PartialEq)]
struct Entry {
    mark: u32,
    name: String,
    value: FieldValue,
}

impl Entry {
    fn new((name, value): (String, FieldValue)) -> Self {
        Self {
            mark: mark(&name),
            name,
            value,
        }
    }
}

impl Fields {
    /// The value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&FieldValue> {
        let mark = mark(name);
        let is_it = |entry: &&Entry| entry.mark == mark && entry.name == name;
        self.0.iter().find(is_it).map(|entry| &entry.value)
    }

    /// The value of a field, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut FieldValue> {
        let at = self.search(name).ok()?;
        let entry = Arc::make_mut(&mut self.0).get_mut(at)?;
        Some(&mut entry.value)
    }

    /// Whether a field has a value.
    #[must_use]
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Gives a field a value; the one that it had.
    pub fn insert(&mut self, name: String, value: FieldValue) -> Option<FieldValue> {
        match self.search(&name) {
            Ok(_) => self.get_mut(&name).map(|own| std::mem::replace(own, value)),
            Err(at) => {
                Arc::make_mut(&mut self.0).insert(at, Entry::new((name, value)));
                None
            }
        }
    }

    /// Takes the value of a field away.
    pub fn remove(&mut self, name: &str) -> Option<FieldValue> {
        let at = self.search(name).ok()?;
        Some(Arc::make_mut(&mut self.0).remove(at).value)
    }

    /// The values with their names, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &FieldValue)> {
        self.0.iter().map(|entry| (&entry.name, &entry.value))
    }

    /// The names, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|entry| &entry.name)
    }

    /// The values, in the order of their names.
    pub fn values(&self) -> impl Iterator<Item = &FieldValue> {
        self.0.iter().map(|entry| &entry.value)
    }

    /// How many have a value.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none has a value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where a name is, or where it belongs.
    fn search(&self, name: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|entry| entry.name.as_str().cmp(name))
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl From<BTreeMap<String, FieldValue>> for Fields {
    fn from(values: BTreeMap<String, FieldValue>) -> Self {
        Self(Arc::new(values.into_iter().map(Entry::new).collect()))
    }
}

impl From<Fields> for BTreeMap<String, FieldValue> {
    fn from(fields: Fields) -> Self {
        compact::gather(fields)
    }
}

impl FromIterator<(String, FieldValue)> for Fields {
    /// Of values of one name the last one stays.
    fn from_iter<I: IntoIterator<Item = (String, FieldValue)>>(values: I) -> Self {
        compact::gather::<BTreeMap<String, FieldValue>, _>(values).into()
    }
}

impl Extend<(String, FieldValue)> for Fields {
    fn extend<I: IntoIterator<Item = (String, FieldValue)>>(&mut self, values: I) {
        for (name, value) in values {
            self.insert(name, value);
        }
    }
}

impl IntoIterator for Fields {
    type Item = (String, FieldValue);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        let entries = Arc::unwrap_or_clone(self.0).into_iter();
        let values: Vec<Self::Item> = entries.map(|entry| (entry.name, entry.value)).collect();
        values.into_iter()
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(Self::from)
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

    /// Names of two letters, so that many are alike in their marks and many come twice.
    #[test]
    fn fields_are_a_map_in_the_order_of_names() {
        arbtest::arbtest(|bytes| {
            let (mut fields, mut map) = (Fields::default(), BTreeMap::new());
            while !bytes.is_empty() {
                let name: String = (0..bytes.int_in_range(0..=5)?)
                    .map(|_| Ok(*bytes.choose(&['a', 'b', 'é'])?))
                    .collect::<arbtest::arbitrary::Result<_>>()?;
                let value = FieldValue::Number(f64::from(bytes.arbitrary::<u8>()?));
                if bytes.ratio(2, 3)? {
                    let former = fields.insert(name.clone(), value.clone());
                    assert_eq!(former, map.insert(name.clone(), value));
                } else {
                    assert_eq!(fields.remove(&name), map.remove(&name));
                }
                assert_eq!(fields.get(&name), map.get(&name));
            }
            assert!(fields.iter().eq(map.iter()));
            assert_eq!(fields, Fields::from_iter(map.clone().into_iter().rev()));
            assert_eq!(BTreeMap::from(fields), map);
            Ok(())
        })
        .budget_ms(1000);
    }
}
