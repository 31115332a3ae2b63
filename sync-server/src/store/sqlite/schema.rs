//! The SQLite file's marks, settings and chain of migrations.
//!
//! Invariants: `user_version` counts the migrations that a file has had, each in the same
//! transaction as its count; a migration is never edited after a release, only followed by
//! another; a file of another program or of a newer server is refused before anything is
//! written to it.

use std::path::Path;

use rusqlite::{Connection, ErrorCode};

use super::unreadable;
use crate::ServerError;

/// "Grwk": marks the file as ours, so that a mistaken `--data` never touches a stranger's file.
const APPLICATION_ID: i64 = 0x4772_776B;

const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE chunk (
        sequence  INTEGER PRIMARY KEY,
        document  BLOB NOT NULL CHECK (length(document) = 16),
        hash      BLOB NOT NULL CHECK (length(hash) = 32),
        kind      INTEGER NOT NULL, -- 0 changes, 1 snapshot
        bytes     BLOB NOT NULL,
        stored_at INTEGER NOT NULL, -- milliseconds since 1970
        UNIQUE (document, hash)
    ) STRICT;
    CREATE TABLE quarantine (
        sequence  INTEGER PRIMARY KEY,
        document  BLOB NOT NULL,
        hash      BLOB NOT NULL,
        kind      INTEGER NOT NULL,
        bytes     BLOB NOT NULL,
        stored_at INTEGER NOT NULL,
        moved_at  INTEGER NOT NULL,
        mended_at INTEGER, -- when it, or all that it held, was stored again
        reason    TEXT NOT NULL
    ) STRICT;
    CREATE INDEX quarantine_document ON quarantine (document, hash);
    CREATE TABLE probe (
        id INTEGER PRIMARY KEY CHECK (id = 0),
        at INTEGER NOT NULL
    ) STRICT;
",
    "
    CREATE TABLE registration (
        document  BLOB PRIMARY KEY CHECK (length(document) = 16),
        workspace BLOB NOT NULL CHECK (length(workspace) = 16),
        read      TEXT NOT NULL, -- the least role that may
        write     TEXT NOT NULL,
        created   INTEGER NOT NULL -- milliseconds since 1970, as every time here
    ) STRICT;
    CREATE INDEX registration_workspace ON registration (workspace);
    CREATE TABLE link (
        id        TEXT PRIMARY KEY,
        workspace BLOB NOT NULL REFERENCES registration (document),
        hash      BLOB NOT NULL UNIQUE CHECK (length(hash) = 32), -- SHA-256 of the key
        role      TEXT NOT NULL,
        label     TEXT NOT NULL,
        created   INTEGER NOT NULL,
        expires   INTEGER,
        last_used INTEGER,
        revoked   INTEGER
    ) STRICT;
    CREATE INDEX link_workspace ON link (workspace);
    CREATE TABLE session (
        id     INTEGER PRIMARY KEY,
        link   TEXT NOT NULL REFERENCES link (id), -- by which it might write
        opened INTEGER NOT NULL
    ) STRICT;
    -- Kept when a snapshot takes the chunk's place: who brought what is not in the snapshot.
    CREATE TABLE delivery (
        document BLOB NOT NULL,
        hash     BLOB NOT NULL, -- the chunk's
        session  INTEGER NOT NULL,
        at       INTEGER NOT NULL,
        PRIMARY KEY (document, hash, session)
    ) STRICT, WITHOUT ROWID;
",
    "
    CREATE TABLE brought (
        document BLOB NOT NULL,
        author   TEXT NOT NULL, -- of changes
        bringer  TEXT NOT NULL, -- the person that the session said to be; '' if it did not
        session  INTEGER NOT NULL, -- the first one
        at       INTEGER NOT NULL,
        PRIMARY KEY (document, author, bringer)
    ) STRICT, WITHOUT ROWID;
",
    "
    CREATE TABLE session_4 (
        id     INTEGER PRIMARY KEY,
        link   TEXT REFERENCES link (id), -- by which it might write; none if it needed none
        opened INTEGER NOT NULL
    ) STRICT;
    INSERT INTO session_4 SELECT id, link, opened FROM session;
    DROP TABLE session;
    ALTER TABLE session_4 RENAME TO session;
    CREATE TABLE clock (
        id     INTEGER PRIMARY KEY CHECK (id = 0),
        latest INTEGER NOT NULL -- the latest time that was seen, so that links stay over
    ) STRICT;
    -- A document in a workspace could once be taken for a workspace itself: what was put into it
    -- opened to nobody, and neither did its links.
    DELETE FROM link WHERE workspace IN (SELECT document FROM registration WHERE document <> workspace)
        AND id NOT IN (SELECT link FROM session WHERE link IS NOT NULL);
    UPDATE registration SET workspace = (
        SELECT it.workspace FROM registration it WHERE it.document = registration.workspace
    ) WHERE workspace IN (SELECT document FROM registration WHERE document <> workspace);
    -- The heads of the document when the chunk was stored, 32 bytes each: whoever has all changes up
    -- to them has all that the chunk held.
    ALTER TABLE chunk ADD COLUMN heads BLOB;
    ALTER TABLE quarantine ADD COLUMN heads BLOB;
",
    "
    -- Documents that have an owner as somebody knows who was let in by one, and of whom nothing is
    -- in this file any more: they open to nobody until they are claimed.
    CREATE TABLE reserved (
        document BLOB PRIMARY KEY CHECK (length(document) = 16),
        at       INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
",
];

/// Checks that the file is ours, sets it up for durable commits and brings it up to date.
pub(super) fn prepare(connection: &mut Connection, path: &Path) -> Result<(), ServerError> {
    let version = check(connection, path)?;
    settings(connection).map_err(|error| opening(path, error))?;
    migrate(connection, version).map_err(|error| opening(path, error))
}

/// Checks that the file is ours and brings it up to date, but for its settings; its version then.
pub(super) fn update(connection: &mut Connection, path: &Path) -> Result<usize, ServerError> {
    let version = check(connection, path)?;
    migrate(connection, version).map_err(|error| opening(path, error))?;
    Ok(MIGRATIONS.len())
}

/// The file's version; an error unless it is empty or ours and not newer than this server.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<usize, ServerError> {
    let read = |sql| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let failed = |error| opening(path, error);
    let tables = read("SELECT count(*) FROM sqlite_schema").map_err(failed)?;
    let application = read("PRAGMA application_id").map_err(failed)?;
    let version = read("PRAGMA user_version").map_err(failed)?;
    if application != APPLICATION_ID && (tables, application, version) != (0, 0, 0) {
        return Err(unreadable(path, "it is the database of another program"));
    }
    let found = usize::try_from(version).unwrap_or(usize::MAX);
    if found > MIGRATIONS.len() {
        return Err(ServerError::Newer {
            path: path.to_owned(),
            found,
            known: MIGRATIONS.len(),
        });
    }
    Ok(found)
}

fn settings(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // On macOS an ordinary fsync leaves the data in the drive's cache; elsewhere this changes nothing.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "trusted_schema", false)
}

fn migrate(connection: &mut Connection, version: usize) -> rusqlite::Result<()> {
    for (index, migration) in MIGRATIONS.iter().enumerate().skip(version) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(
            None,
            "user_version",
            i64::try_from(index + 1).unwrap_or(i64::MAX),
        )?;
        transaction.commit()?;
    }
    Ok(())
}

/// A damaged or foreign file, told apart from a disk that fails.
fn opening(path: &Path, error: rusqlite::Error) -> ServerError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            unreadable(path, &error.to_string())
        }
        _ => ServerError::from(error),
    }
}
