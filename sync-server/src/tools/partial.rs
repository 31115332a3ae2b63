//! A file that is written under another name first and appears under its own only when it is
//! complete and on the disk.
//!
//! Invariant: under the final name there is at each moment either what was there before or the
//! whole new file, also after a power cut; what was begun and not finished is removed.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::ServerError;
use crate::store::private;

/// A file on its way.
pub(super) struct Partial {
    path: PathBuf,
    target: PathBuf,
    placed: bool,
}

impl Partial {
    /// Makes an empty file beside `target`, for its owner alone.
    pub(super) fn beside(target: &Path) -> Result<Self, ServerError> {
        let failed = |source| ServerError::File {
            path: target.to_owned(),
            source,
        };
        let name = target
            .file_name()
            .ok_or_else(|| failed(io::ErrorKind::InvalidFilename.into()))?;
        let random = getrandom::u64().map_err(|error| failed(io::Error::other(error)))?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{random:016x}"));
        let path = target.with_file_name(hidden);
        private().create_new(true).open(&path).map_err(failed)?;
        Ok(Self {
            path,
            target: target.to_owned(),
            placed: false,
        })
    }

    /// The file while it is being written.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Syncs the file, gives it its name in one step, and syncs that too.
    pub(super) fn place(mut self) -> Result<(), ServerError> {
        let place = || {
            File::options().write(true).open(&self.path)?.sync_all()?;
            fs::rename(&self.path, &self.target)?;
            sync_directory_of(&self.target)
        };
        place().map_err(|source| ServerError::File {
            path: self.target.clone(),
            source,
        })?;
        self.placed = true;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.placed {
            // It may already be gone; that is what is wanted.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Makes the names in a file's directory durable.
pub(super) fn sync_directory_of(path: &Path) -> io::Result<()> {
    let directory = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    // Elsewhere a directory cannot be opened, and a rename is durable by itself.
    if cfg!(unix) {
        File::open(directory)?.sync_all()?;
    }
    Ok(())
}
