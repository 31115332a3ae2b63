//! Strangers: whatever they send, the server goes on and nobody else notices.

use std::sync::Once;

use arbtest::arbtest;
use sync::wire::{Message, SyncMessage};
use sync::{ClientNode, CloseCode, ConnectionId, Event, PeerId, ServerLimits};

use crate::bombs;
use crate::documents::{chunk, content, document, put};
use crate::world::{DOCUMENT, World, value};

/// A world where one client writes and a stranger has joined as well.
fn visited() -> (World, ConnectionId) {
    let mut world = World::new(ServerLimits::default());
    world.client(document(1));
    world.edit(0, "problem", "start");
    world.connect(0);
    world.settle();
    let stranger = stranger(&mut world);
    (world, stranger)
}

fn stranger(world: &mut World) -> ConnectionId {
    let connection = world.raw_connection();
    let name = PeerId::from(format!("stranger-{}", connection.0));
    let frame = ClientNode::version_1(name).connected();
    world.event(Event::Received { connection, frame });
    connection
}

fn sync_frame(from: ConnectionId, data: Vec<u8>) -> Vec<u8> {
    Message::Sync(SyncMessage {
        document: DOCUMENT,
        sender: PeerId::from(format!("stranger-{}", from.0)),
        target: PeerId::from("server"),
        data,
    })
    .encode()
}

/// The client can still write and have it confirmed.
fn still_serves(world: &mut World, text: &str) {
    world.settle();
    if world.clients[0].connection.is_none() {
        world.connect(0);
    }
    world.edit(0, "problem", text);
    world.settle();
    assert!(world.acknowledged(0), "{text}");
    let stored = &world.chunks[&DOCUMENT];
    assert!(stored.iter().all(|chunk| !chunk.quarantined));
}

/// Panics that the server catches need not be printed.
pub(crate) fn quietly() {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !info
                .location()
                .is_some_and(|at| at.file().contains("automerge-"))
            {
                print(info);
            }
        }));
    });
}

/// S8
#[test]
fn bombs_cost_the_stranger_the_connection_and_nobody_else() {
    let (mut world, _) = visited();
    for (name, bomb) in bombs::all() {
        let stranger = stranger(&mut world);
        let frame = sync_frame(stranger, bombs::message(&bomb));
        let effects = world.event(Event::Received {
            connection: stranger,
            frame,
        });
        let closed = effects.iter().any(|e| {
            matches!(e, sync::Effect::Close { connection, code, .. }
            if *connection == stranger && [CloseCode::PAYLOAD, CloseCode::TOO_BIG].contains(code))
        });
        assert!(closed, "{name}: {effects:?}");
        still_serves(&mut world, name);
    }
}

/// S22: a change that is well framed and still makes Automerge panic.
#[test]
fn a_change_that_breaks_automerge_leaves_the_document_as_it_was_stored() {
    quietly();
    let (mut world, stranger) = visited();
    // It leaves a gap of fifty million operations before its own.
    let frame = sync_frame(stranger, bombs::message(&bombs::change_of(50_000_000, 1)));
    let effects = world.event(Event::Received {
        connection: stranger,
        frame,
    });
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, sync::Effect::Close { .. }))
    );
    let stored = world.chunks[&DOCUMENT].len();

    still_serves(&mut world, "after the breakdown");

    assert_eq!(world.chunks[&DOCUMENT].len(), stored + 1);
    assert_eq!(value(&world.clients[0].document, "a"), None);
}

/// S22: Automerge applies the end of a mark that never began, and then cannot load what it saves.
#[test]
fn a_change_that_would_make_the_document_unreadable_is_not_kept() {
    quietly();
    let (mut world, stranger) = visited();
    // The first row makes a text, the second ends a mark at its head.
    let table = [
        (0x01, vec![0, 1, 0x7f, 0]),
        (0x02, vec![0, 1, 0x7f, 1]),
        (0x13, vec![0, 1, 0x7f, 0]),
        (0x15, vec![0x7f, 1, b'a', 0, 1]),
        (0x34, vec![1, 1]),
        (0x42, vec![0x7e, 4, 7]),
        (0x56, bombs::run(2, &[0])),
        (0x70, bombs::run(2, &[0])),
    ];
    let frame = sync_frame(stranger, bombs::message(&bombs::change(1, &table)));
    world.event(Event::Received {
        connection: stranger,
        frame,
    });

    still_serves(&mut world, "after the mark");

    let saved = world.clients[0].document.save();
    assert!(automerge::Automerge::load(&saved).is_ok());
}

/// S22
#[test]
fn marks_in_order_are_kept() {
    use automerge::transaction::Transactable;
    let (mut world, _) = visited();
    let client = &mut world.clients[0];
    let mut transaction = client.document.transaction();
    let text = transaction
        .put_object(automerge::ROOT, "rich", automerge::ObjType::Text)
        .unwrap();
    transaction.splice_text(&text, 0, 0, "bold").unwrap();
    let mark = automerge::marks::Mark::new("bold".into(), true, 0, 4);
    transaction
        .mark(&text, mark, automerge::marks::ExpandMark::Both)
        .unwrap();
    transaction.commit();
    world.flush(0);
    world.settle();
    assert!(world.acknowledged(0));
}

/// S22
#[test]
fn no_frame_makes_the_server_panic() {
    quietly();
    let mut sample = document(8);
    put(&mut sample, "key", "value");
    let (kind, data) = content(sample.get_changes(&[])[0].raw_bytes());
    arbtest(|u| {
        let (mut world, _) = visited();
        for _ in 0..u.int_in_range(1..=8)? {
            let connection = stranger(&mut world);
            let frame = match u.int_in_range(0..=3)? {
                0 => u.arbitrary()?,
                1 => sync_frame(connection, u.arbitrary()?),
                2 => {
                    let mut frame = sync_frame(connection, vec![0x42, 0, 0, 0, 0]);
                    let at = u.choose_index(frame.len())?;
                    frame[at] = u.arbitrary()?;
                    frame
                }
                _ => {
                    let mut data = data.clone();
                    let at = u.choose_index(data.len())?;
                    data[at] = u.arbitrary()?;
                    sync_frame(connection, bombs::message(&chunk(kind, &data)))
                }
            };
            world.event(Event::Received { connection, frame });
            if u.arbitrary()? {
                world.event(Event::Closed { connection });
            }
        }
        still_serves(&mut world, "goes on");
        Ok(())
    })
    .budget_ms(1_000);
}
