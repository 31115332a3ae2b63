//! Arms of which the mean and the standard deviation are known: each mean with its interval, and
//! the difference from the control.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Label, Outcome, Row};
use super::super::remark;
use super::compare::warnings;
use super::experiment::OF;
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::means::{self, MeanDifference, Measured};

pub(super) static MEAN: FigureKind = FigureKind::new(
    "arm-mean",
    ["Mean", "Mittelwert", "Media"],
    "mean ± t · deviation ÷ √n, Student's 95 % interval with n − 1 degrees of freedom",
    "M14",
    FigureSource::book("Student, The probable error of a mean (1908)"),
)
.of(&["arm"]);

pub(super) static DIFFERENCE: FigureKind = FigureKind::new(
    "ab-mean-difference",
    [
        "Difference of the means",
        "Unterschied der Mittelwerte",
        "Diferencia de las medias",
    ],
    "mean of the variant − mean of the control, with Welch's 95 % interval",
    "M14",
    FigureSource::book("Welch, The generalization of Student's problem (1947)"),
)
.of(OF);

pub(super) fn mean(context: &Context<'_>, arm: Handle, figures: &mut Vec<Figure>) {
    if context.field(arm, "mean").is_none() {
        return;
    }
    let mut figure = Figure::new(&MEAN);
    let measured = read(context, arm, &mut figure);
    let experiment = context.reference(arm, "experiment");
    figure.unit = experiment.map_or(Label::default(), |one| unit(context, one));
    match measured.clone().and_then(|one| means::interval(one, 0.95)) {
        Ok(interval) => figure.between(interval),
        Err(_) => figure.remark(&remark::NO_DEVIATION),
    }
    figure.n = measured.ok().map(|measured| measured.n);
    let value = context.number(arm, "mean");
    figures.push(figure.number(value.ok_or(Insufficient::Missing("mean"))));
}

pub(super) fn difference(context: &Context<'_>, experiment: Handle, figures: &mut Vec<Figure>) {
    let arms: Vec<Handle> = context.children(experiment, "arm", "experiment").collect();
    if arms.len() < 2 || arms.iter().all(|arm| context.field(*arm, "mean").is_none()) {
        return;
    }
    let is_control = |arm: &Handle| context.text(*arm, "role") == Some("control");
    let marked = arms.iter().copied().find(is_control);
    let mut figure = Figure::new(&DIFFERENCE);
    figure.unit = unit(context, experiment);
    figure.remark_if(marked.is_none(), &remark::NO_CONTROL);
    figure.remarks.extend(warnings(context, experiment));
    let Some(control) = marked.or(arms.first().copied()) else {
        return;
    };
    let base = read(context, control, &mut figure);
    let compared: Vec<(Handle, Result<MeanDifference, Insufficient>, Option<u64>)> = arms
        .into_iter()
        .filter(|arm| *arm != control)
        .map(|arm| {
            let measured = read(context, arm, &mut figure);
            let both = || Ok((base.clone()?, measured.clone()?));
            let both = both();
            let n = both.as_ref().ok().map(|(one, other)| one.n + other.n);
            (
                arm,
                both.and_then(|(one, other)| means::welch(one, other)),
                n,
            )
        })
        .collect();
    if let [(_, result, n)] = compared.as_slice() {
        if let Ok(one) = result {
            figure.between(one.interval);
            figure.n = *n;
            figure.rows = vec![
                Row::number("t", one.t),
                Row::number("degrees of freedom", one.freedom),
                Row::number("p", one.p_value),
            ];
        }
        figures.push(figure.number(result.clone().map(|one| one.change)));
        return;
    }
    for (arm, result, n) in &compared {
        if let Ok(one) = result {
            figure.rows.push(Row {
                interval: Some((one.interval.low, one.interval.high)),
                n: *n,
                ..Row::number("difference", one.change).about(*arm)
            });
        }
    }
    match compared.into_iter().find_map(|(_, result, _)| result.err()) {
        Some(reason) if figure.rows.is_empty() => figures.push(figure.number(Err(reason))),
        _ => {
            figure.outcome = Outcome::Parts;
            figures.push(figure);
        }
    }
}

/// What was measured in an arm, listed among the inputs.
fn read(context: &Context<'_>, arm: Handle, figure: &mut Figure) -> Result<Measured, Insufficient> {
    let mean = figure.field(context, arm, "mean");
    let deviation = figure.field(context, arm, "deviation");
    let n = figure.count(context, arm, "n");
    Ok(Measured {
        mean: mean?,
        deviation: deviation?,
        n: n?,
    })
}

/// The unit of what the experiment measures.
fn unit(context: &Context<'_>, experiment: Handle) -> Label {
    let metric = context.reference(experiment, "primary-metric");
    let unit = metric.and_then(|metric| context.text(metric, "unit"));
    unit.unwrap_or_default().to_owned().into()
}
