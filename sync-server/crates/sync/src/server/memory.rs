//! What of a document is in memory, and how much of that the store has.
//!
//! Invariants: `stored_heads` contain only what the store has confirmed, and they alone are ever
//! called saved; what is in memory besides is gathered in `unstored`, or on its way to the store. A
//! document that leaves memory begins again with an empty one of these, so that nothing of it is
//! left over.

use std::collections::BTreeSet;
use std::sync::Arc;

use automerge::{Automerge, ChangeHash};

use super::applying::Away;
use super::burden::Burden;
use super::chunks::{Chunks, Due, Known};
use super::compacting::{Compact, snapshot};
use super::event::{Chunk, ConnectionId};
use super::gathered::Gathered;
use super::loading::Loaded;
use super::panics::{Broken, guarded};
use crate::bounded::{Gate, Limits, check_chunk};
use crate::receive::holds;

/// More changes than this are stored as a snapshot, and only a document of at most so many goes into
/// sync messages change by change (S42).
pub(super) const LONG_HISTORY: u64 = 1_000;

/// Whether the document is in memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Phase {
    /// Not in memory.
    #[default]
    Absent,
    /// Asked from the store.
    Loading,
    /// In memory.
    Ready,
}

/// A chunk on its way to the store.
#[derive(Debug)]
pub(super) struct Storing {
    pub(super) ticket: u64,
    chunk: Known,
    /// The document's heads with it.
    heads: Vec<ChangeHash>,
    /// Whose changes are in it.
    pub(super) contributors: BTreeSet<ConnectionId>,
}

/// Chunks for which another is being made.
#[derive(Debug)]
struct Compacting {
    ticket: u64,
    superseded: Vec<[u8; 32]>,
}

/// A compaction that is on its way to the store.
#[derive(Debug)]
pub(super) struct Replacing {
    pub(super) ticket: u64,
    by: Known,
    superseded: Vec<[u8; 32]>,
}

/// What is wrong with the chunks of a document, and what is not any more.
#[derive(Debug)]
pub(super) struct Review {
    /// What to set aside, and why.
    pub(super) damaged: Vec<([u8; 32], String)>,
    pub(super) mended: Vec<[u8; 32]>,
}

/// What of a document is in memory; empty while nothing is.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) phase: Phase,
    pub(super) automerge: Automerge,
    /// What comes early waits in front of it.
    pub(super) gate: Gate,
    /// How much work it is.
    pub(super) burden: Burden,
    /// The ticket of the work that builds it.
    pub(super) building: Option<u64>,
    /// The message whose changes are being applied elsewhere.
    pub(super) away: Option<Away>,
    /// How many bytes brought the changes that wait for others.
    pub(super) orphan_bytes: usize,
    /// Who brought them.
    pub(super) orphans_of: BTreeSet<ConnectionId>,
    /// Their actors, and as whom they were brought, as long as nobody knows who the author is.
    pub(super) unattributed: BTreeSet<(Vec<u8>, ConnectionId, Arc<str>)>,
    /// What has not been forwarded to native subscribers.
    pub(super) unsent: Gathered,
    /// What has not been given to the store.
    pub(super) unstored: Gathered,
    /// What the store has.
    chunks: Chunks,
    pub(super) storing: Option<Storing>,
    pub(super) replacing: Option<Replacing>,
    /// What is being made for that.
    compacting: Option<Compacting>,
    /// Up to where the store has confirmed everything.
    stored_heads: Vec<ChangeHash>,
    /// Those of them that the last chunk brought.
    pub(super) new_heads: Vec<[u8; 32]>,
}

impl Memory {
    /// Whether the document is there to be read and changed.
    pub(super) fn is_ready(&self) -> bool {
        self.phase == Phase::Ready
    }

    /// Takes over what was built of what the store has; returns what to set aside, and of which chunks,
    /// aside already or to be, everything is there all the same.
    pub(super) fn built(&mut self, loaded: Loaded) -> Review {
        self.automerge = loaded.automerge;
        self.stored_heads = self.automerge.get_heads();
        self.chunks = loaded.chunks;
        self.burden = loaded.burden;
        self.phase = Phase::Ready;
        Review {
            damaged: loaded.quarantine,
            mended: loaded.mended,
        }
    }

    /// Whether it has no change.
    pub(super) fn is_empty(&self) -> bool {
        self.automerge.get_heads().is_empty()
    }

    /// Whether all that is in memory is stored.
    pub(super) fn is_at_rest(&self) -> bool {
        self.storing.is_none() && self.unstored.is_empty()
    }

    /// Which chunks that were set aside are whole again in others: once all that is in memory is
    /// stored.
    pub(super) fn take_mended(&mut self) -> Vec<[u8; 32]> {
        match self.is_at_rest() {
            true => self.chunks.take_mended(&self.automerge),
            false => Vec::new(),
        }
    }

    /// Up to where the store has confirmed everything.
    pub(super) fn saved_heads(&self) -> Vec<[u8; 32]> {
        self.stored_heads.iter().map(|head| head.0).collect()
    }

