//! Evidence-Based Management: the four areas, what they warn of, and measures of the guide (M25).

use super::super::context::{Context, unit};
use super::super::kind::{FigureKind, FigureSource};
use super::super::measure::{TARGET, is_watched, latest};
use super::super::money::{add, alike};
use super::super::prioritisation::is_dropped;
use super::super::record::{Figure, Outcome, Row};
use super::super::remark::{self, Part};
use crate::index::Handle;
use crate::method::evidence_based::{self, Advice, Area, Level};
use crate::method::{Insufficient, average};

const EBM: FigureSource = FigureSource::at(
    "Scrum.org, Evidence-Based Management Guide (2024), CC BY-SA 4.0",
    "https://www.scrum.org/resources/evidence-based-management-guide",
);

pub(super) static AREAS: FigureKind = FigureKind::new(
    "ebm-areas",
    ["Key value areas", "Wertbereiche", "Áreas clave de valor"],
    "metrics with readings in each area, and their mean way to the target; an area is watched when one of its metrics was read in the last 92 days",
    "M25",
    EBM,
)
.unit("share");

pub(super) static ADVICE: FigureKind = FigureKind::new(
    "ebm-advice",
    ["Current and unrealised value", "Aktueller und ungehobener Wert", "Valor actual y no realizado"],
    "low current and high unrealised value: invest; high current and low unrealised value: cash cow. Current value is high from half of the way to its targets, unrealised value while less than half of the way is done",
    "M25",
    EBM,
)
.words(&["invest", "cash-cow", "no-advice"]);

pub(super) static INNOVATION: FigureKind = FigureKind::new(
    "innovation-rate",
    ["Innovation rate", "Innovationsrate", "Tasa de innovación"],
    "effort of roadmap items (new capabilities) ÷ effort of roadmap and backlog items, without what was killed or dropped",
    "M25",
    EBM,
)
.unit("share");

pub(super) static REVENUE: FigureKind = FigureKind::new(
    "revenue-per-employee",
    [
        "Revenue per employee",
        "Umsatz je Person",
        "Ingresos por persona",
    ],
    "gross revenue ÷ employees",
    "M25",
    EBM,
)
.of(&["product"]);

pub(super) static COST_RATIO: FigureKind = FigureKind::new(
    "product-cost-ratio",
    [
        "Product cost ratio",
        "Produktkostenquote",
        "Ratio de costes del producto",
    ],
    "all expenses of the product, operations included ÷ its revenue",
    "M25",
    EBM,
)
.of(&["product"]);

/// An area as metrics name it.
fn name(area: Area) -> &'static str {
    match area {
        Area::CurrentValue => "current-value",
        Area::UnrealisedValue => "unrealised-value",
        Area::TimeToMarket => "time-to-market",
        Area::AbilityToInnovate => "ability-to-innovate",
    }
}

