//! Value against effort: four corners, divided at the medians of what is compared.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::{Figure, Outcome, Row};
use super::ITEMS;
use crate::index::Handle;
use crate::method::value_effort::{self, Quadrant};

const SOURCE: FigureSource =
    FigureSource::book("Common practice; the dividing lines are this product's");

pub(super) static LINES: FigureKind = FigureKind::new(
    "value-effort-lines",
    [
        "Value and effort: dividing lines",
        "Wert und Aufwand: Trennlinien",
        "Valor y esfuerzo: líneas divisorias",
    ],
    "the medians of value and of effort over all items that have both",
    "M20",
    SOURCE,
);

pub(super) static QUADRANT: FigureKind = FigureKind::new(
    "value-effort",
    ["Value and effort", "Wert und Aufwand", "Valor y esfuerzo"],
    "value and effort against the medians of all items; on the line counts as high",
    "M20",
    SOURCE,
)
.of(ITEMS)
.words(&["quick-win", "big-bet", "fill-in", "time-sink"]);

/// The medians of value and effort.
fn medians(context: &Context<'_>) -> Option<(f64, f64, usize)> {
    let (mut values, mut efforts) = (Vec::new(), Vec::new());
    for item in ITEMS.iter().flat_map(|kind| context.all(kind)) {
        let value = context.number(item, "value");
        if let Some((value, effort)) = value.zip(context.number(item, "effort")) {
            values.push(value);
            efforts.push(effort);
        }
    }
    let count = values.len();
    Some((median(values)?, median(efforts)?, count))
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    let lower = *values.get((values.len() - 1) / 2)?;
    Some(lower / 2.0 + upper / 2.0)
}

pub(super) fn lines(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let Some((value, effort, count)) = medians(context) else {
        return;
    };
    let mut figure = Figure::new(&LINES);
    figure.n = u64::try_from(count).ok();
    figure.rows = vec![Row::number("value", value), Row::number("effort", effort)];
    figure.outcome = Outcome::Parts;
    figures.push(figure);
}

pub(super) fn quadrant(context: &Context<'_>, item: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&QUADRANT);
    let value = figure.field(context, item, "value");
    if value.is_err() {
        return;
    }
    let effort = figure.field(context, item, "effort");
    let lines = context.workspace(&LINES).map(|lines| &lines.rows);
    let line = |name| {
        let row = lines.into_iter().flatten().find(|row| row.name == name);
        row.and_then(|row| row.value)
    };
    let (value_line, effort_line) = (line("value"), line("effort"));
    figure.input("value line", value_line, "", None);
    figure.input("effort line", effort_line, "", None);
    let quadrant = || {
        let (value, effort) = (value?, effort?);
        let lines = value_line.unwrap_or(value);
        value_effort::quadrant(value, effort, lines, effort_line.unwrap_or(effort))
    };
    figures.push(figure.category(quadrant().map(|quadrant| match quadrant {
        Quadrant::QuickWin => "quick-win",
        Quadrant::BigBet => "big-bet",
        Quadrant::FillIn => "fill-in",
        Quadrant::TimeSink => "time-sink",
    })));
}
