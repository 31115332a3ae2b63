//! What operations did, as far as later ones refer to it: looked up in the change that made them,
//! and remembered.
//!
//! Invariant: what is remembered is in the document.

use std::collections::BTreeMap;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, Automerge, Change, ObjId, ObjType, ReadDoc};

/// The most operations that are remembered; beyond, all are forgotten and looked up again.
const MOST: usize = 1 << 18;

/// Where an operation writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Under this key of a map.
    Key(Box<str>),
    /// At the element of a sequence that this operation made.
    Element(OpId),
}

/// What an operation did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    /// In which object.
    pub(super) object: ObjectId,
    pub(super) place: Place,
    /// The object that it made.
    pub(super) makes: Option<ObjType>,
    /// Whether it only took something away, so that nothing refers to it.
    pub(super) erases: bool,
}

impl Fact {
    /// What an operation of this name does; `None` when it names no place.
    pub(super) fn of(name: &OpId, operation: &Op) -> Option<Self> {
        let place = match &operation.key {
            Key::Map(key) => Place::Key(key.as_str().into()),
            Key::Seq(_) if operation.insert => Place::Element(name.clone()),
            Key::Seq(ElementId::Id(element)) => Place::Element(element.clone()),
            Key::Seq(ElementId::Head) => return None,
        };
        Some(Self {
            object: operation.obj.clone(),
            place,
            makes: operation.obj_type(),
            erases: operation.action == OpType::Delete,
        })
    }
}

/// The operations of one change, from a number on. Some may name no place.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) actor: ActorId,
    pub(super) first: u64,
    pub(super) facts: Vec<Option<Fact>>,
}

impl Span {
    /// An empty one for a change.
    pub(super) fn of(change: &Change) -> Self {
        Self {
            actor: change.actor_id().clone(),
            first: change.start_op().get(),
            facts: Vec::with_capacity(change.len()),
        }
    }

    /// The name that its next operation has.
    pub(super) fn next_name(&self) -> OpId {
        let number = self.first.saturating_add(self.facts.len() as u64);
        OpId(number, self.actor.clone())
    }
}

/// Spans by their actor and first number.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans(BTreeMap<(ActorId, u64), Vec<Option<Fact>>>);

impl Spans {
    pub(super) fn insert(&mut self, span: Span) {
        self.0.insert((span.actor, span.first), span.facts);
    }

    /// What an operation did, as far as it is here.
    pub(super) fn get(&self, name: &OpId) -> Option<&Fact> {
        let before = self.0.range(..=(name.1.clone(), name.0));
        let ((actor, first), facts) = before.last()?;
        let index = usize::try_from(name.0.checked_sub(*first)?).ok()?;
        facts.get(index)?.as_ref().filter(|_| *actor == name.1)
    }

    fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

/// What is remembered.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts(Spans);

impl Facts {
    /// What an operation of the document did, if that is remembered.
    pub(super) fn known(&self, name: &OpId) -> Option<&Fact> {
        self.0.get(name)
    }

    /// What an operation of the document did; `None` when there is none of that name.
    pub(super) fn get(&mut self, name: &OpId, document: &Automerge) -> Option<&Fact> {
        if self.0.get(name).is_none() {
            let id = ObjId::Id(name.0, name.1.clone(), 0);
            let change = document.get_change_by_hash(&document.hash_for_opid(&id)?)?;
            let mut span = Span::of(&change);
            for operation in &change.decode().operations {
                let fact = Fact::of(&span.next_name(), operation);
                span.facts.push(fact);
            }
            self.0.insert(span);
        }
        self.0.get(name)
    }

    /// Remembers what has come into the document.
    pub(super) fn learn(&mut self, spans: Spans) {
        if self.0.len().saturating_add(spans.len()) > MOST {
            self.0 = Spans::default();
        }
        self.0.0.extend(spans.0);
    }
}
