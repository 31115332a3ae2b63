//! Undoing changes to a text that others edit too.
//!
//! The inverse of a change fits the text as it was right after the change. What colleagues did
//! since is read from the document's history and the inverse is carried over it; their change in
//! turn is carried over the inverse, which gives their change as it would have been without ours.
//! That is what the next older step has to be carried over.

use std::collections::VecDeque;

use automerge::{Automerge, ChangeHash, ObjId, ReadDoc};

use super::Step;
use crate::delta::{Delta, from_patches};
use crate::record::{Record, TextRecord};
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
    object: ObjId,
    /// The text with the records so far reverted.
    text: String,
    /// Others' changes from the text at `before` to `text`.
    carried: Delta,
    /// The document before the oldest record so far.
    before: Vec<ChangeHash>,
}

/// One record's part of a reversal: the change, and what takes it back.
#[derive(Debug, Default)]
pub(super) struct TextChange {
    pub(super) change: Delta,
    pub(super) inverse: Delta,
}

impl TextReversal {
    /// The changes that revert the texts of a step, newest first, and where that leads. Reads the
    /// document's history, so it comes before the transaction.
    pub(super) fn plan(document: &Automerge, step: &Step) -> (Vec<Self>, VecDeque<TextChange>) {
        let mut texts: Vec<TextReversal> = Vec::new();
        let mut changes = VecDeque::new();
        for record in step.records.iter().rev() {
            let Record::Text(record) = record else {
                continue;
            };
            let change = match texts.iter_mut().find(|text| text.object == record.object) {
                Some(text) => text.revert(document, record),
                None => {
                    let mut text = TextReversal {
                        object: record.object.clone(),
                        text: document.text(&record.object).unwrap_or_default(),
                        carried: Delta::default(),
                        before: document.get_heads(),
                    };
                    let change = text.revert(document, record);
                    texts.push(text);
                    change
                }
            };
            changes.push_back(change);
        }
        (texts, changes)
    }

    fn revert(&mut self, document: &Automerge, record: &TextRecord) -> TextChange {
        let mut record = record.clone();
        record.carry(&self.others(document, &record), &[]);
        let inverse = record.inverse.inverse(&self.text);
        self.text = record.inverse.apply(&self.text);
        self.carried = record.carried;
        self.before = record.before;
        TextChange {
            change: record.inverse,
            inverse,
        }
    }

    /// What others did since the record's basis, as a change of the text without the records that
    /// have been reverted.
    fn others(&self, document: &Automerge, record: &TextRecord) -> Delta {
        happened(document, &self.object, &record.basis, &self.before).then(&self.carried)
    }

    /// Carries the next older record of the text, in the steps that are left, to the document as
    /// it is with the reversal committed.
    pub(super) fn carry_into(&self, document: &Automerge, steps: &mut VecDeque<Step>) {
        let mut records = steps
            .iter_mut()
            .rev()
            .flat_map(|step| step.records.iter_mut().rev());
        let next = records.find_map(|record| match record {
            Record::Text(text) if text.object == self.object => Some(text),
            _ => None,
        });
        if let Some(record) = next {
            let others = self.others(document, record);
            record.carry(&others, &document.get_heads());
        }
    }
}

impl TextRecord {
    /// What takes a part of a reversal back. Its heads are filled in when they are known.
    pub(super) fn of_reversal(object: &ObjId, inverse: Delta) -> Self {
        Self {
            object: object.clone(),
            inverse,
            carried: Delta::default(),
            before: Vec::new(),
            basis: Vec::new(),
        }
    }

    /// Fills the heads of a reversal's records in, in the order in which they were made. Between
    /// two records of one text nothing happened, so the later one begins where the earlier ends.
    pub(super) fn settle(records: &mut [Record], before: &[ChangeHash], basis: &[ChangeHash]) {
        let mut seen: Vec<ObjId> = Vec::new();
        for record in records {
            let Record::Text(record) = record else {
                continue;
            };
            let is_first = !seen.contains(&record.object);
            record.before = if is_first { before } else { basis }.to_vec();
            record.basis = basis.to_vec();
            seen.push(record.object.clone());
        }
    }
}
