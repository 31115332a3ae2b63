//! Weighted scoring: criteria of one's own with weights, and how sure the winner is.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome, Row};
use super::super::remark::{self, Part};
use super::items::ITEMS;
use crate::index::Handle;
use crate::method::weighted::{self, Criterion};

const SOURCE: FigureSource = FigureSource::book(
    "Multi-attribute scoring, as in Edwards and Barron, SMARTS and SMARTER (1994)",
);

pub(super) static SCORE: FigureKind = FigureKind::new(
    "weighted-score",
    [
        "Weighted score",
        "Gewichtete Bewertung",
        "Puntuación ponderada",
    ],
    "Σ weight × score; inverted criteria count negative; weights that do not add up to 100 % are refused",
    "M20",
    SOURCE,
)
.of(ITEMS);

pub(super) static ORDER: FigureKind = FigureKind::new(
    "weighted-order",
    [
        "Order by weighted score",
        "Reihenfolge nach gewichteter Bewertung",
        "Orden según la puntuación ponderada",
    ],
    "by falling weighted score, of what is neither done nor dropped; for each criterion the nearest weight that changes the winner",
    "M20",
    SOURCE,
);

/// The workspace's criteria; one without a weight is named.
fn criteria(context: &Context<'_>, figure: &mut Figure) -> Vec<(Handle, Criterion)> {
    let mut criteria = Vec::new();
    for entity in context.all("criterion-weight") {
        let is_cost = context.flag(entity, "inverted");
        match context
            .number(entity, "weight")
            .map(|weight| weight / 100.0)
        {
            Some(weight) => criteria.push((entity, Criterion { weight, is_cost })),
            None => {
                let reason = Part::Name("no weight entered");
                figure.remark_with(&remark::LEFT_OUT, [context.part(entity), reason]);
            }
        }
    }
    criteria
}

/// An item's score by each criterion; nothing when no criterion is rated.
fn scores(
    context: &Context<'_>,
    item: Handle,
    criteria: &[(Handle, Criterion)],
) -> Option<Vec<Option<f64>>> {
    // Asking for the ratings at once spares items without any the search by criterion.
    context.children(item, "rating", "subject").next()?;
    let score = |(criterion, _): &(Handle, Criterion)| {
        let id = context.id(*criterion)?;
        Some(context.rated(item, id.as_str(), None)?.value)
    };
    let scores: Vec<Option<f64>> = criteria.iter().map(score).collect();
    scores.iter().any(Option::is_some).then_some(scores)
}

pub(super) fn score(context: &Context<'_>, item: Handle, figures: &mut Vec<Figure>) {
    if context.children(item, "rating", "subject").next().is_none() {
        return;
    }
    let mut figure = Figure::new(&SCORE);
    let criteria = criteria(context, &mut figure);
    let Some(scores) = scores(context, item, &criteria) else {
        return;
    };
    for ((entity, criterion), score) in criteria.iter().zip(&scores) {
        figure.input("weight", Some(criterion.weight * 100.0), "%", Some(*entity));
        figure.input("score", *score, "", Some(*entity));
    }
    let complete: Option<Vec<f64>> = scores.into_iter().collect();
    let criteria: Vec<Criterion> = criteria
        .into_iter()
        .map(|(_, criterion)| criterion)
        .collect();
    let scored = complete
        .ok_or(crate::method::Insufficient::Missing(
            "score on every criterion",
        ))
        .and_then(|scores| weighted::weighted(&criteria, &[scores]));
    let first = scored.map(|scored| scored.scores.first().copied().unwrap_or_default());
    figures.push(figure.number(first));
}

pub(super) fn order(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&ORDER);
    let criteria = criteria(context, &mut figure);
    if criteria.is_empty() {
        return;
    }
    let (mut items, mut options) = (Vec::new(), Vec::new());
    for item in ITEMS.iter().flat_map(|kind| context.all(kind)) {
        let Some(scores) = scores(context, item, &criteria) else {
            continue;
        };
        if !figure.is_to_do(context, item) {
            continue;
        }
        let complete: Option<Vec<f64>> = scores.into_iter().collect();
        match complete {
            Some(scores) => {
                items.push(item);
                options.push(scores);
            }
            None => {
                let reason = Part::Name("not scored by every criterion");
                figure.remark_with(&remark::LEFT_OUT, [context.part(item), reason]);
            }
        }
    }
    for (entity, criterion) in &criteria {
        figure.input("weight", Some(criterion.weight * 100.0), "%", Some(*entity));
    }
    let plain: Vec<Criterion> = criteria.iter().map(|(_, criterion)| *criterion).collect();
    match weighted::weighted(&plain, &options) {
        Ok(scored) => {
            for (item, score) in items.iter().zip(&scored.scores) {
                figure.rows.push(Row::number("score", *score).about(*item));
            }
            for flip in scored.flips {
                let criterion = criteria.get(flip.criterion).map(|(entity, _)| *entity);
                let weight = (flip.weight * 1000.0).round() / 10.0;
                if let (Some(leader), Some(criterion)) = (items.get(flip.option), criterion) {
                    let (leader, criterion) = (context.part(*leader), context.part(criterion));
                    figure.remark_with(&remark::FLIPS, [leader, criterion, Part::Number(weight)]);
                }
            }
            let place = |place: &usize| items.get(*place).copied();
            figure.outcome = Outcome::Order(scored.ranking.iter().filter_map(place).collect());
        }
        Err(reason) => figure.outcome = Outcome::Missing(reason),
    }
    figures.push(figure);
}
