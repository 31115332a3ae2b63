//! The simulation of sync without end: `cargo verify --seed SEED` runs one seed again, `cargo verify
//! --soak MINUTES` new ones until the time is up. The simulation itself, and what it proves in every
//! ordinary run, is in `tests/simulation`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test's helpers may panic as its tests do"
)]

#[path = "../tests/simulation/checks.rs"]
mod checks;
#[path = "../tests/simulation/device.rs"]
mod device;
#[path = "../tests/simulation/disk.rs"]
mod disk;
#[path = "../tests/simulation/edits.rs"]
mod edits;
#[path = "../tests/simulation/faults.rs"]
mod faults;
#[path = "../tests/simulation/forging.rs"]
mod forging;
#[path = "../tests/simulation/ledger.rs"]
mod ledger;
#[path = "../tests/simulation/network.rs"]
mod network;
#[path = "../tests/simulation/plan.rs"]
#[expect(dead_code, reason = "no bug is planted here")]
mod plan;
#[path = "../tests/simulation/run.rs"]
mod run;
#[path = "../tests/simulation/server.rs"]
mod server;
#[path = "../tests/simulation/tab.rs"]
mod tab;
#[path = "../tests/simulation/world.rs"]
mod world;

use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use run::run;

const USAGE: &str = "simulate --seed SEED | --soak MINUTES";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = words.get(1).and_then(|word| word.parse().ok());
    let ended_well = match (words.first().map(String::as_str), number) {
        (Some("--seed"), Some(seed)) => replay(seed),
        (Some("--soak"), Some(minutes)) => soak(minutes),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    if ended_well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Runs one seed; whether it ended well.
fn replay(seed: u64) -> bool {
    match run(seed, None) {
        Ok(summary) => println!("seed {seed} ends well, after {} edits", summary.edits),
        Err(failure) => {
            println!("{failure}");
            return false;
        }
    }
    true
}

/// Runs new seeds for so long; whether all ended well.
fn soak(minutes: u64) -> bool {
    let started = Instant::now();
    // Others every time; each by itself is the same run everywhere.
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let first = since.unwrap_or_default().as_secs() << 20;
    let (mut seeds, mut edits, mut told) = (0, 0, 0);
    while started.elapsed() < Duration::from_secs(60 * minutes) {
        match run(first + seeds, None) {
            Ok(summary) => edits += summary.edits,
            Err(failure) => {
                println!("after {seeds} seeds that ended well:\n{failure}");
                return false;
            }
        }
        seeds += 1;
        if started.elapsed().as_secs() / 60 > told {
            told += 1;
            println!("{told} minutes: {seeds} seeds, {edits} edits, all well");
        }
    }
    println!("{seeds} seeds, {edits} edits, all well");
    true
}
