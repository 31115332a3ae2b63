//! Printing, and writing files.
//!
//! Invariants: a file that was there stays until the new one is whole, with its rights; where
//! something else stands (a device, a pipe), it is written into and never replaced. A reader that
//! goes away early, such as `head`, is no failure; a full disk is.

use std::borrow::Cow;
use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use domain::interchange::Table;
use tempfile::Builder;

use crate::error::Failure;

/// Prints a result as it is.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Unprintable { error }),
        _ => Ok(()),
    }
}

/// Prints words for a person.
pub(crate) fn say(words: &str) -> Result<(), Failure> {
    print(&harmless(words))
}

/// Says something to the person, apart from the result.
pub(crate) fn complain(words: &str) {
    // Nobody is left to tell when even this fails.
    let _ = writeln!(io::stderr(), "groundwork: {}", harmless(words));
}

/// A text from a file may hold what moves a terminal's cursor or turns a line around; shown are its
/// numbers instead.
fn harmless(words: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        let is_direction = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        is_direction || (c.is_control() && !matches!(c, '\n' | '\t'))
    };
    if !words.contains(steers) {
        return Cow::Borrowed(words);
    }
    let mut shown = String::with_capacity(words.len());
    for c in words.chars() {
        match steers(c) {
            true => shown.extend(c.escape_unicode()),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Writes a file, or into what stands there.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let written = match fs::metadata(path) {
        _ if is_open(path) => {
            let end = File::options().append(true).open(path);
            end.and_then(|mut end| end.write_all(text.as_bytes()))
        }
        Ok(found) if found.is_file() => match found.permissions() {
            rights if rights.readonly() => Err(ErrorKind::PermissionDenied.into()),
            // Where a link leads to, that is.
            rights => fs::canonicalize(path).and_then(|path| put(&path, Some(rights), text)),
        },
        Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => {
            put(path, None, text)
        }
        // A device, a pipe, or a link to what is not there yet.
        _ => File::create(path).and_then(|mut file| file.write_all(text.as_bytes())),
    };
    written.map_err(|error| unwritable(path, error))
}

/// Whether a path names what a program has open: a plain file too is written to there, behind what
/// it holds, and not replaced.
fn is_open(path: &Path) -> bool {
    let mut places = ["/dev/stderr", "/dev/fd", "/proc"].iter();
    places.any(|place| path.starts_with(place))
}

/// Writes beside the path and then takes its place, with these rights or those that are usual here.
fn put(path: &Path, rights: Option<Permissions>, text: &str) -> io::Result<()> {
    let mut builder = Builder::new();
    // Else nobody else might read it.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let directory = directory_of(path);
    fs::metadata(&directory)?;
    let part = builder.tempfile_in(directory);
    // It would name the part, which nobody has asked for.
    let mut part = part.map_err(|error| io::Error::from(error.kind()))?;
    if let Some(rights) = rights {
        part.as_file().set_permissions(rights)?;
    }
    part.write_all(text.as_bytes())?;
    part.persist(path)?;
    Ok(())
}

/// Writes tables into a new or empty directory: all of them, or none.
pub(crate) fn write_tables(
    directory: &Path,
    tables: impl IntoIterator<Item = Table>,
) -> Result<(), Failure> {
    // Tables that are there already would be taken for part of this workspace.
    let is_free = match fs::read_dir(directory) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !directory.exists() && !directory.is_symlink(),
    };
    if !is_free {
        return Err(Failure::NotEmpty {
            path: directory.to_owned(),
        });
    }
    let is_new = !directory.exists();
    let filled = fs::create_dir_all(directory).and_then(|()| fill(directory, tables));
    if filled.is_err() && is_new {
        // Empty again; should it not go, an empty directory is taken the next time.
        let _ = fs::remove_dir(directory);
    }
    filled.map_err(|error| unwritable(directory, error))
}

/// Writes the tables aside and moves them where they belong when all of them are whole.
fn fill(directory: &Path, tables: impl IntoIterator<Item = Table>) -> io::Result<()> {
    let aside = Builder::new().tempdir_in(directory)?;
    let mut names = Vec::new();
    for (name, table) in named(tables) {
        fs::write(aside.path().join(&name), table.csv)?;
        names.push(name);
    }
    let mut moved: Vec<PathBuf> = Vec::new();
    for name in names {
        let place = directory.join(&name);
        if let Err(error) = fs::rename(aside.path().join(&name), &place) {
            for path in moved {
                // What cannot be taken back is at least told of as a whole.
                let _ = fs::remove_file(path);
            }
            return Err(error);
        }
        moved.push(place);
    }
    Ok(())
}

/// The tables with the names of their files, each its own.
fn named(tables: impl IntoIterator<Item = Table>) -> impl Iterator<Item = (String, Table)> {
    let mut taken: Vec<String> = Vec::new();
    tables.into_iter().map(move |table| {
        // A kind may be called anything; a file may not.
        let safe = |c: char| match c.is_alphanumeric() || matches!(c, '-' | '_') {
            true => c,
            false => '-',
        };
        let mut name: String = table.name.chars().map(safe).collect();
        // The rows say their kind, so that kinds whose names would be one file can have two.
        while taken.contains(&name.to_lowercase()) {
            name.push('-');
        }
        taken.push(name.to_lowercase());
        (format!("{name}.csv"), table)
    })
}

/// Where the part is written that takes the place of what is at the path.
pub(crate) fn directory_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn unwritable(path: &Path, error: io::Error) -> Failure {
    Failure::Unwritable {
        path: path.to_owned(),
        error,
    }
}
