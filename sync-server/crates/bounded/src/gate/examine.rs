//! Holds one change after the other against the document and those before it.

use std::collections::BTreeMap;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId};
use automerge::{ActorId, Automerge, Change, ChangeHash, ObjType, ReadDoc};

use super::actors::{Actors, Standing};
use super::facts::{Fact, Facts, Place, Span, Spans};
use super::places::{Places, exported};
use crate::budget::within;
use crate::{Limits, Refusal, What};

const ACTOR: Refusal = Refusal::Unfounded("author");
const CHANGE: Refusal = Refusal::Unfounded("change");
const OBJECT: Refusal = Refusal::Unfounded("object");
const ELEMENT: Refusal = Refusal::Unfounded("element");
const VALUE: Refusal = Refusal::Unfounded("value");

/// Changes that are about to be let in together.
pub(super) struct Examination<'a> {
    actors: &'a Actors,
    facts: &'a mut Facts,
    document: &'a Automerge,
    places: Places<'a>,
    limits: &'a Limits,
    /// What those that were let in did, who wrote them, and with which operation they ended.
    spans: Spans,
    standings: BTreeMap<ActorId, Standing>,
    let_in: BTreeMap<ChangeHash, u64>,
}

impl<'a> Examination<'a> {
    pub(super) fn new(
        actors: &'a Actors,
        facts: &'a mut Facts,
        document: &'a Automerge,
        limits: &'a Limits,
    ) -> Self {
        Self {
            actors,
            facts,
            document,
            places: Places::new(document),
            limits,
            spans: Spans::default(),
            standings: BTreeMap::new(),
            let_in: BTreeMap::new(),
        }
    }

    /// Whether this change has been let in, now or before.
    pub(super) fn has_let_in(&self, hash: &ChangeHash) -> bool {
        self.last_operation(hash).is_some()
    }

    /// What the changes did that were let in, and how far their authors have come.
    pub(super) fn finish(self) -> (Spans, BTreeMap<ActorId, Standing>) {
        (self.spans, self.standings)
    }

    /// Holds a change against what is there.
    pub(super) fn examine(&mut self, change: &Change) -> Result<(), Refusal> {
        let standing = self.check_standing(change)?;
        self.places.follow(change.deps());
        let mut span = Span::of(change);
        let expanded = change.decode();
        for operation in &expanded.operations {
            let name = span.next_name();
            let fact = self.check(&name, operation, &span)?;
            if fact.makes.is_some() {
                let depth = self.depth(&fact.object, &span).saturating_add(1);
                within(What::Levels, depth, self.limits.levels)?;
            }
            span.facts.push(Some(fact));
        }
        // A document keeps no bytes of a change but writes it anew: in another way, it would be
        // another change, and the saved document would not load.
        if Change::from(expanded).hash() != change.hash() {
            return Err(Refusal::Malformed("change"));
        }
        self.spans.insert(span);
        self.standings.insert(change.actor_id().clone(), standing);
        self.let_in.insert(change.hash(), change.max_op());
        Ok(())
    }

    /// Its author goes on where they were, everyone whom it names has written something, and its
    /// operations come after all that it builds on.
    fn check_standing(&self, change: &Change) -> Result<Standing, Refusal> {
        let before = self.standing(change.actor_id()).unwrap_or_default();
        if change.seq() <= before.sequence {
            return Err(Refusal::Doubled);
        }
        let is_next = before.sequence.checked_add(1) == Some(change.seq());
        // Automerge takes the person's name with the first change of an actor alone.
        let is_named_late = change.author().is_some() && change.seq() != 1;
        let is_known = |actor: &ActorId| self.standing(actor).is_some();
        if !is_next || is_named_late || !change.other_actor_ids().iter().all(is_known) {
            return Err(ACTOR);
        }
        let mut reached = before.last_operation;
        for dep in change.deps() {
            reached = reached.max(self.last_operation(dep).ok_or(CHANGE)?);
        }
        if change.start_op().get() <= reached {
            return Err(CHANGE);
        }
        Ok(Standing {
            sequence: change.seq(),
            last_operation: change.max_op().max(before.last_operation),
        })
    }

