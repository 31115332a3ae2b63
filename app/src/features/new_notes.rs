//! A new note where one would look for it: on the canvas of the catalogue that has a slot for what
//! it is.

use std::collections::BTreeMap;

use document::{Anchor, Command, NewLink, Position};
use domain::{Canvas, EntityId, FieldValue, KindId, Slot, catalogue};

/// The commands that make a note with these values and links, to be run as one gesture. It stands
/// in the slot that means most of its values and nothing else; without such a slot, on no canvas.
pub(crate) fn new_note(
    id: &EntityId,
    kind: &KindId,
    text: String,
    fields: BTreeMap<String, FieldValue>,
    links: Vec<NewLink>,
) -> Vec<Command> {
    let place = home(kind, &fields);
    let made = Command::AddEntity {
        id: id.clone(),
        kind: kind.clone(),
        text,
        fields,
        links,
    };
    let placed = place.map(|place| Command::Place {
        id: id.clone(),
        place,
        kind: None,
        fields: BTreeMap::new(),
    });
    [made].into_iter().chain(placed).collect()
}

/// The end of the slot of the catalogue where a note of that kind and those values belongs.
pub(crate) fn home(kind: &KindId, fields: &BTreeMap<String, FieldValue>) -> Option<Position> {
    let mut best: Option<((usize, bool), &Canvas, &Slot)> = None;
    for canvas in catalogue::canvases() {
        for slot in &canvas.slots {
            let is_meant = slot
                .fields
                .iter()
                .all(|(field, value)| fields.get(field) == Some(value));
            if !is_meant || !slot.takes.contains(kind) {
                continue;
            }
            let rank = (slot.fields.len(), slot.takes.first() == Some(kind));
            if best.is_none_or(|(other, ..)| rank > other) {
                best = Some((rank, canvas, slot));
            }
        }
    }
    best.map(|(_, canvas, slot)| Position {
        canvas: canvas.id.clone(),
        slot: slot.id.clone(),
        anchor: Anchor::Last,
    })
}
