//! A transaction under way: the only way in which anything is written.
//!
//! It writes what differs and nothing else, and notes for undo what it wrote. Dropped without
//! [`Writer::commit`], it leaves the document as it was.

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{Automerge, ObjId, ObjType, Patch, PatchLog, ReadDoc, ScalarValue, Value};
use domain::{EntityId, LinkId, Stamp};

use crate::record::{Held, Record};
use crate::{CommandError, SessionIdentity, genesis, read, schema};

/// The containers, found once a transaction.
pub(crate) struct Roots {
    pub(crate) about: ObjId,
    pub(crate) entities: ObjId,
    pub(crate) links: ObjId,
    pub(crate) placements: ObjId,
    pub(crate) people: ObjId,
}

impl Roots {
    fn find(document: &Automerge) -> Result<Self, CommandError> {
        let find = |key| genesis::container(document, key).ok_or(CommandError::Damaged(key));
        Ok(Self {
            about: find(schema::ABOUT)?,
            entities: find(schema::ENTITIES)?,
            links: find(schema::LINKS)?,
            placements: find(schema::PLACEMENTS)?,
            people: find(schema::PEOPLE)?,
        })
    }
}

/// A transaction with what commands need at hand.
pub(crate) struct Writer<'a> {
    pub(crate) transaction: Transaction<'a>,
    pub(crate) roots: Roots,
    pub(crate) now: Stamp,
    pub(crate) random: &'a mut fastrand::Rng,
    records: Vec<Record>,
    /// Text objects that are edited, with their text before.
    edited: Vec<(ObjId, String)>,
}

/// What a commit has left behind.
pub(crate) struct Written {
    pub(crate) patches: Vec<Patch>,
    pub(crate) records: Vec<Record>,
    pub(crate) edited: Vec<(ObjId, String)>,
}

impl<'a> Writer<'a> {
    pub(crate) fn begin(
        document: &'a mut Automerge,
        identity: &SessionIdentity,
        random: &'a mut fastrand::Rng,
        at: i64,
    ) -> Result<Self, CommandError> {
        let roots = Roots::find(document)?;
        let transaction = document
            .transaction_log_patches(PatchLog::active())
            .map_err(|error| CommandError::Document(error.to_string()))?;
        Ok(Self {
            transaction,
            roots,
            now: Stamp {
                by: identity.person.clone(),
                at,
            },
            random,
            records: Vec::new(),
            edited: Vec::new(),
        })
    }

    /// Ends the transaction; the document gets a change only if something was written. Automerge
    /// counts time in seconds, so milliseconds are lost here and kept in the stamps.
    pub(crate) fn commit(self, message: &str) -> (Written, PatchLog) {
        let options = CommitOptions::default()
            .with_message(message)
            .with_time(self.now.at.div_euclid(1000));
        let (_, log) = self.transaction.commit_with(options);
        (
            Written {
                patches: Vec::new(),
                records: self.records,
                edited: self.edited,
            },
            log,
        )
    }

    pub(crate) fn next_random(&mut self) -> impl FnMut() -> u32 + '_ {
        || self.random.u32(..)
    }

    /// The map of an entity that can be read.
    pub(crate) fn entity(&self, id: &EntityId) -> Result<(ObjId, domain::Entity), CommandError> {
        read::entity_at(&self.transaction, &self.roots.entities, id.as_str())
            .and_then(|object| {
                let entity = read::read_entity(&self.transaction, &object)?;
                Some((object, entity))
            })
            .ok_or_else(|| CommandError::UnknownEntity(id.clone()))
    }

    pub(crate) fn link(&self, id: &LinkId) -> Result<(ObjId, domain::Link), CommandError> {
        read::link_at(&self.transaction, &self.roots.links, id.as_str())
            .and_then(|object| {
                let link = read::read_link(&self.transaction, &object)?;
                Some((object, link))
            })
            .ok_or_else(|| CommandError::UnknownLink(id.clone()))
    }

    /// What is under a key, with the operation that wrote it.
    pub(crate) fn held(&self, object: &ObjId, key: &str) -> Result<Held, CommandError> {
        Ok(match self.transaction.get(object, key)? {
            None => Held::Nothing,
            Some((Value::Scalar(value), by)) => Held::Scalar {
                value: value.into_owned(),
                by,
            },
            Some((Value::Object(_), _)) => Held::Object,
        })
    }

    pub(crate) fn is_taken(&self, object: &ObjId, key: &str) -> Result<bool, CommandError> {
        Ok(self.transaction.get(object, key)?.is_some())
    }

    /// Sets or clears a scalar, unless it is so already, and notes it for undo.
    pub(crate) fn set(
        &mut self,
        object: &ObjId,
        key: &str,
        value: Option<ScalarValue>,
    ) -> Result<(), CommandError> {
        let before = self.held(object, key)?;
        if !before.is(value.as_ref()) {
            let after = self.overwrite(object, key, value)?;
            self.note(Record::Value {
                object: object.clone(),
                key: key.to_owned(),
                before,
                after,
            });
        }
        Ok(())
    }

    /// Sets or clears a scalar and answers what is there now.
    pub(crate) fn overwrite(
        &mut self,
        object: &ObjId,
        key: &str,
        value: Option<ScalarValue>,
    ) -> Result<Held, CommandError> {
        match value {
            Some(value) => self.transaction.put(object, key, value)?,
            None => self.transaction.delete(object, key)?,
        }
        self.held(object, key)
    }

    /// Sets a string in an object that this transaction has made.
    pub(crate) fn init(
        &mut self,
        object: &ObjId,
        key: &str,
        text: &str,
    ) -> Result<(), CommandError> {
        Ok(self.transaction.put(object, key, text)?)
    }

    /// A new text object, filled.
    pub(crate) fn init_text(&mut self, object: &ObjId, text: &str) -> Result<(), CommandError> {
        let id = self
            .transaction
            .put_object(object, schema::TEXT, ObjType::Text)?;
        if !text.is_empty() {
            self.transaction.splice_text(&id, 0, 0, text)?;
        }
        Ok(())
    }

    /// Says that a text object is about to be edited; to be called before the edit.
    pub(crate) fn will_edit(&mut self, text: &ObjId, before: String) {
        if !self.edited.iter().any(|(edited, _)| edited == text) {
            self.edited.push((text.clone(), before));
        }
    }

    pub(crate) fn note(&mut self, record: Record) {
        self.records.push(record);
    }

    pub(crate) fn take_records(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.records)
    }
}
