//! Version 1 of the protocol, with samod clients: our server and, where it can be installed,
//! automerge-repo's own in Node.

use std::path::Path;
use std::time::{Duration, Instant};

use automerge::Automerge;
use futures_util::StreamExt as _;
use samod::{DocHandle, DocumentId, Repo};

use super::load::{EDITS, EVERY, NOTES};
use super::outcome::Outcome;
use super::peers::{Kind, Peer};
use super::process::Usage;
use super::{notes, server};
use crate::harness::Step;
use crate::samod_client::repository;

/// How many write, as the peers were measured.
const CLIENTS: usize = 20;

/// After this long, what has not been delivered is not waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// The edits of the long history, and its notes.
const HISTORY: usize = 5_000;
const HISTORY_NOTES: usize = 50;

/// Prints how long edits take to everyone at our server, and at automerge-repo's if there are
/// packages.
pub(crate) async fn edits(packages: Option<&Path>) -> Step {
    let ours = {
        let server = server().await?;
        load(&server.sync_address(), server.process()).await?
    };
    ours.print(&format!("{CLIENTS} clients, samod"));
    if let Some(packages) = packages {
        let peer = Peer::start(Kind::AutomergeRepo, packages).await?;
        let theirs = load(&peer.address(), peer.process()).await?;
        theirs.print(&format!(
            "{CLIENTS} clients, samod at {}",
            Kind::AutomergeRepo.name()
        ));
        ours.compare(Kind::AutomergeRepo.name(), &theirs);
    }
    Ok(())
}

/// Prints how long a history of single edits takes to a fresh client, at the same servers.
pub(crate) async fn long_history(packages: Option<&Path>) -> Step {
    let server = server().await?;
    let ours = history("ours", &server.sync_address()).await?;
    if let Some(packages) = packages {
        let peer = Peer::start(Kind::AutomergeRepo, packages).await?;
        match history(Kind::AutomergeRepo.name(), &peer.address()).await {
            Ok(theirs) => println!("    ours as a part of it: {:.2}", ours / theirs),
            // What comes after is measured all the same.
            Err(error) => println!("    {} did not come to its end: {error}", peer.name()),
        }
    }
    Ok(())
}

/// Everyone writes at the same instants.
async fn load(address: &str, process: Option<u32>) -> Step<Outcome> {
    let first = repository(address, "the first").await?;
    let shared = first.create(notes::document(NOTES)?).await?;
    stored(&first, &shared).await?;
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        let repository = repository(address, &format!("client {number}")).await?;
        let handle = find(&repository, shared.document_id()).await?;
        clients.push((repository, handle));
    }
    let start = Instant::now() + Duration::from_secs(1);
    let mut tasks = Vec::new();
    for (number, (_, handle)) in clients.iter().enumerate() {
        tasks.push(tokio::spawn(listen(handle.clone(), number)));
    }
    tokio::time::sleep_until(start.into()).await;
    let before = Usage::of(process)?;
    let mut sent = Vec::new();
    for edit in 0..EDITS {
        tokio::time::sleep_until((start + EVERY * u32::try_from(edit)?).into()).await;
        for (number, (_, handle)) in clients.iter().enumerate() {
            sent.push((number, edit, Instant::now()));
            handle.with_document(|document| notes::edit(document, number, edit))?;
        }
    }
    let mut latencies = Vec::new();
    for (reader, task) in tasks.into_iter().enumerate() {
        let arrived = task.await??;
        for &(writer, edit, at) in sent.iter().filter(|(writer, ..)| *writer != reader) {
            let came = arrived
                .iter()
                .find(|(from, latest, _)| *from == writer && *latest >= edit);
            latencies.extend(came.map(|(.., when)| when.duration_since(at).as_secs_f64() * 1e3));
        }
    }
    let after = Usage::of(process)?;
    for (repository, _) in clients {
        repository.stop().await;
    }
    first.stop().await;
    Ok(Outcome {
        expected: EDITS * CLIENTS * (CLIENTS - 1),
        latencies,
        processor: after.processor_since(&before),
    })
}

