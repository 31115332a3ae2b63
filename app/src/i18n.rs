//! Words: every visible text comes from `locales/*.json`, in the language of this tab. A language is
//! fetched when it is first spoken.
//!
//! Invariant: reading a text inside a view subscribes to the language, so that a change of language
//! changes every word at once. A missing text shows its English text, or its key: never nothing.

mod format;
mod language;
mod pattern;
mod pseudo;
mod table;

pub use format::{date_time, day, decimal, money, number, relative_time};
pub use language::Language;

use crate::platform::assets::{self, AssetError};
use leptos::prelude::*;
use leptos::reactive::graph::Observer;

thread_local! {
    // Without an owner on purpose: the language outlives every component.
    static LANGUAGE: ArcRwSignal<Language> = ArcRwSignal::new(Language::English);
}

/// The language of this tab; read in a view, it subscribes.
pub fn language() -> Language {
    // Handlers ask too, and have nothing that could subscribe.
    let followed = Observer::get().is_some();
    LANGUAGE.with(|language| {
        if followed {
            language.get()
        } else {
            language.get_untracked()
        }
    })
}

/// Fetches what is missing of every language. Files name the catalogue's things in any language, and
/// export names them in English.
///
/// # Errors
///
/// A language is neither on this device nor can it be fetched now.
pub async fn load_all() -> Result<(), AssetError> {
    for language in Language::ALL {
        load(language).await?;
    }
    load_more().await
}

/// Fetches what a canvas does without of the languages that were spoken: the words for the kinds'
/// fields, for dialogs and for reviews. Whatever shows those waits for it.
///
/// # Errors
///
/// They are neither on this device nor can they be fetched now.
pub async fn load_more() -> Result<(), AssetError> {
    for language in table::not_whole() {
        // Two languages can share a file.
        if table::is_whole(language) {
            continue;
        }
        let texts = assets::text(&format!("more.{}", language.file())).await?;
        // It may have come by another way meanwhile.
        if !table::is_whole(language) {
            table::install_more(language, &texts);
        }
    }
    table::disguise_catalogue(language());
    Ok(())
}

/// Whether [`load_more`] has nothing to fetch for the language of this tab; read in a view, it follows
/// that language.
pub fn has_more() -> bool {
    table::is_whole(language())
}

async fn load(language: Language) -> Result<(), AssetError> {
    if !table::has(language) {
        let words = assets::text(&format!("words.{}", language.file())).await?;
        // It may have come by another way meanwhile.
        if !table::has(language) {
            table::install(language, &words);
        }
    }
    Ok(())
}

/// Changes the language of this tab and of the page's root element.
///
/// # Errors
///
/// The language is neither on this device nor can it be fetched now; the present one stays.
pub async fn speak(chosen: Language) -> Result<(), AssetError> {
    let had_more = table::any_whole();
    load(chosen).await?;
    if had_more {
        load_more().await?;
    }
    show(chosen);
    Ok(())
}

fn show(chosen: Language) {
    table::disguise_catalogue(chosen);
    if let Some(root) = document().document_element() {
        // A page without these attributes still works; nothing sensible is left to do on failure.
        let _ = root.set_attribute("lang", chosen.code());
        let _ = root.set_attribute("dir", chosen.direction());
    }
    LANGUAGE.with(|language| {
        if language.get_untracked() != chosen {
            language.set(chosen);
        }
    });
}

/// The text of `key`.
pub fn t(key: &str) -> String {
    table::lookup(language(), key)
}

/// The text of `key` with its placeholders filled: `{name}` by the value given for `name`.
pub fn tf(key: &str, arguments: &[(&str, &str)]) -> String {
    pattern::fill(&t(key), arguments)
}

/// The text of `key.one` or `key.other` for `n` things; `{n}` is the number as the language writes it.
pub fn tn(key: &str, n: usize) -> String {
    tnf(key, n, &[])
}

/// Like [`tn`], with more placeholders.
pub fn tnf(key: &str, n: usize, arguments: &[(&str, &str)]) -> String {
    let written = number(n);
    let mut all = vec![("n", written.as_str())];
    all.extend_from_slice(arguments);
    let form = if n == 1 { "one" } else { "other" };
    tf(&format!("{key}.{form}"), &all)
}
