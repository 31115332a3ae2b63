//! Why a file could not be imported, in words for the person who chose it.

use crate::interchange::complaint::joined;
use crate::interchange::{Complaint, headings};

/// What is wrong with a file, and where. Nothing of it has been imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// Nothing but white space.
    #[error("The file is empty.")]
    Empty,
    /// More than [`crate::interchange::LARGEST`] bytes.
    #[error("The file is too large: {megabytes} MB. At most {limit} MB can be imported.")]
    TooLarge {
        /// Its size, rounded up.
        megabytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Text in the encoding that some Windows programs call "Unicode".
    #[error("The file is not UTF-8 but UTF-16 text. Save it as UTF-8 and import it again.")]
    Utf16,
    /// No text at all, or text in an old encoding.
    #[error(
        "The file is not UTF-8 text (line {line}). If it is a text or a table, save it as UTF-8 and \
         import it again."
    )]
    NotText {
        /// The first line that is not text.
        line: usize,
    },
    /// JSON with a mistake in its syntax.
    #[error("The file is not valid JSON: line {line}, column {column}: {problem}.")]
    JsonSyntax {
        /// Where the mistake was noticed.
        line: usize,
        /// Where in that line.
        column: usize,
        /// What is wrong.
        problem: Complaint,
    },
    /// JSON that is nested more deeply than any workspace.
    #[error("The JSON is nested too deeply (line {line}, column {column}).")]
    TooDeep {
        /// Where the limit was reached.
        line: usize,
        /// Where in that line.
        column: usize,
    },
    /// JSON of another kind.
    #[error(
        "The JSON is neither a workspace nor an export of Miro, Trello or Jira: {found}. A workspace \
         has \"format\": \"groundwork\" at its top; a Miro board is a list of items that each have a \
         \"type\"."
    )]
    UnknownJson {
        /// What it is instead.
        found: Complaint,
    },
    /// XML of another kind.
    #[error("The XML is no canvas that Leantime exports: its outermost element is {found}.")]
    UnknownXml {
        /// The outermost element, as `<opml>`.
        found: String,
    },
    /// A workspace of a version that this program does not know.
    #[error(
        "Line {line}: the workspace was written by a newer version (format version {version}; this \
         program reads up to {newest}). Update Groundwork, then try again."
    )]
    NewerVersion {
        /// Where the version stands.
        line: usize,
        /// The file's version.
        version: u64,
        /// The latest version that can be read.
        newest: u64,
    },
    /// A workspace as JSON with a value that cannot be right.
    #[error("Line {line}: {}{problem}.", within(place))]
    Invalid {
        /// Where the value stands.
        line: usize,
        /// Which entity and field, from the outside in, as in `entity "n1", field "text"`.
        place: Vec<Complaint>,
        /// What is wrong.
        problem: Complaint,
    },
    /// Markdown that is no canvas.
    #[error(
        "The Markdown has no heading that names a block of a canvas{found}. {}",
        joined(&headings("en"), " ")
    )]
    NoSlotHeading {
        /// The headings that it has instead.
        found: Complaint,
    },
    /// A table, a board or a list of issues without anything in it that could become a note.
    #[error("The file holds nothing that could become a note.")]
    EmptyTable,
    /// A table whose columns say nothing.
    #[error(
        "The table has no column \"text\" or \"id\", and is no export of Trello or Jira; its \
         columns are: {found}."
    )]
    UnknownTable {
        /// The columns that it has.
        found: String,
    },
    /// A Miro board without a single text.
    #[error("The Miro board holds no text: no note among its items ({items}).")]
    NoNotes {
        /// How many items were looked at.
        items: usize,
    },
}

/// The place in front of a problem; nothing where the line is all that is known.
fn within(place: &[Complaint]) -> String {
    match place {
        [] => String::new(),
        place => format!("{}: ", joined(place, ", ")),
    }
}
