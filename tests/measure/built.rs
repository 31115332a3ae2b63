//! What is measured, built first: an old build would give figures of something else.

use crate::cargo::cargo;
use crate::harness::Step;

/// Builds the server, and the app where a browser opens it, if what is measured runs them.
pub(crate) fn ensure(what: Option<&str>) -> Step {
    let (app, server) = match what {
        Some("open" | "edit" | "pictures") | None => (true, true),
        Some("sync" | "native" | "version1" | "history" | "memory") => (false, true),
        Some(_) => (false, false),
    };
    if app {
        run("run --quiet --package bundler -- build")?;
    }
    if server {
        run("build --quiet --release --package sync-server")?;
    }
    Ok(())
}

fn run(arguments: &str) -> Step {
    if cargo(arguments).status()?.success() {
        Ok(())
    } else {
        Err(format!("`cargo {arguments}` failed").into())
    }
}
