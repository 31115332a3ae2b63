//! The native protocol under load: how long an edit takes to everyone else, what it costs the
//! server, how fast a history goes up and comes down, and what durability costs the disk.
//!
//! The server is a process of its own, built by `cargo build --release -p sync-server`; build the
//! clients with optimisation too (`cargo run --release -p tests --example measure -- sync`), or they
//! are most of what is measured.

#[path = "sync/appends.rs"]
mod appends;
#[path = "sync/client.rs"]
mod client;
#[path = "sync/history.rs"]
mod history;
#[path = "sync/load.rs"]
mod load;
#[path = "sync/notes.rs"]
mod notes;
#[path = "sync/process.rs"]
mod process;

use crate::harness::Step;
use crate::harness::server::Server;

/// Prints the figures for `clients` clients that write at the same instants, and all others.
pub(crate) async fn measure(clients: usize) -> Step {
    load::measure(clients).await?;
    load::one_after_the_other().await?;
    history::measure().await?;
    appends::measure()
}

/// A server that serves no app.
async fn server() -> Step<Server> {
    Server::start_without_app().await
}
