//! What durability costs: single changes appended to the store, each in a commit of its own or
//! many together.

use std::time::Instant;

use sync::{Chunk, DocumentId};
use sync_server::store::{SqliteStore, Store, Write};

use crate::harness::Step;

/// Writes of one run, and the sizes of the groups.
const WRITES: usize = 2_000;
const GROUPS: [usize; 3] = [1, 16, 256];

/// The length of a small change.
const BYTES: usize = 150;

/// Prints appends a second by the size of the group.
pub(crate) fn measure() -> Step {
    for group in GROUPS {
        let directory = tempfile::tempdir()?;
        let mut store = SqliteStore::open(directory.path())?;
        let writes: Vec<_> = (0..WRITES).map(write).collect();
        let begun = Instant::now();
        for together in writes.chunks(group) {
            store.write(together)?;
        }
        let seconds = begun.elapsed().as_secs_f64();
        println!(
            "durable appends, {group:>3} in a commit: {:>8.0} a second, {:.2} ms a commit",
            WRITES as f64 / seconds,
            seconds * 1_000.0 / WRITES.div_ceil(group) as f64,
        );
    }
    Ok(())
}

fn write(number: usize) -> Write {
    let mut bytes = vec![7; BYTES];
    bytes.extend(number.to_be_bytes());
    Write::Append {
        document: DocumentId::from_bytes([1; 16]),
        chunk: Chunk::new(bytes),
        from: Vec::new(),
    }
}
