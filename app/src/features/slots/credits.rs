//! Whose work a canvas is: author, source and licence, legible below it, also on paper.

use domain::catalogue::Canvas;
use leptos::prelude::*;

use crate::i18n::{t, tf};

/// The credits of a canvas.
#[component]
pub(super) fn Credits(
    /// The canvas.
    canvas: &'static Canvas,
) -> impl IntoView {
    let source = &canvas.source;
    let licence = &canvas.licence;
    view! {
        <footer class="slots-credits">
            <p>{move || tf("slots.credit_author", &[("author", &canvas.author)])}</p>
            <p>
                {move || t("slots.credit_source")} " "
                <a href=source.url.clone() target="_blank" rel="noopener">{source.title.clone()}</a>
            </p>
            <p>
                {move || t("slots.credit_licence")} " "
                <a href=licence.url.clone() target="_blank" rel="noopener license">{licence.name.clone()}</a>
            </p>
            <p>{licence.attribution.clone()}</p>
        </footer>
    }
}
