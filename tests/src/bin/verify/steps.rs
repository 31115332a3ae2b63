//! The steps, in an order that compiles as little as possible twice.

use crate::{browser, report::Report};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const WASM: &str = "wasm32-unknown-unknown";

/// All packages at once, in every step that compiles for this machine: cargo chooses the features of
/// a dependency by what it is asked to build, and compiles half of them anew for every other choice.
const ALL: &str = "--workspace";

/// The test programs that need the built site or a browser. Their targets in `tests/Cargo.toml` say
/// `test = false`, which keeps them out of a plain `cargo test`.
const BROWSER_TESTS: &str = "--test journeys";

/// What runs without WebAssembly and without a browser.
pub(crate) fn native(report: &mut Report) {
    report.command("format", cargo("fmt --all --check"));
    let lints = [
        ("lints", "--all-targets"),
        ("lints of the browser tests", BROWSER_TESTS),
    ];
    for (step, targets) in lints {
        let command = format!("clippy {ALL} {targets} -- --deny warnings");
        report.command(step, cargo(&command));
    }
    report.tests("tests", cargo(&format!("test {ALL} --no-fail-fast")));
}

/// The simulation of sync alone: one seed again, or new seeds for some minutes.
pub(crate) fn simulation(report: &mut Report, option: &str, number: &str) {
    let command = format!("run --package tests --example simulate -- {option} {number}");
    report.command("simulation", cargo(&command));
}

/// What needs WebAssembly or a browser.
pub(crate) fn web(report: &mut Report) {
    let target = report.step("WebAssembly target", add_wasm_target);
    if target {
        let lints = format!("clippy --package app --target {WASM} -- --deny warnings");
        report.command("lints of the app", cargo(&lints));
    } else {
        report.impossible("lints of the app", "The WebAssembly target is missing.");
    }
    // The release profile: it is what people get, and its size is one of the tests.
    // With a test among them, for else cargo leaves out what only tests ask for, and compiles anew.
    let build = format!("build {ALL} --bin bundler --bin sync-server {BROWSER_TESTS}");
    let programs = report.command("programs", cargo(&build));
    let site = programs && report.command("site", program("bundler", "build"));
    let browser = report.step("browser", browser::ensure);
    if site && browser {
        browser::ensure_axe(&root());
        let command = format!("test {ALL} --no-fail-fast {BROWSER_TESTS}");
        report.tests("browser tests", cargo(&command));
    } else {
        report.impossible(
            "browser tests",
            "They need the site, the sync server and a browser, and one of these failed above.",
        );
    }
}

/// Cargo, in the project's root.
fn cargo(arguments: &str) -> Command {
    let mut command = crate::cargo::cargo(arguments);
    command.current_dir(root());
    command
}

/// A program of the project's, in its root: cargo builds all of them beside this one.
fn program(name: &str, arguments: &str) -> Command {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let this = std::env::current_exe().unwrap_or_default();
    let mut command = Command::new(this.with_file_name(name));
    command.args(arguments.split(' ')).current_dir(root());
    command
}

/// The checkout: cargo says where it runs. One target directory may serve several checkouts, so that
/// the program may have been built in another one.
fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let tests = here.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    tests.parent().unwrap_or(&tests).to_owned()
}

/// A toolchain file that lists the target does not fetch it.
fn add_wasm_target() -> bool {
    let printed = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", WASM])
        .current_dir(root())
        .output();
    let present = printed
        .is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).exists());
    present || browser::run("rustup", &["target", "add", WASM])
}
