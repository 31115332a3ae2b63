//! Everything that can go wrong in the server, worded for the person who started it.
//!
//! Invariant: every message is one sentence that says what failed and, where there is something
//! to do, what to do; no message carries a document's content or its full id.

use std::io;
use std::path::PathBuf;

/// What can go wrong while starting the server or in its store.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address is taken by another program.
    #[error(
        "cannot listen on {address} because another program already does; \
         stop it or choose another address with --listen"
    )]
    AddressInUse {
        /// The address that was asked for.
        address: String,
    },
    /// The address cannot be listened on for another reason.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address that was asked for.
        address: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// A setting that no server could work with.
    #[error("cannot use `{setting}`: {reason}")]
    Setting {
        /// The flag and what was given.
        setting: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The platform names no data directory, and none was given.
    #[error("this system names no directory for a program's data; give one with --data")]
    NoDataDirectory,
    /// The data directory cannot be made or written to.
    #[error("cannot write to the data directory {}: {source}", path.display())]
    DataDirectory {
        /// The directory.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A running server holds the data directory.
    #[error(
        "another sync server is using the data directory {}; stop it or choose another with --data",
        path.display()
    )]
    DataInUse {
        /// The directory.
        path: PathBuf,
    },
    /// The store's file is not a store of ours, or is damaged beyond opening.
    #[error("{} cannot be read as a store of this server: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// The store's file was written by a newer server.
    #[error(
        "{} was written by a newer version of this server (store version {found}, \
         this one knows {known}); start that version instead",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version found in the file.
        found: usize,
        /// The newest version that this server knows.
        known: usize,
    },
    /// There is no database where one is to be read.
    #[error("there is no database at {}", path.display())]
    NoDatabase {
        /// The file.
        path: PathBuf,
    },
    /// A database could not be copied.
    #[error("cannot copy {} to {}: {reason}", from.display(), to.display())]
    Copy {
        /// The file that is read.
        from: PathBuf,
        /// The file that is written.
        to: PathBuf,
        /// What failed.
        reason: String,
    },
    /// A file must not be written over.
    #[error("does not write to {}: {reason}", path.display())]
    Occupied {
        /// The file.
        path: PathBuf,
        /// What it is, and what to do.
        reason: &'static str,
    },
    /// A file could not be written or put in its place.
    #[error("cannot write {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// What is stored is not all whole.
    #[error("found damage: {0}")]
    Damage(String),
    /// A read or a write of the store failed while running.
    #[error("the store failed: {0}")]
    Store(String),
    /// The server's certificate or its key cannot be used.
    #[error("cannot use the certificate: {}: {reason}", path.display())]
    Certificate {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A thread or a resource of the operating system could not be had.
    #[error("cannot start: {0}")]
    System(io::Error),
}

impl From<rusqlite::Error> for ServerError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.to_string())
    }
}
