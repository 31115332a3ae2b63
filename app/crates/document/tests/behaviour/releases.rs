//! Documents that releases have written load for ever. One fixture a release, never changed.

use std::path::Path;

use document::ProductDocument;
use domain::FieldValue;

use super::support::{
    AT, ada_and_ben, add_at, delete, exchange, field, identity, note, run, slot, splice,
};

fn fixtures() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// D1: the workspace that `write_the_fixture` made, as 0.1.0 stored it.
#[test]
fn a_document_of_version_0_1_0_loads_and_can_be_edited() {
    let stored = std::fs::read(fixtures().join("0.1.0.automerge")).unwrap();

    let (mut cem, rejected) = ProductDocument::load(identity("cem", 3), &[stored]);

    assert!(rejected.is_empty() && cem.is_ready() && !cem.is_from_newer_version());
    assert_eq!(slot(&cem, "problem"), ["n"]);
    assert_eq!(note(&cem, "n").text, "Builds are slow 🐌");
    let red = FieldValue::Text("red".into());
    assert_eq!(note(&cem, "n").fields.get("colour"), Some(&red));
    let deletion = note(&cem, "gone").deleted.unwrap();
    assert_eq!(
        (deletion.by.as_str(), deletion.at, deletion.edited_since),
        ("ada", AT, true)
    );
    run(&mut cem, 1, splice("n", 0, 6, "Tests"));
    assert_eq!(note(&cem, "n").text, "Tests are slow 🐌");
}

/// D1: the fixture of this version reads as what it was made of. `GROUNDWORK_WRITE=1` writes it,
/// once, when a release is made.
#[test]
fn the_fixture_of_this_version_reads_as_what_it_was_made_of() {
    let (mut ada, mut ben) = ada_and_ben("Builds slow 🐌");
    run(&mut ada, 1, field("n", "colour", "red"));
    run(
        &mut ada,
        2,
        add_at("gone", "No tests", "solution", document::Anchor::First),
    );
    exchange(&mut ada, &mut ben);
    run(&mut ben, 1, splice("n", 7, 0, "are "));
    run(&mut ben, 2, splice("gone", 0, 2, "Few"));
    run(&mut ada, 3, delete("gone"));
    exchange(&mut ada, &mut ben);
    let file = fixtures().join(format!("{}.automerge", env!("CARGO_PKG_VERSION")));
    if std::env::var_os("GROUNDWORK_WRITE").is_some() {
        std::fs::write(&file, ada.snapshot()).unwrap();
    }

    let (stored, _) = ProductDocument::load(identity("cem", 3), &[std::fs::read(file).unwrap()]);

    let (mut made, mut read) = (ada.graph(), stored.graph());
    for graph in [&mut made, &mut read] {
        // Ranks end in chance.
        graph.placements.clear();
    }
    assert_eq!(read, made);
}
