//! Licences: ours is in the tree, and those of others allow what people do with this project.

use crate::tree::{demand_none, root};
use serde_json::Value;
use std::{collections::BTreeSet, env, fs, process::Command};

/// Licences that ask for a notice at most, by their SPDX ids.
const PERMISSIVE: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates under another licence, each with the reason why that is acceptable.
const EXCEPTIONS: [(&str, &str, &str); 1] = [(
    "option-ext",
    "MPL-2.0",
    "the licence reaches the files of the crate alone, which are used unchanged, by `directories`",
)];

/// Whether an SPDX expression leaves a permissive choice.
fn is_permissive(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let spaced = expression.replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    either(&mut words.iter().copied().peekable())
}

type Words<'a, I> = std::iter::Peekable<I>;

fn either<'a, I: Iterator<Item = &'a str>>(words: &mut Words<'a, I>) -> bool {
    let mut any = both(words);
    while words.next_if_eq(&"OR").is_some() {
        any |= both(words);
    }
    any
}

fn both<'a, I: Iterator<Item = &'a str>>(words: &mut Words<'a, I>) -> bool {
    let mut all = one(words);
    while words.next_if_eq(&"AND").is_some() {
        all &= one(words);
    }
    all
}

fn one<'a, I: Iterator<Item = &'a str>>(words: &mut Words<'a, I>) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let inner = either(words);
        words.next();
        return inner;
    }
    let mut licence = words.next().unwrap_or_default().to_owned();
    if words.next_if_eq(&"WITH").is_some() {
        licence = format!("{licence} WITH {}", words.next().unwrap_or_default());
    }
    PERMISSIVE.contains(&licence.as_str())
}

/// The packages that a build for `target` takes in, tests and tools included.
fn packages(target: &str) -> Vec<Value> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--filter-platform",
            target,
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata: {said}");
    let mut metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"]
        .as_array_mut()
        .map(std::mem::take)
        .unwrap()
}

#[test]
fn every_dependency_has_a_permissive_licence() {
    let host = format!("{}-unknown-linux-gnu", env::consts::ARCH);
    let mut breaches = BTreeSet::new();
    for target in ["wasm32-unknown-unknown", &host] {
        for package in packages(target) {
            let name = package["name"].as_str().unwrap();
            let licence = package["license"].as_str().unwrap_or("none stated");
            let excepted = EXCEPTIONS
                .iter()
                .any(|(known, under, _)| (*known, *under) == (name, licence));
            if !is_permissive(licence) && !excepted {
                breaches.insert(format!("{name}: {licence}"));
            }
        }
    }
    demand_none(
        breaches.into_iter().collect(),
        "use another crate, or add an exception with its reason to this test",
    );
}

#[test]
fn every_dependency_comes_from_the_public_registry() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let registry = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let elsewhere = lock
        .lines()
        .filter(|line| line.starts_with("source = ") && *line != registry)
        .map(str::to_owned)
        .collect();
    demand_none(elsewhere, "depend on a published version");
}

#[test]
fn the_licence_lies_in_the_root_with_both_texts() {
    let text = fs::read_to_string(root().join("LICENSE")).unwrap();
    for expected in [
        "Apache License",
        "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
        "Permission is hereby granted, free of charge",
    ] {
        assert!(text.contains(expected), "LICENSE lacks: {expected}");
    }
}

#[test]
fn licence_expressions_are_understood() {
    let check = |expression: &str, expected: bool| {
        assert_eq!(is_permissive(expression), expected, "{expression}");
    };
    check("MIT/Apache-2.0", true);
    check("GPL-3.0-only OR MIT", true);
    check("GPL-3.0-only AND MIT", false);
    check("(MIT OR GPL-3.0-only) AND Unicode-3.0", true);
    check("Apache-2.0 WITH LLVM-exception", true);
    check("MPL-2.0", false);
    check("none stated", false);
}
