//! Random schedules: whatever the order between connections and whenever the store answers or
//! fails, everyone ends up with everything.

use sync::ServerLimits;

use crate::documents::document;
use crate::world::{DOCUMENT, World};

/// A small generator, so that a seed means the same run everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).expect("64 bits") % below
    }
}

fn run(seed: u64) {
    let limits = ServerLimits {
        compact_chunks: 6,
        idle_ms: 50,
        ..ServerLimits::default()
    };
    let mut world = World::new(limits);
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let clients = 2 + random.next(3);
    for index in 0..clients {
        world.client(document(u8::try_from(index).expect("few")));
    }
    let mut edits = 0;
    for _ in 0..250 {
        let index = random.next(clients);
        match random.next(20) {
            0 if world.clients[index].connection.is_none() => world.connect(index),
            1 if random.next(4) == 0 => world.disconnect(index),
            2 if edits < 40 => {
                edits += 1;
                world.edit(
                    index,
                    &format!("note {index} {edits}"),
                    &format!("text {edits}"),
                );
            }
            3 if random.next(6) == 0 => world.failing_stores = 1,
            4 => world.wait(30),
            _ => {
                world.step(random.next(64));
            }
        }
    }
    converge(&mut world, clients, seed);
}

/// Brings everyone back, as often as failing stores send them away, and compares.
fn converge(world: &mut World, clients: usize, seed: u64) {
    for _ in 0..20 {
        for index in 0..clients {
            if world.clients[index].connection.is_none() {
                world.connect(index);
            }
        }
        world.settle();
        if (0..clients).all(|index| world.clients[index].connection.is_some()) {
            break;
        }
    }
    let notes: usize = world
        .clients
        .iter()
        .map(|client| automerge::ReadDoc::length(&client.document, automerge::ROOT))
        .max()
        .unwrap_or(0);
    for index in 0..clients {
        assert_eq!(
            world.heads(index),
            world.heads(0),
            "seed {seed}, client {index}"
        );
        let empty = world.heads(index).is_empty();
        assert!(
            empty || world.acknowledged(index),
            "seed {seed}, client {index}"
        );
        assert_eq!(
            world.clients[index].node.state(),
            sync::ConnectionState::Ready
        );
    }
    // What the store has is what everyone has.
    let mut stored = automerge::Automerge::new();
    for chunk in world.chunks.get(&DOCUMENT).into_iter().flatten() {
        assert!(!chunk.quarantined, "seed {seed}");
        stored
            .load_incremental(&chunk.bytes)
            .expect("stored chunks load");
    }
    assert_eq!(stored.get_heads(), world.heads(0), "seed {seed}");
    assert_eq!(
        automerge::ReadDoc::length(&stored, automerge::ROOT),
        notes,
        "seed {seed}"
    );
}

/// S10, S13, S15, S18
#[test]
fn two_hundred_random_schedules_converge() {
    for seed in 1..=200 {
        run(seed);
    }
}
