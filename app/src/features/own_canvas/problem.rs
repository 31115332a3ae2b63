//! What is wrong with a canvas, in the language of this tab.

use domain::CanvasId;
use domain::catalogue::{CanvasError, Mistake, flaws};

use crate::features::{canvas_problem, flaw_words, placed_flaw};
use crate::i18n::tf;

/// Why a text cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Problem {
    /// It is no canvas, or one that contradicts itself.
    Canvas(CanvasError),
    /// It names what there is not, without harm.
    Flawed,
    /// The workspace has another canvas of that id.
    Taken(CanvasId),
    /// A canvas that is edited keeps its id.
    OtherId(CanvasId),
}

impl Problem {
    /// The line in which the text is to be mended first.
    pub(super) fn line(&self, text: &str) -> usize {
        match self {
            Self::Canvas(error) => match flaws(text).first() {
                Some(flaw) => flaw.line,
                None => error.find(text).line,
            },
            Self::Flawed => flaws(text).first().map_or(1, |flaw| flaw.line),
            Self::Taken(id) | Self::OtherId(id) => CanvasError::Taken(id.clone()).find(text).line,
        }
    }

    /// Everything that is wrong, each with where it stands.
    pub(super) fn words(&self, text: &str) -> Vec<String> {
        let at_id = |id: &CanvasId, words: String| {
            let Mistake { line, field } = CanvasError::Taken(id.clone()).find(text);
            vec![placed_flaw(line, &field, &words)]
        };
        match self {
            Self::Taken(id) => at_id(id, canvas_problem(&CanvasError::Taken(id.clone()))),
            Self::OtherId(id) => {
                let words = tf("own_canvas.error.other_id", &[("id", id.as_str())]);
                at_id(id, words)
            }
            Self::Canvas(_) | Self::Flawed => flaws(text).iter().map(flaw_words).collect(),
        }
    }
}
