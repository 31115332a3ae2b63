//! The ripple: what weakens when pieces of evidence fall away.
//!
//! Every decision and card that can be reached upwards is named with the way to it. The figures
//! that change, and by how much, are those of `FigureBook::without`.

use super::edges::Sense;
use super::{Through, reach, strength};
use crate::index::{Handle, Reader};
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

/// What weakens when these fall away.
#[must_use]
pub fn ripple(reader: &Reader<'_>, retracted: &[Handle]) -> Ripple {
    let mut starts: Vec<Handle> = retracted.to_vec();
    starts.sort_by_key(|start| reader.id(*start));
    starts.dedup();
    let mut ripple = Ripple {
        retracted: starts
            .iter()
            .filter_map(|start| reader.id(*start).cloned())
            .collect(),
        decisions: Vec::new(),
        cards: Vec::new(),
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
