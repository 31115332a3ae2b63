//! Net burn and runway: how long the cash lasts.

use super::super::context::{Context, unit};
use super::super::kind::{FigureKind, FigureSource};
use super::super::money::add;
use super::super::record::{Figure, Row};
use super::super::remark;
use super::sheet::{AT_WORST, OF};
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::runway::{self, Lasts};
use crate::value::{Money, Period};

const SOURCE: FigureSource = FigureSource::book("General practice of finance");

pub(super) static BURN: FigureKind = FigureKind::new(
    "net-burn",
    ["Net burn", "Netto-Geldabfluss", "Consumo neto de caja"],
    "cash out − cash in, for the period that the product names, else a month",
    "M23",
    SOURCE,
)
.of(OF);

pub(in super::super) static RUNWAY: FigureKind = FigureKind::new(
    "runway",
    ["Runway", "Reichweite der Mittel", "Pista de caja"],
    "cash ÷ net burn a month; infinite when the net burn is zero or less",
    "M23",
    SOURCE,
)
.of(OF)
.unit("months")
.words(&["infinite"]);

pub(super) fn figures(context: &Context<'_>, sheet: Handle, figures: &mut Vec<Figure>) {
    let amount = |field| context.amount(sheet, field);
    let (cash, money_in, money_out) = (amount("cash"), amount("cash-in"), amount("cash-out"));
    if money_in.is_none() && money_out.is_none() && cash.is_none() {
        return;
    }
    let mut burn = Figure::new(&BURN);
    burn.money_input("cash-out", money_out.as_ref(), Some(sheet));
    burn.money_input("cash-in", money_in.as_ref(), Some(sheet));
    let inputs = burn.inputs.clone();
    let net = net_burn(money_in, money_out, context.period());
    let own = context.period();
    let stated = |net: Money| Ok(net.per(own).unwrap_or(net));
    figures.push(burn.money(net.clone().and_then(stated)));

    let mut runway = Figure::new(&RUNWAY);
    runway.money_input("cash", cash.as_ref(), Some(sheet));
    runway.inputs.extend(inputs);
    let lasts = net.and_then(|net| lasts(cash, net));
    if let Ok([Lasts::Periods(low), likely, Lasts::Infinite]) = &lasts {
        // A range has no end here, and its worse one is what matters.
        runway.rows.push(Row::number(AT_WORST, *low));
        let is_likely = matches!(likely, Lasts::Periods(_));
        runway.remark_if(is_likely, &remark::LASTS_AT_BEST);
    }
    figures.push(match lasts {
        Ok([_, Lasts::Infinite, _]) => runway.category(Ok("infinite")),
        Ok(
            [
                Lasts::Periods(low),
                Lasts::Periods(likely),
                Lasts::Periods(high),
            ],
        ) => runway.range(Ok((low, likely, high))),
        Ok([_, Lasts::Periods(likely), _]) => runway.number(Ok(likely)),
        Err(reason) => runway.number(Err(reason)),
    });
}

/// What flows out more than in, each month.
fn net_burn(
    money_in: Option<Money>,
    money_out: Option<Money>,
    own: Period,
) -> Result<Money, Insufficient> {
    let monthly = |money: Option<Money>, name| {
        let money = money.ok_or(Insufficient::Missing(name))?;
        // An amount without a period is that of the product's.
        let flow = match money.period {
            Period::Once => Money {
                period: own,
                ..money
            },
            _ => money,
        };
        flow.per(Period::Month).ok_or(Insufficient::Missing(name))
    };
    let out = monthly(money_out, "cash-out")?;
    let mut minus = monthly(money_in, "cash-in")?;
    minus.range = minus.range.times(-1.0);
    add(&[out, minus], Period::Month)
}

/// How long the cash lasts at worst, likely and at best.
fn lasts(cash: Option<Money>, net: Money) -> Result<[Lasts; 3], Insufficient> {
    let cash = cash.ok_or(Insufficient::Missing("cash"))?;
    if cash.period != Period::Once {
        // What flows in every month is not what there is.
        let right = unit(&Money {
            period: Period::Once,
            ..cash
        });
        let left = unit(&cash);
        return Err(Insufficient::UnlikeUnits { left, right });
    }
    if cash.currency != net.currency {
        let code = |money: &Money| money.currency.map_or(String::new(), |one| one.to_string());
        return Err(Insufficient::UnlikeUnits {
            left: code(&cash),
            right: code(&net),
        });
    }
    let at = |cash, burn: f64| {
        let (money_in, money_out) = if burn < 0.0 {
            (-burn, 0.0)
        } else {
            (0.0, burn)
        };
        runway::runway(cash, money_in, money_out).map(|runway| runway.lasts)
    };
    Ok([
        at(cash.range.low, net.range.high)?,
        at(cash.range.likely, net.range.likely)?,
        at(cash.range.high, net.range.low)?,
    ])
}
