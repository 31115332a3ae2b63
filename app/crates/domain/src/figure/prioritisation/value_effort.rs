//! Value against effort: four corners of a map that reaches from zero to the largest of what is
//! compared.
//!
//! The map is divided in its middle, so that an edit moves the lines only when it moves the largest.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome, Row};
use super::items::ITEMS;
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
    "half of the largest value and half of the largest effort among the items to do that have both",
    "M20",
    SOURCE,
);

pub(super) static QUADRANT: FigureKind = FigureKind::new(
    "value-effort",
    ["Value and effort", "Wert und Aufwand", "Valor y esfuerzo"],
    "value and effort against half of the largest of all items that are neither done nor dropped; on the line counts as high",
    "M20",
    SOURCE,
)
.of(ITEMS)
.words(&["quick-win", "big-bet", "fill-in", "time-sink"]);

pub(super) fn lines(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&LINES);
    let mut largest: Option<(f64, f64)> = None;
    for item in ITEMS.iter().flat_map(|kind| context.all(kind)) {
        let value = context.number(item, "value");
        let effort = context.number(item, "effort");
        let both = value.zip(effort);
        if let Some((value, effort)) = both.filter(|_| figure.is_to_do(context, item)) {
            let (values, efforts) = largest.unwrap_or((value, effort));
            largest = Some((values.max(value), efforts.max(effort)));
        }
    }
    let Some((value, effort)) = largest else {
        return;
    };
    figure.input("largest value", Some(value), "", None);
    figure.input("largest effort", Some(effort), "person-months", None);
    figure.rows = vec![
        Row::number("value", value / 2.0),
        Row::number("effort", effort / 2.0),
    ];
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
