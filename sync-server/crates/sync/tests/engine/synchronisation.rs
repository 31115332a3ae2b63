//! Clients, the server and its store together.

use automerge::sync::{Message as SyncContent, MessageVersion, State, SyncDoc};
use automerge::{Automerge, ChangeHash, PatchLog};
use sync::wire::{Message, PeerMetadata, SyncMessage};
use sync::{ClientNode, Event, Incoming, PeerId, ServerLimits};

use crate::documents::{document, put};
use crate::world::{DOCUMENT, World, value};

fn two_clients() -> World {
    let mut world = World::new(ServerLimits::default());
    world.client(document(1));
    world.client(document(2));
    world
}

/// S10, S11
#[test]
fn what_one_client_writes_another_reads() {
    let mut world = two_clients();
    world.connect(0);
    world.connect(1);
    world.settle();

    world.edit(0, "problem", "too many tools");
    world.settle();

    assert_eq!(
        value(&world.clients[1].document, "problem").as_deref(),
        Some("too many tools")
    );
    assert!(world.acknowledged(0) && world.acknowledged(1));
}

/// S10
#[test]
fn edits_made_apart_converge_when_both_return() {
    let mut world = two_clients();
    world.connect(0);
    world.edit(0, "shared", "start");
    world.connect(1);
    world.settle();
    world.disconnect(0);
    world.disconnect(1);

    world.edit(0, "mine", "a");
    world.edit(1, "yours", "b");
    world.connect(0);
    world.connect(1);
    world.settle();

    assert_eq!(world.heads(0), world.heads(1));
    assert_eq!(
        value(&world.clients[0].document, "yours").as_deref(),
        Some("b")
    );
    assert_eq!(
        value(&world.clients[1].document, "mine").as_deref(),
        Some("a")
    );
}

/// Twenty edits reach the server while the second client answers nothing.
fn one_client_falls_behind() -> World {
    let mut world = two_clients();
    world.connect(0);
    world.connect(1);
    world.edit(0, "shared", "start");
    world.settle();
    for number in 0..20 {
        world.edit(0, &number.to_string(), "edited");
        world.deliver_up(0);
        world.answer_store();
    }
    world
}

/// S10
#[test]
fn a_client_that_answers_slowly_is_sent_what_has_gathered_at_once() {
    let mut world = one_client_falls_behind();
    assert!(world.clients[1].from_server.len() < 6);

    world.settle();

    assert_eq!(world.heads(0), world.heads(1));
    assert!(world.acknowledged(0));
}

/// S10
#[test]
fn a_client_that_owes_no_answer_is_not_waited_for_for_ever() {
    let mut world = one_client_falls_behind();
    let before = world.clients[1].from_server.len();

    world.wait(1_000);

    assert_eq!(world.clients[1].from_server.len(), before + 1);
    world.settle();
    assert_eq!(world.heads(0), world.heads(1));
}

/// Between one press of a key and the next.
const KEYSTROKE_MS: u64 = 100;

/// Three clients that have all written a moment ago.
fn three_writers() -> World {
    let mut world = two_clients();
    world.client(document(9));
    for index in 0..3 {
        world.connect(index);
        world.settle();
    }
    for index in 0..3 {
        world.edit(index, "shared", &index.to_string());
    }
    world.settle();
    world.now_ms += KEYSTROKE_MS;
    world
}

/// A client writes, and the change is stored.
fn writes(world: &mut World, index: usize, value: &str) {
    world.edit(index, &index.to_string(), value);
    world.deliver_up(index);
    world.answer_store();
}

/// S41
#[test]
fn what_several_write_goes_out_as_one_message_when_all_have_written() {
    let mut world = three_writers();
    writes(&mut world, 0, "one");
    writes(&mut world, 1, "two");
    assert!(world.clients.iter().all(|it| it.from_server.is_empty()));

    writes(&mut world, 2, "three");

    assert!(world.clients.iter().all(|it| it.from_server.len() == 1));
    world.settle();
    assert!((0..3).all(|index| world.heads(index) == world.heads(0)));
}

