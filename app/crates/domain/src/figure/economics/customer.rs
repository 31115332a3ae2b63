//! Lifetime, lifetime value, cost of acquisition and payback of a customer.

use super::super::context::{Context, unit};
use super::super::kind::FigureKind;
use super::super::record::{Figure, Row};
use super::super::remark::{self, Part};
use super::sheet::{AT_WORST, OF, SKOK};
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

/// A share as it was entered; a product by a hundred would show what rounding left.
fn percent(share: f64) -> f64 {
    (share * 1e11).round() / 1e9
}

/// A least, a likeliest and a most, or why there are none. What customers bring who at best never
/// leave has no most.
type Three = Result<(f64, f64, Result<f64, Insufficient>), Insufficient>;

/// An amount that other figures go on with.
struct Amount {
    value: Three,
    currency: String,
}

impl Amount {
    fn likely(&self) -> Option<f64> {
        self.value.as_ref().ok().map(|value| value.1)
    }
}

pub(super) fn figures(context: &Context<'_>, sheet: Handle, figures: &mut Vec<Figure>) {
    if is_for_another_purpose(context, sheet) {
        return;
    }
    let inputs = Inputs {
        arpa: arpa(context, sheet),
        churn: churn(context, sheet),
        margin: context.number(sheet, "margin").map(|margin| margin / 100.0),
    };
    figures.push(lifetime(context, sheet, &inputs));
    let (figure, value) = value(context, sheet, &inputs);
    figures.push(figure);
    let (figure, cost) = cost(context, sheet);
    figures.push(figure);
    figures.push(ratio(sheet, &inputs, &value, &cost));
    figures.push(payback(context, sheet, &inputs, &value, &cost));
}

/// A sheet of fixed costs or of cash, in which nothing is said of customers, lacks nothing.
fn is_for_another_purpose(context: &Context<'_>, sheet: Handle) -> bool {
    let has_any = |fields: &[&str]| {
        let mut fields = fields.iter();
        fields.any(|field| context.field(sheet, field).is_some())
    };
    has_any(&["fixed-costs", "required-profit", "cash", "cash-out"])
        && !has_any(&["arpa", "churn", "sales-marketing", "new-customers"])
}

impl Inputs {
    /// The shares that leave in a period, if they can be.
    fn churn(&self) -> Result<(Range, Period), Insufficient> {
        let (churn, period) = self.churn.clone()?;
        for end in [churn.low, churn.high] {
            within("churn", percent(end), 0.0, 100.0)?;
        }
        Ok((churn, period))
    }

    /// The part of the revenue that is left, if it can be. Below zero it can.
    fn margin(&self) -> Result<Option<f64>, Insufficient> {
        if let Some(margin) = self.margin {
            within("gross margin", percent(margin), f64::NEG_INFINITY, 100.0)?;
        }
        Ok(self.margin)
    }

    fn churn_period(&self) -> &'static str {
        let churn = self.churn.as_ref();
        churn.map_or("month", |(_, period)| period.name())
    }

    fn add_churn(&self, context: &Context<'_>, sheet: Handle, figure: &mut Figure) {
        let value = context.number(sheet, "churn");
        let unit = format!("% a {}", self.churn_period());
        figure.input("churn", value, unit, Some(sheet));
    }

    fn add_arpa(&self, context: &Context<'_>, sheet: Handle, figure: &mut Figure) {
        let arpa = context.amount(sheet, "arpa");
        figure.money_input("arpa", arpa.as_ref(), Some(sheet));
        figure.input("margin", self.margin.map(percent), "%", Some(sheet));
    }
}

fn lifetime(context: &Context<'_>, sheet: Handle, inputs: &Inputs) -> Figure {
    let mut figure = Figure::new(&LIFETIME);
    inputs.add_churn(context, sheet, &mut figure);
    figure.unit = format!("{}s", inputs.churn_period()).into();
    let life = || {
        let (churn, _) = inputs.churn()?;
        // Who leave fastest stay shortest.
        Ok((
            economics::lifetime(churn.high)?,
            economics::lifetime(churn.likely)?,
            economics::lifetime(churn.low),
        ))
    };
    figure.may_have_no_most(life())
}

fn value(context: &Context<'_>, sheet: Handle, inputs: &Inputs) -> (Figure, Amount) {
    let mut figure = Figure::new(&LTV);
    inputs.add_arpa(context, sheet, &mut figure);
    inputs.add_churn(context, sheet, &mut figure);
    say_basis(&mut figure, inputs);
    let arpa = context.amount(sheet, "arpa");
    let amount = Amount {
        value: lifetime_value(inputs),
        currency: arpa.map(single).unwrap_or_default(),
    };
    figure.unit = amount.currency.clone().into();
    (figure.may_have_no_most(amount.value.clone()), amount)
}

fn cost(context: &Context<'_>, sheet: Handle) -> (Figure, Amount) {
    let mut figure = Figure::new(&CAC);
    let spend = context.amount(sheet, "sales-marketing");
    figure.money_input("sales-marketing", spend.as_ref(), Some(sheet));
    let customers = figure.field(context, sheet, "new-customers");
    let amount = Amount {
        currency: spend.map(single).unwrap_or_default(),
        value: acquisition_cost(spend, customers),
    };
    figure.unit = amount.currency.clone().into();
    (figure.may_have_no_most(amount.value.clone()), amount)
}

