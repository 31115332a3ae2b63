//! The project's files as they lie on the disk, without what tools make.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Folders that hold nothing of our own.
const NOT_OURS: [&str; 3] = [".git", "target", "node_modules"];

/// A text file of the project.
pub(crate) struct File {
    /// Its path from the root, with `/` between the parts.
    pub(crate) path: String,
    /// What is in it.
    pub(crate) text: String,
}

impl File {
    /// Whether it holds tests alone: their length and their words follow other rules.
    pub(crate) fn is_test(&self) -> bool {
        let path = format!("/{}", self.path);
        path.contains("/tests/") || path.contains("/benches/") || path.ends_with("/tests.rs")
    }
}

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Every text file below `folder` (from the root; empty for all) whose name ends with `suffix`, by
/// path. At least one must exist: a rule that reads nothing can never fail.
pub(crate) fn files(folder: &str, suffix: &str) -> Vec<File> {
    let root = root();
    let mut found = Vec::new();
    let mut open = vec![root.join(folder)];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            if path.is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    open.push(path);
                }
            } else if name.ends_with(suffix)
                && let Ok(text) = fs::read_to_string(&path)
            {
                let path = path.strip_prefix(&root).unwrap().to_string_lossy();
                let path = path.replace('\\', "/");
                found.push(File { path, text });
            }
        }
    }
    assert!(!found.is_empty(), "no file {folder}/…{suffix}");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Fails with what to do and the list of what breaks the rule, unless the list is empty.
pub(crate) fn demand_none(mut breaches: Vec<String>, what_to_do: &str) {
    breaches.sort();
    breaches.dedup();
    assert!(
        breaches.is_empty(),
        "{what_to_do}\n  {}\n",
        breaches.join("\n  ")
    );
}
