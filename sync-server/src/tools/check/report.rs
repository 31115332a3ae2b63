//! What a check found, and how it is printed: a table of documents, each trouble below its row.

use std::fmt;

use crate::store::Contents;
use crate::tools::in_words;

/// What was found in a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What SQLite found wrong with the file's pages.
    pub(super) pages: Vec<String>,
    /// One for each document.
    pub(super) rows: Vec<Row>,
}

/// One document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// The beginning of its id: the whole id opens the document.
    pub(super) document: String,
    pub(super) chunks: u64,
    pub(super) bytes: u64,
    pub(super) changes: u64,
    pub(super) heads: usize,
    pub(super) troubles: Vec<Trouble>,
    /// What was set aside, and of which everything is there again.
    pub(super) mended: Vec<[u8; 32]>,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The document's rows cannot be read.
    Unreadable(String),
    /// A chunk does not verify.
    Damaged([u8; 32], String),
    /// A chunk was set aside before, and not all that it held has come back.
    Aside([u8; 32]),
    /// A change that others depend on is not there.
    Missing([u8; 32]),
}

impl Report {
    /// How many troubles there are, broken pages included.
    #[must_use]
    pub fn troubles(&self) -> usize {
        let in_rows: usize = self.rows.iter().map(|row| row.troubles.len()).sum();
        self.pages.len() + in_rows
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for page in &self.pages {
            writeln!(f, "the file: {page}")?;
        }
        writeln!(f, "document   chunks       bytes   changes  heads  state")?;
        for row in &self.rows {
            let state = if row.troubles.is_empty() {
                "whole"
            } else {
                "damaged"
            };
            writeln!(
                f,
                "{:<9} {:>7} {:>11} {:>9} {:>6}  {state}",
                row.document, row.chunks, row.bytes, row.changes, row.heads
            )?;
            for trouble in &row.troubles {
                writeln!(f, "  {trouble}")?;
            }
            for hash in &row.mended {
                let hash = Short(hash);
                writeln!(
                    f,
                    "  chunk {hash}: was set aside, and all that it held is here again"
                )?;
            }
        }
        let chunks: u64 = self.rows.iter().map(|row| row.chunks).sum();
        let bytes: u64 = self.rows.iter().map(|row| row.bytes).sum();
        let troubles = match self.troubles() {
            0 => "everything is whole".to_owned(),
            1 => "1 trouble".to_owned(),
            many => format!("{many} troubles"),
        };
        let contents = Contents {
            documents: self.rows.len() as u64,
            chunks,
            bytes,
            damaged: 0,
        };
        write!(f, "{}: {troubles}", in_words(&contents))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "cannot be read: {error}"),
            Self::Damaged(hash, reason) => write!(f, "chunk {}: {reason}", Short(hash)),
            Self::Aside(hash) => write!(
                f,
                "chunk {}: was set aside as damaged, and not all that it held has come back",
                Short(hash)
            ),
            Self::Missing(hash) => write!(
                f,
                "change {}: others depend on it and it is not there",
                Short(hash)
            ),
        }
    }
}

/// The first eight bytes of a hash, in hexadecimal.
struct Short<'a>(&'a [u8; 32]);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .take(8)
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