    /// The next chunk to store, when there is one and none is under way. It was read back, or is
    /// what was checked as it came.
    ///
    /// # Errors
    /// The document broke down under the changes of those named.
    pub(super) fn next_chunk(
        &mut self,
        ticket: u64,
        limits: &Limits,
    ) -> Result<Option<Chunk>, BTreeSet<ConnectionId>> {
        if self.storing.is_some() || self.unstored.is_empty() {
            return Ok(None);
        }
        let mut unstored = std::mem::take(&mut self.unstored);
        let (chunk, known) = match unstored.as_they_came(LONG_HISTORY) {
            Some((bytes, changes)) => {
                let (chunk, since) = (Chunk::new(bytes), unstored.since().to_vec());
                let known = Known::contained(&chunk, since, changes, unstored.has_document);
                (chunk, known)
            }
            None => match self.chunk_since(unstored.since(), limits) {
                Ok(made) => made,
                Err(Broken) => return Err(unstored.contributors),
            },
        };
        let chunk = chunk.with_heads(&self.automerge.get_heads());
        self.storing = Some(Storing {
            ticket,
            chunk: known,
            heads: self.automerge.get_heads(),
            contributors: unstored.contributors,
        });
        Ok(Some(chunk))
    }

    /// The changes after `heads` as one chunk, which was read back and found to be the same. A long
    /// history takes far less room as a snapshot, and might not pass the limits change by change.
    fn chunk_since(&self, heads: &[ChangeHash], limits: &Limits) -> Result<(Chunk, Known), Broken> {
        let increment = guarded(|| {
            let bytes = self.automerge.save_after(heads);
            let report = check_chunk(&bytes, limits).ok()?;
            let short = report.total_changes <= LONG_HISTORY;
            (short && holds(&self.automerge, &report)).then(|| (Chunk::new(bytes), report))
        })?;
        if let Some((chunk, report)) = increment {
            let known = Known::contained(&chunk, heads.to_vec(), report.changes, false);
            return Ok((chunk, known));
        }
        let chunk = snapshot(&self.automerge, limits).ok_or(Broken)?;
        let known = Known::snapshot(&chunk);
        Ok((chunk, known))
    }

    /// The chunk with this ticket is stored; whether there was one.
    pub(super) fn stored(&mut self, ticket: u64) -> bool {
        let Some(storing) = self.storing.take_if(|storing| storing.ticket == ticket) else {
            return false;
        };
        self.chunks.add(storing.chunk);
        let before = std::mem::replace(&mut self.stored_heads, storing.heads);
        let before: BTreeSet<_> = before.into_iter().collect();
        let new = self.stored_heads.iter();
        let new = new.filter(|head| !before.contains(*head));
        self.new_heads = new.map(|head| head.0).collect();
        true
    }

    /// Whose changes are in the chunk on its way to the store.
    pub(super) fn deliverers(&self) -> Vec<ConnectionId> {
        let storing = self.storing.iter().flat_map(|one| &one.contributors);
        storing.copied().collect()
    }

    /// Whether its chunks are worth writing anew, and are not being so.
    pub(super) fn is_overgrown(&self, at_least: usize) -> bool {
        self.replacing.is_none() && self.compacting.is_none() && self.chunks.due(at_least).is_some()
    }

    /// Begins to write chunks anew, under this ticket, when it is time: what is to be made of a copy
    /// of the document as it is stored now. What comes meanwhile stays behind it.
    pub(super) fn begin_compaction(
        &mut self,
        ticket: u64,
        at_least: usize,
        limits: &Limits,
    ) -> Option<Compact> {
        let is_busy = self.replacing.is_some() || self.compacting.is_some();
        if !self.is_ready() || !self.is_at_rest() || is_busy {
            return None;
        }
        let (superseded, fold) = match self.chunks.due(at_least)? {
            Due::Snapshot => (self.chunks.contained(), None),
            Due::Fold(fold) => (fold.superseded.clone(), Some(fold)),
        };
        self.compacting = Some(Compacting { ticket, superseded });
        Some(Compact {
            automerge: self.automerge.clone(),
            fold,
            limits: limits.clone(),
        })
    }

    /// What was begun under this ticket is made, or could not be: what to store under the next one,
    /// and what it replaces.
    pub(super) fn compacted(
        &mut self,
        begun: u64,
        made: Option<(Known, Chunk)>,
        ticket: u64,
    ) -> Option<(Chunk, Vec<[u8; 32]>)> {
        let Compacting { superseded, .. } = self.compacting.take_if(|it| it.ticket == begun)?;
        let Some((by, chunk)) = made else {
            self.chunks.not_replaced();
            return None;
        };
        let is_other = |hash: &[u8; 32]| *hash != chunk.hash;
        let superseded: Vec<_> = superseded.into_iter().filter(is_other).collect();
        self.replacing = Some(Replacing {
            ticket,
            by,
            superseded: superseded.clone(),
        });
        Some((chunk, superseded))
    }

    /// The chunk that replaces others is stored, or it is not.
    pub(super) fn replaced(&mut self, success: bool) {
        if let Some(replacing) = self.replacing.take() {
            if success {
                self.chunks.replaced(replacing.by, &replacing.superseded);
            } else {
                self.chunks.not_replaced();
            }
        }
    }

    /// Whether all of it is stored and nothing is being done about it.
    pub(super) fn can_rest(&self) -> bool {
        self.away.is_none()
            && self.replacing.is_none()
            && self.compacting.is_none()
            && self.is_at_rest()
            && self.phase != Phase::Loading
    }
}
