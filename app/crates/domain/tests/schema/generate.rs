//! Makes the JSON Schema (2020-12) of a workspace out of the catalogue.

use domain::catalogue::{DEFINITION, TAGS};
use domain::experiment::LOCK;
use domain::value::Currency;
use domain::{Field, FieldType, Hue, Kind, kinds, link_kinds};
use serde_json::{Map, Value, json};

/// As JSON writes it.
const NUMBER: &str = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?";
/// A unit begins with a letter, a sign of its own, or `/` and a letter; right behind the digits it is
/// no power of ten and no other base, as in 1e3 and 0x10, and no thousand, as in 2k. No second number
/// follows, unless it is for each so many of something.
const UNIT: &str = "(?![kKM](\\s|$))(?!.*\\.\\.)(?!.*(?<!\\bper)\\s+[0-9])( +[A-Za-zÀ-\u{1fff}\u{3040}-\u{ffef}].*\
    | *[%‰°€$£¥#(].*| */ *[A-Za-zÀ-\u{1fff}].*\
    |[AaCcDdF-NP-WYZf-np-wyzÀ-\u{1fff}\u{3040}-\u{ffef}].*|[eExXoObB]([^0-9+-].*)?)?";

/// A number, or low, likely and high.
fn range() -> String {
    let number = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?";
    let dots = r" *\.\. *";
    format!("{number}({dots}{number}{dots}{number})?")
}

/// The currencies in use, in any case, or the sign of the euro.
fn currencies() -> String {
    let letters = || 'A'..='Z';
    let codes = letters().flat_map(|a| {
        letters().flat_map(move |b| letters().map(move |c| String::from_iter([a, b, c])))
    });
    let any_case = |code: String| -> String {
        let letters = code.chars();
        let cases = letters.map(|letter| format!("[{letter}{}]", letter.to_ascii_lowercase()));
        cases.collect()
    };
    let known = codes.filter(|code| Currency::parse(code).is_some());
    let known: Vec<String> = known.map(any_case).collect();
    format!("({}|€)", known.join("|"))
}

/// The whole schema.
pub(crate) fn schema() -> Value {
    let kinds_known: Vec<&str> = kinds().iter().map(|kind| kind.id.as_str()).collect();
    let links_known: Vec<&str> = link_kinds().iter().map(|link| link.id.as_str()).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Groundwork workspace",
        "description": "Interchange format, version 1. Kinds, fields and members that are not \
            listed here are allowed, and kept or named in a warning. A member that is null counts \
            as left out.",
        "type": "object",
        "required": ["format"],
        "properties": {
            "format": { "const": "groundwork" },
            "version": { "const": 1 },
            "name": optional("string"),
            "people": list(json!({
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": id(),
                    "name": optional("string"),
                    "colour": { "$ref": "#/$defs/colour" },
                },
            })),
            "entities": list(json!({ "$ref": "#/$defs/entity" })),
            "links": list(json!({
                "type": "object",
                "required": ["from", "to"],
                "properties": {
                    "id": optional_id(),
                    "kind": { "type": ["string", "null"], "default": "relates-to", "examples": links_known },
                    "from": id(),
                    "to": id(),
                    "created": { "$ref": "#/$defs/stamp" },
                    "deleted": { "$ref": "#/$defs/stamp" },
                },
            })),
            "placements": list(json!({
                "type": "object",
                "required": ["entity", "canvas", "slot"],
                "properties": {
                    "entity": id(),
                    "canvas": { "type": "string" },
                    "slot": { "type": "string" },
                    "rank": rank(),
                    "x": optional("number"),
                    "y": optional("number"),
                },
            })),
        },
        "$defs": {
            "entity": {
                "type": "object",
                "properties": {
                    "id": optional_id(),
                    "kind": { "type": ["string", "null"], "examples": kinds_known },
                    "text": optional("string"),
                    "places": {
                        "description": "Canvas id to slot id, or to an object with slot, rank, x and y.",
                        "type": ["object", "null"],
                        "additionalProperties": { "anyOf": [
                            { "type": ["string", "null"] },
                            {
                                "type": "object",
                                "required": ["slot"],
                                "properties": {
                                    "slot": { "type": "string" },
                                    "rank": rank(),
                                    "x": optional("number"),
                                    "y": optional("number"),
                                },
                            },
                        ] },
                    },
                    "fields": optional("object"),
                    "created": { "$ref": "#/$defs/stamp" },
                    "deleted": { "$ref": "#/$defs/stamp" },
                },
                "allOf": kinds().iter().map(kind).collect::<Vec<_>>(),
            },
            "stamp": {
                "type": ["object", "null"],
                "properties": {
                    "by": optional_id(),
                    "at": {
                        "description": "Milliseconds since 1970.",
                        "type": ["integer", "null"],
                        "minimum": i64::MIN,
                        "maximum": i64::MAX,
                    },
                    "edited_since": optional("boolean"),
                },
            },
            "flag": { "enum": [true, false, "true", "false", "yes", "no", null] },
            "text": { "type": ["string", "number", "null"] },
            // A comma within one would make two of it.
            "tags": {
                "type": ["string", "number", "array", "null"],
                "items": { "type": "string", "pattern": "^[^,]*$" },
            },
            "named": { "type": ["string", "number", "null"], "pattern": "\\S" },
            "lock": {
                "type": ["string", "object", "null"],
                "pattern": "^\\s*(-?[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2})\\s*(\\|.*)?$",
                "required": ["at"],
                "properties": {
                    "at": {
                        "type": ["string", "integer"],
                        "minimum": i64::MIN,
                        "maximum": i64::MAX,
                    },
                    "by": optional("string"),
                    "heads": optional("string"),
                    "digest": optional("string"),
                },
            },
            "date": { "type": ["string", "null"], "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
            "quantity": {
                "type": ["number", "string", "object", "null"],
                "required": ["likely"],
                "dependentRequired": { "low": ["high"], "high": ["low"] },
                "additionalProperties": false,
                "properties": {
                    "low": { "type": "number" },
                    "likely": { "type": "number" },
                    "high": { "type": "number" },
                    "unit": optional("string"),
                },
                "pattern": format!("^\\s*{}{UNIT}\\s*$", range()),
                "examples": [12, "8..12..20", "8..12..20 hours"],
            },
            "money": {
                "type": ["number", "string", "object", "null"],
                "required": ["likely"],
                "dependentRequired": { "low": ["high"], "high": ["low"] },
                "additionalProperties": false,
                "properties": {
                    "low": { "type": "number" },
                    "likely": { "type": "number" },
                    "high": { "type": "number" },
                    "currency": { "type": ["string", "null"], "pattern": format!("^\\s*{}\\s*$", currencies()) },
                    "period": { "enum": ["once", "day", "week", "month", "quarter", "year", null] },
                },
                "pattern": format!(
                    "^\\s*{} *{}? *(/ *(once|day|week|month|quarter|year))?\\s*$",
                    range(),
                    currencies(),
                ),
                "examples": [15, "15 EUR", "12..15..20 EUR/month"],
            },
            "colour": { "enum": or_null(Hue::ALL.map(Hue::name)) },
        },
    })
}

