//! Cohorts and growth by invitation: retention, churn, whether the curve flattens, K.

use std::cmp::Reverse;

use super::super::context::Context;
use super::super::entered::count;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome, Row};
use super::super::remark::{self, Part};
use crate::index::Handle;
use crate::method::cohort::{self, Cohort};
use crate::method::{Insufficient, Share, growth};

const SOURCE: FigureSource = FigureSource::book("Croll and Yoskovitz, Lean Analytics");

pub(super) static RETENTION: FigureKind = FigureKind::new(
    "retention",
    ["Retention", "Bindung", "Retención"],
    "active ÷ size, for each period after the start; the value is that of the last one",
    "M17",
    SOURCE,
)
.of(&["cohort"])
.unit("share");

pub(super) static CHURN: FigureKind = FigureKind::new(
    "cohort-churn",
    ["Churn", "Abwanderung", "Abandono"],
    "1 − retention, for each period after the start; the value is that of the last one",
    "M17",
    SOURCE,
)
.of(&["cohort"])
.unit("share");

pub(super) static CURVE: FigureKind = FigureKind::new(
    "retention-curve",
    ["Retention curve", "Bindungskurve", "Curva de retención"],
    "for each age Σ active ÷ Σ size over all cohorts of one period that have reached it",
    "M17",
    SOURCE,
)
.unit("share");

pub(super) static FLATTENS: FigureKind = FigureKind::new(
    "retention-flattens",
    ["Shape of the curve", "Form der Kurve", "Forma de la curva"],
    "flat when its last two steps each lose at most 5 % of those who were still there, over the cohorts that have reached both ages, and somebody stays",
    "M15",
    SOURCE,
)
.words(&["flattens", "falls"]);

pub(super) static VIRAL: FigureKind = FigureKind::new(
    "viral-coefficient",
    [
        "Viral coefficient",
        "Viraler Koeffizient",
        "Coeficiente viral",
    ],
    "invitations per user × conversion; above 1 it feeds itself",
    "M17",
    SOURCE,
)
.of(&["viral"]);

/// A cohort as it is written: `60, 45, 41` are those who were active after one, two and three
/// periods.
fn read(context: &Context<'_>, entity: Handle) -> Result<Cohort, Insufficient> {
    let size = context
        .number(entity, "size")
        .ok_or(Insufficient::Missing("size"))?;
    let text = context
        .text(entity, "active")
        .ok_or(Insufficient::Missing("active"))?;
    // One separator may end the list.
    let text = text.strip_suffix([',', ';']).unwrap_or(text);
    let active: Result<Vec<u64>, Insufficient> = text
        .split([',', ';'])
        .map(|part| match crate::number::parse(part.trim()) {
            Some(number) => count("active", number),
            // Also an empty place: the next number is that of the next period, not of this one.
            None => Err(Insufficient::Unreadable("active")),
        })
        .collect();
    Ok(Cohort {
        size: count("size", size)?,
        active: active?,
    })
}

pub(super) fn of_cohort(context: &Context<'_>, entity: Handle, figures: &mut Vec<Figure>) {
    let retention = read(context, entity).and_then(|cohort| cohort::retention(&[cohort]));
    let row = retention.map(|retention| retention.curve);
    for (kind, is_churn) in [(&RETENTION, false), (&CHURN, true)] {
        let mut figure = Figure::new(kind);
        let _ = figure.field(context, entity, "size");
        figure.text_input("active", context.text(entity, "active"), Some(entity));
        let mut last = Err(Insufficient::Missing("active"));
        for (age, share) in row.iter().flatten().enumerate() {
            let share = if is_churn {
                lost(share)
            } else {
                (share.value, share.interval.low, share.interval.high)
            };
            figure.rows.push(Row {
                interval: Some((share.1, share.2)),
                n: context
                    .number(entity, "size")
                    .map(|size| size.max(0.0) as u64),
                ..Row::number((age + 1).to_string(), share.0)
            });
            last = Ok(share.0);
        }
        if let Some(row) = figure.rows.last() {
            (figure.interval, figure.n) = (row.interval, row.n);
        }
        let value = row.as_ref().map_err(Clone::clone).and(last);
        figures.push(figure.number(value));
    }
}

