//! What is out since somebody has written under its author's number comes in anew.

#![expect(
    clippy::expect_used,
    reason = "a test's helpers may panic as its tests do"
)]

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use automerge::transaction::Transactable;
use automerge::{ActorId, Author, Automerge, Change, ObjId, ObjType, PatchLog, ROOT, ReadDoc};
use bounded::anew::{self, GaveWay, Renaming};
use bounded::{Gate, GateError, Limits};

const ANA: u8 = 1;
const BEN: u8 = 2;

/// A document with a text, by somebody else.
fn shared() -> Automerge {
    let mut document = Automerge::new().with_actor(ActorId::from([9; 16]));
    let mut edit = document.transaction();
    edit.put_object(ROOT, "text", ObjType::Text)
        .expect("a text");
    edit.commit();
    document
}

/// The document in the hands of this actor.
fn of(document: &Automerge, actor: u8) -> Automerge {
    let mut own = document.fork();
    // Automerge takes another actor with another author.
    own.set_author(Some(Author::from(vec![b'p', actor])));
    own.with_actor(ActorId::from([actor; 16]))
}

fn text(document: &Automerge) -> String {
    let (_, id) = document.get(ROOT, "text").expect("read").expect("a text");
    document.text(&id).expect("a text")
}

fn write(document: &mut Automerge, at: usize, delete: isize, letters: &str) {
    let (_, id) = document.get(ROOT, "text").expect("read").expect("a text");
    let mut edit = document.transaction();
    edit.splice_text(&id, at, delete, letters).expect("letters");
    edit.commit();
}

fn put(document: &mut Automerge, key: &str, value: &str) -> ObjId {
    let mut edit = document.transaction();
    edit.put(ROOT, key, value).expect("a value");
    edit.commit();
    document.get(ROOT, key).expect("read").expect("a value").1
}

fn give_way(mine: &Automerge, theirs: &Automerge) -> GaveWay {
    let theirs = theirs.save_after(&[]);
    let given = anew::give_way(mine, &Gate::default(), &theirs, &Limits::default());
    given.expect("it can").expect("they contradict one another")
}

fn take_up(pool: &[Change], document: &mut Automerge) -> Vec<Renaming> {
    anew::take_up(pool, &Limits::default(), document, &mut Gate::default())
}

fn admit(document: &mut Automerge, from: &Automerge) -> std::result::Result<(), GateError> {
    let changes = document.get_changes_added(from);
    let (limits, patches) = (Limits::default(), &mut PatchLog::inactive());
    Gate::default().admit(changes, &limits, document, patches)
}

/// S48
#[test]
fn what_was_written_under_a_taken_number_comes_in_anew() {
    let shared = shared();
    let (mut ana, mut forger) = (of(&shared, ANA), of(&shared, ANA));
    write(&mut ana, 0, 0, "hello");
    write(&mut ana, 5, 0, " there");
    write(&mut ana, 0, 1, "H");
    put(&mut forger, "forged", "yes");
    assert!(admit(&mut forger.fork(), &ana).is_err());

    let given = give_way(&ana, &forger);

    assert_eq!(text(&given.document), "Hello there");
    assert!(given.document.get(ROOT, "forged").expect("read").is_some());
    assert_eq!(given.lost.len(), 3);
    // Whoever has the forged one takes it all, and the two have the same.
    admit(&mut forger, &given.document).expect("it comes in");
    assert_eq!(forger.get_heads(), given.document.get_heads());
    // The person is still the author.
    let heads = forger.get_heads();
    let authors = heads.iter().filter_map(|head| {
        let meta = forger.get_change_meta_by_hash(head)?;
        Some(meta.author?.as_bytes().to_vec())
    });
    assert!(authors.clone().any(|author| author == [b'p', ANA]));
}

/// S48
#[test]
fn who_hears_late_that_a_number_is_taken_makes_nothing_twice() {
    let shared = shared();
    let (mut ana, mut forger) = (of(&shared, ANA), of(&shared, ANA));
    for (document, value) in [(&mut ana, "a"), (&mut forger, "forged")] {
        put(document, "first", value);
        put(document, "second", value);
    }
    let all = give_way(&ana, &forger).document;
    let (forged, made) = (
        shared.get_changes_added(&forger),
        forger.get_changes_added(&all),
    );
    let bytes = |changes: &[&Change]| -> Vec<u8> {
        changes
            .iter()
            .flat_map(|one| one.raw_bytes().to_vec())
            .collect()
    };
    let ([first, second], [made_first, made_second]) = (&forged[..], &made[..]) else {
        panic!("two each: {forged:?} {made:?}");
    };

    // Of what is forged the second alone has come, with what somebody else has made anew of both.
    let limits = &Limits::default();
    let theirs = bytes(&[made_first, made_second, second]);
    let given = anew::give_way(&ana, &Gate::default(), &theirs, limits);
    let half = given.expect("it can").expect("one is taken");
    let given = anew::give_way(&half.document, &half.gate, &bytes(&[first]), limits);
    let whole = given.expect("it can").expect("the other is taken");

    assert_eq!(whole.document.get_heads(), all.get_heads());
}

