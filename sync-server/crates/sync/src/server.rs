//! The server's side: every connection and every document in memory, as one state machine.
//!
//! Invariant: nothing about a change is sent to anyone before the store has confirmed it, so that
//! the heads in the server's messages are a receipt.

mod config;
mod event;

pub use config::{ServerConfig, ServerLimits};
pub use event::{Chunk, ConnectionId, Effect, Event, StoredChunk};

/// The server's state machine: events in, effects out.
#[derive(Debug)]
pub struct ServerNode {
    _config: ServerConfig,
}

impl ServerNode {
    /// A node with nothing in memory.
    #[must_use]
    pub fn new(config: ServerConfig) -> Self {
        Self { _config: config }
    }

    /// Takes one event and returns what is to be done, in this order. `now_ms` is any clock that
    /// does not go back.
    pub fn handle(&mut self, _event: Event, _now_ms: u64) -> Vec<Effect> {
        todo!()
    }
}
