//! Messages of the workspace put into words, in the language of this tab.

use domain::{CanvasId, SlotId};
use workspace::{Message, Session};

use crate::features::slot_title;
use crate::i18n::{t, tf, tnf};

/// The words of a message. Slots are named as `canvas` names them.
pub(super) fn words(session: &Session, message: &Message, canvas: &CanvasId) -> String {
    let arguments: Vec<(&str, String)> = message
        .arguments
        .iter()
        .map(|(name, value)| match *name {
            "slot" => (
                *name,
                slot_title(session, canvas, &SlotId::from(value.as_str())),
            ),
            "person" if value.is_empty() => (*name, t("people.someone")),
            "gesture" => (*name, t(&format!("gesture.{value}"))),
            "colour" => (*name, t(&format!("colour.{value}"))),
            _ => (*name, value.clone()),
        })
        .collect();
    let arguments: Vec<(&str, &str)> = arguments
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let said = match message.count {
        Some(count) => tnf(message.key, count, &arguments),
        None => tf(message.key, &arguments),
    };
    match &message.before {
        Some(first) => format!("{}. {said}", words(session, first, canvas)),
        None => said,
    }
}
