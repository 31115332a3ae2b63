//! Cost of delay: what waiting costs, and the order that costs the least (Black Swan Farming).

use super::super::context::{Context, unit};
use super::super::kind::{FigureKind, FigureSource};
use super::super::{Figure, Outcome, Part, Row, remark};
use super::ITEMS;
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
    "by falling CD3; total = Σ cost of delay a week × week in which it is done",
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
    figure.unit = format!("{money_unit}/week").into();
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
    let mut items: Vec<(Handle, Job)> = Vec::new();
    let mut common: Option<String> = None;
    for item in ITEMS.iter().flat_map(|kind| context.all(kind)) {
        let Some(value) = context.figure(item, &CD3) else {
            continue;
        };
        let (Some(_), Some(cost)) = (value.value(), weekly(context, item)) else {
            continue;
        };
        let (money_unit, weeks) = (unit(&cost), context.number(item, "duration"));
        if *common.get_or_insert_with(|| money_unit.clone()) != money_unit {
            let parts = [context.part(item), Part::Unit(money_unit)];
            figure.remark_with(&remark::UNLIKE_UNITS, parts);
            continue;
        }
        figure.input("cd3", value.value(), value.unit.clone(), Some(item));
        items.push((
            item,
            Job {
                cost_per_week: cost.range.likely,
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
    let currency = common.unwrap_or_default();
    let currency = currency
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
    for (name, jobs) in [
        ("earned in this order", &jobs),
        ("earned in the opposite order", &reversed(&jobs)),
    ] {
        if let Ok(total) = cost_of_delay::value_earned(jobs, 0.0, weeks) {
            figure
                .rows
                .push(Row::number(name, total).in_unit(currency.to_owned()));
        }
    }
    figure.input("weeks", Some(weeks), "weeks", None);
    figure.outcome = Outcome::Order(best.into_iter().map(|(item, _)| item).collect());
    figures.push(figure);
}

fn reversed(jobs: &[Job]) -> Vec<Job> {
    jobs.iter().rev().copied().collect()
}
