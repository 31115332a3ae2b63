//! Everyone writes at the same instants: five edits a second each, for eight seconds; natively.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use automerge::Automerge;

use super::client::{Client, Mark};
use super::outcome::Outcome;
use super::process::Usage;
use super::{notes, server};
use crate::figures::print;
use crate::harness::Step;

/// What the document holds, how often each client writes, and how far apart.
pub(crate) const NOTES: usize = 200;
pub(crate) const EDITS: usize = 40;
pub(crate) const EVERY: Duration = Duration::from_millis(200);

/// So long after an edit, when the wire is quiet, everyone merges what has come, as an app does
/// between two frames of its screen.
const MERGE_AFTER: Duration = Duration::from_millis(110);

/// More clients than this would keep both cores busy merging; they merge in the end.
const MERGING_CLIENTS: usize = 20;

/// Edits made one after the other.
const SEQUENTIAL: usize = 200;

/// Prints latency and cost for `count` clients, and whether a server that is killed at once after
/// the last receipt still has everything.
pub(crate) async fn measure(count: usize) -> Step<Outcome> {
    let mut server = server().await?;
    let address = server.sync_address();
    let document = notes::document(NOTES)?;
    let mut first = Client::join(&address, "the first", notes::copy(&document, count)).await?;
    first.until(|_| true).await?;
    drop(first);
    let mut tasks = Vec::new();
    let start =
        Instant::now() + Duration::from_secs(1) + Duration::from_millis(20) * clients(count);
    for number in 0..count {
        let (address, document) = (address.clone(), document.clone());
        tasks.push(tokio::spawn(async move {
            write(&address, &document, number, count, start).await
        }));
    }
    tokio::time::sleep_until(start.into()).await;
    let before = Usage::of(server.process())?;
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await??);
    }
    let after = Usage::of(server.process())?;
    let same = outcomes
        .iter()
        .all(|one| Some(&one.heads) == outcomes.first().map(|one| &one.heads));
    let outcome = Outcome {
        expected: EDITS * count * count.saturating_sub(1),
        latencies: latencies(&outcomes),
        processor: after.processor_since(&before),
    };
    outcome.print(&format!("{count} clients, native"));
    server.kill().await?;
    server.restart().await?;
    let mut late = Client::join(&server.sync_address(), "late", Automerge::new()).await?;
    late.until(|client| !client.document.get_heads().is_empty())
        .await?;
    let kept = outcomes
        .first()
        .is_some_and(|one| one.heads == late.document.get_heads());
    println!(
        "    {} heads in the end, {:.1} MB; killed at once, the server has {}",
        if same { "equal" } else { "DIFFERENT" },
        after.resident_bytes as f64 / 1e6,
        if kept { "everything" } else { "NOT EVERYTHING" },
    );
    Ok(outcome)
}

fn clients(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// When a client sent what, when what came to it, and where its document ended.
struct Writer {
    sent: Vec<(Mark, Instant)>,
    arrived: HashMap<Mark, Instant>,
    heads: Vec<automerge::ChangeHash>,
}

/// One client's eight seconds.
async fn write(
    address: &str,
    document: &Automerge,
    number: usize,
    count: usize,
    start: Instant,
) -> Step<Writer> {
    let name = format!("writer {number}");
    let document = notes::copy(document, number);
    let mut client = Client::join(address, &name, document).await?;
    client.until(|_| true).await?;
    let merges = count <= MERGING_CLIENTS && !cfg!(debug_assertions);
    for edit in 0..EDITS {
        let due = start + EVERY * clients(edit);
        listen_until(&mut client, due).await?;
        notes::edit(&mut client.document, number % NOTES, edit)?;
        client.flush().await?;
        listen_until(&mut client, due + MERGE_AFTER).await?;
        if merges {
            client.merge()?;
        }
    }
    let all = EDITS * (count - 1);
    // Whoever writes alone is forwarded nothing; a burst of several brings one's own back too.
    let complete = |client: &Client| {
        let own = client
            .sent
            .iter()
            .filter(|(mark, _)| client.arrived.contains_key(mark));
        client.arrived.len() - own.count() >= all
    };
    client.until(complete).await?;
    Ok(Writer {
        heads: client.document.get_heads(),
        sent: client.sent,
        arrived: client.arrived,
    })
}

async fn listen_until(client: &mut Client, due: Instant) -> Step {
    let sleep = tokio::time::sleep_until(due.into());
    tokio::pin!(sleep);
    loop {
        tokio::select! {
            () = &mut sleep => return Ok(()),
            received = client.receive() => received?,
        }
    }
}

/// From each edit's sending to its arrival at each other client.
fn latencies(writers: &[Writer]) -> Vec<f64> {
    let mut latencies = Vec::new();
    for (number, writer) in writers.iter().enumerate() {
        for (mark, sent) in &writer.sent {
            for (reader, other) in writers.iter().enumerate() {
                if let Some(arrived) = other.arrived.get(mark).filter(|_| reader != number) {
                    latencies.push(arrived.duration_since(*sent).as_secs_f64() * 1_000.0);
                }
            }
        }
    }
    latencies
}

/// One edit at a time, from one client through the server to another.
pub(crate) async fn one_after_the_other() -> Step {
    let server = server().await?;
    let address = server.sync_address();
    let document = notes::document(NOTES)?;
    let mut ana = Client::join(&address, "ana", notes::copy(&document, 1)).await?;
    ana.until(|_| true).await?;
    let mut ben = Client::join(&address, "ben", notes::copy(&document, 2)).await?;
    ben.until(|_| true).await?;
    let (mut latencies, mut receipts) = (Vec::new(), Vec::new());
    for number in 0..SEQUENTIAL {
        notes::edit(&mut ana.document, number % NOTES, number)?;
        let begun = Instant::now();
        ana.flush().await?;
        while ben.arrived.len() <= number {
            ben.receive().await?;
        }
        latencies.push(begun.elapsed().as_secs_f64() * 1_000.0);
        ana.until(|_| true).await?;
        receipts.push(begun.elapsed().as_secs_f64() * 1_000.0);
        ben.merge()?;
    }
    print("one edit: to the other client", &latencies);
    print("one edit: to its receipt", &receipts);
    Ok(())
}
