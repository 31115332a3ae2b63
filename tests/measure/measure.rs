//! `cargo measure`: figures of the product on this machine, printed and never asserted.
//!
//! `cargo measure open [NOTES]` opens a workspace on a warm device; `cargo measure edit [EDITS]`
//! times an edit from one browser to another; `cargo measure pictures` takes README's pictures.
//! `cargo measure graph` times the figures of a large graph, `cargo measure gate` what stands in
//! front of every document. `cargo measure sync [CLIENTS]` puts load on the server; alone, `cargo
//! measure native [CLIENTS]` and `cargo measure version1` show how long edits take in either
//! protocol, `cargo measure history` how fast a long history goes up and comes down, `cargo measure
//! memory` what the server keeps in memory and `cargo measure compaction` what it writes again.
//!
//! All of it is of releases: the program itself, and the server and the app that it builds first.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a measurement fails by panicking; answers of the browser are indexed as JSON, which gives null"
)]

#[path = "../harness/harness.rs"]
#[expect(dead_code, reason = "journeys use the rest of the harness")]
mod harness;

#[path = "../harness/cargo.rs"]
mod cargo;
#[path = "../harness/packages.rs"]
mod packages;
#[path = "../harness/samod.rs"]
mod samod_client;

#[path = "built.rs"]
mod built;
#[path = "edit.rs"]
mod edit;
#[path = "figures.rs"]
mod figures;
#[path = "gate.rs"]
mod gate;
#[path = "graph.rs"]
mod graph;
#[path = "open.rs"]
mod open;
#[path = "pictures.rs"]
mod pictures;
#[path = "sync.rs"]
mod sync_load;

use harness::Step;

const USAGE: &str = "cargo measure open [NOTES] | edit [EDITS] | gate | graph | compaction | history | memory | pictures | sync [CLIENTS] | native [CLIENTS] | version1";

fn main() -> Step {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let given = || {
        let word = words.get(1);
        let number = word.map(|word| {
            word.parse()
                .map_err(|_| format!("\"{word}\" is no number; {USAGE}"))
        });
        number.transpose()
    };
    let number = |default: usize| given().map(|given| given.unwrap_or(default));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let what = words.first().map(String::as_str);
    built::ensure(what)?;
    match what {
        Some("open") => runtime.block_on(open::measure(number(1000)?)),
        Some("edit") => runtime.block_on(edit::measure(number(40)?)),
        Some("gate") => gate::measure(),
        Some("graph") => graph::measure(),
        Some("sync") => runtime.block_on(sync_load::measure(given()?)),
        Some("native") => runtime.block_on(sync_load::native(given()?)),
        Some("version1") => runtime.block_on(sync_load::version_1()),
        Some("history") => runtime.block_on(sync_load::history()),
        Some("compaction") => sync_load::compaction(),
        Some("memory") => runtime.block_on(sync_load::memory()),
        Some("pictures") => runtime.block_on(pictures::take()),
        None => {
            runtime.block_on(open::measure(1000))?;
            runtime.block_on(edit::measure(40))
        }
        Some(other) => Err(format!("no measurement is called \"{other}\"; {USAGE}").into()),
    }
}
