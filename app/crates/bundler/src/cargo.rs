//! Cargo and rustup: where the project lies, and compiling its parts.
//!
//! Compilers write straight to the person's terminal, so that long steps show their progress.

use crate::{BundlerError, arguments::Profile};
use std::{
    env,
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What the app is compiled for.
const TARGET: &str = "wasm32-unknown-unknown";

/// The project that the bundler was called in.
pub struct Project {
    /// The folder of the root `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target directory, wherever the person's configuration puts it.
    pub target: PathBuf,
}

impl Project {
    /// Asks cargo where the project lies.
    pub fn find() -> Result<Self, BundlerError> {
        let arguments = ["metadata", "--no-deps", "--format-version", "1"];
        let output = run_for_output(cargo().args(arguments), "cargo metadata")?;
        let metadata: serde_json::Value =
            serde_json::from_slice(&output).map_err(|_| BundlerError::Metadata("JSON"))?;
        let path = |field| {
            let text = metadata.get(field).and_then(serde_json::Value::as_str);
            text.map(PathBuf::from).ok_or(BundlerError::Metadata(field))
        };
        Ok(Self {
            root: path("workspace_root")?,
            target: path("target_directory")?,
        })
    }

    /// Where the finished site lies.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// Compiles the app; the path of the module that the compiler made.
    pub fn build_app(&self, profile: Profile) -> Result<PathBuf, BundlerError> {
        add_wasm_target()?;
        let name = profile.cargo_name();
        eprintln!("Compiling the app ({name})…");
        let arguments = ["rustc", "--package", "app", "--target", TARGET, "--profile"];
        // Where functions and data are mentioned, so that the module can be taken apart.
        let linking = ["--", "-Clink-args=--emit-relocs"];
        let mut command = cargo();
        command.args(arguments).arg(name).args(linking);
        run(command.current_dir(&self.root), "compiling the app")?;
        Ok(self
            .target
            .join(TARGET)
            .join(profile.directory())
            .join("app.wasm"))
    }

    /// Compiles the sync server; the path of its program.
    pub fn build_server(&self) -> Result<PathBuf, BundlerError> {
        let arguments = ["build", "--release", "--package", "sync-server"];
        run(
            cargo().args(arguments).current_dir(&self.root),
            "compiling the sync server",
        )?;
        let program = format!("sync-server{}", env::consts::EXE_SUFFIX);
        Ok(self.target.join("release").join(program))
    }
}

/// Adds the WebAssembly target when it is missing: a toolchain file that lists it does not fetch it.
fn add_wasm_target() -> Result<(), BundlerError> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let arguments = ["--print", "target-libdir", "--target", TARGET];
    let printed = run_for_output(Command::new(rustc).args(arguments), "rustc")?;
    if Path::new(String::from_utf8_lossy(&printed).trim()).exists() {
        return Ok(());
    }
    eprintln!("Adding Rust's target {TARGET}…");
    match run(
        Command::new("rustup").args(["target", "add", TARGET]),
        "adding the target",
    ) {
        Err(BundlerError::Launch { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            Err(BundlerError::NoWasmTarget { target: TARGET })
        }
        result => result,
    }
}

/// The cargo that called us, or the one in the path.
fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

/// Runs a command with our own terminal. Its standard output goes to standard error, where all
/// progress goes.
pub(crate) fn run(command: &mut Command, doing: &str) -> Result<(), BundlerError> {
    let status = command
        .stdin(Stdio::null())
        .stdout(io::stderr())
        .status()
        .map_err(|source| launch(command, source))?;
    succeeded(status, doing)
}

/// Runs a command and returns what it printed.
pub(crate) fn run_for_output(command: &mut Command, doing: &str) -> Result<Vec<u8>, BundlerError> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| launch(command, source))?;
    succeeded(output.status, doing)?;
    Ok(output.stdout)
}

fn succeeded(status: std::process::ExitStatus, doing: &str) -> Result<(), BundlerError> {
    if status.success() {
        return Ok(());
    }
    Err(BundlerError::Failed {
        doing: doing.to_owned(),
        status: status.to_string(),
    })
}

fn launch(command: &Command, source: io::Error) -> BundlerError {
    BundlerError::Launch {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    }
}
