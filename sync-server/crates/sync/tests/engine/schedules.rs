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

/// Which protocols the clients of a run speak.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Speaking {
    Version1,
    Native,
    Mixed,
}

fn run(seed: u64, speaking: Speaking) {
    let limits = ServerLimits {
        compact_chunks: 6,
        idle_ms: 50,
        ..ServerLimits::default()
    };
    let mut world = World::new(limits);
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let clients = 2 + random.next(3);
    for index in 0..clients {
        let own = document(u8::try_from(index).expect("few"));
        let native = speaking == Speaking::Native
            || speaking == Speaking::Mixed && (index == 0 || random.next(2) == 0);
        if native {
            world.native(own);
        } else {
            world.client(own);
        }
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
            3 if random.next(6) == 0 => world.failing_stores = 1 + random.next(2),
            4 => world.wait(30),
            5 if speaking != Speaking::Version1 && random.next(8) == 0 => {
                world.dropped_frames = 1 + random.next(3);
            }
            6 if random.next(30) == 0 => world.kill_server(),
            7 if random.next(10) == 0 => world.wait(2_000),
            _ => {
                world.step(random.next(64));
            }
        }
    }
    world.failing_stores = 0;
    world.dropped_frames = 0;
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
        // Time for a store that has failed to be tried again, and for the clients to say so.
        world.wait(20_000);
        world.settle();
        for _ in 0..2 {
            world.wait(1_000);
            world.settle();
        }
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
        let native = world.clients[index].node.is_native();
        assert!(
            empty || !native || world.seen(index),
            "seed {seed}, client {index}: colleagues have it all"
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
        run(seed, Speaking::Version1);
    }
}

/// S10, S13, S18, S23, S25, S26, S29
#[test]
fn a_hundred_random_schedules_of_native_clients_converge() {
    for seed in 1..=100 {
        run(seed, Speaking::Native);
    }
}

/// S10, S13, S18, S24
#[test]
fn a_hundred_random_schedules_in_both_protocols_converge() {
    for seed in 1..=100 {
        run(seed, Speaking::Mixed);
    }
}
