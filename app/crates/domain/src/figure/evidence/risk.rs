//! What is at risk with an assumption, and which one to test next.

use super::super::context::{Context, unit};
use super::super::kind::{FigureKind, FigureSource};
use super::super::like::alike;
use super::super::record::{Figure, InputValue, Outcome, Row};
use super::super::remark::{self, Part};
use super::confidence::CONFIDENCE;
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::risk::{self, Stake};
use crate::value::{Range, Value};

const SOURCE: FigureSource =
    FigureSource::book("This product's proposal, after David J. Bland's assumption map");

pub(super) static RISK: FigureKind = FigureKind::new(
    "risk",
    ["Risk", "Risiko", "Riesgo"],
    "importance ÷ 10 × (1 − confidence) × value at stake: its stake, else the sum of what is linked to it, in one unit",
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
    "open assumptions by falling risk, those alone whose stakes are in one unit",
    "M13",
    SOURCE,
);

pub(super) static TEST_FIRST: FigureKind = FigureKind::new(
    "test-first",
    [
        "Important and unproven first",
        "Wichtiges ohne Belege zuerst",
        "Primero lo importante sin pruebas",
    ],
    "open assumptions by falling importance ÷ 10 × (1 − confidence), whatever is at stake",
    "M13",
    FigureSource::book("David J. Bland and Alexander Osterwalder, Testing Business Ideas"),
);

pub(super) fn assumption(context: &Context<'_>, assumption: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&RISK);
    let importance = figure.rated(context, assumption, "importance");
    if importance.is_err() {
        return;
    }
    let confidence = context.value_of(assumption, &CONFIDENCE);
    figure.input("confidence", confidence, "", Some(assumption));
    let stake = match context.field(assumption, "stake") {
        Some(_) => {
            let stake = context.amount(assumption, "stake");
            figure.money_input("stake", stake.as_ref(), Some(assumption));
            let stake = stake.map(|stake| (unit(&stake), stake.range));
            stake.ok_or(Insufficient::Missing("stake"))
        }
        None => downstream(context, assumption, &mut figure),
    };
    let stake = stake.map(|(unit, range)| {
        figure.unit = unit.into();
        range
    });
    let risk = || {
        let (importance, stake) = (importance? / 10.0, stake?);
        let at = |value| {
            risk::risk(Stake {
                importance,
                confidence: confidence.unwrap_or_default(),
                value,
            })
        };
        Ok((at(stake.low)?, at(stake.likely)?, at(stake.high)?))
    };
    figures.push(figure.range(risk()));
}

/// The value of what is linked to it: of solutions and roadmap items that depend on it and of those
/// that bet on them, and of quantities, costs and revenues that rest on it.
fn downstream(
    context: &Context<'_>,
    assumption: Handle,
    figure: &mut Figure,
) -> Result<(String, Range), Insufficient> {
    let direct: Vec<Handle> = context.to(assumption, "depends-on").collect();
    let betting = direct
        .iter()
        .flat_map(|item| context.to(*item, "bets-on").collect::<Vec<_>>());
    let mut items: Vec<Handle> = direct.iter().copied().chain(betting).collect();
    items.extend(context.to(assumption, "rests-on"));
    items.sort_unstable_by_key(|handle| context.id(*handle));
    items.dedup();
    let mut found = Vec::new();
    for item in items {
        let Some((name, unit, range)) = worth(context, item) else {
            continue;
        };
        if unit == "%" {
            let reason = Part::Name("a share is no value at stake");
            figure.remark_with(&remark::LEFT_OUT, [context.part(item), reason]);
            continue;
        }
        found.push((item, name, unit, range));
    }
    let amounts: Vec<_> = found
        .iter()
        .map(|(item, _, unit, range)| (*item, unit.clone(), range.likely))
        .collect();
    let alike = alike(context, figure, &amounts, &remark::UNLIKE_UNITS);
    let mut sum = None;
    for (item, name, unit, range) in &found {
        let Some(kept) = alike.amounts.iter().find(|kept| kept.about == *item) else {
            continue;
        };
        figure.input(*name, Some(range.likely), unit.clone(), Some(*item));
        let range = range.times(kept.times);
        let so_far = sum.unwrap_or(Range::exactly(0.0));
        sum = Some(Range {
            low: so_far.low + range.low.max(0.0),
            likely: so_far.likely + range.likely.max(0.0),
            high: so_far.high + range.high.max(0.0),
        });
    }
    if sum.is_none() {
        figure.input("stake", None, "", Some(assumption));
    }
    let sum = sum.ok_or(Insufficient::Missing("value at stake"))?;
    Ok((alike.unit, sum))
}

