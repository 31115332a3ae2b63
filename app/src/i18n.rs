//! Words: every visible text comes from `locales/*.json`, compiled in, in the language of this tab.
//!
//! Invariant: reading a text inside a view subscribes to the language, so that a change of language
//! changes every word at once. A missing text shows its English text, or its key: never nothing.

mod format;
mod language;
mod pattern;
mod pseudo;
mod table;

pub use format::{date_time, number, relative_time};
pub use language::Language;

use leptos::prelude::*;

thread_local! {
    // Without an owner on purpose: the language outlives every component.
    static LANGUAGE: ArcRwSignal<Language> = ArcRwSignal::new(Language::English);
}

/// The language of this tab; read in a view, it subscribes.
pub fn language() -> Language {
    LANGUAGE.with(|language| language.get())
}

/// Changes the language of this tab and of the page's root element.
pub fn set_language(chosen: Language) {
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
