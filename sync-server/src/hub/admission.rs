//! Decides for the engine who may take part in which document, on the storage thread.
//!
//! Invariants: it only reads, so that a store that cannot be written to shows what it has to whoever
//! may see it; keys leave the engine only to be hashed; what a stranger is told about a document
//! does not depend on whether it is there; a document that is there is never refused because its
//! address has asked for too many that were not.

use std::sync::Arc;

use sync::{Access, AccessKey, DocumentId, Grant};

use crate::ServerError;
use crate::access::{Decision, Key, KeyHash, LinkId, Refusal, decide};
use crate::now::now_ms;
use crate::store::Store;

/// A question of the engine's.
pub(crate) struct Question {
    /// For which document.
    pub(crate) document: DocumentId,
    /// The keys that the connection has shown.
    pub(crate) keys: Arc<[AccessKey]>,
    /// Whether the connection knows that the document has an owner.
    pub(crate) owned: bool,
    /// Whether documents that nobody owns are for whoever knows them.
    pub(crate) open: bool,
    /// The engine's clock when the question was asked.
    pub(crate) engine_ms: u64,
}

/// An answer, and what follows from it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) access: Access,
    /// Whether the document is one that the store does not know.
    pub(crate) unknown: bool,
    /// Whether the document is to be kept for an owner whom the store does not know.
    pub(crate) reserve: bool,
    /// By which link; to be noted, whenever the store can.
    pub(crate) link: Option<LinkId>,
    /// When it was given, in milliseconds since 1970.
    pub(crate) at: i64,
}

impl Question {
    /// Answers it; `store` is asked for nothing but the answer.
    pub(crate) fn answer(&self, store: &mut dyn Store) -> Result<Answer, ServerError> {
        let keys: Vec<KeyHash> = self
            .keys
            .iter()
            .filter_map(|key| key.reveal().parse::<Key>().ok())
            .map(|key| key.hash())
            .collect();
        let mut tables = store.access();
        let at = tables.latest(now_ms());
        // An older backup, or a store that was lost, knows no owner any more. Whoever was let in by
        // one does: what they say keeps out those to whom the id alone would open it.
        let reserved = tables.is_reserved(&self.document)?;
        let open = self.open && !self.owned && !reserved;
        let grant = match decide(&mut *tables, &self.document, &keys, open, at)? {
            Decision::Granted(grant) => grant,
            Decision::Refused(refusal) => {
                let access = match refusal {
                    Refusal::Expired => Access::Expired,
                    Refusal::Less => Access::Refused,
                    Refusal::NoLink => Access::Owned,
                    Refusal::Unowned => Access::Unowned,
                };
                // Kept also where such documents are closed: they may be opened at the next start.
                let reserve = refusal == Refusal::Unowned && self.owned && !reserved;
                return Ok(Answer {
                    access,
                    unknown: false,
                    reserve,
                    link: None,
                    at,
                });
            }
        };
        drop(tables);
        let left = grant
            .expires
            .map(|expires| u64::try_from(expires.saturating_sub(at)).unwrap_or(0));
        Ok(Answer {
            access: Access::Granted(Grant {
                write: grant.write,
                until_ms: left.map(|left| self.engine_ms.saturating_add(left)),
            }),
            unknown: !store.knows(&self.document)?,
            reserve: false,
            link: grant.link,
            at,
        })
    }
}
