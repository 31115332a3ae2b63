//! The data directory: its files' names, its lock, and who may read it.
//!
//! Invariant: whoever writes to the database holds the lock, for as long as it writes. The lock is
//! the operating system's and ends with the process, however it ends.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::ServerError;

const DATABASE: &str = "groundwork.sqlite";
const LOCK: &str = "groundwork.lock";

/// A data directory that nobody else writes to while this lives.
pub(crate) struct DataDirectory {
    path: PathBuf,
    _lock: File,
}

impl DataDirectory {
    /// Makes the directory when it is missing and takes its lock.
    ///
    /// # Errors
    /// [`ServerError::DataInUse`] while another server has it.
    pub(crate) fn lock(directory: &Path) -> Result<Self, ServerError> {
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
            Ok(()) => Ok(Self {
                path: directory.to_owned(),
                _lock: file,
            }),
            Err(TryLockError::WouldBlock) => Err(ServerError::DataInUse {
                path: directory.to_owned(),
            }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// The file whose lock is held.
    pub(crate) fn lock_file(&self) -> PathBuf {
        self.path.join(LOCK)
    }

    /// Gives a file that root has made here to whoever the directory belongs to: a service that is
    /// not root could not open it.
    ///
    /// # Errors
    /// When the file or the directory cannot be looked at, or the file cannot be given away.
    #[cfg(unix)]
    pub(crate) fn belongs(&self, file: &Path) -> Result<(), ServerError> {
        use std::os::unix::fs::{MetadataExt, chown};
        let give = || {
            let (directory, made) = (std::fs::metadata(&self.path)?, std::fs::metadata(file)?);
            match (made.uid(), directory.uid()) {
                (0, owner) if owner != 0 => chown(file, Some(owner), Some(directory.gid())),
                _ => Ok(()),
            }
        };
        give().map_err(|source| ServerError::File {
            path: file.to_owned(),
            source,
        })
    }

    /// Elsewhere a file belongs to whoever may use its directory.
    #[cfg(not(unix))]
    pub(crate) fn belongs(&self, _file: &Path) -> Result<(), ServerError> {
        Ok(())
    }

    /// The database's file, which may be missing.
    pub(crate) fn database(&self) -> PathBuf {
        database(&self.path)
    }
}

/// The database's file in a data directory.
pub(crate) fn database(directory: &Path) -> PathBuf {
    directory.join(DATABASE)
}

/// A file that SQLite keeps beside a database: its log (`-wal`) or the log's index (`-shm`).
pub(crate) fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A directory that is made here is for its owner alone: it holds everyone's workspaces.
fn create_private(directory: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

/// Options for a file that its owner alone may read, also in a directory that others may read;
/// SQLite gives its log the same mode. One that is there keeps the mode that somebody gave it.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