/// S41
#[test]
fn nobody_is_waited_for_for_long() {
    let mut world = three_writers();
    writes(&mut world, 0, "one");
    let due_ms = world.server.wake_at().expect("something gathers");
    assert!(due_ms <= world.now_ms + 20);

    world.now_ms = due_ms;
    world.event(Event::Pause);

    assert!(world.clients.iter().all(|it| it.from_server.len() == 1));
    assert_eq!(world.server.wake_at(), None);
}

/// S41
#[test]
fn who_writes_alone_waits_for_nobody() {
    let mut world = three_writers();
    writes(&mut world, 1, "first");
    world.settle();
    for value in ["second", "third"] {
        world.now_ms += KEYSTROKE_MS;
        writes(&mut world, 1, value);
        assert!(world.clients.iter().all(|it| it.from_server.len() == 1));
        world.settle();
    }
}

/// S41
#[test]
fn a_program_that_writes_without_pause_is_answered_now_and_then() {
    let mut world = three_writers();
    for number in 0..200 {
        world.now_ms += 1;
        world.event(Event::Pause);
        writes(&mut world, 1, &number.to_string());
    }

    let answers = world.clients[1].from_server.len();

    assert!((5..=12).contains(&answers), "{answers} in 200 ms");
    world.wait(20);
    world.settle();
    assert!((0..3).all(|index| world.heads(index) == world.heads(1)));
}

/// S41
#[test]
fn an_answer_that_waited_holds_nobody_up() {
    let mut world = three_writers();
    writes(&mut world, 0, "one");
    writes(&mut world, 1, "two");
    world.edit(2, "2", "three");
    world.deliver_up(2);
    let known = &world.clients[1].document;
    let statement = known.generate_sync_message(&mut State::new());
    let statement = Message::Sync(SyncMessage {
        document: DOCUMENT,
        sender: PeerId::from("client-1"),
        target: PeerId::from("server"),
        data: statement.expect("the first").encode(),
    });
    world.clients[1].to_server.push_back(statement.encode());
    world.deliver_up(1);

    world.answer_store();

    assert!(world.clients.iter().all(|it| it.from_server.len() == 1));
}

/// Whether a frame brings a whole document.
fn is_whole(frame: &[u8]) -> bool {
    let Ok(Message::Request(content) | Message::Sync(content)) = Message::decode(frame) else {
        return false;
    };
    let message = SyncContent::decode(&content.data).expect("it is one");
    // Behind the magic bytes and the checksum stands what kind of chunk it is.
    message.changes.iter().any(|chunk| chunk.get(8) == Some(&0))
}

/// Lets everything through; how many whole documents went up and down.
fn whole_documents(world: &mut World) -> (usize, usize) {
    let (mut up, mut down) = (0, 0);
    for _ in 0..20 {
        for index in 0..world.clients.len() {
            up += usize::from(
                world.clients[index]
                    .to_server
                    .front()
                    .is_some_and(|it| is_whole(it)),
            );
            world.deliver_up(index);
            world.answer_store();
            down += usize::from(
                world.clients[index]
                    .from_server
                    .front()
                    .is_some_and(|it| is_whole(it)),
            );
            world.deliver_down(index);
        }
    }
    world.settle();
    (up, down)
}

/// S42
#[test]
fn a_change_to_a_short_history_goes_alone() {
    let mut world = two_clients();
    world.edit(0, "problem", "many notes in one change");
    world.connect(0);
    world.settle();
    world.connect(1);
    assert_eq!(
        whole_documents(&mut world),
        (0, 1),
        "who has nothing gets all"
    );

    world.edit(1, "problem", "one of them");
    assert_eq!(whole_documents(&mut world), (0, 0));
    assert_eq!(world.heads(0), world.heads(1));
}

/// S42
#[test]
fn who_comes_with_a_document_may_send_it_whole() {
    let mut world = two_clients();
    world.edit(0, "problem", "written apart");
    world.edit(0, "problem", "and again");
    world.connect(0);
    assert_eq!(whole_documents(&mut world), (1, 0));
    assert!(world.acknowledged(0));
}

/// S12
#[test]
fn a_document_that_nobody_has_is_unavailable_until_someone_brings_it() {
    let mut world = two_clients();
    world.connect(0);
    world.settle();
    let unavailable = Incoming::Unavailable { document: DOCUMENT };
    assert_eq!(world.clients[0].heard, [Incoming::Ready, unavailable]);
    assert!(!world.acknowledged(0));

    world.edit(1, "problem", "brought");
    world.connect(1);
    world.settle();

    assert_eq!(
        value(&world.clients[0].document, "problem").as_deref(),
        Some("brought")
    );
}

