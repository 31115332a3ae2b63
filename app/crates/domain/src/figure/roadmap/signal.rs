//! Signals from outside: how large, and how much is left of them (M8).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::Figure;
use super::super::remark;
use crate::index::Handle;
use crate::method::{Insufficient, signal};

const SOURCE: FigureSource =
    FigureSource::book("Common practice of trend radars; the fading is this product's");

pub(super) static SIZE: FigureKind = FigureKind::new(
    "signal-size",
    ["Size", "Größe", "Tamaño"],
    "impact × likelihood, 1 to 25",
    "M8",
    SOURCE,
)
.of(&["signal"]);

pub(super) static STRENGTH: FigureKind = FigureKind::new(
    "signal-strength",
    [
        "What is left of it",
        "Was davon bleibt",
        "Lo que queda de ella",
    ],
    "1 for 90 days after it was last seen, then halved with every further 90 days",
    "M8",
    SOURCE,
)
.of(&["signal"]);

pub(super) fn figures(context: &Context<'_>, entity: Handle, figures: &mut Vec<Figure>) {
    let mut size = Figure::new(&SIZE);
    let impact = size.rated(context, entity, "impact");
    let likelihood = size.rated(context, entity, "likelihood");
    if size.is_blank() {
        return;
    }
    let unseen = context.days_ago(entity, "seen-on").map(|days| days as f64);
    let of = |days: f64| Ok((impact.clone()?, likelihood.clone()?, days));
    let sized =
        of(0.0).and_then(|(impact, likelihood, days)| signal::signal(impact, likelihood, days));
    figures.push(size.number(sized.map(|one| one.size)));
    let mut strength = Figure::new(&STRENGTH);
    strength.input("days since it was seen", unseen, "days", Some(entity));
    let left = unseen
        .ok_or(Insufficient::Missing("seen-on"))
        .and_then(of)
        .and_then(|(impact, likelihood, days)| signal::signal(impact, likelihood, days));
    strength.remark_if(
        left.as_ref().is_ok_and(|one| one.is_fading),
        &remark::FADING,
    );
    figures.push(strength.number(left.map(|one| one.strength)));
}
