//! The sync server: keeps workspaces, synchronises them, and serves the app.
//!
//! A thin shell: what to say to whom is decided by the engine in the crate `sync`; this crate
//! gives it sockets, a store, a clock and randomness. Invariant: it knows no schema, it stores
//! and forwards chunks.

pub mod access;
mod api;
mod command;
mod config;
mod door;
mod error;
mod files;
mod guard;
mod headers;
mod health;
mod hosts;
mod hub;
mod lan;
mod log;
mod metrics;
mod now;
mod router;
mod running;
mod socket;
mod storage;
pub mod store;
pub mod tools;
mod upgrade;

pub use command::Command;
pub use config::{Arguments, Config, LogFormat, Switch, TlsFiles};
pub use door::raise_descriptors;
pub use error::ServerError;
pub use guard::AddressLimits;
pub use lan::sheet;
pub use log::init_log;
pub use running::{Running, STOP_TIMEOUT, start, start_with_store};
pub use socket::Timing;
