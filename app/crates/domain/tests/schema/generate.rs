//! Makes the JSON Schema (2020-12) of a workspace out of the catalogue.

use domain::catalogue::DEFINITION;
use domain::experiment::LOCK;
use domain::{Field, FieldType, Hue, Kind, kinds, link_kinds};
use serde_json::{Map, Value, json};

const NUMBER: &str = r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?";
/// A unit begins with a letter, a sign of its own, or `/` and a letter; right behind the digits it is
/// no power of ten and no other base, as in 1e3 and 0x10.
const UNIT: &str = "( +[A-Za-zÀ-\u{1fff}\u{3040}-\u{ffef}].*\
    | *[%‰°€$£¥#(].*| */ *[A-Za-zÀ-\u{1fff}].*\
    |[AaCcDdF-NP-WYZf-np-wyzÀ-\u{1fff}\u{3040}-\u{ffef}].*|[eExXoObB]([^0-9+-].*)?)?";
const RANGE: &str = r"-?[0-9]+(\.[0-9]+)?( *\.\. *-?[0-9]+(\.[0-9]+)? *\.\. *-?[0-9]+(\.[0-9]+)?)?";

/// The whole schema.
pub(crate) fn schema() -> Value {
    let kinds_known: Vec<&str> = kinds().iter().map(|kind| kind.id.as_str()).collect();
    let links_known: Vec<&str> = link_kinds().iter().map(|link| link.id.as_str()).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Groundwork workspace",
        "description": "Interchange format, version 1. Kinds, fields and members that are not \
            listed here are allowed, and kept or named in a warning.",
        "type": "object",
        "required": ["format"],
        "properties": {
            "format": { "const": "groundwork" },
            "version": { "const": 1 },
            "name": { "type": "string" },
            "people": list(json!({
                "type": "object",
                "required": ["id"],
                "properties": { "id": id(), "name": { "type": "string" }, "colour": { "type": "string" } },
            })),
            "entities": list(json!({ "$ref": "#/$defs/entity" })),
            "links": list(json!({
                "type": "object",
                "required": ["from", "to"],
                "properties": {
                    "id": id(),
                    "kind": { "type": "string", "default": "relates-to", "examples": links_known },
                    "from": id(),
                    "to": id(),
                    "created": { "$ref": "#/$defs/stamp" },
                    "deleted": { "$ref": "#/$defs/stamp" },
                },
            })),
            "placements": list(json!({
                "type": "object",
                "required": ["entity", "canvas", "slot"],
                "properties": { "entity": id(), "canvas": { "type": "string" }, "slot": { "type": "string" } },
            })),
        },
        "$defs": {
            "entity": {
                "type": "object",
                "properties": {
                    "id": id(),
                    "kind": { "type": "string", "examples": kinds_known },
                    "text": { "type": "string" },
                    "places": {
                        "description": "Canvas id to slot id, or to an object with slot, rank, x and y.",
                        "type": "object",
                        "additionalProperties": { "anyOf": [
                            { "type": "string" },
                            {
                                "type": "object",
                                "required": ["slot"],
                                "properties": {
                                    "slot": { "type": "string" },
                                    "rank": { "type": "string" },
                                    "x": { "type": "number" },
                                    "y": { "type": "number" },
                                },
                            },
                        ] },
                    },
                    "fields": { "type": "object" },
                    "created": { "$ref": "#/$defs/stamp" },
                    "deleted": { "$ref": "#/$defs/stamp" },
                },
                "allOf": kinds().iter().map(kind).collect::<Vec<_>>(),
            },
            "stamp": {
                "type": "object",
                "required": ["by", "at"],
                "properties": {
                    "by": id(),
                    "at": { "description": "Milliseconds since 1970.", "type": "integer" },
                    "edited_since": { "type": "boolean" },
                },
            },
            "flag": { "enum": [true, false, "true", "false", "yes", "no"] },
            "text": { "type": ["string", "number"] },
            "id": id(),
            "date": { "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
            "quantity": {
                "type": ["number", "string", "object"],
                "required": ["likely"],
                "properties": {
                    "low": { "type": "number" },
                    "likely": { "type": "number" },
                    "high": { "type": "number" },
                    "unit": { "type": "string" },
                },
    "pattern": format!("^{RANGE}{UNIT} *$"),
                "examples": [12, "8..12..20", "8..12..20 hours"],
            },
            "money": {
                "type": ["number", "string", "object"],
                "required": ["likely"],
                "properties": {
                    "low": { "type": "number" },
                    "likely": { "type": "number" },
                    "high": { "type": "number" },
                    "currency": { "type": "string", "pattern": "^([A-Za-z]{3}|€)$" },
                    "period": { "enum": ["once", "day", "week", "month", "quarter", "year"] },
                },
                "pattern": format!("^{RANGE} *([A-Za-z]{{3}}|€)? *(/ *(once|day|week|month|quarter|year))?$"),
                "examples": [15, "15 EUR", "12..15..20 EUR/month"],
            },
            "colour": { "enum": Hue::ALL.map(Hue::name) },
        },
    })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// Any distinct texts or whole numbers.
