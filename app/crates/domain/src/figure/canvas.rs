//! Figures of a canvas: what its costs and its revenues add up to (M2, M3, M23).

use super::context::{Context, unit};
use super::kind::{FigureKind, FigureSource};
use super::money::add;
use super::producer::{Producer, producer};
use super::record::Figure;
use crate::index::Handle;
use crate::value::Money;

pub(super) const PRODUCERS: &[Producer] = &[producer!(canvas 0, totals, COSTS, REVENUES, RESULT)];

const SOURCE: FigureSource = FigureSource::book(
    "Osterwalder and Pigneur, Business Model Generation; the sum is this product's",
);

static COSTS: FigureKind = FigureKind::new(
    "costs-total",
    ["Costs", "Kosten", "Costes"],
    "Σ amount of every cost on the canvas; amounts of different periods are stated for the period that the product names, else a month",
    "M3",
    SOURCE,
)
.of_canvas();

static REVENUES: FigureKind = FigureKind::new(
    "revenues-total",
    ["Revenues", "Einnahmen", "Ingresos"],
    "Σ amount of every revenue stream on the canvas; amounts of different periods are stated for the period that the product names, else a month",
    "M3",
    SOURCE,
)
.of_canvas();

static RESULT: FigureKind = FigureKind::new(
    "result",
    [
        "Revenues less costs",
        "Einnahmen minus Kosten",
        "Ingresos menos costes",
    ],
    "revenues − costs; at worst the lowest revenues − the highest costs",
    "M3",
    SOURCE,
)
.of_canvas();

fn totals(context: &Context<'_>, canvas: &str, figures: &mut Vec<Figure>) {
    let (mut costs, mut revenues) = (Vec::new(), Vec::new());
    for entity in context.on_canvas(canvas) {
        match context.kind(entity) {
            "cost" => costs.push(entity),
            "revenue-stream" => revenues.push(entity),
            _ => {}
        }
    }
    let costs = total(context, &COSTS, &costs, figures);
    let revenues = total(context, &REVENUES, &revenues, figures);
    let (Some(costs), Some(revenues)) = (costs, revenues) else {
        return;
    };
    let mut figure = Figure::new(&RESULT);
    figure.input(
        "revenues",
        Some(revenues.range.likely),
        unit(&revenues),
        None,
    );
    figure.input("costs", Some(costs.range.likely), unit(&costs), None);
    let mut minus = costs;
    minus.range = costs.range.times(-1.0);
    figures.push(figure.money(add(&[revenues, minus], context.period())));
}

/// The total of some entities' amounts, pushed as a figure unless none has any.
fn total(
    context: &Context<'_>,
    kind: &'static FigureKind,
    entities: &[Handle],
    figures: &mut Vec<Figure>,
) -> Option<Money> {
    let mut figure = Figure::new(kind);
    let mut amounts = Vec::new();
    for entity in entities {
        let amount = context.amount(*entity, "amount");
        figure.money_input("amount", amount.as_ref(), Some(*entity));
        amounts.extend(amount);
    }
    if amounts.is_empty() {
        return None;
    }
    let missing = figure.needed().count();
    figure.left_out(missing, "no amount entered");
    let total = add(&amounts, context.period());
    figures.push(figure.money(total.clone()));
    total.ok()
}
