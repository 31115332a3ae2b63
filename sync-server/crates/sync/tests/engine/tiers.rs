//! Compaction by size: what is rewritten stays in proportion to what is new.

use automerge::Automerge;
use sync::{Chunk, ServerLimits};

use crate::documents::{document, put};
use crate::world::{DOCUMENT, Request, World};

/// A world whose store holds one snapshot that does not compress, and someone native who has it.
fn with_a_large_snapshot(bytes: usize) -> World {
    let mut source = document(1);
    let mut random = 1_u64;
    let text = std::iter::repeat_with(|| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(b' ' + u8::try_from((random >> 33) % 94).expect("small"))
    });
    put(&mut source, "long", &text.take(bytes).collect::<String>());
    let limits = ServerLimits {
        quiet_ms: 0,
        ..ServerLimits::default()
    };
    let mut world = World::new(limits);
    world.put(DOCUMENT, Chunk::new(source.save()));
    join(&mut world);
    world
}

fn join(world: &mut World) {
    world.native(document(
        u8::try_from(world.clients.len()).expect("few") + 10,
    ));
    world.connect(world.clients.len() - 1);
    world.settle();
}

/// Makes this many changes, and counts the bytes stored first and the bytes stored again.
fn write(world: &mut World, changes: usize) -> (usize, usize) {
    let (mut new, mut again) = (0, 0);
    for number in 0..changes {
        world.edit(0, "short", &format!("{number:0>80}"));
        world.deliver_up(0);
        while let Some(request) = world.requests.front() {
            match request {
                Request::Store(_, _, chunk) => new += chunk.bytes.len(),
                Request::Replace(_, _, chunk, _) => again += chunk.bytes.len(),
                Request::Load(_) | Request::Recall(_) | Request::Probe => {}
            }
            world.answer_store();
        }
        world.clients[0].from_server.clear();
    }
    (new, again)
}

fn whole(world: &World) -> Automerge {
    let mut stored = Automerge::new();
    for chunk in &world.chunks[&DOCUMENT] {
        stored.load_incremental(&chunk.bytes).expect("it loads");
    }
    stored
}

/// S20
#[test]
fn a_large_snapshot_is_not_written_again_for_some_changes() {
    let mut world = with_a_large_snapshot(400_000);
    let (new, again) = write(&mut world, 1_200);

    assert!(new > 100_000 && again < 3 * new, "{new} new, {again} again");
    assert!(world.chunks[&DOCUMENT].len() < 64 + 3 * 8);
    let snapshot = world.chunks[&DOCUMENT].iter().map(|one| one.bytes.len());
    assert!(
        snapshot.max() > Some(250_000),
        "the snapshot is the first one"
    );
    assert_eq!(whole(&world).get_heads(), world.heads(0));
}

/// S20, S50
#[test]
fn what_comes_while_chunks_are_written_anew_is_stored_and_stays() {
    let mut world = with_a_large_snapshot(10_000);
    write(&mut world, 1);
    world.holds_work = true;
    write(&mut world, 80);
    assert_eq!((world.replacements, world.works.len()), (0, 1));
    let before = world.chunks[&DOCUMENT].len();
    write(&mut world, 20);
    let meanwhile = world.chunks[&DOCUMENT].len() - before;
    assert!(meanwhile > 0, "nobody waits for it");

    world.holds_work = false;
    world.do_work();
    world.settle();

    assert_eq!(world.replacements, 1);
    assert!(world.chunks[&DOCUMENT].len() > meanwhile);
    world.kill_server();
    join(&mut world);
    assert_eq!(world.heads(1), world.heads(0));
    assert_eq!(whole(&world).get_heads(), world.heads(0));
}

/// S20: the same when the document has left memory between, and the server has been killed.
#[test]
fn chunks_of_earlier_visits_are_folded_too() {
    let mut world = with_a_large_snapshot(400_000);
    for visit in 0..8 {
        write(&mut world, 30);
        if visit % 2 == 0 {
            world.wait(ServerLimits::default().idle_ms);
            world.settle();
        } else {
            world.kill_server();
            world.connect(0);
            world.settle();
        }
    }
    assert!(world.chunks[&DOCUMENT].len() < 64 + 8);
    assert!(world.replacements > 1);
    assert_eq!(whole(&world).get_heads(), world.heads(0));
}

/// S20, S19: what is damaged is neither folded nor written over.
#[test]
fn nothing_is_folded_while_a_chunk_is_missing() {
    let mut world = with_a_large_snapshot(400_000);
    write(&mut world, 50);
    let chunks = world.chunks.get_mut(&DOCUMENT).expect("it is stored");
    chunks[20].bytes[30] ^= 1;
    let damaged = chunks[20].hash;
    world.kill_server();
    // Someone who has none of it makes changes of their own.
    world.clients.clear();
    join(&mut world);
    world.clients[0].document = document(77);
    write(&mut world, 100);

    assert_eq!(world.replacements, 0);
    let chunks = &world.chunks[&DOCUMENT];
    assert!(chunks.iter().any(|one| one.hash == damaged));
}
