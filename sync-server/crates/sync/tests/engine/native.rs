//! The native protocol: what is sent, to whom, and when.

use std::collections::BTreeSet;

use automerge::{ActorId, Automerge};
use sync::wire::{Message, Native};
use sync::{ClientNode, Event, Incoming, PeerId, ServerLimits};

use crate::documents::{document, put};
use crate::world::{DOCUMENT, Request, World, value};

fn limits() -> ServerLimits {
    ServerLimits::default()
}

/// So many native clients with one document between them.
pub(crate) fn together(count: usize) -> World {
    let mut world = World::new(limits());
    for index in 0..count {
        world.native(document(u8::try_from(index).expect("few")));
        world.connect(index);
    }
    world.edit(0, "problem", "start");
    world.settle();
    world
}

fn kinds(world: &World, index: usize) -> Vec<&'static str> {
    let frames = world.clients[index].from_server.iter();
    frames
        .map(|frame| match Message::decode(frame) {
            Ok(Message::Native(Native::Change { .. })) => "change",
            Ok(Message::Native(Native::Saved { .. })) => "saved",
            Ok(Message::Native(Native::Resync { .. })) => "resync",
            Ok(Message::Native(Native::Presences { .. })) => "presences",
            Ok(Message::Native(Native::StoreFailing)) => "store-failing",
            Ok(Message::Sync(_)) => "sync",
            _ => "other",
        })
        .collect()
}

/// S5
#[test]
fn the_native_protocol_is_chosen_when_both_sides_speak_it() {
    let mut world = World::new(limits());
    world.native(document(1));
    world.client(document(2));
    for index in 0..2 {
        world.connect(index);
    }
    world.settle();
    assert!(world.clients[0].node.is_native());
    assert!(!world.clients[1].node.is_native());
}

/// S25: forwarded at once, confirmed after the store.
#[test]
fn a_change_is_forwarded_before_it_is_stored_and_confirmed_after() {
    let mut world = together(3);
    world.edit(0, "problem", "new");
    world.deliver_up(0);
    assert_eq!(kinds(&world, 0), [""; 0]);
    assert_eq!(
        (kinds(&world, 1), kinds(&world, 2)),
        (vec!["change"], vec!["change"])
    );
    assert!(!world.acknowledged(0));

    world.answer_store();
    assert_eq!(kinds(&world, 0), ["saved"]);
    world.settle();
    assert!((0..3).all(|index| world.acknowledged(index)));
}

/// S25: one frame for everyone, and one chunk in the store.
#[test]
fn a_burst_of_changes_is_forwarded_in_one_frame_and_stored_as_one_chunk() {
    let mut world = together(4);
    world.forwards.clear();
    for index in 0..4 {
        world.edit(index, "problem", &format!("by {index}"));
        let connection = world.clients[index].connection.expect("connected");
        let frame = world.clients[index]
            .to_server
            .pop_front()
            .expect("a change");
        world.event_of_many(Event::Received { connection, frame });
    }
    world.event(Event::Pause);
    assert_eq!(world.forwards, [4]);
    let stores = world.requests.iter();
    let stores = stores.filter(|request| matches!(request, Request::Store(..)));
    assert_eq!(stores.count(), 1);
    world.settle();
    assert!((0..4).all(|index| world.heads(index) == world.heads(0)));
}

/// S23: a whole document goes up and comes down in one message each.
#[test]
fn one_round_brings_a_client_level_in_both_directions() {
    let mut world = together(1);
    let mut other = document(9);
    for number in 0..300 {
        put(&mut other, "count", &number.to_string());
    }
    let index = world.native(other);
    world.connect(index);
    let mut sent = 0;
    while world.step(0) {
        sent = sent.max(world.clients[index].to_server.len());
    }
    assert_eq!(world.heads(0), world.heads(1));
    assert!(sent <= 1 && world.acknowledged(index) && world.acknowledged(0));
}

/// S23: what was forwarded and never arrived is found out by the next change, or by `resync`.
#[test]
fn a_dropped_change_is_made_up_for_by_a_new_round() {
    let mut world = together(2);
    world.dropped_frames = 1;
    world.edit(0, "problem", "dropped on its way");
    world.settle();
    assert_eq!(
        value(&world.clients[1].document, "problem").as_deref(),
        Some("dropped on its way")
    );
    world.edit(0, "problem", "and forwarded again");
    world.settle();
    assert_eq!(world.heads(0), world.heads(1));
}

