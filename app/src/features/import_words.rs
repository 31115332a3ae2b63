//! What an import tells, on the start page and in a workspace: why a file was refused, or what was
//! changed or left out of it. The first lines show, the rest unfolds.

use domain::interchange::{Complaint, Line, Piece, Warning, headings};
use domain::{CanvasId, ImportError, catalogue};
use leptos::prelude::*;

use super::{flaw_words, misfit_words, title_of};
use crate::i18n::{language, number, t, tf, tn, tnf};

/// So many remarks are read at a glance.
const AT_ONCE: usize = 4;

/// Why a file was refused, and what to do: the first line of the reason, then what unfolds.
#[component]
pub(crate) fn Refusal(
    /// From [`import_problem`], or in a line of its own.
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

/// What an import tells about a file that it took.
pub(crate) fn warning_words(warning: &Warning) -> String {
    let reason = warning.misfit.as_ref().map(misfit_words);
    let flaw = warning.flaw.as_ref().map(flaw_words);
    let canvas = |part: &str| {
        let id = CanvasId::from(part);
        title_of(catalogue::canvas(&id), &id)
    };
    let parts: Vec<(&str, String)> = warning
        .parts
        .iter()
        .map(|(name, part)| match *name {
            "canvas" => ("canvas", canvas(part)),
            name => (name, part.clone()),
        })
        .chain(reason.map(|reason| ("reason", reason)))
        .chain(flaw.map(|flaw| ("flaw", flaw)))
        .collect();
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, part)| (*name, part.as_str()))
        .collect();
    let words = match warning.count {
        Some(count) => tnf(warning.key, count, &parts),
        None => tf(warning.key, &parts),
    };
    let Some(Line {
        table,
        number: line,
    }) = &warning.line
    else {
        return words;
    };
    let (key, table) = match table {
        None => ("import.warning.at", ""),
        Some(table) => ("import.warning.in_table", table.as_str()),
    };
    let line = number(*line);
    tf(
        key,
        &[("table", table), ("line", &line), ("warning", &words)],
    )
}

/// What is wrong in detail, or where.
pub(crate) fn complaint_words(complaint: &Complaint) -> String {
    let parts: Vec<(&str, String)> = complaint
        .parts
        .iter()
        .map(|(name, piece)| match piece {
            Piece::Text(text) => (*name, text.clone()),
            Piece::Phrase(phrase) => (*name, complaint_words(phrase)),
        })
        .collect();
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, part)| (*name, part.as_str()))
        .collect();
    tf(complaint.key, &parts)
}

fn all_words(complaints: &[Complaint], separator: &str) -> String {
    let words: Vec<String> = complaints.iter().map(complaint_words).collect();
    words.join(separator)
}

/// What is wrong with a file's content, and what to do, in one line; in further lines what could have
/// been read.
pub(crate) fn import_problem(error: &ImportError) -> String {
    let n = |count: usize| number(count);
    match error {
        ImportError::Empty => t("import.error.empty"),
        ImportError::TooLarge { megabytes, limit } => tf(
            "import.error.too_large",
            &[("n", &n(*megabytes)), ("limit", &n(*limit))],
        ),
        ImportError::Utf16 => t("import.error.utf16"),
        ImportError::NotText { line } => tf("import.error.not_text", &[("line", &n(*line))]),
        ImportError::JsonSyntax {
            line,
            column,
            problem,
        } => tf(
            "import.error.json_syntax",
            &[
                ("line", &n(*line)),
                ("column", &n(*column)),
                ("problem", &complaint_words(problem)),
            ],
        ),
        ImportError::TooDeep { line, column } => tf(
            "import.error.too_deep",
            &[("line", &n(*line)), ("column", &n(*column))],
        ),
        ImportError::UnknownXml { found } => tf("import.error.unknown_xml", &[("found", found)]),
        ImportError::UnknownJson { found } => tf(
            "import.error.unknown_json",
            &[("found", &complaint_words(found))],
        ),
        ImportError::NewerVersion { .. } => t("import.error.newer_version"),
        ImportError::Invalid {
            line,
            place,
            problem,
        } if place.is_empty() => tf(
            "import.error.invalid_line",
            &[("line", &n(*line)), ("problem", &complaint_words(problem))],
        ),
        ImportError::Invalid {
            line,
            place,
            problem,
        } => tf(
            "import.error.invalid",
            &[
                ("line", &n(*line)),
                ("place", &all_words(place, ", ")),
                ("problem", &complaint_words(problem)),
            ],
        ),
        ImportError::NoSlotHeading { found } => {
            let found = complaint_words(found);
            let words = tf("import.error.no_slot_heading", &[("found", &found)]);
            let looked_for = headings(language().code());
            format!("{words}\n{}", all_words(&looked_for, "\n"))
        }
        ImportError::EmptyTable => t("import.error.empty_table"),
        ImportError::UnknownTable { found } => {
            tf("import.error.unknown_table", &[("found", found)])
        }
        ImportError::NoNotes { items } => tn("import.error.no_notes", *items),
        // A problem that is younger than this list is told in the domain's own words.
        other => other.to_string(),
    }
}
