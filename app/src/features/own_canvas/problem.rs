//! What is wrong with a canvas, in the language of this tab.

use domain::CanvasId;
use domain::catalogue::{CanvasError, Mistake};

use crate::i18n::{number, t, tf};

/// Why a text cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Problem {
    /// It is no canvas, or one that contradicts itself.
    Canvas(CanvasError),
    /// The workspace has another canvas of that id.
    Taken(CanvasId),
    /// A canvas that is edited keeps its id.
    OtherId(CanvasId),
}

impl Problem {
    /// Where it stands in the text.
    pub(super) fn find(&self, text: &str) -> Mistake {
        match self {
            Self::Canvas(error) => error.find(text),
            Self::Taken(id) | Self::OtherId(id) => CanvasError::Taken(id.clone()).find(text),
        }
    }

    /// Where it stands, and what it is.
    pub(super) fn words(&self, text: &str) -> String {
        let Mistake { line, field } = self.find(text);
        let (line, problem) = (number(line), self.what());
        if field.is_empty() {
            tf(
                "own_canvas.where_line",
                &[("line", &line), ("problem", &problem)],
            )
        } else {
            tf(
                "own_canvas.where",
                &[("line", &line), ("field", &field), ("problem", &problem)],
            )
        }
    }

    fn what(&self) -> String {
        let slot = |key: &str, slot: &domain::SlotId| tf(key, &[("slot", slot.as_str())]);
        match self {
            Self::Taken(id) | Self::Canvas(CanvasError::Taken(id)) => {
                tf("own_canvas.error.taken", &[("id", id.as_str())])
            }
            Self::OtherId(id) => tf("own_canvas.error.other_id", &[("id", id.as_str())]),
            Self::Canvas(error) => match error {
                CanvasError::BadId(id) => tf("own_canvas.error.bad_id", &[("id", id)]),
                CanvasError::Untitled => t("own_canvas.error.untitled"),
                CanvasError::NoSlots => t("own_canvas.error.no_slots"),
                CanvasError::BadLayout => t("own_canvas.error.layout"),
                CanvasError::UntitledSlot(id) => slot("own_canvas.error.untitled_slot", id),
                CanvasError::TwiceTheSlot(id) => slot("own_canvas.error.twice", id),
                CanvasError::Outside(id) => slot("own_canvas.error.outside", id),
                CanvasError::TakesNothing(id) => slot("own_canvas.error.takes_nothing", id),
                CanvasError::UnknownSlot(id) => slot("own_canvas.error.unknown_slot", id),
                CanvasError::Overlap(one, other) => tf(
                    "own_canvas.error.overlap",
                    &[("slot", one.as_str()), ("other", other.as_str())],
                ),
                CanvasError::UnknownKind(id, kind) => tf(
                    "own_canvas.error.unknown_kind",
                    &[("slot", id.as_str()), ("kind", kind.as_str())],
                ),
                CanvasError::BadAddress(url) => tf("own_canvas.error.address", &[("url", url)]),
                CanvasError::Unreadable { problem, .. } => {
                    tf("own_canvas.error.unreadable", &[("problem", problem)])
                }
                // Told above.
                CanvasError::Taken(_) => String::new(),
            },
        }
    }
}
