//! `app/docs/kinds.md` is generated from the catalogue, with an example of every kind that is read
//! here as a file would be. `GROUNDWORK_WRITE=1 cargo test -p domain --test kinds_page` writes it
//! anew.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a catalogue that cannot be described fails its test with a backtrace, as it should"
)]

use std::fmt::Write as _;
use std::path::Path;

use domain::catalogue::TAGS;
use domain::{
    Field, FieldType, FieldValue, Kind, KindId, LinkKind, import, kind, kinds, link_kinds,
};

const INTRODUCTION: &str = "\
# Kinds

What an entity of a workspace can be, what can be said about it, and how entities hang together. \
Generated from `app/crates/domain/catalogue`; [format.md](format.md) says how values are written. \
A field in bold is required: an entity without it is pointed out, never refused. Every field may be \
left out of a file, every kind also has `colour` and `tags` (text, separated by commas, by which it is found; a file may write a list), and fields and kinds that are not listed here are \
kept.
";

/// Whether every kind has the field.
fn is_everywhere(field: &Field) -> bool {
    ["colour", TAGS].contains(&field.id.as_str())
}

/// What a field takes, in words.
fn takes(field: &Field) -> String {
    let ids = |kinds: &[KindId]| match kinds {
        [] => "anything".to_owned(),
        kinds => kinds
            .iter()
            .map(KindId::as_str)
            .collect::<Vec<_>>()
            .join(", "),
    };
    let options = || {
        let options = field
            .options()
            .iter()
            .map(|option| format!("`{}`", option.id));
        options.collect::<Vec<_>>().join(", ")
    };
    let unit = |unit: Option<&String>| unit.map_or(String::new(), |unit| format!(" in {unit}"));
    match &field.takes {
        FieldType::Flag => "yes or no".to_owned(),
        FieldType::Text { long: false } => "text".to_owned(),
        FieldType::Text { long: true } => "text of several lines".to_owned(),
        FieldType::Number(bounds) => {
            let whole = if bounds.whole {
                "whole number"
            } else {
                "number"
            };
            let least = bounds
                .min
                .map_or(String::new(), |least| format!(", at least {least}"));
            let most = bounds
                .max
                .map_or(String::new(), |most| format!(", at most {most}"));
            format!("{whole}{}{least}{most}", unit(bounds.unit.as_ref()))
        }
        FieldType::Quantity { unit: own } => format!("quantity{}", unit(own.as_ref())),
        FieldType::Money { period } if period.per_year().is_none() => "money".to_owned(),
        FieldType::Money { period } => format!("money, usually a {}", period.name()),
        FieldType::Date => "date".to_owned(),
        FieldType::Choice { .. } => format!("one of {}", options()),
        FieldType::Scale(scale) => match scale.steps.as_slice() {
            [first, .., last] if (last - first + 1.0 - scale.steps.len() as f64).abs() < 1e-9 => {
                format!("{first} to {last}")
            }
            steps => steps
                .iter()
                .map(f64::to_string)
                .collect::<Vec<_>>()
                .join(", "),
        },
        FieldType::Person => "person".to_owned(),
        FieldType::Reference { kinds } => format!("reference to {}", ids(kinds)),
        FieldType::Checklist { .. } => format!("checklist of {}", options()),
        FieldType::Colour => "colour".to_owned(),
        other => panic!("say how {other:?} is described"),
    }
}

/// A value as a person would write it.
fn example(field: &Field) -> FieldValue {
    let text = |text: &str| FieldValue::Text(text.to_owned());
    match &field.takes {
        FieldType::Flag | FieldType::Checklist { .. } => FieldValue::Flag(true),
        FieldType::Number(bounds) => {
            let (least, most) = (bounds.min.unwrap_or(0.0), bounds.max.unwrap_or(24.0));
            FieldValue::Number(if most > 1.0 {
                (least + 12.0).min(most)
            } else {
                most / 2.0
            })
        }
        FieldType::Quantity { unit } if unit.is_some() => text("8..12..20"),
        FieldType::Quantity { .. } => text("8..12..20 hours"),
        FieldType::Money { .. } => text("12..15..20 EUR"),
        FieldType::Date => text("2026-11-22"),
        FieldType::Choice { options } => text(&options[0].id),
        FieldType::Scale(scale) => FieldValue::Number(scale.steps[scale.steps.len() / 2]),
        FieldType::Person => text("ines"),
        FieldType::Reference { kinds } => text(&format!(
            "{}-1",
            kinds.first().map_or("problem", KindId::as_str)
        )),
        _ => text(match field.id.as_str() {
            "active" => "5, 4",
            "sus" => "4,2,5,1,4,2,5,1,4,2",
            _ => "…",
        }),
    }
}

