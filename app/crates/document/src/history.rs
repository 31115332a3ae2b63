//! Undo and redo: what one's own gestures wrote in this session.
//!
//! A step holds records of its writes. Scalars are remembered with the operation that wrote them
//! and are undone only while that operation wins. Texts are remembered as the inverse change, which
//! is carried over whatever colleagues did to the text since. Colleagues' changes never clear a
//! stack.

mod revert;
mod texts;
mod whose;

use std::collections::VecDeque;

use automerge::{Automerge, ChangeHash, ObjId};
use bounded::anew::Renaming;

use crate::record::Record;
use crate::writer::Written;
use crate::{DirtySet, GestureLabel};

pub(crate) use revert::{Reverted, revert};

/// The most steps that are kept.
const DEPTH: usize = 500;

/// What an undo or a redo did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoOutcome {
    /// What may read differently now.
    pub changed: DirtySet,
    /// Which gesture it was.
    pub label: GestureLabel,
    /// How many of its values stay as they are because they have been changed elsewhere since.
    pub skipped: usize,
    /// How many of these were changed by the same person alone, in another tab or on another device.
    pub by_same_person: usize,
}

/// One undo step.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    label: GestureLabel,
    records: Vec<Record>,
    /// The document before its first write.
    since: Vec<ChangeHash>,
}

/// Both stacks of one session.
#[derive(Debug, Default)]
pub(crate) struct History {
    undo: VecDeque<Step>,
    redo: VecDeque<Step>,
    /// The gesture whose commands still join the latest step.
    open: Option<u64>,
}

impl History {
    pub(crate) fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Forgets every step: nothing before this moment can be undone or redone.
    pub(crate) fn seal(&mut self) {
        self.undo.clear();
        self.redo.clear();
        self.open = None;
    }

    pub(crate) fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Remembers what a command wrote; `before` are the heads before it.
    pub(crate) fn remember(
        &mut self,
        document: &Automerge,
        written: Written,
        before: &[ChangeHash],
        label: GestureLabel,
        gesture: u64,
    ) {
        let texts = texts::records(document, &written, before);
        let records = written.records.into_iter().chain(texts);
        if self.open != Some(gesture) || self.undo.is_empty() {
            push(
                &mut self.undo,
                Step {
                    label,
                    records: Vec::new(),
                    since: before.to_vec(),
                },
            );
        }
        self.open = Some(gesture);
        self.redo.clear();
        if let Some(step) = self.undo.back_mut() {
            records.for_each(|record| step.add(document, record));
        }
    }

    /// Takes the latest step to undo it, or to redo it.
    pub(crate) fn latest(&self, direction: Direction) -> Option<&Step> {
        match direction {
            Direction::Undo => self.undo.back(),
            Direction::Redo => self.redo.back(),
        }
    }

    /// Moves the latest step to the other stack as what reverts its reversal.
    pub(crate) fn reverted(&mut self, document: &Automerge, direction: Direction, done: Reverted) {
        self.open = None;
        let (from, to) = match direction {
            Direction::Undo => (&mut self.undo, &mut self.redo),
            Direction::Redo => (&mut self.redo, &mut self.undo),
        };
        from.pop_back();
        for (old, new) in &done.renamed {
            for step in from.iter_mut().chain(to.iter_mut()) {
                step.rename(old, new);
            }
        }
        for text in &done.texts {
            text.carry_into(document, from);
        }
        // A gesture that took back what it had done itself has nothing to revert, and is a step
        // there and back all the same; one whose values colleagues have changed is none any more.
        if !done.inverse.records.is_empty() || done.skipped == 0 {
            push(to, done.inverse);
        }
    }
}

/// Which stack is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Undo,
    Redo,
}

impl Direction {
    /// How the change is called in the document's history.
    pub(crate) fn message(self, label: GestureLabel) -> String {
        match self {
            Direction::Undo => format!("undo {}", label.name()),
            Direction::Redo => format!("redo {}", label.name()),
        }
    }
}

impl History {
    /// Calls what was made anew by its new names.
    pub(crate) fn follow(&mut self, renaming: &Renaming) {
        for step in self.undo.iter_mut().chain(&mut self.redo) {
            follow(&mut step.since, renaming);
            for record in &mut step.records {
                record.follow(renaming);
            }
        }
    }
}

/// The same for heads.
pub(crate) fn follow(heads: &mut [ChangeHash], renaming: &Renaming) {
    for head in heads {
        if let Some(now) = renaming.change(head) {
            *head = now;
        }
    }
}

fn push(stack: &mut VecDeque<Step>, step: Step) {
    stack.push_back(step);
    if stack.len() > DEPTH {
        stack.pop_front();
    }
}

impl Step {
    pub(crate) fn label(&self) -> GestureLabel {
        self.label
    }

    /// Adds a record; a value or text that the same gesture has written already stays one record,
    /// so that a long gesture is undone by few writes. Records do not join across a revival or
    /// deletion, which depends on what the content was at that moment.
    fn add(&mut self, document: &Automerge, record: Record) {
        let joinable = self
            .records
            .iter_mut()
            .rev()
            .take_while(|record| matches!(record, Record::Value { .. } | Record::Text(_)));
        for earlier in joinable {
            match (earlier, &record) {
                (
                    Record::Value {
                        object, key, after, ..
                    },
                    Record::Value {
                        object: same,
                        key: same_key,
                        before,
                        after: latest,
                    },
                ) if object == same && key == same_key => {
                    // Otherwise a colleague's value came between, and undo returns to that.
                    if after.is_same_write(before) {
                        *after = latest.clone();
                        return;
                    }
                    break;
                }
                (Record::Text(earlier), Record::Text(later)) if earlier.object == later.object => {
                    earlier.join(document, later);
                    return;
                }
                _ => {}
            }
        }
        self.records.push(record);
    }

    /// An operation was written again, with the same value, by another one.
    fn rename(&mut self, old: &ObjId, new: &ObjId) {
        for record in &mut self.records {
            record.rename(old, new);
        }
    }
}
