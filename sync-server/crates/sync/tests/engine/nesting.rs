//! How deep objects may lie in one another, in one chunk and in a document.

use arbtest::arbtest;
use automerge::transaction::Transactable;
use automerge::{Automerge, ObjId, ObjType, PatchLog, ROOT};
use sync::bounded::{Limits, Refusal, What, check_chunk, check_message};
use sync::wire::{Message, SyncMessage};
use sync::{ClientNode, CloseCode, ConnectionId, Effect, Event, Incoming, PeerId};

use crate::bombs::{change_data, message, number, run};
use crate::documents::{chunk, document};
use crate::hostile::quietly;
use crate::native::together;
use crate::native_hostile::{change, code, say, still_serve, stranger};
use crate::world::{DOCUMENT, World};

const TOO_DEEP: Refusal = Refusal::TooMuch {
    what: What::Levels,
    limit: 64,
};

/// One change that makes this many maps, each in the one before, the first in `inside`: the last.
fn deepen(document: &mut Automerge, inside: &ObjId, levels: usize) -> (ObjId, Vec<u8>) {
    let before = document.get_heads();
    let mut edit = document.transaction();
    let mut object = inside.clone();
    for _ in 0..levels {
        object = edit
            .put_object(&object, "deep", ObjType::Map)
            .expect("a map");
    }
    edit.commit();
    (object, document.save_after(&before))
}

/// S38
#[test]
fn a_chunk_may_nest_objects_up_to_the_limit() {
    let limits = Limits::default();
    let chain = |levels| {
        let mut document = document(1);
        let (_, change) = deepen(&mut document, &ROOT, levels);
        [change, document.save()]
    };
    for chunk in chain(64) {
        assert_eq!(check_chunk(&chunk, &limits).map(|r| r.nested), Ok(vec![]));
    }
    for chunk in chain(65).into_iter().chain(chain(10_000)) {
        assert_eq!(check_chunk(&chunk, &limits), Err(TOO_DEEP));
        assert_eq!(check_message(&message(&chunk), &limits), Err(TOO_DEEP));
    }
}

/// S7
#[test]
fn the_objects_of_a_chunk_are_counted() {
    let mut source = document(1);
    let (_, change) = deepen(&mut source, &ROOT, 8);
    let limited = |objects| {
        let limits = Limits {
            objects,
            ..Limits::default()
        };
        check_chunk(&change, &limits)
    };
    assert!(limited(8).is_ok());
    let what = What::Objects;
    assert_eq!(limited(7), Err(Refusal::TooMuch { what, limit: 7 }));
}

/// S38
#[test]
fn what_lies_in_objects_of_elsewhere_is_told_with_its_levels() {
    let mut source = document(1);
    let (middle, first) = deepen(&mut source, &ROOT, 40);
    let (_, second) = deepen(&mut source, &middle, 30);
    let check = |bytes: &[u8]| check_chunk(bytes, &Limits::default());

    let nested = check(&second).expect("within the limit alone").nested;
    assert_eq!(nested.len(), 1);
    assert_eq!((nested[0].counter, nested[0].levels), (40, 30));
    assert_eq!(nested[0].actor, [1; 16]);
    // Together they are too much, in whatever order.
    assert_eq!(check(&[&first[..], &second].concat()), Err(TOO_DEEP));
    assert_eq!(check(&[&second[..], &first].concat()), Err(TOO_DEEP));
}

/// S38
#[test]
fn the_levels_of_any_document_are_counted() {
    arbtest(|u| {
        let mut source = document(1);
        let mut objects = vec![(ROOT, 0_u64)];
        for _ in 0..u.int_in_range(1..=5)? {
            let mut edit = source.transaction();
            for _ in 0..u.int_in_range(1..=12)? {
                let (inside, depth) = u.choose(&objects)?.clone();
                let kind = *u.choose(&[ObjType::Map, ObjType::List, ObjType::Text])?;
                let made = edit.put_object(&inside, "key", kind);
                if let Ok(made) = made.or_else(|_| edit.insert_object(&inside, 0, ObjType::Map)) {
                    objects.push((made, depth + 1));
                }
                let _ = edit.put(&inside, "other", u.arbitrary::<i64>()?);
            }
            edit.commit();
        }
        let deepest = objects.iter().map(|(_, depth)| *depth).max().unwrap_or(0);
        let mut changes: Vec<_> = source.get_changes(&[]);
        changes.reverse();
        let apart = changes.iter().flat_map(|one| one.raw_bytes().to_vec());
        for bytes in [source.save(), source.save_nocompress(), apart.collect()] {
            let limited = |levels| {
                let limits = Limits {
                    levels,
                    ..Limits::default()
                };
                check_chunk(&bytes, &limits).map(|report| report.nested)
            };
            assert_eq!(limited(deepest), Ok(vec![]));
            assert!(limited(deepest - 1).is_err(), "{deepest}");
        }
        Ok(())
    })
    .budget_ms(1_000);
}

