//! The words of an issue's description: plain text, or Jira's tree of paragraphs (the Atlassian
//! document format). What a node says without text of its own (a person, a day, an address) is put
//! into words; what has no words is counted by the name of its node.

use serde_json::Value;

use super::name_at;
use crate::interchange::untaken::Untaken;
use crate::value::Date;

/// No description is nested so deeply; a crafted one must not use up the stack.
const DEEPEST: usize = 64;

/// The words of a description.
pub(super) fn words(description: &Value, untaken: &mut Untaken) -> String {
    let mut text = String::new();
    add(description, &mut text, untaken, 0);
    text
}

fn add(node: &Value, text: &mut String, untaken: &mut Untaken, depth: usize) {
    match node {
        Value::String(words) => text.push_str(words),
        Value::Object(_) if depth > DEEPEST => untaken.add(name_at(node, &["type"])),
        Value::Object(_) => {
            let kind = name_at(node, &["type"]);
            if begins_line(kind) {
                end_line(text);
            }
            let said = own_words(node, kind);
            text.push_str(&said);
            if matches!(kind, "expand" | "nestedExpand") {
                end_line(text);
            }
            let children = node.get("content").and_then(Value::as_array);
            if said.is_empty() && children.is_none() && !is_silent(kind) {
                untaken.add(kind);
            }
            for child in children.into_iter().flatten() {
                add(child, text, untaken, depth + 1);
            }
            if begins_line(kind) || ends_line(kind) {
                end_line(text);
            }
        }
        _ => {}
    }
}

/// What a node says besides its children.
fn own_words(node: &Value, kind: &str) -> String {
    let attribute = |name: &str| name_at(node, &["attrs", name]);
    let first = |names: [&str; 2]| {
        let [first, other] = names.map(attribute);
        if first.is_empty() { other } else { first }.to_owned()
    };
    match kind {
        "mention" => first(["text", "id"]),
        "emoji" => first(["text", "shortName"]),
        "status" => attribute("text").to_owned(),
        "date" => day(node.get("attrs").and_then(|attrs| attrs.get("timestamp"))),
        "inlineCard" | "blockCard" | "embedCard" => match attribute("url") {
            "" => name_at(node, &["attrs", "data", "url"]).to_owned(),
            url => url.to_owned(),
        },
        "expand" | "nestedExpand" => attribute("title").to_owned(),
        "taskItem" | "blockTaskItem" | "decisionItem" => match attribute("state") {
            "DONE" | "DECIDED" => "☑ ".to_owned(),
            _ => "☐ ".to_owned(),
        },
        _ => linked(node),
    }
}

/// A piece of text, with the address behind it that it leads to and does not say itself.
fn linked(node: &Value) -> String {
    let words = name_at(node, &["text"]);
    let marks = node.get("marks").and_then(Value::as_array);
    let mut addresses = marks
        .into_iter()
        .flatten()
        .map(|mark| name_at(mark, &["attrs", "href"]));
    match addresses.find(|address| !address.is_empty()) {
        Some(address) if !words.contains(address) => format!("{words} ({address})"),
        _ => words.to_owned(),
    }
}

/// The day of a time in milliseconds, which Jira writes as text.
fn day(time: Option<&Value>) -> String {
    let milliseconds = match time {
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(number) => number.as_i64(),
        None => None,
    };
    let day = milliseconds.and_then(Date::from_milliseconds);
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// What stands on lines of its own even where nothing before it ended one.
fn begins_line(kind: &str) -> bool {
    matches!(
        kind,
        "taskItem"
            | "blockTaskItem"
            | "decisionItem"
            | "expand"
            | "nestedExpand"
            | "blockCard"
            | "embedCard"
    )
}

fn ends_line(kind: &str) -> bool {
    matches!(kind, "paragraph" | "heading" | "hardBreak" | "codeBlock")
}

/// What may hold nothing without anything being lost.
fn is_silent(kind: &str) -> bool {
    ends_line(kind)
        || matches!(
            kind,
            "" | "doc" | "rule" | "text" | "tableCell" | "tableHeader"
        )
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &str, expected: &str, named: Option<&str>) {
        let document = format!(r#"{{"type": "doc", "version": 1, "content": [{content}]}}"#);
        let document = serde_json::from_str(&document).unwrap();
        let mut untaken = Untaken::default();
        assert_eq!(words(&document, &mut untaken).trim_end(), expected);
        assert_eq!(untaken.names().as_deref(), named, "{content}");
    }

    #[test]
    fn tasks_and_decisions_stand_in_lines_of_their_own_with_their_ticks() {
        check(
            r#"{"type": "taskList", "content": [
                {"type": "taskItem", "attrs": {"state": "DONE"}, "content": [{"type": "text", "text": "buy"}]},
                {"type": "taskItem", "attrs": {"state": ""}, "content": [{"type": "text", "text": "sell"}]}]},
              {"type": "codeBlock", "content": [{"type": "text", "text": "fn main() {"}]},
              {"type": "decisionList", "content": [
                {"type": "decisionItem", "attrs": {"state": "DECIDED"}, "content": [{"type": "text", "text": "d1"}]}]}"#,
            "☑ buy\n☐ sell\nfn main() {\n☑ d1",
            None,
        );
    }

    #[test]
    fn people_days_states_addresses_and_titles_are_put_into_words() {
        check(
            r#"{"type": "paragraph", "content": [
                {"type": "mention", "attrs": {"id": "1", "text": "@Ines"}}, {"type": "text", "text": " by "},
                {"type": "date", "attrs": {"timestamp": "1764547200000"}}, {"type": "text", "text": " "},
                {"type": "status", "attrs": {"text": "WAITS"}}, {"type": "emoji", "attrs": {"shortName": ":x:"}},
                {"type": "text", "text": " the study", "marks": [{"type": "strong"},
                    {"type": "link", "attrs": {"href": "https://a.example/s"}}]}]},
              {"type": "blockCard", "attrs": {"url": "https://b.example"}},
              {"type": "expand", "attrs": {"title": "More"}, "content": [
                {"type": "paragraph", "content": [{"type": "inlineCard", "attrs": {"url": "https://c.example"}}]}]}"#,
            "@Ines by 2025-12-01 WAITS:x: the study (https://a.example/s)\nhttps://b.example\nMore\nhttps://c.example",
            None,
        );
    }

    #[test]
    fn what_has_no_words_is_named_and_depth_ends() {
        check(
            r#"{"type": "mediaSingle", "content": [{"type": "media", "attrs": {"id": "1"}}]},
              {"type": "rule"}, {"type": "paragraph"}, {"type": "extension", "attrs": {}}"#,
            "",
            Some("extension (1), media (1)"),
        );
        let mut deep = serde_json::json!({"type": "text", "text": "x"});
        for _ in 0..=DEEPEST {
            deep = serde_json::json!({"type": "panel", "content": [deep]});
        }
        let mut untaken = Untaken::default();
        assert_eq!(words(&deep, &mut untaken), "");
        assert_eq!(untaken.names().as_deref(), Some("text (1)"));
    }
}
