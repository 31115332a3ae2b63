//! Packages of npm that tests and measurements run in Node.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Installs what `package.json` in `source` names into `folder`, where a later run finds it again,
/// and copies the scripts there; else says why it cannot.
pub(crate) fn install(source: &Path, folder: PathBuf, scripts: &[&str]) -> Result<PathBuf, String> {
    for program in ["node", "npm"] {
        let found = Command::new(program)
            .arg("--version")
            .stdout(Stdio::null())
            .status();
        found.map_err(|error| format!("{program} cannot be run: {error}"))?;
    }
    let text = |error: std::io::Error| error.to_string();
    let wanted = fs::read(source.join("package.json")).map_err(text)?;
    let done = folder.join("installed.json");
    if fs::read(&done).ok().as_ref() != Some(&wanted) {
        fs::create_dir_all(&folder).map_err(text)?;
        fs::write(folder.join("package.json"), &wanted).map_err(text)?;
        let install = Command::new("npm")
            .args([
                "install",
                "--no-audit",
                "--no-fund",
                "--no-package-lock",
                "--ignore-scripts",
                // Without a network the person should not wait for minutes of retries.
                "--fetch-retries=1",
                "--fetch-timeout=60000",
            ])
            .current_dir(&folder)
            .output()
            .map_err(text)?;
        if !install.status.success() {
            let said = String::from_utf8_lossy(&install.stderr);
            return Err(format!("npm could not install the packages: {said}"));
        }
        fs::write(&done, &wanted).map_err(text)?;
    }
    for script in scripts {
        fs::copy(source.join(script), folder.join(script)).map_err(text)?;
    }
    Ok(folder)
}
