//! Figures of a goal: its own progress, and that of what it is broken into.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::objective;
use crate::index::Handle;
use crate::method::okr;

const SOURCE: FigureSource = FigureSource::at(
    "Scrum.org, Evidence-Based Management Guide (2024), CC BY-SA 4.0",
    "https://www.scrum.org/resources/evidence-based-management-guide",
);

pub(super) static PROGRESS: FigureKind = FigureKind::new(
    "goal-progress",
    ["Progress", "Fortschritt", "Progreso"],
    "(current − start) ÷ (target − start)",
    "M25",
    SOURCE,
)
.of(&["goal"])
.unit("share");

pub(super) static ROLL_UP: FigureKind = FigureKind::new(
    "goal-roll-up",
    [
        "Progress of what it is broken into",
        "Fortschritt der Teilziele",
        "Progreso de sus partes",
    ],
    "the mean over its objectives' scores and its sub-goals, each sub-goal by its own progress, held to 0 to 100 %, or else rolled up",
    "M22",
    FigureSource::book("This product's proposal, after re:Work's averages"),
)
.of(&["goal"])
.unit("share");

pub(super) fn progress(context: &Context<'_>, goal: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&PROGRESS);
    let start = figure.field(context, goal, "start");
    let target = figure.field(context, goal, "target");
    let metrics = context.from(goal, "measured-by");
    let metrics = metrics.filter(|metric| context.is(*metric, "metric"));
    let current = figure.current(context, goal, metrics);
    let progress = || Ok(okr::progress(start?, target?, current?)?.unclamped);
    figures.push(figure.number(progress()));
}

pub(super) fn roll_up(context: &Context<'_>, goal: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&ROLL_UP);
    let mut seen = vec![goal];
    let mean = mean(context, goal, &mut seen, &mut figure);
    if let Some(mean) = mean {
        figures.push(figure.number(Ok(mean)));
    }
}

/// How many goals are looked at for one of them, so that a chain without end stays on the stack.
const MOST: usize = 300;

/// The mean over the parts of a goal. A goal is a part once, wherever it was `seen` first, so that
/// circles and many ways to one goal end.
fn mean(
    context: &Context<'_>,
    goal: Handle,
    seen: &mut Vec<Handle>,
    figure: &mut Figure,
) -> Option<f64> {
    let is_top = seen.len() == 1;
    let mut parts = Vec::new();
    for objective in context.from(goal, "expressed-as") {
        if let Some(score) = context.value_of(objective, &objective::SCORE) {
            parts.push((objective, score));
        }
    }
    let below = context.from(goal, "broken-into");
    let parts_of = context.to(goal, "part-of");
    for sub in below.chain(parts_of) {
        if seen.len() >= MOST || seen.contains(&sub) || !context.is(sub, "goal") {
            continue;
        }
        seen.push(sub);
        let own = context
            .value_of(sub, &PROGRESS)
            .map(|own| own.clamp(0.0, 1.0));
        let value = own.or_else(|| mean(context, sub, seen, figure));
        parts.extend(value.map(|value| (sub, value)));
    }
    if is_top {
        for (part, value) in &parts {
            figure.input("progress", Some(*value), "share", Some(*part));
            figure
                .rows
                .push(Row::number("progress", *value).about(*part));
        }
    }
    let sum: f64 = parts.iter().map(|(_, value)| value).sum();
    (!parts.is_empty()).then(|| sum / parts.len() as f64)
}
