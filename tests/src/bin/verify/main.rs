//! `cargo verify`: everything that must hold before a change is kept, in one command.
//!
//! Invariants: a step that fails does not keep the later ones from running; the last line is
//! `N passed, M failed` and the exit code says the same; what was skipped is told before it. This program
//! uses the standard library alone, so that it starts at once.

mod browser;
#[path = "../../../harness/cargo.rs"]
mod cargo;
mod report;
mod steps;
mod tally;

use report::Report;
use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo verify [--native]
       cargo verify --soak MINUTES
       cargo verify --seed SEED

Checks form, lints and licences, runs all tests, builds the site, and walks through it in a browser.

--native         leave out what needs WebAssembly or a browser
--soak MINUTES   run nothing but the simulation of sync, with new seeds for so long
--seed SEED      run nothing but the simulation of sync, with this seed";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut report = Report::new();
    let native = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--native"] => true,
        [option @ ("--soak" | "--seed"), number] if number.parse::<u64>().is_ok() => {
            steps::simulation(&mut report, option, number);
            return report.finish();
        }
        ["--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    steps::native(&mut report);
    if !native {
        steps::web(&mut report);
    }
    report.finish()
}
