//! The ripple: what weakens when pieces of evidence fall away.
//!
//! Every decision and card that rests on it is named with the way to it, each whose trace names it,
//! and every figure that would change with what it was and would be.

use super::edges::Sense;
use super::{Through, reach, strength};
use crate::experiment::{ARM, EXPERIMENT_OF_ARM};
use crate::figure::{Changed, FigureBook, Subject};
use crate::index::{Edits, Handle, Reader};
use crate::{EntityId, FieldValue, Graph, KindId};

/// The kind that is taken back by a flag; everything else is taken back by taking it away.
const EVIDENCE: &str = "evidence";
/// The flag.
const RETRACTED: &str = "retracted";

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

/// What weakens when these fall away, and with an experiment or a conversation what came of it. Of
/// evidence that was taken back already, what has weakened. Ids that are not there are passed over.
#[must_use]
pub fn ripple(book: &FigureBook, retracted: &[EntityId]) -> Ripple {
    let reader = &book.index().reader();
    let is_live = |handle: &Handle| reader.entity(*handle).is_some();
    let asked = retracted
        .iter()
        .filter_map(|id| book.index().find(id.as_str()).filter(is_live));
    let starts = falling(reader, asked.collect());
    let named: Vec<EntityId> = starts
        .iter()
        .filter_map(|start| reader.id(*start).cloned())
        .collect();
    let mut figures = changes(book, reader, &starts);
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
    for met in reach(reader, &starts, Sense::Resting) {
        let (Some(id), Some(entity)) = (reader.id(met.handle), reader.entity(met.handle)) else {
            continue;
        };
        let Some(through) = met.through else {
            continue;
        };
        let before = reader.index().find(through.entity.as_str());
        let strength = before
            .filter(|_| met.depth == 1)
            .and_then(|before| strength::strength(reader, before, Some(met.handle), book.today()));
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

/// These and what was won by them: the evidence that they produced, what was said or seen in them,
/// their groups; by id.
fn falling(reader: &Reader<'_>, asked: Vec<Handle>) -> Vec<Handle> {
    let mut all = asked;
    let mut next = 0;
    while let Some(here) = all.get(next).copied() {
        let mut won: Vec<Handle> = reader.from(here, "produces").collect();
        won.extend(reader.to(here, "said-in"));
        won.extend(reader.referring(here, "source"));
        won.extend(reader.children(here, ARM, EXPERIMENT_OF_ARM));
        won.extend(reader.children(here, "force", "interview"));
        won.extend(reader.children(here, "task-result", "session"));
        for one in won {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        next += 1;
    }
    all.sort_by_key(|start| reader.id(*start));
    all.dedup();
    all
}

/// The figures that change when evidence is taken back and all others are gone.
fn changes(book: &FigureBook, reader: &Reader<'_>, starts: &[Handle]) -> Vec<Changed> {
    let (mut standing, mut gone) = (Graph::default(), Graph::default());
    let mut edits = Edits::default();
    for start in starts {
        let (Some(id), Some(entity)) = (reader.id(*start), reader.entity(*start)) else {
            continue;
        };
        edits.entities.push(id.clone());
        let mut entity = entity.clone();
        entity.fields.remove(RETRACTED);
        standing.entities.insert(id.clone(), entity.clone());
        if entity.kind == *EVIDENCE {
            let flag = FieldValue::Flag(true);
            entity.fields.insert(RETRACTED.to_owned(), flag);
            gone.entities.insert(id.clone(), entity);
        }
    }
    let mut book = book.clone();
    book.update(&standing, &edits);
    book.update(&gone, &edits)
}
