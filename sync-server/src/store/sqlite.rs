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
//! second is refused. SQLite's own exclusive mode would also keep backups and `sqlite3` out, hence
//! the file.

mod access;
mod directory;
mod file;
mod inheriting;
mod rows;
mod schema;

use std::cell::Cell;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sync::wire::Brought;
use sync::{Chunk, DocumentId, StoredChunk};

use self::access::{SqliteAccess, note_session, note_use};
pub(crate) use self::directory::{DataDirectory, beside, database, private};
pub use self::file::Contents;
pub(crate) use self::file::DatabaseFile;
pub(crate) use self::inheriting::inherit_access;
use super::{ChunkHash, QuarantinedChunk, SessionId, Store, Write};
use crate::ServerError;
use crate::access::AccessStore;
use crate::now::now_ms;

/// How long a statement waits for another program that reads or backs up the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How much later it may be than the latest time that is stored, in milliseconds.
const NOTED_MS: i64 = 60_000;

/// What kind of chunk a row holds; for people and tools that read the file.
const KIND_CHANGE: i64 = 0;
const KIND_SNAPSHOT: i64 = 1;

/// Where a chunk of Automerge's says what it is, and what it says there when it is a whole document.
const TYPE_AT: usize = 8;
const WHOLE_DOCUMENT: u8 = 0;

/// Chunks in one SQLite file.
pub struct SqliteStore {
    connection: Connection,
    /// The latest time that was seen, and the latest that is stored.
    latest: Cell<i64>,
    noted: i64,
    /// Held for as long as the store is open.
    _directory: DataDirectory,
}

impl SqliteStore {
    /// Opens the store in `directory`, and makes both when they are missing.
    pub fn open(directory: &Path) -> Result<Self, ServerError> {
        let directory = DataDirectory::lock(directory)?;
        let path = directory.database();
        private()
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|source| ServerError::DataDirectory {
                path: path.clone(),
                source,
            })?;
        let mut connection =
            Connection::open(&path).map_err(|error| unreadable(&path, &error.to_string()))?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.set_prepared_statement_cache_capacity(32);
        schema::prepare(&mut connection, &path)?;
        let latest = connection
            .query_row("SELECT latest FROM clock", [], |row| row.get(0))
            .optional()?
            .unwrap_or(0);
        Ok(Self {
            connection,
            latest: Cell::new(latest),
            noted: latest,
            _directory: directory,
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
        // Whoever was refused since a link is over must not come again under an earlier clock.
        let is_over = |write: &Write| matches!(write, Write::Visit { link: None, .. });
        let latest = self.latest.get().max(now);
        let late = latest - self.noted >= NOTED_MS || group.iter().any(is_over);
        if late {
            note_latest(&transaction, latest)?;
        }
        transaction.commit()?;
        self.latest.set(latest);
        if late {
            self.noted = latest;
        }
        Ok(())
    }

    fn load(&mut self, document: &DocumentId) -> Result<Vec<StoredChunk>, ServerError> {
        rows::load(&self.connection, document)
    }

    fn knows(&mut self, document: &DocumentId) -> Result<bool, ServerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT 1 FROM chunk WHERE document = ?1 LIMIT 1")?;
        Ok(statement.exists([document.as_bytes()])?)
    }

