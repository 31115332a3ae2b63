//! The views over everything at once, which are no canvases: Findings and Four questions. Their
//! code, and with it that of all checks and figures, comes when one is first shown.

use domain::CanvasId;
use futures_util::FutureExt;
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use workspace::Session;

use super::piece::Piece;
use crate::features::findings::FindingsView;
use crate::features::part_missing;
use crate::features::questions::QuestionsView;
use crate::ui::install_icons;

/// The ends of their addresses.
pub(super) const FINDINGS: &str = "findings";
pub(super) const QUESTIONS: &str = "four-questions";

/// What a review is called, as the key of its words; nothing for any other view.
pub(super) fn title_key(view: &CanvasId) -> Option<&'static str> {
    match view.as_str() {
        FINDINGS => Some("views.findings"),
        QUESTIONS => Some("views.questions"),
        _ => None,
    }
}

/// The review of that id; nothing while its code is on its way.
#[component]
pub(super) fn Review(
    /// Which one.
    view: CanvasId,
    /// The session, which tells when the code cannot be had.
    session: Session,
    /// The id of the heading, which names the main region.
    heading: &'static str,
) -> impl IntoView {
    let piece = Piece::new();
    move || {
        let tell = part_missing(&session);
        if !piece.is_here(fetch_review(), move || tell()) {
            return None;
        }
        // With its code here, the future is done at once.
        draw(view.clone(), heading).now_or_never()?.ok()
    }
}

/// The view itself.
#[wasm_split(review, fallible, preload(fetch_review))]
fn draw(view: CanvasId, heading: &'static str) -> Result<AnyView, SplitLoaderError> {
    install_icons();
    Ok(if view.as_str() == FINDINGS {
        view! { <FindingsView heading=heading/> }.into_any()
    } else {
        view! { <QuestionsView heading=heading/> }.into_any()
    })
}
