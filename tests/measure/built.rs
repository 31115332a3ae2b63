//! What is measured, built first: an old build would give figures of something else.

use std::env;
use std::ffi::OsString;
use std::process::Command;

use crate::harness::Step;

/// Builds the server, and the app where a browser opens it, if what is measured runs them.
pub(crate) fn ensure(what: Option<&str>) -> Step {
    let (app, server) = match what {
        Some("open" | "edit" | "pictures") | None => (true, true),
        Some("sync" | "native" | "version1" | "history" | "memory") => (false, true),
        Some(_) => (false, false),
    };
    if app {
        cargo("run --quiet --package bundler -- build")?;
    }
    if server {
        cargo("build --quiet --release --package sync-server")?;
    }
    Ok(())
}

/// Runs the cargo that called us, where it called us.
fn cargo(arguments: &str) -> Step {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let status = Command::new(program)
        .args(arguments.split_whitespace())
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`cargo {arguments}` failed").into())
    }
}
