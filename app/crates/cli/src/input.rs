//! Reading what is asked about: a file, a directory of tables, standard input.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use domain::interchange::{Imported, LARGEST, Table, import, import_tables};
use domain::{Graph, ImportError};

use crate::error::Failure;
use crate::output;

/// The workspace in a file; what had to be changed or left out is said on standard error.
pub(crate) fn read(path: &Path) -> Result<Graph, Failure> {
    let imported = if path.is_dir() {
        tables(path)?
    } else {
        let bytes = bytes(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        refused(path, import(&name, &bytes))?
    };
    for warning in imported.warnings.iter().chain(&imported.doubts) {
        output::complain(&format!("{}: {warning}", path.display()));
    }
    Ok(imported.graph)
}

/// What the file holds, and no more than can be imported: a device may never end.
fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |error| Failure::Unreadable {
        path: path.to_owned(),
        error,
    };
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        read_some(io::stdin(), &mut bytes).map_err(unreadable)?;
        return Ok(bytes);
    }
    let file = File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if length > LARGEST {
        return Err(too_large(path, length));
    }
    read_some(file, &mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// One byte more than can be imported shows that it is too much.
fn read_some(source: impl Read, bytes: &mut Vec<u8>) -> io::Result<usize> {
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX);
    source.take(most.saturating_add(1)).read_to_end(bytes)
}

fn too_large(path: &Path, length: usize) -> Failure {
    const MEGABYTE: usize = 1024 * 1024;
    let error = ImportError::TooLarge {
        megabytes: length.div_ceil(MEGABYTE),
        limit: LARGEST / MEGABYTE,
    };
    Failure::Refused {
        path: path.to_owned(),
        error,
    }
}

/// The tables of a directory, in the order of their names; what else lies there is named.
fn tables(directory: &Path) -> Result<Imported, Failure> {
    let unreadable = |error| Failure::Unreadable {
        path: directory.to_owned(),
        error,
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|ending| ending == "csv") {
            files.push(path);
        } else {
            let words = format!("{}: no table (*.csv), and left out", path.display());
            output::complain(&words);
        }
    }
    if files.is_empty() {
        return Err(Failure::NoTables {
            path: directory.to_owned(),
        });
    }
    files.sort();
    let mut tables = Vec::new();
    for path in files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let table = Table::from_bytes(&name, &bytes(&path)?);
        tables.push(refused(&path, table)?);
    }
    refused(directory, import_tables(&tables))
}

fn refused<T>(path: &Path, read: Result<T, ImportError>) -> Result<T, Failure> {
    read.map_err(|error| Failure::Refused {
        path: path.to_owned(),
        error,
    })
}
