//! Connections: in order and without loss as long as they stand, as slow as the schedule likes, and
//! gone at any moment, for one side before the other.

use std::collections::VecDeque;
use std::sync::Arc;

/// What may wait for a client before it is cut off, as the server's shell has it, only smaller; a
/// whole document fits.
pub(crate) const QUEUE: usize = 48 << 10;
/// So much that waits stops presence, and so much stops changes.
const QUEUE_FOR_PRESENCE: usize = 2 << 10;
const QUEUE_FOR_CHANGES: usize = 4 << 10;

/// What became of a frame for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// It waits to be delivered.
    Queued,
    /// There was no room for it.
    Full,
}

/// One connection, seen from outside.
#[derive(Debug, Default)]
pub(crate) struct Link {
    pub(crate) up: VecDeque<Vec<u8>>,
    pub(crate) down: VecDeque<Arc<[u8]>>,
    waiting: usize,
    /// Nothing gets through before this time.
    pub(crate) stalled_until: u64,
    /// The client has gone; the server learns of it when it has read the rest.
    pub(crate) left: bool,
    /// The server wants it closed once the rest is sent.
    pub(crate) closing: bool,
}

impl Link {
    /// Whether frames get through now.
    pub(crate) fn flows(&self, now_ms: u64) -> bool {
        self.stalled_until <= now_ms
    }

    /// Puts a frame into the queue towards the client.
    pub(crate) fn send(&mut self, frame: Arc<[u8]>, kind: sync::ForwardKind) -> Sent {
        let limit = match kind {
            sync::ForwardKind::Presence => QUEUE_FOR_PRESENCE,
            sync::ForwardKind::Change => QUEUE_FOR_CHANGES,
            sync::ForwardKind::Notice => QUEUE,
        };
        if self.left || self.closing {
            return Sent::Queued;
        }
        // One frame is always taken, or a large document could never be sent.
        if self.waiting > 0 && self.waiting + frame.len() > limit {
            return Sent::Full;
        }
        self.waiting += frame.len();
        self.down.push_back(frame);
        Sent::Queued
    }

    /// The next frame for the client.
    pub(crate) fn receive(&mut self) -> Option<Arc<[u8]>> {
        let frame = self.down.pop_front()?;
        self.waiting -= frame.len();
        Some(frame)
    }

    /// Drops what waits for the client.
    pub(crate) fn cut(&mut self) {
        self.down.clear();
        self.waiting = 0;
    }

    /// Bytes that wait for the client, and the largest single frame of them.
    pub(crate) fn load(&self) -> (usize, usize) {
        let largest = self.down.iter().map(|frame| frame.len()).max();
        (self.waiting, largest.unwrap_or(0))
    }
}
