//! Objects made inside others that are not in the document yet: how deep they lie is found out
//! when those have come.
//!
//! Invariant: what a change makes inside an object that is nowhere, though no change is missing,
//! does not stay; nor does what turns out to lie too deep.

use std::collections::BTreeMap;

use automerge::Automerge;

use super::event::ConnectionId;
use crate::ProtocolError;
use crate::bounded::{Limits, Nested};
use crate::receive::{place, waits};

/// The most that are waited for in one document.
const MOST: usize = 4_096;

/// What is inside objects that have not come.
#[derive(Debug, Default)]
pub(super) struct Unplaced(Vec<(ConnectionId, Nested)>);

impl Unplaced {
    pub(super) fn add(&mut self, from: ConnectionId, nested: Vec<Nested>) {
        self.0
            .extend(nested.into_iter().map(|nested| (from, nested)));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether there are more than are waited for.
    pub(super) fn are_too_many(&self) -> bool {
        self.0.len() > MOST
    }

    /// Forgets what lies within the limit by now. Returns who brought what must not stay, and why.
    pub(super) fn settle(
        &mut self,
        automerge: &Automerge,
        limits: &Limits,
    ) -> BTreeMap<ConnectionId, ProtocolError> {
        let more_may_come = waits(automerge);
        let mut refused = BTreeMap::new();
        for (from, nested) in std::mem::take(&mut self.0) {
            match place(automerge, vec![nested], limits) {
                Ok(still) if more_may_come => self.add(from, still),
                Ok(still) if still.is_empty() => {}
                Ok(_) => {
                    let reason = "it changes an object that does not exist".to_owned();
                    refused.insert(from, ProtocolError::Rejected(reason));
                }
                Err(refusal) => {
                    refused.insert(from, refusal.into());
                }
            }
        }
        refused
    }
}
