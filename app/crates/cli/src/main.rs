//! `groundwork`: what a workspace says, outside the browser. Figures, checks, traces and
//! conversions of exported files, for people at a terminal and for continuous integration.
//!
//! Results go to standard output, words about what went wrong to standard error. The program ends
//! with 0, with 1 when a check has found errors, and with 2 when it could not do what was asked.

mod arguments;
mod check;
mod convert;
mod error;
mod figures;
mod input;
mod output;
mod today;
mod why;
mod words;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Task};
use error::Failure;

/// Computing a workspace's figures makes and drops many small values.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(code) => code,
        Err(failure) => {
            output::complain(&failure.to_string());
            ExitCode::from(2)
        }
    }
}

fn run(task: Task) -> Result<ExitCode, Failure> {
    match task {
        Task::Figures(options) => figures::run(&options),
        Task::Check(options) => check::run(&options),
        Task::Why(options) => why::run(&options),
        Task::Convert(options) => convert::run(&options),
    }
}
