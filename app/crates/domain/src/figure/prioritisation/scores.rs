//! RICE, ICE and WSJF: scores from a few judgements.

use super::super::context::Context;
use super::super::entered::as_share;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome};
use super::super::remark::{self, Part};
use super::items::ITEMS;
use crate::evidence::{self, speaks};
use crate::index::Handle;
use crate::method::{Insufficient, ice, rice, wsjf};
use crate::value::Period;

pub(super) static RICE: FigureKind = FigureKind::new(
    "rice",
    ["RICE score", "RICE-Wert", "Puntuación RICE"],
    "reach × impact × confidence ÷ effort",
    "M20",
    FigureSource::at(
        "Sean McBride, RICE: Simple prioritization for product managers (Intercom)",
        "https://www.intercom.com/blog/rice-simple-prioritization-for-product-managers/",
    ),
)
.of(ITEMS);

pub(super) static RICE_ORDER: FigureKind = FigureKind::new(
    "rice-order",
    ["Order by RICE", "Reihenfolge nach RICE", "Orden según RICE"],
    "by falling RICE score, of what is neither done nor dropped",
    "M20",
    RICE.source,
);

pub(super) static ICE: FigureKind = FigureKind::new(
    "ice",
    [
        "ICE score (Ellis)",
        "ICE-Wert (Ellis)",
        "Puntuación ICE (Ellis)",
    ],
    "impact × confidence × ease, each 1 to 10",
    "M20",
    FigureSource::book("Sean Ellis and Morgan Brown, Hacking Growth"),
)
.of(ITEMS);

pub(super) static ICE_AVERAGE: FigureKind = FigureKind::new(
    "ice-average",
    ["ICE average", "ICE-Mittelwert", "Promedio ICE"],
    "(impact + confidence + ease) ÷ 3, each 1 to 10",
    "M20",
    ICE.source,
)
.of(ITEMS);

pub(super) static ICE_GILAD: FigureKind = FigureKind::new(
    "ice-gilad",
    [
        "ICE score (Gilad)",
        "ICE-Wert (Gilad)",
        "Puntuación ICE (Gilad)",
    ],
    "impact × the strongest supporting evidence or raw source (quote, observation, reading, …) on the confidence meter × ease; where what refutes it weighs as much or more, it counts as self-conviction",
    "M20",
    FigureSource::at(
        "Itamar Gilad, Confidence Meter",
        "https://itamargilad.com/the-tool-that-will-help-you-choose-better-product-ideas/",
    ),
)
.of(ITEMS);

pub(super) static WSJF: FigureKind = FigureKind::new(
    "wsjf",
    ["WSJF", "WSJF", "WSJF"],
    "(business value + time criticality + risk reduction) ÷ job size",
    "M20",
    FigureSource::at(
        "Scaled Agile, Weighted Shortest Job First",
        "https://framework.scaledagile.com/wsjf",
    ),
)
.of(ITEMS);

pub(super) static WSJF_ORDER: FigureKind = FigureKind::new(
    "wsjf-order",
    ["Order by WSJF", "Reihenfolge nach WSJF", "Orden según WSJF"],
    "by falling WSJF, of what is neither done nor dropped",
    "M20",
    WSJF.source,
);

pub(super) fn rice(context: &Context<'_>, item: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&RICE);
    let reach = figure.rated(context, item, "reach");
    let impact = figure.rated(context, item, "impact");
    let confidence = figure.rated(context, item, "confidence");
    let effort = figure.rated(context, item, "effort");
    if reach.is_err() && impact.is_err() && confidence.is_err() {
        // An effort alone belongs to other techniques too.
        return;
    }
    let reach = a_quarter(context, item, reach, &mut figure);
    let scored = || {
        rice::rice(rice::Rice {
            reach: reach?,
            impact: impact?,
            confidence: as_share("confidence", confidence.clone()?)?,
            effort: effort?,
        })
    };
    let scored = scored();
    // Whoever writes 0.8 means a share, and gets a hundredth of the score.
    let fraction = confidence
        .ok()
        .filter(|percent| (0.0..=1.0).contains(percent) && *percent > 0.0);
    if let Some(percent) = fraction {
        figure.remark_with(&remark::FRACTION, [Part::Number(percent)]);
    }
    for remark in scored.iter().flat_map(|scored| &scored.remarks) {
        let (of, said) = match remark {
            rice::Remark::ImpactOffScale => ("impact", &remark::IMPACT_OFF_SCALE),
            rice::Remark::ConfidenceOffScale | rice::Remark::Moonshot if fraction.is_some() => {
                continue;
            }
            rice::Remark::ConfidenceOffScale => ("confidence", &remark::CONFIDENCE_OFF_SCALE),
            rice::Remark::Moonshot => ("", &remark::MOONSHOT),
            rice::Remark::EffortOffScale => ("effort", &remark::EFFORT_OFF_SCALE),
        };
        figure.remark_if(!figure.is_mean(of), said);
    }
    figures.push(figure.number(scored.map(|scored| scored.score)));
}