    fn standing(&self, actor: &ActorId) -> Option<Standing> {
        let fresh = self.standings.get(actor).copied();
        fresh.or_else(|| self.actors.standing(actor))
    }

    /// The last operation of a change that has been let in, now or before.
    fn last_operation(&self, hash: &ChangeHash) -> Option<u64> {
        let fresh = self.let_in.get(hash).copied();
        fresh.or_else(|| Some(self.document.get_change_meta_by_hash(hash)?.max_op))
    }

    /// What an operation does, if everything is there that it refers to.
    fn check(&mut self, name: &OpId, operation: &Op, own: &Span) -> Result<Fact, Refusal> {
        let kind = self.object_type(&operation.obj, own)?;
        if kind == ObjType::Table {
            // Automerge can make one and ends when something is written into it.
            return Err(OBJECT);
        }
        let is_sequence = kind.is_sequence();
        let fact = Fact::of(name, operation).ok_or(ELEMENT)?;
        // Nobody writes over a letter: it is taken away, and another one put in.
        let overwrites = kind == ObjType::Text && !operation.insert && !fact.erases;
        let erases_new = operation.insert && fact.erases;
        match &operation.key {
            Key::Map(_) if is_sequence || operation.insert => return Err(ELEMENT),
            Key::Seq(_) if !is_sequence || erases_new || overwrites => return Err(ELEMENT),
            Key::Seq(ElementId::Id(element)) => {
                let place = Place::Element(element.clone());
                if !self.stands(element, kind, (&fact.object, &place), own) {
                    return Err(ELEMENT);
                }
            }
            _ => {}
        }
        // A deletion of nothing would leave no trace, and the change could not be told again.
        if fact.erases && operation.pred.is_empty() {
            return Err(VALUE);
        }
        for replaced in operation.pred.iter() {
            let at = (&fact.object, &fact.place);
            if operation.insert || !self.stands(replaced, kind, at, own) {
                return Err(VALUE);
            }
        }
        Ok(fact)
    }

    /// Whether an operation has put something at this place of an object of this kind.
    fn stands(
        &mut self,
        name: &OpId,
        kind: ObjType,
        (object, place): (&ObjectId, &Place),
        own: &Span,
    ) -> bool {
        let is_recent = name.1 == own.actor && name.0 >= own.first;
        let is_known = is_recent || self.spans.get(name).or(self.facts.known(name)).is_some();
        if !is_known && self.places.has(name, object, kind, place) {
            return true;
        }
        let is_there =
            |there: &Fact| there.object == *object && there.place == *place && !there.erases;
        self.fact(name, own).is_some_and(is_there)
    }

    /// What an operation did: one of the change itself, of another that is let in, or of the
    /// document.
    fn fact<'s>(&'s mut self, name: &OpId, own: &'s Span) -> Option<&'s Fact> {
        if name.1 == own.actor && name.0 >= own.first {
            let index = usize::try_from(name.0 - own.first).ok()?;
            return own.facts.get(index)?.as_ref();
        }
        if let Some(fact) = self.spans.get(name) {
            return Some(fact);
        }
        self.facts.get(name, self.document)
    }

    fn object_type(&mut self, object: &ObjectId, own: &Span) -> Result<ObjType, Refusal> {
        let ObjectId::Id(name) = object else {
            return Ok(ObjType::Map);
        };
        if let Ok(there) = self.document.object_type(exported(object)) {
            return Ok(there);
        }
        let made = self.fact(name, own).and_then(|fact| fact.makes);
        made.ok_or(OBJECT)
    }

    /// How many levels deep an object lies that exists; the root lies at none. Nobody looks further
    /// up than the limit.
    fn depth(&mut self, object: &ObjectId, own: &Span) -> u64 {
        let limit = self.limits.levels;
        let (mut depth, mut above) = (0, object.clone());
        while let ObjectId::Id(name) = &above {
            depth += 1;
            match self.fact(name, own) {
                Some(fact) if depth <= limit => above = fact.object.clone(),
                _ => return u64::MAX,
            }
        }
        depth
    }
}