/// S23: a server that lacks what a change builds on asks for it.
#[test]
fn a_change_that_builds_on_what_the_server_lacks_brings_the_rest_along() {
    let mut world = together(1);
    let connection = world.clients[0].connection.expect("connected");
    let mine = &mut world.clients[0].document;
    put(mine, "a", "the server never hears of it");
    let heads = mine.get_heads();
    put(mine, "b", "builds on it");
    let change = Native::Change {
        document: DOCUMENT,
        data: mine.save_after(&heads),
    };
    let frame = Message::Native(change).encode();
    world.event(Event::Received { connection, frame });
    assert_eq!(kinds(&world, 0), ["resync"]);
    world.settle();
    assert!(world.acknowledged(0));
}

/// S26
#[test]
fn a_failing_store_is_told_to_everyone_and_nothing_is_lost() {
    let mut world = together(2);
    world.failing_stores = 2;
    world.edit(0, "problem", "the disk is full");
    world.settle();
    assert!((0..2).all(|index| world.clients[index].node.is_store_failing()));
    assert!((0..2).all(|index| world.clients[index].connection.is_some()));
    assert!(!world.acknowledged(0));
    world.edit(1, "solution", "written meanwhile");
    world.settle();
    assert!(!world.acknowledged(1), "nothing is confirmed");

    // The first trial fails, the second does not.
    for milliseconds in [1_000, 1_000, 1_000] {
        world.wait(milliseconds);
        world.settle();
    }
    assert!((0..2).all(|index| !world.clients[index].node.is_store_failing()));
    assert!(world.acknowledged(0) && world.acknowledged(1));
    assert_eq!(world.heads(0), world.heads(1));
}

/// S27
#[test]
fn what_a_colleague_has_is_told_and_what_ones_other_tab_has_is_not() {
    let mut world = World::new(limits());
    for (name, device) in [("ana", "a"), ("ana again", "a"), ("ben", "b")] {
        let node = ClientNode::new(PeerId::from(name)).with_storage(device.to_owned());
        let index = world.add(node, document(u8::try_from(name.len()).expect("short")));
        if name != "ben" {
            world.connect(index);
        }
    }
    world.edit(0, "problem", "who has it?");
    let pass = |world: &mut World| {
        world.settle();
        for _ in 0..3 {
            world.wait(1_000);
            world.settle();
        }
    };
    pass(&mut world);
    assert!(world.acknowledged(0) && !world.seen(0));
    world.connect(2);
    pass(&mut world);
    assert!(world.seen(0) && world.seen(1) && world.seen(2));
}

/// S30: what is stored goes out as it is.
#[test]
fn a_cold_document_is_served_without_being_built() {
    let mut world = together(1);
    for number in 0..5 {
        world.edit(0, "count", &number.to_string());
        world.settle();
    }
    world.disconnect(0);
    world.wait(60_000);
    assert_eq!(world.server.documents(), 0);
    let newcomer = world.native(document(7));
    for index in [0, newcomer] {
        world.connect(index);
        world.settle();
        assert_eq!(world.server.documents(), 0, "client {index}");
        assert!(world.acknowledged(index));
    }
    assert_eq!(world.heads(newcomer), world.heads(0));
    world.edit(newcomer, "count", "and goes on");
    world.settle();
    assert_eq!(world.heads(newcomer), world.heads(0));
    assert!(world.acknowledged(0));
}

/// S30
#[test]
fn a_document_that_nobody_touches_leaves_memory_and_comes_back() {
    let mut world = together(2);
    world.wait(60_000);
    assert_eq!(world.server.documents(), 0);
    world.edit(1, "problem", "after the pause");
    world.settle();
    assert_eq!(world.heads(0), world.heads(1));
    assert!(world.acknowledged(1));
}

/// S12: and a document that comes later reaches who asked for it.
#[test]
fn who_asks_for_what_nobody_has_is_told_and_gets_it_when_it_comes() {
    let mut world = World::new(limits());
    world.native(document(1));
    world.connect(0);
    world.settle();
    let told = Incoming::Unavailable { document: DOCUMENT };
    assert!(world.clients[0].heard.contains(&told));
    world.native(document(2));
    world.edit(1, "problem", "here it is");
    world.connect(1);
    world.settle();
    assert_eq!(world.heads(0), world.heads(1));
}

