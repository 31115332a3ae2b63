//! `sync-server restore FILE`: puts a backup in the store's place.
//!
//! Invariants: no server runs meanwhile; what is written belongs to whoever the directory belongs to,
//! also when root restores it; the store that was there is kept under another name, log included,
//! before anything takes its place, and who may open what stays as it was there; a step that fails
//! leaves the old store usable.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::partial::{Partial, sync_directory_of};
use super::{in_words, verified};
use crate::ServerError;
use crate::store::{DataDirectory, DatabaseFile, beside, inherit_access};

/// What a restoration did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What is in the store now, in words.
    pub contents: String,
    /// Where the store that was there before is kept.
    pub kept: Option<PathBuf>,
    /// Why it is not known from that store who may open what, if it is not: the backup says it then.
    pub forgotten: Option<String>,
}

/// Puts `file` in the place of the store in `data`.
///
/// # Errors
/// When a server runs on `data`; when the file is not a whole backup; and, unless `force`, when
/// there is a store already or chunks of the backup are damaged.
pub fn restore(data: &Path, file: &Path, force: bool) -> Result<Restored, ServerError> {
    let source = DatabaseFile::open(file)?;
    let directory = DataDirectory::lock(data)?;
    let target = directory.database();
    if target.exists() && !force {
        return Err(ServerError::Occupied {
            path: target,
            reason: "there is a store already; give --force to replace it (it is kept aside)",
        });
    }
    let partial = Partial::beside(&target)?;
    directory.belongs(partial.path())?;
    source.copy_to(partial.path())?;
    let contents = verified(partial.path())?;
    if contents.damaged > 0 && !force {
        return Err(ServerError::Damage(format!(
            "{} chunks of {} do not have their hash; give --force to restore it all the same",
            contents.damaged,
            file.display()
        )));
    }
    let mut forgotten = None;
    let kept = if target.exists() {
        forgotten = inherit_access(partial.path(), &target)
            .err()
            .map(|error| error.to_string());
        Some(keep(&target)?)
    } else {
        None
    };
    directory.belongs(&directory.lock_file())?;
    partial.place()?;
    Ok(Restored {
        contents: in_words(&contents),
        kept,
        forgotten,
    })
}

/// Keeps a store under another name and returns that name. The store stays where it is, but for
/// its log: the file that takes its place must not find it.
fn keep(database: &Path) -> Result<PathBuf, ServerError> {
    let kept = free_name(database);
    settle(database);
    let keep = || {
        link(database, &kept)?;
        for ending in ["-wal", "-shm"] {
            if beside(database, ending).exists() {
                link(&beside(database, ending), &beside(&kept, ending))?;
            }
        }
        sync_directory_of(database)?;
        // Both names had the log until here, so that nothing is lost if it ends in between.
        for ending in ["-wal", "-shm"] {
            match fs::remove_file(beside(database, ending)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        sync_directory_of(database)
    };
    keep().map_err(|source| ServerError::File {
        path: kept.clone(),
        source,
    })?;
    Ok(kept)
}

/// Writes the log into the database, so that the log goes away. A database that is too damaged for
/// that is kept with its log.
fn settle(database: &Path) {
    let settled = Connection::open(database).and_then(|connection| {
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    });
    if let Err(error) = settled {
        tracing::warn!(%error, "the old store is kept together with its log");
    }
}

/// The same file under a second name, or a synced copy where the file system has no links.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_err() {
        fs::copy(from, to)?;
        File::options().write(true).open(to)?.sync_all()?;
    }
    Ok(())
}

/// `groundwork.sqlite.replaced-1`, or the next number that is free.
fn free_name(database: &Path) -> PathBuf {
    let mut number = 1_u64;
    loop {
        let name = beside(database, &format!(".replaced-{number}"));
        if !name.exists() && !beside(&name, "-wal").exists() {
            return name;
        }
        number += 1;
    }
}
