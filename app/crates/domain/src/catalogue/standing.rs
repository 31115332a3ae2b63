//! Standing in a slot is having its value: where an entity belongs on a canvas by what it says.
//!
//! Invariant: of a slot that carries values and an entity that says otherwise, the entity's own
//! values hold; commands, imports and checks ask here which slot is theirs.

use super::{Canvas, Kind, Slot, kind};
use crate::value::read;
use crate::{Entity, FieldValue, SlotId, UNPLACED};

/// A value of a slot that an entity in it does not have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disagreement<'a> {
    /// The field.
    pub field: &'a str,
    /// What the slot stands for.
    pub slot: &'a FieldValue,
    /// What the entity says; `None` when it says nothing.
    pub own: Option<&'a FieldValue>,
}

impl Slot {
    /// What an entity does not say that this slot stands for; nothing of fields that its kind does
    /// not have.
    pub fn disagreements<'a>(
        &'a self,
        entity: &'a Entity,
    ) -> impl Iterator<Item = Disagreement<'a>> {
        let kind = kind(&entity.kind);
        let fields = self.fields.iter();
        fields.filter_map(move |(name, value)| {
            let own = entity.fields.get(name);
            (!is_same(kind?, name, value, own)?).then_some(Disagreement {
                field: name,
                slot: value,
                own,
            })
        })
    }

    /// Whether it stands for values, all of which the entity has.
    fn is_said_by(&self, entity: &Entity) -> bool {
        !self.fields.is_empty()
            && self.takes.contains(&entity.kind)
            && self.disagreements(entity).next().is_none()
    }
}

/// Whether a field holds that value; `None` when the kind has no such field.
fn is_same(kind: &Kind, name: &str, value: &FieldValue, own: Option<&FieldValue>) -> Option<bool> {
    let field = kind.field_at(name)?;
    let is_read_alike = |own| {
        let read = |scalar| read(field, scalar).ok();
        read(own).is_some() && read(own) == read(value)
    };
    Some(own.is_some_and(|own| own == value || is_read_alike(own)))
}

impl Canvas {
    /// The slot in which an entity belongs that stands in `current`: where that one stands for what
    /// it does not say, the one that stands for what it does, else one that stands for nothing, else
    /// the tray. `None` when it may stay.
    #[must_use]
    pub fn rightful(&self, entity: &Entity, current: &SlotId) -> Option<SlotId> {
        let slot = self.slot(current)?;
        slot.disagreements(entity).next()?;
        let said = self.slots.iter().find(|slot| slot.is_said_by(entity));
        let plain = || {
            let is_plain = |slot: &&Slot| slot.fields.is_empty();
            let mut plain = self.slots.iter().filter(is_plain);
            plain.find(|slot| slot.takes.contains(&entity.kind))
        };
        let next = said.or_else(plain);
        Some(next.map_or_else(|| UNPLACED.into(), |slot| slot.id.clone()))
    }

    /// The slot into which an entity goes from `current` when some of its fields have changed: from
    /// one that says nothing of them to the one that stands for what they say, too.
    #[must_use]
    pub fn follows(
        &self,
        entity: &Entity,
        current: &SlotId,
        is_changed: impl Fn(&str) -> bool,
    ) -> Option<SlotId> {
        let is_about = |slot: &Slot| slot.fields.keys().any(|field| is_changed(field));
        match self.slot(current) {
            Some(slot) if !slot.fields.is_empty() => match is_about(slot) {
                true => self.rightful(entity, current),
                false => None,
            },
            _ => {
                let mut slots = self.slots.iter();
                let said = slots.find(|slot| is_about(slot) && slot.is_said_by(entity));
                said.map(|slot| slot.id.clone())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::canvas;
    use crate::{SlotId, sketch};

    fn check(canvas_id: &str, entity: &str, current: &str, rightful: Option<&str>) {
        let graph = sketch::graph(&format!("e {entity}"));
        let canvas = canvas(&canvas_id.into()).unwrap();
        let entity = graph.entities.get("e").unwrap();
        let found = canvas.rightful(entity, &current.into());
        assert_eq!(found.as_ref().map(SlotId::as_str), rightful, "{current}");
    }

    /// V10
    #[test]
    fn an_entity_belongs_where_its_value_is() {
        let done = "roadmap-item | R | lane = done";
        check("roadmap", done, "done", None);
        check("roadmap", done, "now", Some("done"));
        check("roadmap", done, "unplaced", None);
        check("roadmap", "roadmap-item", "now", Some("unplaced"));
        check(
            "priorities",
            "backlog-item",
            "must-have",
            Some("to-be-ranked"),
        );
        check(
            "delegation",
            "decision-area | A | level = 3",
            "consult",
            None,
        );
        check("decisions", "note | N", "kill", None);
        check(
            "metrics",
            "metric | M | class = outcome",
            "guardrails",
            Some("outcomes"),
        );
    }

    /// V10
    #[test]
    fn a_change_calls_an_entity_only_to_what_it_is_about() {
        let graph = sketch::graph("e backlog-item | B | moscow = must");
        let entity = graph.entities.get("e").unwrap();
        let priorities = canvas(&"priorities".into()).unwrap();
        let follow = |current: &str, changed: &str| {
            let to = priorities.follows(entity, &current.into(), |field| field == changed);
            to.map(|slot| slot.as_str().to_owned())
        };
        assert_eq!(
            follow("to-be-ranked", "moscow").as_deref(),
            Some("must-have")
        );
        assert_eq!(follow("unplaced", "moscow").as_deref(), Some("must-have"));
        assert_eq!(follow("unplaced", "effort"), None);
        assert_eq!(follow("must-have", "moscow"), None);
        assert_eq!(follow("could-have", "moscow").as_deref(), Some("must-have"));
    }
}