/// What a client was shown of the first, and that it was told to forget everyone.
fn shown(world: &World, index: usize) -> Vec<Option<Vec<u8>>> {
    let heard = world.clients[index].heard.iter();
    heard
        .filter_map(|incoming| match incoming {
            Incoming::Presence { peer, data, .. } if peer.as_str() == "native-0" => {
                Some(data.clone())
            }
            _ => None,
        })
        .collect()
}

/// S28
#[test]
fn presence_is_the_last_word_and_goes_with_its_peer() {
    let mut world = together(3);
    for at in 1..=5_u8 {
        world.clients[0].node.present(&DOCUMENT, Some(vec![at]));
        world.now_ms += 40;
        world.tick(0);
    }
    world.settle();
    world.wait(40);
    world.settle();
    for index in [1, 2] {
        assert_eq!(shown(&world, index).last(), Some(&Some(vec![5])));
    }
    assert_eq!(shown(&world, 0), [], "not to oneself");
    world.disconnect(0);
    world.wait(40);
    world.settle();
    assert_eq!(shown(&world, 1).last(), Some(&None));
    assert!(world.requests.is_empty(), "never stored");
}

/// The receipts that a client has been sent and has not read: how many heads, and whether all.
fn receipts(world: &World, index: usize) -> Vec<(usize, bool)> {
    let frames = world.clients[index].from_server.iter();
    frames
        .filter_map(|frame| match Message::decode(frame) {
            Ok(Message::Native(Native::Saved { heads, all, .. })) => Some((heads.len(), all)),
            _ => None,
        })
        .collect()
}

/// Somebody else's edit of what a client had at some point.
fn foreign_edit(world: &World, actor: u8, at: &[automerge::ChangeHash]) -> Automerge {
    let mut other = world.clients[0].document.fork_at(at).expect("a point");
    other.set_actor(ActorId::from([actor; 16]));
    put(&mut other, "many", &actor.to_string());
    other
}

/// S49
#[test]
fn where_there_are_many_heads_a_receipt_names_the_new_ones() {
    let mut world = together(2);
    let start = world.heads(0);
    for actor in 10..=100 {
        let mut other = foreign_edit(&world, actor, &start);
        let all = &mut world.clients[0].document;
        all.merge(&mut other).expect("merged");
    }
    world.flush(0);
    world.settle();
    assert_eq!(world.heads(1).len(), 91);

    // Somebody goes on from one of the heads.
    let mut late = foreign_edit(&world, 200, &world.heads(0)[..1]);
    world.clients[0].document.merge(&mut late).expect("merged");
    world.flush(0);
    world.deliver_up(0);
    world.answer_store();
    assert_eq!(receipts(&world, 1), [(1, false)]);
    world.settle();
    assert!(world.acknowledged(0) && world.acknowledged(1));
    let confirmed = world.clients[1].node.acknowledged_heads(&DOCUMENT);
    assert_eq!(confirmed.len(), 91, "the head that it follows is none");

    // Who comes anew is told of all.
    world.disconnect(1);
    world.connect(1);
    world.settle();
    assert!(world.acknowledged(1));
}

/// S28: who somebody is, they say; from which device, they cannot.
#[test]
fn presence_comes_with_a_device_that_nobody_else_can_take() {
    let mut world = World::new(limits());
    for (name, storage) in [
        ("ana", Some("laptop")),
        ("ana again", Some("laptop")),
        ("ben", Some("phone")),
        ("cem", None),
    ] {
        let mut node = ClientNode::new(PeerId::from(name));
        if let Some(storage) = storage {
            node = node.with_storage(storage.to_owned());
        }
        let index = world.add(node, document(u8::try_from(name.len()).expect("short")));
        world.connect(index);
        world.settle();
        world.edit(index, "problem", "here");
        world.settle();
    }
    for index in 0..4 {
        world.clients[index]
            .node
            .present(&DOCUMENT, Some(vec![0x60]));
    }
    world.tick(0);
    (1..4).for_each(|index| world.tick(index));
    world.settle();
    world.wait(40);
    world.settle();
    let device = |listener: usize, of: &str| {
        let heard = world.clients[listener].heard.iter().rev();
        let device = heard.filter_map(|incoming| match incoming {
            Incoming::Presence { peer, device, .. } if peer.as_str() == of => device.clone(),
            _ => None,
        });
        device.clone().next().expect("a device")
    };

    let (hers, again) = (device(2, "ana"), device(2, "ana again"));
    assert_eq!(hers, again);
    assert!(!hers.is_own && device(1, "ana").is_own);
    for (listener, of) in [(0, "ben"), (0, "cem"), (3, "ben")] {
        let other = device(listener, of);
        assert!(!other.is_own && other.label != hers.label, "{of}");
    }
    assert_ne!(device(0, "ben").label, device(0, "cem").label);
}

