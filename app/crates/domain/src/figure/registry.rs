//! Which figures there are, and what computes them.

use super::kind::FigureKind;
use super::producer::Producer;
use super::{
    canvas, economics, evidence, fit, growth, measure, needs, okr, prioritisation, roadmap,
    statistics, team, users,
};

/// Everything that computes figures.
pub(super) static PRODUCERS: &[&[Producer]] = &[
    prioritisation::PRODUCERS,
    canvas::PRODUCERS,
    measure::PRODUCERS,
    okr::PRODUCERS,
    economics::PRODUCERS,
    statistics::PRODUCERS,
    needs::PRODUCERS,
    evidence::PRODUCERS,
    users::PRODUCERS,
    growth::PRODUCERS,
    team::PRODUCERS,
    fit::PRODUCERS,
    roadmap::PRODUCERS,
];

/// Every figure there is, by method.
#[must_use]
pub fn kinds() -> Vec<&'static FigureKind> {
    let mut kinds: Vec<&FigureKind> = producers()
        .flat_map(|producer| producer.figures)
        .copied()
        // What is made of findings has no producer: figures know no checks.
        .chain([&roadmap::AGES])
        .collect();
    let number = |kind: &FigureKind| kind.method.trim_start_matches('M').parse().unwrap_or(0_u8);
    kinds.sort_by_key(|kind| number(kind));
    kinds
}

/// Every producer.
pub(super) fn producers() -> impl Iterator<Item = &'static Producer> {
    PRODUCERS.iter().copied().flatten()
}
