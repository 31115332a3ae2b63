//! What one connection may ask of the server.

use automerge::Automerge;
use sync::wire::{EphemeralMessage, Message, PeerMetadata, SyncMessage};
use sync::{CloseCode, ConnectionId, DocumentId, Effect, Event, PeerId, ServerLimits};

use crate::documents::{document, put};
use crate::world::{DOCUMENT, World};

/// A connection that has joined as `name`.
fn joined(world: &mut World, name: &str) -> ConnectionId {
    let connection = world.raw_connection();
    assert_eq!(closed_with(&send(world, connection, &join(name))), None);
    connection
}

fn join(name: &str) -> Message {
    Message::Join {
        sender: PeerId::from(name),
        versions: vec!["1".to_owned()],
        metadata: PeerMetadata::default(),
    }
}

fn request(sender: &str, document: DocumentId) -> Message {
    Message::Request(SyncMessage {
        document,
        sender: PeerId::from(sender),
        target: PeerId::from("server"),
        data: vec![0x42, 0, 0, 0, 0],
    })
}

fn send(world: &mut World, connection: ConnectionId, message: &Message) -> Vec<Effect> {
    world.event(Event::Received {
        connection,
        frame: message.encode(),
    })
}

/// The code of the close among these effects, which an error frame precedes.
fn closed_with(effects: &[Effect]) -> Option<CloseCode> {
    let close = effects
        .iter()
        .position(|effect| matches!(effect, Effect::Close { .. }))?;
    let Effect::Close { code, reason, .. } = &effects[close] else {
        return None;
    };
    assert!(reason.len() < 124);
    let Some(Effect::Send { frame, .. }) = effects.get(close.wrapping_sub(1)) else {
        panic!("closed without a word");
    };
    assert!(matches!(Message::decode(frame), Ok(Message::Error { .. })));
    Some(*code)
}

fn world() -> World {
    World::new(ServerLimits::default())
}

/// A connection that comes under the name that another has, which is asked whether it lives.
fn claimed(world: &mut World, first: ConnectionId) -> ConnectionId {
    let second = world.raw_connection();
    let asked = Effect::CheckAlive { connection: first };
    assert_eq!(send(world, second, &join("ada")), [asked]);
    second
}

fn checked(world: &mut World, connection: ConnectionId, alive: bool) -> Vec<Effect> {
    world.event(Event::Checked { connection, alive })
}

/// Who is let in by these effects.
fn let_in(effects: &[Effect]) -> Vec<ConnectionId> {
    let joined = effects.iter().filter_map(|effect| match effect {
        Effect::Send { connection, frame } => {
            let message = Message::decode(frame);
            matches!(message, Ok(Message::Peer { .. })).then_some(*connection)
        }
        _ => None,
    });
    joined.collect()
}

/// S5
#[test]
fn a_name_belongs_to_the_connection_that_has_it_and_answers() {
    let mut world = world();
    let first = joined(&mut world, "ada");
    claimed(&mut world, first);
    assert_eq!(
        closed_with(&checked(&mut world, first, true)),
        Some(CloseCode::LATER)
    );

    // The first goes on, and the name is free again when it has gone.
    assert_eq!(
        closed_with(&send(&mut world, first, &request("ada", DOCUMENT))),
        None
    );
    world.event(Event::Closed { connection: first });
    let third = world.raw_connection();
    assert_eq!(let_in(&send(&mut world, third, &join("ada"))), [third]);
}

/// S5
#[test]
fn who_lost_the_network_comes_back_under_their_name_at_once() {
    let mut world = world();
    let first = joined(&mut world, "ada");
    let second = claimed(&mut world, first);
    let effects = checked(&mut world, first, false);
    assert_eq!(closed_with(&effects), Some(CloseCode::LATER));
    assert_eq!(let_in(&effects), [second]);
    // What the first had still to say does not count, and its end does not free the name.
    assert_eq!(send(&mut world, first, &request("ada", DOCUMENT)), []);
    world.event(Event::Closed { connection: first });
    let effects = send(&mut world, second, &request("ada", DOCUMENT));
    assert_eq!(closed_with(&effects), None);
    claimed(&mut world, second);
}

