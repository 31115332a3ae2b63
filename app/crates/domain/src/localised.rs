//! A text in several languages; English is always there.
//!
//! A text carries its words, or it is a number in the tables of texts that were installed for each
//! language: a browser downloads only the language in use, and of that the texts of the kinds' fields
//! after those that a canvas shows.

use std::fmt;
use std::sync::{PoisonError, RwLock};

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

/// The language that every text of the catalogue has.
pub const FALLBACK: &str = "en";

/// The texts of a language: those that come first, and those whose numbers follow on them.
type Table = [&'static [String]; 2];

/// The languages whose tables are installed, with their tables.
static TABLES: RwLock<Vec<(String, Table)>> = RwLock::new(Vec::new());

/// The one in that language of a text in English, German and Spanish; in English for all others.
pub(crate) fn pick<T>([english, german, spanish]: [T; 3], language: &str) -> T {
    match language.split(['-', '_']).next().unwrap_or(FALLBACK) {
        "de" => german,
        "es" => spanish,
        _ => english,
    }
}

/// A number in full, with the decimal mark of that language.
pub(crate) fn written(number: f64, language: &str) -> String {
    let mark = pick([".", ",", ","], language);
    number.to_string().replace('.', mark)
}

/// A text of somebody's own in the quotation marks of that language.
pub(crate) fn in_marks(text: &str, language: &str) -> String {
    let [before, after] = pick([["“", "”"], ["„", "“"], ["«", "»"]], language);
    [before, text, after].concat()
}

/// The texts of the line of that name in a table: a line a name, with tabs between it and its texts.
pub(crate) fn row<const N: usize>(table: &'static str, name: &str) -> Option<[&'static str; N]> {
    let mut lines = table.lines();
    let texts = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix('\t'))?;
    let mut texts = texts.split('\t');
    let row = [(); N].map(|()| texts.next().unwrap_or_default());
    Some(row)
}

/// The text of the line of that name in a table of English, German and Spanish.
pub(crate) fn known(table: &'static str, name: &str, language: &str) -> Option<&'static str> {
    Some(pick(row(table, name)?, language))
}

/// Puts the parts in the place of `{0}`, `{1}`, …: from left to right, so that braces in a part
/// stay what they are.
pub(crate) fn fill(pattern: &str, parts: &[String]) -> String {
    let mut pieces = pattern.split('{');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once('}').unwrap_or((piece, ""));
        let number: Option<usize> = number.parse().ok();
        let part = number.and_then(|number| parts.get(number));
        text.push_str(part.map_or("", String::as_str));
        text.push_str(rest);
    }
    text
}

/// A map from language tag (`en`, `de`, `es`) to text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localised(Texts);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Texts {
    Own(Vec<(String, String)>),
    InTables(usize),
}

/// Makes a language known to every text that is a number in the tables. A language is installed
/// once: a second table of the same language changes nothing. Tables are kept for ever.
pub fn install(language: &str, texts: Vec<String>) {
    let mut tables = TABLES.write().unwrap_or_else(PoisonError::into_inner);
    if !tables.iter().any(|(tag, _)| tag == language) {
        tables.push((language.to_owned(), [texts.leak(), &[]]));
    }
}

/// Adds the texts whose numbers follow on those of [`install`]. Once, too; a language that is not
/// installed has nothing for them to follow on.
pub fn install_more(language: &str, texts: Vec<String>) {
    let mut tables = TABLES.write().unwrap_or_else(PoisonError::into_inner);
    let table = tables.iter_mut().find(|(tag, _)| tag == language);
    if let Some((_, [_, more])) = table.filter(|(_, [_, more])| more.is_empty()) {
        *more = texts.leak();
    }
}

/// All texts that are installed for a language: those of [`install`], and those of [`install_more`].
#[must_use]
pub fn texts(language: &str) -> [&'static [String]; 2] {
    let tables = TABLES.read().unwrap_or_else(PoisonError::into_inner);
    let table = tables.iter().find(|(tag, _)| tag == language);
    table.map_or([&[], &[]], |(_, [first, more])| [*first, *more])
}