fn list(items: Value) -> Value {
    json!({ "type": ["array", "null"], "items": items })
}

/// A member that may be left out, or be null, which is the same.
fn optional(what: &str) -> Value {
    json!({ "type": [what, "null"] })
}

/// These, or null.
fn or_null(values: impl IntoIterator<Item = impl Into<Value>>) -> Value {
    let values = values.into_iter().map(Into::into);
    values.chain([Value::Null]).collect()
}

/// Base-62 digits, the last not 0.
fn rank() -> Value {
    json!({ "type": ["string", "null"], "pattern": "^[0-9A-Za-z]*[1-9A-Za-z]$" })
}

/// Any distinct texts or whole numbers.
fn id() -> Value {
    json!({ "type": ["string", "integer"] })
}

fn optional_id() -> Value {
    json!({ "type": ["string", "integer", "null"] })
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
                let flags: Map<String, Value> = ids
                    .iter()
                    .map(|id| ((*id).to_owned(), json!({ "type": "boolean" })))
                    .collect();
                let mut whole = said.clone();
                if let Some(whole) = whole.as_object_mut() {
                    whole.remove("$ref");
                    whole.insert(
                        "anyOf".to_owned(),
                        json!([
                            list(json!({ "enum": ids })),
                            { "type": "object", "properties": flags, "additionalProperties": false },
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
        FieldType::Text { .. } if field.id == LOCK => shared("lock"),
        FieldType::Text { .. } if field.id == DEFINITION => {
            json!({ "type": ["string", "object", "null"] })
        }
        FieldType::Text { .. } if field.id == TAGS => shared("tags"),
        FieldType::Text { .. } => shared("text"),
        FieldType::Quantity { .. } => shared("quantity"),
        FieldType::Money { .. } => shared("money"),
        FieldType::Date => shared("date"),
        FieldType::Person | FieldType::Reference { .. } => shared("named"),
        FieldType::Colour => shared("colour"),
        FieldType::Choice { options } => {
            json!({ "enum": or_null(options.iter().map(|option| option.id.as_str())) })
        }
        FieldType::Scale(scale) => {
            let steps = scale.steps.iter();
            let written = steps.clone().map(|step| {
                let step = step.to_string().replace('.', "\\.");
                let zeros = if step.contains('.') { "0*" } else { "(\\.0+)?" };
                format!("{step}{zeros}")
            });
            let written = written.collect::<Vec<_>>().join("|");
            json!({ "anyOf": [
                { "enum": or_null(steps.map(|step| plain(*step))) },
                { "type": "string", "pattern": format!("^\\s*({written})\\s*$") },
            ] })
        }
        FieldType::Number(bounds) => {
            let unit = bounds.unit.as_deref().unwrap_or_default();
            let mut said = json!({
                "type": ["number", "string", "null"],
                "pattern": format!("^\\s*{NUMBER}\\s*({unit})?\\s*$"),
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