/// S28: at most thirty messages a second, and the server wakes by itself to send what waits.
#[test]
fn presence_is_told_at_most_thirty_times_a_second() {
    let mut world = together(2);
    let connection = world.clients[0].connection.expect("connected");
    world.now_ms = 10_000;
    for millisecond in 0..1_000_u16 {
        world.now_ms = 10_000 + u64::from(millisecond);
        let presence = Native::Presence {
            document: DOCUMENT,
            data: Some(millisecond.to_be_bytes().to_vec()),
        };
        let frame = Message::Native(presence).encode();
        world.event(Event::Received { connection, frame });
    }
    assert!(world.clients[1].from_server.len() <= 31);
    let wake = world
        .server
        .wake_at()
        .expect("the last is still to be told");
    world.now_ms = wake;
    world.event(Event::Pause);
    let frame = world.clients[1].from_server.back().expect("a frame");
    let Ok(Message::Native(Native::Presences { peers, .. })) = Message::decode(frame) else {
        panic!("not presence");
    };
    assert_eq!(peers[0].1.as_deref(), Some(&999_u16.to_be_bytes()[..]));
    assert_eq!(world.server.wake_at(), None);
}

/// S28
#[test]
fn silence_ends_presence() {
    let mut world = together(2);
    world.clients[0].node.present(&DOCUMENT, Some(vec![1]));
    world.tick(0);
    world.settle();
    world.wait(40);
    world.settle();
    world.clients[1].heard.clear();
    // Its client has stopped, its socket has not.
    world.now_ms += 11_000;
    world.event(Event::Tick);
    while !world.clients[1].from_server.is_empty() {
        world.deliver_down(1);
    }
    assert_eq!(shown(&world, 1), [None]);
}

/// S29: what was missed of others is told again as a whole.
#[test]
fn missed_presence_is_repeated() {
    let mut world = together(2);
    world.dropped_frames = 2;
    world.clients[0].node.present(&DOCUMENT, Some(vec![7]));
    world.tick(0);
    world.settle();
    assert_eq!(world.dropped_frames, 0);
    world.wait(1_000);
    world.settle();
    assert_eq!(shown(&world, 1), [Some(vec![7])]);
    let cleared = Incoming::PresenceCleared { document: DOCUMENT };
    assert!(world.clients[1].heard.contains(&cleared));
}

/// S24
#[test]
fn peers_of_both_versions_work_on_one_document() {
    let mut world = World::new(limits());
    for index in 0..4_u8 {
        if index % 2 == 0 {
            world.native(document(index));
        } else {
            world.client(document(index));
        }
        world.connect(index.into());
    }
    for round in 0..5 {
        for index in 0..4 {
            world.edit(index, &format!("{index}"), &format!("{round}"));
        }
        world.settle();
    }
    let heads: BTreeSet<_> = (0..4).map(|index| world.heads(index)).collect();
    assert_eq!(heads.len(), 1);
    assert!((0..4).all(|index| world.acknowledged(index)));
}

/// S47
#[test]
fn in_a_crowd_what_is_new_gathers_for_a_moment_after_what_went_out() {
    let mut world = together(20);
    world.now_ms += 1_000;
    let change = |world: &mut World, index: usize| {
        world.forwards.clear();
        world.edit(index, &format!("note {index}"), "new");
        world.deliver_up(index);
        world.event(Event::Pause);
        world.forwards.iter().filter(|to| **to == 19).count()
    };
    assert_eq!(change(&mut world, 1), 1, "at once after a silence");
    let due_ms = world.now_ms + 2;

    assert_eq!(change(&mut world, 2), 0);
    assert_eq!(world.server.wake_at(), Some(due_ms));

    world.now_ms = due_ms;
    world.event(Event::Pause);
    assert_eq!(world.forwards, [19]);
    world.settle();
    assert!((0..20).all(|index| world.heads(index) == world.heads(0)));
}