    fn deliveries(
        &mut self,
        document: &DocumentId,
    ) -> Result<Vec<(ChunkHash, SessionId)>, ServerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT hash, session FROM delivery WHERE document = ?1")?;
        let rows = statement.query_map([document.as_bytes()], |row| {
            Ok((row.get(0)?, SessionId(row.get(1)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn brought(&mut self, document: &DocumentId) -> Result<Brought, ServerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT author, bringer FROM brought WHERE document = ?1
             ORDER BY author <> '', at LIMIT 1024",
        )?;
        let rows =
            statement.query_map([document.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
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
            "SELECT hash, bytes, reason, heads FROM quarantine WHERE document = ?1
             ORDER BY sequence",
        )?;
        let chunks = statement
            .query_map([document.as_bytes()], |row| {
                Ok(QuarantinedChunk {
                    hash: row.get(0)?,
                    bytes: row.get(1)?,
                    reason: row.get(2)?,
                    heads: rows::heads(row, 3)?,
                })
            })?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(chunks)
    }

    fn access(&mut self) -> Box<dyn AccessStore + '_> {
        Box::new(SqliteAccess {
            connection: &self.connection,
            latest: &self.latest,
        })
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
        Write::Append {
            document,
            chunk,
            from,
        } => {
            insert(transaction, document, chunk, now)?;
            let mut note = transaction.prepare_cached(
                "INSERT INTO delivery (document, hash, session, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
            )?;
            for session in from {
                note_session(transaction, *session, None, now)?;
                note.execute(params![document.as_bytes(), chunk.hash, session.0, now])?;
            }
            Ok(())
        }
        Write::Replace {
            document,
            snapshot,
            superseded,
        } => {
            insert(transaction, document, snapshot, now)?;
            let mut remove = transaction.prepare_cached(
                "DELETE FROM chunk WHERE document = ?1 AND hash = ?2 RETURNING sequence",
            )?;
            let mut place: Option<i64> = None;
            for hash in superseded.iter().filter(|hash| **hash != snapshot.hash) {
                let key = params![document.as_bytes(), hash];
                let removed = remove.query_row(key, |row| row.get(0)).optional()?;
                place = place.into_iter().chain(removed).min();
            }
            // What came after them, and builds on them, stays behind it.
            if let Some(place) = place {
                transaction
                    .prepare_cached(
                        "UPDATE chunk SET sequence = ?3
                         WHERE document = ?1 AND hash = ?2 AND sequence > ?3",
                    )?
                    .execute(params![document.as_bytes(), snapshot.hash, place])?;
            }
            Ok(())
        }
        Write::Note {
            document,
            author,
            bringer,
            session,
        } => {
            note_session(transaction, *session, None, now)?;
            transaction
                .prepare_cached(
                    "INSERT INTO brought (document, author, bringer, session, at)
                     VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    document.as_bytes(),
                    author,
                    bringer,
                    session.0,
                    now
                ])?;
            Ok(())
        }
        Write::Visit { link, session, at } => {
            if let Some(link) = link {
                note_use(transaction, link, *at)?;
                if let Some(session) = session {
                    note_session(transaction, *session, Some(link), *at)?;
                }
            }
            Ok(())
        }
        Write::Reserve { document } => {
            transaction
                .prepare_cached(
                    "INSERT INTO reserved (document, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                )?
                .execute(params![document.as_bytes(), now])?;
            Ok(())
        }
        Write::Mend { document, hash } => mend(transaction, document, hash, now),
        Write::Quarantine {
            document,
            hash,
            reason,
        } => {
            transaction
                .prepare_cached(
                    "INSERT INTO quarantine
                         (document, hash, kind, bytes, stored_at, heads, moved_at, reason)
                     SELECT document, hash, kind, bytes, stored_at, heads, ?3, ?4
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

/// Notes how late it is.
fn note_latest(transaction: &Transaction<'_>, latest: i64) -> Result<(), ServerError> {
    transaction
        .prepare_cached(
            "INSERT INTO clock (id, latest) VALUES (0, ?1)
             ON CONFLICT (id) DO UPDATE SET latest = excluded.latest
             WHERE latest < excluded.latest",
        )?
        .execute([latest])?;
    Ok(())
}

fn insert(
    transaction: &Transaction<'_>,
    document: &DocumentId,
    chunk: &Chunk,
    now: i64,
) -> Result<(), ServerError> {
    let kind = match chunk.bytes.get(TYPE_AT) {
        Some(&WHOLE_DOCUMENT) => KIND_SNAPSHOT,
        _ => KIND_CHANGE,
    };
    // Not `INSERT OR IGNORE`: that would keep a damaged copy, and swallow a broken constraint.
    transaction
        .prepare_cached(
            "INSERT INTO chunk (document, hash, kind, bytes, stored_at, heads)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (document, hash) DO UPDATE SET bytes = excluded.bytes
             WHERE bytes <> excluded.bytes",
        )?
        .execute(params![
            document.as_bytes(),
            chunk.hash,
            kind,
            chunk.bytes,
            now,
            chunk.heads.as_flattened()
        ])?;
    mend(transaction, document, &chunk.hash, now)
}

/// Notes that what was moved aside is there again.
fn mend(
    transaction: &Transaction<'_>,
    document: &DocumentId,
    hash: &ChunkHash,
    now: i64,
) -> Result<(), ServerError> {
    transaction
        .prepare_cached(
            "UPDATE quarantine SET mended_at = ?3
             WHERE document = ?1 AND hash = ?2 AND mended_at IS NULL",
        )?
        .execute(params![document.as_bytes(), hash, now])?;
    Ok(())
}

fn unreadable(path: &Path, reason: &str) -> ServerError {
    ServerError::Unreadable {
        path: path.to_owned(),
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests;
