//! `wasm-opt`: the one in the path when it is recent enough, else npm's `binaryen`, else none.
//!
//! It is no condition for a working app, so its absence costs a sentence and some bytes, never the
//! build.

use crate::{
    BundlerError,
    cargo::{run, run_for_output},
    tree,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The oldest release that understands what today's compiler writes.
const OLDEST: u32 = 116;

/// The release of npm's package `binaryen` that is installed when there is no other.
const NPM_RELEASE: u32 = 132;

/// What it is told. The compiler has inlined already as far as size allows; inlining once more makes
/// the module smaller, and larger after brotli. Measured on the whole app, raw and brotli in kB:
/// untouched 2,903 and 807; `-Oz` 2,701 and 808; `-Oz` without inlining 2,709 and 803; these 2,802
/// and 798.
const FLAGS: [&str; 2] = ["-O2", "--skip-pass=inlining-optimizing"];

/// What it is told first of a piece, which reaches what it was cut from through the table: the places
/// of the table that the piece itself fills are never filled again, so that calls through them are
/// calls, and a function that does nothing but call one is none. Measured on the piece that draws a
/// workspace, brotli in kB: 564 without, 554 with.
const OF_A_PIECE: [&str; 9] = [
    "--directize",
    "--pass-arg=directize-initial-contents-immutable",
    "--inlining",
    "--always-inline-max-function-size",
    "0",
    "--flexible-inline-max-function-size",
    "0",
    "--one-caller-inline-max-function-size",
    "0",
];

/// What it is told of the app's module or of one of its pieces.
pub fn flags(piece: bool) -> impl Iterator<Item = &'static str> {
    let first: &[&str] = if piece { &OF_A_PIECE } else { &[] };
    first.iter().chain(&FLAGS).copied()
}

/// A `wasm-opt` that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Optimiser {
    program: PathBuf,
    release: u32,
}

impl Optimiser {
    /// The one that is there already, in the path or below `tools`.
    pub fn present(tools: &Path) -> Option<Self> {
        Self::in_path().or_else(|| Self::below(tools))
    }

    /// The one that is there, or else the one that npm can install below `tools`. When there is
    /// none, it is said why and what that costs.
    pub fn present_or_installed(tools: &Path) -> Option<Self> {
        if let Some(optimiser) = Self::present(tools) {
            return Some(optimiser);
        }
        let why = match install(tools) {
            Ok(()) => match Self::below(tools) {
                Some(optimiser) => return Some(optimiser),
                None => "npm installed no wasm-opt".to_owned(),
            },
            Err(BundlerError::Launch { .. }) => {
                format!("neither wasm-opt (release {OLDEST} or later) nor npm is in the path")
            }
            Err(error) => error.to_string(),
        };
        eprintln!(
            "Skipping wasm-opt: {why}.\n\
             The app works the same; it is about a tenth larger to download."
        );
        None
    }

    /// Names the optimiser and what it is told, for the cache and the report.
    pub fn describe(&self) -> String {
        format!("wasm-opt {} {}", self.release, FLAGS.join(" "))
    }

    /// The optimised module; `piece` when it is one of the app's pieces. `scratch` is a folder for the
    /// files that the program reads and writes.
    pub fn optimise(
        &self,
        wasm: &[u8],
        piece: bool,
        scratch: &Path,
    ) -> Result<Vec<u8>, BundlerError> {
        let (input, output) = (scratch.join("in.wasm"), scratch.join("out.wasm"));
        tree::write(&input, wasm)?;
        let mut command = Command::new(&self.program);
        command
            .args(flags(piece))
            .arg(&input)
            .arg("-o")
            .arg(&output);
        run(&mut command, "wasm-opt")?;
        let optimised = tree::read(&output)?;
        // Leftovers are overwritten by the next build; no harm if they stay.
        let _ = fs::remove_file(input);
        let _ = fs::remove_file(output);
        Ok(optimised)
    }

    fn in_path() -> Option<Self> {
        let program = PathBuf::from("wasm-opt");
        let output = Command::new(&program)
            .arg("--version")
            .stdin(Stdio::null())
            .output()
            .ok()?;
        let release = release_in(&String::from_utf8_lossy(&output.stdout))?;
        (release >= OLDEST).then_some(Self { program, release })
    }

    fn below(tools: &Path) -> Option<Self> {
        let modules = tools.join("node_modules");
        let manifest = tree::read(&modules.join("binaryen/package.json")).ok()?;
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).ok()?;
        let release = release_in(manifest.get("version")?.as_str()?)?;
        let name = if cfg!(windows) {
            "wasm-opt.cmd"
        } else {
            "wasm-opt"
        };
        let program = modules.join(".bin").join(name);
        (release >= OLDEST && program.exists()).then_some(Self { program, release })
    }
}

/// The first number in `wasm-opt version 116 (version_116)` or `132.0.0`.
fn release_in(text: &str) -> Option<u32> {
    let digits = |c: char| c.is_ascii_digit();
    let number = text.split(|c| !digits(c)).find(|word| !word.is_empty())?;
    number.parse().ok()
}

fn install(tools: &Path) -> Result<(), BundlerError> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run_for_output(Command::new(npm).arg("--version"), "npm")?;
    eprintln!(
        "Installing wasm-opt (npm's binaryen {NPM_RELEASE}) into {}…",
        tools.display()
    );
    fs::create_dir_all(tools).map_err(|source| BundlerError::Write {
        path: tools.to_owned(),
        source,
    })?;
    let quiet = ["--no-audit", "--no-fund", "--no-package-lock"];
    // Without a network the person should not wait for minutes of retries.
    let patience = ["--fetch-retries=1", "--fetch-timeout=60000"];
    let mut command = Command::new(npm);
    command
        .arg("install")
        .arg("--prefix")
        .arg(tools)
        .args(quiet)
        .args(patience)
        .arg(format!("binaryen@{NPM_RELEASE}"));
    run(&mut command, "npm install binaryen")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<u32>) {
        assert_eq!(release_in(text), expected, "{text}");
    }

    #[test]
    fn the_release_is_read_from_what_either_source_says() {
        check("wasm-opt version 116 (version_116)\n", Some(116));
        check("132.0.0", Some(132));
        check("wasm-opt from the future", None);
    }

    #[test]
    fn what_npm_installed_counts_when_it_is_recent_and_whole() {
        let tools = tempfile::tempdir().unwrap();
        let manifest = tools.path().join("node_modules/binaryen/package.json");
        tree::write(&manifest, br#"{"version":"132.0.0"}"#).unwrap();
        assert_eq!(Optimiser::below(tools.path()), None, "no program yet");

        let name = if cfg!(windows) {
            "wasm-opt.cmd"
        } else {
            "wasm-opt"
        };
        let program = tools.path().join("node_modules/.bin").join(name);
        tree::write(&program, b"").unwrap();
        let expected = Optimiser {
            program,
            release: 132,
        };
        assert_eq!(Optimiser::below(tools.path()), Some(expected));

        tree::write(&manifest, br#"{"version":"108.0.0"}"#).unwrap();
        assert_eq!(Optimiser::below(tools.path()), None, "too old");
    }
}
