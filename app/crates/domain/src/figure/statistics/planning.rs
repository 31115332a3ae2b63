//! How many participants an experiment needs, in both named forms, and what its planned n can show.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::Figure;
use super::experiment::OF;
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::check::within;
use crate::method::sample_size::{self, Form, Plan};

pub(super) static MILLER: FigureKind = FigureKind::new(
    "sample-size",
    [
        "Participants in each arm (Evan Miller)",
        "Teilnehmende je Arm (Evan Miller)",
        "Participantes por rama (Evan Miller)",
    ],
    "(z₁₋α∕₂ √(2p(1 − p)) + z_power √(p(1 − p) + (p + δ)(1 − p − δ)))² ÷ δ²",
    "M14",
    FigureSource::at(
        "Evan Miller, Sample Size Calculator",
        "https://www.evanmiller.org/ab-testing/sample-size.html",
    ),
)
.of(OF)
.unit("people");

pub(super) static R_FORM: FigureKind = FigureKind::new(
    "sample-size-r",
    [
        "Participants in each arm (R)",
        "Teilnehmende je Arm (R)",
        "Participantes por rama (R)",
    ],
    "(z₁₋α∕₂ √(2p̄(1 − p̄)) + z_power √(p(1 − p) + (p + δ)(1 − p − δ)))² ÷ δ², as power.prop.test",
    "M14",
    FigureSource::book("R, stats::power.prop.test"),
)
.of(OF)
.unit("people");

pub(super) static POWER: FigureKind = FigureKind::new(
    "power",
    ["Power", "Teststärke", "Potencia"],
    "Φ((√n |δ| − z₁₋α∕₂ √(2p̄(1 − p̄))) ÷ √(p(1 − p) + (p + δ)(1 − p − δ))) at the planned n",
    "M14",
    FigureSource::book("R, stats::power.prop.test"),
)
.of(OF)
.unit("share");

pub(super) fn figures(context: &Context<'_>, experiment: Handle, figures: &mut Vec<Figure>) {
    if context.field(experiment, "minimum-effect").is_none() {
        return;
    }
    let plan = |figure: &mut Figure| {
        let base = figure.percent(context, experiment, "baseline");
        let change = figure.field(context, experiment, "minimum-effect");
        let alpha = context.number(experiment, "alpha").unwrap_or(0.05);
        figure.input("alpha", Some(alpha), "", Some(experiment));
        let (base, points) = (base?, change?);
        // Said in percent, as it was entered.
        within("rate with the change", base * 100.0 + points, 0.0, 100.0)?;
        Ok::<Plan, Insufficient>(Plan {
            base,
            change: points / 100.0,
            alpha,
        })
    };
    let power = context.number(experiment, "power").unwrap_or(0.8);
    for (kind, form) in [(&MILLER, Form::EvanMiller), (&R_FORM, Form::R)] {
        let mut figure = Figure::new(kind);
        let plan = plan(&mut figure);
        figure.input("power", Some(power), "", Some(experiment));
        let size = plan.and_then(|plan| sample_size::sample_size(plan, power, form));
        figures.push(figure.number(size.map(|size| size.per_arm as f64)));
    }
    if context.field(experiment, "planned-n").is_some() {
        let mut figure = Figure::new(&POWER);
        let plan = plan(&mut figure);
        let n = figure.count(context, experiment, "planned-n");
        let power = || sample_size::power(plan?, n?, Form::R);
        figures.push(figure.number(power()));
    }
}
