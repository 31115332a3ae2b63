//! Loading, quarantine and compaction.

use automerge::ReadDoc;
use sync::{Chunk, Effect, Event, ServerLimits, StoredChunk};

use crate::documents::{document, put};
use crate::world::{DOCUMENT, Request, World, value};

/// A world whose store holds these many single changes.
fn stored(changes: usize, limits: ServerLimits) -> World {
    let mut world = World::new(limits);
    let mut source = document(1);
    for number in 0..changes {
        let before = source.get_heads();
        put(&mut source, &format!("note {number}"), "text");
        world.put(DOCUMENT, Chunk::new(source.save_after(&before)));
    }
    world
}

fn join(world: &mut World) -> usize {
    let index = world.client(document(9));
    world.connect(index);
    world.settle();
    index
}

/// S19: a flipped byte costs the chunk that it is in and nothing else.
#[test]
fn a_corrupt_chunk_is_quarantined_and_the_rest_is_served() {
    let mut world = stored(5, ServerLimits::default());
    let last = world.chunks.get_mut(&DOCUMENT).unwrap().last_mut().unwrap();
    last.bytes[40] ^= 1;
    let bad = last.hash;

    let reader = join(&mut world);

    assert_eq!(world.quarantined, [bad]);
    assert_eq!(world.chunks[&DOCUMENT].len(), 5, "nothing is deleted");
    assert_eq!(world.clients[reader].document.length(automerge::ROOT), 4);
}

/// S19: what follows a lost chunk waits, and is not thrown away.
#[test]
fn what_depends_on_a_quarantined_chunk_is_served_once_that_is_back() {
    let mut world = stored(5, ServerLimits::default());
    let good = world.chunks[&DOCUMENT][1].bytes.clone();
    world.chunks.get_mut(&DOCUMENT).unwrap()[1]
        .bytes
        .truncate(30);
    let reader = join(&mut world);
    assert_eq!(world.clients[reader].document.length(automerge::ROOT), 1);

    let mut owner = automerge::Automerge::new();
    for chunk in [0, 2, 3, 4] {
        owner
            .load_incremental(&world.chunks[&DOCUMENT][chunk].bytes)
            .unwrap();
    }
    owner.load_incremental(&good).unwrap();
    let owner = world.client(owner);
    world.connect(owner);
    world.settle();

    assert_eq!(world.clients[reader].document.length(automerge::ROOT), 5);
    assert!(world.acknowledged(owner));
}

/// S19: a chunk can be whole and still be refused by the document.
#[test]
fn a_chunk_that_the_document_does_not_take_is_quarantined() {
    let mut world = stored(3, ServerLimits::default());
    // The same actor's first change again, with other content.
    let mut impostor = document(1);
    put(&mut impostor, "other", "history");
    let bad = Chunk::new(impostor.save_after(&[]));
    let stored = StoredChunk {
        hash: bad.hash,
        bytes: bad.bytes,
        quarantined: false,
        heads: Vec::new(),
    };
    world.chunks.get_mut(&DOCUMENT).unwrap().push(stored);

    let reader = join(&mut world);

    assert_eq!(world.quarantined, [bad.hash]);
    assert_eq!(world.clients[reader].document.length(automerge::ROOT), 3);
}

/// S20
#[test]
fn many_small_chunks_are_replaced_by_one_snapshot() {
    let limits = ServerLimits {
        compact_chunks: 8,
        ..ServerLimits::default()
    };
    let mut world = stored(7, limits);
    let writer = join(&mut world);

    world.edit(writer, "one", "more");
    world.settle();

    assert_eq!(world.replacements, 1);
    assert_eq!(world.chunks[&DOCUMENT].len(), 1);
    let snapshot = &world.chunks[&DOCUMENT][0];
    let loaded = automerge::Automerge::load(&snapshot.bytes).unwrap();
    assert_eq!(value(&loaded, "one").as_deref(), Some("more"));
    assert_eq!(loaded.get_heads(), world.heads(writer));
}

/// S20
#[test]
fn a_replacement_names_only_what_the_snapshot_contains() {
    let limits = ServerLimits {
        compact_chunks: 4,
        ..ServerLimits::default()
    };
    let mut world = stored(3, limits);
    // An orphan: its dependency is nowhere.
    let mut other = document(2);
    put(&mut other, "missing", "dependency");
    let before = other.get_heads();
    put(&mut other, "orphan", "waits");
    let orphan = Chunk::new(other.save_after(&before));
    let stored = StoredChunk {
        hash: orphan.hash,
        bytes: orphan.bytes,
        quarantined: false,
        heads: Vec::new(),
    };
    world.chunks.get_mut(&DOCUMENT).unwrap().push(stored);

    let writer = join(&mut world);
    world.edit(writer, "one", "more");
    world.settle();

    assert_eq!(world.replacements, 1);
    assert!(world.quarantined.is_empty());
    let left: Vec<_> = world.chunks[&DOCUMENT]
        .iter()
        .map(|chunk| chunk.hash)
        .collect();
    assert_eq!(left.len(), 2);
    assert!(left.contains(&orphan.hash));
}

