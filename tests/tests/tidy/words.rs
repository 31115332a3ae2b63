//! Words that belong in no file of the project.

use crate::tree::{File, demand_none, files};

/// Where a person or a tool would read them.
const KINDS: [&str; 11] = [
    ".rs",
    ".css",
    ".js",
    ".html",
    ".json",
    ".toml",
    ".md",
    ".svg",
    ".webmanifest",
    ".txt",
    "run",
];

fn everything() -> Vec<File> {
    let mut all: Vec<File> = Vec::new();
    for kind in KINDS {
        all.extend(files("", kind));
    }
    all
}

/// Forbids each of `words`, put together from two halves, so that this file does not break its own
/// rule.
fn forbid(words: &[[&str; 2]], allowed: &[&str], what_to_do: &str) {
    let words: Vec<String> = words.iter().map(|halves| halves.concat()).collect();
    let mut breaches = Vec::new();
    for file in everything() {
        if allowed.contains(&file.path.as_str()) {
            continue;
        }
        for (number, line) in file.text.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(word.as_str())) {
                breaches.push(format!("{}:{}: {word}", file.path, number + 1));
            }
        }
    }
    demand_none(breaches, what_to_do);
}

#[test]
fn nothing_is_left_undone() {
    forbid(
        &[
            ["TO", "DO"],
            ["FIX", "ME"],
            ["XX", "X"],
            ["todo", "!("],
            ["unimplemented", "!("],
        ],
        &[],
        "do it now, or file an issue",
    );
}

#[test]
fn no_test_is_switched_off() {
    forbid(&[["#[", "ignore"]], &[], "mend the test, or remove it");
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    let places = [
        ["/ho", "me/"],
        ["/ro", "ot/"],
        ["/Us", "ers/"],
        ["C:\\", "Users"],
        ["/wo", "rk/"],
        ["/tm", "p/"],
    ];
    forbid(
        &places,
        &[],
        "use a path relative to the project, or ask the system for a folder",
    );
}

#[test]
fn no_file_names_the_host_of_a_registry() {
    let hosts = [
        ["registry.npm", "js.org"],
        ["index.crates", ".io"],
        ["static.crates", ".io"],
        ["deb.debian", ".org"],
    ];
    forbid(
        &hosts,
        &[],
        "let the tool find its registry by its own configuration",
    );
}
