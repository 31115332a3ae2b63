//! Reading what is asked about: a file, a directory of tables, standard input.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use domain::Graph;
use domain::interchange::{Imported, Table, import, import_tables};

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

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |error| Failure::Unreadable {
        path: path.to_owned(),
        error,
    };
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map_err(unreadable)?;
        return Ok(bytes);
    }
    fs::read(path).map_err(unreadable)
}

/// The tables of a directory, in the order of their names.
fn tables(directory: &Path) -> Result<Imported, Failure> {
    let unreadable = |path: &Path, error| Failure::Unreadable {
        path: path.to_owned(),
        error,
    };
    let entries = fs::read_dir(directory).map_err(|error| unreadable(directory, error))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unreadable(directory, error))?.path();
        if path.extension().is_some_and(|ending| ending == "csv") {
            files.push(path);
        }
    }
    files.sort();
    let mut tables = Vec::new();
    for path in files {
        let csv = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        tables.push(Table {
            name: name.into_owned(),
            csv: csv.strip_prefix('\u{FEFF}').unwrap_or(&csv).to_owned(),
        });
    }
    refused(directory, import_tables(&tables))
}

fn refused(
    path: &Path,
    imported: Result<Imported, domain::ImportError>,
) -> Result<Imported, Failure> {
    imported.map_err(|error| Failure::Refused {
        path: path.to_owned(),
        error,
    })
}
