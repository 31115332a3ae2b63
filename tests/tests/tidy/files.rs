//! The form of files: what they open with and how long they are.

use crate::tree::{File, demand_none, files};

const LONGEST: usize = 600;
const MEDIAN: usize = 150;

fn lines(file: &File) -> usize {
    file.text.lines().count()
}

#[test]
fn every_module_opens_by_saying_what_it_is_for() {
    let silent = files("", ".rs")
        .into_iter()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| file.path)
        .collect();
    demand_none(
        silent,
        "begin the module with a line `//! …` that says what it is for",
    );
}

#[test]
fn no_file_is_longer_than_six_hundred_lines() {
    let long = [".rs", ".css", ".js"]
        .into_iter()
        .flat_map(|suffix| files("", suffix))
        .filter(|file| !file.is_test() && lines(file) > LONGEST)
        .map(|file| format!("{}: {} lines", file.path, lines(&file)))
        .collect();
    demand_none(long, "split the file by concept");
}

#[test]
fn half_of_the_modules_are_at_most_a_hundred_and_fifty_lines_long() {
    let mut lengths: Vec<usize> = files("", ".rs")
        .iter()
        .filter(|file| !file.is_test())
        .map(lines)
        .collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(
        median <= MEDIAN,
        "the median module has {median} lines: split the long ones by concept"
    );
}

/// A file that nothing declares is compiled by nobody: it only looks as if it did its work.
#[test]
fn every_file_of_a_crate_is_one_of_its_modules() {
    let sources = files("", ".rs");
    let declares = |path: String, name: &str| {
        let parent = sources.iter().find(|file| file.path == path);
        parent.is_some_and(|file| {
            let mut lines = file.text.lines();
            lines.any(|line| line.ends_with(&format!("mod {name};")))
        })
    };
    let stray = sources.iter().filter(|file| {
        let Some((folder, name)) = file.path.trim_end_matches(".rs").rsplit_once('/') else {
            return false;
        };
        let is_root = name == "main" || name == "lib";
        let is_module = declares(format!("{folder}.rs"), name)
            || ["lib", "main"]
                .iter()
                .any(|root| declares(format!("{folder}/{root}.rs"), name));
        file.path.contains("/src/") && !is_root && !is_module
    });
    let stray = stray.map(|file| file.path.clone()).collect();
    demand_none(stray, "declare it (`mod name;`), or take it away");
}

#[test]
fn a_module_with_parts_lies_beside_its_folder() {
    let named_mod = files("", ".rs")
        .into_iter()
        .filter(|file| file.path.ends_with("/mod.rs"))
        .map(|file| file.path)
        .collect();
    demand_none(named_mod, "move `foo/mod.rs` to `foo.rs`");
}
