//! What is too much for the node is done beside it, and everybody else is served meanwhile.

use sync::wire::Message;
use sync::{Chunk, DocumentId, Event};

use crate::bombs;
use crate::native::together;
use crate::native_hostile::{change, code, say, still_serve, stranger};
use crate::world::{DOCUMENT, World, value};

const OTHER: DocumentId = DocumentId::from_bytes([9; 16]);

/// A deletion as long as the longest text, on its way to be applied.
fn deletes_a_long_text(world: &mut World) {
    world.holds_work = true;
    let stranger = stranger(world);
    let effects = say(world, stranger, change(bombs::change_of(100, 100_000)));
    assert_eq!(code(&effects, stranger), None, "{effects:?}");
    assert_eq!(world.works.len(), 1);
}

/// S50
#[test]
fn what_is_much_work_in_one_document_keeps_nobody_waiting_in_another() {
    let mut world = together(2);
    world.holds_work = true;
    let stranger = stranger(&mut world);
    let document = OTHER;
    let data = bombs::change_of(100, 100_000);
    say(
        &mut world,
        stranger,
        sync::wire::Native::Change { document, data },
    );
    world.answer_store();
    world.do_work();
    world.answer_store();
    let more = bombs::change_by([100; 16], 1, 100_000);
    let frame = Message::Native(sync::wire::Native::Change {
        document,
        data: more,
    });
    let frame = frame.encode();
    let connection = stranger;
    world.event(Event::Received { connection, frame });
    assert!(!world.works.is_empty(), "it is being worked on");

    still_serve(&mut world, "meanwhile");
}

/// S50
#[test]
fn what_comes_for_a_document_that_is_worked_on_waits_and_follows() {
    let mut world = together(2);
    deletes_a_long_text(&mut world);

    world.edit(0, "problem", "typed meanwhile");
    world.deliver_up(0);
    let seen = value(&world.clients[1].document, "problem");
    assert_ne!(seen.as_deref(), Some("typed meanwhile"));
    world.do_work();
    world.settle();

    let seen = value(&world.clients[1].document, "problem");
    assert_eq!(seen.as_deref(), Some("typed meanwhile"));
    assert!(world.acknowledged(0));
    assert_eq!(world.heads(0), world.heads(1));
}

/// S13, S50
#[test]
fn what_was_worked_on_when_the_store_failed_is_applied_again() {
    let mut world = together(2);
    world.edit(0, "problem", "on its way to the store");
    world.deliver_up(0);
    world.event(Event::Pause);
    deletes_a_long_text(&mut world);
    world.failing_stores = 1;
    world.answer_store();
    let lost = world.works.pop_front().expect("it was worked on");
    world.event(Event::Worked(Box::new(lost.run())));
    world.holds_work = false;

    world.settle();
    world.wait(60_000);
    world.settle();

    still_serve(&mut world, "afterwards");
}

/// S50: who comes when a document is in nobody's memory has to wait for it alone.
#[test]
fn a_document_is_built_beside_the_node() {
    let mut world = together(2);
    let snapshot = world.clients[0].document.save();
    world.put(OTHER, Chunk::new(snapshot));
    world.holds_work = true;
    let stranger = stranger(&mut world);
    let document = OTHER;
    let data = bombs::change_of(100, 10);
    let first = sync::wire::Native::Change { document, data };
    say(&mut world, stranger, first);
    world.answer_store();
    assert_eq!(world.works.len(), 1, "it is being built");

    still_serve(&mut world, "meanwhile");
    let stored = world.chunks[&OTHER].len();
    world.do_work();
    world.settle();

    assert!(world.chunks[&OTHER].len() > stored, "and taken up then");
}

/// S50: what somebody sent counts when they have gone, but not when links have changed since: nobody
/// can find out any more whether they may still write.
#[test]
fn what_is_worked_on_for_one_who_has_gone_is_dropped_once_links_change() {
    for (changes, counts) in [(false, true), (true, false)] {
        let mut world = together(2);
        let before = world.heads(0);
        world.holds_work = true;
        let stranger = stranger(&mut world);
        say(&mut world, stranger, change(bombs::change_of(100, 100_000)));
        world.event(Event::Closed {
            connection: stranger,
        });
        if changes {
            let documents = vec![DOCUMENT];
            world.event(Event::AccessChanged { documents });
        }
        world.do_work();
        world.settle();
        assert_eq!(world.heads(0) != before, counts);
        still_serve(&mut world, "afterwards");
    }
}

/// S50
#[test]
fn what_is_worked_on_for_one_who_is_closed_is_dropped() {
    let mut world = together(2);
    let before = world.heads(0);
    world.holds_work = true;
    let stranger = stranger(&mut world);
    say(&mut world, stranger, change(bombs::change_of(100, 100_000)));
    let nonsense = world.event(Event::Received {
        connection: stranger,
        frame: vec![0xff],
    });
    assert!(code(&nonsense, stranger).is_some());
    world.do_work();
    world.settle();
    assert_eq!(world.heads(0), before);
}
