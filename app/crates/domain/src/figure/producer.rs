//! What computes figures, and on what.
//!
//! Invariant: a producer reads figures of earlier layers only.

use super::context::Context;
use super::kind::FigureKind;
use super::record::Figure;
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
        $crate::figure::producer::Producer {
            kinds: $kinds,
            layer: $layer,
            figures: &[$(&$figure),+],
            run: $crate::figure::producer::Run::Entity($run),
        }
    };
    (canvas $layer:literal, $run:path, $($figure:path),+) => {
        $crate::figure::producer::Producer {
            kinds: &[],
            layer: $layer,
            figures: &[$(&$figure),+],
            run: $crate::figure::producer::Run::Canvas($run),
        }
    };
    (workspace $layer:literal, $run:path, $($figure:path),+) => {
        $crate::figure::producer::Producer {
            kinds: &[],
            layer: $layer,
            figures: &[$(&$figure),+],
            run: $crate::figure::producer::Run::Workspace($run),
        }
    };
}
pub(super) use producer;
