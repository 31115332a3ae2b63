//! Cargo and rustup: where the project lies, and compiling its parts.
//!
//! Compilers write straight to the person's terminal, so that long steps show their progress.

use crate::{BundlerError, arguments::Profile, lean::Lean};
use std::{
    env,
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What the app is compiled for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

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

    /// Compiles the app: the path of the module that the compiler made, and whether a release was
    /// made without what no browser needs.
    pub fn build_app(&self, profile: Profile) -> Result<(PathBuf, Option<Lean>), BundlerError> {
        add_wasm_target()?;
        let name = profile.cargo_name();
        eprintln!("Compiling the app ({name})…");
        let lean = match profile {
            Profile::Release => Lean::present_or_installed(self),
            Profile::Dev => None,
        };
        let mut command = cargo();
        let arguments = ["rustc", "--package", "app", "--target", TARGET, "--profile"];
        command.args(arguments).arg(profile.cargo_name());
        match (profile, lean) {
            (_, Some(lean)) => lean.tell(&mut command, self.without_own_paths()),
            (Profile::Release, None) => tell_compiler(&mut command, self.without_own_paths()),
            (Profile::Dev, None) => {}
        }
        // Where functions and data are mentioned, so that the module can be taken apart.
        command.args(["--", "-Clink-args=--emit-relocs"]);
        run(command.current_dir(&self.root), "compiling the app")?;
        let folder = self.target.join(TARGET).join(profile.directory());
        Ok((folder.join("app.wasm"), lean))
    }

    /// Options by which no folder of this machine is named in what people download.
    pub(crate) fn without_own_paths(&self) -> Vec<String> {
        let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
            let home = env::home_dir()?;
            Some(home.join(".cargo"))
        });
        let folders = [(Some(self.root.clone()), "groundwork"), (home, "cargo")];
        folders
            .into_iter()
            .filter_map(|(folder, name)| {
                let folder = folder?;
                Some(format!("--remap-path-prefix={}={name}", folder.display()))
            })
            .collect()
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
    let arguments = ["--print", "target-libdir", "--target", TARGET];
    let printed = run_for_output(Command::new(rustc()).args(arguments), "rustc")?;
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
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    // What cargo tells of this package makes the build scripts of others run anew.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Has cargo give these options to the compiler, with those of the project's own configuration; in the
/// environment they would take the place of those.
pub(crate) fn tell_compiler(command: &mut Command, options: Vec<String>) {
    let options = serde_json::json!(options);
    let setting = format!("target.{TARGET}.rustflags={options}");
    command.arg("--config").arg(setting);
}

/// The compiler that cargo would use.
pub(crate) fn rustc() -> OsString {
    env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())
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