pub(super) fn areas(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&AREAS);
    let (mut watched, mut is_read) = (Vec::new(), false);
    let mut progress: Vec<(Area, f64)> = Vec::new();
    for area in Area::ALL {
        let in_area = |metric: &Handle| context.text(*metric, "area") == Some(name(area));
        let metrics: Vec<Handle> = context.all("metric").filter(in_area).collect();
        let read: Vec<Handle> = metrics
            .into_iter()
            .filter(|metric| latest(context, *metric, context.today).is_some())
            .collect();
        let mut ways = Vec::new();
        for metric in &read {
            let way = context.value_of(*metric, &TARGET);
            figure.input(name(area), way, "share", Some(*metric));
            ways.extend(way);
        }
        is_read |= !read.is_empty();
        if read
            .iter()
            .any(|metric| is_watched(context, *metric, context.today))
        {
            watched.push(area);
        }
        let mean = average::mean("metrics", &ways).ok().map(|mean| mean.value);
        progress.extend(mean.map(|mean| (area, mean)));
        figure.rows.push(Row {
            name: name(area).into(),
            value: mean,
            n: Some(read.len() as u64),
            ..Row::default()
        });
    }
    if !is_read {
        return;
    }
    let is_alone = evidence_based::watches_capability_alone(&watched);
    figure.remark_if(is_alone, &remark::CAPABILITY_ALONE);
    figure.outcome = Outcome::Parts;
    figures.push(figure);
    let of = |wanted| {
        let found = progress.iter().find(|(area, _)| *area == wanted);
        found.map(|(_, progress)| *progress)
    };
    let mut figure = Figure::new(&ADVICE);
    let (current, unrealised) = (of(Area::CurrentValue), of(Area::UnrealisedValue));
    figure.input("current-value", current, "share", None);
    figure.input("unrealised-value", unrealised, "share", None);
    let half = |progress: f64| {
        if progress >= 0.5 {
            Level::High
        } else {
            Level::Low
        }
    };
    let advice = || {
        let current = half(current.ok_or(Insufficient::Missing("current value with a target"))?);
        let reached = unrealised.ok_or(Insufficient::Missing("unrealised value with a target"))?;
        let left = if reached < 0.5 {
            Level::High
        } else {
            Level::Low
        };
        Ok(match evidence_based::advice(current, left) {
            Some(Advice::Invest) => "invest",
            Some(Advice::CashCow) => "cash-cow",
            None => "no-advice",
        })
    };
    figures.push(figure.category(advice()));
}

pub(super) fn innovation(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&INNOVATION);
    let sum = |figure: &mut Figure, kind| {
        let mut sum = 0.0;
        for item in context.all(kind) {
            let Some(effort) = context.number(item, "effort") else {
                continue;
            };
            if is_dropped(context, item) {
                let reason = Part::Name("killed or dropped");
                figure.remark_with(&remark::LEFT_OUT, [context.part(item), reason]);
                continue;
            }
            if effort < 0.0 {
                figure.off_scale(context, item);
                continue;
            }
            figure.input("effort", Some(effort), "person-months", Some(item));
            sum += effort;
        }
        sum
    };
    let new = sum(&mut figure, "roadmap-item");
    let other = sum(&mut figure, "backlog-item");
    if !figure.inputs.is_empty() {
        figures.push(figure.number(evidence_based::innovation_rate(new, new + other)));
    }
}

pub(super) fn cost_ratio(context: &Context<'_>, product: Handle, figures: &mut Vec<Figure>) {
    let is_told = |field| context.field(product, field).is_some();
    if !is_told("product-expenses") && !is_told("product-revenue") {
        return;
    }
    let mut figure = Figure::new(&COST_RATIO);
    let [expenses, revenue] = ["product-expenses", "product-revenue"].map(|field| {
        let amount = context.amount(product, field);
        figure.money_input(field, amount.as_ref(), Some(product));
        amount.ok_or(Insufficient::Missing(field))
    });
    let ratio = || {
        let (expenses, revenue) = alike(&expenses?, &revenue?, context.period())?;
        let at = evidence_based::product_cost_ratio;
        Ok((
            at(expenses.low, revenue.high)?,
            at(expenses.likely, revenue.likely)?,
            at(expenses.high, revenue.low)?,
        ))
    };
    figures.push(figure.range(ratio()));
}

pub(super) fn revenue(context: &Context<'_>, product: Handle, figures: &mut Vec<Figure>) {
    if context.field(product, "gross-revenue").is_none() {
        return;
    }
    let mut figure = Figure::new(&REVENUE);
    let revenue = context.amount(product, "gross-revenue");
    figure.money_input("gross-revenue", revenue.as_ref(), Some(product));
    let employees = figure.field(context, product, "employees");
    figure.unit = revenue.as_ref().map(unit).unwrap_or_default().into();
    let each = || {
        let (revenue, employees) = (add(revenue.as_slice(), context.period())?.range, employees?);
        let at = |revenue| evidence_based::revenue_per_employee(revenue, employees);
        Ok((at(revenue.low)?, at(revenue.likely)?, at(revenue.high)?))
    };
    figures.push(figure.range(each()));
}
