//! Reading and writing files with errors that name the file.

use crate::BundlerError;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The bytes of the file at `path`.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, BundlerError> {
    fs::read(path).map_err(|source| BundlerError::Read {
        path: path.to_owned(),
        source,
    })
}

/// Writes `bytes` to `path`, making the folders above it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), BundlerError> {
    let failed = |source| BundlerError::Write {
        path: path.to_owned(),
        source,
    };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::write(path, bytes).map_err(failed)
}

/// Every file below `folder` as (path relative to it with `/`, bytes), sorted by that path; hidden
/// files are left out. A folder that does not exist has no files.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, BundlerError> {
    let mut found = Vec::new();
    let mut open = vec![(PathBuf::from(folder), String::new())];
    while let Some((directory, prefix)) = open.pop() {
        if !directory.exists() {
            continue;
        }
        let failed = |source| BundlerError::Read {
            path: directory.clone(),
            source,
        };
        for entry in fs::read_dir(&directory).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let path = entry.path();
            if path.is_dir() {
                open.push((path, format!("{prefix}{name}/")));
            } else {
                found.push((format!("{prefix}{name}"), read(&path)?));
            }
        }
    }
    found.sort();
    Ok(found)
}
