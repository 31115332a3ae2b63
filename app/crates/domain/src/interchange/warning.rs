//! What an import tells about a file that it took: what it changed, left out or cannot make sense
//! of. A warning is a key and its parts, so that an interface can say it in its own language.
//!
//! Invariant: every key has words in [`MESSAGES`], and every placeholder of those words has a part.

use std::fmt;

use crate::catalogue::{self, Flaw};
use crate::value::Misfit;

/// The part that is the id of a canvas, for which messages say its title.
const CANVAS: &str = "canvas";

/// One remark about a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// The key of the message, such as `import.warning.rank`.
    pub key: &'static str,
    /// How often it happened, of those that are counted. Their messages come in two forms, under
    /// the key with `.one` and with `.other`, and say the number as `{n}`.
    pub count: Option<usize>,
    /// What the message's other placeholders stand for, by their names; `canvas` is the id of a
    /// canvas, of which the message says the title.
    pub parts: Vec<(&'static str, String)>,
    /// Why a value does not fit its field: what `{reason}` stands for.
    pub misfit: Option<Misfit>,
    /// What is wrong with a canvas of one's own: what `{flaw}` stands for.
    pub flaw: Option<Flaw>,
    /// Where in the file, if that is known. Then the whole stands as `{warning}` in the message
    /// `import.warning.at`, or of several tables in `import.warning.in_table`.
    pub line: Option<Line>,
}

/// A line of a file, or of one of several tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The table's name, of several.
    pub table: Option<String>,
    /// The number of the line, from 1.
    pub number: usize,
}