/// S5
#[test]
fn who_waits_for_a_name_has_it_when_the_other_goes() {
    let mut world = world();
    let first = joined(&mut world, "ada");
    let second = claimed(&mut world, first);
    let effects = world.event(Event::Closed { connection: first });
    assert_eq!(let_in(&effects), [second]);
    // The answer comes too late to mean anything.
    assert_eq!(checked(&mut world, first, false), []);
}

/// S5
#[test]
fn one_at_a_time_waits_for_a_name_and_nobody_for_the_servers() {
    let mut world = world();
    let first = joined(&mut world, "ada");
    let second = claimed(&mut world, first);
    let third = world.raw_connection();
    let refused = send(&mut world, third, &join("ada"));
    assert_eq!(closed_with(&refused), Some(CloseCode::LATER));
    // Who waits is not there yet, and may go.
    let early = send(&mut world, second, &request("ada", DOCUMENT));
    assert_eq!(closed_with(&early), Some(CloseCode::PROTOCOL));
    assert_eq!(checked(&mut world, first, true), []);
    claimed(&mut world, first);

    let forger = world.raw_connection();
    let refused = send(&mut world, forger, &join("server"));
    assert_eq!(closed_with(&refused), Some(CloseCode::POLICY));
}

/// S5
#[test]
fn messages_under_another_name_are_dropped() {
    let mut world = world();
    joined(&mut world, "ada");
    let other = joined(&mut world, "eve");
    let leave = Message::Leave {
        sender: PeerId::from("ada"),
    };
    assert!(send(&mut world, other, &request("ada", DOCUMENT)).is_empty());
    assert!(send(&mut world, other, &leave).is_empty());
    let Message::Request(mut misled) = request("eve", DOCUMENT) else {
        panic!("a request");
    };
    misled.target = PeerId::from("another-server");
    assert!(send(&mut world, other, &Message::Request(misled)).is_empty());
    assert_eq!(world.server.documents(), 0);
}

/// S5
#[test]
fn the_handshake_comes_first_and_once() {
    let mut world = world();
    let early = world.raw_connection();
    assert_eq!(
        closed_with(&send(&mut world, early, &request("a", DOCUMENT))),
        Some(CloseCode::PROTOCOL)
    );
    let twice = joined(&mut world, "b");
    assert_eq!(
        closed_with(&send(&mut world, twice, &join("c"))),
        Some(CloseCode::PROTOCOL)
    );
    let other = world.raw_connection();
    let mut later = join("d");
    if let Message::Join { versions, .. } = &mut later {
        *versions = vec!["9".to_owned()];
    }
    assert_eq!(
        closed_with(&send(&mut world, other, &later)),
        Some(CloseCode::PROTOCOL)
    );
    let nameless = world.raw_connection();
    assert_eq!(
        closed_with(&send(&mut world, nameless, &join(""))),
        Some(CloseCode::PROTOCOL)
    );
}

/// S21
#[test]
fn a_connection_may_take_part_in_so_many_documents() {
    let limits = ServerLimits {
        documents_per_connection: 2,
        ..ServerLimits::default()
    };
    let mut world = World::new(limits);
    let connection = joined(&mut world, "a");
    let id = |number| DocumentId::from_bytes([number; 16]);
    for number in [1, 2, 1] {
        let effects = send(&mut world, connection, &request("a", id(number)));
        assert_eq!(closed_with(&effects), None);
    }
    let effects = send(&mut world, connection, &request("a", id(3)));
    assert_eq!(closed_with(&effects), Some(CloseCode::POLICY));
}

/// S21
#[test]
fn messages_that_wait_are_limited() {
    let limits = ServerLimits {
        waiting_messages: 3,
        ..ServerLimits::default()
    };
    let mut world = World::new(limits);
    let connection = joined(&mut world, "a");
    for _ in 0..3 {
        let effects = send(&mut world, connection, &request("a", DOCUMENT));
        assert_eq!(closed_with(&effects), None);
    }
    let effects = send(&mut world, connection, &request("a", DOCUMENT));
    assert_eq!(closed_with(&effects), Some(CloseCode::LATER));
}

