//! Remembers what slow steps made, by the hash of what they were made from.
//!
//! Invariant: an entry's key names everything that decides its content, so that an entry is never
//! stale; one that no build asked for since the last [`Cache::prune`] is removed by the next.

use crate::{BundlerError, tree};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// A folder of results.
pub struct Cache {
    folder: PathBuf,
    asked: Mutex<BTreeSet<String>>,
}

impl Cache {
    /// The cache in `folder`, which is made when the first result is kept.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            asked: Mutex::default(),
        }
    }

    /// The result kept under `key`, or that of `make`, which is then kept.
    pub fn get_or_make(
        &self,
        key: &str,
        make: impl FnOnce() -> Result<Vec<u8>, BundlerError>,
    ) -> Result<Vec<u8>, BundlerError> {
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key.to_owned());
        let path = self.folder.join(key);
        if let Ok(kept) = fs::read(&path) {
            return Ok(kept);
        }
        let made = make()?;
        // Written aside and renamed: a build that is interrupted leaves no half entry.
        let aside = path.with_extension("part");
        tree::write(&aside, &made)?;
        fs::rename(&aside, &path).map_err(|source| BundlerError::Write { path, source })?;
        Ok(made)
    }

    /// Removes what this build did not ask for. What cannot be removed is only disk space.
    pub fn prune(&self) {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if !asked.contains(entry.file_name().to_string_lossy().as_ref()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Where the cache lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_made_once_and_forgotten_when_no_longer_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let made = || Ok(b"made".to_vec());
        let never = || -> Result<Vec<u8>, BundlerError> { panic!("made a second time") };

        let first = Cache::new(folder.path());
        assert_eq!(first.get_or_make("one", made).unwrap(), b"made");
        assert_eq!(first.get_or_make("two", made).unwrap(), b"made");

        let second = Cache::new(folder.path());
        assert_eq!(second.get_or_make("one", never).unwrap(), b"made");
        second.prune();
        assert!(folder.path().join("one").exists());
        assert!(!folder.path().join("two").exists());
    }

    #[test]
    fn a_step_that_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path());
        let fails = || Err(BundlerError::Bindgen("no".into()));
        assert!(cache.get_or_make("one", fails).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
