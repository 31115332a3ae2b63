//! The ripple: what weakens when pieces of evidence fall away.
//!
//! Every decision and card that rests on it is named with the way to it, each whose trace names it,
//! those apart that are the stronger for the fall of what refuted them; and every figure that would
//! change, with what it was and would be.

use super::edges::Sense;
use super::{Met, Through, reach, strength};
use crate::experiment::{ARM, EXPERIMENT_OF_ARM, Word, verdict, wordings};
use crate::figure::{Changed, FigureBook, Subject};
use crate::index::{Edits, Handle, Reader};
use crate::value::Date;
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
    /// What it had spoken against, itself or by something else, and which is the stronger without it.
    pub stronger: Vec<Weakened>,
    /// What it had spoken about, neither for nor against.
    pub unmoved: Vec<Weakened>,
    /// The figures of others that change: a confidence before and after, say.
    pub figures: Vec<Changed>,
}

/// What becomes of something when that on which it rests falls away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// Less speaks for it.
    Weaker,
    /// Less speaks against it.
    Stronger,
    /// What falls away spoke neither for it nor against it.
    Unmoved,
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
        stronger: Vec::new(),
        unmoved: Vec::new(),
        figures,
    };
    let all = reach(reader, &starts, Sense::Resting);
    let effects = effects(reader, &all, book.today());
    for (met, effect) in all.into_iter().zip(effects) {
        let (Some(id), Some(entity)) = (reader.id(met.handle), reader.entity(met.handle)) else {
            continue;
        };
        // An experiment does not rest on what came out of it.
        if !met.is_carried {
            continue;
        }
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
        let is_decision = entity.kind == *crate::decision::DECISION;
        let list = match effect {
            Effect::Stronger => &mut ripple.stronger,
            Effect::Unmoved => &mut ripple.unmoved,
            Effect::Weaker if is_decision => &mut ripple.decisions,
            Effect::Weaker => &mut ripple.cards,
        };
        list.push(weakened);
    }
    ripple
}

/// What becomes of each, by the nearest way that leads to it: nobody is weaker for what spoke against them.
fn effects(reader: &Reader<'_>, all: &[Met], today: Date) -> Vec<Effect> {
    let mut effects = vec![Effect::Weaker; all.len()];
    for (place, here) in all.iter().enumerate() {
        let effect = effects.get(place).copied().unwrap_or(Effect::Weaker);
        for child in &here.children {
            let next = all.get(*child).and_then(|child| {
                let name = child.through.as_ref()?.name.as_str();
                let turns = match name {
                    "refutes" => true,
                    "tested-by" => is_against(reader, here.handle, child.handle, today),
                    _ => false,
                };
                Some(match (effect, turns) {
                    (Effect::Weaker, true) => Effect::Stronger,
                    (Effect::Weaker, false) if name == "neutral-to" => Effect::Unmoved,
                    (effect, _) => effect,
                })
            });
            if let (Some(place), Some(next)) = (effects.get_mut(*child), next) {
                *place = next;
            }
        }
    }
    effects
}

/// Whether what an experiment says of a claim speaks against it: its evidence, else its verdict.
fn is_against(reader: &Reader<'_>, experiment: Handle, claim: Handle, today: Date) -> bool {
    let wordings = wordings(reader, claim);
    let mut says = [false, false];
    for (said, word) in says.iter_mut().zip(["supports", "refutes"]) {
        let mut evidence = reader.from(experiment, "produces");
        *said = evidence.any(|one| reader.from(one, word).any(|end| wordings.contains(&end)));
    }
    match says {
        [false, true] => true,
        [false, false] => verdict(reader, experiment, today).word == Word::Refuted,
        _ => false,
    }
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
