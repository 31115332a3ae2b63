//! The schema and the reader, held against each other: a file in which one value after the other is
//! replaced by everything that it could be instead is valid exactly where the reader takes it and
//! finds that its values fit.
//!
//! Of texts the schema says more by `pattern`, which is no part of the evaluator here.

use domain::import;
use domain::interchange::Warning;
use serde_json::{Value, json};

use crate::{evaluate::problem, generate::schema};

/// A file that says all that one can say, with a field of each type.
fn whole() -> Value {
    json!({
        "format": "groundwork", "version": 1, "name": "Understudy",
        "people": [{ "id": "ines", "name": "Ines", "colour": "violet" }],
        "entities": [
            {
                "id": "filled", "kind": "metric", "text": "Calls filled",
                "places": { "lean-canvas": "key-metrics", "metrics": { "slot": "outcome", "rank": "V1", "x": 1, "y": 2.5 } },
                "fields": { "unit": "%", "direction": "up", "target": 80, "owner": "ines", "guardrail": true,
                    "tags": "calls, players", "colour": "red", "actionable": ["ratio"], "actionable.comparable": true },
                "created": { "by": "ines", "at": 1 },
                "deleted": { "by": "ines", "at": 2, "edited_since": false },
            },
            { "id": "metric", "kind": "metric", "fields": { "actionable": { "ratio": true } } },
            { "id": 7, "kind": "reading",
                "fields": { "metric": "filled", "date": "2026-11-22", "value": 69, "n": 84 } },
            { "kind": "pain", "text": "Late", "fields": { "severity": 4 } },
            { "kind": "economics", "fields": { "arpa": "12..15..20 EUR",
                "fixed-costs": { "low": 1, "likely": 2, "high": 3, "currency": "EUR", "period": "year" } } },
            { "kind": "quantity", "fields": { "value": { "low": 8, "likely": 12, "high": 20, "unit": "calls" } } },
            { "id": "x", "kind": "experiment",
                "fields": { "lock": { "at": "2026-10-05", "by": "ines", "heads": "", "digest": "" } } },
        ],
        "links": [{ "id": "l", "kind": "relates-to", "from": "filled", "to": 7,
            "created": { "by": "ines", "at": 3 }, "deleted": { "by": "ines", "at": 4 } }],
        "placements": [{ "entity": "elsewhere", "canvas": "lean-canvas", "slot": "problem", "rank": "V", "x": 1, "y": 2 }],
    })
}

/// What a value could be instead.
fn others() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(5),
        json!(5.0),
        json!(2.5),
        json!(-1),
        json!(1e30),
        json!([]),
        json!(["x"]),
        json!([null]),
        json!({}),
        json!({ "a": 1 }),
    ]
}

/// Whether the reader takes the file, and every value fits where it stands.
fn is_taken(file: &Value) -> bool {
    let text = file.to_string();
    import("file.json", text.as_bytes()).is_ok_and(|imported| {
        let unfit = ["colour", "rank", "lock", "nested", "misfit"];
        let is_unfit = |one: &Warning| {
            // What does not fit a checklist is told as a field that there is not.
            let is_item = |part: &(&str, String)| part.1.starts_with("actionable");
            match one.key.trim_start_matches("import.warning.") {
                "field" => one.parts.iter().any(is_item),
                key => unfit.contains(&key),
            }
        };
        let mut said = imported.warnings.iter().chain(&imported.doubts);
        !said.any(is_unfit)
    })
}

/// Every place in a value, as a pointer.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    let mut within = |step: String, value: &Value| {
        let place = format!("{here}/{step}");
        places(value, &place, found);
        found.push(place);
    };
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                within(name.clone(), member);
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                within(number.to_string(), item);
            }
        }
        _ => {}
    }
}

/// The file with another value there, or with none.
fn with(file: &Value, place: &str, other: Option<Value>) -> Value {
    let mut file = file.clone();
    let (parent, step) = place.rsplit_once('/').unwrap();
    match (file.pointer_mut(parent).unwrap(), other) {
        (parent, Some(other)) => *parent.pointer_mut(&format!("/{step}")).unwrap() = other,
        (Value::Object(members), None) => drop(members.remove(step)),
        (Value::Array(items), None) => drop(items.remove(step.parse().unwrap())),
        _ => {}
    }
    file
}

#[test]
fn what_the_schema_allows_is_what_the_reader_takes() {
    let (schema, file) = (schema(), whole());
    assert_eq!(problem(&schema, &file), None);
    assert!(is_taken(&file));
    let mut all = Vec::new();
    places(&file, "", &mut all);
    // Another kind has other fields, of which both say something else.
    let of_a_kind = all
        .iter()
        .filter(|place| !place.ends_with("/kind") || place.contains("links"));
    let mut differ = Vec::new();
    for place in of_a_kind {
        for other in others().into_iter().map(Some).chain([None]) {
            let planted = with(&file, place, other.clone());
            // That low, likely and high ascend is beyond a schema.
            let is_end = ["/low", "/likely", "/high"]
                .iter()
                .any(|end| place.ends_with(end));
            if is_end && other.as_ref().is_some_and(Value::is_number) {
                continue;
            }
            let is_valid = problem(&schema, &planted).is_none();
            if is_valid != is_taken(&planted) {
                differ.push(format!("{place} = {other:?}: valid is {is_valid}"));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
