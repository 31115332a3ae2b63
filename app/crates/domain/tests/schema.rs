//! `app/docs/workspace.schema.json`, the JSON Schema of the interchange format, is generated from
//! the catalogue. `GROUNDWORK_WRITE=1 cargo test -p domain --test schema` writes it anew. What the
//! program writes and documents is valid by it; what it would refuse or call a misfit is not.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a schema that cannot be made or read fails its test with a backtrace, as it should"
)]

#[path = "schema/agreement.rs"]
mod agreement;
#[path = "schema/evaluate.rs"]
mod evaluate;
#[path = "schema/generate.rs"]
mod generate;

use std::path::{Path, PathBuf};

use domain::{sample, to_json};
use evaluate::problem;
use generate::schema;
use serde_json::{Value, json};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

fn read(file: &str) -> String {
    std::fs::read_to_string(docs().join(file)).unwrap_or_default()
}

/// A file with one entity.
fn file(entity: Value) -> Value {
    json!({ "format": "groundwork", "entities": [entity] })
}

fn check_valid(file: &Value, whose: &str) {
    assert_eq!(problem(&schema(), file), None, "{whose}");
}

fn check_invalid(file: &Value) {
    assert!(problem(&schema(), file).is_some(), "{file}");
}

#[test]
fn the_published_schema_is_up_to_date() {
    let text = format!("{:#}\n", schema());
    if std::env::var_os("GROUNDWORK_WRITE").is_some() {
        std::fs::write(docs().join("workspace.schema.json"), &text).unwrap();
    }
    // As values: in which order members are written depends on what else is built.
    let published: Value = serde_json::from_str(&read("workspace.schema.json")).unwrap();
    assert!(
        published == schema(),
        "write it anew: GROUNDWORK_WRITE=1 cargo test -p domain --test schema"
    );
}

#[test]
fn what_the_program_writes_is_valid() {
    for language in ["en", "de", "es"] {
        let written = serde_json::from_str(&to_json(&sample(language))).unwrap();
        check_valid(&written, language);
    }
}

#[test]
fn the_documented_workspaces_are_valid() {
    let page = read("format.md");
    let examples = page.split("\n```json\n").skip(1);
    let mut workspaces = 0;
    for example in examples.filter_map(|rest| rest.split("```").next()) {
        let example: Value = serde_json::from_str(example).unwrap();
        if example["format"] == "groundwork" {
            check_valid(&example, &example.to_string());
            workspaces += 1;
        }
    }
    assert!(workspaces >= 4, "{workspaces}");
}

#[test]
fn the_example_of_every_kind_is_valid() {
    let whole = serde_json::from_str(&read("every-kind.json")).unwrap();
    check_valid(&whole, "every-kind.json");
    let page = read("kinds.md");
    let mut examples = 0;
    for example in page.split("\n```json\n").skip(1) {
        let entity: Value = serde_json::from_str(example.split("```").next().unwrap()).unwrap();
        check_valid(&file(entity.clone()), &entity.to_string());
        examples += 1;
    }
    assert_eq!(examples, domain::kinds().len());
}

#[test]
fn what_would_be_refused_or_misfits_is_invalid() {
    check_invalid(&json!({}));
    check_invalid(&json!({ "format": "groundwork", "version": 2 }));
    check_invalid(&file(json!({ "text": 5 })));
    check_invalid(&file(
        json!({ "places": { "lean-canvas": { "rank": "V" } } }),
    ));
    check_invalid(&json!({ "format": "groundwork", "links": [{ "from": "a" }] }));
    check_invalid(&json!({ "format": "groundwork", "people": [{ "name": "Ines" }] }));
    for (kind, field, value) in [
        ("metric", "direction", json!("sideways")),
        ("metric", "guardrail", json!("perhaps")),
        ("metric", "actionable.ratio", json!(3)),
        ("pain", "severity", json!(6)),
        ("reading", "n", json!(2.5)),
        ("viral", "conversion", json!(101)),
        ("reading", "date", json!(20261122)),
        ("cost", "colour", json!("teal")),
        ("reading", "metric", json!(true)),
    ] {
        check_invalid(&file(json!({ "kind": kind, "fields": { field: value } })));
    }
}

#[test]
fn a_number_is_valid_however_it_is_written() {
    for written in ["4", "4.0", "\"4\""] {
        let value: Value = serde_json::from_str(written).unwrap();
        let pain = json!({ "kind": "pain", "fields": { "severity": value } });
        check_valid(&file(pain), written);
    }
}

#[test]
fn lists_and_objects_are_valid_where_they_are_read() {
    for (kind, field, value) in [
        ("metric", "actionable", json!(["ratio", "comparable"])),
        ("metric", "actionable", json!({ "ratio": true })),
        (
            "quantity",
            "value",
            json!({ "low": 8, "likely": 12, "high": 20, "unit": "hours" }),
        ),
        (
            "economics",
            "arpa",
            json!({ "likely": 15, "currency": "EUR", "period": "month" }),
        ),
    ] {
        let written = json!({ "kind": kind, "fields": { field: value } });
        check_valid(&file(written), field);
    }
    check_invalid(&file(
        json!({ "kind": "metric", "fields": { "actionable": ["round"] } }),
    ));
    check_invalid(&file(
        json!({ "kind": "quantity", "fields": { "value": { "low": 8 } } }),
    ));
}

#[test]
fn what_a_newer_version_adds_is_valid() {
    check_valid(
        &file(json!({ "kind": "hunch", "fields": { "shape": "round", "size": 3 } })),
        "an unknown kind",
    );
    check_valid(
        &file(json!({ "kind": "note", "fields": { "shape": "round" } })),
        "a field",
    );
}