/// S12
#[test]
fn a_request_waits_while_someone_is_about_to_bring_the_document() {
    let mut world = two_clients();
    world.edit(0, "problem", "on its way");
    world.connect(0);
    world.deliver_up(0);
    world.deliver_down(0);
    world.deliver_up(0);
    world.answer_store();

    world.connect(1);
    world.deliver_up(1);
    world.deliver_down(1);
    world.deliver_up(1);
    world.settle();

    let unavailable = Incoming::Unavailable { document: DOCUMENT };
    assert!(!world.clients[1].heard.contains(&unavailable));
    assert_eq!(
        value(&world.clients[1].document, "problem").as_deref(),
        Some("on its way")
    );
}

/// S12
#[test]
fn a_request_is_answered_when_the_one_who_announced_the_document_goes() {
    let mut world = two_clients();
    put(&mut world.clients[0].document, "problem", "never sent");
    world.connect(0);
    world.deliver_up(0);
    world.deliver_down(0);
    world.deliver_up(0);
    world.answer_store();
    world.connect(1);
    world.deliver_up(1);
    world.deliver_down(1);
    world.deliver_up(1);
    let unavailable = Incoming::Unavailable { document: DOCUMENT };
    assert!(!world.clients[1].heard.contains(&unavailable));

    world.disconnect(0);
    world.settle();

    assert!(world.clients[1].heard.contains(&unavailable));
}

/// S16
#[test]
fn an_idle_document_leaves_memory_and_is_served_again_from_the_store() {
    let mut world = two_clients();
    world.edit(0, "problem", "kept");
    world.connect(0);
    world.settle();
    world.disconnect(0);
    world.settle();
    world.wait(59_999);
    assert_eq!(world.server.documents(), 1);
    world.wait(1);
    assert_eq!(world.server.documents(), 0);

    world.connect(1);
    world.settle();

    assert_eq!(
        value(&world.clients[1].document, "problem").as_deref(),
        Some("kept")
    );
    assert_eq!(world.loads, 2);
}

/// S16
#[test]
fn a_document_is_loaded_once_for_all_who_wait() {
    let mut world = two_clients();
    for index in 0..2 {
        world.connect(index);
        world.deliver_up(index);
        world.deliver_down(index);
        world.deliver_up(index);
    }
    assert_eq!(world.requests.len(), 1);
    world.settle();
    assert_eq!(world.loads, 1);
}

/// S6
#[test]
fn nothing_is_acknowledged_until_the_server_says_so_on_this_connection() {
    let mut world = two_clients();
    world.edit(0, "problem", "a");
    world.connect(0);
    assert!(!world.acknowledged(0));
    world.settle();
    assert!(world.acknowledged(0));

    world.edit(0, "problem", "b");
    assert!(!world.acknowledged(0));
    world.disconnect(0);
    world.connect(0);
    world.deliver_up(0);
    world.deliver_down(0);
    assert!(
        !world.acknowledged(0),
        "a new connection has confirmed nothing yet"
    );
    world.settle();
    assert!(world.acknowledged(0));
}

/// S6
#[test]
fn what_was_confirmed_stays_known_while_offline() {
    let mut world = two_clients();
    world.edit(0, "problem", "a");
    world.connect(0);
    world.settle();
    let confirmed: Vec<_> = world.heads(0).iter().map(|head| head.0).collect();

    world.disconnect(0);
    world.edit(0, "problem", "b");

    assert_eq!(
        world.clients[0].node.acknowledged_heads(&DOCUMENT),
        confirmed
    );
    assert!(!world.acknowledged(0));
}

