//! Opportunities compared with their siblings by Torres' four factors, and never with all others
//! (M20).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome, Row};
use super::super::remark::{self, Part};
use crate::index::Handle;
use crate::method::check::within;
use crate::method::{Insufficient, average};

/// What opportunities stand below.
pub(super) const OF: &[&str] = &["opportunity", "objective", "key-result", "goal", "metric"];

/// What each is judged by, 1 to 5.
const FACTORS: [&str; 4] = ["size", "market", "company", "customer"];

pub(super) static ORDER: FigureKind = FigureKind::new(
    "sibling-order",
    [
        "Opportunities below it, compared",
        "Chancen darunter im Vergleich",
        "Oportunidades inferiores, comparadas",
    ],
    "by the falling mean of size, market, company and customer, 1 to 5 each; siblings alone are compared",
    "M20",
    FigureSource::at(
        "Teresa Torres, Continuous Discovery Habits (2021); the mean is this product's",
        "https://www.producttalk.org/opportunity-solution-trees/",
    ),
)
.of(OF);

pub(super) fn order(context: &Context<'_>, parent: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&ORDER);
    let mut order: Vec<(Handle, f64)> = Vec::new();
    for child in children(context, parent) {
        let mut rated = |factor| figure.rated(context, child, factor);
        let factors: Vec<Result<f64, Insufficient>> = FACTORS.map(&mut rated).into();
        if factors.iter().all(Result::is_err) {
            figure.inputs.truncate(figure.inputs.len() - FACTORS.len());
            continue;
        }
        let named = FACTORS.iter().zip(factors);
        let known: Result<Vec<f64>, Insufficient> = named
            .map(|(factor, value)| within(factor, value?, 1.0, 5.0))
            .collect();
        match known.and_then(|known| average::mean("factors", &known)) {
            Ok(mean) => order.push((child, mean.value)),
            Err(_) => {
                let reason = Part::Name("not all four factors entered, 1 to 5");
                figure.remark_with(&remark::LEFT_OUT, [context.part(child), reason]);
            }
        }
    }
    // One alone is compared with nothing.
    if order.len() < 2 {
        return;
    }
    // Equal ones stay in the order of their ids.
    order.sort_by(|one, other| other.1.total_cmp(&one.1));
    for (child, mean) in &order {
        figure.rows.push(Row::number("mean", *mean).about(*child));
    }
    figure.outcome = Outcome::Order(order.into_iter().map(|(child, _)| child).collect());
    figures.push(figure);
}

/// The opportunities right below something, by id.
fn children(context: &Context<'_>, parent: Handle) -> Vec<Handle> {
    let mut children: Vec<Handle> = context
        .to(parent, "part-of")
        .chain(context.from(parent, "pursued-through"))
        .filter(|child| context.is(*child, "opportunity"))
        .collect();
    children.sort_unstable_by_key(|child| context.id(*child));
    children.dedup();
    children
}
