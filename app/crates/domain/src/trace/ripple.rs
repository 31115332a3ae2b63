//! The ripple: what weakens when pieces of evidence fall away.
//!
//! Every decision and card that can be reached upwards is named with the way to it, and every
//! figure that would change with what it was and would be.

use super::edges::Sense;
use super::{Through, reach, strength};
use crate::figure::{Changed, FigureBook, Subject};
use crate::index::Handle;
use crate::{EntityId, KindId};

/// What weakens.
#[derive(Clone, Debug, PartialEq)]
pub struct Ripple {
    /// What falls away.
    pub retracted: Vec<EntityId>,
    /// Decisions that rest on it, nearest first.
    pub decisions: Vec<Weakened>,
    /// Everything else that rests on it, nearest first.
    pub cards: Vec<Weakened>,
    /// The figures of others that change: a confidence before and after, say.
    pub figures: Vec<Changed>,
}

/// Something that rests on what falls away.
#[derive(Clone, Debug, PartialEq)]
pub struct Weakened {
    /// The entity.
    pub entity: EntityId,
    /// What it is.
    pub kind: KindId,
    /// How many steps from what falls away.
    pub depth: usize,
    /// How it hangs on the step before.
    pub through: Option<Through>,
    /// What the evidence weighs for it on the confidence meter, where it rests on it directly.
    pub strength: Option<f64>,
}

/// What weakens when these fall away. Ids that are not there are passed over.
#[must_use]
pub fn ripple(book: &FigureBook, retracted: &[EntityId]) -> Ripple {
    let reader = &book.index().reader();
    let is_live = |handle: &Handle| reader.entity(*handle).is_some();
    let mut starts: Vec<Handle> = retracted
        .iter()
        .filter_map(|id| book.index().find(id.as_str()).filter(is_live))
        .collect();
    starts.sort_by_key(|start| reader.id(*start));
    starts.dedup();
    let named: Vec<EntityId> = starts
        .iter()
        .filter_map(|start| reader.id(*start).cloned())
        .collect();
    let mut figures = book.without(&named);
    figures.retain(|changed| match changed.subject {
        Subject::Entity(handle) => !starts.contains(&handle),
        _ => true,
    });
    let mut ripple = Ripple {
        retracted: named,
        decisions: Vec::new(),
        cards: Vec::new(),
        figures,
    };
    for met in reach(reader, &starts, Sense::Up) {
        let (Some(id), Some(entity)) = (reader.id(met.handle), reader.entity(met.handle)) else {
            continue;
        };
        let Some(through) = met.through else {
            continue;
        };
        let before = reader.index().find(through.entity.as_str());
        let strength = before
            .filter(|_| met.depth == 1)
            .and_then(|before| strength::strength(reader, before, Some(met.handle)));
        let weakened = Weakened {
            entity: id.clone(),
            kind: entity.kind.clone(),
            depth: met.depth,
            through: Some(through),
            strength,
        };
        if entity.kind == *crate::decision::DECISION {
            ripple.decisions.push(weakened);
        } else {
            ripple.cards.push(weakened);
        }
    }
    ripple
}
