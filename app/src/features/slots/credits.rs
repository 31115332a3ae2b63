//! Whose work a canvas is: author, source and licence, legible below it, also on paper.

use domain::catalogue::CanvasRef;
use leptos::prelude::*;

use crate::i18n::{t, tf};

/// The credits of a canvas.
#[component]
pub(super) fn Credits(
    /// The canvas.
    canvas: CanvasRef,
) -> impl IntoView {
    let (source, licence) = (canvas.source.clone(), canvas.licence.clone());
    let author = canvas.author.clone();
    // A canvas of one's own need not say whose work it is.
    let author = (!author.is_empty()).then(|| {
        view! { <p>{move || tf("slots.credit_author", &[("author", &author)])}</p> }
    });
    let source = (!source.title.is_empty()).then(|| {
        view! { <p>{move || t("slots.credit_source")} " " {linked(source.title, source.url, "noopener")}</p> }
    });
    let named = (!licence.name.is_empty()).then(|| {
        view! { <p>{move || t("slots.credit_licence")} " " {linked(licence.name, licence.url, "noopener license")}</p> }
    });
    view! {
        <footer class="slots-credits">
            {author}
            {source}
            {named}
            <p>{licence.attribution}</p>
        </footer>
    }
}

/// Words that lead to a page; a canvas of one's own may give no address.
pub(super) fn linked(words: String, url: String, relation: &'static str) -> AnyView {
    if url.is_empty() {
        return words.into_any();
    }
    view! { <a href=url target="_blank" rel=relation>{words}</a> }.into_any()
}
