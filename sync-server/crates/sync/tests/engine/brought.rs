//! Whose changes come through somebody else.

use automerge::{ActorId, Author, Automerge};
use sync::wire::{Message, Native};
use sync::{ClientNode, Incoming, PeerId, ServerLimits};

use crate::documents::{document, put};
use crate::world::{DOCUMENT, World};

/// A document of somebody who has made one change in it.
fn written_by(person: &str, actor: u8) -> Automerge {
    let mut document = document(actor);
    document.set_author(Some(Author::from(person.as_bytes().to_vec())));
    put(&mut document, person, "was here");
    document
}

/// A client of somebody, with a document, connected and level.
fn joins(world: &mut World, person: &str, document: Automerge) -> usize {
    let name = format!("{person}-{}", world.clients.len());
    let node = ClientNode::new(PeerId::from(name)).with_person(person.to_owned());
    let index = world.add(node, document);
    world.connect(index);
    world.settle();
    world.wait(1_000);
    world.settle();
    index
}

fn world() -> World {
    World::new(ServerLimits::default())
}

/// What a client was told last of who brought whose.
fn told(world: &World, index: usize) -> Option<Vec<(&str, &str)>> {
    let heard = world.clients[index].heard.iter().rev();
    let last = heard.filter_map(|incoming| match incoming {
        Incoming::Deliveries { brought, .. } => Some(brought),
        _ => None,
    });
    let pairs = last.take(1).flatten();
    let pairs = pairs.map(|(author, by)| (author.as_str(), by.as_str()));
    let said = world.clients[index]
        .heard
        .iter()
        .any(|it| matches!(it, Incoming::Deliveries { .. }));
    said.then(|| pairs.collect())
}

/// S40
#[test]
fn ones_own_changes_are_brought_by_nobody() {
    let mut world = world();
    let ada = joins(&mut world, "ada", written_by("ada", 1));
    let ben = joins(&mut world, "ben", written_by("ben", 2));
    world.edit(ada, "more", "of ada");
    world.settle();
    assert_eq!(world.noted, []);
    assert_eq!(told(&world, ada), Some(vec![]));
    assert_eq!(told(&world, ben), Some(vec![]));
}

/// S40: as changes, and as a whole document.
#[test]
fn an_author_whose_changes_somebody_else_brings_is_told_as_such() {
    for late in [false, true] {
        let mut world = world();
        let (watcher, ben);
        if late {
            ben = joins(&mut world, "ben", written_by("ada", 1));
            watcher = joins(&mut world, "carol", document(9));
        } else {
            watcher = joins(&mut world, "carol", written_by("carol", 9));
            ben = joins(&mut world, "ben", written_by("ada", 1));
        }
        assert_eq!(told(&world, watcher), Some(vec![("ada", "ben")]));
        // What is on the server already brings nobody anything new.
        world.disconnect(ben);
        world.connect(ben);
        world.settle();
        assert_eq!(world.noted, [("ada".to_owned(), "ben".to_owned())]);
    }
}

/// S40
#[test]
fn in_version_1_and_without_a_name_nobody_is_said_to_have_brought_them() {
    let mut world = world();
    let watcher = joins(&mut world, "carol", written_by("carol", 9));
    let stranger = world.client(written_by("ada", 1));
    world.connect(stranger);
    world.settle();
    assert_eq!(told(&world, watcher), Some(vec![("ada", "")]));
    assert!(world.acknowledged(stranger));
}

fn change(data: &[u8]) -> Vec<u8> {
    Message::Native(Native::Change {
        document: DOCUMENT,
        data: data.to_vec(),
    })
    .encode()
}

