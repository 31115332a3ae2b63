//! What a transaction wrote, remembered so that it can be taken back.
//!
//! Scalars are remembered with the operation that wrote them, which tells whether a colleague has
//! written since; texts as the inverse change.

use automerge::{ChangeHash, ObjId, ScalarValue};
use bounded::anew::Renaming;

use crate::delta::Delta;
use crate::history::follow;

/// What is under a key.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Held {
    Nothing,
    /// A scalar and the operation that wrote it.
    Scalar {
        value: ScalarValue,
        by: ObjId,
    },
    /// An object, which only a newer version puts where this one keeps scalars.
    Object,
}

impl Held {
    pub(crate) fn is(&self, wanted: Option<&ScalarValue>) -> bool {
        match self {
            Held::Nothing => wanted.is_none(),
            Held::Scalar { value, .. } => wanted == Some(value),
            Held::Object => false,
        }
    }

    pub(crate) fn is_same_write(&self, other: &Held) -> bool {
        match (self, other) {
            (Held::Nothing, Held::Nothing) => true,
            (Held::Scalar { by, .. }, Held::Scalar { by: other, .. }) => by == other,
            _ => false,
        }
    }

    fn rename(&mut self, from: &ObjId, to: &ObjId) {
        if let Held::Scalar { by, .. } = self
            && by == from
        {
            *by = to.clone();
        }
    }
}

/// One write of a step.
#[derive(Clone, Debug)]
pub(crate) enum Record {
    /// A scalar was set or cleared.
    Value {
        object: ObjId,
        key: String,
        before: Held,
        after: Held,
    },
    /// An entity or link was made or restored; `flag` is the deletion that was taken off, and
    /// `digest` that of its content then: once a colleague has changed the content, it stays.
    Revived {
        object: ObjId,
        digest: u64,
        flag: Option<ObjId>,
    },
    /// An entity or link was deleted by this operation.
    Deleted { object: ObjId, flag: ObjId },
    /// A text was changed.
    Text(TextRecord),
}

/// A change to a text, remembered as what undoes it.
#[derive(Clone, Debug)]
pub(crate) struct TextRecord {
    pub(crate) object: ObjId,
    /// What undoes the change, as a change of the text at `basis`.
    pub(crate) inverse: Delta,
    /// What others did since, as a change of the text without this change: from the text at
    /// `before` to the text at `basis` with the change undone.
    pub(crate) carried: Delta,
    /// The document before the change.
    pub(crate) before: Vec<ChangeHash>,
    /// The document for which `inverse` is written: after the change, or later.
    pub(crate) basis: Vec<ChangeHash>,
}

impl Record {
    /// An operation was written again, with the same value, by another one.
    pub(crate) fn rename(&mut self, old: &ObjId, new: &ObjId) {
        match self {
            Record::Value { before, after, .. } => {
                before.rename(old, new);
                after.rename(old, new);
            }
            Record::Revived {
                flag: Some(flag), ..
            }
            | Record::Deleted { flag, .. }
                if flag == old =>
            {
                *flag = new.clone();
            }
            Record::Revived { .. } | Record::Deleted { .. } | Record::Text(_) => {}
        }
    }

    /// Calls what was made anew by its new names.
    pub(crate) fn follow(&mut self, renaming: &Renaming) {
        let name = |id: &mut ObjId| {
            if let Some(now) = renaming.operation(id) {
                *id = now;
            }
        };
        match self {
            Record::Value {
                object,
                before,
                after,
                ..
            } => {
                name(object);
                for held in [before, after] {
                    if let Held::Scalar { by, .. } = held {
                        name(by);
                    }
                }
            }
            Record::Revived { object, flag, .. } => {
                name(object);
                flag.iter_mut().for_each(name);
            }
            Record::Deleted { object, flag } => {
                name(object);
                name(flag);
            }
            Record::Text(text) => {
                name(&mut text.object);
                follow(&mut text.before, renaming);
                follow(&mut text.basis, renaming);
            }
        }
    }
}
