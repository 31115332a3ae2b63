//! `groundwork convert` as a person runs it.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on panics, in its helpers too"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn groundwork(arguments: &[&str], directory: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_groundwork"))
        .args(arguments)
        .current_dir(directory)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_sample_goes_through_every_lossless_format_and_comes_back() {
    let place = tempfile::tempdir().unwrap();
    let original = domain::to_json(&domain::sample("en"));
    fs::write(place.path().join("a.json"), &original).unwrap();
    let steps = [
        ["a.json", "b.md"],
        ["b.md", "tables.csv"],
        ["tables.csv", "c.json"],
    ];
    for [from, to] in steps {
        let output = groundwork(&["convert", from, to], place.path());
        assert!(output.status.success(), "{from} to {to}: {}", said(&output));
        assert_eq!(said(&output), "", "{from} to {to}");
    }
    let back = fs::read_to_string(place.path().join("c.json")).unwrap();
    assert_eq!(back, original);
}

#[test]
fn a_product_graph_and_standard_output_are_written_too() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("a.md"), "# Problem\n- Too slow\n").unwrap();
    let output = groundwork(&["convert", "a.md", "-", "--to", "upg"], place.path());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\"title\": \"Too slow\""), "{text}");
}

#[test]
fn a_mistake_is_told_with_its_line_and_leaves_what_was_there() {
    let place = tempfile::tempdir().unwrap();
    let broken = "{\"format\": \"groundwork\",\n\"entities\": [\n{\"id\": \"b\", \"text\": 7}]}";
    fs::write(place.path().join("broken.json"), broken).unwrap();
    fs::write(place.path().join("out.md"), "precious").unwrap();
    let output = groundwork(&["convert", "broken.json", "out.md"], place.path());
    assert_eq!(output.status.code(), Some(2));
    let words = said(&output);
    for part in ["broken.json", "Line 3", "\"b\"", "\"text\""] {
        assert!(words.contains(part), "{words}");
    }
    let kept = fs::read_to_string(place.path().join("out.md")).unwrap();
    assert_eq!(kept, "precious");
}

#[test]
fn tables_never_mix_with_other_files() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("a.md"), "# Problem\n- Too slow\n").unwrap();
    let output = groundwork(&["convert", "a.md", "."], place.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("empty directory"),
        "{}",
        said(&output)
    );
    let unknown = groundwork(&["convert", "a.md", "b.docx"], place.path());
    assert!(said(&unknown).contains("--to"), "{}", said(&unknown));
}

#[test]
fn kinds_whose_tables_would_have_one_name_get_two() {
    let place = tempfile::tempdir().unwrap();
    let odd = r#"{ "format": "groundwork", "entities": [
        { "id": "a", "kind": "x/y", "text": "One" },
        { "id": "b", "kind": "x?Y", "text": "Two" } ] }"#;
    fs::write(place.path().join("a.json"), odd).unwrap();
    for [from, to] in [
        ["a.json", "b.json"],
        ["a.json", "t.csv"],
        ["t.csv", "c.json"],
    ] {
        let output = groundwork(&["convert", from, to], place.path());
        assert!(output.status.success(), "{from} to {to}: {}", said(&output));
    }
    let read = |name: &str| fs::read_to_string(place.path().join(name)).unwrap();
    assert_eq!(read("c.json"), read("b.json"));
}
