//! Judges a value by a schema, as far as the schema of workspaces goes: every keyword that it uses
//! but `pattern` and `format`, which bind texts alone.

use serde_json::Value;

/// Keywords that explain and bind nothing, or bind texts alone.
const SILENT: [&str; 10] = [
    "$schema",
    "$defs",
    "title",
    "description",
    "default",
    "examples",
    "pattern",
    "format",
    "if",
    "then",
];

/// What is wrong with the value, if anything; panics at a keyword that it does not know.
pub(crate) fn problem(schema: &Value, value: &Value) -> Option<String> {
    Judge { root: schema }.problem(schema, value)
}

struct Judge<'a> {
    root: &'a Value,
}

impl Judge<'_> {
    fn problem(&self, schema: &Value, value: &Value) -> Option<String> {
        let rules = schema.as_object().unwrap();
        if let Some(condition) = rules.get("if")
            && self.problem(condition, value).is_none()
            && let Some(problem) = self.problem(&rules["then"], value)
        {
            return Some(problem);
        }
        rules.iter().find_map(|(keyword, rule)| {
            if SILENT.contains(&keyword.as_str()) {
                return None;
            }
            let found = self.breaks(keyword, rule, value, schema)?;
            Some(format!("{keyword} {rule}: {found}"))
        })
    }

    /// What breaks one rule.
    fn breaks(&self, keyword: &str, rule: &Value, value: &Value, schema: &Value) -> Option<String> {
        let unless = |fine: bool| (!fine).then(|| value.to_string());
        let bounds = |fine: fn(f64, f64) -> bool| match (value.as_f64(), rule.as_f64()) {
            (Some(number), Some(limit)) => unless(fine(number, limit)),
            _ => None,
        };
        match keyword {
            "$ref" => {
                let place = rule.as_str().unwrap().trim_start_matches('#');
                self.problem(self.root.pointer(place).unwrap(), value)
            }
            "const" => unless(same(value, rule)),
            "enum" => unless(list(rule).iter().any(|rule| same(value, rule))),
            "type" if rule.is_string() => unless(is(value, rule)),
            "type" => unless(list(rule).iter().any(|rule| is(value, rule))),
            "minimum" => bounds(|number, limit| number >= limit),
            "maximum" => bounds(|number, limit| number <= limit),
            "multipleOf" => bounds(|number, step| (number / step).fract() == 0.0),
            "required" => list(rule)
                .iter()
                .find(|name| value.is_object() && value.get(name.as_str().unwrap()).is_none())
                .map(ToString::to_string),
            "properties" => rule
                .as_object()
                .unwrap()
                .iter()
                .find_map(|(name, rule)| self.problem(rule, value.get(name)?)),
            "additionalProperties" => {
                let named = |name: &String| schema["properties"].get(name).is_some();
                let mut others = value.as_object()?.iter().filter(|(name, _)| !named(name));
                others.find_map(|(name, member)| match rule {
                    Value::Bool(false) => Some(name.clone()),
                    rule => self.problem(rule, member),
                })
            }
            "dependentRequired" => {
                let members = value.as_object()?;
                let given = rule.as_object().unwrap().iter();
                let mut given = given.filter(|(name, _)| members.contains_key(*name));
                given.find_map(|(_, needed)| {
                    let mut needed = list(needed).iter().map(|name| name.as_str().unwrap());
                    needed
                        .find(|name| !members.contains_key(*name))
                        .map(str::to_owned)
                })
            }
            "items" => value
                .as_array()?
                .iter()
                .find_map(|item| self.problem(rule, item)),
            "allOf" => list(rule).iter().find_map(|rule| self.problem(rule, value)),
            "anyOf" => unless(
                list(rule)
                    .iter()
                    .any(|rule| self.problem(rule, value).is_none()),
            ),
            other => panic!("the keyword {other} in {schema} is not known"),
        }
    }
}

fn list(rule: &Value) -> &[Value] {
    rule.as_array().unwrap()
}

/// Numbers are the same however they are written: 4 and 4.0.
fn same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => (one - other).abs() < f64::EPSILON,
        _ => one == other,
    }
}

fn is(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "null" => value.is_null(),
        other => panic!("the type {other} is not known"),
    }
}
