//! Trace completeness: how much of the chain from outcome to evidence a roadmap item has.

use super::super::context::Context;
use super::super::evidence::assumptions_of;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::item::ITEM;
use crate::evidence::{Standing, standing};
use crate::index::Handle;
use crate::outcome::{opportunities, outcome};

pub(in super::super) static COMPLETENESS: FigureKind = FigureKind::new(
    "trace-completeness",
    [
        "Trace completeness",
        "Vollständigkeit der Begründung",
        "Integridad de la traza",
    ],
    "links present ÷ 6: outcome, opportunity, quote, hypothesis, experiment, evidence",
    "M21",
    FigureSource::book("This product's proposal"),
)
.of(ITEM)
.unit("share");

/// What somebody said or did.
fn is_source(context: &Context<'_>, source: Handle) -> bool {
    matches!(context.kind(source), "quote" | "observation" | "interview")
}

/// Each part of the chain is the first that is found along the links: what lies beside it is not
/// looked at.
pub(super) fn completeness(context: &Context<'_>, item: Handle, figures: &mut Vec<Figure>) {
    let opportunities = opportunities(context, item);
    let outcome = outcome(context, item);
    let quote = opportunities.iter().find_map(|opportunity| {
        // A quote may reveal it by itself, or what was concluded from several does.
        let insights = context.to(*opportunity, "reveals");
        let drawn = |insight| std::iter::once(insight).chain(context.from(insight, "drawn-from"));
        let mut sources = insights
            .flat_map(drawn)
            .chain(context.to(*opportunity, "supports"));
        sources.find(|source| is_source(context, *source))
    });
    let assumptions = assumptions_of(context, item);
    let hypotheses = |assumption: &Handle| context.from(*assumption, "stated-as");
    let hypothesis = assumptions.iter().find_map(|one| hypotheses(one).next());
    let tested = || {
        let stated = assumptions.iter().flat_map(hypotheses);
        assumptions.iter().copied().chain(stated)
    };
    let experiments = || tested().flat_map(|one| context.from(one, "tested-by"));
    let is_kept = |evidence: &Handle| {
        let stands = standing(context, *evidence, context.today);
        matches!(stands, Standing::Counts | Standing::Exploratory)
    };
    let produced = || {
        let mut experiments = experiments();
        experiments.find_map(|one| context.from(one, "produces").find(is_kept))
    };
    let linked = || {
        tested().find_map(|one| {
            let links = ["supports", "refutes", "neutral-to"];
            let mut links = links.into_iter();
            links.find_map(|link| context.to(one, link).find(is_kept))
        })
    };
    let chain = [
        ("outcome", outcome),
        ("opportunity", opportunities.first().copied()),
        ("quote", quote),
        ("hypothesis", hypothesis),
        ("experiment", experiments().next()),
        ("evidence", produced().or_else(linked)),
    ];
    let mut figure = Figure::new(&COMPLETENESS);
    let mut present = 0.0;
    for (name, found) in chain {
        let has = found.is_some();
        present += f64::from(u8::from(has));
        figure.rows.push(Row {
            name: name.into(),
            about: found,
            word: if has { "present" } else { "missing" },
            ..Row::default()
        });
    }
    figure.input("links present", Some(present), "", Some(item));
    figures.push(figure.number(Ok(present / chain.len() as f64)));
}
