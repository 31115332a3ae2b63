//! What stays in the server's memory: of documents that nobody has open any more, and of
//! connections that do nothing.

use std::time::{Duration, Instant};

use automerge::Automerge;
use sync::DocumentId;
use tokio_tungstenite::connect_async;

use super::client::Client;
use super::process::Usage;
use super::{notes, server};
use crate::harness::Step;

const DOCUMENTS: usize = 1_000;
const NOTES: usize = 50;
const CONNECTIONS: usize = 1_000;

/// The server lets go of a document a while after its last reader has left.
const IDLE: Duration = Duration::from_secs(90);

/// Prints the memory before, with all of it, and afterwards.
pub(crate) async fn measure() -> Step {
    connections().await?;
    documents().await
}

async fn connections() -> Step {
    let server = server().await?;
    let before = Usage::of(server.process())?.resident_bytes;
    let mut open = Vec::new();
    for _ in 0..CONNECTIONS {
        match connect_async(server.sync_address()).await {
            Ok((socket, _)) => open.push(socket),
            Err(error) => {
                println!("    refused after {} connections: {error}", open.len());
                break;
            }
        }
    }
    let with = Usage::of(server.process())?.resident_bytes;
    println!(
        "{} idle connections: {:.1} kB each",
        open.len(),
        with.saturating_sub(before) as f64 / 1e3 / open.len().max(1) as f64,
    );
    Ok(())
}

async fn documents() -> Step {
    let server = server().await?;
    let before = Usage::of(server.process())?.resident_bytes;
    let template = notes::document(NOTES)?;
    let begun = Instant::now();
    for number in 0..DOCUMENTS {
        let document = notes::copy(&template, number + 1);
        make(&server.sync_address(), number, document).await?;
    }
    let made = begun.elapsed();
    let with = Usage::of(server.process())?.resident_bytes;
    let end = Instant::now() + IDLE;
    let mut after = with;
    while Instant::now() < end && after.saturating_sub(before) > 30_000_000 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        after = Usage::of(server.process())?.resident_bytes;
    }
    let megabytes = |bytes: u64| bytes.saturating_sub(before) as f64 / 1e6;
    println!(
        "{DOCUMENTS} documents of {NOTES} notes made in {:.1} s: {:.1} MB above the start, and \
         {:.1} MB when idle",
        made.as_secs_f64(),
        megabytes(with),
        megabytes(after),
    );
    Ok(())
}

/// One document, made by a client that leaves when it is stored.
async fn make(address: &str, number: usize, document: Automerge) -> Step {
    let mut id = [0; 16];
    for (byte, part) in id.iter_mut().zip((number as u64 + 1).to_be_bytes()) {
        *byte = part;
    }
    let name = format!("maker {number}");
    let mut client =
        Client::join_document(address, &name, DocumentId::from_bytes(id), document).await?;
    client.until(|_| true).await
}