fn id() -> Value {
    json!({ "type": ["string", "integer"] })
}

/// What the fields of an entity of that kind are.
fn kind(kind: &Kind) -> Value {
    let mut fields = Map::new();
    for field in &kind.fields {
        let mut said = takes(field);
        if let Some(said) = said.as_object_mut() {
            said.insert("title".to_owned(), json!(field.title.text("en")));
            if let Some(help) = &field.help {
                said.insert("description".to_owned(), json!(help.text("en")));
            }
            if let Some(default) = &field.default {
                said.insert("default".to_owned(), json!(default));
            }
        }
        match &field.takes {
            FieldType::Checklist { options } => {
                let ids: Vec<&str> = options.iter().map(|item| item.id.as_str()).collect();
                let mut whole = said.clone();
                if let Some(whole) = whole.as_object_mut() {
                    whole.remove("$ref");
                    whole.insert(
                        "anyOf".to_owned(),
                        json!([
                            list(json!({ "enum": ids })),
                            { "type": "object", "additionalProperties": { "type": "boolean" } },
                        ]),
                    );
                }
                fields.insert(field.id.clone(), whole);
                for item in options {
                    let mut said = said.clone();
                    said["title"] = json!(item.title.text("en"));
                    fields.insert(format!("{}.{}", field.id, item.id), said);
                }
            }
            _ => {
                fields.insert(field.id.clone(), said);
            }
        }
    }
    json!({
        "if": { "properties": { "kind": { "const": kind.id } }, "required": ["kind"] },
        "then": {
            "title": kind.title.text("en"),
            "description": kind.description.text("en"),
            "properties": { "fields": { "properties": fields } },
        },
    })
}

fn takes(field: &Field) -> Value {
    let shared = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    match &field.takes {
        FieldType::Flag | FieldType::Checklist { .. } => shared("flag"),
        // A canvas of one's own and a lock may be written as what they are.
        FieldType::Text { .. } if [DEFINITION, LOCK].contains(&field.id.as_str()) => {
            json!({ "type": ["string", "object"] })
        }
        FieldType::Text { .. } => shared("text"),
        FieldType::Quantity { .. } => shared("quantity"),
        FieldType::Money { .. } => shared("money"),
        FieldType::Date => shared("date"),
        FieldType::Person | FieldType::Reference { .. } => shared("id"),
        FieldType::Colour => shared("colour"),
        FieldType::Choice { options } => {
            json!({ "enum": options.iter().map(|option| &option.id).collect::<Vec<_>>() })
        }
        FieldType::Scale(scale) => {
            let written: Vec<String> = scale.steps.iter().map(f64::to_string).collect();
            let mut steps: Vec<Value> = scale.steps.iter().map(|step| plain(*step)).collect();
            steps.extend(written.into_iter().map(Value::from));
            json!({ "enum": steps })
        }
        FieldType::Number(bounds) => {
            let unit = bounds.unit.as_deref().unwrap_or_default();
            let mut said = json!({
                "type": ["number", "string"],
                "pattern": format!("^ *{NUMBER} *({unit})? *$"),
            });
            if let Some(least) = bounds.min {
                said["minimum"] = plain(least);
            }
            if let Some(most) = bounds.max {
                said["maximum"] = plain(most);
            }
            if bounds.whole {
                said["multipleOf"] = json!(1);
            }
            said
        }
        other => panic!("say how {other:?} is written"),
    }
}

/// A number without a fraction as a whole one, as people write it.
fn plain(number: f64) -> Value {
    if number.fract() == 0.0 {
        json!(number as i64)
    } else {
        json!(number)
    }
}
