//! Slots by name in the language of this tab.

use std::sync::Arc;

use domain::{Slot, SlotId, UNPLACED};

use crate::i18n::{language, t};

/// A slot of a canvas, or its tray "Unplaced".
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SlotName {
    /// A slot of the canvas.
    Known(Arc<Slot>),
    /// The tray; its id is [`UNPLACED`].
    Tray(SlotId),
}

impl SlotName {
    /// The tray of notes that have no other slot.
    pub(super) fn tray() -> Self {
        Self::Tray(SlotId::from(UNPLACED))
    }

    /// The slot's id.
    pub(super) fn id(&self) -> &SlotId {
        match self {
            Self::Known(slot) => &slot.id,
            Self::Tray(id) => id,
        }
    }

    /// Its name; read in a view, it follows the language.
    pub(super) fn title(&self) -> String {
        match self {
            Self::Known(slot) => slot.title.text(language().code()).to_owned(),
            Self::Tray(_) => t("slots.unplaced"),
        }
    }

    /// What its notes answer; read in a view, it follows the language.
    pub(super) fn question(&self) -> String {
        match self {
            Self::Known(slot) => slot.question.text(language().code()).to_owned(),
            Self::Tray(_) => t("slots.unplaced_hint"),
        }
    }
}
