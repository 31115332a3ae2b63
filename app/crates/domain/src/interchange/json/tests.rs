//! What a person may leave out of a workspace in JSON, and what is said about mistakes.

use crate::interchange::{Imported, import};
use crate::{EntityId, FieldValue, ImportError, to_json};

fn read(json: &str) -> Imported {
    import("a.json", json.as_bytes()).unwrap()
}

fn slot(imported: &Imported, slot: &str) -> Vec<String> {
    let notes = imported
        .graph
        .slot_notes(&"lean-canvas".into(), &slot.into());
    notes
        .into_iter()
        .map(|id| imported.graph.entities[id].text.clone())
        .collect()
}

#[test]
fn a_workspace_written_by_hand_needs_only_texts_and_slots() {
    let imported = read(
        r#"{ "format": "groundwork", "name": "Tern", "entities": [
            { "text": "Slow", "places": { "lean-canvas": "problem" } },
            { "id": 7, "text": "Dear", "places": { "lean-canvas": "problem" } },
            { "text": "Late", "places": { "lean-canvas": { "slot": "problem" } } } ],
          "links": [{ "from": 7, "to": "7" }] }"#,
    );
    assert_eq!(imported.warnings, [""; 0]);
    assert_eq!(slot(&imported, "problem"), ["Slow", "Dear", "Late"]);
    assert!(
        imported
            .graph
            .entities
            .values()
            .all(|entity| entity.kind == "problem")
    );
    assert_eq!(
        imported.graph.links.values().next().unwrap().kind,
        "relates-to"
    );
}

#[test]
fn notes_without_a_rank_follow_those_that_have_one() {
    let imported = read(
        r#"{ "format": "groundwork", "entities": [
            { "text": "third", "places": { "lean-canvas": "problem" } },
            { "text": "second", "places": { "lean-canvas": { "slot": "problem", "rank": "k" } } },
            { "text": "first", "places": { "lean-canvas": { "slot": "problem", "rank": "V" } } } ] }"#,
    );
    assert_eq!(slot(&imported, "problem"), ["first", "second", "third"]);
}

#[test]
fn what_this_version_does_not_know_is_kept_where_it_has_a_place_and_named() {
    let imported = read(
        r#"{ "format": "groundwork", "ratings": [], "entities": [
            { "id": "a", "kind": "hunch", "risk": 3, "tags": ["x"], "fields": { "done": true } } ] }"#,
    );
    let entity = &imported.graph.entities[&EntityId::from("a")];
    assert_eq!(entity.fields["risk"], FieldValue::Number(3.0));
    assert_eq!(entity.fields["tags"], FieldValue::Text(r#"["x"]"#.into()));
    assert_eq!(entity.fields["done"], FieldValue::Flag(true));
    assert_eq!(imported.warnings.len(), 4, "{:?}", imported.warnings);
}

#[test]
fn an_id_made_for_one_note_never_takes_the_id_of_another() {
    let first = read(r#"{ "format": "groundwork", "entities": [{ "text": "Slow" }] }"#);
    let id = first.graph.entities.keys().next().unwrap();
    let both = format!(
        r#"{{ "format": "groundwork", "entities": [{{ "text": "Slow" }}, {{ "id": "{id}", "text": "Slow" }}] }}"#
    );
    assert_eq!(read(&both).graph.entities.len(), 2);
}

fn check_error(json: &str, expected: &str) {
    let error = import("a.json", json.as_bytes()).unwrap_err().to_string();
    assert_eq!(error, expected);
}

#[test]
fn a_mistake_is_named_by_line_entity_and_field() {
    check_error(
        "{ \"format\": \"groundwork\",\n \"entities\": [\n  { \"id\": \"a\" },\n  { \"id\": \"b\",\n    \"text\": 3 } ] }",
        "Line 5: entity \"b\", field \"text\": expected text, found a number.",
    );
    check_error(
        "{ \"format\": \"groundwork\", \"entities\": [{},\n { \"places\": { \"lean-canvas\": {} } }] }",
        "Line 2: entity 2, field \"places\", field \"lean-canvas\": \"slot\" is missing.",
    );
    check_error(
        "{ \"format\": \"groundwork\", \"entities\": [{ \"id\": \"a\" },\n { \"id\": \"a\" }] }",
        "Line 2: entity \"a\": another entity has the same id.",
    );
    check_error(
        "{ \"format\": \"groundwork\", \"links\": [{ \"from\": \"a\" }] }",
        "Line 1: link 1: \"to\" is missing.",
    );
    check_error(
        "{ \"format\": \"groundwork\",\n \"people\": {} }",
        "Line 2: field \"people\": expected a list, found an object.",
    );
}

#[test]
fn a_newer_version_is_refused_whole() {
    let error = import("", br#"{ "format": "groundwork", "version": 2 }"#).unwrap_err();
    assert_eq!(
        error,
        ImportError::NewerVersion {
            version: 2,
            newest: 1
        }
    );
}

#[test]
fn the_export_reads_as_a_person_would_write_it() {
    let imported = read(
        r#"{ "format": "groundwork", "name": "Tern", "entities": [
            { "id": "a", "text": "Slow", "places": { "lean-canvas": { "slot": "problem", "rank": "V" } } } ] }"#,
    );
    let expected = r#"{
  "format": "groundwork",
  "version": 1,
  "name": "Tern",
  "people": [],
  "entities": [
    {
      "id": "a",
      "kind": "problem",
      "text": "Slow",
      "places": {
        "lean-canvas": {
          "slot": "problem",
          "rank": "V"
        }
      }
    }
  ],
  "links": []
}
"#;
    assert_eq!(to_json(&imported.graph), expected);
}
