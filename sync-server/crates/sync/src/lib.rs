//! The sync engine without input or output: wire messages, and the client and the server as state
//! machines. What comes from outside passes the bounded decoder first, a crate of its own.
//!
//! Invariant: nothing here awaits, asks the time or draws a random number; the shells (the app's
//! platform, the sync server) pass frames and the clock in and carry the effects out.

mod access_key;

pub mod bundle;
mod client;
mod close_code;
mod device;
mod document_id;
mod error;
mod peer_id;
mod receive;
mod server;
mod sessions;
mod shelf;
pub mod tiers;
pub mod wire;

pub use access_key::AccessKey;
pub use bounded;
pub use client::{ClientNode, ConnectionState, Device, Incoming, Update};
pub use close_code::CloseCode;
pub use document_id::DocumentId;
pub use error::ProtocolError;
pub use peer_id::PeerId;
pub use server::{
    Access, Chunk, ConnectionId, Effect, Event, ForwardKind, Grant, Inspection, ServerConfig,
    ServerLimits, ServerNode, StoredChunk, Work, Worked, inspect,
};
pub use shelf::{Compaction, Shelf, Shelved};
