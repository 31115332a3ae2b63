//! Typed reading of an entity's fields.

use super::read::is_plain;
use super::{Misfit, Value, read, sense};
use crate::catalogue::{self, Field, Kind};
use crate::{Entity, EntityId, Graph};

impl Entity {
    /// Its value under `key` as the kind's field reads it, or else the field's default; `None`
    /// without either, and when its own value does not fit.
    ///
    /// `key` is the field's id; of a checklist it is `<field>.<item>`.
    #[must_use]
    pub fn value(&self, kind: &Kind, key: &str) -> Option<Value> {
        let field = kind.field_at(key)?;
        let scalar = self.fields.get(key).or(field.default.as_ref())?;
        read(field, scalar).ok()
    }

    /// Every value of its own that the kind has no field for, that does not fit its field, or that
    /// makes no sense beside another one.
    pub fn misfits<'a>(
        &'a self,
        kind: &'a Kind,
    ) -> impl Iterator<Item = (&'a str, Option<Misfit>)> + 'a {
        let alone = self.fields.iter().filter_map(|(key, scalar)| {
            let Some(field) = kind.field_at(key) else {
                return Some((key.as_str(), None));
            };
            if is_plain(field, scalar) {
                return None;
            }
            let misfit = read(field, scalar).err()?;
            Some((key.as_str(), Some(misfit)))
        });
        alone.chain(sense::nonsense(self, kind))
    }

    /// The required fields of the kind that it has no value for.
    pub fn missing<'a>(&'a self, kind: &'a Kind) -> impl Iterator<Item = &'a Field> + 'a {
        kind.fields.iter().filter(|field| {
            field.required && field.default.is_none() && !self.fields.contains_key(&field.id)
        })
    }
}

impl Graph {
    /// The value under `key` of that entity, read as the catalogue's kind says; see
    /// [`Entity::value`].
    #[must_use]
    pub fn value(&self, id: &EntityId, key: &str) -> Option<Value> {
        let entity = self.entities.get(id)?;
        entity.value(catalogue::kind(&entity.kind)?, key)
    }
}
