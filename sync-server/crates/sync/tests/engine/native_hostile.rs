//! Strangers who speak the native protocol: whatever they send, nobody else is hurt by it.

use arbtest::arbtest;
use sync::wire::{Message, Native};
use sync::{ClientNode, CloseCode, ConnectionId, Effect, Event, PeerId, ServerLimits};

use crate::bombs;
use crate::documents::{chunk, content, document, put};
use crate::hostile::quietly;
use crate::native::together;
use crate::world::{DOCUMENT, World};

/// Someone who has joined natively and taken part in nothing.
pub(crate) fn stranger(world: &mut World) -> ConnectionId {
    let connection = world.raw_connection();
    let name = PeerId::from(format!("stranger-{}", connection.0));
    let frame = ClientNode::new(name).connected();
    world.event(Event::Received { connection, frame });
    connection
}

pub(crate) fn say(world: &mut World, connection: ConnectionId, message: Native) -> Vec<Effect> {
    let frame = Message::Native(message).encode();
    world.event(Event::Received { connection, frame })
}

pub(crate) fn change(data: Vec<u8>) -> Native {
    Native::Change {
        document: DOCUMENT,
        data,
    }
}

pub(crate) fn code(effects: &[Effect], of: ConnectionId) -> Option<CloseCode> {
    effects.iter().find_map(|effect| match effect {
        Effect::Close {
            connection, code, ..
        } if *connection == of => Some(*code),
        _ => None,
    })
}

/// The two can still write to each other and have it confirmed.
pub(crate) fn still_serve(world: &mut World, text: &str) {
    world.settle();
    for index in 0..2 {
        if world.clients[index].connection.is_none() {
            world.connect(index);
        }
        world.edit(index, "problem", text);
    }
    world.settle();
    assert_eq!(world.heads(0), world.heads(1), "{text}");
    assert!(world.acknowledged(0) && world.acknowledged(1), "{text}");
}

/// S8
#[test]
fn bombs_in_changes_cost_the_stranger_the_connection_and_nobody_else() {
    let mut world = together(2);
    for (name, bomb) in bombs::all() {
        let stranger = stranger(&mut world);
        world.forwards.clear();
        let effects = say(&mut world, stranger, change(bomb));
        let closed = code(&effects, stranger);
        assert!(
            matches!(closed, Some(CloseCode::PAYLOAD | CloseCode::TOO_BIG)),
            "{name}: {effects:?}"
        );
        assert!(world.forwards.is_empty(), "{name}");
    }
    still_serve(&mut world, "after all of them");
}

/// S25: `saveSince` gives no bytes when nothing is new, and a client may well send them.
#[test]
fn a_change_of_no_bytes_is_taken_and_reaches_nobody() {
    let mut world = together(2);
    let stranger = stranger(&mut world);
    world.forwards.clear();
    let effects = say(&mut world, stranger, change(Vec::new()));
    assert_eq!(code(&effects, stranger), None, "{effects:?}");
    world.settle();
    assert!(world.forwards.is_empty());
    still_serve(&mut world, "after nothing");
}

/// S45
#[test]
fn a_change_of_more_operations_than_one_may_have_is_refused_however_small_it_is() {
    let mut world = together(2);
    let stranger = stranger(&mut world);
    let effects = say(&mut world, stranger, change(bombs::change_of(100, 500_001)));
    assert_eq!(
        code(&effects, stranger),
        Some(CloseCode::TOO_BIG),
        "{effects:?}"
    );
    still_serve(&mut world, "afterwards");
}

/// S46
#[test]
fn after_much_work_what_comes_for_a_document_waits_for_its_turn() {
    let mut world = World::new(ServerLimits {
        turn_operations: 3_000,
        ..ServerLimits::default()
    });
    let strangers = [stranger(&mut world), stranger(&mut world)];
    say(
        &mut world,
        strangers[0],
        change(bombs::change_by([1; 16], 1, 10)),
    );
    world.settle();
    let mut bring = |index: u8, now_ms| {
        let bomb = bombs::change_by([100 + index; 16], 1, 4_000);
        let received = Event::Received {
            connection: strangers[usize::from(index)],
            frame: Message::Native(change(bomb)).encode(),
        };
        world.server.handle(received, now_ms)
    };
    let begun_ms = 1_000;
    bring(0, begun_ms);

    let effects = bring(1, begun_ms + 300);

    assert_eq!(effects, [], "nothing is applied, refused or stored");
    world.server.handle(Event::Pause, begun_ms + 300);
    assert_eq!(world.server.wake_at(), Some(begun_ms + 600));
}

/// S22, S25: it is read back before anyone else is given it.
#[test]
fn a_change_that_breaks_automerge_is_neither_forwarded_nor_stored() {
    quietly();
    let mut world = together(2);
    let stored = world.chunks[&DOCUMENT].len();
    let stranger = stranger(&mut world);
    world.forwards.clear();
    let effects = say(
        &mut world,
        stranger,
        change(bombs::change_of(50_000_000, 1)),
    );
    assert!(code(&effects, stranger).is_some(), "{effects:?}");
    assert!(world.forwards.is_empty());
    world.settle();
    assert_eq!(world.chunks[&DOCUMENT].len(), stored);
    still_serve(&mut world, "after the breakdown");
}

