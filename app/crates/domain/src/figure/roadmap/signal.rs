//! Signals from outside: how large, and how much is left of them (M8).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::Figure;
use super::super::remark;
use crate::index::Handle;
use crate::method::check::within;
use crate::method::{Insufficient, signal};

const SOURCE: FigureSource =
    FigureSource::book("Common practice of trend radars; the fading is this product's");

/// Elsewhere it may be a day later already.
const TOMORROW: f64 = 1.0;

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
    let unseen = context.days_ago(entity, "seen-on").map(|days| days as f64);
    let is_rated = !size.is_blank();
    if is_rated {
        let rated = impact.and_then(|impact| Ok((impact, likelihood?)));
        let sized = rated.and_then(|(impact, likelihood)| signal::signal(impact, likelihood, 0.0));
        figures.push(size.number(sized.map(|one| one.size)));
    }
    if !is_rated && unseen.is_none() {
        return;
    }
    let mut strength = Figure::new(&STRENGTH);
    strength.input("days since it was seen", unseen, "days", Some(entity));
    let left = unseen
        .ok_or(Insufficient::Missing("seen-on"))
        .and_then(|days| {
            let seen = if days >= -TOMORROW {
                days.max(0.0)
            } else {
                days
            };
            within("days since it was seen", seen, 0.0, f64::INFINITY)
        })
        .and_then(signal::strength);
    strength.remark_if(
        left.as_ref().is_ok_and(|(_, is_fading)| *is_fading),
        &remark::FADING,
    );
    figures.push(strength.number(left.map(|(strength, _)| strength)));
}
