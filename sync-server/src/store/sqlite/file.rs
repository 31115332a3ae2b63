//! A database file that is looked at and copied, never written: of a running server, of one that
//! has ended, or a backup.
//!
//! Invariant: nothing here changes the file, and a server that runs on it is not held up: SQLite's
//! readers and its writer do not wait for each other.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use sync::{Chunk, DocumentId, StoredChunk};

use super::directory::database;
use super::{BUSY_TIMEOUT, rows, schema, unreadable};
use crate::ServerError;
use crate::store::ChunkHash;

/// A database that is only read.
pub(crate) struct DatabaseFile {
    connection: Connection,
    path: PathBuf,
}

/// What a database holds, counted while each chunk was compared with its hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Documents with at least one chunk.
    pub documents: u64,
    /// Chunks.
    pub chunks: u64,
    /// Bytes of all chunks.
    pub bytes: u64,
    /// Chunks whose bytes do not have the hash that they are stored under.
    pub damaged: u64,
}

impl DatabaseFile {
    /// Opens the database of a data directory.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub(crate) fn of(directory: &Path) -> Result<Self, ServerError> {
        Self::open(&database(directory))
    }

    /// Opens a database.
    ///
    /// # Errors
    /// When there is none, or it is not one of this server's.
    pub(crate) fn open(path: &Path) -> Result<Self, ServerError> {
        if !path.is_file() {
            return Err(ServerError::NoDatabase {
                path: path.to_owned(),
            });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)
            .map_err(|error| unreadable(path, &error.to_string()))?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        if schema::check(&connection, path)? == 0 {
            return Err(unreadable(path, "it is empty"));
        }
        Ok(Self {
            connection,
            path: path.to_owned(),
        })
    }

    /// Copies the database as it is at one moment into `target`, a file that is empty.
    ///
    /// # Errors
    /// When a page cannot be read, or the target cannot be written.
    pub(crate) fn copy_to(&self, target: &Path) -> Result<(), ServerError> {
        let failed = |reason: String| ServerError::Copy {
            from: self.path.clone(),
            to: target.to_owned(),
            reason,
        };
        let name = target
            .to_str()
            .ok_or_else(|| failed("its name is not text".to_owned()))?;
        self.connection
            .execute("VACUUM INTO ?1", [name])
            .map(drop)
            .map_err(|error| failed(error.to_string()))
    }

    /// From now on everything is read as it is at this moment, whatever a server writes meanwhile.
    pub(crate) fn hold_still(&self) -> Result<(), ServerError> {
        Ok(self.connection.execute_batch("BEGIN")?)
    }

    /// What SQLite finds wrong with the file itself; nothing when it is whole.
    pub(crate) fn broken_pages(&self) -> Vec<String> {
        let found = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
            statement.query_map([], |row| row.get(0))?.collect()
        };
        match found() {
            Ok(lines) => lines.into_iter().filter(|line| line != "ok").collect(),
            Err(error) => vec![error.to_string()],
        }
    }

    /// Counts what is there and compares each chunk with its hash.
    pub(crate) fn contents(&self) -> Result<Contents, ServerError> {
        let mut contents = Contents {
            documents: self.documents()?.len() as u64,
            ..Contents::default()
        };
        let mut statement = self.connection.prepare("SELECT hash, bytes FROM chunk")?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let hash = row.get::<_, ChunkHash>(0)?;
            let bytes = row.get_ref(1)?.as_blob().unwrap_or_default();
            contents.chunks += 1;
            contents.bytes += bytes.len() as u64;
            contents.damaged += u64::from(Chunk::hash_of(bytes) != hash);
        }
        Ok(contents)
    }

    /// Every document that has a chunk, or had one that was set aside.
    pub(crate) fn documents(&self) -> Result<Vec<DocumentId>, ServerError> {
        let mut statement = self.connection.prepare(
            "SELECT document FROM chunk UNION SELECT document FROM quarantine ORDER BY 1",
        )?;
        let documents = statement
            .query_map([], |row| row.get::<_, [u8; 16]>(0))?
            .map(|row| row.map(DocumentId::from_bytes))
            .collect::<Result<_, _>>()?;
        Ok(documents)
    }

    /// The chunks of a document, as [`Store::load`](crate::store::Store::load) gives them.
    pub(crate) fn load(&self, document: &DocumentId) -> Result<Vec<StoredChunk>, ServerError> {
        rows::load(&self.connection, document)
    }
}
