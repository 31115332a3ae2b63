//! `app/docs/methods.md` is generated from what the code says of itself: every canvas, kind, figure
//! and check, by method. `GROUNDWORK_WRITE=1 cargo test -p domain --test methods_page` writes it
//! anew.

#![expect(
    clippy::unwrap_used,
    reason = "a page that cannot be written fails its test with a backtrace, as it should"
)]

#[path = "methods_page/inputs.rs"]
mod inputs;
#[path = "../examples/graph/maker.rs"]
#[expect(dead_code, reason = "only the measurement edits the graph")]
mod maker;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use inputs::Inputs;

use domain::check::{self, CheckKind};
use domain::experiment::criterion::guide;
use domain::figure::{self, FigureKind, Scope};
use domain::method::{confidence_meter, experiment_library};
use domain::{Canvas, Kind, Source, canvases, kinds};

const INTRODUCTION: &str = "\
# Methods

What Groundwork knows of each method: its canvases, its kinds of note, its figures with formula, \
unit and source, and its checks. Generated from the code. [kinds.md](kinds.md) lists the fields of \
every kind; `groundwork figures` and `groundwork check` compute all of this for a file, as \
[format.md](format.md) describes.

A figure is computed from its inputs, listed with their units; each computed figure lists the \
inputs that it found, and where. Without enough data it says what is missing instead. A share of a sample \
carries its n and the Wilson interval of 95 %, unless the figure says otherwise.
";

/// The method whose experiments have criteria.
const EXPERIMENTS: u32 = 14;

/// What belongs to one method.
#[derive(Default)]
struct Method {
    canvases: Vec<&'static Canvas>,
    kinds: Vec<&'static Kind>,
    figures: Vec<&'static FigureKind>,
    checks: Vec<&'static CheckKind>,
}

