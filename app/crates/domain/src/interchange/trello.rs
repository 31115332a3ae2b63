//! Boards exported from Trello, as JSON or CSV: every card becomes a backlog item.

use serde_json::Value;

use super::backlog::{self, Item, Status};
use super::builder::Builder;
use super::csv::Row;
use super::{Format, Imported};
use crate::ImportError;
use crate::value::Date;

/// Whether the JSON is a board: it has lists, and cards in them.
pub(super) fn is_board(top: &Value) -> bool {
    let is_list = |name: &str| top.get(name).is_some_and(Value::is_array);
    is_list("cards") && is_list("lists")
}

/// Whether a table is a board: it has the columns of Trello's export.
pub(super) fn is_table(header: &[String]) -> bool {
    ["Card ID", "Card Name", "List Name"]
        .iter()
        .all(|column| header.iter().any(|cell| cell.trim() == *column))
}

/// Reads a board in JSON.
pub(super) fn read(top: &Value) -> Result<Imported, ImportError> {
    let items = |name: &str| {
        top.get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let mut builder = Builder::default();
    builder.graph.name = text(top, "name").to_owned();
    let mut unreadable = 0;
    for card in items("cards") {
        let title = text(card, "name");
        if title.trim().is_empty() {
            unreadable += 1;
            continue;
        }
        let list = items("lists").find(|list| text(list, "id") == text(card, "idList"));
        let list_name = list.map(|list| text(list, "name")).unwrap_or_default();
        let archived = card.get("closed") == Some(&Value::Bool(true));
        let labels = card
            .get("labels")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let labels: Vec<&str> = labels.map(|label| text(label, "name")).collect();
        let of_card = |check: &&Value| text(check, "idCard") == text(card, "id");
        let mut description = text(card, "desc").to_owned();
        for checklist in items("checklists").filter(of_card) {
            let entries = checklist.get("checkItems").and_then(Value::as_array);
            for entry in entries.into_iter().flatten() {
                let tick = if text(entry, "state") == "complete" {
                    "☑"
                } else {
                    "☐"
                };
                description.push_str(&format!("\n{tick} {}", text(entry, "name")));
            }
        }
        let done = card.get("dueComplete") == Some(&Value::Bool(true));
        backlog::add(
            &mut builder,
            Item {
                title: title.to_owned(),
                description,
                status: status(list_name, archived, done),
                key: text(card, "shortLink").to_owned(),
                source: first(&[text(card, "shortUrl"), text(card, "url")]),
                created: created(text(card, "id")),
                others: vec![
                    ("list", list_name.to_owned()),
                    ("labels", join(&labels)),
                    ("due", backlog::day(text(card, "due"))),
                ],
                ..Item::default()
            },
        );
    }
    finish(builder, unreadable)
}

/// Reads a board as a table.
pub(super) fn read_table(header: &[String], rows: &[Row]) -> Result<Imported, ImportError> {
    let mut builder = Builder::default();
    let mut unreadable = 0;
    for row in rows {
        let cell = |column: &str| {
            let at = header.iter().position(|name| name.trim() == column);
            at.and_then(|at| row.cells.get(at))
                .map_or("", |cell| cell.trim())
        };
        if cell("Card Name").is_empty() {
            unreadable += 1;
            continue;
        }
        builder.graph.name = cell("Board Name").to_owned();
        let archived = cell("Archived").eq_ignore_ascii_case("true");
        let done = cell("Due Complete").eq_ignore_ascii_case("true");
        backlog::add(
            &mut builder,
            Item {
                title: cell("Card Name").to_owned(),
                description: cell("Card Description").to_owned(),
                status: status(cell("List Name"), archived, done),
                key: cell("Card ID").to_owned(),
                source: cell("Card URL").to_owned(),
                created: created(cell("Card ID")),
                others: vec![
                    ("list", cell("List Name").to_owned()),
                    ("labels", cell("Labels").to_owned()),
                    ("due", backlog::day(cell("Due Date"))),
                ],
                ..Item::default()
            },
        );
    }
    finish(builder, unreadable)
}

fn finish(mut builder: Builder, unreadable: usize) -> Result<Imported, ImportError> {
    builder
        .warnings
        .add_count("import.warning.cards", unreadable);
    backlog::finish(builder, Format::Trello)
}

/// A card that was archived unfinished was dropped.
fn status(list: &str, archived: bool, done: bool) -> Status {
    match Status::named(list) {
        _ if done => Status::Done,
        Status::Open | Status::Doing if archived => Status::Dropped,
        status => status,
    }
}

/// Trello's ids begin with the seconds since 1970 in eight hexadecimal digits.
fn created(id: &str) -> String {
    let seconds = id.get(..8).filter(|_| id.len() == 24);
    let seconds = seconds.and_then(|digits| i64::from_str_radix(digits, 16).ok());
    let day = seconds.and_then(|seconds| Date::from_milliseconds(seconds * 1000));
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn first(texts: &[&str]) -> String {
    let found = texts.iter().find(|text| !text.is_empty());
    found.map(|text| (*text).to_owned()).unwrap_or_default()
}

fn join(texts: &[&str]) -> String {
    let named: Vec<&str> = texts
        .iter()
        .copied()
        .filter(|text| !text.is_empty())
        .collect();
    named.join(", ")
}
