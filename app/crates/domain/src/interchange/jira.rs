//! Issues exported from Jira, as JSON (its search) or CSV: every issue becomes a backlog item.

mod columns;
mod description;

use serde_json::Value;

use super::backlog::{self, Item, Member, Remarks, Stage, Status};
use super::builder::Builder;
use super::csv::Row;
use super::untaken::{Untaken, amount};
use super::{Format, Imported, Warning};
use crate::value::Date;
use crate::{ImportError, number};

/// Counts what has no title.
const UNREADABLE: &str = "import.warning.issues";

/// The fields of an issue that are taken, and those that Jira keeps for itself.
const FIELDS: [&str; 23] = [
    "aggregateprogress",
    "assignee",
    "components",
    "created",
    "creator",
    "description",
    "duedate",
    "issuetype",
    "labels",
    "lastViewed",
    "priority",
    "progress",
    "project",
    "reporter",
    "resolution",
    "resolutiondate",
    "status",
    "statuscategorychangedate",
    "summary",
    "updated",
    "votes",
    "watches",
    "workratio",
];

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
        let mut columns = header.iter().map(|heading| columns::column(heading));
        columns.any(|found| found == Some(column))
    };
    has("Summary") && (has("Issue key") || has("Key"))
}

/// Reads issues in JSON.
pub(super) fn read(top: &Value) -> Result<Imported, ImportError> {
    let mut builder = Builder::default();
    if let Some(warning) = cut(top) {
        builder.warnings.add(warning);
    }
    let mut remarks = Remarks::default();
    for issue in issues(top).into_iter().flatten() {
        let nothing = Value::Null;
        let fields = issue.get("fields").unwrap_or(&nothing);
        if name_at(fields, &["summary"]).trim().is_empty() {
            remarks.unreadable += 1;
            continue;
        }
        let mut item = item(fields, &mut remarks.untaken);
        remarks.note_stage(&item);
        item.key = name_at(issue, &["key"]).to_owned();
        item.source = address(name_at(issue, &["self"]), name_at(issue, &["key"]));
        for (key, value) in fields.as_object().into_iter().flatten() {
            let count = amount(value);
            if FIELDS.contains(&key.as_str()) || count == 0 {
                continue;
            }
            match value.as_f64().filter(|_| is_points(top, issue, key)) {
                Some(points) if item.story_points.is_none() => item.story_points = Some(points),
                _ => remarks.untaken.add_count(title(top, issue, key), count),
            }
        }
        backlog::add(&mut builder, item);
    }
    backlog::finish(builder, UNREADABLE, remarks, Format::Jira)
}

/// Where people see the issue; the address of its data where that is not Jira's.
fn address(data: &str, key: &str) -> String {
    match data.split_once("/rest/api/") {
        Some((site, _)) if !key.is_empty() => format!("{site}/browse/{key}"),
        _ => data.to_owned(),
    }
}

/// That the search found more than the file holds: Jira answers page by page.
fn cut(top: &Value) -> Option<Warning> {
    let held = issues(top)?.len();
    let total = top.get("total").and_then(Value::as_u64);
    let follows = top.get("isLast").and_then(Value::as_bool) == Some(false)
        || !name_at(top, &["nextPageToken"]).is_empty();
    match total.and_then(|total| usize::try_from(total).ok()) {
        Some(total) if total > held => {
            let warning = Warning::new("import.warning.search_cut");
            Some(
                warning
                    .with("held", held.to_string())
                    .with("total", total.to_string()),
            )
        }
        None if follows => {
            let warning = Warning::new("import.warning.search_goes_on");
            Some(warning.with("held", held.to_string()))
        }
        _ => None,
    }
}

/// What the fields say whose names are the same everywhere.
fn item(fields: &Value, untaken: &mut Untaken) -> Item {
    let name = |path: &[&str]| name_at(fields, path);
    let description = fields.get("description");
    let description = description.map(|rich| description::words(rich, untaken));
    let description = description.unwrap_or_default();
    let mut labels = vec![name(&["issuetype", "name"]).to_owned()];
    for list in ["labels", "components"] {
        let list = fields.get(list).and_then(Value::as_array);
        let texts = list.into_iter().flatten();
        labels.extend(texts.map(|label| {
            let label = label.as_str().unwrap_or_else(|| name_at(label, &["name"]));
            label.to_owned()
        }));
    }
    labels.retain(|label| !label.is_empty());
    let mut day = |field: &str| {
        let time = name_at(fields, &[field]);
        untaken.unless(field, time, backlog::day(time))
    };
    let created = day("created");
    let maker = fields.get("creator").or_else(|| fields.get("reporter"));
    Item {
        title: name(&["summary"]).to_owned(),
        description,
        status: status(&[
            name(&["resolution", "name"]),
            name(&["status", "statusCategory", "key"]),
            name(&["status", "name"]),
        ]),
        requested_by: name(&["reporter", "displayName"]).to_owned(),
        assigned: fields
            .get("assignee")
            .and_then(member)
            .into_iter()
            .collect(),
        made: maker
            .and_then(member)
            .and_then(|maker| Some((maker, created?.milliseconds()))),
        created,
        due: day("duedate"),
        done: day("resolutiondate"),
        stage: name(&["status", "name"]).to_owned(),
        priority: name(&["priority", "name"]).to_owned(),
        labels,
        ..Item::default()
    }
}

