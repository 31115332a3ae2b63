//! Cost of delay: what waiting costs, and the order that costs the least (Black Swan Farming).

use super::super::context::{Context, unit};
use super::super::kind::{FigureKind, FigureSource};
use super::super::like::alike;
use super::super::record::{Figure, Outcome, Row};
use super::super::remark::{self, Part};
use super::items::ITEMS;
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::cost_of_delay::{self, Job};
use crate::value::{Money, Period};

const SOURCE: FigureSource = FigureSource::at(
    "Joshua Arnold, Cost of Delay Divided by Duration (Black Swan Farming)",
    "https://blackswanfarming.com/cost-of-delay-divided-by-duration/",
);

pub(super) static CD3: FigureKind = FigureKind::new(
    "cd3",
    ["CD3", "CD3", "CD3"],
    "cost of delay a week ÷ duration in weeks",
    "M20",
    SOURCE,
)
.of(ITEMS);

pub(super) static ORDER: FigureKind = FigureKind::new(
    "delay-order",
    [
        "Order by cost of delay",
        "Reihenfolge nach Verzögerungskosten",
        "Orden según el coste del retraso",
    ],
    "by falling CD3, of what is neither done nor dropped; total = Σ cost of delay a week × week in which it is done; earned = income today × weeks + Σ cost of delay a week × weeks from then to the end",
    "M20",
    SOURCE,
);

/// What an item costs while it waits, each week.
fn weekly(context: &Context<'_>, item: Handle) -> Option<Money> {
    context.amount(item, "cost-of-delay")?.per(Period::Week)
}

pub(super) fn cd3(context: &Context<'_>, item: Handle, figures: &mut Vec<Figure>) {
    if context.field(item, "cost-of-delay").is_none() {
        return;
    }
    let mut figure = Figure::new(&CD3);
    let cost = weekly(context, item);
    let money_unit = cost.as_ref().map(unit).unwrap_or_default();
    figure.input(
        "cost-of-delay",
        cost.map(|cost| cost.range.likely),
        money_unit.clone(),
        Some(item),
    );
    let weeks = figure.field(context, item, "duration");
    figure.unit = format!("{money_unit} per week of work").into();
    let per_duration = || {
        let cost = cost.ok_or(Insufficient::Missing("cost-of-delay"))?;
        let job = |cost_per_week| Job {
            cost_per_week,
            weeks: weeks.clone().unwrap_or_default(),
        };
        weeks.clone()?;
        let divided = |amount| cost_of_delay::cd3(job(amount));
        Ok((
            divided(cost.range.low)?,
            divided(cost.range.likely)?,
            divided(cost.range.high)?,
        ))
    };
    figures.push(figure.range(per_duration()));
}

pub(super) fn order(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&ORDER);
    let (mut amounts, mut known) = (Vec::new(), Vec::new());
    for item in ITEMS.iter().flat_map(|kind| context.all(kind)) {
        let Some(value) = context.figure(item, &CD3) else {
            continue;
        };
        let (Some(_), Some(cost)) = (value.value(), weekly(context, item)) else {
            continue;
        };
        if !figure.is_to_do(context, item) {
            continue;
        }
        amounts.push((item, unit(&cost), cost.range.likely));
        known.push((item, value));
    }
    let alike = alike(context, &mut figure, &amounts, &remark::NOT_COMPARED);
    let mut items: Vec<(Handle, Job)> = Vec::new();
    // Both lists are in one order.
    let mut known = known.into_iter();
    for kept in &alike.amounts {
        if let Some((item, cd3)) = known.find(|(item, _)| *item == kept.about) {
            figure.input("cd3", cd3.value(), cd3.unit.clone(), Some(item));
        }
        let weeks = context.number(kept.about, "duration");
        items.push((
            kept.about,
            Job {
                cost_per_week: kept.value,
                weeks: weeks.unwrap_or_default(),
            },
        ));
    }
    if items.is_empty() {
        return;
    }
    let jobs: Vec<Job> = items.iter().map(|(_, job)| *job).collect();
    let Ok(places) = cost_of_delay::best_order(&jobs) else {
        return;
    };
    let best: Vec<(Handle, Job)> = places
        .into_iter()
        .filter_map(|place| items.get(place).copied())
        .collect();
    let jobs: Vec<Job> = best.iter().map(|(_, job)| *job).collect();
    let currency = alike
        .unit
        .trim_end_matches("/week")
        .trim_end_matches("a week");
    let totals = [
        ("total of this order", &jobs),
        ("total of the opposite order", &reversed(&jobs)),
    ];
    for (name, jobs) in totals {
        if let Ok(total) = cost_of_delay::delay_cost(jobs) {
            figure
                .rows
                .push(Row::number(name, total).in_unit(currency.to_owned()));
        }
    }
    let weeks = jobs.iter().map(|job| job.weeks).sum();
    let base = income_today(context, &mut figure, &alike.unit);
    for (name, jobs) in [
        ("earned in this order", &jobs),
        ("earned in the opposite order", &reversed(&jobs)),
    ] {
        if let Ok(total) = cost_of_delay::value_earned(jobs, base, weeks) {
            figure
                .rows
                .push(Row::number(name, total).in_unit(currency.to_owned()));
        }
    }
    figure.input("weeks", Some(weeks), "weeks", None);
    figure.outcome = Outcome::Order(best.into_iter().map(|(item, _)| item).collect());
    figures.push(figure);
}

/// What comes in each week while the work waits, in the unit of the costs; nothing where nobody has
/// entered it.
fn income_today(context: &Context<'_>, figure: &mut Figure, costs: &str) -> f64 {
    let Some(product) = context.product() else {
        return 0.0;
    };
    let Some(income) = context.amount(product, "income-today") else {
        return 0.0;
    };
    figure.money_input("income-today", Some(&income), Some(product));
    match income.per(Period::Week) {
        Some(weekly) if unit(&weekly) == costs => weekly.range.likely,
        _ => {
            let parts = [context.part(product), Part::Unit(unit(&income))];
            figure.remark_with(&remark::NOT_COMPARED, parts);
            0.0
        }
    }
}

fn reversed(jobs: &[Job]) -> Vec<Job> {
    jobs.iter().rev().copied().collect()
}
