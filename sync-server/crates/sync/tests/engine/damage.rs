//! Damage under people who take part already, and changes that waited for what was damaged.

use sync::ServerLimits;

use crate::documents::{document, put};
use crate::native::together;
use crate::world::{DOCUMENT, World};

/// Lets the document leave memory, spoils the chunk in which it began, and has someone new join, so
/// that it is loaded again.
fn spoil_and_join(world: &mut World) -> usize {
    world.wait(ServerLimits::default().idle_ms);
    world.settle();
    let chunks = world.chunks.get_mut(&DOCUMENT).expect("it is stored");
    chunks[0].bytes[20] ^= 1;
    let newcomer = world.native(document(9));
    world.connect(newcomer);
    world.settle();
    newcomer
}

/// What is whole in the store, as a document.
fn whole(world: &World) -> automerge::Automerge {
    let mut stored = automerge::Automerge::new();
    for chunk in &world.chunks[&DOCUMENT] {
        if !chunk.quarantined {
            let loaded = stored.load_incremental(&chunk.bytes);
            loaded.expect("whole chunks load");
        }
    }
    stored
}

/// S19: nobody goes on believing that what was damaged is stored.
#[test]
fn those_who_take_part_are_asked_for_what_is_damaged() {
    let mut world = together(2);
    world.edit(0, "solution", "second chunk");
    world.settle();

    let newcomer = spoil_and_join(&mut world);

    assert_eq!(world.quarantined.len(), 1);
    assert_eq!(world.mended, world.quarantined);
    assert_eq!(whole(&world).get_heads(), world.heads(0));
    assert_eq!(world.heads(newcomer), world.heads(0));
}

/// S19
#[test]
fn those_who_take_part_in_version_1_are_closed_and_bring_it_back() {
    let mut world = World::new(ServerLimits::default());
    world.client(document(1));
    world.connect(0);
    world.edit(0, "problem", "start");
    world.settle();

    let newcomer = spoil_and_join(&mut world);
    assert!(world.clients[0].connection.is_none());
    world.connect(0);
    world.settle();

    assert_eq!(whole(&world).get_heads(), world.heads(0));
    assert_eq!(world.heads(newcomer), world.heads(0));
}

/// S25: who brings the last missing change gets what had waited for it.
#[test]
fn who_releases_what_others_had_sent_receives_it() {
    let mut world = together(3);
    // The server misses a change of the second client, on which the first one's next builds.
    put(&mut world.clients[1].document, "between", "them");
    let mut between = world.clients[1].document.clone();
    world.clients[0].document.merge(&mut between).unwrap();
    put(&mut world.clients[0].document, "after", "it");
    let from = between.get_heads();
    let after = world.clients[0].document.save_after(&from);
    let gap = sync::wire::Message::Native(sync::wire::Native::Change {
        document: DOCUMENT,
        data: after,
    });
    world.clients[0].to_server.push_back(gap.encode());
    world.deliver_up(0);

    world.flush(1);
    world.deliver_up(1);
    world.settle();

    assert_eq!(world.heads(1), world.heads(0));
    assert_eq!(world.heads(2), world.heads(0));
}

/// S19: what is lost for good stays set aside, and nothing is written over what is left.
#[test]
fn what_nobody_brings_back_is_not_called_mended() {
    let mut world = together(1);
    world.edit(0, "solution", "second chunk");
    world.settle();
    world.disconnect(0);
    let newcomer = spoil_and_join(&mut world);
    assert_eq!(world.quarantined.len(), 1);
    world.edit(newcomer, "meanwhile", "written on it");
    world.settle();
    assert_eq!(world.mended, Vec::<[u8; 32]>::new());

    // Whoever has it brings it, in whatever chunks.
    world.connect(0);
    world.settle();
    assert_eq!(world.mended, world.quarantined);
}
