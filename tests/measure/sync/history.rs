//! A long history: up edit by edit, and down to someone who has nothing.

use std::time::Instant;

use automerge::Automerge;

use super::client::Client;
use super::{notes, server};
use crate::figures::print;
use crate::harness::Step;

const NOTES: usize = 50;
const EDITS: usize = 5_000;
const JOINS: usize = 9;

/// Prints how long the edits take to be safe on the server, and a fresh client to have them.
pub(crate) async fn measure() -> Step {
    let mut server = server().await?;
    let document = notes::copy(&notes::document(NOTES)?, 1);
    let mut writer = Client::join(&server.sync_address(), "writer", document).await?;
    writer.until(|_| true).await?;
    // The edits are made before, so that only their way is timed.
    let mut ready = Vec::new();
    for number in 0..EDITS {
        notes::edit(&mut writer.document, number % NOTES, number)?;
        ready.extend(writer.next_frame());
    }
    let begun = Instant::now();
    for frame in ready {
        writer.send(frame).await?;
    }
    writer.until(|_| true).await?;
    let uploaded = begun.elapsed();
    let heads = writer.document.get_heads();
    let mut fresh = Client::join(&server.sync_address(), "fresh", Automerge::new()).await?;
    fresh
        .until(|client| client.document.get_heads() == heads)
        .await?;
    let joined = begun.elapsed();
    println!(
        "{EDITS} single edits: stored after {:.0} ms, and with a fresh client after {:.0} ms",
        uploaded.as_secs_f64() * 1_000.0,
        joined.as_secs_f64() * 1_000.0,
    );
    let (mut later, mut restarted) = (Vec::new(), Vec::new());
    for number in 0..JOINS {
        later.push(join(&server.sync_address(), &format!("later {number}")).await?);
    }
    for number in 0..JOINS {
        server.kill().await?;
        server.restart().await?;
        restarted.push(join(&server.sync_address(), &format!("again {number}")).await?);
    }
    print("cold join of that document", &later);
    print("the same after a restart of the server", &restarted);
    Ok(())
}

/// Milliseconds until someone who has nothing has the whole document.
async fn join(address: &str, name: &str) -> Step<f64> {
    let begun = Instant::now();
    let mut client = Client::join(address, name, Automerge::new()).await?;
    client
        .until(|client| !client.document.get_heads().is_empty())
        .await?;
    Ok(begun.elapsed().as_secs_f64() * 1_000.0)
}
