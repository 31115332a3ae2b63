//! Break-even, and the income statement read backwards (McGrath and MacMillan).

use super::super::context::{Context, unit};
use super::super::kind::{FigureKind, FigureSource};
use super::super::money::alike;
use super::super::record::{Figure, Row};
use super::super::remark;
use super::sheet::{AT_BEST, OF};
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::break_even;
use crate::method::reverse_income::{self, ReverseIncome};
use crate::value::{Currency, Money, Period};

const DISCOVERY: FigureSource = FigureSource::book(
    "McGrath and MacMillan, Discovery-Driven Planning (Harvard Business Review, 1995)",
);

pub(super) static BREAK_EVEN: FigureKind = FigureKind::new(
    "break-even",
    ["Break-even", "Gewinnschwelle", "Punto de equilibrio"],
    "fixed costs ÷ (price − variable cost), a price by the month or the year for the period of the fixed costs",
    "M23",
    FigureSource::book("General practice of accounting"),
)
.of(OF)
.unit("units");

pub(super) static REVENUE: FigureKind = FigureKind::new(
    "required-revenue",
    ["Required revenue", "Nötiger Umsatz", "Ingresos necesarios"],
    "required profit ÷ required margin",
    "M19",
    DISCOVERY,
)
.of(OF);

pub(super) static UNITS: FigureKind = FigureKind::new(
    "required-units",
    ["Required sales", "Nötiger Absatz", "Ventas necesarias"],
    "required revenue ÷ price, a price by the month or the year for the period of the profit",
    "M19",
    DISCOVERY,
)
.of(OF)
.unit("units");

pub(super) static COSTS: FigureKind = FigureKind::new(
    "allowable-costs",
    ["Allowable costs", "Zulässige Kosten", "Costes admisibles"],
    "required revenue − required profit",
    "M19",
    DISCOVERY,
)
.of(OF);

pub(super) fn figures(context: &Context<'_>, sheet: Handle, figures: &mut Vec<Figure>) {
    let amount = |field| context.amount(sheet, field);
    let price = amount("price");
    if context.field(sheet, "fixed-costs").is_some() {
        let (fixed, variable) = (amount("fixed-costs"), amount("variable-cost"));
        let mut figure = Figure::new(&BREAK_EVEN);
        figure.money_input("fixed-costs", fixed.as_ref(), Some(sheet));
        figure.money_input("price", price.as_ref(), Some(sheet));
        figure.money_input("variable-cost", variable.as_ref(), Some(sheet));
        let units = || {
            let fixed = fixed.ok_or(Insufficient::Missing("fixed-costs"))?;
            let price = price.ok_or(Insufficient::Missing("price"))?;
            let variable = variable.ok_or(Insufficient::Missing("variable-cost"))?;
            same_currency(&[fixed, price, variable])?;
            let price = of_one(&price, fixed.period);
            let (price, variable) = alike(&price, &variable, price.period)?;
            let fixed = fixed.range;
            let at = |fixed, price, variable| {
                break_even::break_even(fixed, price, variable).map(|found| found.exact)
            };
            // A piece may earn nothing at worst, and even likely.
            Ok((
                at(fixed.low, price.high, variable.low),
                at(fixed.likely, price.likely, variable.likely),
                at(fixed.high, price.low, variable.high),
            ))
        };
        let units: Result<_, Insufficient> = units();
        if let Some(fixed) = &fixed {
            figure.unit = sold(fixed, price.as_ref()).into();
        }
        if let Ok((Ok(best), likely, Err(_))) = &units {
            figure.rows.push(Row::number(AT_BEST, *best));
            figure.remark_if(likely.is_ok(), &remark::NEVER_AT_WORST);
        }
        figures.push(match units {
            Ok((best, Ok(likely), Ok(worst))) => {
                figure.range(best.map(|best| (best, likely, worst)))
            }
            Ok((_, likely, _)) => figure.number(likely),
            Err(reason) => figure.number(Err(reason)),
        });
    }
    if context.field(sheet, "required-profit").is_none() {
        return;
    }
    let profit = amount("required-profit");
    let mut revenue = Figure::new(&REVENUE);
    revenue.money_input("required-profit", profit.as_ref(), Some(sheet));
    let margin = revenue.percent(context, sheet, "required-margin");
    let inputs = revenue.inputs.clone();
    let at = |profit, each| reverse_income::reverse_income(profit, margin.clone()?, each);
    // Of what is sold at one each nothing but the number is unlike.
    let statement = || {
        let profit = profit
            .ok_or(Insufficient::Missing("required-profit"))?
            .range;
        Ok([
            at(profit.low, 1.0)?,
            at(profit.likely, 1.0)?,
            at(profit.high, 1.0)?,
        ])
    };
    let statement: Result<_, Insufficient> = statement();
    let of = |value: fn(&ReverseIncome) -> f64| {
        let [low, likely, high] = statement.as_ref().map_err(Clone::clone)?;
        Ok((value(low), value(likely), value(high)))
    };
    let number = || {
        let price = price.ok_or(Insufficient::Missing("price"))?;
        let profit = profit.ok_or(Insufficient::Missing("required-profit"))?;
        same_currency(&[profit, price])?;
        let each = of_one(&price, profit.period).range;
        let profit = profit.range;
        Ok((
            at(profit.low, each.high)?.units,
            at(profit.likely, each.likely)?.units,
            at(profit.high, each.low)?.units,
        ))
    };
    let number: Result<_, Insufficient> = number();
    let money_unit = profit.as_ref().map(unit).unwrap_or_default();
    let mut costs = Figure::new(&COSTS);
    costs.inputs.clone_from(&inputs);
    let mut units = Figure::new(&UNITS);
    units.inputs = inputs;
    units.money_input("price", price.as_ref(), Some(sheet));
    revenue.unit = money_unit.clone().into();
    costs.unit = money_unit.into();
    figures.push(revenue.range(of(|all| all.revenue)));
    if let Some(profit) = &profit {
        units.unit = sold(profit, price.as_ref()).into();
    }
    figures.push(units.range(number));
    figures.push(costs.range(of(|all| all.allowable_costs)));
}

/// What a unit brings in that period, where it is paid for again and again; what is paid for once
/// brings its price.
fn of_one(price: &Money, period: Period) -> Money {
    price.per(period).unwrap_or(*price)
}

/// What is counted to reach an amount: pieces sold in its period, or what is paid for all through it.
fn sold(amount: &Money, price: Option<&Money>) -> String {
    let is_bought = price.is_none_or(|price| price.period == Period::Once);
    match amount.period {
        Period::Once => "units".to_owned(),
        period if is_bought => format!("units a {}", period.name()),
        period => format!("units paid by the {}", period.name()),
    }
}

/// Refuses amounts of several currencies.
fn same_currency(amounts: &[Money]) -> Result<(), Insufficient> {
    let code = |money: &Money| {
        money
            .currency
            .as_ref()
            .map_or(String::new(), Currency::to_string)
    };
    let mut codes = amounts.iter().map(code);
    let left = codes.next().unwrap_or_default();
    match codes.find(|code| *code != left) {
        Some(right) => Err(Insufficient::UnlikeUnits { left, right }),
        None => Ok(()),
    }
}