/// The English words of every message.
const MESSAGES: [(&str, &str); 65] = [
    ("import.warning.at", "Line {line}: {warning}"),
    (
        "import.warning.in_table",
        "Table {table}, line {line}: {warning}",
    ),
    (
        "import.warning.field",
        "The field “{field}” of “{entity}” is unknown to this version; it was kept.",
    ),
    (
        "import.warning.kind",
        "“{entity}” is of the kind “{kind}”, which is unknown to this version; it was kept.",
    ),
    (
        "import.warning.misfit",
        "The field “{field}” of “{entity}” was kept, but does not fit: {reason}.",
    ),
    (
        "import.warning.member",
        "The file's “{name}” is unknown to this version and was left out.",
    ),
    (
        "import.warning.entity_member",
        "“{name}” of “{entity}” is unknown to this version; it was kept as a field.",
    ),
    (
        "import.warning.link_member",
        "“{name}” of the link {number} is unknown to this version and was left out.",
    ),
    (
        "import.warning.person_member",
        "“{name}” of the person {number} is unknown to this version and was left out.",
    ),
    (
        "import.warning.inner_member",
        "“{name}” in “{within}” of “{entity}” is unknown to this version and was left out.",
    ),
    (
        "import.warning.column",
        "The table “{table}” has no use for the column “{name}”; it was left out.",
    ),
    (
        "import.warning.unreadable",
        "“{name}” of “{entity}” cannot be read ({found}) and was left out.",
    ),
    (
        "import.warning.comment",
        "The comment behind “{text}” cannot be read; it was kept as text.",
    ),
    (
        "import.warning.colour",
        "The colour {found} is unknown; the person got grey.",
    ),
    (
        "import.warning.nested",
        "The field “{name}” of “{entity}” is a list or an object that its kind does not take; it \
         was kept as text.",
    ),
    (
        "import.warning.long_number",
        "“{name}” of “{entity}” is {found}, a number with more digits than can be kept exactly; it was \
         kept as text.",
    ),
    (
        "import.warning.empty_table",
        "The table “{table}” is empty, without even its columns: it was perhaps cut short.",
    ),
    (
        "import.warning.board_cut",
        "The file holds {held} of the {total} items of the board: the export was cut. Export the other pages too.",
    ),
    (
        "import.warning.board_goes_on",
        "The file holds {held} items, and Miro says that more follow: the export was cut. Export the other pages too.",
    ),
    (
        "import.warning.rank",
        "The rank of “{entity}” is none ({found}): it comes last in its slot.",
    ),
    (
        "import.warning.place_twice",
        "“{entity}” has two places on the canvas “{canvas}”; the last counts.",
    ),
    (
        "import.warning.place_against_value",
        "“{entity}” is placed in “{slot}” of the canvas “{canvas}”, but its field “{field}” says \
         otherwise: the field counts, and it stands in “{next}”.",
    ),
    (
        "import.warning.canvas",
        "“{entity}” has a place on the canvas “{name}”, which is unknown to this version; the place \
         was kept.",
    ),
    (
        "import.warning.own_canvas",
        "The canvas “{entity}” cannot be used before this is mended in its definition: {flaw}.",
    ),
    (
        "import.warning.own_figure",
        "The canvas “{entity}” names a figure that there is not; the canvas was kept and shows the others: {flaw}.",
    ),
    (
        "import.warning.lock",
        "The lock of “{entity}” cannot be read ({found}), so its plan counts as never locked. A lock \
         written by hand is a day, or a day, “|” and a name.",
    ),
    (
        "import.warning.slot",
        "The canvas “{canvas}” has no slot “{slot}”: “{entity}” waits under Unplaced.",
    ),
    (
        "import.warning.reference",
        "The field “{field}” of “{entity}” names “{end}”, which the file does not hold; it was kept.",
    ),
    (
        "import.warning.link_end",
        "The link “{id}” leads to “{end}”, which the file does not hold; it was kept.",
    ),
    (
        "import.warning.link_kind",
        "The link “{id}” is of the kind “{kind}”, which is unknown to this version; it was kept.",
    ),
    (
        "import.warning.heading",
        "“{heading}” (line {line}) is no block of the {canvas}: what stands under it went to \
         Unplaced.",
    ),
    (
        "import.warning.before_first",
        "Text before the first block of the canvas went to Unplaced.",
    ),
    (
        "import.warning.without_comment",
        "“{text}” lacks the comment behind it that says what it is, and was left out.",
    ),
    (
        "import.warning.two_texts",
        "The note “{text}” stands in two places with different texts; the first was taken.",
    ),
    (
        "import.warning.taken_id",
        "“{text}” has the id of another note; it got its own.",
    ),
    (
        "import.warning.same_id",
        "“{text}” has the id of another; the last counts.",
    ),
    (
        "import.warning.metadata",
        "The block of metadata at the top was left out.",
    ),
    (
        "import.warning.frame",
        "The frame “{name}” is no block of a canvas: its notes went to Unplaced.",
    ),
    (
        "import.warning.box",
        "The box “{name}” is no block of a canvas here: its notes went to Unplaced.",
    ),
    ("import.warning.comments.one", "{n} comment was left out."),
    (
        "import.warning.comments.other",
        "{n} comments were left out.",
    ),
    (
        "import.warning.empty_items.one",
        "{n} item without text was left out.",
    ),
    (
        "import.warning.empty_items.other",
        "{n} items without text were left out.",
    ),
    (
        "import.warning.pictures.one",
        "{n} picture was left out: a canvas holds words.",
    ),
    (
        "import.warning.pictures.other",
        "{n} pictures were left out: a canvas holds words.",
    ),
    (
        "import.warning.labels.one",
        "{n} label that repeats the title of its frame was left out.",
    ),
    (
        "import.warning.labels.other",
        "{n} labels that repeat the title of their frame were left out.",
    ),
    (
        "import.warning.connectors.one",
        "{n} connector that does not join two notes was left out.",
    ),
    (
        "import.warning.connectors.other",
        "{n} connectors that do not join two notes were left out.",
    ),
    (
        "import.warning.strange_items.one",
        "{n} entry that is no item was left out.",
    ),
    (
        "import.warning.strange_items.other",
        "{n} entries that are no items were left out.",
    ),
    (
        "import.warning.cards.one",
        "{n} card without a name was left out.",
    ),
    (
        "import.warning.cards.other",
        "{n} cards without a name were left out.",
    ),
    (
        "import.warning.issues.one",
        "{n} issue without a summary was left out.",
    ),
    (
        "import.warning.issues.other",
        "{n} issues without a summary were left out.",
    ),
    (
        "import.warning.notes.one",
        "{n} note without text was left out.",
    ),
    (
        "import.warning.notes.other",
        "{n} notes without text were left out.",
    ),
    (
        "import.warning.untaken",
        "There is no place here for this, and it was left out: {names}.",
    ),
    (
        "import.warning.stages",
        "The names of these lists or states do not say here how far their cards are, which were taken as open: {names}.",
    ),
    (
        "import.warning.search_cut",
        "The file holds {held} of the {total} issues that the search found: the export was cut. Export the other pages too.",
    ),
    (
        "import.warning.search_goes_on",
        "The file holds {held} issues, and Jira says that more follow: the export was cut. Export the other pages too.",
    ),
    (
        "import.warning.person",
        "“{field}” of “{entity}” names the person “{person}”, whom the file does not hold; it was kept.",
    ),
    (
        "import.warning.cut",
        "The file ends here, before its end: what came after it is missing.",
    ),
    ("import.warning.more.one", "And {n} more."),
    ("import.warning.more.other", "And {n} more."),
];

