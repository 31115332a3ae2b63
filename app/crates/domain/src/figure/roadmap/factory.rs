//! The feature-factory gauge: what is shipped against what it moved (M28).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::Figure;
use super::item::is_shipped;
use super::usage::OUTCOME;
use crate::method::{Insufficient, Sample};
use crate::outcome;

const SOURCE: FigureSource = FigureSource::at(
    "After John Cutler, 12 Signs You're Working in a Feature Factory",
    "https://cutle.fish/blog/12-signs-youre-working-in-a-feature-factory",
);

pub(in super::super) static MEASURED: FigureKind = FigureKind::new(
    "shipped-with-outcome",
    [
        "Shipped items with an outcome",
        "Ausgeliefertes mit gemessener Wirkung",
        "Entregas con resultado medido",
    ],
    "shipped items that report a reading of their outcome since they were shipped ÷ shipped items",
    "M28",
    SOURCE,
)
.unit("share");

pub(super) static PER_OUTCOME: FigureKind = FigureKind::new(
    "outputs-per-outcome",
    [
        "Outputs per outcome moved",
        "Lieferungen je erreichter Wirkung",
        "Entregas por resultado logrado",
    ],
    "shipped items ÷ shipped items whose actual outcome lies beyond the baseline, towards the target",
    "M28",
    SOURCE,
);

pub(super) fn gauge(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut measured = Figure::new(&MEASURED);
    let mut per_outcome = Figure::new(&PER_OUTCOME);
    let (mut shipped, mut with_outcome, mut moved) = (0_u64, 0_u64, 0_u64);
    for item in context.all("roadmap-item") {
        if !is_shipped(context, item) {
            continue;
        }
        shipped += 1;
        let value = outcome::measured(context, item, context.today).map(|(value, _)| value);
        measured.input("actual", value, "", Some(item));
        with_outcome += u64::from(value.is_some());
        let reached = context.value_of(item, &OUTCOME);
        per_outcome.input("outcome-reached", reached, "share", Some(item));
        moved += u64::from(reached.is_some_and(|reached| reached > 0.0));
    }
    if shipped == 0 {
        return;
    }
    let share = Sample::new(with_outcome, shipped).and_then(Sample::share);
    figures.push(measured.share(share));
    per_outcome.n = Some(shipped);
    let ratio = match moved {
        0 => Err(Insufficient::Zero("number of outcomes moved")),
        moved => Ok(shipped as f64 / moved as f64),
    };
    figures.push(per_outcome.number(ratio));
}
