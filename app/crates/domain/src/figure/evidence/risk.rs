//! Riskiest first: which assumption to test next.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::{Figure, Outcome, remark};
use super::confidence::CONFIDENCE;
use crate::index::Handle;
use crate::method::risk::{self, Stake};

const SOURCE: FigureSource =
    FigureSource::book("This product's proposal, after David J. Bland's assumption map");

pub(super) static RISK: FigureKind = FigureKind::new(
    "risk",
    ["Risk", "Risiko", "Riesgo"],
    "importance ÷ 10 × (1 − confidence) × value at stake: its stake, else the value of what depends on it, else 1",
    "M13",
    SOURCE,
)
.of(&["assumption"]);

pub(super) static RISKIEST: FigureKind = FigureKind::new(
    "riskiest-first",
    [
        "Riskiest first",
        "Das Riskanteste zuerst",
        "Primero lo más arriesgado",
    ],
    "open assumptions by falling risk",
    "M13",
    SOURCE,
);

pub(super) fn assumption(context: &Context<'_>, assumption: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&RISK);
    let importance = figure.rated(context, assumption, "importance");
    if importance.is_err() {
        return;
    }
    let confidence = context.value_of(assumption, &CONFIDENCE);
    figure.input("confidence", confidence, "", Some(assumption));
    let stake = context.amount(assumption, "stake");
    let value = match stake {
        Some(stake) => {
            figure.money_input("stake", Some(&stake), Some(assumption));
            stake.range.likely
        }
        None => downstream(context, assumption, &mut figure),
    };
    let risk = || {
        risk::risk(Stake {
            importance: importance? / 10.0,
            confidence: confidence.unwrap_or_default(),
            value,
        })
    };
    figures.push(figure.number(risk()));
}

/// The value of what depends on it: solutions, roadmap items, and those that bet on the solutions.
fn downstream(context: &Context<'_>, assumption: Handle, figure: &mut Figure) -> f64 {
    let direct: Vec<Handle> = context.to(assumption, "depends-on").collect();
    let betting = direct
        .iter()
        .flat_map(|item| context.to(*item, "bets-on").collect::<Vec<_>>());
    let mut items: Vec<Handle> = direct.iter().copied().chain(betting).collect();
    items.sort_unstable_by_key(|handle| context.id(*handle));
    items.dedup();
    let mut sum = 0.0;
    let mut is_known = false;
    for item in items {
        if let Some(value) = context.number(item, "value") {
            figure.input("value", Some(value), "", Some(item));
            sum += value.max(0.0);
            is_known = true;
        }
    }
    figure.remark_if(!is_known, &remark::NO_STAKE);
    if is_known { sum } else { 1.0 }
}

pub(super) fn riskiest_first(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&RISKIEST);
    let mut open = Vec::new();
    for assumption in context.all("assumption") {
        let status = context.text(assumption, "status");
        if matches!(status, Some("supported" | "refuted" | "retired")) {
            continue;
        }
        if let Some(risk) = context.value_of(assumption, &RISK) {
            open.push((assumption, risk));
        }
    }
    if open.is_empty() {
        return;
    }
    open.sort_by(|one, other| other.1.total_cmp(&one.1));
    for (assumption, risk) in &open {
        figure.input("risk", Some(*risk), "", Some(*assumption));
    }
    figure.outcome = Outcome::Order(open.into_iter().map(|(assumption, _)| assumption).collect());
    figures.push(figure);
}
