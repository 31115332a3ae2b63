//! Changes as nobody writes them by accident.

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, Change, ExpandedChange, ObjType, ROOT, ScalarValue};
use bounded::{GateError, Refusal, What};

use crate::{Guarded, document};

/// A document with a map, a list and a text, its actor's operations numbered from one:
/// the map is 1, the list 2, the text 3, then a value in the map 4, two elements 5 and 6 and three
/// letters 7 to 9.
fn honest() -> Automerge {
    let mut document = document(1);
    let mut edit = document.transaction();
    let map = edit.put_object(ROOT, "map", ObjType::Map).expect("a map");
    let list = edit
        .put_object(ROOT, "list", ObjType::List)
        .expect("a list");
    let text = edit
        .put_object(ROOT, "text", ObjType::Text)
        .expect("a text");
    edit.put(&map, "k", 1).expect("a value");
    edit.insert(&list, 0, "a").expect("an element");
    edit.insert(&list, 1, "b").expect("an element");
    edit.splice_text(&text, 0, 0, "abc").expect("letters");
    edit.commit();
    document
}

fn named(number: u64, actor: u8) -> OpId {
    OpId(number, ActorId::from([actor; 16]))
}

fn put(object: ObjectId, key: Key, pred: Vec<OpId>, insert: bool) -> Op {
    Op {
        action: OpType::Put(ScalarValue::Str("x".into())),
        obj: object,
        key,
        pred: pred.into(),
        insert,
    }
}

/// A change by the actor 9 that follows the document.
fn change(after: &Automerge, operations: Vec<Op>) -> ExpandedChange {
    ExpandedChange {
        operations,
        actor_id: ActorId::from([9; 16]),
        hash: None,
        seq: 1,
        start_op: 10.try_into().expect("not zero"),
        time: 0,
        message: None,
        deps: after.get_heads(),
        extra_bytes: Vec::new(),
        author: None,
    }
}

fn refused(change: ExpandedChange) -> GateError {
    let mut guarded = Guarded {
        document: honest(),
        ..Guarded::default()
    };
    let before = guarded.document.get_heads();
    let refusal = guarded
        .admit(vec![change.into()])
        .expect_err("it is refused");
    assert_eq!(guarded.document.get_heads(), before);
    guarded.stands();
    refusal
}

/// S39
#[test]
fn what_refers_to_nothing_is_refused() {
    let map = || ObjectId::Id(named(1, 1));
    let list = || ObjectId::Id(named(2, 1));
    let element = |number| Key::Seq(ElementId::Id(named(number, 1)));
    let prop = || Key::Map("k".into());
    let head = || Key::Seq(ElementId::Head);
    let make = |object| Op {
        action: OpType::Make(ObjType::Map),
        ..put(object, prop(), vec![], false)
    };
    let delete = |object, key, pred| Op {
        action: OpType::Delete,
        ..put(object, key, pred, false)
    };
    let cases = [
        (
            "object",
            put(ObjectId::Id(named(77, 1)), prop(), vec![], false),
        ),
        ("object", make(ObjectId::Id(named(4, 1)))),
        ("object", make(ObjectId::Id(named(12, 9)))),
        // Of the wrong kind.
        ("element", put(list(), prop(), vec![], false)),
        ("element", put(map(), element(5), vec![], false)),
        ("element", put(map(), prop(), vec![], true)),
        // Elsewhere, itself, or nowhere.
        ("element", put(list(), element(7), vec![], true)),
        ("element", put(list(), element(4), vec![], false)),
        ("element", put(list(), element(78), vec![], true)),
        (
            "element",
            put(list(), Key::Seq(ElementId::Id(named(10, 9))), vec![], true),
        ),
        ("element", put(list(), head(), vec![], false)),
        ("value", put(map(), prop(), vec![named(79, 1)], false)),
        ("value", put(map(), prop(), vec![named(5, 1)], false)),
        ("value", put(map(), prop(), vec![named(10, 9)], false)),
        ("value", put(list(), element(5), vec![named(6, 1)], false)),
        ("value", put(list(), head(), vec![named(5, 1)], true)),
        ("value", delete(map(), prop(), vec![])),
    ];
    for (what, operation) in cases {
        let told = format!("{operation:?}");
        let refusal = refused(change(&honest(), vec![operation]));
        assert_eq!(refusal, Refusal::Unfounded(what).into(), "{told}");
    }
    // An actor who is named and has written nothing.
    let stranger = put(map(), prop(), vec![named(4, 8)], false);
    let refusal = refused(change(&honest(), vec![stranger]));
    assert_eq!(refusal, Refusal::Unfounded("author").into());
}

