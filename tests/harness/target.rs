//! Where cargo builds.

use std::path::{Path, PathBuf};

/// The directory that cargo builds into.
pub(crate) fn directory() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => PathBuf::from(target),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
    }
}
