//! The default store: one SQLite file in the data directory.
//!
//! Invariant: a transaction that has returned is on the disk (write-ahead log with
//! `synchronous=FULL`: the log is synced at every commit).
//!
//! **Table.** An ordinary table with an integer key and a unique index on (document, hash), not
//! `WITHOUT ROWID`: snapshots are large, and rows without a row id keep their payload in the
//! inner pages of the tree, which ruins its fan-out; and the integer key remembers the order of
//! arrival, so that a document loads with every change after those that it depends on.
//!
//! **One server a directory.** A lock on `groundwork.lock` is held while the store is open. Two
//! servers on one file would not damage it (chunks are content-addressed and a replacement names
//! exactly what it supersedes), but people on one would not see people on the other, so the
//! second is refused. The lock is the operating system's and ends with the process, however it
//! ends. SQLite's own exclusive mode would also keep backups and `sqlite3` out, hence the file.

mod schema;

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, Transaction, params};
use sync::{Chunk, DocumentId, StoredChunk};

use super::{ChunkHash, QuarantinedChunk, Store, Write};
use crate::ServerError;

const DATABASE: &str = "groundwork.sqlite";
const LOCK: &str = "groundwork.lock";

/// How long a statement waits for another program that reads or backs up the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// What kind of chunk a row holds; for people and tools that read the file.
const KIND_CHANGE: i64 = 0;
const KIND_SNAPSHOT: i64 = 1;

/// Chunks in one SQLite file.
pub struct SqliteStore {
    connection: Connection,
    /// Held for as long as the store is open; the lock ends when the file is closed.
    _lock: File,
}

impl SqliteStore {
    /// Opens the store in `directory`, and makes both when they are missing.
    pub fn open(directory: &Path) -> Result<Self, ServerError> {
        let lock = lock(directory)?;
        let path = directory.join(DATABASE);
        create_private_file(&path).map_err(|source| ServerError::DataDirectory {
            path: directory.to_owned(),
            source,
        })?;
        let mut connection = Connection::open(&path).map_err(|error| unreadable(&path, error))?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.set_prepared_statement_cache_capacity(32);
        schema::prepare(&mut connection, &path)?;
        Ok(Self {
            connection,
            _lock: lock,
        })
    }
}

impl Store for SqliteStore {
    fn write(&mut self, group: &[Write]) -> Result<(), ServerError> {
        let now = now_ms();
        let transaction = self.connection.transaction()?;
        for write in group {
            apply(&transaction, write, now)?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn load(&mut self, document: &DocumentId) -> Result<Vec<StoredChunk>, ServerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT sequence, hash, bytes FROM chunk WHERE document = ?1")?;
        let mut rows = statement
            .query_map([document.as_bytes()], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, ChunkHash>(1)?,
                    row.get::<_, Vec<u8>>(2)?,
                ))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        // Sorted here: SQLite's sorter would copy every chunk once more.
        rows.sort_unstable_by_key(|(sequence, ..)| *sequence);
        let mut chunks: Vec<_> = rows
            .into_iter()
            .map(|(_, hash, bytes)| StoredChunk {
                hash,
                bytes,
                quarantined: false,
            })
            .collect();
        let mut aside = self.connection.prepare_cached(
            "SELECT DISTINCT hash FROM quarantine WHERE document = ?1 AND mended_at IS NULL",
        )?;
        for hash in aside.query_map([document.as_bytes()], |row| row.get(0))? {
            chunks.push(StoredChunk {
                hash: hash?,
                bytes: Vec::new(),
                quarantined: true,
            });
        }
        Ok(chunks)
    }

