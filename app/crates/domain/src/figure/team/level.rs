//! Whether decisions move towards the team: the trend of the levels at which they are taken (M27).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::Figure;
use super::super::remark;
use super::delegation;
use crate::index::Handle;
use crate::method::{Insufficient, trend};

const OWN: FigureSource = FigureSource::book("This product's proposal");
const TITLE: [&str; 3] = ["Level trend", "Trend der Stufe", "Tendencia del nivel"];
const UNIT: &str = "levels a quarter";

/// Days of a quarter.
const QUARTER: f64 = 365.25 / 4.0;

/// As few decisions show no trend.
const LEAST: usize = 3;

pub(super) static OF_AREA: FigureKind = FigureKind::new(
    "level-trend",
    TITLE,
    "the slope of the line of least squares through the levels of its decisions by their days, with Student's 95 % interval",
    "M27",
    OWN,
)
.of(&["decision-area"])
.unit(UNIT);

pub(super) static OF_ALL: FigureKind = FigureKind::new(
    "all-level-trend",
    [
        "Level trend of all decisions",
        "Trend der Stufe aller Entscheidungen",
        "Tendencia del nivel de todas las decisiones",
    ],
    "the slope of the line of least squares through the levels of decisions by their days, with Student's 95 % interval",
    "M27",
    OWN,
)
.unit(UNIT);

pub(super) fn area(context: &Context<'_>, area: Handle, figures: &mut Vec<Figure>) {
    let decisions = delegation::of_area(context, area).into_iter();
    levels(context, &OF_AREA, decisions, figures);
}

pub(super) fn all(context: &Context<'_>, figures: &mut Vec<Figure>) {
    levels(context, &OF_ALL, context.all("decision"), figures);
}

/// Only a decision's own level counts: that of its area may have changed since.
fn levels(
    context: &Context<'_>,
    kind: &'static FigureKind,
    decisions: impl Iterator<Item = Handle>,
    figures: &mut Vec<Figure>,
) {
    let mut figure = Figure::new(kind);
    let mut points = Vec::new();
    for decision in decisions {
        let Some(level) = context.number(decision, "level") else {
            continue;
        };
        let Some(date) = context.date(decision, "decided-on") else {
            continue;
        };
        if date > context.today || !(1.0..=7.0).contains(&level) {
            continue;
        }
        figure.input("level", Some(level), "", Some(decision));
        points.push((date.days() as f64 / QUARTER, level));
    }
    if points.is_empty() {
        return;
    }
    figure.n = Some(points.len() as u64);
    let found = if points.len() < LEAST {
        Err(Insufficient::Missing("three decisions with level and day"))
    } else {
        trend::trend(&points)
    };
    if let Ok(found) = &found
        && let Some(interval) = found.interval
    {
        figure.between(interval);
        figure.remark_if(interval.contains(0.0), &remark::NO_TREND);
    }
    figures.push(figure.number(found.map(|found| found.slope)));
}
