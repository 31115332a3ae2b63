//! Trace completeness: how much of the chain from outcome to evidence a roadmap item has.

use super::super::context::Context;
use super::super::evidence::assumptions_of;
use super::super::kind::{FigureKind, FigureSource};
use super::super::{Figure, Row};
use super::ITEM;
use crate::index::Handle;

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

/// What links of some kinds lead to from any of these, each once, in no order that means anything.
fn follow(context: &Context<'_>, from: &[Handle], links: &[&str], back: &[&str]) -> Vec<Handle> {
    let mut found: Vec<Handle> = Vec::new();
    for handle in from {
        for link in links {
            found.extend(context.from(*handle, link));
        }
        for link in back {
            found.extend(context.to(*handle, link));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The first one by id.
fn first(context: &Context<'_>, found: &[Handle]) -> Option<Handle> {
    found
        .iter()
        .copied()
        .min_by_key(|handle| context.id(*handle))
}

pub(super) fn completeness(context: &Context<'_>, item: Handle, figures: &mut Vec<Figure>) {
    let solutions = follow(context, &[item], &["bets-on"], &[]);
    let opportunities: Vec<Handle> = follow(context, &solutions, &["addresses"], &["addressed-by"])
        .into_iter()
        .filter(|target| {
            matches!(
                context.kind(*target),
                "opportunity" | "problem" | "pain" | "job" | "desired-outcome"
            )
        })
        .collect();
    let outcomes = follow(context, &[item], &["aims-at"], &[]);
    let wider = follow(context, &opportunities, &[], &["pursued-through"]);
    let insights = follow(context, &opportunities, &[], &["reveals"]);
    let quotes: Vec<Handle> = follow(context, &insights, &["drawn-from"], &[])
        .into_iter()
        .chain(follow(context, &opportunities, &[], &["supports"]))
        .filter(|source| matches!(context.kind(*source), "quote" | "observation" | "interview"))
        .collect();
    let assumptions = assumptions_of(context, item);
    let hypotheses = follow(context, &assumptions, &["stated-as"], &[]);
    let tested: Vec<Handle> = assumptions.iter().chain(&hypotheses).copied().collect();
    let experiments = follow(context, &tested, &["tested-by"], &[]);
    let evidence: Vec<Handle> = follow(context, &experiments, &["produces"], &[])
        .into_iter()
        .chain(follow(
            context,
            &tested,
            &[],
            &["supports", "refutes", "neutral-to"],
        ))
        .filter(|evidence| !context.flag(*evidence, "retracted"))
        .collect();
    let chain = [
        (
            "outcome",
            first(context, &outcomes).or_else(|| first(context, &wider)),
        ),
        ("opportunity", first(context, &opportunities)),
        ("quote", first(context, &quotes)),
        ("hypothesis", first(context, &hypotheses)),
        ("experiment", first(context, &experiments)),
        ("evidence", first(context, &evidence)),
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
