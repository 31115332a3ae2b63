//! The tools beside the server: backup, restore and check, each a function that ends.
//!
//! Invariant: a tool reports damage and never removes it; whatever it replaces is kept.

mod backup;
mod check;
mod partial;
mod restore;

pub use backup::backup;
pub use check::{Report, check};
pub use restore::{Restored, restore};

use std::path::Path;

use crate::ServerError;
use crate::store::{Contents, DatabaseFile};

/// Checks that a database is whole page by page and counts what is in it.
fn verified(path: &Path) -> Result<Contents, ServerError> {
    let file = DatabaseFile::open(path)?;
    file.hold_still()?;
    match file.broken_pages().first() {
        Some(page) => Err(ServerError::Damage(format!("{}: {page}", path.display()))),
        None => file.contents(),
    }
}

/// "3 documents in 17 chunks, 45678 bytes".
pub(crate) fn in_words(contents: &Contents) -> String {
    let Contents {
        documents,
        chunks,
        bytes,
        ..
    } = contents;
    let s = |n: u64| if n == 1 { "" } else { "s" };
    format!(
        "{documents} document{} in {chunks} chunk{}, {bytes} bytes",
        s(*documents),
        s(*chunks)
    )
}