/// A change that makes maps, one in each of these objects, which are named by the number of the
/// operation that made them.
fn maps_inside(first: u64, inside: &[u64]) -> Vec<u8> {
    let rows = i64::try_from(inside.len()).expect("few");
    let each: Vec<u8> = inside.iter().flat_map(|one| number(*one)).collect();
    let data = change_data(
        first,
        &[
            (0x01, run(rows, &[0])),
            (0x02, run(-rows, &each)),
            (0x15, run(rows, &[1, b'a'])),
            (0x34, number(rows.unsigned_abs())),
            (0x42, run(rows, &[0])),
            (0x56, run(rows, &[0])),
            (0x70, run(rows, &[0])),
        ],
    );
    chunk(1, &data)
}

/// S38
#[test]
fn objects_in_a_circle_or_in_a_root_by_name_are_refused() {
    let malformed = Err(Refusal::Malformed("object"));
    for circle in [
        maps_inside(5, &[5]),
        maps_inside(5, &[6, 5]),
        maps_inside(5, &[4, 5, 9]),
        // The root is not named.
        maps_inside(5, &[0]),
    ] {
        assert_eq!(check_chunk(&circle, &Limits::default()), malformed);
    }
    let chain = check_chunk(&maps_inside(5, &[4, 5, 6]), &Limits::default());
    assert_eq!(chain.map(|report| report.nested[0].levels), Ok(3));
}

/// S38
#[test]
fn objects_inside_one_that_does_not_exist_are_not_kept() {
    quietly();
    let mut world = together(2);
    let stored = world.chunks[&DOCUMENT].len();
    let stranger = stranger(&mut world);
    world.forwards.clear();
    let effects = say(&mut world, stranger, change(maps_inside(5, &[4])));
    assert_eq!(
        code(&effects, stranger),
        Some(CloseCode::PAYLOAD),
        "{effects:?}"
    );
    assert!(world.forwards.is_empty());
    assert_eq!(world.chunks[&DOCUMENT].len(), stored);
    still_serve(&mut world, "after the stranger");
}

/// In which protocol a stranger brings changes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Speaks {
    Natively,
    Version1,
}

impl Speaks {
    const ALL: [Self; 2] = [Self::Natively, Self::Version1];

    fn bring(self, world: &mut World, from: ConnectionId, bytes: Vec<u8>) -> Vec<Effect> {
        if self == Self::Natively {
            return say(world, from, change(bytes));
        }
        let content = SyncMessage {
            document: DOCUMENT,
            sender: PeerId::from("old"),
            target: PeerId::from("server"),
            data: message(&bytes),
        };
        let frame = Message::Sync(content).encode();
        world.event(Event::Received {
            connection: from,
            frame,
        })
    }

    /// Two who work together, and a stranger who speaks this protocol.
    fn visits(self) -> (World, ConnectionId) {
        let mut world = together(2);
        if self == Self::Natively {
            let stranger = stranger(&mut world);
            return (world, stranger);
        }
        let connection = world.raw_connection();
        let frame = ClientNode::version_1(PeerId::from("old")).connected();
        world.event(Event::Received { connection, frame });
        (world, connection)
    }
}

/// The stranger was closed for a document that is too deep; the others have what they had, and
/// the store too.
fn nothing_of_it_stays(world: &mut World, effects: &[Effect], stranger: ConnectionId) {
    assert_eq!(
        code(effects, stranger),
        Some(CloseCode::TOO_BIG),
        "{effects:?}"
    );
    let told = effects.iter().any(|effect| {
        matches!(effect, Effect::Send { connection, frame } if *connection == stranger
            && matches!(Message::decode(frame), Ok(Message::Error { .. })))
    });
    assert!(told, "closed without a word");
    still_serve(world, "after the stranger");
    let mut kept = Automerge::new();
    for stored in &world.chunks[&DOCUMENT] {
        kept.load_incremental(&stored.bytes).expect("it loads");
    }
    assert_eq!(kept.get_heads(), world.heads(0), "stored");
}

