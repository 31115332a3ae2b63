//! The arms of an experiment and the share of each.

use super::super::context::Context;
use super::super::entered::count;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::Figure;
use crate::index::Handle;
use crate::method::{Insufficient, Sample};

pub(super) static SHARE: FigureKind = FigureKind::new(
    "arm-share",
    ["Share", "Anteil", "Proporción"],
    "successes ÷ n, with Wilson's 95 % interval",
    "M14",
    FigureSource::book(
        "Wilson, Probable inference, the law of succession, and statistical inference (1927)",
    ),
)
.of(&["arm"])
.unit("share");

pub(super) fn share(context: &Context<'_>, arm: Handle, figures: &mut Vec<Figure>) {
    if context.field(arm, "successes").is_none() {
        return;
    }
    let mut figure = Figure::new(&SHARE);
    let sample = figure.sample(context, arm, "successes", "n");
    figures.push(figure.share(sample.and_then(Sample::share)));
}

/// An arm with what was counted in it.
pub(super) struct Arm {
    pub(super) entity: Handle,
    pub(super) is_control: bool,
    pub(super) n: Option<u64>,
    /// What was counted, or why it cannot be.
    pub(super) sample: Result<Sample, Insufficient>,
    /// The planned share of the split, in percent.
    pub(super) planned: Option<f64>,
}

/// The arms of an experiment: controls first, then by id.
pub(super) fn arms(context: &Context<'_>, experiment: Handle) -> Vec<Arm> {
    let whole = |arm, field| count(field, context.number(arm, field)?).ok();
    let read = |arm| {
        let n = whole(arm, "n");
        let sample = n.zip(whole(arm, "successes"));
        let sample = sample.ok_or(Insufficient::Missing("successes and n of every arm"));
        Arm {
            entity: arm,
            is_control: context.text(arm, "role") == Some("control"),
            n,
            sample: sample.and_then(|(n, successes)| Sample::new(successes, n)),
            planned: context.number(arm, "share"),
        }
    };
    let mut arms: Vec<Arm> = context
        .children(experiment, "arm", "experiment")
        .map(read)
        .collect();
    arms.sort_by_key(|arm| !arm.is_control);
    arms
}