/// The share that has left, with its interval.
fn lost(share: &Share) -> (f64, f64, f64) {
    (
        1.0 - share.value,
        1.0 - share.interval.high,
        1.0 - share.interval.low,
    )
}

pub(super) fn all(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut curve = Figure::new(&CURVE);
    let mut cohorts = Vec::new();
    let mut impossible = 0_usize;
    for entity in context.all("cohort") {
        let cohort = read(context, entity);
        // One cohort that cannot be must not hide what the others say.
        match cohort
            .and_then(|cohort| cohort::retention(std::slice::from_ref(&cohort)).map(|_| cohort))
        {
            Ok(cohort) => cohorts.push((entity, cohort)),
            Err(_) => impossible += 1,
        }
    }
    if cohorts.is_empty() {
        return;
    }
    curve.left_out(impossible, "without numbers that can be");
    let cohorts = of_one_period(context, cohorts, &mut curve);
    let mut shape = Figure::new(&FLATTENS);
    shape.inputs.clone_from(&curve.inputs);
    let retention = cohort::retention(&cohorts);
    let flattens = retention
        .as_ref()
        .map_err(Clone::clone)
        .and_then(cohort::Retention::flattens_above_zero);
    match retention {
        Ok(retention) => {
            for (age, share) in retention.curve.iter().enumerate() {
                curve.rows.push(Row::share((age + 1).to_string(), *share));
            }
            curve.outcome = Outcome::Parts;
        }
        Err(reason) => curve.outcome = Outcome::Missing(reason),
    }
    figures.push(curve);
    let word = flattens.map(|flattens| if flattens { "flattens" } else { "falls" });
    figures.push(shape.category(word));
}

/// Keeps the cohorts whose ages count the same: those of the most frequent period, else of the
/// first by name. One that names none goes with them; a remark names each of the others.
fn of_one_period(
    context: &Context<'_>,
    cohorts: Vec<(Handle, Cohort)>,
    curve: &mut Figure,
) -> Vec<Cohort> {
    let mut periods: Vec<(&str, usize)> = Vec::new();
    for (entity, _) in &cohorts {
        let Some(period) = context.text(*entity, "period") else {
            continue;
        };
        match periods.iter_mut().find(|(known, _)| *known == period) {
            Some((_, often)) => *often += 1,
            None => periods.push((period, 1)),
        }
    }
    let common = periods
        .into_iter()
        .min_by_key(|(period, often)| (Reverse(*often), *period))
        .map(|(period, _)| period);
    let mut kept = Vec::new();
    for (entity, cohort) in cohorts {
        match context.text(entity, "period") {
            Some(period) if Some(period) != common => {
                let parts = [context.part(entity), period_part(period)];
                curve.remark_with(&remark::OTHER_PERIOD, parts);
            }
            _ => {
                curve.input("size", Some(cohort.size as f64), "", Some(entity));
                curve.text_input("active", context.text(entity, "active"), Some(entity));
                kept.push(cohort);
            }
        }
    }
    kept
}

/// What the interface calls a period; one that it does not know is shown as it was entered.
fn period_part(period: &str) -> Part {
    let known = ["week", "month", "quarter"];
    let name = known.into_iter().find(|known| *known == period);
    name.map_or_else(|| Part::Unit(period.to_owned()), Part::Name)
}

pub(super) fn viral(context: &Context<'_>, entity: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&VIRAL);
    let invites = figure.field(context, entity, "invites");
    let conversion = figure.percent(context, entity, "conversion");
    let viral = || growth::viral(invites?, conversion?);
    let viral = viral();
    let feeds_itself = viral.as_ref().is_ok_and(|viral| viral.feeds_itself);
    figure.remark_if(feeds_itself, &remark::FEEDS_ITSELF);
    figures.push(figure.number(viral.map(|viral| viral.coefficient)));
}
