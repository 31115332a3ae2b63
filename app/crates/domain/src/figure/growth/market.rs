//! The size of a market: chains of factors from all who could to those whom one can win (M12).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::money::is_currency;
use super::super::record::{Figure, Label};
use super::super::remark;
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::check::within;
use crate::method::market;
use crate::method::quantity::Quantity;
use crate::method::unit::Unit;

const OF: &[&str] = &["market"];
const SOURCE: FigureSource = FigureSource::book("Bill Aulet, Disciplined Entrepreneurship");

pub(super) static TAM: FigureKind = FigureKind::new(
    "tam",
    [
        "Total market (TAM)",
        "Gesamtmarkt (TAM)",
        "Mercado total (TAM)",
    ],
    "the product of the factors of the total market; a price counts for each of what is counted, and unlike units are refused",
    "M12",
    SOURCE,
)
.of(OF);

pub(super) static SAM: FigureKind = FigureKind::new(
    "sam",
    [
        "Serviceable market (SAM)",
        "Bedienbarer Markt (SAM)",
        "Mercado disponible (SAM)",
    ],
    "total market × the shares of the serviceable market; without factors of the total market the product of its own",
    "M12",
    SOURCE,
)
.of(OF);

pub(super) static SOM: FigureKind = FigureKind::new(
    "som",
    [
        "Obtainable market (SOM)",
        "Erreichbarer Markt (SOM)",
        "Mercado alcanzable (SOM)",
    ],
    "serviceable market × the shares that can be won; without factors of the larger markets, bottom-up, the product of its own: units × price",
    "M12",
    SOURCE,
)
.of(OF);

/// A factor; percent become a share.
fn factor(context: &Context<'_>, entity: Handle) -> Result<Quantity, Insufficient> {
    let value = context
        .value(entity, "value")
        .and_then(|value| value.quantity());
    let quantity = value.ok_or(Insufficient::Missing("value"))?;
    let (range, unit) = match quantity.unit.as_deref() {
        Some("%") => {
            let is_share = context
                .text(entity, "level")
                .is_some_and(|level| level != "tam");
            let most = if is_share { 100.0 } else { f64::INFINITY };
            for part in [quantity.range.low, quantity.range.high] {
                within("share of the market", part, 0.0, most)?;
            }
            (quantity.range.times(0.01), Unit::none())
        }
        Some(unit) => (quantity.range, Unit::parse(unit)),
        None => (quantity.range, Unit::none()),
    };
    within("factor of the market", range.low, 0.0, f64::INFINITY)?;
    Quantity::new(range.low, range.likely, range.high, unit)
}

pub(super) fn figures(context: &Context<'_>, market: Handle, figures: &mut Vec<Figure>) {
    let mut factors: Vec<(Handle, f64)> = context
        .children(market, "market-factor", "market")
        .map(|factor| (factor, context.number(factor, "order").unwrap_or(f64::MAX)))
        .collect();
    factors.sort_by(|one, other| one.1.total_cmp(&other.1));
    let levels = ["tam", "sam", "som"];
    let mut chains: [Result<Vec<Quantity>, Insufficient>; 3] =
        [Ok(Vec::new()), Ok(Vec::new()), Ok(Vec::new())];
    let mut sized = [&TAM, &SAM, &SOM].map(Figure::new);
    for (entity, _) in factors {
        let level = context.text(entity, "level").unwrap_or("tam");
        let read = factor(context, entity);
        let quantity = context
            .value(entity, "value")
            .and_then(|value| value.quantity());
        let likely = quantity.as_ref().map(|quantity| quantity.range.likely);
        let unit = quantity
            .and_then(|quantity| quantity.unit)
            .unwrap_or_default();
        let place = levels.iter().position(|known| *known == level);
        let name: Label = match place.and_then(|place| levels.get(place)) {
            Some(level) => (*level).into(),
            None => level.to_owned().into(),
        };
        // A larger market does not rest on what makes a smaller one; what is of no level is shown
        // with all.
        for figure in sized.iter_mut().skip(place.unwrap_or_default()) {
            figure.input(name.clone(), likely, unit.clone(), Some(entity));
        }
        if let Some(chain) = place.and_then(|place| chains.get_mut(place)) {
            match (chain.as_mut(), read) {
                (Ok(chain), Ok(read)) => chain.push(read),
                (Ok(_), Err(reason)) => *chain = Err(reason),
                (Err(_), _) => {}
            }
        }
    }
    let [total, serviceable, obtainable] = chains;
    // What is wrong with a part says nothing against the larger ones.
    let chains = [total, serviceable, obtainable];
    for (last, mut figure) in sized.into_iter().enumerate() {
        let read: Result<Vec<&[Quantity]>, &Insufficient> = chains
            .iter()
            .take(last + 1)
            .map(|chain| chain.as_ref().map(Vec::as_slice))
            .collect();
        let size = read.map_err(Clone::clone).and_then(|chains| {
            let size = market::part(&chains)?;
            let unit = size.unit().priced(is_currency)?;
            Ok(size.in_unit(unit))
        });
        if let Ok(size) = &size {
            let own = chains.get(last).and_then(|own| own.as_ref().ok());
            let is_same = last > 0 && own.is_some_and(Vec::is_empty);
            figure.remark_if(is_same, &remark::NOT_NARROWED);
            figure.unit = size.unit().to_string().into();
        }
        figures.push(figure.range(size.map(|size| (size.low(), size.likely(), size.high()))));
    }
}
