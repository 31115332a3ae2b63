//! Messages of the workspace put into words, in the language of this tab.

use domain::{CanvasId, SlotId, UNPLACED, catalogue};
use workspace::Message;

use crate::i18n::{language, t, tf, tnf};

/// The words of a message. Slots are named as `canvas` names them.
pub(super) fn words(message: &Message, canvas: &CanvasId) -> String {
    let arguments: Vec<(&str, String)> = message
        .arguments
        .iter()
        .map(|(name, value)| match *name {
            "slot" => (*name, slot_title(canvas, value)),
            "person" if value.is_empty() => (*name, t("people.someone")),
            _ => (*name, value.clone()),
        })
        .collect();
    let arguments: Vec<(&str, &str)> =
        arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    match message.count {
        Some(count) => tnf(message.key, count, &arguments),
        None => tf(message.key, &arguments),
    }
}

/// A slot's name on a canvas; what was given when the canvas has no such slot.
pub(super) fn slot_title(canvas: &CanvasId, slot: &str) -> String {
    if slot == UNPLACED {
        return t("slots.unplaced");
    }
    let known = catalogue::canvas(canvas).and_then(|canvas| canvas.slot(&SlotId::from(slot)));
    known.map_or_else(|| slot.to_owned(), |slot| slot.title.text(language().code()).to_owned())
}
