//! The outside world: the only code that touches IndexedDB, WebSocket, BroadcastChannel, files,
//! `localStorage`, the app's own assets, the clock and chance.
//!
//! Everything runs on the page's one thread. No borrow is held while a callback runs, so that a
//! callback may come back here.

pub mod api;
pub mod assets;
pub mod bundle;
mod channel;
mod chunk;
mod chunk_store;
pub mod clock;
mod database;
mod device;
pub mod drafts;
mod error;
pub mod files;
pub mod keyring;
mod lock;
mod node;
pub mod page;
mod quota;
pub mod random;
mod registry;
pub mod rescue;
pub mod settings;
mod socket;
mod storage;
mod tabs;
mod views;
mod worker_update;

pub use device::{Device, StorageState};
pub use error::StorageError;
pub use node::{Availability, Colleague, Node};
pub use registry::WorkspaceEntry;
pub use settings::Identity;
pub use worker_update::WorkerUpdate;