/// What only the server may say is passed over, and nobody is shown to be saved or here by it.
#[test]
fn a_client_cannot_speak_for_the_server() {
    let mut world = together(2);
    let stranger = stranger(&mut world);
    let heads = vec![[7; 32]];
    let document = DOCUMENT;
    for message in [
        Native::Saved {
            document,
            heads,
            all: true,
        },
        Native::Resync { document },
        Native::Rights {
            document,
            write: false,
        },
        Native::Deliveries {
            document,
            brought: vec![("ada".to_owned(), "ben".to_owned())],
        },
        Native::StoreFailing,
        Native::StoreRecovered,
        Native::Presences {
            document,
            peers: vec![(PeerId::from("native-0"), None)],
            devices: Vec::new(),
            all: true,
        },
    ] {
        assert_eq!(say(&mut world, stranger, message), []);
    }
}

/// S28
#[test]
fn presence_that_is_too_large_or_for_a_document_not_asked_for_shows_nobody() {
    let mut world = together(2);
    let stranger = stranger(&mut world);
    let presence = |length: usize| Native::Presence {
        document: DOCUMENT,
        data: Some(vec![0; length]),
    };
    assert_eq!(say(&mut world, stranger, presence(10)), []);
    let limit = ServerLimits::default().presence;
    let effects = say(&mut world, stranger, presence(limit + 1));
    assert_eq!(code(&effects, stranger), Some(CloseCode::TOO_BIG));
}

/// S27
#[test]
fn what_a_stranger_claims_to_hold_without_taking_part_is_told_to_nobody() {
    let mut world = together(1);
    let stranger = stranger(&mut world);
    let heads = world.heads(0).into_iter().map(|head| head.0).collect();
    let document = DOCUMENT;
    say(&mut world, stranger, Native::Seen { document, heads });
    for _ in 0..3 {
        world.wait(1_000);
        world.settle();
    }
    assert!(!world.seen(0));
}

/// Version 1 has no such messages: who joined in it is neither heard natively nor closed for it.
#[test]
fn native_messages_mean_nothing_in_version_1() {
    let mut world = together(1);
    let connection = world.raw_connection();
    let frame = ClientNode::version_1(PeerId::from("old")).connected();
    world.event(Event::Received { connection, frame });
    let mut other = document(9);
    put(&mut other, "problem", "by the back door");
    assert_eq!(say(&mut world, connection, change(other.save())), []);
}

/// S8, S25: one operation, and thirty keys for it. Automerge takes it, writes it back differently,
/// and every honest client would refuse what the server then sends.
#[test]
fn a_change_whose_columns_disagree_is_refused_before_anyone_is_given_it() {
    let mut world = together(2);
    let mut sample = document(8);
    put(&mut sample, "key", "value");
    let (kind, mut data) = content(sample.get_changes(&[])[0].raw_bytes());
    let literal = data.windows(4).position(|run| run == *b"\x7f\x03ke");
    data[literal.expect("the run of one key")] = 30;
    let stranger = stranger(&mut world);
    world.forwards.clear();

    let effects = say(&mut world, stranger, change(chunk(kind, &data)));

    assert_eq!(
        code(&effects, stranger),
        Some(CloseCode::PAYLOAD),
        "{effects:?}"
    );
    assert!(world.forwards.is_empty());
    still_serve(&mut world, "after the change");
}

/// S22
#[test]
fn no_native_frame_makes_the_server_panic() {
    quietly();
    let mut sample = document(8);
    put(&mut sample, "key", "value");
    let (kind, data) = content(sample.get_changes(&[])[0].raw_bytes());
    arbtest(|u| {
        let mut world = together(2);
        for _ in 0..u.int_in_range(1..=8)? {
            let connection = stranger(&mut world);
            let document = DOCUMENT;
            let message = match u.int_in_range(0..=4)? {
                0 => change(u.arbitrary()?),
                1 => {
                    let mut data = data.clone();
                    let at = u.choose_index(data.len())?;
                    data[at] = u.arbitrary()?;
                    change(chunk(kind, &data))
                }
                2 => Native::Seen {
                    document,
                    heads: u.arbitrary()?,
                },
                3 => Native::Presence {
                    document,
                    data: u.arbitrary()?,
                },
                _ => change(sample.save()),
            };
            let mut frame = Message::Native(message).encode();
            if u.ratio(1, 3)? {
                let at = u.choose_index(frame.len())?;
                frame[at] = u.arbitrary()?;
            }
            world.event(Event::Received { connection, frame });
            if u.arbitrary()? {
                world.event(Event::Closed { connection });
            }
        }
        still_serve(&mut world, "goes on");
        Ok(())
    })
    .budget_ms(1_000);
}
