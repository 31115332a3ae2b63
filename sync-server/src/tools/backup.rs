//! `sync-server backup FILE`: one file with everything that the store held at one moment.
//!
//! Invariants: a server that runs meanwhile goes on writing; the file appears under its name only
//! after it was read back, and an older backup under that name stays until then.

use std::path::Path;

use super::partial::Partial;
use super::{in_words, verified};
use crate::ServerError;
use crate::store::{DatabaseFile, beside, database};

/// Backs up the store in `data` to `file`, and says what is in it.
///
/// # Errors
/// When the store cannot be read, the file is something else's, or it cannot be written; and
/// [`ServerError::Damage`] when the backup was made but holds chunks that were damaged before.
pub fn backup(data: &Path, file: &Path) -> Result<String, ServerError> {
    let source = DatabaseFile::of(data)?;
    may_write(data, file)?;
    let partial = Partial::beside(file)?;
    source.copy_to(partial.path())?;
    let contents = verified(partial.path())?;
    partial.place()?;
    if contents.damaged > 0 {
        return Err(ServerError::Damage(format!(
            "{} was written as the store is, with {} chunks that do not have their hash; \
             `sync-server check` names them",
            file.display(),
            contents.damaged
        )));
    }
    Ok(format!("{}: {}", file.display(), in_words(&contents)))
}

/// A file that is there is only replaced when it is a backup, and not in use.
fn may_write(data: &Path, file: &Path) -> Result<(), ServerError> {
    let occupied = |reason| {
        Err(ServerError::Occupied {
            path: file.to_owned(),
            reason,
        })
    };
    let itself = |database: &Path| {
        let same = |a: &Path, b: &Path| a.canonicalize().ok() == b.canonicalize().ok();
        file.exists() && same(file, database)
    };
    if itself(&database(data)) {
        return occupied("it is the store itself");
    }
    if beside(file, "-wal").exists() || beside(file, "-shm").exists() {
        return occupied("a program has it open");
    }
    if file.exists() && DatabaseFile::open(file).is_err() {
        return occupied("it is not a backup; choose another name or remove it");
    }
    Ok(())
}
