//! The innovation portfolio: returns discounted by risk, and the money on each horizon (M19).

use super::super::context::{Context, unit};
use super::super::kind::{FigureKind, FigureSource};
use super::super::like::alike;
use super::super::record::{Figure, Outcome, Row};
use super::super::remark::{self, Part};
use super::innovation_risk::RISK;
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::check::within;
use crate::method::portfolio::{self, Bet};

const SOURCE: FigureSource = FigureSource::book(
    "After Osterwalder et al., The Invincible Company; the discount is this product's",
);

pub(super) static RETURN: FigureKind = FigureKind::new(
    "risk-adjusted-return",
    [
        "Return adjusted for risk",
        "Risikobereinigter Ertrag",
        "Rendimiento ajustado al riesgo",
    ],
    "return × (1 − risk), risk (exploring) or disruption (exploiting) from 1 as 0 to 10 as 1; exploring, where none is entered, the innovation risk by evidence",
    "M19",
    SOURCE,
)
.of(&["portfolio-item"]);

pub(super) static HORIZONS: FigureKind = FigureKind::new(
    "horizon-shares",
    [
        "Share of each horizon",
        "Anteil je Horizont",
        "Proporción por horizonte",
    ],
    "return of the items of a horizon ÷ return of all items with a horizon, in one currency",
    "M19",
    FigureSource::book("Baghai, Coley and White, The Alchemy of Growth"),
)
.unit("share");

pub(super) fn item(context: &Context<'_>, item: Handle, figures: &mut Vec<Figure>) {
    if context.field(item, "return").is_none() {
        return;
    }
    let mut figure = Figure::new(&RETURN);
    let money = context.amount(item, "return");
    figure.money_input("return", money.as_ref(), Some(item));
    let exploits = context.text(item, "side") == Some("exploit");
    let criterion = if exploits { "disruption" } else { "risk" };
    let by_evidence = || context.value_of(item, &RISK);
    let derived = match exploits || context.input(item, criterion).is_some() {
        true => None,
        false => by_evidence(),
    };
    let risk = match derived {
        Some(risk) => {
            figure.input(RISK.id, Some(risk), "", Some(item));
            figure.remark(&remark::RISK_BY_EVIDENCE);
            Ok(risk)
        }
        None => figure
            .rated(context, item, criterion)
            .and_then(|risk| Ok((within(criterion, risk, 1.0, 10.0)? - 1.0) / 9.0)),
    };
    figure.unit = money.as_ref().map(unit).unwrap_or_default().into();
    let adjusted = || {
        let money = money.ok_or(Insufficient::Missing("return"))?;
        let risk = risk?;
        let at = |expected_return| {
            portfolio::risk_adjusted_return(Bet {
                expected_return,
                risk,
            })
        };
        let range = money.range;
        Ok((at(range.low)?, at(range.likely)?, at(range.high)?))
    };
    figures.push(figure.range(adjusted()));
}

pub(super) fn horizons(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&HORIZONS);
    let names = ["one", "two", "three"];
    let mut items = Vec::new();
    let mut amounts = Vec::new();
    for item in context.all("portfolio-item") {
        let horizon = context.text(item, "horizon");
        let Some(place) = names.iter().position(|name| Some(*name) == horizon) else {
            continue;
        };
        items.push((item, place));
        match context.amount(item, "return") {
            Some(money) => amounts.push((item, unit(&money), money.range.likely)),
            None => {
                let reason = Part::Name("no amount entered");
                figure.remark_with(&remark::LEFT_OUT, [context.part(item), reason]);
            }
        }
    }
    let kept = alike(context, &mut figure, &amounts, &remark::UNLIKE_UNITS).amounts;
    if kept.is_empty() {
        return;
    }
    let mut sums = [0.0; 3];
    // Nothing is known of a horizon whose items were all left out.
    let mut is_unknown = [false; 3];
    for (item, place) in &items {
        let counted = kept.iter().find(|kept| kept.about == *item);
        if let (Some(sum), Some(kept)) = (sums.get_mut(*place), counted) {
            *sum += kept.value;
            let money = context.amount(*item, "return");
            figure.money_input("return", money.as_ref(), Some(*item));
        }
        let is_counted = |other: &(Handle, usize)| {
            other.1 == *place && kept.iter().any(|kept| kept.about == other.0)
        };
        if let Some(is_unknown) = is_unknown.get_mut(*place) {
            *is_unknown = !items.iter().any(is_counted);
        }
    }
    match portfolio::shares(&sums) {
        Ok(shares) => {
            let rows = names.iter().zip(shares).zip(is_unknown);
            figure.rows = rows
                .filter(|(_, is_unknown)| !is_unknown)
                .map(|((name, share), _)| Row::number(*name, share))
                .collect();
            figure.outcome = Outcome::Parts;
        }
        Err(reason) => figure.outcome = Outcome::Missing(reason),
    }
    figures.push(figure);
}
