//! What is wrong with a file in detail, as a key and its parts, so that an interface can say it in
//! its own language.
//!
//! Invariant: every key has words in [`Complaint::messages`], and every placeholder of those words
//! has a part.

use std::fmt;

use serde_json::Value;

/// A phrase within an [`crate::ImportError`]: what is wrong, or where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The key of the message, such as `import.problem.expected`.
    pub key: &'static str,
    /// What the message's placeholders stand for, by their names.
    pub parts: Vec<(&'static str, Piece)>,
}

/// A part of a complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// What the file says, or a number.
    Text(String),
    /// Another phrase.
    Phrase(Complaint),
}

/// The English words of every message.
const MESSAGES: [(&str, &str); 56] = [
    ("import.found.empty_list", "it is an empty list"),
    (
        "import.found.empty_object",
        "it is an object without members",
    ),
    ("import.found.list", "it is a list of something else"),
    (
        "import.found.members",
        "its top level has the members {names}",
    ),
    ("import.found.value", "it is a single value"),
    ("import.place.column", "column {name}"),
    ("import.place.entity", "entity {name}"),
    ("import.place.field", "field {name}"),
    ("import.place.file", "the file"),
    ("import.place.item", "item {name}"),
    ("import.place.link", "link {name}"),
    ("import.place.person", "person {name}"),
    ("import.place.placement", "placement {name}"),
    ("import.place.tag", "element {name}"),
    ("import.place.table", "table {name}"),
    (
        "import.problem.cells",
        "there are more cells ({n}) than columns ({columns})",
    ),
    ("import.problem.empty", "it is missing"),
    (
        "import.problem.expected",
        "expected {expected}, found {found}",
    ),
    ("import.problem.missing", "{name} is missing"),
    (
        "import.problem.open_quote",
        "the quotation mark that opens the cell has no end",
    ),
    ("import.problem.open_tag", "it has no end"),
    (
        "import.problem.same_column",
        "another column has the same name",
    ),
    (
        "import.problem.same_entity",
        "the id {id} stands already in line {line}",
    ),
    (
        "import.problem.same_entity_in",
        "the id {id} stands already in line {line} of the table {table}",
    ),
    (
        "import.problem.same_link",
        "the id {id} stands already in line {line}",
    ),
    (
        "import.problem.same_person",
        "the id {id} stands already in line {line}",
    ),
    (
        "import.problem.unnamed",
        "the cell {found} stands under a column without a name",
    ),
    (
        "import.problem.twice",
        "it stands in line {line} already, and only one can count",
    ),
    (
        "import.problem.version",
        "expected 1, the version of the format, found {found}",
    ),
    ("import.shape.count", "a whole number, 0 or more"),
    ("import.shape.flag", "true or false"),
    ("import.shape.id", "an id (text)"),
    ("import.shape.list", "a list"),
    ("import.shape.milliseconds", "milliseconds since 1970"),
    ("import.shape.nothing", "nothing"),
    ("import.shape.number", "a number"),
    ("import.shape.object", "an object"),
    ("import.shape.text", "text"),
    ("import.shape.whole", "a whole number"),
    ("import.slots.none", " (it has no heading at all)"),
    ("import.slots.found", ": it has {names}"),
    ("import.slots.of", "For the canvas {canvas}: {slots}."),
    (
        "import.slots.others",
        "For others, name the canvas in a heading above: {canvases}.",
    ),
    ("import.syntax.after", "something stands behind its end"),
    ("import.syntax.colon", "expected a colon"),
    (
        "import.syntax.comma",
        "a comma stands before a closing bracket",
    ),
    (
        "import.syntax.control",
        "a text holds a line break or another control character",
    ),
    ("import.syntax.end", "it ends too early"),
    (
        "import.syntax.escape",
        "a text holds an escape that there is not",
    ),
    ("import.syntax.key", "expected a name in quotation marks"),
    (
        "import.syntax.next",
        "expected a comma or a closing bracket",
    ),
    ("import.syntax.number", "a number is written wrongly"),
    ("import.syntax.range", "a number is too large"),
    ("import.syntax.value", "expected a value"),
    ("own_canvas.error.one_of", "expected one of {names}"),
    (
        "own_canvas.error.unknown_member",
        "no canvas has a member of this name",
    ),
];

impl Complaint {
    /// A complaint without parts.
    pub(crate) fn new(key: &'static str) -> Self {
        Self {
            key,
            parts: Vec::new(),
        }
    }

    /// That a value of JSON has another shape than expected.
    pub(crate) fn expected(shape: &'static str, found: &Value) -> Self {
        let found = match found {
            Value::Null => "import.shape.nothing",
            Value::Bool(_) => "import.shape.flag",
            Value::Number(_) => "import.shape.number",
            Value::String(_) => "import.shape.text",
            Value::Array(_) => "import.shape.list",
            Value::Object(_) => "import.shape.object",
        };
        let what = Self::new("import.problem.expected");
        what.with_phrase("expected", shape)
            .with_phrase("found", found)
    }

    /// With a part that stands as it is.
    pub(crate) fn with(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.parts.push((name, Piece::Text(text.into())));
        self
    }

    /// With a part that is a phrase.
    pub(crate) fn with_phrase(mut self, name: &'static str, key: &'static str) -> Self {
        self.parts.push((name, Piece::Phrase(Self::new(key))));
        self
    }

    /// Every message's key with its English words; placeholders stand in braces.
    #[must_use]
    pub fn messages() -> &'static [(&'static str, &'static str)] {
        &MESSAGES
    }
}

/// The English words.
impl fmt::Display for Complaint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = MESSAGES.iter().find(|(known, _)| *known == self.key);
        // The words are taken apart, not the result: parts may hold braces of their own.
        let mut pieces = message.map_or(self.key, |(_, words)| words).split('{');
        formatter.write_str(pieces.next().unwrap_or_default())?;
        for piece in pieces {
            let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
            match self.parts.iter().find(|(known, _)| *known == name) {
                Some((_, Piece::Text(text))) => formatter.write_str(text)?,
                Some((_, Piece::Phrase(phrase))) => fmt::Display::fmt(phrase, formatter)?,
                None => {}
            }
            formatter.write_str(rest)?;
        }
        Ok(())
    }
}

/// Several phrases, in English.
pub(crate) fn joined(phrases: &[Complaint], separator: &str) -> String {
    let phrases: Vec<String> = phrases.iter().map(Complaint::to_string).collect();
    phrases.join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_stands_within_another() {
        let complaint = Complaint::new("import.problem.expected")
            .with_phrase("expected", "import.shape.list")
            .with("found", "{expected}");
        assert_eq!(complaint.to_string(), "expected a list, found {expected}");
    }
}
