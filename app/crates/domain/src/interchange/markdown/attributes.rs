//! The comment behind a note: `<!-- id=n1 kind=problem colour=yellow -->`.
//!
//! A value is a bare word, JSON text or a JSON object. `<` and `>` are escaped within JSON, so that
//! no value can end the comment.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use crate::locate::twice;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// Names and values, in the order written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Attributes(Vec<(String, Value)>);

impl Attributes {
    /// Splits the comment off the end of a line; `None` if there is none that is ours.
    pub(super) fn split_off(line: &str) -> Option<(&str, Attributes)> {
        let inside = line.trim_end_matches([' ', '\t']).strip_suffix(CLOSE)?;
        let (text, inside) = inside.rsplit_once(OPEN)?;
        let attributes = Attributes::parse(inside)?;
        let names = ["id", "kind", "colour", "groundwork", "placements"];
        let is_ours = names.iter().any(|name| attributes.has(name));
        is_ours.then_some((text, attributes))
    }

    fn parse(inside: &str) -> Option<Attributes> {
        let mut attributes = Vec::new();
        let mut rest = inside.trim();
        while !rest.is_empty() {
            let (name, value) = rest.split_once('=')?;
            if name.is_empty()
                || !name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            {
                return None;
            }
            let (value, behind) = parse_value(value)?;
            if attributes.iter().any(|(known, _)| known == name) {
                return None;
            }
            attributes.push((name.to_owned(), value));
            rest = behind.trim_start();
        }
        Some(Attributes(attributes))
    }

    /// The names that are not among these, each with its value.
    pub(super) fn others(&self, known: &[&str]) -> impl Iterator<Item = (&str, &Value)> {
        let named = self.0.iter().map(|(name, value)| (name.as_str(), value));
        named.filter(|(name, _)| !known.contains(name))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value)
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.value(name)?.as_str()
    }

    pub(super) fn set(&mut self, name: &str, text: impl Into<String>) {
        self.0.push((name.to_owned(), Value::String(text.into())));
    }

    pub(super) fn set_some(&mut self, name: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.set(name, value.to_string());
        }
    }

    pub(super) fn set_object(&mut self, name: &str, value: &impl Serialize) {
        let value = serde_json::to_value(value).unwrap_or_default();
        if value.as_object().is_some_and(|members| !members.is_empty()) {
            self.0.push((name.to_owned(), value));
        }
    }

    /// The whole comment.
    pub(super) fn comment(&self) -> String {
        let mut comment = String::from(OPEN);
        for (name, value) in &self.0 {
            // Writing to a string cannot fail.
            let _ = match value {
                Value::String(text) if is_bare(text) => write!(comment, " {name}={text}"),
                other => {
                    let json = other
                        .to_string()
                        .replace('<', "\\u003c")
                        .replace('>', "\\u003e");
                    write!(comment, " {name}={json}")
                }
            };
        }
        comment + " " + CLOSE
    }
}

fn parse_value(text: &str) -> Option<(Value, &str)> {
    if text.starts_with(['"', '{']) {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
        let value = values.next()?.ok()?;
        let (json, behind) = text.split_at_checked(values.byte_offset())?;
        // Of two members of one name one would be lost.
        return twice(json).is_none().then_some((value, behind));
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, behind) = text.split_at_checked(end)?;
    Some((Value::String(word.to_owned()), behind))
}

/// Whether the text needs no quotes: nothing in it can be taken for the end of the value or of the
/// comment.
fn is_bare(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:@|%+/".contains(&byte);
    !text.is_empty() && !text.contains("--") && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_value_survives_and_none_ends_the_comment() {
        arbtest::arbtest(|u| {
            let (text, name): (String, String) = (u.arbitrary()?, u.arbitrary()?);
            let mut attributes = Attributes::default();
            attributes.set("id", text.as_str());
            attributes.set_object("fields", &std::collections::BTreeMap::from([(name, &text)]));
            let line = format!("Text {}", attributes.comment());
            assert_eq!(Attributes::split_off(&line), Some(("Text ", attributes)));
            assert_eq!(line.matches(CLOSE).count(), 1);
            Ok(())
        })
        .budget_ms(500);
    }

    #[test]
    fn a_comment_of_someone_else_is_text() {
        for line in [
            "a <!-- todo -->",
            "a <!-- x=1 -->",
            "a <!-- id = 1 -->",
            "a -->",
            "<!-- id=\" -->",
        ] {
            assert_eq!(Attributes::split_off(line), None, "{line}");
        }
    }
}