/// S38
#[test]
fn a_chain_built_change_by_change_ends_at_the_limit() {
    for speaks in Speaks::ALL {
        let (mut world, stranger) = speaks.visits();
        let mut source = document(9);
        let mut object = ROOT;
        for level in 1..=64 {
            let (deeper, bytes) = deepen(&mut source, &object, 1);
            object = deeper;
            let effects = speaks.bring(&mut world, stranger, bytes);
            assert_eq!(code(&effects, stranger), None, "level {level}");
            world.settle();
        }
        let taken = source.get_heads();
        let (_, bytes) = deepen(&mut source, &object, 1);
        world.forwards.clear();
        let effects = speaks.bring(&mut world, stranger, bytes);
        assert!(world.forwards.is_empty());
        let known = |hash| world.clients[1].document.get_change_meta_by_hash(hash);
        assert!(taken.iter().all(|hash| known(hash).is_some()));
        nothing_of_it_stays(&mut world, &effects, stranger);
    }
}

/// S38: what waits for the beginning of its chain is measured when that has come; the beginning
/// stays.
#[test]
fn a_chain_that_comes_from_its_end_is_measured_when_it_is_whole() {
    for speaks in Speaks::ALL {
        for (upper, lower, fits) in [(32, 32, true), (40, 30, false)] {
            let (mut world, stranger) = speaks.visits();
            let mut source = document(9);
            let (middle, first) = deepen(&mut source, &ROOT, upper);
            let before = source.get_heads();
            let (_, second) = deepen(&mut source, &middle, lower);
            for bytes in [second, first] {
                let effects = speaks.bring(&mut world, stranger, bytes);
                assert_eq!(code(&effects, stranger), None);
                world.settle();
            }
            let heads = world.heads(1);
            assert_eq!(heads.contains(&source.get_heads()[0]), fits);
            assert_eq!(heads.contains(&before[0]), !fits);
            still_serve(&mut world, "after the stranger");
        }
    }
}

/// S38: a server that gives out something too deep is not followed.
#[test]
fn a_client_refuses_what_lies_too_deep_in_its_document() {
    let mut world = together(1);
    let mut source = document(9);
    let (middle, first) = deepen(&mut source, &ROOT, 40);
    let (_, second) = deepen(&mut source, &middle, 30);
    let client = &mut world.clients[0];
    let mut told = |bytes: Vec<u8>| {
        let frame = Message::Native(change(bytes)).encode();
        let mut incoming = client.node.received(&frame).expect("it is well formed");
        let mut patches = PatchLog::inactive();
        let Incoming::Sync { document, message } = incoming.remove(0) else {
            panic!("{incoming:?}")
        };
        let own = &mut client.document;
        client.node.merge(&document, &message, own, &mut patches)
    };
    assert!(told(first).is_ok());
    assert_eq!(told(second).err(), Some(TOO_DEEP.into()));
    let known = client
        .document
        .get_change_meta_by_hash(&source.get_heads()[0]);
    assert!(known.is_none(), "it is not in the document");
}

/// S39: nothing catches what Automerge does with a lie in a client; so it never gets one.
#[test]
fn a_client_refuses_what_builds_on_nothing_however_it_comes() {
    let lie = maps_inside(5, &[4]);
    for speaks in Speaks::ALL {
        let mut world = together(2);
        let heads = world.heads(0);
        let client = &mut world.clients[0];
        let own = &mut client.document;
        let patches = &mut PatchLog::active();
        let frame = if speaks == Speaks::Natively {
            Message::Native(change(lie.clone()))
        } else {
            Message::Sync(SyncMessage {
                document: DOCUMENT,
                sender: PeerId::from("server"),
                target: PeerId::from("client"),
                data: message(&lie),
            })
        };
        let mut incoming = client.node.received(&frame.encode()).expect("well formed");
        let Incoming::Sync { document, message } = incoming.remove(0) else {
            panic!("{incoming:?}")
        };
        let told = client.node.merge(&document, &message, own, patches);
        assert_eq!(told, Err(Refusal::Unfounded("object").into()), "{speaks:?}");
        assert_eq!(world.heads(0), heads);
        still_serve(&mut world, "after the lie");
    }
}
