//! When those who take part in version 1 are told what is new of a document.
//!
//! Each message with changes costs such a client an answer, and a slow one much more than that; each
//! answer costs whoever writes a walk through the history. So while several people write, what is
//! new gathers until everyone who wrote the last time has written again, for a few milliseconds at
//! most, and goes out as one message; and to a program that writes a hundred times as fast as people
//! do, it goes out once in so many milliseconds. After a silence, and while one person writes alone,
//! it goes out at once.

use std::collections::BTreeSet;

use super::event::ConnectionId;

/// Nobody is waited for who wrote longer ago than this.
const SILENCE_MS: u64 = 1_000;

/// The rhythm of one document.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// When everyone was told last, and who had written.
    told_ms: Option<u64>,
    last_writers: BTreeSet<ConnectionId>,
    /// Who has written since.
    writers: BTreeSet<ConnectionId>,
    /// When what gathers is to be told.
    due_ms: Option<u64>,
}

impl Pace {
    /// Takes down who has brought something new.
    pub(super) fn wrote(&mut self, writers: &BTreeSet<ConnectionId>) {
        self.writers.extend(writers);
    }

    /// Whether to tell now what is new and stored, since `gather_ms` have passed or nobody is left
    /// to wait for; else it is due later. While something waits to be applied, somebody is left.
    /// Between one telling and the next there is at least as much time.
    pub(super) fn is_now(&mut self, now_ms: u64, gather_ms: u64, something_waits: bool) -> bool {
        let all_have = !something_waits && self.last_writers.is_subset(&self.writers);
        let lately = self
            .told_ms
            .filter(|told| now_ms.saturating_sub(*told) < SILENCE_MS);
        let due_ms = match lately {
            None => now_ms,
            Some(told_ms) if all_have => told_ms.saturating_add(gather_ms),
            Some(_) => now_ms.saturating_add(gather_ms),
        };
        let due_ms = self.due_ms.map_or(due_ms, |earlier| earlier.min(due_ms));
        if due_ms > now_ms {
            self.due_ms = Some(due_ms);
            return false;
        }
        self.due_ms = None;
        self.told_ms = Some(now_ms);
        self.last_writers = std::mem::take(&mut self.writers);
        true
    }

    /// Whether there is something to tell that is not due yet.
    pub(super) fn gathers(&self, now_ms: u64) -> bool {
        self.due_ms.is_some_and(|due_ms| due_ms > now_ms)
    }

    /// When what gathers is to be told; `None` while nothing does.
    pub(super) fn due_ms(&self) -> Option<u64> {
        self.due_ms
    }
}