/// S48
#[test]
fn those_who_make_the_same_anew_make_the_same_of_it() {
    let shared = shared();
    let (mut ana, mut forger) = (of(&shared, ANA), of(&shared, ANA));
    put(&mut ana, "first", "a");
    let mut ben = of(&ana, BEN);
    put(&mut ana, "second", "a");
    put(&mut ben, "third", "b");
    put(&mut forger, "forged", "yes");

    let (mut hers, mut his) = (
        give_way(&ana, &forger).document,
        give_way(&ben, &forger).document,
    );
    admit(&mut hers, &his).expect("his come in");
    admit(&mut his, &hers).expect("hers come in");

    assert_eq!(hers.get_heads(), his.get_heads());
    // The one before, the forged one, and each of the three once.
    assert_eq!(hers.get_changes(&[]).len(), 5);
}

/// S48
#[test]
fn what_others_have_already_stays_as_it_is() {
    let shared = shared();
    let mut ana = of(&shared, ANA);
    put(&mut ana, "first", "a");
    let mut forger = of(&ana, ANA);
    put(&mut forger, "forged", "yes");
    put(&mut ana, "second", "a");
    let merged = ana.get_changes(&[])[1].hash();

    let given = give_way(&ana, &forger);

    assert_eq!(given.lost.len(), 1);
    assert!(given.document.get_change_by_hash(&merged).is_some());
    let nothing = anew::give_way(
        &given.document,
        &given.gate,
        &forger.save(),
        &Limits::default(),
    );
    assert!(nothing.expect("it can").is_none());
}

/// S48: also by somebody who foresees the names.
#[test]
fn a_name_that_is_taken_too_is_left_to_who_took_it() {
    let shared = shared();
    let (mut ana, mut forger) = (of(&shared, ANA), of(&shared, ANA));
    put(&mut ana, "mine", "a");
    put(&mut ana, "also", "a");
    put(&mut forger, "forged", "yes");
    let foreseen = give_way(&ana, &forger).document.get_changes(&[]);
    let anew = |change: &&Change| change.actor_id().to_bytes().len() > 16;
    let name = foreseen.iter().find(anew).expect("one anew").actor_id();
    let mut again = forger.fork().with_actor(name.clone());
    put(&mut again, "forged again", "yes");

    let given = give_way(&ana, &again);

    for key in ["mine", "also", "forged", "forged again"] {
        assert!(given.document.get(ROOT, key).expect("read").is_some());
    }
    // One who has given way to the first alone comes to the same.
    let mut earlier = give_way(&ana, &forger).document;
    earlier = give_way(&earlier, &again).document;
    assert_eq!(earlier.get_heads(), given.document.get_heads());
}

/// S48
#[test]
fn a_change_that_comes_later_follows_what_it_was_built_on() {
    let shared = shared();
    let (mut ana, mut forger) = (of(&shared, ANA), of(&shared, ANA));
    let first = put(&mut ana, "key", "a");
    let mut ben = of(&ana, BEN);
    put(&mut ben, "key", "b");
    put(&mut forger, "forged", "yes");
    let mut given = give_way(&ana, &forger);

    let late = given.document.get_changes_added(&ben);
    assert_eq!(late.len(), 2, "hers as it was, and his");
    let renamings = take_up(&late, &mut given.document);

    let all = given.document.get_all(ROOT, "key").expect("read");
    assert_eq!(all.len(), 1, "his replaces hers: {all:?}");
    assert_eq!(all[0].0, "b".into());
    let renamed = renamings.iter().find_map(|one| one.operation(&first));
    assert!(renamed.is_some_and(|id| id != first));
}

/// S48: whatever two people have written offline, on one another's, comes to those who have another
/// change under a number of theirs, once, and as they had it.
#[test]
fn whatever_was_written_comes_in_anew() {
    fn edit(u: &mut Unstructured<'_>, document: &mut Automerge) -> Result<()> {
        let length = text(document).chars().count();
        let at = u.choose_index(length + 1)?;
        let delete = u.int_in_range(0..=(length - at).min(2))?;
        let letters = ["a", "bc", "", "xyz"][u.choose_index(4)?];
        write(document, at, delete.cast_signed(), letters);
        put(document, ["k", "l"][u.choose_index(2)?], letters);
        Ok(())
    }
    arbtest(|u| {
        let shared = shared();
        let (mut ana, mut ben) = (of(&shared, ANA), of(&shared, BEN));
        let mut server = shared.fork();
        for _ in 0..u.int_in_range(1..=8)? {
            match u.choose_index(5)? {
                0 => ana.merge(&mut ben).map(drop).expect("merged"),
                1 => ben.merge(&mut ana).map(drop).expect("merged"),
                2 => server.merge(&mut ben).map(drop).expect("merged"),
                3 => edit(u, &mut ben)?,
                _ => edit(u, &mut ana)?,
            }
        }
        let forged = [ANA, BEN][u.choose_index(2)?];
        server.set_author(None);
        server.set_actor(ActorId::from([forged; 16]));
        put(&mut server, "forged", "yes");
        ana.merge(&mut ben).expect("merged");
        let before = text(&ana);
        let theirs = server.save_after(&[]);

        let given = anew::give_way(&ana, &Gate::default(), &theirs, &Limits::default());
        let Some(given) = given.expect("it can") else {
            return Ok(());
        };

        assert_eq!(text(&given.document), before);
        admit(&mut server, &given.document).expect("the others take it");
        assert_eq!(server.get_heads(), given.document.get_heads());
        let loaded = Automerge::load(&server.save()).expect("it loads");
        assert_eq!(loaded.get_heads(), server.get_heads());
        Ok(())
    })
    .budget_ms(1000);
}
