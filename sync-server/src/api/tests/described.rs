//! Holds the interface against `openapi.json`: every route, and every field of every answer.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use axum::http::Method;
use serde_json::Value;

static DESCRIPTION: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../openapi.json")).unwrap());

pub(super) fn description() -> &'static Value {
    &DESCRIPTION
}

/// Follows a `$ref`.
fn resolved(value: &Value) -> &Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => resolved(DESCRIPTION.pointer(&reference[1..]).unwrap()),
        None => value,
    }
}

/// The described path that an address matches.
fn described_path(path: &str) -> Option<&'static Value> {
    let wanted: Vec<_> = path.split('/').collect();
    let paths = DESCRIPTION["paths"].as_object().unwrap();
    paths.iter().find_map(|(described, item)| {
        let parts: Vec<_> = described
            .strip_prefix("/api/v1/")
            .unwrap()
            .split('/')
            .collect();
        let alike = parts.len() == wanted.len()
            && parts
                .iter()
                .zip(&wanted)
                .all(|(part, want)| part.starts_with('{') || part == want);
        alike.then_some(item)
    })
}

/// Fails unless this answer is described, and, if it says that the request was in order, the request.
pub(super) fn conforms(method: &Method, path: &str, asked: &Value, status: u16, value: &Value) {
    let Some(item) = described_path(path) else {
        assert_eq!(status, 404, "{path} is not described");
        return;
    };
    let operation = &item[method.as_str().to_lowercase()];
    if status < 300 {
        in_order(
            &operation["requestBody"],
            asked,
            &format!("{method} {path}"),
        );
        for (part, name) in path.split('/').skip(1).step_by(2).zip(parameters(item)) {
            fits(&name["schema"], &Value::from(part), path);
        }
    }
    let response = resolved(&operation["responses"][status.to_string()]);
    assert!(
        response.is_object(),
        "{method} {path} {status} is not described"
    );
    match response.pointer("/content/application~1json/schema") {
        Some(schema) => fits(schema, value, path),
        None => assert!(value.is_null(), "{method} {path}: {value}"),
    }
}

/// What stands in an address, in order.
fn parameters(item: &Value) -> impl Iterator<Item = &Value> {
    item["parameters"].as_array().into_iter().flatten()
}

/// Fails unless a body, or that there is none, is as described.
fn in_order(described: &Value, asked: &Value, at: &str) {
    match described.pointer("/content/application~1json/schema") {
        Some(_) if asked.is_null() => assert_eq!(described["required"], false, "{at}"),
        Some(schema) => fits(schema, asked, at),
        None => assert!(asked.is_null(), "{at}: a body"),
    }
}

/// Whether a text is as a pattern of the description says: all are so many characters of a class.
fn matches(pattern: &str, text: &str) -> bool {
    let (class, count) = pattern
        .strip_prefix("^[")
        .unwrap()
        .split_once("]{")
        .unwrap();
    let count = count.strip_suffix("}$").unwrap();
    let (least, most) = count.split_once(',').unwrap_or((count, count));
    let class: Vec<char> = class.chars().collect();
    let in_class = |c: char| {
        let mut ranges = class.windows(3).filter(|window| window[1] == '-');
        ranges.any(|range| (range[0]..=range[2]).contains(&c))
    };
    let length = least.parse::<usize>().unwrap()..=most.parse().unwrap();
    length.contains(&text.len()) && text.chars().all(in_class)
}

/// Fails unless a value is as its schema says.
fn fits(schema: &Value, value: &Value, at: &str) {
    let schema = resolved(schema);
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds = &schema["type"];
    let right = kinds == kind
        || kinds
            .as_array()
            .is_some_and(|all| all.iter().any(|k| k == kind));
    assert!(right, "{at}: {value} is not {kinds}");
    if let Some(allowed) = schema["enum"].as_array() {
        assert!(allowed.contains(value), "{at}: {value}");
    }
    if let (Some(pattern), Some(text)) = (schema["pattern"].as_str(), value.as_str()) {
        assert!(matches(pattern, text), "{at}: {text} is not {pattern}");
    }
    if let (Some(most), Some(text)) = (schema["maxLength"].as_u64(), value.as_str()) {
        assert!(text.chars().count() as u64 <= most, "{at}: {text}");
    }
    if let Some(number) = value.as_f64() {
        let bound = |name: &str| schema[name].as_f64();
        assert!(bound("minimum").is_none_or(|least| number >= least), "{at}");
        assert!(bound("maximum").is_none_or(|most| number <= most), "{at}");
    }
    for element in value.as_array().into_iter().flatten() {
        fits(&schema["items"], element, at);
    }
    let Some(properties) = schema["properties"].as_object() else {
        return;
    };
    let fields = value.as_object().unwrap();
    for (name, field) in fields {
        let described = properties.get(name);
        let described = described.unwrap_or_else(|| panic!("{at}: `{name}` is not described"));
        fits(described, field, &format!("{at}.{name}"));
    }
    for name in schema["required"].as_array().unwrap() {
        let name = name.as_str().unwrap();
        assert!(fields.contains_key(name), "{at}: no `{name}`");
    }
}

/// The routes in the source: each address with its methods.
fn routes() -> BTreeSet<(String, String)> {
    let source = include_str!("../../api.rs");
    let mut found = BTreeSet::new();
    for route in source.split(".route(").skip(1) {
        let address = route.split('"').nth(1).unwrap();
        let handlers = route.split(".layer(").next().unwrap();
        for method in ["get", "post", "put", "patch", "delete"] {
            if handlers.contains(&format!("{method}(")) {
                found.insert((address.to_owned(), method.to_owned()));
            }
        }
    }
    found
}

#[test]
fn each_route_is_described_and_each_description_has_a_route() {
    let paths = DESCRIPTION["paths"].as_object().unwrap();
    let mut described = BTreeSet::new();
    for (path, item) in paths {
        for method in item.as_object().unwrap().keys() {
            if method != "parameters" {
                described.insert((path.clone(), method.clone()));
            }
        }
    }
    assert!(described.len() >= 8, "{described:?}");
    assert_eq!(routes(), described);
}

#[test]
fn each_field_that_a_request_may_have_is_read_and_the_other_way_round() {
    let mut described = BTreeSet::new();
    for item in DESCRIPTION["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let schema = operation.pointer("/requestBody/content/application~1json/schema");
            let properties = schema.and_then(|schema| schema["properties"].as_object());
            described.extend(properties.into_iter().flat_map(|p| p.keys().cloned()));
        }
    }
    let sources = [
        include_str!("../workspaces.rs"),
        include_str!("../links.rs"),
        include_str!("../documents.rs"),
    ]
    .concat();
    let mut read = BTreeSet::new();
    for (call, name) in [
        (".label()", "label"),
        (".key()", "key"),
        (".expires()", "expires"),
    ] {
        if sources.contains(&format!("fields{call}")) {
            read.insert(name.to_owned());
        }
    }
    for call in ["text(\"", "role(\""] {
        for part in sources.split(call).skip(1) {
            read.insert(part.split('"').next().unwrap().to_owned());
        }
    }
    assert_eq!(read, described);
}
