//! The program `sync-server`: reads the command line, runs a server until it is told to end.
//!
//! Invariant: a server writes one line to standard output, the address, once it is really listened
//! on; a tool writes what it found there; everything else goes to standard error.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use sync_server::{
    Arguments, Command, Config, ServerError, init_log, raise_descriptors, sheet, start,
};

/// Documents come into memory and leave it in thousands of small pieces.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::of_process();
    let logging = init_log(&arguments.log, arguments.log_format);
    let outcome = logging.and_then(|()| match &arguments.command {
        Some(command) => tool(&arguments, command),
        None => run(arguments),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "Groundwork: {error}.");
            ExitCode::FAILURE
        }
    }
}

/// Runs a tool to its end.
fn tool(arguments: &Arguments, command: &Command) -> Result<(), ServerError> {
    let text = command.run(&arguments.data_directory()?);
    let (text, outcome) = match text {
        Ok(text) => (text, Ok(())),
        Err((text, error)) => (text, Err(error)),
    };
    if !text.is_empty() {
        // Nobody may be reading; the exit code says it too.
        let _ = writeln!(io::stdout(), "{text}");
    }
    outcome
}

fn run(arguments: Arguments) -> Result<(), ServerError> {
    // Before the configuration, which follows from it.
    raise_descriptors();
    let config = Config::try_from(arguments)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServerError::System)?;
    let outcome = runtime.block_on(async {
        // Before anything else, so that no signal is missed while starting.
        let ended = told_to_end()?;
        let running = start(config).await?;
        // Nobody may be reading; the server is of use all the same.
        let _ = writeln!(io::stdout(), "Groundwork is at {}", running.url());
        if let Some(addresses) = running.room() {
            let colours = io::stderr().is_terminal();
            let _ = write!(io::stderr(), "{}", sheet(addresses, colours));
        }
        ended.await;
        running.stop().await;
        Ok(())
    });
    // A store that is stuck in the kernel must not keep the program from ending.
    runtime.shutdown_timeout(Duration::from_millis(100));
    outcome
}

/// Completes at the first SIGINT or SIGTERM.
#[cfg(unix)]
fn told_to_end() -> Result<impl Future<Output = ()>, ServerError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServerError::System)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServerError::System)?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Completes at Ctrl+C.
#[cfg(not(unix))]
fn told_to_end() -> Result<impl Future<Output = ()>, ServerError> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
