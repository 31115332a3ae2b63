//! The Yjs servers on the same load as [`super::load`]: as many notes, clients and edits, all
//! clients in one Node process.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;

use super::load::{EDITS, EVERY, NOTES};
use super::outcome::Outcome;
use super::peers::{Kind, Peer};
use super::process::Usage;
use crate::harness::Step;

/// Prints both servers' figures for `count` clients, and ours as a part of them.
pub(crate) async fn measure(count: usize, ours: &Outcome, packages: &Path) -> Step {
    for kind in [Kind::Hocuspocus, Kind::YWebsocket] {
        let mut peer = Peer::start(kind, packages).await?;
        let outcome = write(&peer, kind, count, packages).await?;
        outcome.print(&format!("{count} clients, {}", kind.name()));
        peer.kill_and_restart().await?;
        let kept = load(&peer, kind, "count", count, packages)?;
        let answer = last_line(kept).await?;
        println!(
            "    killed at once, it has the last edit of {} of {count} clients",
            answer["kept"]
        );
        ours.compare(kind.name(), &outcome);
    }
    Ok(())
}

/// The eight seconds of writing.
async fn write(peer: &Peer, kind: Kind, count: usize, packages: &Path) -> Step<Outcome> {
    let mut process = load(peer, kind, "write", count, packages)?;
    let output = process.stdout.take().ok_or("the clients have no output")?;
    let mut lines = BufReader::new(output).lines();
    // They say so when all are connected and level.
    lines.next_line().await?.ok_or("the clients ended early")?;
    let before = Usage::of(peer.process())?;
    let answer = lines.next_line().await?.ok_or("the clients ended early")?;
    let after = Usage::of(peer.process())?;
    let answer: Value = serde_json::from_str(&answer)?;
    let latencies = answer["latencies"].as_array().into_iter().flatten();
    Ok(Outcome {
        expected: EDITS * count * count.saturating_sub(1),
        latencies: latencies.filter_map(Value::as_f64).collect(),
        processor: after.processor_since(&before),
    })
}

fn load(
    peer: &Peer,
    kind: Kind,
    what: &str,
    count: usize,
    packages: &Path,
) -> Step<tokio::process::Child> {
    let numbers = [NOTES, count, EDITS, EVERY.as_millis() as usize];
    Ok(Command::new("node")
        .args(["yjs-load.mjs", what, kind.name(), &peer.address()])
        .args(numbers.map(|number| number.to_string()))
        .current_dir(packages)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?)
}

async fn last_line(process: tokio::process::Child) -> Step<Value> {
    let output = process.wait_with_output().await?;
    let text = String::from_utf8(output.stdout)?;
    Ok(serde_json::from_str(
        text.lines().last().unwrap_or_default(),
    )?)
}
