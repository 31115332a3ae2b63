//! Issues exported from Jira, as JSON (its search) or CSV: every issue becomes a backlog item.

use serde_json::Value;

use super::backlog::{self, Item, Status};
use super::builder::Builder;
use super::csv::Row;
use super::{Format, Imported};
use crate::{ImportError, number};

/// Whether the JSON is a list of issues, or one issue.
pub(super) fn is_issues(top: &Value) -> bool {
    let is_issue = |issue: &Value| {
        issue.get("key").is_some_and(Value::is_string)
            && issue.get("fields").is_some_and(Value::is_object)
    };
    issues(top).is_some_and(|issues| issues.iter().any(is_issue))
}

fn issues(top: &Value) -> Option<&Vec<Value>> {
    top.as_array()
        .or_else(|| top.get("issues").and_then(Value::as_array))
}

/// Whether a table is a list of issues: it has the columns of Jira's export.
pub(super) fn is_table(header: &[String]) -> bool {
    let has = |column: &str| {
        header
            .iter()
            .any(|cell| cell.trim().eq_ignore_ascii_case(column))
    };
    has("Summary") && (has("Issue key") || has("Key"))
}

/// Reads issues in JSON.
pub(super) fn read(top: &Value) -> Result<Imported, ImportError> {
    let mut builder = Builder::default();
    let mut unreadable = 0;
    for issue in issues(top).into_iter().flatten() {
        let nothing = Value::Null;
        let fields = issue.get("fields").unwrap_or(&nothing);
        let name = |path: &[&str]| name_at(fields, path);
        let title = name(&["summary"]);
        if title.trim().is_empty() {
            unreadable += 1;
            continue;
        }
        let mut description = String::new();
        if let Some(rich) = fields.get("description") {
            plain(rich, &mut description, 0);
        }
        let labels = fields
            .get("labels")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let labels: Vec<&str> = labels.filter_map(Value::as_str).collect();
        let state = [
            name(&["resolution", "name"]),
            name(&["status", "statusCategory", "key"]),
            name(&["status", "name"]),
        ];
        backlog::add(
            &mut builder,
            Item {
                title: title.to_owned(),
                description,
                status: status(&state),
                key: issue
                    .get("key")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                source: issue
                    .get("self")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                requested_by: name(&["reporter", "displayName"]).to_owned(),
                created: backlog::day(name(&["created"])),
                done: backlog::day(name(&["resolutiondate"])),
                others: vec![
                    ("issue-type", name(&["issuetype", "name"]).to_owned()),
                    ("priority", name(&["priority", "name"]).to_owned()),
                    ("labels", labels.join(", ")),
                ],
                ..Item::default()
            },
        );
    }
    finish(builder, unreadable)
}

/// Reads issues as a table.
pub(super) fn read_table(header: &[String], rows: &[Row]) -> Result<Imported, ImportError> {
    let mut builder = Builder::default();
    let mut unreadable = 0;
    for row in rows {
        // Jira repeats a column for each of several labels, components or comments.
        let cells = |column: &str| -> Vec<&str> {
            let named = header.iter().zip(&row.cells);
            named
                .filter(|(name, cell)| name.trim().eq_ignore_ascii_case(column) && !cell.is_empty())
                .map(|(_, cell)| cell.trim())
                .collect()
        };
        let cell = |column: &str| cells(column).first().copied().unwrap_or_default();
        if cell("Summary").is_empty() {
            unreadable += 1;
            continue;
        }
        let points = [
            "Custom field (Story Points)",
            "Custom field (Story point estimate)",
        ];
        let key = if cell("Issue key").is_empty() {
            cell("Key")
        } else {
            cell("Issue key")
        };
        backlog::add(
            &mut builder,
            Item {
                title: cell("Summary").to_owned(),
                description: cell("Description").to_owned(),
                status: status(&[cell("Resolution"), cell("Status Category"), cell("Status")]),
                key: key.to_owned(),
                requested_by: cell("Reporter").to_owned(),
                created: loose_day(cell("Created")),
                done: loose_day(cell("Resolved")),
                effort: points.iter().find_map(|column| number::parse(cell(column))),
                others: vec![
                    ("issue-type", cell("Issue Type").to_owned()),
                    ("priority", cell("Priority").to_owned()),
                    ("labels", cells("Labels").join(", ")),
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
        .add_count("import.warning.issues", unreadable);
    backlog::finish(builder, Format::Jira)
}

/// A resolution that dropped the issue counts first, then the state's category, then its name.
fn status(names: &[&str; 3]) -> Status {
    let [resolution, category, name] = names;
    if Status::named(resolution) == Status::Dropped {
        return Status::Dropped;
    }
    match category.to_lowercase().as_str() {
        "done" => Status::Done,
        "indeterminate" | "in progress" => Status::Doing,
        "new" | "to do" => Status::Open,
        _ => Status::named(name),
    }
}

/// The day of a time as Jira's tables write it: ISO 8601, or `22/Nov/26 9:15 AM`.
fn loose_day(time: &str) -> String {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let iso = backlog::day(time);
    if !iso.is_empty() {
        return iso;
    }
    let day = time.split_whitespace().next().and_then(|date| {
        let mut parts = date.split('/');
        let day: u32 = parts.next()?.parse().ok()?;
        let month = parts.next()?.to_lowercase();
        let month = MONTHS.iter().position(|name| *name == month)?;
        let year: i32 = parts.next()?.parse().ok()?;
        let year = if year < 100 { year + 2000 } else { year };
        crate::value::Date::new(year, u32::try_from(month + 1).ok()?, day)
    });
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn name_at<'a>(value: &'a Value, path: &[&str]) -> &'a str {
    let found = path.iter().try_fold(value, |value, step| value.get(step));
    found.and_then(Value::as_str).unwrap_or_default()
}

/// The words of a description: plain text, or Jira's tree of paragraphs.
fn plain(node: &Value, text: &mut String, depth: usize) {
    // No description is nested so deeply; a crafted one must not use up the stack.
    const DEEPEST: usize = 64;
    if depth > DEEPEST {
        return;
    }
    match node {
        Value::String(words) => text.push_str(words),
        Value::Object(_) => {
            text.push_str(name_at(node, &["text"]));
            let children = node.get("content").and_then(Value::as_array);
            for child in children.into_iter().flatten() {
                plain(child, text, depth + 1);
            }
            let kind = name_at(node, &["type"]);
            let ends_line = matches!(kind, "paragraph" | "heading" | "hardBreak" | "codeBlock");
            if ends_line && !text.ends_with('\n') {
                text.push('\n');
            }
        }
        _ => {}
    }
}
