//! Confidence in an assumption: every piece of evidence listed with what it counts.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark::{self, Part};
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::confidence::{self, Direction, Evidence, HALF_LIFE_DAYS};
use crate::method::confidence_meter;
use crate::value::Date;

const SOURCE: FigureSource = FigureSource::at(
    "This product's proposal, on Itamar Gilad's confidence meter",
    "https://itamargilad.com/the-tool-that-will-help-you-choose-better-product-ideas/",
);

pub(in super::super) static CONFIDENCE: FigureKind = FigureKind::new(
    "confidence",
    ["Confidence", "Sicherheit", "Certeza"],
    "1 − 2^(−sum ÷ 3), sum = Σ ± weight × ½ if only said or in a laboratory × 2^(−age ÷ 180 days); several pieces of one experiment count once; what is retracted, ahead of its date, or from an experiment that is invalid or still runs counts nothing",
    "M14",
    SOURCE,
)
.of(&["assumption"]);

pub(super) static WEAKEST: FigureKind = FigureKind::new(
    "weakest-confidence",
    [
        "Confidence in the weakest assumption",
        "Sicherheit der schwächsten Annahme",
        "Certeza de la suposición más débil",
    ],
    "the lowest confidence among the assumptions that it depends on",
    "M14",
    SOURCE,
)
.of(&["solution", "roadmap-item"]);

/// A piece of evidence about an assumption or a hypothesis of it.
struct Piece {
    entity: Handle,
    evidence: Evidence,
    word: &'static str,
}

const LINKS: [(&str, Direction); 3] = [
    ("supports", Direction::Supports),
    ("refutes", Direction::Refutes),
    ("neutral-to", Direction::Neutral),
];

/// The evidence that is linked to an assumption or to its hypotheses, each once. What counts
/// nothing is named in a remark and has a row of zero.
fn pieces(context: &Context<'_>, assumption: Handle, figure: &mut Figure) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut seen: Vec<Handle> = Vec::new();
    let hypotheses: Vec<Handle> = context.from(assumption, "stated-as").collect();
    let targets: Vec<Handle> = std::iter::once(assumption).chain(hypotheses).collect();
    let is_linked = |entity: Handle, word| {
        let mut ends = context.from(entity, word);
        ends.any(|end| targets.contains(&end))
    };
    for &target in &targets {
        for (word, direction) in LINKS {
            for entity in context.to(target, word) {
                if seen.contains(&entity) || !context.is(entity, "evidence") {
                    continue;
                }
                seen.push(entity);
                if is_linked(entity, "supports") && is_linked(entity, "refutes") {
                    let reason = "linked as speaking for it and against it";
                    let parts = [context.part(entity), Part::Name(reason)];
                    figure.remark_with(&remark::LEFT_OUT, parts);
                    figure.rows.push(Row::number(reason, 0.0).about(entity));
                    continue;
                }
                if let Err(reason) = figure.admit(context, entity) {
                    figure.rows.push(Row::number(reason, 0.0).about(entity));
                    continue;
                }
                let Some(weight) = weight(context, entity, target) else {
                    let reason = Part::Name("neither a kind nor a weight entered");
                    figure.remark_with(&remark::LEFT_OUT, [context.part(entity), reason]);
                    continue;
                };
                let is_low = |axis| context.number(entity, axis).is_some_and(|step| step <= 2.0);
                let evidence = Evidence {
                    direction,
                    weight,
                    is_indirect: is_low("behaviour") || is_low("setting"),
                    age_days: age(context, entity),
                    experiment: context.to(entity, "produces").next().map(Handle::number),
                };
                pieces.push(Piece {
                    entity,
                    evidence,
                    word,
                });
            }
        }
    }
    pieces
}

/// What a piece of evidence weighs for what it is linked to: the rating of that link, its own
/// weight, that of its kind, or what its axes of strength say on the same logarithmic scale (1 is
/// 0.01, 5 is 10).
fn weight(context: &Context<'_>, evidence: Handle, target: Handle) -> Option<f64> {
    let rated = context.rated(evidence, "weight", Some(target));
    let kind = || confidence_meter::by_id(context.text(evidence, "gilad")?);
    rated
        .map(|rated| rated.value)
        .or_else(|| context.number(evidence, "weight"))
        .or_else(|| Some(kind()?.default_weight()))
        .or_else(|| {
            let axes = ["fact", "behaviour", "setting", "investment"];
            let steps: Vec<f64> = axes
                .iter()
                .filter_map(|axis| context.number(evidence, axis))
                .collect();
            let mean = steps.iter().sum::<f64>() / steps.len() as f64;
            (!steps.is_empty()).then(|| 10_f64.powf((mean - 1.0) * 0.75 - 2.0))
        })
}

/// How many days old it is: by its date, else by when it was entered, else new.
fn age(context: &Context<'_>, evidence: Handle) -> f64 {
    let entered = || {
        let stamp = context.entity(evidence)?.created.as_ref()?;
        Date::from_milliseconds(stamp.at)
    };
    let date = context.date(evidence, "date").or_else(entered);
    date.map_or(0.0, |date| context.today.days_since(date).max(0) as f64)
}

pub(super) fn assumption(context: &Context<'_>, assumption: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&CONFIDENCE);
    let pieces = pieces(context, assumption, &mut figure);
    let evidence: Vec<Evidence> = pieces.iter().map(|piece| piece.evidence).collect();
    let confidence = confidence::confidence(&evidence, HALF_LIFE_DAYS);
    for piece in &pieces {
        figure.input(
            "weight",
            Some(piece.evidence.weight),
            "",
            Some(piece.entity),
        );
    }
    if let Ok(confidence) = &confidence {
        for (piece, row) in pieces.iter().zip(&confidence.rows) {
            let name = if row.counts {
                piece.word
            } else {
                "counts once, with its experiment"
            };
            figure
                .rows
                .push(Row::number(name, row.value).about(piece.entity));
        }
        let counting = confidence.rows.iter().filter(|row| row.counts).count();
        figure.n = Some(counting as u64);
        figure.remark_if(confidence.sum < 0.0, &remark::REFUTED);
        let is_alone = pieces.is_empty() && figure.rows.is_empty();
        figure.remark_if(is_alone, &remark::NO_EVIDENCE_YET);
    }
    figures.push(figure.number(confidence.map(|confidence| confidence.value)));
}

/// The assumptions that an item or the solutions that it bets on depend on.
pub(in super::super) fn assumptions_of(context: &Context<'_>, item: Handle) -> Vec<Handle> {
    let bets: Vec<Handle> = context.from(item, "bets-on").collect();
    let mut assumptions: Vec<Handle> = std::iter::once(item)
        .chain(bets)
        .flat_map(|source| context.from(source, "depends-on").collect::<Vec<_>>())
        .filter(|target| context.is(*target, "assumption"))
        .collect();
    assumptions.sort_unstable_by_key(|handle| context.id(*handle));
    assumptions.dedup();
    assumptions
}

pub(super) fn weakest(context: &Context<'_>, item: Handle, figures: &mut Vec<Figure>) {
    let assumptions = assumptions_of(context, item);
    if assumptions.is_empty() {
        return;
    }
    let mut figure = Figure::new(&WEAKEST);
    let mut lowest: Option<f64> = None;
    for assumption in assumptions {
        let value = context.value_of(assumption, &CONFIDENCE);
        figure.input("confidence", value, "", Some(assumption));
        let lower = |value: f64| lowest.map_or(value, |lowest: f64| lowest.min(value));
        lowest = value.map(lower).or(lowest);
    }
    figures.push(figure.number(lowest.ok_or(Insufficient::Missing("confidence"))));
}