fn member(value: &Value) -> Option<Member> {
    let name = name_at(value, &["displayName"]);
    let ids = ["accountId", "key", "name"].map(|id| name_at(value, &[id]));
    let id = ids.into_iter().find(|id| !id.is_empty());
    (!name.is_empty()).then(|| Member {
        id: id.map(|id| format!("jira-{id}").into()),
        name: name.to_owned(),
    })
}

/// What a field is called, where the export says so (`expand=names`); else its key.
fn title<'a>(top: &'a Value, issue: &'a Value, key: &'a str) -> &'a str {
    let mut named = [top, issue]
        .into_iter()
        .map(|of| name_at(of, &["names", key]));
    named.find(|name| !name.is_empty()).unwrap_or(key)
}

/// Whether a field holds story points: by its name, or by its type.
fn is_points(top: &Value, issue: &Value, key: &str) -> bool {
    let is_type = |of: &Value| {
        let custom = name_at(of, &["schema", key, "custom"]);
        custom.ends_with("story-points") || custom.ends_with("story-point-estimate")
    };
    columns::is_points(title(top, issue, key)) || is_type(top) || is_type(issue)
}

/// Reads issues as a table.
pub(super) fn read_table(header: &[String], rows: &[Row]) -> Result<Imported, ImportError> {
    let mut builder = Builder::default();
    let mut remarks = Remarks::default();
    let columns: Vec<_> = header
        .iter()
        .map(|heading| columns::column(heading))
        .collect();
    for row in rows {
        // Jira repeats a column for each of several labels, components or comments.
        let cells = |column: &str| -> Vec<&str> {
            let named = columns.iter().zip(&row.cells);
            named
                .filter(|(name, cell)| **name == Some(column) && !cell.is_empty())
                .map(|(_, cell)| cell.trim())
                .collect()
        };
        let cell = |column: &str| cells(column).first().copied().unwrap_or_default();
        if cell("Summary").is_empty() {
            remarks.unreadable += 1;
            continue;
        }
        let mut story_points = None;
        for ((heading, column), cell) in header.iter().zip(&columns).zip(&row.cells) {
            let (heading, cell) = (heading.trim(), cell.trim());
            if column.is_some() || cell.is_empty() {
                continue;
            }
            match number::parse(cell).filter(|_| columns::is_points(heading)) {
                Some(points) if story_points.is_none() => story_points = Some(points),
                _ => remarks.untaken.add(heading),
            }
        }
        let mut day = |column: &str| {
            let time = cell(column);
            remarks.untaken.unless(column, time, loose_day(time))
        };
        let key = match cell("Issue key") {
            "" => cell("Key"),
            key => key,
        };
        let assignee = Some(cell("Assignee")).filter(|name| !name.is_empty());
        let labels = ["Issue Type", "Labels", "Component/s", "Components"];
        let item = Item {
            title: cell("Summary").to_owned(),
            description: cell("Description").to_owned(),
            status: status(&[cell("Resolution"), cell("Status Category"), cell("Status")]),
            key: key.to_owned(),
            requested_by: cell("Reporter").to_owned(),
            assigned: assignee
                .map(|name| Member {
                    id: None,
                    name: name.to_owned(),
                })
                .into_iter()
                .collect(),
            created: day("Created"),
            due: day("Due date"),
            done: day("Resolved"),
            story_points,
            stage: cell("Status").to_owned(),
            priority: cell("Priority").to_owned(),
            labels: labels
                .iter()
                .flat_map(|column| cells(column))
                .map(str::to_owned)
                .collect(),
            ..Item::default()
        };
        remarks.note_stage(&item);
        backlog::add(&mut builder, item);
    }
    backlog::finish(builder, UNREADABLE, remarks, Format::Jira)
}

/// A resolution that dropped the issue counts first, then the state's category, then its name, and
/// last any other resolution.
fn status(names: &[&str; 3]) -> Option<Status> {
    let [resolution, category, name] = names.map(|name| Stage::new(name).status());
    resolution
        .filter(|status| *status == Status::Dropped)
        .or(category)
        .or(name)
        .or(resolution)
}

/// The day of a time as Jira's tables write it: ISO 8601, `22/Nov/26 9:15 AM`, or `22.11.2026 09:15`.
fn loose_day(time: &str) -> Option<Date> {
    let loose = |date: &str| {
        let mut parts = date.splitn(3, '/');
        let day: u32 = parts.next()?.parse().ok()?;
        let month = columns::month(parts.next()?)?;
        Date::new(year(parts.next()?)?, month, day)
    };
    let dotted = |date: &str| {
        let mut parts = date.splitn(3, '.');
        let mut number = || parts.next()?.parse::<u32>().ok();
        let (day, month) = (number()?, number()?);
        Date::new(year(parts.next()?)?, month, day)
    };
    let date = time.split([' ', ',']).next()?;
    backlog::day(time)
        .or_else(|| loose(date))
        .or_else(|| dotted(date))
}

fn year(digits: &str) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    Some(if year < 100 { year + 2000 } else { year })
}

fn name_at<'a>(value: &'a Value, path: &[&str]) -> &'a str {
    let found = path.iter().try_fold(value, |value, step| value.get(step));
    found.and_then(Value::as_str).unwrap_or_default()
}
