//! The texts of each language, read from their JSON when first needed.
//!
//! Invariant: a locale file is a flat object of strings; a test holds every file to the same keys
//! and placeholders, so that falling back to English is a safety net and not a way of working.

use super::{Language, pseudo};
use std::{cell::OnceCell, collections::HashMap};

type Table = HashMap<String, String>;

thread_local! {
    static ENGLISH: OnceCell<Table> = const { OnceCell::new() };
    static GERMAN: OnceCell<Table> = const { OnceCell::new() };
    static SPANISH: OnceCell<Table> = const { OnceCell::new() };
}

/// The text of `key` in `language`; in English when it is missing there; the key itself at worst.
pub(super) fn lookup(language: Language, key: &str) -> String {
    let translated = match language {
        Language::English | Language::Pseudo => None,
        Language::German => {
            GERMAN.with(|table| read(table, include_str!("../../locales/de.json"), key))
        }
        Language::Spanish => {
            SPANISH.with(|table| read(table, include_str!("../../locales/es.json"), key))
        }
    };
    let english = || ENGLISH.with(|table| read(table, include_str!("../../locales/en.json"), key));
    match translated.or_else(english) {
        Some(text) if language == Language::Pseudo => pseudo::disguise(&text),
        Some(text) => text,
        None => key.to_owned(),
    }
}

fn read(table: &OnceCell<Table>, json: &str, key: &str) -> Option<String> {
    // The files are compiled in and checked by a test; an unreadable one falls back like a missing text.
    table
        .get_or_init(|| serde_json::from_str(json).unwrap_or_default())
        .get(key)
        .cloned()
}
