//! Reverting one step in one transaction, newest write first.

use std::collections::VecDeque;

use automerge::{Automerge, ObjId, Patch, PatchLog, ReadDoc};

use super::texts::{TextChange, TextReversal};
use super::whose::{self, Left};
use super::{Direction, Step};
use crate::digest::{entity_digest, link_digest};
use crate::execute::{apply_delta, flag, unflag};
use crate::plans::Plans;
use crate::record::{Held, Record, TextRecord};
use crate::writer::Writer;
use crate::{CommandError, SessionIdentity, read, schema};

/// What reverting a step has done.
pub(crate) struct Reverted {
    pub(crate) patches: Vec<Patch>,
    /// Values that have been changed elsewhere since.
    pub(crate) skipped: usize,
    /// Those of them that the same person alone has changed.
    pub(crate) by_same_person: usize,
    /// What reverts the reversal.
    pub(super) inverse: Step,
    /// Operations whose values were written again, and by which.
    pub(super) renamed: Vec<(ObjId, ObjId)>,
    pub(super) texts: Vec<TextReversal>,
}

/// Reverts a step in the document as it is now.
pub(crate) fn revert(
    document: &mut Automerge,
    identity: &SessionIdentity,
    random: &mut fastrand::Rng,
    at: i64,
    direction: Direction,
    step: &Step,
    plans: &Plans,
) -> Result<Reverted, CommandError> {
    let before = document.get_heads();
    let watch = plans.watch_all(document);
    let (texts, changes) = TextReversal::plan(document, step);

    let writer = Writer::begin(document, identity, random, at)?;
    let mut reversal = Reversal {
        writer,
        changes,
        done: Done::default(),
    };
    for record in step.records.iter().rev() {
        reversal.record(record)?;
    }
    if let Some(watch) = watch {
        watch.mark(&mut reversal.writer, plans)?;
    }
    let (
        Done {
            left,
            renamed,
            mut records,
        },
        mut log,
    ) = reversal.commit(&direction.message(step.label));

    let patches = document.make_patches(&mut log);
    TextRecord::settle(&mut records, &before, &document.get_heads());
    let inverse = Step {
        label: step.label,
        records,
        since: before,
    };
    let by_same_person = whose::by_the_same_person(document, identity, &step.since, &left);
    Ok(Reverted {
        patches,
        skipped: left.len(),
        by_same_person,
        inverse,
        renamed,
        texts,
    })
}

struct Reversal<'a> {
    writer: Writer<'a>,
    /// For each record of a text that is still to come its part.
    changes: VecDeque<TextChange>,
    done: Done,
}

#[derive(Default)]
struct Done {
    left: Vec<Left>,
    renamed: Vec<(ObjId, ObjId)>,
    records: Vec<Record>,
}

impl Reversal<'_> {
    fn commit(self, message: &str) -> (Done, PatchLog) {
        let (_, log) = self.writer.commit(message);
        (self.done, log)
    }

    fn record(&mut self, record: &Record) -> Result<(), CommandError> {
        let mut record = record.clone();
        for (old, new) in &self.done.renamed {
            record.rename(old, new);
        }
        match record {
            Record::Value {
                object,
                key,
                before,
                after,
            } => self.value(object, key, before, after),
            Record::Revived {
                object,
                digest,
                flag,
            } => self.delete(&object, digest, flag),
            Record::Deleted { object, flag } => self.revive(&object, &flag),
            Record::Text(text) => self.text(&text),
        }
    }

    fn text(&mut self, record: &TextRecord) -> Result<(), CommandError> {
        let TextChange { change, inverse } = self.changes.pop_front().unwrap_or_default();
        if change.is_identity() {
            if !record.inverse.is_identity() {
                self.leave(vec![record.object.clone()], None);
            }
            return Ok(());
        }
        apply_delta(&mut self.writer, &record.object, &change)?;
        self.done.records.push(Record::Text(TextRecord::of_reversal(
            &record.object,
            inverse,
        )));
        Ok(())
    }

    fn value(
        &mut self,
        object: ObjId,
        key: String,
        before: Held,
        after: Held,
    ) -> Result<(), CommandError> {
        let now = self.writer.held(&object, &key)?;
        if !now.is_same_write(&after) || before == Held::Object {
            self.leave(vec![object], Some(key));
            return Ok(());
        }
        let wanted = match &before {
            Held::Scalar { value, .. } => Some(value.clone()),
            Held::Nothing | Held::Object => None,
        };
        let written = self.writer.overwrite(&object, &key, wanted)?;
        if let (Held::Scalar { by: old, .. }, Held::Scalar { by: new, .. }) = (&before, &written) {
            self.rename(old.clone(), new.clone());
        }
        self.done.records.push(Record::Value {
            object,
            key,
            before: after,
            after: written,
        });
        Ok(())
    }

    /// What was made or restored is flagged, unless its content has changed since.
    fn delete(
        &mut self,
        object: &ObjId,
        digest: u64,
        taken_off: Option<ObjId>,
    ) -> Result<(), CommandError> {
        let is_live = self.writer.held(object, schema::DELETED)? == Held::Nothing;
        if !is_live || self.digest(object) != Some(digest) {
            let text = self.writer.transaction.get(object, schema::TEXT)?;
            let text = text.map(|(_, text)| text);
            self.leave(text.into_iter().chain([object.clone()]).collect(), None);
            return Ok(());
        }
        flag(&mut self.writer, object, digest)?;
        if let (Some(old), Held::Scalar { by: new, .. }) =
            (taken_off, self.writer.held(object, schema::DELETED)?)
        {
            self.rename(old, new);
        }
        self.take_records();
        Ok(())
    }

    fn revive(&mut self, object: &ObjId, flag: &ObjId) -> Result<(), CommandError> {
        let now = self.writer.held(object, schema::DELETED)?;
        let is_mine = matches!(&now, Held::Scalar { by, .. } if by == flag);
        let Some(digest) = self.digest(object).filter(|_| is_mine) else {
            self.leave(vec![object.clone()], Some(schema::DELETED.to_owned()));
            return Ok(());
        };
        unflag(&mut self.writer, object, digest)?;
        self.take_records();
        Ok(())
    }

    fn leave(&mut self, objects: Vec<ObjId>, key: Option<String>) {
        self.done.left.push(Left { objects, key });
    }

    fn take_records(&mut self) {
        self.done.records.extend(self.writer.take_records());
    }

    fn digest(&self, object: &ObjId) -> Option<u64> {
        let transaction = &self.writer.transaction;
        read::read_entity(transaction, object)
            .map(|entity| entity_digest(&entity))
            .or_else(|| Some(link_digest(&read::read_link(transaction, object)?)))
    }

    fn rename(&mut self, old: ObjId, new: ObjId) {
        for record in &mut self.done.records {
            record.rename(&old, &new);
        }
        self.done.renamed.push((old, new));
    }
}
