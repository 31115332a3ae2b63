//! Value fit: how many of the pains, gains and jobs that matter are met (M4).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use crate::index::Handle;
use crate::method::value_fit::{self, Need};

const SOURCE: FigureSource = FigureSource::book(
    "After Osterwalder et al., Value Proposition Design; the shares are this product's",
);

pub(super) static PAINS: FigureKind = FigureKind::new(
    "pains-relieved",
    [
        "Top pains relieved",
        "Gelinderte Hauptprobleme",
        "Dolores principales aliviados",
    ],
    "pains of severity 4 or 5 with a pain reliever ÷ all of them; all pains in the rows",
    "M4",
    SOURCE,
)
.unit("share");

pub(super) static GAINS: FigureKind = FigureKind::new(
    "gains-created",
    [
        "Top gains created",
        "Erfüllte Hauptgewinne",
        "Beneficios principales creados",
    ],
    "gains of relevance 4 or 5 with a gain creator ÷ all of them; all gains in the rows",
    "M4",
    SOURCE,
)
.unit("share");

pub(super) static JOBS: FigureKind = FigureKind::new(
    "jobs-done",
    [
        "Top jobs done",
        "Erledigte Hauptaufgaben",
        "Trabajos principales hechos",
    ],
    "jobs of importance 4 or 5 with a product or service ÷ all of them; all jobs in the rows",
    "M4",
    SOURCE,
)
.unit("share");

pub(super) static UNLINKED: FigureKind = FigureKind::new(
    "offers-unlinked",
    [
        "Offers that meet nothing",
        "Angebote ohne Bezug",
        "Ofertas sin destinatario",
    ],
    "pain relievers, gain creators, products and services without a link ÷ all of them",
    "M4",
    SOURCE,
)
.unit("share");

/// A side of the fit: the figure, the kind of need, what weighs it, and the link that meets it.
type Side = (
    &'static FigureKind,
    &'static str,
    &'static str,
    &'static str,
);

const SIDES: [Side; 3] = [
    (&PAINS, "pain", "severity", "relieves"),
    (&GAINS, "gain", "relevance", "creates"),
    (&JOBS, "job", "importance", "does"),
];

pub(super) fn figures(context: &Context<'_>, figures: &mut Vec<Figure>) {
    for (kind, needs, weight, link) in SIDES {
        coverage(context, kind, (needs, weight, link), figures);
    }
    let offers = [
        ("pain-reliever", "relieves"),
        ("gain-creator", "creates"),
        ("product-service", "does"),
    ];
    let mut figure = Figure::new(&UNLINKED);
    let mut linked = Vec::new();
    for (offer, link) in offers {
        for entity in context.all(offer) {
            let is_linked = context.from(entity, link).next().is_some();
            if !is_linked {
                figure.rows.push(Row {
                    name: offer.into(),
                    about: Some(entity),
                    ..Row::default()
                });
            }
            linked.push(is_linked);
        }
    }
    if !linked.is_empty() {
        figure.input("offers", Some(linked.len() as f64), "", None);
        figures.push(figure.share(value_fit::unlinked(&linked)));
    }
}

fn coverage(
    context: &Context<'_>,
    kind: &'static FigureKind,
    (needs, weight, link): (&str, &'static str, &str),
    figures: &mut Vec<Figure>,
) {
    let mut figure = Figure::new(kind);
    let mut list = Vec::new();
    for entity in context.all(needs) {
        let rated = context.input(entity, weight).map(|rated| rated.value);
        figure.input(weight, rated, "", Some(entity));
        if rated.is_some_and(|rated| !(1.0..=5.0).contains(&rated)) {
            figure.off_scale(context, entity);
            continue;
        }
        list.push(Need {
            // What nobody has rated counts, but not among the top.
            weight: rated.unwrap_or(1.0),
            is_met: is_met(context, entity, link),
        });
    }
    if list.is_empty() {
        return;
    }
    let coverage = value_fit::coverage(&list);
    if let Ok(all) = coverage
        .as_ref()
        .map_err(Clone::clone)
        .and_then(|one| one.all.share())
    {
        figure.rows.push(Row::share("all", all));
    }
    figures.push(figure.share(coverage.and_then(|coverage| coverage.top.share())));
}

fn is_met(context: &Context<'_>, need: Handle, link: &str) -> bool {
    context.to(need, link).next().is_some()
}
