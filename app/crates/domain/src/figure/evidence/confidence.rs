//! Confidence in an assumption: every piece of evidence listed with what it counts.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark::{self, Part};
use crate::evidence::{Counted, Piece, Uncounted, pieces};
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::confidence::{self, Evidence, HALF_LIFE_DAYS};

const SOURCE: FigureSource = FigureSource::at(
    "This product's proposal, on Itamar Gilad's confidence meter",
    "https://itamargilad.com/the-tool-that-will-help-you-choose-better-product-ideas/",
);

pub(in super::super) static CONFIDENCE: FigureKind = FigureKind::new(
    "confidence",
    ["Confidence", "Sicherheit", "Certeza"],
    "1 − 2^(−sum ÷ 3), sum = Σ ± weight × ½ if only said or in a laboratory × 2^(−age ÷ 180 days); quotes, observations and insights weigh as anecdotes and themes do, readings as test results in an experiment, without an n as anecdotes, as launch data of what has shipped, else as user evidence, each in the middle of its range on the meter unless the product says otherwise; evidence that bears on no claim itself speaks as the verdict of the experiment that produced it; several pieces of one experiment, or quotes of one conversation, count once, those of one without a lock 3 at most; what is retracted, ahead of its date, or from an experiment that is invalid or still runs counts nothing",
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

/// The evidence that counts, with its weight for the sum. What counts nothing, or less than it says,
/// is named in a remark; what counts nothing has a row of zero.
pub(in super::super) fn counted(
    context: &Context<'_>,
    assumption: Handle,
    figure: &mut Figure,
) -> Vec<(Piece, Counted)> {
    let mut counting = Vec::new();
    for piece in pieces(context, assumption, context.today) {
        let entity = piece.entity;
        match piece.counted {
            Ok(counted) => {
                if counted.entered > counted.evidence.weight {
                    figure.hold_exploratory(context, entity, counted.entered);
                }
                if counted.is_undated {
                    figure.remark_with(&remark::UNDATED, [context.part(entity)]);
                }
                counting.push((piece, counted));
            }
            Err(Uncounted::Both) => {
                let reason = "linked as speaking for it and against it";
                let parts = [context.part(entity), Part::Name(reason)];
                figure.remark_with(&remark::LEFT_OUT, parts);
                figure.rows.push(Row::number(reason, 0.0).about(entity));
            }
            Err(Uncounted::Fallen(fallen)) => {
                let reason = figure.leave_out(context, entity, fallen);
                figure.rows.push(Row::number(reason, 0.0).about(entity));
            }
            Err(Uncounted::Weightless) => {
                let reason = Part::Name("neither a kind nor a weight from 0 to 10");
                figure.remark_with(&remark::LEFT_OUT, [context.part(entity), reason]);
            }
        }
    }
    counting
}

pub(super) fn assumption(context: &Context<'_>, assumption: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&CONFIDENCE);
    let pieces = counted(context, assumption, &mut figure);
    let evidence: Vec<Evidence> = pieces.iter().map(|(_, one)| one.evidence).collect();
    let confidence = confidence::confidence(&evidence, HALF_LIFE_DAYS);
    for (piece, one) in &pieces {
        let weight = Some(one.evidence.weight);
        figure.input("weight", weight, "", Some(piece.entity));
    }
    if let Ok(confidence) = &confidence {
        for ((piece, _), row) in pieces.iter().zip(&confidence.rows) {
            let name = if row.counts {
                piece.word
            } else {
                "counts once, with what it came from"
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
