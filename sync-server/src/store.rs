//! The storage trait: what the server needs from a place that keeps chunks.
//!
//! Invariants that every store keeps, and that the shared tests in `store/contract.rs` check:
//! a group of writes is durable as a whole once `write` returns, and leaves no trace when it
//! fails; a chunk is stored once however often it is written; nothing is ever removed except the
//! chunks that a `Replace` names, in the same transaction that brings their snapshot in; a
//! quarantined chunk moves aside with its reason and is never deleted.
//!
//! The trait is synchronous: it runs on one thread of its own (see `storage.rs`), which is what
//! SQLite wants and what makes the order of writes plain.

mod asked;
mod memory;
mod sqlite;

#[cfg(test)]
mod contract;

pub use asked::Asked;
pub use memory::{MemoryControl, MemoryStore};
pub use sqlite::{Contents, SqliteStore};
pub(crate) use sqlite::{DataDirectory, DatabaseFile, beside, database, inherit_access, private};

use sync::wire::Brought;
use sync::{Chunk, DocumentId, StoredChunk};

use crate::ServerError;
use crate::access::{AccessStore, LinkId};

/// A SHA-256 hash that names a chunk within its document.
pub type ChunkHash = [u8; 32];

/// A connection, numbered so that no other has had its number, on this server or before it was
/// started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(pub i64);

/// One change to what is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Keep a chunk; does nothing when the document already has one of that hash, unless its bytes
    /// have been damaged: then they are mended.
    Append {
        /// The document that it belongs to.
        document: DocumentId,
        /// The bytes, under their hash.
        chunk: Chunk,
        /// Which sessions have brought it: kept also when a snapshot takes the chunk's place.
        from: Vec<SessionId>,
    },
    /// Bring a chunk in and take exactly the chunks that it contains out.
    Replace {
        /// The document.
        document: DocumentId,
        /// The whole document, or some of its changes: all that is in `superseded`.
        snapshot: Chunk,
        /// The hashes to remove; the snapshot's own hash is kept even if it is named.
        superseded: Vec<ChunkHash>,
    },
    /// Note that changes of an author were brought by somebody else; does nothing when that is noted.
    Note {
        /// The document.
        document: DocumentId,
        /// Who says to have made them; empty for others who are not named.
        author: String,
        /// Who brought them; empty if they have not said.
        bringer: String,
        /// The session that brought them first.
        session: SessionId,
    },
    /// Note that a link was used, and by which session that may write by it; the first link of a
    /// session stays. It is also noted how late it is, so that no clock that is set back makes a link
    /// younger. Whoever asks for this does not wait for it: it is kept until it can be stored.
    Visit {
        /// The link, unless this is about the time alone.
        link: Option<LinkId>,
        /// The session that may write by it, if it may.
        session: Option<SessionId>,
        /// When, in milliseconds since 1970.
        at: i64,
    },
    /// Note that a document has an owner whom the store does not know: it opens to nobody until it is
    /// claimed.
    Reserve {
        /// The document.
        document: DocumentId,
    },
    /// Note that all that a chunk held which was moved out of the way is stored again.
    Mend {
        /// The document.
        document: DocumentId,
        /// The chunk's hash, as stored.
        hash: ChunkHash,
    },
    /// Move a chunk that failed to verify out of the way, with the reason.
    Quarantine {
        /// The document.
        document: DocumentId,
        /// The chunk's hash, as stored.
        hash: ChunkHash,
        /// Why it was moved.
        reason: String,
    },
}

impl Write {
    /// Roughly how many bytes this write holds in memory while it waits.
    pub(crate) fn weight(&self) -> usize {
        const OVERHEAD: usize = 128;
        OVERHEAD
            + match self {
                Self::Append { chunk, from, .. } => {
                    chunk.bytes.len() + from.len() * size_of::<SessionId>()
                }
                Self::Replace {
                    snapshot,
                    superseded,
                    ..
                } => snapshot.bytes.len() + superseded.len() * size_of::<ChunkHash>(),
                Self::Note {
                    author, bringer, ..
                } => author.len() + bringer.len(),
                Self::Visit { .. } | Self::Reserve { .. } | Self::Mend { .. } => 0,
                Self::Quarantine { reason, .. } => reason.len(),
            }
    }
}

/// A chunk that was moved aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantinedChunk {
    /// The hash under which it was stored.
    pub hash: ChunkHash,
    /// The bytes as they were found.
    pub bytes: Vec<u8>,
    /// Why it was moved.
    pub reason: String,
    /// The chunk's heads.
    pub heads: Vec<[u8; 32]>,
}

/// A place that keeps the chunks of many documents.
pub trait Store: Send + 'static {
    /// Carries out all of `group` in order, in one durable transaction: all of it or none.
    fn write(&mut self, group: &[Write]) -> Result<(), ServerError>;

    /// The chunks of a document in the order in which they were first stored, then those that
    /// were moved aside and not mended since (without their bytes); empty when the document
    /// is not known.
    fn load(&mut self, document: &DocumentId) -> Result<Vec<StoredChunk>, ServerError>;

    /// Whether a document has at least one chunk.
    fn knows(&mut self, document: &DocumentId) -> Result<bool, ServerError>;

    /// Which sessions have brought which chunks of a document, in no particular order.
    fn deliveries(
        &mut self,
        document: &DocumentId,
    ) -> Result<Vec<(ChunkHash, SessionId)>, ServerError>;

    /// The authors whose changes were brought by somebody else, and by whom: 1,024 at most, those of
    /// authors who are not named before the others.
    fn brought(&mut self, document: &DocumentId) -> Result<Brought, ServerError>;

    /// Every document that has at least one chunk.
    fn documents(&mut self) -> Result<Vec<DocumentId>, ServerError>;

    /// The chunks of a document that were moved aside.
    fn quarantined(&mut self, document: &DocumentId) -> Result<Vec<QuarantinedChunk>, ServerError>;

    /// Workspaces and links, which are kept in the same place.
    fn access(&mut self) -> Box<dyn AccessStore + '_>;

    /// Proves by a small durable write that the store works; asked after a failed write.
    fn probe(&mut self) -> Result<(), ServerError>;
}