/// S6: Automerge's own account of what is shared takes a change from another tab, which waited for
/// one of the server's, for the server's too.
#[test]
fn a_change_that_only_another_tab_has_is_not_taken_for_confirmed() {
    let mut tab = document(1);
    put(&mut tab, "first", "the server has it");
    let (first, heads) = (tab.save(), tab.get_heads());
    put(&mut tab, "second", "only the other tab has it");
    let mut client = document(2);
    client.load_incremental(&tab.save_after(&heads)).unwrap();
    let mut node = ClientNode::version_1(PeerId::from("client"));
    node.open(DOCUMENT);
    node.connected();
    let (server, client_name) = (PeerId::from("server"), PeerId::from("client"));
    let welcome = Message::Peer {
        sender: server.clone(),
        target: client_name.clone(),
        version: "1".to_owned(),
        metadata: PeerMetadata::default(),
    };
    node.received(&welcome.encode()).unwrap();

    // The server has something else besides, which is still on its way.
    let heads = [heads, vec![ChangeHash([0xff; 32])]].concat();
    let message = SyncContent {
        heads,
        need: vec![],
        have: vec![],
        changes: first.into(),
        flags: None,
        version: MessageVersion::V2,
    };
    let frame = Message::Sync(SyncMessage {
        document: DOCUMENT,
        sender: server,
        target: client_name,
        data: message.encode(),
    });
    let mut incoming = node.received(&frame.encode()).unwrap();
    let Incoming::Sync { message, .. } = incoming.remove(0) else {
        panic!("{incoming:?}")
    };
    node.merge(&DOCUMENT, &message, &mut client, &mut PatchLog::inactive())
        .unwrap();

    assert_eq!(client.get_heads(), tab.get_heads());
    assert!(!node.acknowledged(&DOCUMENT, &client));
}

/// S17
#[test]
fn ephemeral_messages_reach_the_others_once_and_are_not_stored() {
    let mut world = two_clients();
    world.edit(0, "problem", "a");
    world.connect(0);
    world.connect(1);
    world.settle();
    let stored = world.chunks[&DOCUMENT].len();
    world.clients[1].heard.clear();

    let frame = world.clients[0]
        .node
        .ephemeral(&DOCUMENT, vec![0x01])
        .unwrap();
    world.clients[0].to_server.extend([frame.clone(), frame]);
    world.settle();

    let Incoming::Ephemeral { data, from, .. } = &world.clients[1].heard[0] else {
        panic!()
    };
    assert_eq!(
        (data.as_slice(), from.as_str()),
        ([0x01].as_slice(), "client-0")
    );
    assert_eq!(world.clients[1].heard.len(), 1);
    assert_eq!(world.chunks[&DOCUMENT].len(), stored);
}

/// S5
#[test]
fn a_client_that_comes_back_before_its_old_socket_is_noticed_is_let_in() {
    let mut world = two_clients();
    world.connect(0);
    world.settle();

    world.clients[0].node.disconnected();
    world.connect(0);
    world.settle();

    assert_eq!(world.clients[0].closed_with, None);
    assert_eq!(world.server.connections(), 2);
}

/// S14
#[test]
fn edits_that_arrive_during_a_store_are_stored_together() {
    let mut world = two_clients();
    world.edit(0, "count", "first");
    world.connect(0);
    world.settle();
    for number in 0..10 {
        world.edit(0, "count", &number.to_string());
        world.deliver_up(0);
    }

    assert_eq!(world.requests.len(), 1);
    world.settle();

    assert_eq!(
        world.chunks[&DOCUMENT].len(),
        3,
        "the first, one alone, nine together"
    );
    assert!(world.acknowledged(0));
}

/// S13
#[test]
fn changes_sent_just_before_the_socket_closed_are_kept() {
    let mut world = two_clients();
    world.edit(0, "problem", "before");
    world.connect(0);
    world.settle();
    world.edit(0, "problem", "last words");
    world.deliver_up(0);
    world.edit(0, "solution", "closing");
    world.disconnect(0);
    world.settle();

    world.connect(1);
    world.settle();
    assert_eq!(
        value(&world.clients[1].document, "problem").as_deref(),
        Some("last words")
    );
    assert_eq!(
        value(&world.clients[1].document, "solution").as_deref(),
        Some("closing")
    );
}

/// S10
#[test]
fn an_empty_client_receives_a_long_history_whole() {
    let mut world = two_clients();
    for number in 0..300 {
        put(
            &mut world.clients[0].document,
            &format!("note {number}"),
            "text of a note",
        );
    }
    world.connect(0);
    world.settle();
    world.connect(1);
    world.settle();

    let client: &Automerge = &world.clients[1].document;
    assert_eq!(client.get_heads(), world.heads(0));
    assert!(world.acknowledged(1));
}
