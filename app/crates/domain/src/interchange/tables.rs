//! A workspace as tables: one for each kind of entity, and one each for links, places and people.
//!
//! All tables together are lossless. One alone can be read too: a list of entities that a
//! spreadsheet or another tool wrote.

mod cell;
mod read;
mod write;

use crate::ImportError;

pub(super) use read::{read, read_entities};
pub use write::to_tables;

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The file's name without its ending: the kind's id, or `links`, `placements`, `people`,
    /// `workspace`.
    pub name: String,
    /// Rows of cells, separated by commas; the first row names the columns.
    pub csv: String,
}

impl Table {
    /// A table from the bytes of its file.
    ///
    /// # Errors
    /// The file is too large, or no UTF-8 text.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        Ok(Self {
            name: name.to_owned(),
            csv: super::decode(bytes)?.to_owned(),
        })
    }
}

/// Columns of an entity that are no fields.
const OWN_COLUMNS: [&str; 8] = [
    "id",
    "kind",
    "text",
    "created_by",
    "created_at",
    "deleted_by",
    "deleted_at",
    "edited_since",
];

#[cfg(test)]
mod tests;
