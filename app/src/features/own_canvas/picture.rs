//! How a canvas would lie, while it is being written; what it still lacks, otherwise.

use leptos::prelude::*;

use super::draft::Draft;
use crate::i18n::{language, t, tn};

/// The slots on their grid, by name. It is not announced: every letter would be.
#[component]
pub(super) fn Picture(
    /// The text.
    draft: Draft,
) -> impl IntoView {
    let content = move || match draft.reading.get() {
        Ok(canvas) => {
            let code = language().code();
            let slots = canvas.slots.iter().map(|slot| {
                let area = format!(
                    "--column:{}/span {};--row:{}/span {}",
                    slot.area.column, slot.area.column_span, slot.area.row, slot.area.row_span
                );
                view! { <li style=area>{slot.title.text(code).to_owned()}</li> }
            });
            let grid = format!(
                "--columns:{};--rows:{}",
                canvas.layout.columns, canvas.layout.rows
            );
            let title = canvas.title.text(code).to_owned();
            let count = tn("own_canvas.slots", canvas.slots.len());
            view! {
                <p class="own-canvas-name">{title} " " <span class="ui-hint">{count}</span></p>
                <ul role="list" style=grid>{slots.collect_view()}</ul>
            }
            .into_any()
        }
        // It is said in so many words already.
        Err(_) if draft.told().is_some() => ().into_any(),
        Err(problem) => {
            let words = draft.text.with_untracked(|text| problem.words(text));
            view! { <p class="ui-hint">{words}</p> }.into_any()
        }
    };
    view! {
        <section class="own-canvas-picture" aria-label=move || t("own_canvas.picture")>{content}</section>
    }
}