/// S20
#[test]
fn nothing_is_compacted_while_a_quarantined_chunk_is_missing() {
    let limits = ServerLimits {
        compact_chunks: 4,
        ..ServerLimits::default()
    };
    let mut world = stored(8, limits);
    let good = world.chunks[&DOCUMENT][7].clone();
    world.chunks.get_mut(&DOCUMENT).unwrap()[7].bytes[40] ^= 1;
    let writer = join(&mut world);
    for number in 0..10 {
        world.edit(writer, "more", &number.to_string());
        world.settle();
    }
    assert_eq!(world.replacements, 0);

    // The device that wrote the lost chunk brings it again.
    let mut owner = automerge::Automerge::new();
    for chunk in &world.chunks[&DOCUMENT][..7] {
        owner.load_incremental(&chunk.bytes).unwrap();
    }
    owner.load_incremental(&good.bytes).unwrap();
    let owner = world.client(owner);
    world.connect(owner);
    world.settle();

    assert_eq!(world.replacements, 1);
    assert!(
        world.chunks[&DOCUMENT]
            .iter()
            .all(|chunk| chunk.hash != good.hash)
    );
}

/// S20
#[test]
fn a_failed_replacement_keeps_the_chunks_and_waits_for_twice_as_many() {
    let limits = ServerLimits {
        compact_chunks: 8,
        quiet_ms: 0,
        ..ServerLimits::default()
    };
    let mut world = stored(7, limits);
    let writer = join(&mut world);
    world.edit(writer, "one", "more");
    world.deliver_up(writer);
    world.answer_store();
    let Some(Request::Replace(ticket, ..)) = world.requests.pop_front() else {
        panic!()
    };
    let result = Err("the disk is full".to_owned());
    let effects = world.event(Event::Stored { ticket, result });
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Close { .. }))
    );

    for number in 0..7 {
        world.edit(writer, "count", &number.to_string());
        world.settle();
    }
    assert_eq!(world.replacements, 0);
    world.edit(writer, "count", "the sixteenth");
    world.settle();
    assert_eq!(world.replacements, 1);
}

/// Someone writes every so many milliseconds, and every change is stored at once; after how many
/// milliseconds the chunks are written anew.
fn compacted_after(every_ms: u64, edits: usize) -> u64 {
    let limits = ServerLimits {
        compact_chunks: 8,
        ..ServerLimits::default()
    };
    let mut world = stored(7, limits);
    let writer = join(&mut world);
    let begun_ms = world.now_ms;
    for number in 0..edits {
        world.edit(writer, "one", &number.to_string());
        world.deliver_up(writer);
        world.answer_store();
        if !world.requests.is_empty() {
            break;
        }
        world.now_ms += every_ms;
        world.event(Event::Pause);
    }
    world.settle();
    assert_eq!(world.replacements, 1);
    world.now_ms - begun_ms
}

/// S20
#[test]
fn chunks_are_written_anew_in_a_lull() {
    assert_eq!(compacted_after(1, 1), 50);
    let busy = compacted_after(40, 10);
    assert!(busy >= 9 * 40 + 50, "after {busy} ms, in between");
}

/// S20
#[test]
fn a_lull_is_waited_for_for_a_second() {
    let busy = compacted_after(40, 1_000);
    assert!((1_000..=1_100).contains(&busy), "after {busy} ms");
}

/// S20: a long history that went up at once is not read change by change for ever.
#[test]
fn few_chunks_that_weigh_much_are_replaced_by_one_snapshot() {
    let mut world = crate::native::together(1);
    for number in 0..900 {
        let text = format!("{number:0>120}");
        put(&mut world.clients[0].document, "count", &text);
        world.flush(0);
    }
    world.settle();
    assert!(world.acknowledged(0));
    let stored = &world.chunks[&DOCUMENT];
    let snapshot = stored.iter().map(|chunk| chunk.bytes.len()).max();
    assert!(world.replacements == 1 && snapshot < Some(64 << 10));

    let before = world.replacements;
    world.edit(0, "problem", "one more");
    world.settle();
    assert_eq!(world.replacements, before, "one change is no reason");
}
