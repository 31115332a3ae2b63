//! Decides for the engine who may take part in which document, on the storage thread.
//!
//! Invariants: keys leave the engine only to be hashed; what a stranger is told about a document
//! does not depend on whether it is there; a document that is there is never refused because its
//! address has asked for too many that were not.

use std::sync::Arc;

use sync::{Access, AccessKey, DocumentId, Grant};

use crate::ServerError;
use crate::access::{Decision, Key, KeyHash, decide};
use crate::now::now_ms;
use crate::store::{SessionId, Store};

/// A question of the engine's.
pub(crate) struct Question {
    /// For which document.
    pub(crate) document: DocumentId,
    /// The keys that the connection has shown.
    pub(crate) keys: Arc<[AccessKey]>,
    /// The connection.
    pub(crate) session: SessionId,
    /// Whether documents that nobody owns are for whoever knows them.
    pub(crate) open: bool,
    /// The engine's clock when the question was asked.
    pub(crate) engine_ms: u64,
}

/// An answer, and whether the document is one that the store does not know.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) access: Access,
    pub(crate) unknown: bool,
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
        let now = now_ms();
        let mut tables = store.access();
        let grant = match decide(&mut *tables, &self.document, &keys, self.open, now)? {
            Decision::Granted(grant) => grant,
            Decision::Refused { expired } => {
                let access = if expired {
                    Access::Expired
                } else {
                    Access::Refused
                };
                return Ok(Answer {
                    access,
                    unknown: false,
                });
            }
        };
        if let Some(link) = grant.link.as_ref().filter(|_| grant.write) {
            tables.opened(self.session, link, now)?;
        }
        drop(tables);
        let left = grant
            .expires
            .map(|expires| u64::try_from(expires.saturating_sub(now)).unwrap_or(0));
        Ok(Answer {
            access: Access::Granted(Grant {
                write: grant.write,
                until_ms: left.map(|left| self.engine_ms.saturating_add(left)),
            }),
            unknown: !store.knows(&self.document)?,
        })
    }
}
