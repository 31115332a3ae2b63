//! Whole documents as Automerge saves them pass the decoder, whatever is in them.

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use automerge::marks::{ExpandMark, Mark};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, Automerge, ObjType, ROOT, ReadDoc};
use bounded::{Limits, check_chunk};

use crate::honest::history;

fn is_sound(document: &[u8]) {
    check_chunk(document, &Limits::default()).expect("it is honest");
}

/// S43
#[test]
fn whatever_people_write_is_a_sound_document() {
    arbtest(|u| {
        let mut all = Automerge::new();
        for mut one in history(u)? {
            is_sound(&one.save());
            all.merge(&mut one).expect("they have one past");
        }
        is_sound(&all.save());
        is_sound(&all.save_nocompress());
        Ok(())
    })
    .budget_ms(1_000);
}

fn marked(u: &mut Unstructured, document: &mut Automerge) -> Result<()> {
    let (_, text) = document.get(ROOT, "t").expect("a map").expect("a text");
    let mut edit = document.transaction();
    for _ in 0..u.int_in_range(1..=4)? {
        let length = edit.length(&text);
        let start = u.int_in_range(0..=length)?;
        let end = u.int_in_range(start..=length)?;
        let outcome = match u.int_in_range(0..=3)? {
            0 => edit.splice_text(&text, start, 0, "new"),
            1 => edit.splice_text(&text, start, isize::try_from(end - start).unwrap_or(0), ""),
            2 => edit.split_block(&text, start).map(|_| ()),
            _ => {
                let mark = Mark::new("bold".into(), true, start, end);
                edit.mark(&text, mark, ExpandMark::Both)
            }
        };
        // What does not fit, as an empty mark, is left out.
        let _ = outcome;
    }
    edit.commit();
    Ok(())
}

/// S43
#[test]
fn marks_and_blocks_are_sound() {
    arbtest(|u| {
        let mut first = crate::document(1);
        let mut edit = first.transaction();
        let text = edit.put_object(ROOT, "t", ObjType::Text).expect("a text");
        edit.splice_text(&text, 0, 0, "some letters")
            .expect("letters");
        edit.commit();
        let mut second = first.clone().with_actor(ActorId::from([2; 16]));
        for _ in 0..u.int_in_range(1..=3)? {
            marked(u, &mut first)?;
            marked(u, &mut second)?;
            first.merge(&mut second).expect("they have one past");
        }
        is_sound(&first.save());
        Ok(())
    })
    .budget_ms(1_000);
}

/// S43: who writes as if later changes were not there gets another actor, whose first change begins
/// behind what it cannot see.
#[test]
fn who_writes_apart_is_sound() {
    let mut document = AutoCommit::new().with_actor(ActorId::from([1; 16]));
    document.put(ROOT, "a", 1).expect("a map");
    document.commit();
    let before = document.get_heads();
    document.put(ROOT, "a", 2).expect("a map");
    document.commit();
    document.isolate(&before);
    document.put(ROOT, "b", 3).expect("a map");
    document.delete(ROOT, "a").expect("it is there");
    document.commit();
    document.empty_change(CommitOptions::default());
    document.integrate();
    is_sound(&document.save());
}
