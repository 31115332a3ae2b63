//! `sync-server check`: verifies every chunk of every document, as the server would on loading it.
//!
//! Invariant: nothing is changed; a document that cannot be read keeps no other from being
//! checked.

mod report;

use std::path::Path;

use sync::bounded::Limits;
use sync::inspect;

pub use self::report::Report;
use self::report::{Row, Trouble};
use crate::ServerError;
use crate::log::short;
use crate::store::DatabaseFile;

/// Checks the store in `data`, or the backup `file`; a server may be running.
///
/// # Errors
/// When the file cannot be opened at all. What is wrong inside is in the report.
pub fn check(data: &Path, file: Option<&Path>, limits: &Limits) -> Result<Report, ServerError> {
    let database = match file {
        Some(file) => DatabaseFile::open(file)?,
        None => DatabaseFile::of(data)?,
    };
    database.hold_still()?;
    let mut report = Report {
        pages: database.broken_pages(),
        ..Report::default()
    };
    let documents = match database.documents() {
        Ok(documents) => documents,
        Err(error) => {
            report.pages.push(error.to_string());
            Vec::new()
        }
    };
    for document in documents {
        let mut row = Row {
            document: short(&document),
            ..Row::default()
        };
        match database.load(&document) {
            Ok(stored) => examine(&mut row, stored, limits),
            Err(error) => row.troubles.push(Trouble::Unreadable(error.to_string())),
        }
        report.rows.push(row);
    }
    Ok(report)
}

fn examine(row: &mut Row, stored: Vec<sync::StoredChunk>, limits: &Limits) {
    let mut aside = Vec::new();
    for chunk in &stored {
        if chunk.quarantined {
            aside.push(chunk.hash);
        } else {
            row.chunks += 1;
            row.bytes += chunk.bytes.len() as u64;
        }
    }
    let inspection = inspect(stored, limits);
    row.changes = inspection.changes;
    row.heads = inspection.heads.len();
    let (mended, aside): (Vec<_>, Vec<_>) = aside
        .into_iter()
        .partition(|hash| inspection.mended.contains(hash));
    row.mended = mended;
    row.troubles.extend(aside.into_iter().map(Trouble::Aside));
    let damaged = inspection.damaged.into_iter();
    row.troubles
        .extend(damaged.map(|(hash, reason)| Trouble::Damaged(hash, reason)));
    let missing = inspection.missing.into_iter();
    row.troubles.extend(missing.map(Trouble::Missing));
}
