//! What is wrong with a canvas of one's own, in the language of this tab.

use domain::SlotId;
use domain::catalogue::{CanvasError, Flaw, Wrong};

use super::complaint_words;
use crate::i18n::{number, t, tf};

/// Why a canvas of one's own cannot be used.
pub(crate) fn canvas_problem(error: &CanvasError) -> String {
    let slot = |key: &str, slot: &SlotId| tf(key, &[("slot", slot.as_str())]);
    match error {
        CanvasError::Taken(id) => tf("own_canvas.error.taken", &[("id", id.as_str())]),
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
        CanvasError::UnknownFigure(id) => tf("own_canvas.error.unknown_figure", &[("id", id)]),
        CanvasError::BadAddress(url) => tf("own_canvas.error.address", &[("url", url)]),
        // What the reader says is English; whoever edits the text is told every flaw in words.
        CanvasError::Unreadable { line, .. } => tf(
            "own_canvas.error.unreadable",
            &[("line", &line.to_string())],
        ),
    }
}

/// One thing that is wrong with a canvas that somebody writes, and where it stands in its text.
pub(crate) fn flaw_words(flaw: &Flaw) -> String {
    let words = match &flaw.what {
        Wrong::Shape(complaint) => complaint_words(complaint),
        Wrong::Sense(error) => canvas_problem(error),
    };
    placed_flaw(flaw.line, &flaw.field, &words)
}

/// What is wrong in a line and a member of a canvas's text.
pub(crate) fn placed_flaw(line: usize, field: &str, problem: &str) -> String {
    let line = number(line);
    if field.is_empty() {
        return tf(
            "own_canvas.where_line",
            &[("line", &line), ("problem", problem)],
        );
    }
    tf(
        "own_canvas.where",
        &[("line", &line), ("field", field), ("problem", problem)],
    )
}
