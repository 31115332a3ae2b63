//! The texts of each language, kept from when they were loaded.
//!
//! Invariant: a locale file is a flat object of strings; a test holds every file to the same keys
//! and placeholders, so that falling back to English is a safety net and not a way of working.

use super::{Language, pseudo};
use serde::Deserialize;
use std::{cell::RefCell, collections::HashMap};

/// A file `words.<language>` as the bundler makes it.
#[derive(Deserialize)]
struct Words {
    /// By key.
    interface: HashMap<String, String>,
    /// The texts of the catalogue, by number.
    catalogue: Vec<String>,
}

/// A file `more.<language>`: the rest of the texts.
#[derive(Deserialize)]
struct More {
    /// By key.
    interface: HashMap<String, String>,
    /// The rest of the texts of the catalogue; their numbers follow on.
    catalogue: Vec<String>,
}

thread_local! {
    /// By the language's file.
    static TABLES: RefCell<Vec<(&'static str, HashMap<String, String>)>> = RefCell::default();
    /// The files of the languages that have the rest of the texts too.
    static WHOLE: RefCell<Vec<&'static str>> = RefCell::default();
}

/// Whether the language's texts are there.
pub(super) fn has(language: Language) -> bool {
    TABLES.with_borrow(|tables| tables.iter().any(|(file, _)| *file == language.file()))
}

/// Reads a language's file; the catalogue's texts go to the catalogue. A file that does not read
/// leaves the language without texts: the bundler writes none such.
pub(super) fn install(language: Language, json: &str) {
    let Ok(words) = serde_json::from_str::<Words>(json) else {
        return;
    };
    domain::localised::install(language.file(), words.catalogue);
    TABLES.with_borrow_mut(|tables| tables.push((language.file(), words.interface)));
}

/// Disguises the catalogue's texts too, as far as they are there, once the pseudo-language is spoken;
/// only those who make the app can choose it.
pub(super) fn disguise_catalogue(chosen: Language) {
    if !cfg!(debug_assertions) || chosen != Language::Pseudo {
        return;
    }
    let [first, more] = domain::localised::texts(chosen.file()).map(|texts| {
        let disguised = texts.iter().map(|text| pseudo::disguise(text));
        disguised.collect::<Vec<_>>()
    });
    domain::localised::install(chosen.code(), first);
    domain::localised::install_more(chosen.code(), more);
}

/// Whether the rest of the texts is there in that language.
pub(super) fn is_whole(language: Language) -> bool {
    WHOLE.with_borrow(|whole| whole.contains(&language.file()))
}

/// Whether the rest of the texts is there in any language.
pub(super) fn any_whole() -> bool {
    WHOLE.with_borrow(|whole| !whole.is_empty())
}

/// The languages whose texts are there, without the rest.
pub(super) fn not_whole() -> Vec<Language> {
    let all = Language::ALL.into_iter();
    all.filter(|one| has(*one) && !is_whole(*one)).collect()
}

/// Reads a language's file `more.<language>`.
pub(super) fn install_more(language: Language, json: &str) {
    let Ok(more) = serde_json::from_str::<More>(json) else {
        return;
    };
    domain::localised::install_more(language.file(), more.catalogue);
    TABLES.with_borrow_mut(|tables| {
        let mut tables = tables.iter_mut();
        if let Some((_, table)) = tables.find(|(file, _)| *file == language.file()) {
            table.extend(more.interface);
        }
    });
    WHOLE.with_borrow_mut(|whole| whole.push(language.file()));
}

/// The text of `key` in `language`; in English when it is missing there; the key itself at worst.
pub(super) fn lookup(language: Language, key: &str) -> String {
    let text = TABLES.with_borrow(|tables| {
        [language, Language::English]
            .into_iter()
            .find_map(|language| {
                let (_, table) = tables.iter().find(|(file, _)| *file == language.file())?;
                table.get(key).cloned()
            })
    });
    match text {
        Some(text) if language == Language::Pseudo => pseudo::disguise(&text),
        Some(text) => text,
        None => key.to_owned(),
    }
}