/// The text of that number.
fn numbered([first, more]: &Table, number: usize) -> Option<&'static str> {
    let text = match number.checked_sub(first.len()) {
        None => first.get(number),
        Some(behind) => more.get(behind),
    };
    text.map(String::as_str)
}

impl Localised {
    /// The text in `language`, else in its base language (`de` for `de-AT`), else in English, else
    /// in any.
    #[must_use]
    pub fn text(&self, language: &str) -> &str {
        let base = language.split(['-', '_']).next().unwrap_or_default();
        let texts = self.all();
        [language, base, FALLBACK]
            .into_iter()
            .find_map(|tag| texts.iter().find(|(known, _)| *known == tag))
            // Whichever order they were read in.
            .or_else(|| texts.iter().min())
            .map_or("", |(_, text)| text)
    }

    /// The text of that number in the tables.
    pub(crate) fn numbered(number: usize) -> Self {
        Self(Texts::InTables(number))
    }

    /// Whether it carries its words itself, rather than a number in the tables.
    #[must_use]
    pub fn is_written(&self) -> bool {
        matches!(self.0, Texts::Own(_))
    }

    /// The languages that have a text.
    pub fn languages(&self) -> impl Iterator<Item = String> {
        self.all().into_iter().map(|(tag, _)| tag)
    }

    /// The text in every language that has one.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.all().into_iter().map(|(_, text)| text)
    }

    fn all(&self) -> Vec<(String, &str)> {
        match &self.0 {
            Texts::Own(texts) => texts
                .iter()
                .map(|(tag, text)| (tag.clone(), text.as_str()))
                .collect(),
            Texts::InTables(number) => TABLES
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .iter()
                .filter_map(|(tag, table)| Some((tag.clone(), numbered(table, *number)?)))
                .collect(),
        }
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Localised {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(texts: I) -> Self {
        let own = |(tag, text): (&str, &str)| (tag.to_owned(), text.to_owned());
        Self(Texts::Own(texts.into_iter().map(own).collect()))
    }
}

/// A text is written as a map from language to words, as words alone, which count as English, or as
/// its number in the tables.
impl<'de> Deserialize<'de> for Localised {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Localised;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a map from language to text, a text, or a number")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Localised, E> {
        let number = usize::try_from(number).map_err(E::custom)?;
        Ok(Localised::numbered(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Localised, E> {
        Ok(Localised::from_iter([(FALLBACK, text)]))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Localised, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = map.next_entry()? {
            texts.push(text);
        }
        Ok(Localised(Texts::Own(texts)))
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
        let plain: Localised = serde_json::from_str("\"Channels\"").unwrap();
        assert_eq!(plain.text("de"), "Channels");
    }

    #[test]
    fn a_number_is_looked_up_in_the_tables_of_the_languages_that_are_installed() {
        let title: Localised = serde_json::from_str("1").unwrap();
        assert_eq!(title.text("de"), "");

        install("de", vec!["Kosten".into(), "Kanäle".into()]);
        assert_eq!(title.text("en"), "Kanäle", "the only one there is");
        install("en", vec!["Costs".into(), "Channels".into()]);
        install("en", vec!["A second table".into()]);

        assert_eq!(title.text("de-AT"), "Kanäle");
        assert_eq!(title.text("fr"), "Channels");
        assert_eq!(title.texts().collect::<Vec<_>>(), ["Kanäle", "Channels"]);

        let help: Localised = serde_json::from_str("2").unwrap();
        assert_eq!(help.text("de"), "");
        install_more("de", vec!["Wege".into()]);
        install_more("de", vec!["A second table".into()]);
        install_more("es", vec!["Nothing to follow on".into()]);
        assert_eq!(help.texts().collect::<Vec<_>>(), ["Wege"]);
        assert_eq!(title.text("de"), "Kanäle");
    }

    #[test]
    fn what_is_neither_a_map_nor_a_text_nor_a_number_is_refused() {
        for text in ["-1", "[]", "{\"en\": 1}"] {
            assert!(serde_json::from_str::<Localised>(text).is_err(), "{text}");
        }
    }
}
