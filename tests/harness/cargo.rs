//! Cargo, called by a program that cargo runs.

use std::env;
use std::ffi::OsString;
use std::process::Command;

/// The cargo that called us, with these arguments, as if a person had typed them.
pub(crate) fn cargo(arguments: &str) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.args(arguments.split_whitespace());
    // What cargo tells of our own package makes the build scripts of others run anew.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}
