//! What the hub needs of an engine, so that tests can put one in its place that panics.

use sync::{Effect, Event};

/// A state machine: events in, effects out. [`sync::ServerNode`] is the real one.
pub(crate) trait Node: Send + 'static {
    /// Takes one event and returns what is to be done, in order.
    fn handle(&mut self, event: Event, now_ms: u64) -> Vec<Effect>;

    /// How many documents are in memory.
    fn documents(&self) -> usize;

    /// When [`Event::Pause`] is wanted at the latest, on the same clock.
    fn wake_at(&self) -> Option<u64> {
        None
    }
}
