//! The text that is being written, and what was said about it.

use domain::catalogue::{Canvas, flaws, read_own};
use domain::{CanvasId, EntityId};
use leptos::html::Textarea;
use leptos::prelude::*;
use workspace::Session;

use super::problem::Problem;

/// A canvas on its way.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// Its text as it stands in the box, whether or not it can be read.
    pub(super) text: RwSignal<String>,
    /// The text that a file or a template has taken the place of.
    pub(super) replaced: RwSignal<Option<String>>,
    /// The box in which it is written.
    pub(super) area: NodeRef<Textarea>,
    /// What the text is, at every moment.
    pub(super) reading: Memo<Result<Canvas, Problem>>,
    /// The text that was refused last.
    refused: RwSignal<Option<String>>,
}

impl Draft {
    /// Begins with a text; `holder` is the entity whose canvas it becomes, if there is one.
    pub(super) fn new(session: Session, holder: Option<EntityId>, text: String) -> Self {
        let text = RwSignal::new(text);
        // The id stays whatever is written: the one that the text had at first.
        let id = text.with_untracked(|text| read_own(text).ok().map(|canvas| canvas.id));
        let kept = id.filter(|_| holder.is_some());
        Self {
            text,
            replaced: RwSignal::new(None),
            area: NodeRef::new(),
            reading: Memo::new(move |_| {
                let canvas = text.with(|text| read_own(text)).map_err(Problem::Canvas)?;
                fits(&session, holder.as_ref(), kept.as_ref(), &canvas.id)?;
                // What does no harm, whoever is writing can mend as well.
                if text.with(|text| !flaws(text).is_empty()) {
                    return Err(Problem::Flawed);
                }
                Ok(canvas)
            }),
            refused: RwSignal::new(None),
        }
    }

    /// Puts another text in its place; the old one can be taken back.
    pub(super) fn fill(self, text: String) {
        let before = self.text.get_untracked();
        if before != text {
            self.replaced
                .set(Some(before).filter(|before| !before.trim().is_empty()));
            self.text.set(text);
        }
    }

    /// The canvas, if it can be used; else it is told why not, and the caret goes there.
    pub(super) fn check(self) -> Option<Canvas> {
        match self.reading.get_untracked() {
            Ok(canvas) => Some(canvas),
            Err(problem) => {
                let text = self.text.get_untracked();
                self.go_to(&text, problem.line(&text));
                self.refused.set(Some(text));
                None
            }
        }
    }

    /// What was refused; nothing once the text is another.
    pub(super) fn told(self) -> Option<Problem> {
        let refused = self.refused.get();
        let is_it = self.text.with(|text| refused.as_ref() == Some(text));
        self.reading.get().err().filter(|_| is_it)
    }

    /// Chooses a line in the box and shows it.
    fn go_to(self, text: &str, line: usize) {
        let Some(area) = self.area.get_untracked() else {
            return;
        };
        let above = line.saturating_sub(1);
        let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
        let lines = text.split('\n').map(|line| units(line).saturating_add(1));
        let start: u32 = lines.clone().take(above).sum();
        let length = lines.clone().nth(above).unwrap_or(1).saturating_sub(1);
        // A part of the dialog that is folded shows nothing.
        if let Ok(Some(folded)) = area.closest("details") {
            let _ = folded.set_attribute("open", "");
        }
        // The box is on show, and the range within its text.
        let _ = area.focus();
        let _ = area.set_selection_range(start, start.saturating_add(length));
        let share = fraction(above, lines.count());
        let middle = f64::from(area.client_height()) / 2.0;
        #[expect(clippy::cast_possible_truncation, reason = "pixels fit an i32")]
        area.set_scroll_top((f64::from(area.scroll_height()) * share - middle) as i32);
    }
}

#[expect(clippy::cast_precision_loss, reason = "texts have few lines")]
fn fraction(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Whether an id can be had: not that of another canvas of the workspace, and for a canvas that is
/// there the one that it has.
fn fits(
    session: &Session,
    holder: Option<&EntityId>,
    kept: Option<&CanvasId>,
    id: &CanvasId,
) -> Result<(), Problem> {
    if let Some(kept) = kept.filter(|kept| *kept != id) {
        return Err(Problem::OtherId(kept.clone()));
    }
    let other = session.workspace().projection().own_canvas(id);
    match other.filter(|other| Some(&other.entity) != holder) {
        Some(_) => Err(Problem::Taken(id.clone())),
        None => Ok(()),
    }
}
