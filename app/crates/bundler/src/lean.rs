//! A build of the app without what no browser needs: texts and places of panics, everything that
//! formats for debugging, and a standard library that was compiled for speed.
//!
//! The compiler's stable releases have the options for it and hide them. They are asked for only
//! when this toolchain has compiled its standard library with every one of them; their absence costs
//! a sentence and some bytes, never the build.

use crate::{
    BundlerError,
    arguments::Profile,
    cargo::{Project, TARGET, cargo, run, run_for_output, rustc, tell_compiler},
};
use std::{io, path::Path, process::Command};

/// What the compiler is told, for the standard library as for everything else.
const COMPILER: [&str; 4] = [
    "-Zunstable-options",
    // A panic is a trap at once; the page shows its screen all the same (`platform::rescue`).
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
];

/// What cargo is told: the standard library is compiled from its source, for size.
const CARGO: [&str; 2] = [
    "-Zbuild-std=std,panic_abort",
    "-Zbuild-std-features=optimize_for_size",
];

/// The crate that the options are tried on: it depends on the standard library alone, and what is
/// compiled of that now need not be compiled again.
const TRIAL: &str = "fastrand";

/// Lets a stable compiler take its hidden options.
const KEY: (&str, &str) = ("RUSTC_BOOTSTRAP", "1");

/// Proof that this toolchain compiles with the options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lean(());

impl Lean {
    /// Tries the options, and fetches the standard library's source when it is missing. When they
    /// cannot be had, it is said why and what that costs.
    pub fn present_or_installed(project: &Project) -> Option<Self> {
        let tried = options_are_taken()
            .and_then(|()| add_source())
            .and_then(|()| compile_trial(project));
        match tried {
            Ok(()) => Some(Self(())),
            Err(why) => {
                eprintln!(
                    "Leaving debugging aids in the app: {why}.\n\
                     The app works the same; it is about a tenth larger to download."
                );
                None
            }
        }
    }

    /// Adds the options for cargo and for the compiler it calls; `others` are for the compiler too.
    pub(crate) fn tell(self, command: &mut Command, others: Vec<String>) {
        command.env(KEY.0, KEY.1).args(CARGO);
        let own = COMPILER.iter().map(|option| (*option).to_owned());
        tell_compiler(command, own.chain(others).collect());
    }

    /// Names the options, for the report.
    pub fn describe(self) -> String {
        [COMPILER.join(" "), CARGO.join(" ")].join(" ")
    }
}

/// Whether the compiler knows the options by the meaning that they have here.
fn options_are_taken() -> Result<(), String> {
    let refused = || "this compiler does not take the options that leave them out".to_owned();
    let mut command = Command::new(rustc());
    command.env(KEY.0, KEY.1).args(COMPILER);
    command.args(["--print", "cfg", "--target", TARGET]);
    let output = command.output().map_err(|_| refused())?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let taken = ["panic=\"immediate-abort\"", "fmt_debug=\"none\""]
        .iter()
        .all(|fact| printed.lines().any(|line| line == *fact));
    taken.then_some(()).ok_or_else(refused)
}

/// Adds the source of the standard library when it is missing.
fn add_source() -> Result<(), String> {
    let printed = run_for_output(Command::new(rustc()).args(["--print", "sysroot"]), "rustc")
        .map_err(|error| error.to_string())?;
    let root = String::from_utf8_lossy(&printed).trim().to_owned();
    let source = Path::new(&root).join("lib/rustlib/src/rust/library/Cargo.lock");
    if source.exists() {
        return Ok(());
    }
    eprintln!("Adding the source of Rust's standard library…");
    let mut command = Command::new("rustup");
    command.args(["component", "add", "rust-src"]);
    run(&mut command, "adding the source").map_err(|error| match error {
        BundlerError::Launch { source, .. } if source.kind() == io::ErrorKind::NotFound => {
            "the source of Rust's standard library is not installed, nor is rustup, which would \
             add it"
                .to_owned()
        }
        error => error.to_string(),
    })
}

/// Compiles a small crate, and so the standard library.
fn compile_trial(project: &Project) -> Result<(), String> {
    let mut command = cargo();
    let profile = Profile::Release.cargo_name();
    command.args(["build", "--quiet", "--package", TRIAL, "--target", TARGET]);
    command.args(["--profile", profile]);
    Lean(()).tell(&mut command, project.without_own_paths());
    command.current_dir(&project.root);
    run(&mut command, "compiling the standard library").map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_names_every_option() {
        let described = Lean(()).describe();
        for option in COMPILER.iter().chain(&CARGO) {
            assert!(described.contains(option), "{option}: {described}");
        }
    }

    #[test]
    fn cargo_gets_its_options_and_those_of_the_compiler_with_the_key_to_both() {
        let mut command = Command::new("cargo");
        Lean(()).tell(&mut command, vec!["--other".to_owned()]);
        let told: Vec<_> = command
            .get_args()
            .filter_map(|word| word.to_str())
            .collect();
        assert_eq!(told[..CARGO.len()], CARGO);
        let line = told.last().unwrap();
        for option in COMPILER.iter().chain(&["--other"]) {
            assert!(line.contains(&format!("\"{option}\"")), "{line}");
        }
        let key = (KEY.0.as_ref(), Some(KEY.1.as_ref()));
        assert_eq!(command.get_envs().collect::<Vec<_>>(), [key]);
    }
}