/// The reach of a quarter, which all items are compared by.
fn a_quarter(
    context: &Context<'_>,
    item: Handle,
    reach: Result<f64, Insufficient>,
    figure: &mut Figure,
) -> Result<f64, Insufficient> {
    let period = context.text(item, "reach-period");
    let a_year = |period: Period| period.per_year();
    let times = period
        .and_then(Period::from_name)
        .and_then(a_year)
        .zip(a_year(Period::Quarter))
        .map_or(1.0, |(own, quarter)| own / quarter);
    let reach = reach.map(|reach| reach * times);
    if let (Ok(reach), true) = (&reach, times != 1.0) {
        figure.input("reach a quarter", Some(*reach), "people", Some(item));
    }
    reach
}

pub(super) fn ice(context: &Context<'_>, item: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&ICE);
    let impact = figure.rated(context, item, "ice-impact");
    let confidence = figure.rated(context, item, "ice-confidence");
    let ease = figure.rated(context, item, "ice-ease");
    if figure.is_blank() {
        return;
    }
    let mut average = Figure {
        kind: &ICE_AVERAGE,
        ..figure.clone()
    };
    average.unit = ICE_AVERAGE.unit.into();
    let parts = || Ok::<_, Insufficient>((impact.clone()?, confidence?, ease.clone()?));
    let parts = parts();
    figures.push(
        figure.number(
            parts
                .clone()
                .and_then(|(i, c, e)| ice::ellis_product(i, c, e)),
        ),
    );
    figures.push(average.number(parts.and_then(|(i, c, e)| ice::ellis_average(i, c, e))));

    let mut gilad = Figure::new(&ICE_GILAD);
    let impact = gilad.rated(context, item, "ice-impact");
    let ease = gilad.rated(context, item, "ice-ease");
    if gilad.is_blank() {
        return;
    }
    let meter = strongest(context, item, "supports", &mut gilad);
    gilad.remark_if(meter.is_none(), &remark::NO_EVIDENCE);
    // What speaks against it as strongly leaves no more than a conviction.
    let against = strongest(context, item, "refutes", &mut gilad);
    let most = meter.map_or(0.0, |(value, _)| value);
    let against = against.filter(|(value, _)| *value >= most);
    if let Some((value, from)) = against {
        gilad.input("weight", Some(value), "", Some(from));
        gilad.remark(&remark::REFUTED);
    }
    let meter = meter.filter(|_| against.is_none());
    // Without any evidence it is the team's own conviction.
    let least = evidence::meter(context, "self-conviction").unwrap_or_default();
    let (value, from) = meter.unwrap_or((least, item));
    gilad.input("confidence meter", Some(value), "", Some(from));
    let score = || ice::gilad(impact?, value, ease?);
    figures.push(gilad.number(score()));
}

/// The strongest evidence that says so of an item and counts, on the confidence meter.
fn strongest(
    context: &Context<'_>,
    item: Handle,
    word: &str,
    figure: &mut Figure,
) -> Option<(f64, Handle)> {
    context
        .to(item, word)
        .filter(|source| speaks(context, *source))
        .filter_map(|source| Some((figure.weighed(context, source, item)?, source)))
        .max_by(|one, other| one.0.total_cmp(&other.0))
}

pub(super) fn wsjf(context: &Context<'_>, item: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&WSJF);
    let value = figure.rated(context, item, "business-value");
    let urgency = figure.rated(context, item, "time-criticality");
    let enablement = figure.rated(context, item, "risk-reduction");
    let size = figure.rated(context, item, "job-size");
    if figure.is_blank() {
        return;
    }
    let scored = || {
        wsjf::wsjf(wsjf::Wsjf {
            value: value?,
            urgency: urgency?,
            enablement: enablement?,
            size: size?,
        })
    };
    let scored = scored();
    let is_mean = [
        "business-value",
        "time-criticality",
        "risk-reduction",
        "job-size",
    ]
    .iter()
    .any(|criterion| figure.is_mean(criterion));
    let is_off_scale = scored.as_ref().is_ok_and(|scored| scored.is_off_scale);
    figure.remark_if(is_off_scale && !is_mean, &remark::OFF_SCALE);
    figures.push(figure.number(scored.map(|scored| scored.score)));
}

pub(super) fn rice_order(context: &Context<'_>, figures: &mut Vec<Figure>) {
    order(context, &RICE_ORDER, &RICE, figures);
}

pub(super) fn wsjf_order(context: &Context<'_>, figures: &mut Vec<Figure>) {
    order(context, &WSJF_ORDER, &WSJF, figures);
}

/// All items that have a figure, by falling value and then by id.
fn order(
    context: &Context<'_>,
    kind: &'static FigureKind,
    by: &'static FigureKind,
    figures: &mut Vec<Figure>,
) {
    let mut figure = Figure::new(kind);
    let mut items = Vec::new();
    for item in ITEMS.iter().flat_map(|kind| context.all(kind)) {
        let value = context.value_of(item, by);
        if let Some(value) = value.filter(|_| figure.is_to_do(context, item)) {
            items.push((item, value));
        }
    }
    if items.is_empty() {
        return;
    }
    items.sort_by(|one, other| other.1.total_cmp(&one.1));
    for (item, value) in &items {
        figure.input(by.id, Some(*value), by.unit, Some(*item));
    }
    figure.outcome = Outcome::Order(items.into_iter().map(|(item, _)| item).collect());
    figures.push(figure);
}