/// S39
#[test]
fn whose_numbers_do_not_follow_is_refused() {
    let operation = || put(ObjectId::Root, Key::Map("k".into()), vec![], false);
    let plain = || change(&honest(), vec![operation()]);
    let author = Refusal::Unfounded("author").into();
    assert_eq!(refused(ExpandedChange { seq: 2, ..plain() }), author);
    let written = honest().get_changes(&[]);
    let again = ExpandedChange {
        actor_id: written[0].actor_id().clone(),
        ..plain()
    };
    assert_eq!(refused(again), Refusal::Doubled.into());
    let start_op = 9.try_into().expect("not zero");
    let early = ExpandedChange {
        start_op,
        ..plain()
    };
    assert_eq!(refused(early), Refusal::Unfounded("change").into());
}

/// S39: what waited and turns out to lie goes, and what builds on it; everything else comes in.
#[test]
fn what_waited_is_looked_at_when_its_turn_comes() {
    let source = honest();
    let missing = ObjectId::Id(named(70, 1));
    let lie: Change = change(
        &source,
        vec![put(missing, Key::Map("k".into()), vec![], false)],
    )
    .into();
    let mut guarded = Guarded::default();
    guarded.admit(vec![lie]).expect("it waits");
    guarded
        .admit(source.get_changes(&[]))
        .expect("it is honest");
    assert_eq!(guarded.document.get_heads(), source.get_heads());
    assert_eq!(guarded.gate.waiting().len(), 0);
    guarded.stands();
}

/// S48: what was let go for its number and is brought again waits like any other; it is out once it
/// could come in, and whoever looks at what was lost then is told so.
#[test]
fn what_is_brought_again_before_what_it_builds_on_is_not_out_yet() {
    let mut ana = honest();
    let mut guarded = Guarded::default();
    guarded
        .admit(ana.get_changes(&[]))
        .expect("all of it is there");
    let mut rival = ana.clone();
    let mut ben = ana.fork().with_actor(ActorId::from([7; 16]));
    let heads = ana.get_heads();
    edit(&mut rival, "rival");
    edit(&mut ben, "ben");
    ana.merge(&mut ben).expect("they have one past");
    edit(&mut ana, "late");
    let written = |document: &Automerge| document.get_changes(&heads);
    let late = written(&ana).pop().expect("a change");

    guarded.admit(vec![late.clone()]).expect("it waits");
    guarded.admit(written(&rival)).expect("it comes first");
    assert!(guarded.gate.is_doubled(&late.hash()));
    guarded.admit(vec![late.clone()]).expect("it waits again");
    assert!(guarded.gate.holds(&late.hash()));
    assert!(!guarded.gate.is_doubled(&late.hash()));
    guarded.admit(written(&ben)).expect("it is honest");
    assert!(guarded.gate.is_doubled(&late.hash()));
    assert_eq!(guarded.gate.waiting().len(), 0);
    guarded.stands();
}

/// S39: of what Automerge has kept back itself, since a store lacked something, nothing waits on.
#[test]
fn what_comes_in_by_itself_waits_no_longer() {
    let mut source = honest();
    let mut guarded = Guarded::default();
    guarded
        .admit(source.get_changes(&[]))
        .expect("all of it is there");
    let heads = source.get_heads();
    for value in ["missing", "stored", "built on that"] {
        edit(&mut source, value);
    }
    let written = source.get_changes(&heads);
    let [missing, stored, last] = written.as_slice() else {
        panic!("three changes");
    };
    (guarded.document)
        .apply_changes([stored.clone()])
        .expect("Automerge keeps it");
    guarded
        .admit(vec![stored.clone(), last.clone()])
        .expect("they wait");
    assert_eq!(guarded.gate.waiting().len(), 2);

    guarded.admit(vec![missing.clone()]).expect("it is honest");

    assert_eq!(guarded.gate.waiting().len(), 0);
    assert_eq!(guarded.document.get_heads(), source.get_heads());
    guarded.stands();
}

fn edit(document: &mut Automerge, value: &str) {
    let mut edit = document.transaction();
    edit.put(ROOT, "edit", value).expect("a value");
    edit.commit();
}

