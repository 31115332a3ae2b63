//! What the server says about a change, and when.

use sync::bounded::Limits;
use sync::wire::Message;
use sync::{CloseCode, ServerLimits};

use crate::documents::{document, put};
use crate::world::{DOCUMENT, Request, World, value};

fn synchronised() -> World {
    let mut world = World::new(ServerLimits::default());
    for index in 0..2 {
        world.client(document(index));
        world.connect(index.into());
    }
    world.edit(0, "problem", "start");
    world.settle();
    world
}

/// S13: the receipt and the forwarding both wait for the store.
#[test]
fn nobody_hears_of_a_change_before_it_is_stored() {
    let mut world = synchronised();
    // After a silence nothing gathers.
    world.wait(1_000);
    world.edit(0, "problem", "new");
    world.deliver_up(0);

    assert!(matches!(world.requests.front(), Some(Request::Store(..))));
    assert!(
        world
            .clients
            .iter()
            .all(|client| client.from_server.is_empty())
    );
    assert!(!world.acknowledged(0));

    world.answer_store();
    assert!(
        world
            .clients
            .iter()
            .all(|client| client.from_server.len() == 1)
    );
    world.settle();
    assert!(world.acknowledged(0) && world.acknowledged(1));
}

/// S15
#[test]
fn a_failed_store_closes_the_writer_and_leaves_the_reader() {
    let mut world = synchronised();
    world.failing_stores = 1;
    world.edit(0, "problem", "lost by the disk");
    world.deliver_up(0);
    world.answer_store();

    assert_eq!(world.clients[0].closed_with, Some(CloseCode::INTERNAL));
    assert_eq!(world.clients[1].closed_with, None);
    let error = Message::decode(&world.clients[0].from_server[0]);
    assert!(matches!(error, Ok(Message::Error { .. })), "{error:?}");
    assert!(!world.acknowledged(0));
}

/// S15: the next attempt succeeds, and the server reads the document from the store again.
#[test]
fn after_a_failed_store_the_writer_returns_and_nothing_is_lost() {
    let mut world = synchronised();
    world.failing_stores = 1;
    world.edit(0, "problem", "second try");
    world.settle();
    assert!(world.clients[0].connection.is_none());
    let loads = world.loads;

    world.connect(0);
    world.settle();

    assert_eq!(world.loads, loads + 1);
    assert!(world.acknowledged(0));
    assert_eq!(
        value(&world.clients[1].document, "problem").as_deref(),
        Some("second try")
    );
}

/// S15
#[test]
fn a_failed_load_closes_those_who_wait_and_is_tried_again_for_the_next() {
    let mut world = World::new(ServerLimits::default());
    world.client(document(1));
    world.edit(0, "problem", "a");
    world.connect(0);
    world.deliver_up(0);
    world.deliver_down(0);
    world.deliver_up(0);
    world.requests.clear();
    let result = Err("no such table".to_owned());
    world.event(sync::Event::Loaded {
        document: DOCUMENT,
        result,
    });
    assert_eq!(world.clients[0].closed_with, Some(CloseCode::INTERNAL));
    world.settle();

    world.connect(0);
    world.settle();
    assert!(world.acknowledged(0));
}

/// S14: what is stored is the changes themselves, once.
#[test]
fn every_stored_chunk_has_the_hash_of_its_bytes_and_only_new_changes() {
    let mut world = synchronised();
    for number in 0..5 {
        world.edit(number % 2, "count", &number.to_string());
        world.settle();
    }
    let chunks = &world.chunks[&DOCUMENT];
    let mut changes = std::collections::BTreeSet::new();
    for chunk in chunks {
        assert_eq!(sync::Chunk::hash_of(&chunk.bytes), chunk.hash);
        let report = sync::bounded::check_chunk(&chunk.bytes, &Default::default()).unwrap();
        for change in report.changes {
            assert!(changes.insert(change), "stored twice");
        }
    }
    assert_eq!(changes.len(), 6);
}

/// S14: change by change it would take more room, and more chunks than a message may have.
#[test]
fn a_long_history_that_arrives_at_once_is_stored_as_a_snapshot() {
    let mut world = World::new(ServerLimits {
        content: Limits {
            chunks: 100,
            ..Limits::default()
        },
        ..ServerLimits::default()
    });
    world.client(document(1));
    for number in 0..200 {
        put(&mut world.clients[0].document, "count", &number.to_string());
    }
    world.connect(0);
    world.settle();

    assert!(world.acknowledged(0));
    let chunks = &world.chunks[&DOCUMENT];
    assert_eq!(chunks.len(), 1);
    assert_eq!(
        automerge::Automerge::load(&chunks[0].bytes)
            .unwrap()
            .get_heads(),
        world.heads(0)
    );
}