/// Takes down when which writer's which edit was there, until all are or patience ends.
async fn listen(handle: DocHandle, reader: usize) -> Step<Vec<(usize, usize, Instant)>> {
    let mut changes = Box::pin(handle.changes());
    let mut seen: Vec<Option<usize>> = vec![None; CLIENTS];
    let mut arrived = Vec::new();
    let end = Instant::now() + PATIENCE;
    let is_done = |seen: &[Option<usize>]| {
        let others = seen
            .iter()
            .enumerate()
            .filter(|(writer, _)| *writer != reader);
        others
            .into_iter()
            .all(|(_, latest)| *latest == Some(EDITS - 1))
    };
    while !is_done(&seen) {
        if tokio::time::timeout_at(end.into(), changes.next())
            .await
            .is_err()
        {
            break;
        }
        let now = Instant::now();
        // All at once, as an app reads: each access makes samod look for something to send.
        let edits = handle.with_document(|document| {
            let edits = (0..seen.len()).map(|writer| notes::edited(document, writer));
            edits.collect::<Step<Vec<_>>>()
        })?;
        for (writer, (latest, edit)) in seen.iter_mut().zip(edits).enumerate() {
            if edit.is_some() && edit != *latest {
                *latest = edit;
                arrived.extend(edit.map(|edit| (writer, edit, now)));
            }
        }
    }
    Ok(arrived)
}

/// Single edits, one after the other, until a fresh client has them all: milliseconds.
async fn history(what: &str, address: &str) -> Step<f64> {
    let writer = repository(address, "writer").await?;
    let handle = writer.create(notes::document(HISTORY_NOTES)?).await?;
    stored(&writer, &handle).await?;
    let begun = Instant::now();
    for number in 0..HISTORY {
        handle.with_document(|document| notes::edit(document, number % HISTORY_NOTES, number))?;
        // Otherwise the client would send all in one message.
        tokio::task::yield_now().await;
    }
    stored(&writer, &handle).await?;
    let heads = handle.with_document(|document| document.get_heads());
    let joined = join(address, "fresh", handle.document_id(), &heads, begun).await?;
    let mut cold = Vec::new();
    for number in 0..5 {
        let name = format!("later {number}");
        cold.push(join(address, &name, handle.document_id(), &heads, Instant::now()).await?);
    }
    writer.stop().await;
    println!("{HISTORY} single edits with samod, {what}: with a fresh client after {joined:.0} ms");
    crate::figures::print("    cold join of that document", &cold);
    Ok(joined)
}

/// Milliseconds since `begun` when a client that had nothing has everything.
async fn join(
    address: &str,
    name: &str,
    id: &DocumentId,
    heads: &[automerge::ChangeHash],
    begun: Instant,
) -> Step<f64> {
    let repository = repository(address, name).await?;
    let handle = find(&repository, id).await?;
    let mut changes = Box::pin(handle.changes());
    let has_all = |document: &mut Automerge| document.get_heads() == heads;
    while !handle.with_document(has_all) {
        tokio::time::timeout(PATIENCE, changes.next()).await?;
    }
    let passed = begun.elapsed();
    repository.stop().await;
    Ok(passed.as_secs_f64() * 1e3)
}

async fn find(repository: &Repo, id: &DocumentId) -> Step<DocHandle> {
    let found = tokio::time::timeout(PATIENCE, repository.find(id.clone())).await??;
    Ok(found.ok_or("the server does not have the document")?)
}

/// Waits until the server has what the client has.
async fn stored(repository: &Repo, handle: &DocHandle) -> Step {
    let (connections, _) = repository.connected_peers();
    let server = connections.first().ok_or("no connection")?.id;
    tokio::time::timeout(PATIENCE, handle.they_have_our_changes(server)).await?;
    Ok(())
}
