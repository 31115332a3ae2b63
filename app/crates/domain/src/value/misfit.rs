//! What is wrong with a value, in words for the person who entered it.

use std::fmt;

use crate::FieldValue;
use crate::localised::{in_marks, written};

/// A scalar that its field cannot be read from: what was found, what is expected, an example.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct Misfit {
    /// The key of the message, such as `misfit.date`, under which an interface keeps its words.
    pub key: &'static str,
    /// What its placeholders for what is expected stand for, by their names.
    pub expected: Vec<(&'static str, String)>,
    /// What was found.
    pub found: FieldValue,
}

/// So many letters of a long text are enough to know it by.
const SHOWN: usize = 60;

/// The English words of every message.
const MESSAGES: [(&str, &str); 18] = [
    (
        "misfit.flag",
        "expected yes or no (true or false), found {found}",
    ),
    ("misfit.text", "expected text, found {found}"),
    (
        "misfit.number",
        "expected a number such as {example}, found {found}",
    ),
    (
        "misfit.separators",
        "expected numbers written like {example}, found {found}",
    ),
    (
        "misfit.answers",
        "expected ten answers from 1 to 5 such as {example}, found {found}",
    ),
    (
        "misfit.counts",
        "expected whole numbers such as {example}, found {found}",
    ),
    ("misfit.earlier", "expected {limit} or later, found {found}"),
    ("misfit.whole", "expected a whole number, found {found}"),
    ("misfit.minimum", "expected at least {limit}, found {found}"),
    ("misfit.maximum", "expected at most {limit}, found {found}"),
    (
        "misfit.quantity",
        "expected a number or low..likely..high such as {example}, found {found}",
    ),
    (
        "misfit.money",
        "expected an amount such as {example}, found {found}",
    ),
    (
        "misfit.currency",
        "expected a currency in use such as EUR (ISO 4217) instead of {code}, found {found}",
    ),
    (
        "misfit.date",
        "expected a day of the calendar such as {example}, found {found}",
    ),
    ("misfit.choice", "expected one of {options}, found {found}"),
    (
        "misfit.scale",
        "expected one of the steps {options}, found {found}",
    ),
    (
        "misfit.id",
        "expected the id of an entity or of a person, found {found}",
    ),
    ("misfit.colour", "expected one of {options}, found {found}"),
];

impl Misfit {
    /// Every message's key with its English words; placeholders stand in braces.
    #[must_use]
    pub fn messages() -> &'static [(&'static str, &'static str)] {
        &MESSAGES
    }

    /// What the message's placeholders stand for in that language, by their names. The last is what
    /// was found: its own braces must not be filled in.
    #[must_use]
    pub fn parts(&self, language: &str) -> Vec<(&'static str, String)> {
        let found = match &self.found {
            FieldValue::Flag(flag) => flag.to_string(),
            FieldValue::Number(number) => written(*number, language),
            FieldValue::Text(text) => {
                let mut shown: String = text.chars().take(SHOWN).collect();
                if shown.len() < text.len() {
                    shown.push('…');
                }
                in_marks(&shown, language)
            }
        };
        let expected = self.expected.iter().cloned();
        expected.chain([("found", found)]).collect()
    }
}

/// The English words.
impl fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = MESSAGES.iter().find(|(key, _)| *key == self.key);
        let mut words = message.map_or(self.key, |(_, words)| words).to_owned();
        for (name, part) in self.parts("en") {
            words = words.replacen(&format!("{{{name}}}"), &part, 1);
        }
        formatter.write_str(&words)
    }
}
