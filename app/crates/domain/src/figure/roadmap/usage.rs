//! What became of a shipped item: its outcome, and whether it is worth improving (M28).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome};
use super::super::remark::{self, Part};
use super::item::{ITEM, is_shipped};
use crate::index::Handle;
use crate::method::{Insufficient, evidence_based, okr};
use crate::outcome::actual;

pub(in super::super) static WORTH: FigureKind = FigureKind::new(
    "worth-improving",
    ["Worth improving", "Lohnt die Verbesserung", "Merece mejorarse"],
    "retained usage × remaining satisfaction gap, of what is shipped and neither rolled back nor killed",
    "M28",
    FigureSource::book("This product's proposal, after the customer usage index and satisfaction gap of Evidence-Based Management"),
)
.of(ITEM);

pub(in super::super) static OUTCOME: FigureKind = FigureKind::new(
    "outcome-reached",
    [
        "Outcome reached",
        "Erreichte Wirkung",
        "Resultado alcanzado",
    ],
    "(actual − baseline) ÷ (target − baseline), by the latest reading, else by the value entered",
    "M21",
    FigureSource::book("This product's proposal: an item is done only with an actual outcome"),
)
.of(ITEM)
.unit("share");

pub(in super::super) static ORDER: FigureKind = FigureKind::new(
    "worth-improving-order",
    [
        "What to improve first",
        "Was zuerst verbessern",
        "Qué mejorar primero",
    ],
    "shipped items by falling retained usage × remaining satisfaction gap",
    "M28",
    WORTH.source,
);

pub(super) fn figures(context: &Context<'_>, item: Handle, figures: &mut Vec<Figure>) {
    let is_gone = matches!(context.text(item, "status"), Some("rolled-back" | "killed"));
    if context.field(item, "usage").is_some() && is_shipped(context, item) && !is_gone {
        let mut figure = Figure::new(&WORTH);
        let usage = figure.percent(context, item, "usage");
        let gap = figure.field(context, item, "satisfaction-gap");
        let worth = || evidence_based::worth_improving(usage?, gap?);
        figures.push(figure.number(worth()));
    }
    let actual = actual(context, item, context.today);
    if context.field(item, "target").is_some() || actual.is_some() {
        let mut figure = Figure::new(&OUTCOME);
        let baseline = figure.field(context, item, "baseline");
        let target = figure.field(context, item, "target");
        let (value, from) = actual.unzip();
        figure.input("actual", value, "", from);
        let typed = context.number(item, "actual");
        if let (Some(typed), Some(value), Some(from)) = (typed, value, from) {
            if from == item {
                figure.remark(&remark::NOT_MEASURED);
            } else if typed != value {
                let [typed, value] = [typed, value].map(Part::Number);
                figure.remark_with(&remark::TYPED_OUTCOME, [typed, context.part(from), value]);
            }
        }
        let actual = value.ok_or(Insufficient::Missing("actual outcome"));
        let reached = || Ok(okr::progress(baseline?, target?, actual?)?.unclamped);
        figures.push(figure.number(reached()));
    }
}

pub(super) fn order(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&ORDER);
    let mut items: Vec<(Handle, f64)> = context
        .all("roadmap-item")
        .filter_map(|item| Some((item, context.value_of(item, &WORTH)?)))
        .collect();
    if items.is_empty() {
        return;
    }
    items.sort_by(|one, other| other.1.total_cmp(&one.1));
    for (item, worth) in &items {
        figure.input("worth-improving", Some(*worth), "", Some(*item));
    }
    figure.outcome = Outcome::Order(items.into_iter().map(|(item, _)| item).collect());
    figures.push(figure);
}