impl Warning {
    /// A warning of that key, without parts.
    pub(super) fn new(key: &'static str) -> Self {
        Self {
            key,
            count: None,
            parts: Vec::new(),
            misfit: None,
            flaw: None,
            line: None,
        }
    }

    /// With one more part.
    pub(super) fn with(mut self, name: &'static str, part: impl Into<String>) -> Self {
        self.parts.push((name, part.into()));
        self
    }

    /// With the line that it is about, where that is known.
    pub(super) fn at(mut self, line: Option<Line>) -> Self {
        self.line = line;
        self
    }

    /// A warning that something happened so often.
    pub(super) fn counted(key: &'static str, count: usize) -> Self {
        Self {
            count: Some(count),
            ..Self::new(key)
        }
    }

    /// Every message's key with its English words; placeholders stand in braces.
    #[must_use]
    pub fn messages() -> &'static [(&'static str, &'static str)] {
        &MESSAGES
    }

    fn part(&self, name: &str) -> Option<String> {
        match (name, self.count, &self.misfit) {
            ("n", Some(count), _) => Some(count.to_string()),
            ("reason", _, Some(misfit)) => Some(misfit.to_string()),
            ("flaw", ..) => self.flaw.as_ref().map(ToString::to_string),
            _ => {
                let part = self.parts.iter().find(|(known, _)| *known == name);
                part.map(|(_, part)| match catalogue::canvas(&part.as_str().into()) {
                    Some(canvas) if name == CANVAS => canvas.title.text("en").to_owned(),
                    _ => part.clone(),
                })
            }
        }
    }
}

/// The English words.
impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.line {
            Some(Line {
                table: None,
                number,
            }) => write!(formatter, "Line {number}: ")?,
            Some(Line {
                table: Some(table),
                number,
            }) => {
                write!(formatter, "Table {table}, line {number}: ")?;
            }
            None => {}
        }
        let key = match self.count {
            Some(1) => format!("{}.one", self.key),
            Some(_) => format!("{}.other", self.key),
            None => self.key.to_owned(),
        };
        let message = MESSAGES.iter().find(|(known, _)| *known == key);
        // The words are taken apart, not the result: parts may hold braces of their own.
        let mut pieces = message.map_or(self.key, |(_, words)| words).split('{');
        formatter.write_str(pieces.next().unwrap_or_default())?;
        for piece in pieces {
            let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
            formatter.write_str(&self.part(name).unwrap_or_default())?;
            formatter.write_str(rest)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_as_they_are_whatever_they_hold() {
        let warning = Warning::new("import.warning.link_end")
            .with("id", "{end}")
            .with("end", "b");
        assert_eq!(
            warning.to_string(),
            "The link “{end}” leads to “b”, which the file does not hold; it was kept."
        );
        let line = Line {
            table: None,
            number: 3,
        };
        let warning = warning.at(Some(line));
        assert!(warning.to_string().starts_with("Line 3: The link"));
    }

    #[test]
    fn what_is_counted_is_said_in_two_forms() {
        let said = |count| Warning::counted("import.warning.cards", count).to_string();
        assert_eq!(said(1), "1 card without a name was left out.");
        assert_eq!(said(3), "3 cards without a name were left out.");
    }
}
