//! Why the program could not do what it was asked to.

use std::path::PathBuf;

use domain::ImportError;

/// What went wrong, in words for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A file that cannot be read.
    #[error("{path}: cannot be read: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A directory without a single table.
    #[error(
        "{path}: the directory holds no tables (*.csv); name a file, or a directory that `groundwork \
         convert` wrote"
    )]
    NoTables {
        /// The directory.
        path: PathBuf,
    },
    /// A file that is no workspace, or one with a mistake.
    #[error("{path}: {error}")]
    Refused {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        error: ImportError,
    },
    /// A file that cannot be written; what was there before is untouched.
    #[error("{path}: cannot be written: {error}")]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// Standard output that cannot be written: a full disk, for instance.
    #[error("standard output: cannot be written: {error}")]
    Unprintable {
        /// What the system says.
        error: std::io::Error,
    },
    /// Tables to standard output.
    #[error("tables are a directory of files, which standard output cannot take; name a directory")]
    TablesPrinted,
    /// Into the directory of tables that it is made from, which could then not be read again.
    #[error("{path}: lies in the directory that is read; write beside it")]
    WithinInput {
        /// Where it was to be written.
        path: PathBuf,
    },
    /// A name whose ending says nothing about the format.
    #[error(
        "{path}: the ending does not say which format to write; use .json, .md, .upg or .csv (a \
         directory), or --to"
    )]
    UnknownFormat {
        /// The file.
        path: PathBuf,
    },
    /// Tables into a place that is not a directory for them.
    #[error("{path}: tables are written into a new or empty directory, and this is none")]
    NotEmpty {
        /// The place.
        path: PathBuf,
    },
    /// An id that the workspace does not have.
    #[error("the workspace has no entity {id:?}{hint}")]
    UnknownEntity {
        /// The id.
        id: String,
        /// What it could have been; empty, or begins with a semicolon.
        hint: String,
    },
    /// An entity that was deleted, of which nothing is asked or answered any more.
    #[error("the entity {id:?} is deleted: nothing rests on it, and it serves nothing")]
    Deleted {
        /// The id.
        id: String,
    },
    /// A clock before 1970 or after 9999.
    #[error("the system's clock tells no day; say one with --today")]
    NoToday,
}
