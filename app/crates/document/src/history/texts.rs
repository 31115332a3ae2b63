//! Undoing changes to a text that others edit too.
//!
//! The inverse of a change fits the text as it was right after the change. What colleagues did
//! since is read from the document's history and the inverse is carried over it; their change in
//! turn is carried over the inverse, which gives their change as it would have been without ours.
//! That is what the next older step has to be carried over.

use std::collections::VecDeque;

use automerge::{Automerge, ChangeHash, ObjId, ReadDoc};

use super::{Record, Step, TextRecord};
use crate::delta::{Delta, from_patches};
use crate::writer::Written;

/// What a transaction did to the texts that it edited.
pub(super) fn records(
    document: &Automerge,
    written: &Written,
    before: &[ChangeHash],
) -> Vec<Record> {
    let basis = document.get_heads();
    let record = |(object, old): &(ObjId, String)| {
        let new = document.text(object).ok()?;
        let change = from_patches(&written.patches, object, old, &new);
        (!change.is_identity()).then(|| {
            Record::Text(TextRecord {
                object: object.clone(),
                inverse: change.inverse(old),
                carried: Delta::default(),
                before: before.to_vec(),
                basis: basis.clone(),
            })
        })
    };
    written.edited.iter().filter_map(record).collect()
}

/// What happened to a text between two points of the document's history.
fn happened(document: &Automerge, object: &ObjId, from: &[ChangeHash], to: &[ChangeHash]) -> Delta {
    if from == to {
        return Delta::default();
    }
    let text_at = |heads| document.text_at(object, heads).unwrap_or_default();
    let patches = document
        .diff_obj(object, from, to, false)
        .unwrap_or_default();
    from_patches(&patches, object, &text_at(from), &text_at(to))
}

impl TextRecord {
    /// Carries the record over what others did, so that it fits the document at `basis`.
    fn carry(&mut self, others: &Delta, basis: &[ChangeHash]) {
        let theirs = others.over(&self.inverse, true);
        self.inverse = self.inverse.over(others, false);
        self.carried = self.carried.then(&theirs);
        self.basis = basis.to_vec();
    }

    /// Takes a later change of the same gesture in.
    pub(super) fn join(&mut self, document: &Automerge, later: &TextRecord) {
        let others = happened(document, &self.object, &self.basis, &later.before);
        self.carry(&others, &later.before);
        self.inverse = later.inverse.then(&self.inverse);
        self.basis.clone_from(&later.basis);
    }
}

/// The reversal of one text while a step is reverted, newest record first.
#[derive(Debug)]
pub(crate) struct TextReversal {
    pub(super) object: ObjId,
    /// All reversals so far, as one change of the text as it is now.
    pub(super) change: Delta,
    /// Others' changes from the text at `before` to the text as it is with the change made.
    carried: Delta,
    /// The document before the oldest record so far.
    before: Vec<ChangeHash>,
}

impl TextReversal {
    /// Begins with the newest record of a text.
    pub(super) fn begin(document: &Automerge, record: &TextRecord) -> Self {
        let now = document.get_heads();
        let mut record = record.clone();
        let others = happened(document, &record.object, &record.basis, &now);
        record.carry(&others, &now);
        Self {
            object: record.object,
            change: record.inverse,
            carried: record.carried,
            before: record.before,
        }
    }

    /// Adds the next older record and answers its part alone.
    pub(super) fn add(&mut self, document: &Automerge, record: &TextRecord) -> Delta {
        let mut record = record.clone();
        let others =
            happened(document, &record.object, &record.basis, &self.before).then(&self.carried);
        record.carry(&others, &[]);
        self.change = self.change.then(&record.inverse);
        self.carried = record.carried;
        self.before = record.before;
        record.inverse
    }

    /// Carries the next older record of the text, in the steps that are left, to the document as
    /// it is with the reversal committed.
    pub(super) fn carry_into(&self, document: &Automerge, steps: &mut VecDeque<Step>) {
        let records = steps
            .iter_mut()
            .rev()
            .flat_map(|step| step.records.iter_mut().rev());
        let next = records.into_iter().find_map(|record| match record {
            Record::Text(text) if text.object == self.object => Some(text),
            _ => None,
        });
        if let Some(record) = next {
            let others =
                happened(document, &self.object, &record.basis, &self.before).then(&self.carried);
            record.carry(&others, &document.get_heads());
        }
    }

    /// What reverts the reversal, now that it is committed.
    pub(super) fn record(&self, text: &str, before: &[ChangeHash], basis: &[ChangeHash]) -> Record {
        Record::Text(TextRecord {
            object: self.object.clone(),
            inverse: self.change.inverse(text),
            carried: Delta::default(),
            before: before.to_vec(),
            basis: basis.to_vec(),
        })
    }
}