/// An entity of the kind with all its fields, as a file holds it.
fn example_entity(kind: &Kind) -> String {
    let fields: Vec<String> = kind
        .fields
        .iter()
        .filter(|field| !is_everywhere(field))
        .map(|field| {
            let item = field
                .options()
                .first()
                .filter(|_| matches!(field.takes, FieldType::Checklist { .. }));
            let key = item.map_or(field.id.clone(), |item| format!("{}.{}", field.id, item.id));
            let value = serde_json::to_string(&example(field)).unwrap();
            format!(
                "    \"{key}\": {}",
                value.strip_suffix(".0").unwrap_or(&value)
            )
        })
        .collect();
    let fields = match fields.as_slice() {
        [] => String::new(),
        fields => format!(",\n  \"fields\": {{\n{}\n  }}", fields.join(",\n")),
    };
    format!(
        "{{\n  \"id\": \"{0}-1\", \"kind\": \"{0}\", \"text\": \"…\"{fields}\n}}",
        kind.id
    )
}

fn write_kind(page: &mut String, kind: &Kind) {
    let english = |text: &domain::Localised| text.text("en").replace('|', "\\|");
    let (title, description) = (english(&kind.title), english(&kind.description));
    write!(page, "\n## {title}\n\n{description}\n\n`{}`", kind.id).unwrap();
    if let Some(method) = &kind.method {
        write!(page, " · {method}").unwrap();
    }
    match &kind.source {
        Some(source) if source.url.is_empty() => write!(page, " · {}", source.title).unwrap(),
        Some(source) => write!(page, " · [{}]({})", source.title, source.url).unwrap(),
        None => {}
    }
    page.push('\n');
    if kind.fields.iter().any(|field| !is_everywhere(field)) {
        page.push_str("\n| field | name | takes | what to enter |\n|---|---|---|---|\n");
    }
    for field in kind.fields.iter().filter(|field| !is_everywhere(field)) {
        let mut help = field.help.as_ref().map_or(String::new(), english);
        if let Some(default) = &field.default {
            let default = serde_json::to_string(default).unwrap();
            write!(help, " Default: {}.", default.trim_matches('"')).unwrap();
        }
        if let Some(source) = field
            .source
            .iter()
            .find(|own| Some(*own) != kind.source.as_ref())
        {
            write!(help, " [{}]({})", source.title, source.url).unwrap();
        }
        let mark = if field.required { "**" } else { "" };
        let (id, name) = (&field.id, english(&field.title));
        let help = help.trim();
        writeln!(
            page,
            "| {mark}`{id}`{mark} | {name} | {} | {help} |",
            takes(field)
        )
        .unwrap();
    }
    if kind.id.as_str() == "experiment" {
        let library = "methods.md#the-library-of-experiments";
        writeln!(page, "\n[What each type costs and proves]({library})").unwrap();
    }
    write!(page, "\n```json\n{}\n```\n", example_entity(kind)).unwrap();
}

fn write_link(page: &mut String, link: &LinkKind) {
    let ends = |kinds: &[KindId]| match kinds {
        [] => "anything".to_owned(),
        kinds => kinds
            .iter()
            .map(|kind| format!("`{kind}`"))
            .collect::<Vec<_>>()
            .join(", "),
    };
    let (title, inverse) = (link.title.text("en"), link.inverse.text("en"));
    let (from, to) = (ends(&link.from), ends(&link.to));
    writeln!(
        page,
        "| `{}` | {title} | {inverse} | {from} | {to} |",
        link.id
    )
    .unwrap();
}

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    let mut ordered: Vec<&Kind> = kinds().iter().collect();
    ordered.sort_by_key(|kind| kind.title.text("en").to_lowercase());
    for kind in ordered {
        write_kind(&mut page, kind);
    }
    page.push_str(
        "\n## Links\n\nA link leads from one entity to another. A file may hold links between \
         other kinds than these: they are kept.\n\n\
         | link | reads | backwards | from | to |\n|---|---|---|---|---|\n",
    );
    for link in link_kinds() {
        write_link(&mut page, link);
    }
    page
}

#[test]
fn the_page_of_kinds_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/kinds.md");
    let page = page();
    if std::env::var_os("GROUNDWORK_WRITE").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == page,
        "write it anew: GROUNDWORK_WRITE=1 cargo test -p domain --test kinds_page"
    );
}

#[test]
fn every_example_is_read_and_fits() {
    for known in kinds() {
        let file = format!(
            "{{\"format\": \"groundwork\", \"entities\": [{}]}}",
            example_entity(known)
        );
        let imported =
            import("a.json", file.as_bytes()).unwrap_or_else(|e| panic!("{}: {e}", known.id));
        assert_eq!(imported.warnings, [], "{}", known.id);
        let entity = imported.graph.entities.values().next().unwrap();
        let read_as = kind(&entity.kind).unwrap();
        let misfits: Vec<_> = entity.misfits(read_as).collect();
        assert_eq!(misfits, [], "{}", known.id);
        assert_eq!(entity.missing(read_as).count(), 0, "{}", known.id);
    }
}
