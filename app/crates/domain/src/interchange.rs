//! Files that go in and out: our JSON and Markdown, and what other tools write.
//!
//! Export is lossless: `import(to_json(graph))` and `import(to_markdown(graph))` give the graph
//! back, whatever its texts are. Import takes any bytes and never panics; it either gives a whole
//! graph, with warnings about what it had to change or leave out, or an error and nothing. The
//! formats are described in `app/docs/format.md`.

mod backlog;
mod builder;
pub(crate) mod complaint;
mod csv;
mod doubts;
mod html;
mod jira;
mod json;
mod leantime;
mod markdown;
mod miro;
mod names;
mod seed;
mod tables;
mod trello;
mod untaken;
mod upg;
mod version;
mod warning;
mod warnings;

use serde_json::Value;

pub use complaint::{Complaint, Piece};
pub use json::to_json;
pub use markdown::{headings, to_markdown};
pub use tables::{Table, to_tables};
pub use upg::to_upg;
pub use warning::{Line, Warning};

use crate::{Canvas, CanvasId, Entity, Graph, ImportError, Slot, SlotId, UNPLACED, canvases, kind};

/// The largest file that is imported, in bytes.
pub const LARGEST: usize = 32 * MEGABYTE;
const MEGABYTE: usize = 1024 * 1024;
/// The kind of what has no other.
const NOTE: &str = "note";

/// What a file held.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Its content; the name is empty when the file has none.
    pub graph: Graph,
    /// What the file was.
    pub format: Format,
    /// What was changed or left out; empty for our own exports.
    pub warnings: Vec<Warning>,
    /// What was kept although this version cannot make sense of it: unknown kinds and fields, and
    /// values that do not fit their field.
    pub doubts: Vec<Warning>,
}

/// The formats that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A workspace as JSON.
    Json,
    /// A workspace or a canvas in Markdown.
    Markdown,
    /// A board exported from Miro.
    Miro,
    /// Tables of entities, separated by commas.
    Tables,
    /// A board exported from Trello.
    Trello,
    /// Issues exported from Jira.
    Jira,
    /// A canvas exported from Leantime.
    Leantime,
}

/// Reads a file. Its content decides what it is; its name only where the content leaves it open.
///
/// # Errors
/// [`ImportError`] when the file is none of the formats or is damaged.
pub fn import(file_name: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
    read(file_name, decode(bytes)?)
}

fn read(file_name: &str, text: &str) -> Result<Imported, ImportError> {
    let trimmed = text.trim_start();
    if trimmed.is_empty() {
        return Err(ImportError::Empty);
    }
    let looks_like_json = trimmed.starts_with(['{', '[']);
    let named = |endings: &[&str]| {
        let name = file_name.to_lowercase();
        endings.iter().any(|ending| name.ends_with(ending))
    };
    if looks_like_json || named(&[".json"]) {
        match serde_json::from_str::<Value>(text) {
            Ok(value) if value.get("format").is_some() => return json::read(text, &value),
            Ok(value) if trello::is_board(&value) => return trello::read(&value),
            Ok(value) if jira::is_issues(&value) => return jira::read(&value),
            Ok(value) if miro::is_board(&value) => return miro::read(&value),
            Ok(value) => return json::read(text, &value),
            // Markdown may begin with a bracket too.
            Err(_) if named(&[".md", ".markdown", ".txt"]) => {}
            Err(error) => return Err(syntax_error(&error)),
        }
    }
    if leantime::is_export(text) {
        return leantime::read(text);
    }
    if leantime::is_xml(text) || named(&[".xml"]) {
        return Err(leantime::unknown(text));
    }
    if named(&[".csv", ".tsv"]) {
        return read_csv(file_name, text);
    }
    match markdown::read(text) {
        // A table may come under any name, or none: from standard input, say.
        Err(_) if csv::has_column(text, &["text", "id", "card name", "issue key"]) => {
            read_csv(file_name, text)
        }
        read => read,
    }
}

/// Reads the tables of one workspace, as [`to_tables`] writes them.
///
/// # Errors
/// [`ImportError`] when one of them has a mistake; nothing is read then.
pub fn import_tables(tables: &[Table]) -> Result<Imported, ImportError> {
    tables::read(tables)
}

/// A table by itself: what another tool exported, or a list of entities.
fn read_csv(file_name: &str, text: &str) -> Result<Imported, ImportError> {
    let rows = csv::parse(text)?;
    if let Some((header, rows)) = rows.split_first() {
        let is_tools = trello::is_table(&header.cells) || jira::is_table(&header.cells);
        if let Some(row) = rows.iter().find(|row| is_tools && row.outgrows(header)) {
            return Err(row.too_long(header));
        }
        if trello::is_table(&header.cells) {
            return trello::read_table(&header.cells, rows);
        }
        if jira::is_table(&header.cells) {
            return jira::read_table(&header.cells, rows);
        }
    }
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // The name is a kind only if it is one: "backlog 2026" is not.
    let kind = if kind(&stem.into()).is_some() {
        stem
    } else {
        ""
    };
    tables::read_entities(&Table {
        name: kind.to_owned(),
        csv: text.to_owned(),
    })
}

