//! Figures that a decision keeps, in words: like those of today, but from what was written down.

use domain::decision::{Kept, KeptValue};
use domain::figure;
use leptos::prelude::*;
use workspace::Session;

use super::{certainty, first_line, note_words, with_unit};
use crate::i18n::{language, tf};

/// What a kept figure is called; its id when this version has no such figure.
pub(crate) fn kept_title(kept: &Kept) -> String {
    let kind = figure::kinds()
        .into_iter()
        .find(|kind| kind.id == kept.figure);
    kind.map_or_else(
        || kept.figure.clone(),
        |kind| kind.title(language().code()).to_owned(),
    )
}

/// The value with its unit and its sample.
pub(crate) fn kept_value(kept: &Kept) -> String {
    let unit = kept.unit.as_str();
    let value = match &kept.value {
        KeptValue::Number(value) => with_unit(*value, unit),
        KeptValue::Range { low, likely, high } => {
            let (low, high) = (with_unit(*low, unit), with_unit(*high, unit));
            let range = tf("figures.interval", &[("low", &low), ("high", &high)]);
            format!("{} ({range})", with_unit(*likely, unit))
        }
        KeptValue::Word(word) => {
            let kinds = figure::kinds();
            let kind = kinds.into_iter().find(|kind| kind.id == kept.figure);
            kind.map_or_else(|| word.clone(), |kind| kind.name(word, language().code()))
        }
    };
    let words: Vec<String> = std::iter::once(value)
        .chain(certainty(kept.interval, kept.n, unit))
        .collect();
    words.join(" · ")
}

/// Kept figures in tables, one for each entity; `row` draws a figure's cells behind its name.
pub(crate) fn kept_tables(
    session: &Session,
    kept: &[Kept],
    columns: &[String],
    row: impl Fn(&Kept) -> AnyView,
) -> AnyView {
    let mut tables: Vec<AnyView> = Vec::new();
    for of_entity in kept.chunk_by(|one, other| one.entity == other.entity) {
        let words = of_entity
            .first()
            .map(|first| note_words(session, &first.entity))
            .unwrap_or_default();
        let words = first_line(&words);
        let rows: Vec<AnyView> = of_entity
            .iter()
            .map(|kept| {
                view! { <tr><th scope="row">{kept_title(kept)}</th>{row(kept)}</tr> }.into_any()
            })
            .collect();
        let heads = columns
            .iter()
            .map(|column| view! { <th scope="col">{column.clone()}</th> });
        tables.push(
            view! {
                <table class="kept">
                    <caption>{words}</caption>
                    <thead><tr><td></td>{heads.collect_view()}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any(),
        );
    }
    tables.into_any()
}
