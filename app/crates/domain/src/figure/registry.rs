//! Which figures there are, and what computes them.
//!
//! Invariant: a producer reads figures of earlier layers only.

use super::context::Context;
use super::{
    Figure, FigureKind, canvas, economics, evidence, fit, growth, measure, needs, okr,
    prioritisation, roadmap, statistics, team, users,
};
use crate::index::Handle;

/// How many layers there are: figures of the graph alone, figures of those, figures of both.
pub(super) const LAYERS: usize = 4;

/// A computation of one or several figures that belong together.
#[derive(Debug)]
pub(super) struct Producer {
    /// The kinds of entity that it is run on.
    pub(super) kinds: &'static [&'static str],
    /// Its layer.
    pub(super) layer: usize,
    /// The figures that it makes.
    pub(super) figures: &'static [&'static FigureKind],
    /// What computes them.
    pub(super) run: Run,
}

/// A function that adds figures to a list.
#[derive(Debug)]
pub(super) enum Run {
    /// On an entity.
    Entity(fn(&Context<'_>, Handle, &mut Vec<Figure>)),
    /// On a canvas.
    Canvas(fn(&Context<'_>, &str, &mut Vec<Figure>)),
    /// On the workspace.
    Workspace(fn(&Context<'_>, &mut Vec<Figure>)),
}

/// Writes a producer as one row: what it is run on, in which layer if not the first, what computes
/// it and which figures it makes.
macro_rules! producer {
    (entity $kinds:expr, $layer:literal, $run:path, $($figure:path),+) => {
        $crate::figure::registry::Producer {
            kinds: $kinds,
            layer: $layer,
            figures: &[$(&$figure),+],
            run: $crate::figure::registry::Run::Entity($run),
        }
    };
    (canvas $layer:literal, $run:path, $($figure:path),+) => {
        $crate::figure::registry::Producer {
            kinds: &[],
            layer: $layer,
            figures: &[$(&$figure),+],
            run: $crate::figure::registry::Run::Canvas($run),
        }
    };
    (workspace $layer:literal, $run:path, $($figure:path),+) => {
        $crate::figure::registry::Producer {
            kinds: &[],
            layer: $layer,
            figures: &[$(&$figure),+],
            run: $crate::figure::registry::Run::Workspace($run),
        }
    };
}
pub(super) use producer;

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