/// S21
#[test]
fn frames_are_limited() {
    let limits = ServerLimits {
        frame: 1_000,
        ..ServerLimits::default()
    };
    let mut world = World::new(limits);
    let connection = joined(&mut world, "a");
    let effects = world.event(Event::Received {
        connection,
        frame: vec![0; 1_001],
    });
    assert_eq!(closed_with(&effects), Some(CloseCode::TOO_BIG));
}

/// What a connection is told when it is closed.
fn told(effects: &[Effect]) -> (Option<CloseCode>, String) {
    let told = effects.iter().find_map(|effect| match effect {
        Effect::Send { frame, .. } => match Message::decode(frame) {
            Ok(Message::Error { message, .. }) => Some(message),
            _ => None,
        },
        _ => None,
    });
    (closed_with(effects), told.unwrap_or_default())
}

/// S21
#[test]
fn a_field_that_is_too_long_is_named() {
    let limits = ServerLimits::default();
    for (data, session, words) in [
        (limits.ephemeral + 1, 1, "`data` of 65537 bytes"),
        (10, limits.name + 1, "`sessionId` of 257 bytes"),
    ] {
        let mut world = world();
        let connection = joined(&mut world, "a");
        let ephemeral = EphemeralMessage {
            document: DOCUMENT,
            sender: PeerId::from("a"),
            target: PeerId::from("server"),
            session: "s".repeat(session),
            count: 1,
            data: vec![0; data],
        };
        let effects = send(&mut world, connection, &Message::Ephemeral(ephemeral));
        let (code, said) = told(&effects);
        assert!(
            code == Some(CloseCode::TOO_BIG) && said.contains(words),
            "{code:?} {said}"
        );
    }
}

/// A request that brings one more change of a document whose first one is never sent.
fn orphan(source: &mut Automerge, number: usize) -> Message {
    let before = source.get_heads();
    put(source, "orphan", &number.to_string());
    let mut message = request("a", DOCUMENT);
    if let Message::Request(content) = &mut message {
        content.data = crate::bombs::message(&source.save_after(&before));
    }
    message
}

fn beginning() -> Automerge {
    let mut source = document(1);
    put(&mut source, "first", "is never sent");
    source
}

/// S16, S30
#[test]
fn changes_that_wait_for_others_leave_memory_after_those_who_brought_them() {
    let mut world = World::new(ServerLimits::default());
    let connection = joined(&mut world, "a");
    let reader = joined(&mut world, "b");
    send(&mut world, reader, &request("b", DOCUMENT));
    send(&mut world, connection, &orphan(&mut beginning(), 0));
    world.settle();
    world.wait(60_000);
    assert_eq!(world.server.documents(), 1);

    world.event(Event::Closed { connection });
    world.wait(60_000);

    assert_eq!(world.server.documents(), 0);
}

/// S21
#[test]
fn changes_that_wait_for_others_are_limited() {
    let limits = ServerLimits {
        orphan_bytes: 2_000,
        ..ServerLimits::default()
    };
    let mut world = World::new(limits);
    let mut source = beginning();
    let connection = joined(&mut world, "a");
    let mut ended = None;
    for number in 0..30 {
        let effects = send(&mut world, connection, &orphan(&mut source, number));
        ended = ended.or(closed_with(&effects));
        world.settle();
    }
    assert_eq!(ended, Some(CloseCode::INTERNAL));
    assert!(world.chunks.is_empty(), "what waits is not stored");
}

/// S21
#[test]
fn leaving_closes_without_an_error() {
    let mut world = world();
    let connection = joined(&mut world, "a");
    let effects = send(
        &mut world,
        connection,
        &Message::Leave {
            sender: PeerId::from("a"),
        },
    );
    let [
        Effect::Close {
            code: CloseCode::NORMAL,
            ..
        },
    ] = effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert!(send(&mut world, connection, &request("a", DOCUMENT)).is_empty());
}
