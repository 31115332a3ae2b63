//! Runs the sync server on the finished site.

use crate::{BundlerError, arguments::ServerOptions, cargo::Project};
use std::process::{Command, ExitCode};

/// Compiles the server and runs it in the foreground. Where the system allows it, the server takes
/// this program's place, so that Ctrl-C, signals and the exit code are its own; elsewhere this
/// program waits and hands on the exit code.
pub fn run(project: &Project, options: &ServerOptions) -> Result<ExitCode, BundlerError> {
    let mut command = Command::new(project.build_server()?);
    command.arg("--app").arg(project.site());
    // Its allocator gives back at once what is no longer needed, instead of when it needs more.
    command.env("MIMALLOC_PURGE_DELAY", "0");
    if let Some(address) = &options.listen {
        command.arg("--listen").arg(address);
    }
    if options.lan {
        command.arg("--lan");
    }
    if let Some(directory) = &options.data {
        command.arg("--data").arg(directory);
    }
    command.args(&options.more);
    become_it(command)
}

#[cfg(unix)]
fn become_it(mut command: Command) -> Result<ExitCode, BundlerError> {
    use std::os::unix::process::CommandExt;
    // Returns only when it failed.
    let source = command.exec();
    Err(launch(&command, source))
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> Result<ExitCode, BundlerError> {
    let status = command
        .status()
        .map_err(|source| launch(&command, source))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

fn launch(command: &Command, source: std::io::Error) -> BundlerError {
    BundlerError::Launch {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    }
}
