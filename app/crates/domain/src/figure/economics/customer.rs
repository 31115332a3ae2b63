//! Lifetime, lifetime value, cost of acquisition and payback of a customer.

use super::super::context::{Context, unit};
use super::super::kind::FigureKind;
use super::super::record::Figure;
use super::super::remark;
use super::sheet::{OF, SKOK};
use crate::index::Handle;
use crate::method::check::within;
use crate::method::economics::{self, Based, PerPeriod, Warning};
use crate::method::{Insufficient, Period};
use crate::value::{self, Money, Range};

pub(super) static LIFETIME: FigureKind = FigureKind::new(
    "lifetime",
    ["Customer lifetime", "Kundenlebensdauer", "Vida del cliente"],
    "1 ÷ churn",
    "M23",
    SKOK,
)
.of(OF);

pub(in super::super) static LTV: FigureKind = FigureKind::new(
    "ltv",
    ["Lifetime value", "Kundenwert", "Valor de vida del cliente"],
    "ARPA × gross margin ÷ churn, ARPA in the period of the churn",
    "M23",
    SKOK,
)
.of(OF);

pub(in super::super) static CAC: FigureKind = FigureKind::new(
    "cac",
    [
        "Cost of acquiring a customer",
        "Kosten je Neukunde",
        "Coste de adquirir un cliente",
    ],
    "sales and marketing ÷ new customers",
    "M23",
    SKOK,
)
.of(OF);

pub(in super::super) static RATIO: FigureKind = FigureKind::new(
    "ltv-cac",
    ["LTV to CAC", "LTV zu CAC", "LTV entre CAC"],
    "lifetime value ÷ cost of acquiring a customer; at least 3 is healthy",
    "M23",
    SKOK,
)
.of(OF);

pub(in super::super) static PAYBACK: FigureKind = FigureKind::new(
    "payback",
    ["Payback", "Amortisation", "Amortización"],
    "CAC ÷ (ARPA × gross margin), in months; below 12 is healthy",
    "M23",
    SKOK,
)
.of(OF)
.unit("months");

/// What the figures share.
struct Inputs {
    arpa: Result<(Money, Period), Insufficient>,
    /// The shares that leave in a period.
    churn: Result<(Range, Period), Insufficient>,
    margin: Option<f64>,
}

pub(super) fn figures(context: &Context<'_>, sheet: Handle, figures: &mut Vec<Figure>) {
    let has = |field: &&str| context.field(sheet, field).is_some();
    let is_other = ["fixed-costs", "required-profit", "cash", "cash-out"]
        .iter()
        .any(&has);
    if is_other
        && !["arpa", "churn", "sales-marketing", "new-customers"]
            .iter()
            .any(&has)
    {
        // A sheet for another purpose: it lacks nothing.
        return;
    }
    let inputs = Inputs {
        arpa: arpa(context, sheet),
        churn: churn(context, sheet),
        margin: context.number(sheet, "margin").map(|margin| margin / 100.0),
    };
    let churn_unit = inputs
        .churn
        .as_ref()
        .map_or("month", |(_, period)| period.name());
    let with_churn = |figure: &mut Figure| {
        let value = context.number(sheet, "churn");
        figure.input("churn", value, format!("% a {churn_unit}"), Some(sheet));
    };
    let with_arpa = |figure: &mut Figure| {
        let arpa = context.amount(sheet, "arpa");
        figure.money_input("arpa", arpa.as_ref(), Some(sheet));
        figure.input(
            "margin",
            inputs.margin.map(|margin| margin * 100.0),
            "%",
            Some(sheet),
        );
    };

    let mut lifetime = Figure::new(&LIFETIME);
    with_churn(&mut lifetime);
    lifetime.unit = format!("{churn_unit}s").into();
    let life = || {
        let (churn, _) = inputs.churn.clone()?;
        // Who leave fastest stay shortest.
        Ok((
            economics::lifetime(churn.high)?,
            economics::lifetime(churn.likely)?,
            economics::lifetime(churn.low)?,
        ))
    };
    figures.push(lifetime.range(life()));

    let mut ltv = Figure::new(&LTV);
    with_arpa(&mut ltv);
    with_churn(&mut ltv);
    let ltv_value = lifetime_value(&inputs);
    say_basis(&mut ltv, &inputs);
    let currency = context
        .amount(sheet, "arpa")
        .map(single)
        .unwrap_or_default();
    ltv.unit = currency.clone().into();
    figures.push(ltv.range(ltv_value.clone()));

    let mut cac = Figure::new(&CAC);
    let spend = context.amount(sheet, "sales-marketing");
    cac.money_input("sales-marketing", spend.as_ref(), Some(sheet));
    let customers = cac.field(context, sheet, "new-customers");
    let spent_in = spend.map(single).unwrap_or_default();
    cac.unit = spent_in.clone().into();
    let cac_value = acquisition_cost(spend, customers);
    figures.push(cac.range(cac_value.clone()));

    let mut ratio = Figure::new(&RATIO);
    let likely = |range: &Result<(f64, f64, f64), Insufficient>| range.as_ref().ok().map(|r| r.1);
    ratio.input("ltv", likely(&ltv_value), currency.clone(), Some(sheet));
    ratio.input("cac", likely(&cac_value), spent_in.clone(), Some(sheet));
    let value = || {
        let (ltv, cac) = (ltv_value?, cac_value.clone()?);
        alike(&currency, &spent_in)?;
        Ok((
            economics::value_to_cost(ltv.0, cac.2)?,
            economics::value_to_cost(ltv.1, cac.1)?,
            economics::value_to_cost(ltv.2, cac.0)?,
        ))
    };
    let value = value();
    let is_low = value
        .as_ref()
        .is_ok_and(|value| value.1 < economics::HEALTHY_RATIO - 1e-9);
    ratio.remark_if(is_low, &remark::LOW_RATIO);
    say_basis(&mut ratio, &inputs);
    figures.push(ratio.range(value));

    let mut payback = Figure::new(&PAYBACK);
    payback.input("cac", likely(&cac_value), spent_in.clone(), Some(sheet));
    with_arpa(&mut payback);
    let value = || {
        let (cac, (arpa, period)) = (cac_value?, inputs.arpa.clone()?);
        alike(&spent_in, &currency)?;
        let months = |cac, value| {
            economics::payback(cac, PerPeriod { value, period }, inputs.margin).map(|p| p.value)
        };
        let range = arpa.range;
        Ok((
            months(cac.0, range.high)?,
            months(cac.1, range.likely)?,
            months(cac.2, range.low)?,
        ))
    };
    let value = value();
    let is_long = value
        .as_ref()
        .is_ok_and(|value| value.1 >= economics::HEALTHY_PAYBACK);
    payback.remark_if(is_long, &remark::LONG_PAYBACK);
    payback.remark_if(inputs.margin.is_none(), &remark::NO_MARGIN);
    figures.push(payback.range(value));
}

