//! The command behind `cargo start`: builds the site, and serves it when asked to.

use bundler::{
    BundlerError,
    arguments::{Arguments, USAGE},
    cargo::Project,
    pipeline, server,
};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode, BundlerError> {
    match Arguments::parse(std::env::args().skip(1))? {
        Arguments::Help => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        Arguments::Build { profile } => {
            pipeline::build(&Project::find()?, profile)?;
            Ok(ExitCode::SUCCESS)
        }
        Arguments::Start { profile, options } => {
            let project = Project::find()?;
            pipeline::build(&project, profile)?;
            server::run(&project, &options)
        }
    }
}
