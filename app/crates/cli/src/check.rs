//! `groundwork check FILE`: findings in words or as JSON.
//!
//! Invariant: the program ends with 1 exactly when a finding is an error.

use std::process::ExitCode;

use domain::check::{Finding, Preset, Remedy, Severity, findings};
use domain::{FieldValue, Graph};
use serde_json::{Value, json};

use crate::arguments::{CheckOptions, Form};
use crate::error::Failure;
use crate::today::or_today;
use crate::words::number;
use crate::{input, output};

/// The exit code that tells continuous integration to stop.
const ERRORS: u8 = 1;

/// Prints what the checks find.
pub(crate) fn run(options: &CheckOptions) -> Result<ExitCode, Failure> {
    let graph = input::read(&options.file)?;
    let found = findings(&graph, or_today(options.today)?);
    match options.format {
        Form::Text => output::say(&text(&graph, &found))?,
        Form::Json => output::print(&format!("{:#}\n", json(&found)))?,
    }
    if count(&found, Severity::Error) > 0 {
        return Ok(ExitCode::from(ERRORS));
    }
    Ok(ExitCode::SUCCESS)
}

fn count(found: &[Finding], severity: Severity) -> usize {
    let of_it = |finding: &&Finding| finding.check.severity == severity;
    found.iter().filter(of_it).count()
}

/// The gravest first; a line for what it is, then what it means, who says so and what mends it.
fn text(graph: &Graph, found: &[Finding]) -> String {
    let mut sorted: Vec<&Finding> = found.iter().collect();
    sorted.sort_by_key(|finding| finding.check.severity);
    let mut text = String::new();
    for finding in sorted {
        let check = finding.check;
        let subjects: Vec<String> = finding
            .subjects
            .iter()
            .map(|id| {
                let entity = graph.entities.get(id);
                let words = entity.and_then(|entity| entity.text.lines().next());
                match words {
                    Some(words) => format!("“{words}” [{id}]"),
                    None => format!("[{id}]"),
                }
            })
            .collect();
        let about = match subjects.is_empty() {
            true => "the workspace".to_owned(),
            false => subjects.join(", "),
        };
        text += &format!(
            "{}: {about}: {}\n  {}\n  {} ({}, {}) · mended by {}\n",
            check.severity.name(),
            check.title("en"),
            finding.message("en"),
            check.id,
            check.method,
            check.source.title,
            mending(graph, finding),
        );
    }
    text + &summary(found)
}

fn summary(found: &[Finding]) -> String {
    let said = |severity: Severity| {
        let count = count(found, severity);
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {}{plural}", severity.name())
    };
    format!(
        "{}, {}, {}\n",
        said(Severity::Error),
        said(Severity::Warning),
        said(Severity::Hint)
    )
}

/// What to do to mend it, and the command that does it.
fn mending(graph: &Graph, finding: &Finding) -> String {
    let named = |field: &str| named(graph, finding, field);
    let what = match &finding.remedy {
        Remedy::Link {
            link,
            is_outgoing,
            kinds,
            ..
        } => {
            let known = domain::catalogue::link_kind(&(*link).into());
            let title = known.map_or(*link, |known| {
                let title = if *is_outgoing {
                    &known.title
                } else {
                    &known.inverse
                };
                title.text("en")
            });
            let kinds: Vec<String> = kinds.iter().map(|kind| called(kind)).collect();
            match kinds.is_empty() {
                true => format!("linking it as “{title}”"),
                false => format!("linking it as “{title}” with: {}", kinds.join(", ")),
            }
        }
        Remedy::RemoveLink(link) => format!("removing the link [{link}]"),
        Remedy::Enter(field) => format!("entering {}", named(field)),
        Remedy::Set(field, None) => format!("clearing {}", named(field)),
        Remedy::Set(field, Some(value)) => {
            let value = match value {
                FieldValue::Flag(flag) => flag.to_string(),
                FieldValue::Number(value) => number(*value),
                FieldValue::Text(text) => text.clone(),
            };
            format!("setting {} to “{value}”", named(field))
        }
        Remedy::Add { kind, .. } => format!("adding: {}", called(kind)),
        Remedy::AddTo { kind, of, .. } => format!("adding to [{of}]: {}", called(kind)),
        Remedy::Move(canvas) => format!("moving a note out of its slot of {canvas}"),
        Remedy::Delete(ids) => {
            let ids: Vec<String> = ids.iter().map(|id| format!("[{id}]")).collect();
            format!("deleting {}", ids.join(", "))
        }
        Remedy::Lock => "locking the plan".to_owned(),
        Remedy::Renew => "planning it anew".to_owned(),
    };
    format!("{what} ({})", finding.remedy.command())
}

/// A field by its id, which files have, and by what the catalogue calls it, which a person reads.
fn named(graph: &Graph, finding: &Finding, field: &str) -> String {
    let entity = finding
        .subjects
        .first()
        .and_then(|id| graph.entities.get(id));
    let kind = entity.and_then(|entity| domain::kind(&entity.kind));
    let title = kind.and_then(|kind| Some(kind.field_at(field)?.title.text("en")));
    match title.filter(|title| !title.eq_ignore_ascii_case(field)) {
        Some(title) => format!("“{field}” ({title})"),
        None => format!("“{field}”"),
    }
}

/// What the catalogue calls a kind.
fn called(kind: &str) -> String {
    let known = domain::kind(&kind.into());
    known.map_or_else(
        || kind.to_owned(),
        |known| known.title.text("en").to_lowercase(),
    )
}

fn json(found: &[Finding]) -> Value {
    let findings: Vec<Value> = found
        .iter()
        .map(|finding| {
            let check = finding.check;
            let subjects: Vec<&str> = finding.subjects.iter().map(|id| id.as_str()).collect();
            json!({
                "check": check.id,
                "severity": check.severity.name(),
                "title": check.title("en"),
                "message": finding.message("en"),
                "entities": subjects,
                "method": check.method,
                "source": { "title": check.source.title, "url": check.source.url },
                "command": command(&finding.remedy),
            })
        })
        .collect();
    json!({
        "findings": findings,
        "errors": count(found, Severity::Error),
        "warnings": count(found, Severity::Warning),
        "hints": count(found, Severity::Hint),
    })
}

fn command(remedy: &Remedy) -> Value {
    let name = remedy.command();
    match remedy {
        Remedy::Link {
            at,
            link,
            is_outgoing,
            kinds,
            with,
        } => json!({
            "name": name, "entity": at.as_ref().map(|id| id.as_str()), "link": link,
            "outgoing": is_outgoing, "kinds": kinds, "fields": preset(with),
        }),
        Remedy::RemoveLink(link) => json!({ "name": name, "link": link.as_str() }),
        Remedy::Enter(field) => json!({ "name": name, "field": field }),
        Remedy::Set(field, value) => json!({ "name": name, "field": field, "value": value }),
        Remedy::Add { kind, with } => {
            json!({ "name": name, "kind": kind, "fields": preset(with) })
        }
        Remedy::AddTo { kind, field, of } => {
            json!({ "name": name, "kind": kind, "fields": { *field: of.as_str() } })
        }
        Remedy::Move(canvas) => json!({ "name": name, "canvas": canvas }),
        Remedy::Delete(ids) => {
            let ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
            json!({ "name": name, "entities": ids })
        }
        Remedy::Lock | Remedy::Renew => json!({ "name": name }),
    }
}

/// The values that what is made must have, by field.
fn preset(with: Preset) -> Value {
    let fields = with
        .iter()
        .map(|(field, value)| ((*field).to_owned(), json!(value)));
    Value::Object(fields.collect())
}