    fn documents(&mut self) -> Result<Vec<DocumentId>, ServerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT document FROM chunk ORDER BY document")?;
        let documents = statement
            .query_map([], |row| row.get::<_, [u8; 16]>(0))?
            .map(|row| row.map(DocumentId::from_bytes))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(documents)
    }

    fn quarantined(&mut self, document: &DocumentId) -> Result<Vec<QuarantinedChunk>, ServerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT hash, bytes, reason FROM quarantine WHERE document = ?1 ORDER BY sequence",
        )?;
        let chunks = statement
            .query_map([document.as_bytes()], |row| {
                Ok(QuarantinedChunk {
                    hash: row.get(0)?,
                    bytes: row.get(1)?,
                    reason: row.get(2)?,
                })
            })?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(chunks)
    }

    fn probe(&mut self) -> Result<(), ServerError> {
        self.connection.execute(
            "INSERT INTO probe (id, at) VALUES (0, ?1) ON CONFLICT (id) DO UPDATE SET at = excluded.at",
            [now_ms()],
        )?;
        Ok(())
    }
}

fn apply(transaction: &Transaction<'_>, write: &Write, now: i64) -> Result<(), ServerError> {
    match write {
        Write::Append { document, chunk } => insert(transaction, document, chunk, KIND_CHANGE, now),
        Write::Replace {
            document,
            snapshot,
            superseded,
        } => {
            insert(transaction, document, snapshot, KIND_SNAPSHOT, now)?;
            let mut remove = transaction
                .prepare_cached("DELETE FROM chunk WHERE document = ?1 AND hash = ?2")?;
            for hash in superseded.iter().filter(|hash| **hash != snapshot.hash) {
                remove.execute(params![document.as_bytes(), hash])?;
            }
            Ok(())
        }
        Write::Quarantine {
            document,
            hash,
            reason,
        } => {
            transaction
                .prepare_cached(
                    "INSERT INTO quarantine (document, hash, kind, bytes, stored_at, moved_at, reason)
                     SELECT document, hash, kind, bytes, stored_at, ?3, ?4
                     FROM chunk WHERE document = ?1 AND hash = ?2",
                )?
                .execute(params![document.as_bytes(), hash, now, reason])?;
            transaction
                .prepare_cached("DELETE FROM chunk WHERE document = ?1 AND hash = ?2")?
                .execute(params![document.as_bytes(), hash])?;
            Ok(())
        }
    }
}

fn insert(
    transaction: &Transaction<'_>,
    document: &DocumentId,
    chunk: &Chunk,
    kind: i64,
    now: i64,
) -> Result<(), ServerError> {
    // Not `INSERT OR IGNORE`: that would keep a damaged copy, and swallow a broken constraint.
    transaction
        .prepare_cached(
            "INSERT INTO chunk (document, hash, kind, bytes, stored_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (document, hash) DO UPDATE SET bytes = excluded.bytes
             WHERE bytes <> excluded.bytes",
        )?
        .execute(params![
            document.as_bytes(),
            chunk.hash,
            kind,
            chunk.bytes,
            now
        ])?;
    transaction
        .prepare_cached(
            "UPDATE quarantine SET mended_at = ?3
             WHERE document = ?1 AND hash = ?2 AND mended_at IS NULL",
        )?
        .execute(params![document.as_bytes(), chunk.hash, now])?;
    Ok(())
}

/// Makes the directory when it is missing and takes its lock.
fn lock(directory: &Path) -> Result<File, ServerError> {
    let failed = |source| ServerError::DataDirectory {
        path: directory.to_owned(),
        source,
    };
    create_private(directory).map_err(failed)?;
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(directory.join(LOCK))
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ServerError::DataInUse {
            path: directory.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// A directory that is made here is for its owner alone: it holds everyone's workspaces.
fn create_private(directory: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

/// The database is for its owner alone also in a directory that others may read; SQLite gives its
/// log the same mode. One that is there keeps the mode that somebody gave it.
fn create_private_file(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn unreadable(path: &Path, error: rusqlite::Error) -> ServerError {
    ServerError::Unreadable {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}

/// The wall clock; kept with a chunk for people who look into the file, never used for order.
fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
}

#[cfg(test)]
mod tests;
