//! A text in several languages; English is always there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::compact;

/// The language that every text of the catalogue has.
pub const FALLBACK: &str = "en";

/// A map from language tag (`en`, `de`, `es`) to text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localised(BTreeMap<String, String>);

impl Localised {
    /// The text in `language`, else in its base language (`de` for `de-AT`), else in English.
    #[must_use]
    pub fn text(&self, language: &str) -> &str {
        let base = language.split(['-', '_']).next().unwrap_or_default();
        [language, base, FALLBACK]
            .into_iter()
            .find_map(|tag| self.0.get(tag))
            .map_or("", String::as_str)
    }

    /// The languages that have a text.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The text in every language that has one.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Localised {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(texts: I) -> Self {
        let own = |(tag, text): (&str, &str)| (tag.to_owned(), text.to_owned());
        Self(compact::gather(texts.into_iter().map(own)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, expected: &str) {
        let title: Localised = [("en", "Channels"), ("de", "Kanäle")].into_iter().collect();
        assert_eq!(title.text(language), expected);
    }

    #[test]
    fn a_missing_language_falls_back_to_its_base_and_then_to_english() {
        check("de", "Kanäle");
        check("de-AT", "Kanäle");
        check("fr", "Channels");
        check("", "Channels");
    }
}