fn arpa(context: &Context<'_>, sheet: Handle) -> Result<(Money, Period), Insufficient> {
    let money = context
        .amount(sheet, "arpa")
        .ok_or(Insufficient::Missing("arpa"))?;
    // What is paid once is no revenue for each period.
    let unlike = || Insufficient::UnlikeUnits {
        left: unit(&money),
        right: unit(&Money {
            period: value::Period::Month,
            ..money
        }),
    };
    let period = Period::from_name(money.period.name()).ok_or_else(unlike)?;
    Ok((money, period))
}

fn churn(context: &Context<'_>, sheet: Handle) -> Result<(Range, Period), Insufficient> {
    let churn = context
        .value(sheet, "churn")
        .and_then(|value| value.quantity())
        .ok_or(Insufficient::Missing("churn"))?;
    if let Some(unit) = churn.unit.filter(|unit| unit != "%") {
        let right = "%".to_owned();
        return Err(Insufficient::UnlikeUnits { left: unit, right });
    }
    // What is zero or less has a remark of its own.
    within("churn", churn.range.high, f64::NEG_INFINITY, 100.0)?;
    let period = context
        .text(sheet, "churn-period")
        .and_then(Period::from_name);
    let period = period.unwrap_or(Period::Month);
    let Range { low, likely, high } = churn.range;
    let share = Range {
        low: low / 100.0,
        likely: likely / 100.0,
        high: high / 100.0,
    };
    Ok((share, period))
}

fn lifetime_value(inputs: &Inputs) -> Result<(f64, f64, f64), Insufficient> {
    let (arpa, period) = inputs.arpa.clone()?;
    let (churn, of_churn) = inputs.churn.clone()?;
    let of = |value, lost| {
        let arpa = PerPeriod { value, period };
        let churn = PerPeriod {
            value: lost,
            period: of_churn,
        };
        economics::lifetime_value(arpa, churn, inputs.margin).map(|based: Based| based.value)
    };
    let arpa = arpa.range;
    Ok((
        of(arpa.low, churn.high)?,
        of(arpa.likely, churn.likely)?,
        of(arpa.high, churn.low)?,
    ))
}

fn acquisition_cost(
    spend: Option<Money>,
    customers: Result<f64, Insufficient>,
) -> Result<(f64, f64, f64), Insufficient> {
    let range = spend.ok_or(Insufficient::Missing("sales-marketing"))?.range;
    let customers = super::super::entered::count("new-customers", customers?)?;
    let each = |spend| economics::acquisition_cost(spend, customers);
    Ok((each(range.low)?, each(range.likely)?, each(range.high)?))
}

/// Says what the inputs warn of.
fn say_basis(figure: &mut Figure, inputs: &Inputs) {
    let (Ok((arpa, period)), Ok((churn, of_churn))) = (&inputs.arpa, &inputs.churn) else {
        return;
    };
    let arpa = PerPeriod {
        value: arpa.range.likely,
        period: *period,
    };
    // That nobody leaves is as impossible at best as it is likely.
    let churn = PerPeriod {
        value: churn.low,
        period: *of_churn,
    };
    for warning in economics::warnings(arpa, churn, inputs.margin) {
        figure.remark(match warning {
            Warning::NoChurn => &remark::NO_CHURN,
            Warning::PeriodsDiffer => &remark::PERIODS_DIFFER,
            Warning::NoMargin => &remark::NO_MARGIN,
        });
    }
}

/// The unit of an amount paid once, in the same currency.
fn single(money: Money) -> String {
    unit(&Money {
        period: value::Period::Once,
        ..money
    })
}

/// Refuses two currencies.
fn alike(left: &str, right: &str) -> Result<(), Insufficient> {
    if left == right {
        return Ok(());
    }
    Err(Insufficient::UnlikeUnits {
        left: left.to_owned(),
        right: right.to_owned(),
    })
}
