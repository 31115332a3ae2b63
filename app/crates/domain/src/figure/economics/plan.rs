//! Break-even, and the income statement read backwards (McGrath and MacMillan).

use super::super::context::{Context, unit};
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark;
use super::sheet::{AT_BEST, OF};
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::break_even;
use crate::method::reverse_income::{self, ReverseIncome};
use crate::value::{Currency, Money, Range};

const DISCOVERY: FigureSource = FigureSource::book(
    "McGrath and MacMillan, Discovery-Driven Planning (Harvard Business Review, 1995)",
);

pub(super) static BREAK_EVEN: FigureKind = FigureKind::new(
    "break-even",
    ["Break-even", "Gewinnschwelle", "Punto de equilibrio"],
    "fixed costs ÷ (price − variable cost)",
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
    "required revenue ÷ price",
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
            let [fixed, price, variable] = [fixed, price, variable].map(|money| money.range);
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
        if let Some(money) = &fixed {
            let period = money.period.name();
            if period != "once" {
                figure.unit = format!("units a {period}").into();
            }
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
    let statement = || {
        let profit = profit.ok_or(Insufficient::Missing("required-profit"))?;
        if let Some(price) = price {
            same_currency(&[profit, price])?;
        }
        // Without a price everything but the units is still known.
        let each = price.map_or(Range::exactly(1.0), |price| price.range);
        let margin = margin?;
        let at = |profit, each| reverse_income::reverse_income(profit, margin, each);
        let profit = profit.range;
        Ok((
            at(profit.low, each.high)?,
            at(profit.likely, each.likely)?,
            at(profit.high, each.low)?,
        ))
    };
    let statement: Result<_, Insufficient> = statement();
    let of = |value: fn(&ReverseIncome) -> f64| {
        let (low, likely, high) = statement.as_ref().map_err(Clone::clone)?;
        Ok((value(low), value(likely), value(high)))
    };
    let money_unit = profit.as_ref().map(unit).unwrap_or_default();
    let mut costs = Figure::new(&COSTS);
    costs.inputs.clone_from(&inputs);
    let mut units = Figure::new(&UNITS);
    units.inputs = inputs;
    units.money_input("price", price.as_ref(), Some(sheet));
    revenue.unit = money_unit.clone().into();
    costs.unit = money_unit.into();
    figures.push(revenue.range(of(|all| all.revenue)));
    let priced = price.ok_or(Insufficient::Missing("price"));
    figures.push(units.range(priced.and(of(|all| all.units))));
    figures.push(costs.range(of(|all| all.allowable_costs)));
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