/// S38: a chain of objects that waits for its beginning is measured when it is whole.
#[test]
fn a_chain_across_waiting_changes_ends_at_the_limit() {
    for (upper, lower, fits) in [(32, 32, true), (40, 30, false)] {
        let mut source = document(1);
        let mut object = ROOT;
        let mut changes = Vec::new();
        for levels in [upper, lower] {
            let mut edit = source.transaction();
            for _ in 0..levels {
                object = edit.put_object(&object, "in", ObjType::Map).expect("a map");
            }
            edit.commit();
            changes.extend(source.get_last_local_change());
        }
        let late = changes.pop().expect("two");
        let mut guarded = Guarded::default();
        guarded.admit(vec![late.clone()]).expect("it waits");
        guarded.admit(changes.clone()).expect("it is honest");
        let known = guarded.document.get_change_meta_by_hash(&late.hash());
        assert_eq!(known.is_some(), fits);
        // Brought anew it is refused for what it is.
        let levels = Refusal::TooMuch {
            what: What::Levels,
            limit: 64,
        };
        let again = guarded.admit(vec![late]);
        assert_eq!(again, if fits { Ok(()) } else { Err(levels.into()) });
    }
}

/// S39
#[test]
fn no_more_waits_than_the_limit() {
    let mut guarded = Guarded::default();
    let limits = bounded::Limits {
        waiting_changes: 2,
        ..Default::default()
    };
    let mut source = document(1);
    for number in 0..4 {
        let mut edit = source.transaction();
        edit.put(ROOT, "n", number).expect("a map");
        edit.commit();
    }
    let mut changes = source.get_changes(&[]);
    changes.remove(0);
    let patches = &mut automerge::PatchLog::inactive();
    let outcome = guarded
        .gate
        .admit(changes, &limits, &mut guarded.document, patches);
    assert!(outcome.is_err());
    assert_eq!(guarded.gate.waiting().len(), 0);
}

fn any_name(u: &mut Unstructured) -> Result<OpId> {
    Ok(named(u.int_in_range(1..=14)?, *u.choose(&[1, 1, 9, 9, 8])?))
}

/// An operation that fits the honest document, or one that would but for some lies.
fn any_operation(u: &mut Unstructured) -> Result<Op> {
    let letter = u.int_in_range(7..=9)?;
    let (object, key, pred) = match u.int_in_range(0..=4)? {
        0 => (ObjectId::Root, Key::Map("new".into()), vec![]),
        1 => {
            let map = ObjectId::Id(named(1, 1));
            (map, Key::Map("k".into()), vec![named(4, 1)])
        }
        2 => {
            let list = ObjectId::Id(named(2, 1));
            (
                list,
                Key::Seq(ElementId::Id(named(5, 1))),
                vec![named(5, 1)],
            )
        }
        3 => {
            let element = Key::Seq(ElementId::Id(named(letter, 1)));
            (ObjectId::Id(named(3, 1)), element, vec![named(letter, 1)])
        }
        _ => (ObjectId::Id(named(3, 1)), Key::Seq(ElementId::Head), vec![]),
    };
    let insert = matches!(&key, Key::Seq(element) if !element.not_head() || u.arbitrary()?);
    let pred = if insert { vec![] } else { pred };
    let mut operation = put(object, key, pred, insert);
    operation.action = match u.int_in_range(0..=7)? {
        0 => OpType::Make(*u.choose(&[
            ObjType::Map,
            ObjType::List,
            ObjType::Text,
            ObjType::Table,
        ])?),
        1 if !operation.pred.is_empty() => OpType::Delete,
        2 => OpType::Increment(1),
        3 => OpType::Put(ScalarValue::counter(3)),
        _ => operation.action,
    };
    if u.ratio(1, 3)? {
        match u.int_in_range(0..=4)? {
            0 => operation.obj = ObjectId::Id(any_name(u)?),
            1 => operation.key = Key::Seq(ElementId::Id(any_name(u)?)),
            2 => operation.key = Key::Map((*u.choose(&["map", "k", "text", ""])?).into()),
            3 => operation.pred = vec![any_name(u)?, any_name(u)?].into(),
            _ => operation.insert = u.arbitrary()?,
        }
    }
    Ok(operation)
}

/// S39: whatever a change says of others, it is refused, or it is taken and the document stands.
#[test]
fn no_change_breaks_a_document() {
    let source = honest();
    let mut taken = 0_u32;
    arbtest(|u| {
        let mut guarded = Guarded {
            document: source.clone(),
            ..Guarded::default()
        };
        for sequence in 1..=u.int_in_range(1..=3)? {
            let mut operations = Vec::new();
            for _ in 0..u.int_in_range(1..=3)? {
                operations.push(any_operation(u)?);
            }
            let mut made = change(&guarded.document, operations);
            made.seq = sequence;
            let start_op = 10 + 4 * (sequence - 1) + u.int_in_range(0..=1)?;
            made.start_op = start_op.try_into().expect("not zero");
            let change = Change::from(made);
            if guarded.take(change.raw_bytes()).is_ok() {
                guarded.stands();
                taken += 1;
            }
        }
        Ok(())
    })
    .budget_ms(2_000);
    assert!(taken > 100, "{taken} were taken");
}
