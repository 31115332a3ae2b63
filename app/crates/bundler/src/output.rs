//! Puts the finished files in place.
//!
//! Invariant: the site's folder holds either the last site or the new one, whole; a build that
//! fails or is interrupted leaves the last one.

use crate::{BundlerError, compress::Compressed, tree};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A file ready to be written.
pub struct Finished {
    /// Its path below the site.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its compressed twins, when it has any.
    pub compressed: Option<Compressed>,
}

/// Writes `files` aside, then lets them take the place of `site`.
pub fn replace(site: &Path, files: &[Finished]) -> Result<(), BundlerError> {
    let (staging, old) = (beside(site, "staging"), beside(site, "old"));
    remove(&staging)?;
    for file in files {
        tree::write(&staging.join(&file.path), &file.bytes)?;
        if let Some(twins) = &file.compressed {
            tree::write(&staging.join(format!("{}.br", file.path)), &twins.brotli)?;
            tree::write(&staging.join(format!("{}.gz", file.path)), &twins.gzip)?;
        }
    }
    remove(&old)?;
    if site.exists() {
        rename(site, &old)?;
    }
    rename(&staging, site)?;
    remove(&old)
}

fn beside(site: &Path, suffix: &str) -> PathBuf {
    let mut name = site.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(suffix);
    site.with_file_name(name)
}

fn rename(from: &Path, to: &Path) -> Result<(), BundlerError> {
    fs::rename(from, to).map_err(|source| BundlerError::Write {
        path: to.to_owned(),
        source,
    })
}

fn remove(folder: &Path) -> Result<(), BundlerError> {
    match fs::remove_dir_all(folder) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(BundlerError::Write {
            path: folder.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, twins: bool) -> Finished {
        let compressed = twins.then(|| Compressed {
            brotli: b"br".to_vec(),
            gzip: b"gz".to_vec(),
        });
        Finished {
            path: path.to_owned(),
            bytes: path.as_bytes().to_vec(),
            compressed,
        }
    }

    fn names(site: &Path) -> Vec<String> {
        let files = tree::files_below(site).unwrap();
        files.into_iter().map(|(path, _)| path).collect()
    }

    #[test]
    fn a_new_site_takes_the_place_of_the_last_one_with_all_its_files() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");

        replace(&site, &[file("index.html", true), file("old.png", false)]).unwrap();
        replace(
            &site,
            &[file("index.html", false), file("assets/a.js", true)],
        )
        .unwrap();

        let expected = [
            "assets/a.js",
            "assets/a.js.br",
            "assets/a.js.gz",
            "index.html",
        ];
        assert_eq!(names(&site), expected);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_build_that_fails_midway_leaves_the_last_site() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        replace(&site, &[file("index.html", false)]).unwrap();

        // A file cannot be written where a folder is expected.
        let clash = [file("assets", false), file("assets/a.js", false)];
        assert!(replace(&site, &clash).is_err());

        assert_eq!(names(&site), ["index.html"]);
    }
}
