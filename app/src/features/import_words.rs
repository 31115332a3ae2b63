//! What an import tells, on the start page and in a workspace: why a file was refused, or what was
//! changed or left out of it. The first lines show, the rest unfolds.

use domain::interchange::Warning;
use leptos::prelude::*;

use super::warning_words;
use crate::i18n::{t, tn};

/// So many remarks are read at a glance.
const AT_ONCE: usize = 4;

/// Why a file was refused, and what to do: the first line of the reason, then what unfolds.
#[component]
pub(crate) fn Refusal(
    /// From [`import_problem`](super::import_problem), or in a line of its own.
    reason: String,
) -> impl IntoView {
    let mut lines = reason.lines().map(str::to_owned);
    let first = lines.next().unwrap_or_default();
    let rest: Vec<_> = lines.map(|line| view! { <li>{line}</li> }).collect();
    let unfolds = (!rest.is_empty()).then(|| {
        view! {
            <details class="import-more">
                <summary>{move || t("import.headings")}</summary>
                <ul class="import-warnings">{rest}</ul>
            </details>
        }
    });
    view! {
        <p>{first} " " {move || t("import.refused_more")}</p>
        {unfolds}
    }
}

/// What was changed or left out.
#[component]
pub(crate) fn Remarks(
    /// In the order of the file.
    warnings: Vec<Warning>,
) -> impl IntoView {
    let mut rows = warnings.into_iter().map(|warning| {
        view! { <li>{move || warning_words(&warning)}</li> }
    });
    let first: Vec<_> = rows.by_ref().take(AT_ONCE).collect();
    let rest: Vec<_> = rows.collect();
    let count = rest.len();
    let unfolds = (count > 0).then(|| {
        view! {
            <details class="import-more">
                <summary>{move || tn("import.more_places", count)}</summary>
                <ul class="import-warnings">{rest}</ul>
            </details>
        }
    });
    view! {
        <ul class="import-warnings">{first}</ul>
        {unfolds}
    }
}
