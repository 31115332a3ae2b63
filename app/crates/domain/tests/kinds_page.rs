//! `app/docs/kinds.md` is generated from the catalogue, with the example of every kind that
//! `app/docs/every-kind.json` holds; so are the examples at the end of `app/docs/format.md`. They are
//! read and checked here as a file would be. `GROUNDWORK_WRITE=1 cargo test -p domain --test
//! kinds_page` writes both anew.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a catalogue that cannot be described fails its test with a backtrace, as it should"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use domain::catalogue::TAGS;
use domain::check::{CheckBook, Severity};
use domain::figure::FigureBook;
use domain::value::Date;
use domain::{Field, FieldType, Kind, KindId, LinkKind, import, kind, kinds, link_kinds};

const INTRODUCTION: &str = "\
# Kinds

What an entity of a workspace can be, what can be said about it, and how entities hang together. \
Generated from `app/crates/domain/catalogue`; [format.md](format.md) says how values are written. \
A field in bold is required: an entity without it is pointed out, never refused. Every field may be \
left out of a file, every kind also has `colour` and `tags` (text, separated by commas, by which it is found; a file may write a list), and fields and kinds that are not listed here are \
kept.
";

/// The heading of the examples in the page on formats, to whose end they reach.
const EXAMPLES: &str = "\n## Every kind by example\n";
const ABOUT_EXAMPLES: &str = "
An entity of every kind with all that can be said of it. Together, with the links between them, they \
are one workspace, [every-kind.json](every-kind.json), which can be imported and checked as it is. \
Nothing but `kind` is needed, and of that the fields that [kinds.md](kinds.md) has in bold; what the \
app alone writes (`locked-plan`, `lock-broken` and a decision's `frozen`) is left out. An opportunity, \
a backlog item and a roadmap item are ranked by the same fields as the solution. Generated.
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

/// A workspace with an entity of every kind, all of whose fields are filled.
fn examples_file() -> String {
    std::fs::read_to_string(docs("every-kind.json")).unwrap()
}

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(name)
}

/// The entities of the examples as they are written there, by their kinds; of several of one kind the
/// first.
fn examples() -> BTreeMap<String, String> {
    let file = examples_file();
    let (_, list) = file.split_once("\"entities\": [\n").unwrap();
    let (list, _) = list.split_once("\n  ]").unwrap();
    let mut examples = BTreeMap::new();
    for entity in list.split("\n    },\n") {
        let entity = entity.strip_suffix("\n    }").unwrap_or(entity);
        let lines: Vec<&str> = entity.lines().map(|line| &line[4..]).collect();
        let entity = format!("{}\n}}", lines.join("\n"));
        let read: serde_json::Value = serde_json::from_str(&entity).unwrap();
        let kind = read["kind"].as_str().unwrap().to_owned();
        examples.entry(kind).or_insert(entity);
    }
    examples
}

fn write_kind(page: &mut String, kind: &Kind, example: &str) {
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
    write!(page, "\n```json\n{example}\n```\n").unwrap();
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

fn by_title() -> Vec<&'static Kind> {
    let mut ordered: Vec<&Kind> = kinds().iter().collect();
    ordered.sort_by_key(|kind| kind.title.text("en").to_lowercase());
    ordered
}

/// What the page on formats is up to its examples, which reach to its end.
fn with_examples(page: &str) -> String {
    let (before, _) = page.split_once(EXAMPLES).unwrap();
    let examples = examples();
    let mut page = format!("{before}{EXAMPLES}{ABOUT_EXAMPLES}");
    for kind in by_title() {
        let (title, example) = (kind.title.text("en"), &examples[kind.id.as_str()]);
        write!(page, "\n### {title}\n\n```json\n{example}\n```\n").unwrap();
    }
    page
}

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    let examples = examples();
    for kind in by_title() {
        write_kind(&mut page, kind, &examples[kind.id.as_str()]);
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

fn check_up_to_date(name: &str, page: &str) {
    if std::env::var_os("GROUNDWORK_WRITE").is_some() {
        std::fs::write(docs(name), page).unwrap();
    }
    let written = std::fs::read_to_string(docs(name)).unwrap_or_default();
    assert!(
        written == page,
        "write {name} anew: GROUNDWORK_WRITE=1 cargo test -p domain --test kinds_page"
    );
}

#[test]
fn the_page_of_kinds_is_up_to_date() {
    check_up_to_date("kinds.md", &page());
}

#[test]
fn the_page_of_formats_has_an_example_of_every_kind() {
    let written = std::fs::read_to_string(docs("format.md")).unwrap();
    check_up_to_date("format.md", &with_examples(&written));
}

/// Fields that no hand writes: the app does, when a plan is locked or changed and a decision is taken.
const WRITTEN_BY_THE_APP: [&str; 3] = ["locked-plan", "lock-broken", "frozen"];
/// Kinds that are ranked by the same fields as a solution, whose example has them all.
const RANKED: [&str; 3] = ["backlog-item", "opportunity", "roadmap-item"];

#[test]
fn every_example_shows_every_field_and_every_value_fits() {
    let imported = import("a.json", examples_file().as_bytes()).unwrap();
    assert_eq!((imported.warnings, imported.doubts), (vec![], vec![]));
    let solution = kind(&"solution".into()).unwrap();
    for (known, example) in examples() {
        let known = kind(&known.as_str().into()).unwrap();
        let read: serde_json::Value = serde_json::from_str(&example).unwrap();
        let entity = &imported.graph.entities[read["id"].as_str().unwrap()];
        assert_eq!(
            entity.misfits(known).collect::<Vec<_>>(),
            [],
            "{}",
            known.id
        );
        assert_eq!(entity.missing(known).count(), 0, "{}", known.id);
        let is_ranking = RANKED.contains(&known.id.as_str());
        for field in known.fields.iter().filter(|field| !is_everywhere(field)) {
            let is_left_out = WRITTEN_BY_THE_APP.contains(&field.id.as_str())
                || (is_ranking && solution.field(&field.id).is_some());
            let has = entity.fields.keys().any(|key| field.keeps(key));
            assert!(has || is_left_out, "{}: {}", known.id, field.id);
        }
        assert!(!example.contains('…'), "{}: real words", known.id);
    }
    assert_eq!(examples().len(), kinds().len());
}

#[test]
fn no_check_finds_an_error_in_the_examples() {
    let graph = import("a.json", examples_file().as_bytes()).unwrap().graph;
    let today = Date::parse("2026-11-22").unwrap();
    let book = FigureBook::new(&graph, today);
    let checks = CheckBook::new(book.index(), today);
    let findings = checks.findings(book.index());
    let errors: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.check.severity == Severity::Error)
        .map(|finding| finding.check.id)
        .collect();
    assert_eq!(errors, [""; 0]);
    let figures: serde_json::Value = serde_json::from_str(&book.to_json()).unwrap();
    let verdict = &figures["figures"]["reminder-test"]["verdict"];
    assert_eq!(verdict["word"], "supported", "{verdict}");
}