/// S40: whoever sends first what cannot be applied yet is the one who brought it.
#[test]
fn a_change_that_waits_for_others_was_brought_by_who_sent_it() {
    let mut world = world();
    let watcher = joins(&mut world, "carol", document(9));
    let mut whole = written_by("ada", 1);
    let first = whole.save();
    put(&mut whole, "ada", "again");
    let second = whole.get_last_local_change().expect("a change");
    let ben = joins(&mut world, "ben", document(2));
    let frame = change(second.raw_bytes());
    world.clients[ben].to_server.push_back(frame);
    world.settle();
    assert_eq!(
        told(&world, watcher),
        Some(vec![]),
        "nobody knows whose it is"
    );

    let ada = joins(&mut world, "ada", document(3));
    world.clients[ada].to_server.push_back(change(&first));
    world.settle();
    assert_eq!(told(&world, watcher), Some(vec![("ada", "ben")]));
}

/// S40: the first change of an actor names the author of all.
#[test]
fn somebody_who_writes_on_as_an_author_that_is_known_is_told_as_such() {
    let mut world = world();
    let ada = joins(&mut world, "ada", written_by("ada", 1));
    let ben = joins(&mut world, "ben", document(2));
    let mut forged = world.clients[ada].document.clone();
    put(&mut forged, "ada", "never said this");
    let forged = forged.get_last_local_change().expect("a change");
    let frame = change(forged.raw_bytes());
    world.clients[ben].to_server.push_back(frame);
    world.settle();
    assert_eq!(told(&world, ada), Some(vec![("ada", "ben")]));
}

/// S40: it was noted before the server was started anew.
#[test]
fn what_was_noted_is_told_after_a_restart() {
    let mut world = world();
    joins(&mut world, "ben", written_by("ada", 1));
    world.kill_server();
    let watcher = joins(&mut world, "carol", document(9));
    assert_eq!(told(&world, watcher), Some(vec![("ada", "ben")]));
}

/// A document in which this many people have each made a change.
fn written_by_many(people: std::ops::Range<usize>) -> Automerge {
    let mut document = document(1);
    for number in people {
        // Each author has an actor of its own.
        document.set_author(Some(Author::from(format!("{number}").into_bytes())));
        document.set_actor(ActorId::from(format!("{number:04}").as_bytes()));
        put(&mut document, "key", &number.to_string());
    }
    document
}

/// S40: one who brings ever more authors is told as one who brings others', and takes no room of
/// anybody else's.
#[test]
fn nobody_uses_up_the_room_in_which_others_are_told() {
    let mut world = world();
    let watcher = joins(&mut world, "carol", document(9));
    joins(&mut world, "mallory", written_by_many(0..300));
    let of = |world: &World, by: &str| -> Vec<String> {
        let all = told(world, watcher).expect("she is told");
        let theirs = all.into_iter().filter(|(_, bringer)| *bringer == by);
        theirs.map(|(author, _)| author.to_owned()).collect()
    };
    assert_eq!(of(&world, "mallory").len(), 65);
    assert!(of(&world, "mallory").contains(&String::new()));

    joins(&mut world, "ben", written_by("ada", 2));
    assert_eq!(of(&world, "ben"), ["ada"]);
    // Not even over a restart.
    world.kill_server();
    let watcher = joins(&mut world, "carol", document(8));
    joins(&mut world, "mallory", written_by_many(300..310));
    let told = told(&world, watcher).expect("she is told");
    assert_eq!(told.len(), 66);
}

/// S40: also when a thousand come under ever new names.
#[test]
fn what_is_told_stays_short_and_says_that_there_are_more() {
    let mut world = world();
    let watcher = joins(&mut world, "carol", document(9));
    for number in 0..12 {
        let first = 1_000 + 100 * number;
        joins(
            &mut world,
            &format!("mallory {number}"),
            written_by_many(first..first + 70),
        );
    }
    let told = told(&world, watcher).expect("she is told");
    let named = told.iter().filter(|(author, _)| !author.is_empty()).count();
    assert_eq!(named, 512);
    for number in 0..12 {
        let others = ("", format!("mallory {number}"));
        assert!(told.contains(&(others.0, others.1.as_str())), "{number}");
    }
}