/// The methods by their numbers; what belongs to none comes last.
fn methods() -> BTreeMap<u32, Method> {
    let number = |method: &str| {
        let number = method.strip_prefix('M').and_then(|rest| rest.parse().ok());
        number.unwrap_or(u32::MAX)
    };
    let mut methods: BTreeMap<u32, Method> = BTreeMap::new();
    for canvas in canvases() {
        let method = methods.entry(number(&canvas.method)).or_default();
        method.canvases.push(canvas);
    }
    for kind in kinds() {
        let method = kind.method.as_deref().unwrap_or_default();
        methods.entry(number(method)).or_default().kinds.push(kind);
    }
    for figure in figure::kinds() {
        let method = methods.entry(number(figure.method)).or_default();
        method.figures.push(figure);
    }
    for check in check::kinds() {
        let method = methods.entry(number(check.method)).or_default();
        method.checks.push(check);
    }
    methods
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn linked(title: &str, url: &str) -> String {
    if url.is_empty() {
        cell(title)
    } else {
        format!("[{}]({url})", cell(title))
    }
}

fn credited(source: Option<&Source>) -> String {
    source.map_or(String::new(), |source| {
        format!(" – {}", linked(&source.title, &source.url))
    })
}

fn scope(figure: &FigureKind) -> String {
    match figure.scope {
        Scope::Entities([]) => "every kind".to_owned(),
        Scope::Entities(kinds) => {
            let kinds: Vec<String> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
            kinds.join(", ")
        }
        Scope::Canvas => "every canvas".to_owned(),
        Scope::Workspace => "the workspace".to_owned(),
    }
}

/// The unit, or the words that the figure can be.
fn unit(figure: &FigureKind) -> String {
    if figure.words.is_empty() {
        return figure.unit.to_owned();
    }
    let words: Vec<String> = figure
        .words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect();
    words.join(", ")
}

fn write_figure(page: &mut String, figure: &FigureKind, inputs: &Inputs) {
    writeln!(
        page,
        "| `{}` | {} | {} | {} | {} | {} | {} |",
        figure.id,
        cell(figure.title("en")),
        scope(figure),
        cell(figure.formula("en")),
        cell(&inputs.of(figure)),
        cell(&unit(figure)),
        linked(figure.source.title, figure.source.url)
    )
    .unwrap();
}

fn write_check(page: &mut String, check: &CheckKind) {
    writeln!(
        page,
        "| `{}` | {} | {} | {} | {} |",
        check.id,
        check.severity.name(),
        cell(check.title("en")),
        cell(check.explanation("en")),
        linked(check.source.title, check.source.url)
    )
    .unwrap();
}

fn write_method(page: &mut String, number: u32, method: &Method, inputs: &Inputs) {
    match number {
        u32::MAX => page.push_str("\n## Of every method\n"),
        number => match domain::method::title(number) {
            Some(title) => writeln!(page, "\n## M{number} {title}").unwrap(),
            None => writeln!(page, "\n## M{number}").unwrap(),
        },
    }
    if !method.canvases.is_empty() {
        page.push_str("\nCanvases:\n\n");
    }
    for canvas in &method.canvases {
        let title = canvas.title.text("en");
        writeln!(page, "- **{title}** (`{}`)", canvas.id).unwrap();
    }
    if !method.kinds.is_empty() {
        page.push_str("\nKinds:\n\n");
    }
    for kind in &method.kinds {
        let (title, description) = (kind.title.text("en"), kind.description.text("en"));
        let source = credited(kind.source.as_ref());
        writeln!(page, "- **{title}** (`{}`): {description}{source}", kind.id).unwrap();
    }
    if !method.figures.is_empty() {
        page.push_str(
            "\n| figure | title | of | formula | inputs | unit or words | source |\n\
             |---|---|---|---|---|---|---|\n",
        );
    }
    for figure in &method.figures {
        write_figure(page, figure, inputs);
    }
    if !method.checks.is_empty() {
        page.push_str("\n| check | is | title | explanation | source |\n|---|---|---|---|---|\n");
    }
    for check in &method.checks {
        write_check(page, check);
    }
    if number == EXPERIMENTS {
        write_criteria(page);
        write_library(page);
        write_meter(page);
    }
}

/// How a criterion is written.
fn write_criteria(page: &mut String) {
    page.push_str("\n### The criterion of an experiment\n\n");
    for rule in guide::RULES {
        writeln!(page, "- {rule}").unwrap();
    }
    page.push_str("\n| measure | is | is compared with | example |\n|---|---|---|---|\n");
    for measure in guide::measures() {
        let (word, example) = (measure.word, measure.example);
        let (meaning, number) = (cell(measure.meaning), cell(measure.number));
        writeln!(page, "| `{word}` | {meaning} | {number} | `{example}` |").unwrap();
    }
    page.push_str("\n| comparator | means |\n|---|---|\n");
    for (sign, meaning) in guide::comparators() {
        writeln!(page, "| `{sign}` | {meaning} |").unwrap();
    }
    let quoted = |units: &[&str]| {
        let units: Vec<String> = units.iter().map(|unit| format!("`{unit}`")).collect();
        units.join(", ")
    };
    let [percent, points] = guide::units().map(quoted);
    writeln!(
        page,
        "\nPercent are written as {percent}; percentage points, of a difference, as {points}."
    )
    .unwrap();
}

/// What each type of experiment costs and proves.
/// What each kind of evidence weighs.
fn write_meter(page: &mut String) {
    page.push_str(
        "\n### The confidence meter\n\nWhat a piece of evidence weighs, after Itamar Gilad, who calls \
         the scale logarithmic on purpose and not scientific. A product's fields `meter-…` change it \
         for a workspace, `weight` that of one piece, a rating of its link what it weighs for that \
         claim.\n\n| kind of evidence | is | from | to | weighs |\n|---|---|---|---|---|\n",
    );
    for step in confidence_meter::STEPS {
        let weighs = step.default_weight();
        let (id, title) = (step.id, step.title);
        writeln!(
            page,
            "| `{id}` | {title} | {} | {} | {weighs} |",
            step.low, step.high
        )
        .unwrap();
    }
}

fn write_library(page: &mut String) {
    let experiment = domain::kind(&"experiment".into()).unwrap();
    let options = experiment.field("type").unwrap().options();
    writeln!(
        page,
        "\n### The library of experiments\n\n{}. Cost and strength of the evidence are from 1 to {}.\n\n\
         | type | is | tests | cost | evidence | to set up | to run |\n|---|---|---|---|---|---|---|",
        experiment_library::SOURCE,
        experiment_library::MOST
    )
    .unwrap();
    for option in options {
        let known = experiment_library::find(&option.id).unwrap();
        let themes: Vec<&str> = known.themes.iter().map(|theme| theme.name()).collect();
        writeln!(
            page,
            "| `{}` | {} | {} | {} | {} | {} | {} |",
            option.id,
            cell(option.title.text("en")),
            themes.join(", "),
            known.cost,
            known.strength,
            known.set_up.name(),
            known.run.name()
        )
        .unwrap();
    }
}

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    let inputs = Inputs::observed();
    for (number, method) in methods() {
        write_method(&mut page, number, &method, &inputs);
    }
    page
}

#[test]
fn the_page_of_methods_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods.md");
    let page = page();
    if std::env::var_os("GROUNDWORK_WRITE").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == page,
        "write it anew: GROUNDWORK_WRITE=1 cargo test -p domain --test methods_page"
    );
}

#[test]
fn every_figure_and_check_says_how_it_is_computed_and_who_says_so() {
    for figure in figure::kinds() {
        let said = [
            figure.formula("en"),
            figure.source.title,
            figure.title("en"),
        ];
        assert!(said.iter().all(|text| !text.is_empty()), "{}", figure.id);
    }
    for check in check::kinds() {
        let said = [
            check.explanation("en"),
            check.source.title,
            check.title("en"),
        ];
        assert!(said.iter().all(|text| !text.is_empty()), "{}", check.id);
    }
}

#[test]
fn every_figure_lists_its_inputs() {
    let inputs = Inputs::observed();
    let without: Vec<&str> = figure::kinds()
        .into_iter()
        .filter(|figure| inputs.of(figure).is_empty())
        .map(|figure| figure.id)
        .collect();
    assert_eq!(without, [] as [&str; 0]);
}

#[test]
fn every_method_has_its_records_and_a_name() {
    let methods = methods();
    for number in 1..=28 {
        assert!(domain::method::title(number).is_some(), "M{number}");
    }
    let missing: Vec<u32> = (1..=28)
        .filter(|number| !methods.contains_key(number))
        .collect();
    assert_eq!(missing, Vec::<u32>::new());
}
