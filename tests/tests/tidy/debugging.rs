//! The browser's release is built without what formats for debugging, so that nothing there may
//! depend on it.

use crate::{
    rust::Source,
    tree::{demand_none, files},
};

/// What the app links of our own.
const LINKED: [&str; 6] = [
    "app/src",
    "app/crates/document/src",
    "app/crates/domain/src",
    "app/crates/workspace/src",
    "sync-server/crates/bounded/src",
    "sync-server/crates/sync/src",
];

/// Writes an implementation of `Debug` itself.
const ALLOWED: &str = "app/crates/domain/src/id.rs";

/// The code in front of a file's own tests.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text)
}

#[test]
fn nothing_in_the_app_is_formatted_for_debugging() {
    let formatted = LINKED
        .into_iter()
        .flat_map(|folder| files(folder, ".rs"))
        .filter(|file| !file.is_test() && file.path != ALLOWED)
        .flat_map(|file| {
            let strings = Source::parse(without_tests(&file.text)).strings;
            strings
                .into_iter()
                .filter(|literal| literal.text.contains(":?}") || literal.text.contains(":#?}"))
                .filter(|literal| !literal.before.contains("assert"))
                .map(move |literal| format!("{}: {}", file.path, literal.text))
        })
        .collect();
    demand_none(
        formatted,
        "say it with `Display`, and quote text with `domain::Quoted`",
    );
}
