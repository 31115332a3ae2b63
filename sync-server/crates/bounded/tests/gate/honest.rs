//! Changes as Automerge writes them.

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, Change, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};

use crate::{Guarded, document};

/// Some changes of every kind by people who now and then merge with one another.
pub(crate) fn history(u: &mut Unstructured) -> Result<Vec<Automerge>> {
    let mut people: Vec<Automerge> = (1..=3).map(document).collect();
    for _ in 0..u.int_in_range(1..=12)? {
        let one = u.choose_index(people.len())?;
        let mut other = u.choose(&people)?.clone();
        if u.ratio(1, 3)? {
            people[one].merge(&mut other).expect("they have one past");
        }
        edit(&mut people[one], u)?;
    }
    Ok(people)
}

fn edit(document: &mut Automerge, u: &mut Unstructured) -> Result<()> {
    if u.ratio(1, 6)? {
        document.empty_commit(CommitOptions::default());
    }
    let mut objects = vec![(ROOT, ObjType::Map)];
    find(document, &ROOT, &mut objects);
    let mut edit = document.transaction();
    for _ in 0..u.int_in_range(1..=8)? {
        let (object, kind) = u.choose(&objects)?.clone();
        let key = *u.choose(&["a", "b", "c"])?;
        let made = *u.choose(&[ObjType::Map, ObjType::List, ObjType::Text])?;
        let length = edit.length(&object);
        let at = u.int_in_range(0..=length)?;
        let choice = u.int_in_range(0..=4)?;
        let outcome = match (kind, choice) {
            (ObjType::Map | ObjType::Table, 0) => edit.put(&object, key, u.arbitrary::<i64>()?),
            (ObjType::Map | ObjType::Table, 1) => edit.delete(&object, key),
            (ObjType::Map | ObjType::Table, 2) => edit.put(&object, key, ScalarValue::counter(1)),
            (ObjType::Map | ObjType::Table, 3) => edit.increment(&object, key, 2),
            (ObjType::Map | ObjType::Table, _) => edit.put_object(&object, key, made).map(|id| {
                objects.push((id, made));
            }),
            (ObjType::Text, 0 | 1) => edit.splice_text(&object, at, 0, "ab👩‍🔬"),
            (ObjType::Text, _) => {
                let length = isize::try_from(length - at).unwrap_or(0).min(3);
                edit.splice_text(&object, at, length, "x")
            }
            (ObjType::List, 0) if at < length => edit.delete(&object, at),
            (ObjType::List, 1) if at < length => edit.put(&object, at, 7),
            (ObjType::List, 2) => edit.insert(&object, at, ScalarValue::counter(3)),
            (ObjType::List, 3) => edit.insert_object(&object, at, made).map(|id| {
                objects.push((id, made));
            }),
            (ObjType::List, _) => edit.insert(&object, at, "e"),
        };
        // What does not fit, as a number that is to be counted up, is left out.
        let _ = outcome;
    }
    edit.commit();
    Ok(())
}

fn find(document: &Automerge, object: &ObjId, found: &mut Vec<(ObjId, ObjType)>) {
    let values = document.values(object);
    for (value, id) in values {
        if let automerge::Value::Object(kind) = value {
            found.push((id.clone(), kind));
            find(document, &id, found);
        }
    }
}

fn shuffled<T>(mut list: Vec<T>, u: &mut Unstructured) -> Result<Vec<T>> {
    for index in (1..list.len()).rev() {
        list.swap(index, u.int_in_range(0..=index)?);
    }
    Ok(list)
}

/// S39
#[test]
fn whatever_people_write_comes_in_in_any_order_and_pieces() {
    arbtest(|u| {
        let mut people = history(u)?;
        let mut all = Automerge::new();
        for one in &mut people {
            all.merge(one).expect("they have one past");
        }
        let mut changes: Vec<Change> = all.get_changes(&[]);
        if u.arbitrary()? {
            changes = shuffled(changes, u)?;
        }
        let mut reader = Guarded::default();
        while !changes.is_empty() {
            let rest = changes.split_off(u.int_in_range(1..=changes.len())?);
            reader.admit(changes).expect("it is honest");
            changes = rest;
        }
        assert_eq!(reader.document.get_heads(), all.get_heads());
        assert_eq!(reader.gate.waiting().len(), 0);
        reader.stands();
        Ok(())
    })
    .budget_ms(1_500);
}

/// S39: the same with whole documents and chunks among them.
#[test]
fn documents_and_changes_come_in_one_after_the_other() {
    arbtest(|u| {
        let mut people = history(u)?;
        let mut chunks = Vec::new();
        for one in &people {
            chunks.push(one.save());
            chunks.push(one.save_after(&[]));
        }
        let mut reader = Guarded::default();
        for chunk in shuffled(chunks, u)? {
            reader.take(&chunk).expect("it is honest");
        }
        let mut all = Automerge::new();
        for one in &mut people {
            all.merge(one).expect("they have one past");
        }
        assert_eq!(reader.document.get_heads(), all.get_heads());
        Ok(())
    })
    .budget_ms(1_000);
}

/// S39
#[test]
fn what_comes_early_waits_and_says_for_what() {
    let mut source = document(1);
    let mut changes = Vec::new();
    for number in 0..3 {
        let mut edit = source.transaction();
        edit.put(ROOT, "n", number).expect("a map");
        edit.commit();
    }
    changes.extend(source.get_changes(&[]));
    let first = changes.remove(0);
    let mut reader = Guarded::default();
    reader.admit(changes).expect("they wait");
    assert!(reader.document.get_heads().is_empty());
    let missing = reader.gate.missing(&reader.document);
    assert_eq!(missing.into_iter().collect::<Vec<_>>(), [first.hash()]);
    reader.admit(vec![first]).expect("it is honest");
    assert_eq!(reader.document.get_heads(), source.get_heads());
    assert!(reader.gate.missing(&reader.document).is_empty());
}

/// S39: what Automerge itself kept back, as a store had it, comes in behind the gate's back.
#[test]
fn an_author_goes_on_after_what_the_document_kept_back_itself() {
    let mut source = document(1);
    for number in 0..4 {
        let mut edit = source.transaction();
        edit.put(ROOT, "n", number).expect("a map");
        edit.commit();
    }
    let changes = source.get_changes(&[]);
    let mut reader = Guarded::default();
    reader
        .admit(vec![changes[0].clone()])
        .expect("it is honest");
    let early = reader.document.apply_changes([changes[2].clone()]);
    early.expect("it waits in Automerge");
    reader
        .admit(vec![changes[1].clone()])
        .expect("it is honest");
    reader
        .admit(vec![changes[3].clone()])
        .expect("it is honest");
    assert_eq!(reader.document.get_heads(), source.get_heads());
}