/// What something is worth: the field, the unit and the range. Scores of value are in points.
fn worth(context: &Context<'_>, item: Handle) -> Option<(&'static str, String, Range)> {
    for field in ["amount", "return"] {
        if let Some(money) = context.amount(item, field) {
            return Some((field, unit(&money), money.range));
        }
    }
    match context.value(item, "value")? {
        Value::Quantity(quantity) => {
            let unit = quantity.unit.unwrap_or_default();
            Some(("value", unit, quantity.range))
        }
        Value::Money(money) => Some(("value", unit(&money), money.range)),
        value => {
            let number = value.number().filter(|number| number.is_finite())?;
            Some(("value", "points".to_owned(), Range::exactly(number)))
        }
    }
}

/// Assumptions that are not settled.
fn unsettled<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Handle> + 'a {
    context.all("assumption").filter(|assumption| {
        let status = context.text(*assumption, "status");
        !matches!(status, Some("supported" | "refuted" | "retired"))
    })
}

/// Those of them that somebody has begun to rate, each with its risk.
fn open<'a>(context: &Context<'a>) -> Vec<(Handle, &'a Figure)> {
    unsettled(context)
        .filter_map(|assumption| Some((assumption, context.figure(assumption, &RISK)?)))
        .collect()
}

pub(super) fn orders(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let open = open(context);
    if open.is_empty() {
        return;
    }
    let unrated = unsettled(context).count() - open.len();
    let mut riskiest = Figure::new(&RISKIEST);
    let mut risks = Vec::new();
    for (assumption, risk) in &open {
        match risk.value() {
            Some(value) => risks.push((*assumption, risk.unit.to_string(), value)),
            None => {
                let reason = Part::Name("no value at stake entered");
                let parts = [context.part(*assumption), reason];
                riskiest.remark_with(&remark::LEFT_OUT, parts);
            }
        }
    }
    let alike = alike(context, &mut riskiest, &risks, &remark::NOT_COMPARED);
    riskiest.unit = alike.unit.into();
    for kept in &alike.amounts {
        let risk = open
            .iter()
            .find(|(assumption, _)| *assumption == kept.about);
        let range = risk.and_then(|(_, risk)| risk.bounds());
        // The order is that of the likely values; how sure it is shows where ranges overlap.
        riskiest.rows.extend(range.map(|(low, high)| Row {
            interval: (low < high).then_some((low * kept.times, high * kept.times)),
            ..Row::number("risk", kept.value).about(kept.about)
        }));
    }
    let value = |row: &Row| row.value.unwrap_or_default();
    riskiest
        .rows
        .sort_by(|one, other| value(other).total_cmp(&value(one)));
    let risks = alike.amounts.iter().map(|kept| (kept.about, kept.value));
    figures.push(riskiest.falling("risk", risks.collect(), "value at stake"));

    let mut first = Figure::new(&TEST_FIRST);
    let mut needs = Vec::new();
    for (assumption, risk) in open {
        match (number(risk, "importance"), number(risk, "confidence")) {
            (Some(importance), Some(confidence)) if (0.0..=10.0).contains(&importance) => {
                needs.push((assumption, importance / 10.0 * (1.0 - confidence)));
            }
            _ => {
                let reason = Part::Name("without numbers that can be");
                first.remark_with(&remark::LEFT_OUT, [context.part(assumption), reason]);
            }
        }
    }
    first.left_out(unrated, "no importance entered");
    figures.push(first.falling("importance × doubt", needs, "importance"));
}

/// A number among the inputs of a figure.
fn number(figure: &Figure, name: &str) -> Option<f64> {
    let input = figure.inputs.iter().find(|input| input.name == name)?;
    match input.value {
        InputValue::Number(number) => Some(number),
        _ => None,
    }
}

impl Figure {
    /// The figure with an order for its outcome, the largest value first; each value is an input.
    fn falling(
        mut self,
        name: &'static str,
        mut values: Vec<(Handle, f64)>,
        missing: &'static str,
    ) -> Self {
        values.sort_by(|one, other| other.1.total_cmp(&one.1));
        for (about, value) in &values {
            self.input(name, Some(*value), self.unit.clone(), Some(*about));
        }
        self.outcome = match values.is_empty() {
            true => Outcome::Missing(Insufficient::Missing(missing)),
            false => Outcome::Order(values.into_iter().map(|(about, _)| about).collect()),
        };
        self
    }
}