/// Where an entity that comes without a place is shown: on the canvas that is most about its kind,
/// in the slot whose values it has, else in one that stands for none, else in the tray.
fn home_of(entity: Option<&Entity>) -> Option<(CanvasId, SlotId)> {
    let entity = entity?;
    let first = canvases().first()?;
    // A plain note is at home nowhere.
    let is_for = |slot: &&Slot| entity.kind != *NOTE && slot.takes.first() == Some(&entity.kind);
    let mut home: (usize, &Canvas) = (0, first);
    for canvas in canvases() {
        let count = canvas.slots.iter().filter(is_for).count();
        if count > home.0 {
            home = (count, canvas);
        }
    }
    let (count, canvas) = home;
    let field = |name: &str| {
        let field = || kind(&entity.kind)?.field(name)?.default.as_ref();
        entity.fields.get(name).or_else(field)
    };
    let has = |slot: &&Slot| {
        slot.fields
            .iter()
            .all(|(name, value)| field(name) == Some(value))
    };
    let fitting = || canvas.slots.iter().filter(is_for).filter(has);
    let slot = match count {
        0 => None,
        _ => fitting()
            .find(|slot| !slot.fields.is_empty())
            .or_else(|| fitting().next()),
    };
    let slot = slot.map_or_else(|| UNPLACED.into(), |slot| slot.id.clone());
    Some((canvas.id.clone(), slot))
}

/// Whether it begins with the mark of UTF-16, or with letters that are every other byte.
fn is_utf16(bytes: &[u8]) -> bool {
    const LETTERS: usize = 3;
    let is_marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let head = bytes.get(..2 * LETTERS).unwrap_or_default();
    let is_empty_at = |first: usize| head.iter().skip(first).step_by(2).all(|byte| *byte == 0);
    is_marked || (!head.is_empty() && is_empty_at(0) != is_empty_at(1))
}

/// The bytes as text, without a byte order mark.
fn decode(bytes: &[u8]) -> Result<&str, ImportError> {
    if bytes.len() > LARGEST {
        let megabytes = bytes.len().div_ceil(MEGABYTE);
        return Err(ImportError::TooLarge {
            megabytes,
            limit: LARGEST / MEGABYTE,
        });
    }
    if is_utf16(bytes) {
        return Err(ImportError::Utf16);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let not_text = |valid: &[u8]| {
        let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
        Err(ImportError::NotText { line })
    };
    match std::str::from_utf8(bytes) {
        Err(error) => not_text(bytes.split_at(error.valid_up_to()).0),
        // Archives can pass for UTF-8, but hold zero bytes.
        Ok(text) => match text.split_once('\0') {
            Some((before, _)) => not_text(before.as_bytes()),
            None => Ok(text),
        },
    }
}

fn syntax_error(error: &serde_json::Error) -> ImportError {
    // What ends too early ends before the first column of a line that is not there.
    let (line, column) = (error.line(), error.column().max(1));
    if error.to_string().starts_with("recursion limit") {
        return ImportError::TooDeep { line, column };
    }
    ImportError::JsonSyntax {
        line,
        column,
        problem: problem_of_json(error),
    }
}

/// What is wrong with the syntax of JSON, in plain words.
pub(crate) fn problem_of_json(error: &serde_json::Error) -> Complaint {
    let message = error.to_string();
    let known = SYNTAX
        .iter()
        .find(|(begins, _)| message.starts_with(begins));
    Complaint::new(known.map_or("import.syntax.value", |(_, key)| key))
}

/// How the messages of serde_json begin, and what they mean.
const SYNTAX: [(&str, &str); 14] = [
    ("EOF", "import.syntax.end"),
    ("expected `:`", "import.syntax.colon"),
    ("expected `,`", "import.syntax.next"),
    ("expected `\"`", "import.syntax.key"),
    ("key must be a string", "import.syntax.key"),
    ("trailing comma", "import.syntax.comma"),
    ("trailing characters", "import.syntax.after"),
    ("control character", "import.syntax.control"),
    ("invalid escape", "import.syntax.escape"),
    ("invalid unicode", "import.syntax.escape"),
    ("lone leading surrogate", "import.syntax.escape"),
    ("unexpected end of hex", "import.syntax.escape"),
    ("invalid number", "import.syntax.number"),
    ("number out of range", "import.syntax.range"),
];

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tools_tests;
