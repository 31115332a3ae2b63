//! Chromium and its driver: found, or installed where that is ours to do, or named.

use crate::report::say;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The names that Chromium goes by.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const DRIVER: &str = "chromedriver";

/// What the two are called as packages: on Debian, and on Ubuntu, where they bring the snap.
const PACKAGES: [[&str; 2]; 2] = [
    ["chromium", "chromium-driver"],
    ["chromium-browser", "chromium-chromedriver"],
];

/// Makes sure that there is a browser to walk through the app with; whether there is.
pub(crate) fn ensure() -> bool {
    if is_there() {
        return true;
    }
    if is_debian() && is_root() {
        run("apt-get", &["update"]);
        let installs = |packages: &[&str; 2]| {
            run("apt-get", &[&["install", "--yes"], &packages[..]].concat()) && is_there()
        };
        if PACKAGES.iter().any(installs) {
            return true;
        }
    }
    say(
        "Chromium or its driver is missing. Install both (as root, on Debian: \
         apt-get install chromium chromium-driver; on Ubuntu: \
         apt-get install chromium-browser chromium-chromedriver; elsewhere Chromium or Chrome, \
         and the chromedriver of the same version) and put them into the path.",
    );
    false
}

/// Fetches axe-core, which a journey looks for in `target/tools`, where npm is there to do so.
/// Without it that journey says that it was skipped.
pub(crate) fn ensure_axe(root: &Path) {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let tools = target.join("tools");
    if tools.join("node_modules/axe-core/axe.min.js").exists() {
        return;
    }
    let folder = tools.display().to_string();
    let install = [
        "install",
        "--prefix",
        &folder,
        "--no-audit",
        "--no-fund",
        "--no-package-lock",
        // Without a network the person should not wait for minutes of retries.
        "--fetch-retries=1",
        "--fetch-timeout=60000",
    ];
    let npm = is_in_path("npm") || is_in_path("npm.cmd");
    if !npm || !run("npm", &[&install[..], &["axe-core@4.14.1"]].concat()) {
        say("axe-core is not here (npm installs it): the accessibility audit is skipped.");
    }
}

/// Runs a program; whether it succeeded.
pub(crate) fn run(program: &str, arguments: &[&str]) -> bool {
    say(&format!("{program} {}", arguments.join(" ")));
    let status = Command::new(program)
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

fn is_there() -> bool {
    BROWSERS.iter().any(|name| is_in_path(name)) && is_in_path(DRIVER)
}

fn is_in_path(program: &str) -> bool {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(&file).is_file())
}

fn is_debian() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|text| names_debian(&text))
}

fn names_debian(os_release: &str) -> bool {
    os_release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")))
        .flat_map(|value| value.trim_matches('"').split(' '))
        .any(|id| ["debian", "ubuntu"].contains(&id))
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_and_what_is_like_it_are_recognised() {
        assert!(names_debian("NAME=\"Debian\"\nID=debian\n"));
        assert!(names_debian("ID=pop\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!names_debian("ID=fedora\nVERSION_ID=43\n"));
    }

    #[test]
    fn a_program_is_looked_for_in_the_path() {
        assert!(!is_in_path("a-program-that-does-not-exist"));
    }
}
