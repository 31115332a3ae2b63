//! Sync under load: how long an edit takes to everyone else, what it costs the server, how fast a
//! history goes up and comes down, what stays in memory, and what durability costs the disk. Where
//! Node and npm are there, the servers of others carry the same load in the same run.
//!
//! The server is a process of its own. Clients that were compiled without optimisation would be most
//! of what is measured: `cargo measure` compiles both for release.

#[path = "sync/appends.rs"]
mod appends;
#[path = "sync/client.rs"]
mod client;
#[path = "sync/compaction.rs"]
mod compaction;
#[path = "sync/history.rs"]
mod history;
#[path = "sync/load.rs"]
mod load;
#[path = "sync/memory.rs"]
mod memory;
#[path = "sync/notes.rs"]
pub(crate) mod notes;
#[path = "sync/outcome.rs"]
mod outcome;
#[path = "sync/peers.rs"]
mod peers;
#[path = "sync/process.rs"]
mod process;
#[path = "sync/version1.rs"]
mod version1;
#[path = "sync/yjs.rs"]
mod yjs;

use std::path::PathBuf;

use crate::harness::Step;
use crate::harness::server::Server;

/// How many clients write natively at the same instants, unless somebody says.
const SIZES: [usize; 3] = [20, 50, 100];

/// Prints the figures for so many clients that write at the same instants, and all others.
pub(crate) async fn measure(clients: Option<usize>) -> Step {
    native(clients).await?;
    let packages = packages();
    load::one_after_the_other().await?;
    version1::edits(packages.as_deref()).await?;
    history().await?;
    memory().await?;
    appends::measure()?;
    compaction()
}

/// Prints how long edits take natively, with the Yjs servers on the same load beside us.
pub(crate) async fn native(clients: Option<usize>) -> Step {
    let packages = packages();
    for clients in clients.map_or(SIZES.to_vec(), |clients| vec![clients]) {
        let ours = load::measure(clients).await?;
        if let Some(packages) = &packages {
            yjs::measure(clients, &ours, packages).await?;
        }
    }
    Ok(())
}

/// Prints how long edits take to the other clients of automerge-repo's protocol.
pub(crate) async fn version_1() -> Step {
    version1::edits(packages().as_deref()).await
}

/// Prints how a history of single edits goes up and comes down, in both protocols.
pub(crate) async fn history() -> Step {
    history::measure().await?;
    version1::long_history(packages().as_deref()).await
}

/// The packages of others' servers, or a line about why there are none.
fn packages() -> Option<PathBuf> {
    peers::installed()
        .inspect_err(|reason| println!("The servers of others are left out: {reason}"))
        .ok()
}

/// Prints what compaction writes.
pub(crate) fn compaction() -> Step {
    compaction::measure()
}

/// Prints what the server keeps in memory.
pub(crate) async fn memory() -> Step {
    memory::measure().await
}

/// A server that serves no app.
async fn server() -> Step<Server> {
    Server::start_without_app().await
}
