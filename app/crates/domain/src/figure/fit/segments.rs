//! Which segment to begin with (M2): one canvas is drawn for each, and those are put in order.

use super::super::context::{Context, unit};
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, InputValue, Outcome, Row};
use super::super::remark::{self, Part};
use crate::index::Handle;
use crate::method::check::within;
use crate::method::{Insufficient, ranking};
use crate::value::{Money, Period};

pub(super) static ORDER: FigureKind = FigureKind::new(
    "segment-order",
    [
        "Segments to begin with",
        "Segmente für den Anfang",
        "Segmentos por los que empezar",
    ],
    "by the rising mean of the places by pain, ease of reach, price × gross margin and size; by the margin alone where not every segment has a price in one unit, and without the size where the sizes are in unlike units",
    "M2",
    FigureSource::at(
        "Ash Maurya, Running Lean, for the four criteria; the mean of the places is this product's",
        "https://www.leanfoundry.com/",
    ),
);

/// A segment and what it is ranked by.
struct Candidate {
    segment: Handle,
    pain: f64,
    ease: f64,
    margin: f64,
    /// What a sale brings, and in which unit.
    price: Option<(f64, String)>,
    size: (f64, String),
}

/// One of the things that a candidate is compared by, and its unit.
type Amount<'a> = &'a dyn Fn(&Candidate) -> Option<&(f64, String)>;

/// What all candidates have in one unit; nothing where they do not.
fn in_one_unit(candidates: &[Candidate], amount: Amount<'_>) -> Option<Vec<f64>> {
    let amounts: Option<Vec<&(f64, String)>> = candidates.iter().map(amount).collect();
    let amounts = amounts?;
    let unit = amounts.first().map(|(_, unit)| unit);
    let is_alike = amounts.iter().all(|(_, other)| Some(other) == unit);
    is_alike.then(|| amounts.iter().map(|(amount, _)| *amount).collect())
}

pub(super) fn order(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&ORDER);
    let mut candidates = Vec::new();
    for segment in context.all("segment") {
        let before = figure.inputs.len();
        let read = candidate(context, segment, &mut figure);
        let own = figure.inputs.get(before..).unwrap_or_default();
        let is_blank = own.iter().all(|input| input.value == InputValue::Missing);
        match read {
            Ok(candidate) => candidates.push(candidate),
            // Nobody has begun to compare it.
            Err(_) if is_blank => figure.inputs.truncate(before),
            Err(_) => {
                let reason =
                    Part::Name("pain, ease of reach, margin or size is missing or off its scale");
                figure.remark_with(&remark::LEFT_OUT, [context.part(segment), reason]);
            }
        }
    }
    // One alone is compared with nothing.
    if candidates.len() < 2 {
        let begun = candidates.len() + figure.remarks.len();
        if begun > 1 {
            figure.outcome = Outcome::Missing(Insufficient::Missing("two segments to compare"));
            figures.push(figure);
        }
        return;
    }
    let prices = in_one_unit(&candidates, &|one| one.price.as_ref());
    let sizes = in_one_unit(&candidates, &|one| Some(&one.size));
    figure.remark_if(prices.is_none(), &remark::NO_PRICES);
    figure.remark_if(sizes.is_none(), &remark::UNLIKE_SIZES);
    let by = |value: fn(&Candidate) -> f64| candidates.iter().map(value).collect::<Vec<f64>>();
    let margins = by(|one| one.margin);
    let earned = match prices {
        Some(prices) => margins
            .iter()
            .zip(prices)
            .map(|(margin, price)| margin * price)
            .collect(),
        None => margins,
    };
    let mut criteria = vec![by(|one| one.pain), by(|one| one.ease), earned];
    criteria.extend(sizes);
    let means = ranking::mean_places(&criteria);
    let mut order: Vec<(&Candidate, f64)> = candidates.iter().zip(means).collect();
    // Of equal ones the one with the greater pain, then by their ids.
    order.sort_by(|(one, mean), (other, its)| {
        mean.total_cmp(its)
            .then_with(|| other.pain.total_cmp(&one.pain))
    });
    for (one, mean) in &order {
        figure
            .rows
            .push(Row::number("mean place", *mean).about(one.segment));
    }
    figure.outcome = Outcome::Order(order.iter().map(|(one, _)| one.segment).collect());
    figures.push(figure);
}

fn candidate(
    context: &Context<'_>,
    segment: Handle,
    figure: &mut Figure,
) -> Result<Candidate, Insufficient> {
    let pain = figure.rated(context, segment, "pain");
    let ease = figure.rated(context, segment, "ease-of-reach");
    let margin = figure.field(context, segment, "margin");
    let size = context
        .value(segment, "size")
        .and_then(|size| size.quantity());
    let size = size.map(|size| (size.range.likely, size.unit.unwrap_or_default()));
    let (number, unit_of_size) = size.clone().unzip();
    figure.input(
        "size",
        number,
        unit_of_size.unwrap_or_default(),
        Some(segment),
    );
    let price = context.amount(segment, "price");
    let monthly = |price: Money| price.per(Period::Month).unwrap_or(price);
    if price.is_some() {
        figure.money_input("price", price.as_ref(), Some(segment));
    }
    Ok(Candidate {
        segment,
        pain: within("pain", pain?, 1.0, 5.0)?,
        ease: within("ease-of-reach", ease?, 1.0, 5.0)?,
        margin: margin?,
        // By the year or by the month, a price is one.
        price: price
            .map(monthly)
            .map(|price| (price.range.likely, unit(&price))),
        size: size.ok_or(Insufficient::Missing("size"))?,
    })
}
