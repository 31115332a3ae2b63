//! Whose turn it is, when much was applied to a document and others have waited meanwhile.
//!
//! Everyone is served by one node. A document to which much comes has a turn, and then as long a
//! break as the turn has lasted, in which the others are served; so it has half of the time at most,
//! however much waits for it.

use std::collections::VecDeque;

use crate::DocumentId;

/// The documents that wait for their next turn.
#[derive(Debug, Default)]
pub(super) struct Turns {
    waiting: VecDeque<DocumentId>,
    /// When the last turn began, until it is known how long it has taken.
    begun_ms: Option<u64>,
    /// When the break ends.
    next_ms: u64,
}

impl Turns {
    /// A document has had a turn and goes on later.
    pub(super) fn wait(&mut self, id: DocumentId, now_ms: u64) {
        self.waiting.push_back(id);
        self.begun_ms = Some(now_ms);
    }

    /// Whether a document waits for its turn.
    pub(super) fn waits(&self, id: DocumentId) -> bool {
        self.waiting.contains(&id)
    }

    /// It is so late now: the first that is known of how long the last turn has taken.
    pub(super) fn measure(&mut self, now_ms: u64) {
        if let Some(begun_ms) = self.begun_ms.take() {
            self.next_ms = now_ms.saturating_add(now_ms.saturating_sub(begun_ms));
        }
    }

    /// When the next turn is due; `None` while nobody waits for one.
    pub(super) fn due_ms(&self) -> Option<u64> {
        (!self.waiting.is_empty()).then_some(self.next_ms)
    }

    /// Whose turn it is now.
    pub(super) fn next(&mut self, now_ms: u64) -> Option<DocumentId> {
        (self.next_ms <= now_ms && self.begun_ms.is_none())
            .then(|| self.waiting.pop_front())
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAVY: DocumentId = DocumentId::from_bytes([1; 16]);
    const OTHER: DocumentId = DocumentId::from_bytes([2; 16]);

    /// S46
    #[test]
    fn after_a_turn_others_are_served_for_as_long_as_it_took() {
        let mut turns = Turns::default();
        turns.wait(HEAVY, 1_000);
        assert_eq!(turns.next(1_000), None, "its length is not known yet");

        turns.measure(1_200);
        assert_eq!(turns.due_ms(), Some(1_400));
        assert_eq!(turns.next(1_399), None);
        assert!(turns.waits(HEAVY) && !turns.waits(OTHER));

        turns.measure(1_400);
        assert_eq!(turns.next(1_400), Some(HEAVY));
        assert_eq!(turns.due_ms(), None);
    }

    /// S46
    #[test]
    fn who_waits_longest_is_next() {
        let mut turns = Turns::default();
        turns.wait(HEAVY, 0);
        turns.measure(10);
        turns.wait(OTHER, 10);
        turns.measure(20);

        assert_eq!(turns.next(30), Some(HEAVY));
        assert_eq!(turns.next(30), Some(OTHER));
    }
}
