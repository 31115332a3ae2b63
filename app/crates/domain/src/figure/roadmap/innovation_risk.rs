//! The innovation risk of a portfolio item, which falls as evidence arrives (M19).

use super::super::context::Context;
use super::super::evidence::{CONFIDENCE, assumptions_of};
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::Figure;
use crate::index::Handle;
use crate::method::{Insufficient, portfolio};

pub(super) static RISK: FigureKind = FigureKind::new(
    "innovation-risk",
    [
        "Innovation risk by evidence",
        "Innovationsrisiko nach Belegen",
        "Riesgo de innovación según las pruebas",
    ],
    "Σ importance × (1 − confidence) ÷ Σ importance over the assumptions that it depends on",
    "M19",
    FigureSource::book("This product's proposal, after Osterwalder et al., The Invincible Company"),
)
.of(&["portfolio-item"]);

pub(super) fn figures(context: &Context<'_>, item: Handle, figures: &mut Vec<Figure>) {
    let assumptions = assumptions_of(context, item);
    if assumptions.is_empty() {
        return;
    }
    let mut figure = Figure::new(&RISK);
    let mut pairs = Vec::new();
    for assumption in assumptions {
        let importance = figure.rated(context, assumption, "importance");
        let confidence = context.value_of(assumption, &CONFIDENCE);
        figure.input("confidence", confidence, "", Some(assumption));
        let pair = importance.and_then(|importance| {
            let confidence = confidence.ok_or(Insufficient::Missing("confidence"))?;
            Ok((importance / 10.0, confidence))
        });
        pairs.push(pair);
    }
    let pairs: Result<Vec<(f64, f64)>, Insufficient> = pairs.into_iter().collect();
    figures.push(figure.number(pairs.and_then(|pairs| portfolio::innovation_risk(&pairs))));
}
