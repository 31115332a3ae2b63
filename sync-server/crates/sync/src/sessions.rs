//! Remembers how far each session has counted its ephemeral messages, so that each is passed on
//! once.
//!
//! Invariant: the memory is bounded; the sessions heard of first are forgotten first.

use std::collections::{BTreeMap, VecDeque};

use crate::PeerId;

/// How many sessions are remembered.
const MAX_SESSIONS: usize = 1_024;

/// The last count of each session.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    last: BTreeMap<(PeerId, String), u64>,
    order: VecDeque<(PeerId, String)>,
}

impl Sessions {
    /// Whether this message is new: its count is above every one that the session sent before.
    pub(crate) fn is_new(&mut self, sender: &PeerId, session: &str, count: u64) -> bool {
        let key = (sender.clone(), session.to_owned());
        if let Some(last) = self.last.get_mut(&key) {
            let new = count > *last;
            *last = count.max(*last);
            return new;
        }
        if self.order.len() >= MAX_SESSIONS
            && let Some(oldest) = self.order.pop_front()
        {
            self.last.remove(&oldest);
        }
        self.order.push_back(key.clone());
        self.last.insert(key, count);
        true
    }
}