fn ratio(sheet: Handle, inputs: &Inputs, value: &Amount, cost: &Amount) -> Figure {
    let mut figure = Figure::new(&RATIO);
    for (name, amount) in [("ltv", value), ("cac", cost)] {
        figure.input(name, amount.likely(), amount.currency.clone(), Some(sheet));
    }
    let ratio = || {
        let (ltv, cac) = (value.value.clone()?, cost.value.clone()?);
        alike(&value.currency, &cost.currency)?;
        Ok((
            economics::value_to_cost(ltv.0, cac.2?)?,
            economics::value_to_cost(ltv.1, cac.1)?,
            ltv.2.and_then(|ltv| economics::value_to_cost(ltv, cac.0)),
        ))
    };
    let ratio: Three = ratio();
    let is_low = |ratio: &(f64, f64, _)| ratio.1 < economics::HEALTHY_RATIO - 1e-9;
    figure.remark_if(ratio.as_ref().is_ok_and(is_low), &remark::LOW_RATIO);
    say_basis(&mut figure, inputs);
    figure.may_have_no_most(ratio)
}

fn payback(
    context: &Context<'_>,
    sheet: Handle,
    inputs: &Inputs,
    value: &Amount,
    cost: &Amount,
) -> Figure {
    let mut figure = Figure::new(&PAYBACK);
    figure.input("cac", cost.likely(), cost.currency.clone(), Some(sheet));
    inputs.add_arpa(context, sheet, &mut figure);
    let months = || {
        let (cac, (arpa, period)) = (cost.value.clone()?, inputs.arpa.clone()?);
        alike(&cost.currency, &value.currency)?;
        let margin = inputs.margin()?;
        let months = |cac, value| {
            economics::payback(cac, PerPeriod { value, period }, margin).map(|p| p.value)
        };
        let range = arpa.range;
        Ok((
            months(cac.0, range.high)?,
            months(cac.1, range.likely)?,
            months(cac.2?, range.low)?,
        ))
    };
    let months: Result<(f64, f64, f64), Insufficient> = months();
    let is_long = |months: &(f64, f64, f64)| months.1 >= economics::HEALTHY_PAYBACK;
    figure.remark_if(months.as_ref().is_ok_and(is_long), &remark::LONG_PAYBACK);
    figure.remark_if(inputs.margin.is_none(), &remark::NO_MARGIN);
    figure.range(months)
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

fn lifetime_value(inputs: &Inputs) -> Three {
    let (arpa, period) = inputs.arpa.clone()?;
    let (churn, of_churn) = inputs.churn()?;
    let margin = inputs.margin()?;
    let of = |value, lost| {
        let arpa = PerPeriod { value, period };
        let churn = PerPeriod {
            value: lost,
            period: of_churn,
        };
        economics::lifetime_value(arpa, churn, margin).map(|based: Based| based.value)
    };
    let arpa = arpa.range;
    Ok((
        of(arpa.low, churn.high)?,
        of(arpa.likely, churn.likely)?,
        of(arpa.high, churn.low),
    ))
}

fn acquisition_cost(spend: Option<Money>, customers: Result<f64, Insufficient>) -> Three {
    let range = spend.ok_or(Insufficient::Missing("sales-marketing"))?.range;
    let customers = super::super::entered::count("new-customers", customers?)?;
    let each = |spend| economics::acquisition_cost(spend, customers);
    Ok((each(range.low)?, each(range.likely)?, each(range.high)))
}

/// Who leave so seldom stay for longer than forty years, in months.
const IMPLAUSIBLE_LIFE: f64 = 480.0;

/// Says where a percentage looks like a share: 0.03 for 3 %.
fn say_shares(figure: &mut Figure, inputs: &Inputs) {
    let churn = inputs.churn.as_ref().ok().map(|(churn, period)| {
        let is_slip = churn.likely * IMPLAUSIBLE_LIFE < period.months();
        ("churn", churn.likely, is_slip)
    });
    let margin = inputs
        .margin
        .map(|margin| ("gross margin", margin, margin < 0.01));
    for (name, share, is_slip) in churn.into_iter().chain(margin) {
        if is_slip && share > 0.0 {
            let parts = [Part::Name(name), Part::Number(percent(share))];
            figure.remark_with(&remark::SHARE_MEANT, parts);
        }
    }
}

/// Says what the inputs warn of.
fn say_basis(figure: &mut Figure, inputs: &Inputs) {
    say_shares(figure, inputs);
    let (Ok((arpa, period)), Ok((churn, of_churn))) = (&inputs.arpa, &inputs.churn) else {
        return;
    };
    let arpa = PerPeriod {
        value: arpa.range.likely,
        period: *period,
    };
    let (least, likely) = (churn.low, churn.likely);
    let churn = PerPeriod {
        value: if least < 0.0 { least } else { likely },
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

impl Figure {
    /// The figure with a range for its outcome, or with what is likely where there is no most; a row
    /// says then what holds at worst.
    fn may_have_no_most(mut self, three: Three) -> Self {
        match three {
            Ok((low, likely, Ok(high))) => self.range(Ok((low, likely, high))),
            Ok((low, likely, Err(_))) => {
                self.rows.push(Row::number(AT_WORST, low));
                self.remark(&remark::STAYS_AT_BEST);
                self.number(Ok(likely))
            }
            Err(reason) => self.number(Err(reason)),
        }
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
