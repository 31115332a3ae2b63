//! Work on one document that would keep all others waiting: the shell does it beside the node.
//!
//! It is done on a copy, which costs next to nothing, since Automerge's copies share what they hold.
//! Invariant: until the outcome comes nothing else is applied to a document to which something is, so
//! that it follows on what is here; and if the document was forgotten meanwhile, what was to be
//! applied still waits, and the outcome is nobody's.

use automerge::{Automerge, PatchLog};

use super::chunks::Known;
use super::compacting::{Compact, snapshot};
use super::event::{Chunk, StoredChunk};
use super::loading::{Loaded, load};
use super::panics::{Broken, guarded};
use crate::bounded::{Gate, Limits, portions};
use crate::receive::apart;
use crate::{DocumentId, ProtocolError};

/// So many operations are applied at a time: what they cost in memory is held to that.
const PORTION: u64 = 250_000;

/// A document of more bytes takes long to build, and more operations take long to apply.
const LONG_BYTES: usize = 64 << 10;
const LONG_OPERATIONS: u64 = 20_000;

/// Work that somebody else than the node does: [`Work::run`] where nobody waits for it.
#[derive(Clone, Debug)]
pub struct Work {
    document: DocumentId,
    ticket: u64,
    job: Job,
}

/// What is to be done.
#[derive(Clone, Debug)]
pub(super) enum Job {
    /// The document is built from its stored chunks.
    Build {
        stored: Vec<StoredChunk>,
        limits: Limits,
    },
    /// A message's changes are applied.
    Apply(Box<Apply>),
    /// Chunks are written anew as one.
    Compact(Box<Compact>),
}

/// A message's changes, and copies of what they are applied to.
#[derive(Clone, Debug)]
pub(super) struct Apply {
    pub(super) automerge: Automerge,
    pub(super) gate: Gate,
    /// Chunks, or a sync message with them. Both have been checked.
    pub(super) data: Vec<u8>,
    pub(super) is_sync: bool,
    /// How many operations it has.
    pub(super) operations: u64,
    /// Whether they mark ranges of text.
    pub(super) marks: bool,
    pub(super) limits: Limits,
}

/// Work that is done.
#[derive(Clone, Debug)]
pub struct Worked {
    pub(super) document: DocumentId,
    pub(super) ticket: u64,
    pub(super) outcome: Outcome,
}

/// What came of it.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Built(Result<Box<Loaded>, Broken>),
    Applied(Result<Box<Applied>, Failure>),
    Compacted(Option<Box<(Known, Chunk)>>),
}

/// A document with a message's changes.
#[derive(Clone, Debug)]
pub(super) struct Applied {
    pub(super) automerge: Automerge,
    pub(super) gate: Gate,
    /// The chunks that were applied.
    pub(super) brought: Vec<u8>,
    /// What else the sync message says.
    pub(super) rest: Option<Vec<u8>>,
}

/// Why changes were not applied.
#[derive(Clone, Debug)]
pub(super) enum Failure {
    Refused(ProtocolError),
    Broken,
}

impl Work {
    pub(super) const fn new(document: DocumentId, ticket: u64, job: Job) -> Self {
        Self {
            document,
            ticket,
            job,
        }
    }

    /// Whether it may well take longer than some tens of milliseconds.
    #[must_use]
    pub fn is_long(&self) -> bool {
        match &self.job {
            Job::Build { stored, .. } => {
                let bytes = stored.iter().map(|chunk| chunk.bytes.len());
                bytes.sum::<usize>() > LONG_BYTES
            }
            Job::Apply(apply) => apply.operations > LONG_OPERATIONS,
            // Nobody waits for it.
            Job::Compact(_) => true,
        }
    }

    /// Does it, which takes up to seconds.
    #[must_use]
    pub fn run(self) -> Worked {
        let outcome = match self.job {
            Job::Build { stored, limits } => {
                Outcome::Built(guarded(|| Box::new(load(stored, &limits))))
            }
            Job::Apply(apply) => {
                let applied = guarded(|| apply.run());
                Outcome::Applied(applied.unwrap_or(Err(Failure::Broken)).map(Box::new))
            }
            Job::Compact(compact) => Outcome::Compacted(compact.run().map(Box::new)),
        };
        Worked {
            document: self.document,
            ticket: self.ticket,
            outcome,
        }
    }
}

/// Work is what its ticket says.
impl PartialEq for Work {
    fn eq(&self, other: &Self) -> bool {
        (self.document, self.ticket) == (other.document, other.ticket)
    }
}

impl Eq for Work {}

impl PartialEq for Worked {
    fn eq(&self, other: &Self) -> bool {
        (self.document, self.ticket) == (other.document, other.ticket)
    }
}

impl Eq for Worked {}

impl Apply {
    fn run(mut self) -> Result<Applied, Failure> {
        let (brought, rest) = match self.is_sync {
            true => {
                let (brought, rest) = apart(&self.data).map_err(Failure::Refused)?;
                (brought, Some(rest.encode()))
            }
            false => (self.data, None),
        };
        let mut patches = PatchLog::inactive();
        for portion in portions(&brought, PORTION, &self.limits) {
            self.gate
                .take_checked(portion, &self.limits, &mut self.automerge, &mut patches)
                .map_err(|error| Failure::Refused(error.into()))?;
        }
        // Marks out of order are only found when a saved document is loaded.
        if self.marks && snapshot(&self.automerge, &self.limits).is_none() {
            return Err(Failure::Broken);
        }
        Ok(Applied {
            automerge: self.automerge,
            gate: self.gate,
            brought,
            rest,
        })
    }
}
