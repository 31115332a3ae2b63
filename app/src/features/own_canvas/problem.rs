//! What is wrong with a canvas, in the language of this tab.

use domain::CanvasId;
use domain::catalogue::{CanvasError, Mistake};

use crate::features::canvas_problem;
use crate::i18n::{number, tf};

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
        match self {
            Self::Taken(id) => canvas_problem(&CanvasError::Taken(id.clone())),
            Self::OtherId(id) => tf("own_canvas.error.other_id", &[("id", id.as_str())]),
            Self::Canvas(error) => canvas_problem(error),
        }
    }
}
