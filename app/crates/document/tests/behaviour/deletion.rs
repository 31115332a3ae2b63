//! Deletion is a flag; an edit at the same time survives and is offered back.

use document::Command;
use domain::Deletion;

use super::support::{
    AT, ada_and_ben, delete, exchange, field, note, place, restore, run, slot, splice, text,
};

fn deletion(product: &document::ProductDocument) -> Deletion {
    note(product, "n").deleted.unwrap()
}

/// D23
#[test]
fn a_deleted_note_is_flagged_with_who_and_when() {
    let (mut ada, _) = ada_and_ben("n");

    run(&mut ada, 1, delete("n"));

    assert_eq!(
        deletion(&ada),
        Deletion {
            by: "ada".into(),
            at: AT,
            edited_since: false
        }
    );
    assert!(slot(&ada, "problem").is_empty());
    run(&mut ada, 2, restore("n"));
    assert_eq!(slot(&ada, "problem"), ["n"]);
}

/// D24
#[test]
fn an_edit_at_the_same_time_as_a_deletion_is_offered_back() {
    let (mut ada, mut ben) = ada_and_ben("slow");
    run(&mut ada, 1, delete("n"));
    run(&mut ben, 1, splice("n", 0, 0, "too "));

    exchange(&mut ada, &mut ben);

    for replica in [&ada, &ben] {
        assert!(deletion(replica).edited_since);
        assert_eq!(text(replica, "n"), "too slow");
    }
}

/// D24: a colour counts as content, a place does not.
#[test]
fn fields_count_as_content_and_places_do_not() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, delete("n"));
    run(&mut ben, 1, place("n", "solution", document::Anchor::Last));
    exchange(&mut ada, &mut ben);
    assert!(!deletion(&ada).edited_since);

    run(&mut ben, 2, field("n", "colour", "red"));
    exchange(&mut ada, &mut ben);
    assert!(deletion(&ada).edited_since);
}

/// D25
#[test]
fn a_deleted_note_can_be_edited_and_restored_with_the_edit() {
    let (mut ada, _) = ada_and_ben("n");
    run(&mut ada, 1, delete("n"));

    run(&mut ada, 2, splice("n", 1, 0, "ew"));
    assert!(deletion(&ada).edited_since);
    run(&mut ada, 3, restore("n"));

    assert_eq!(text(&ada, "n"), "new");
    assert_eq!(note(&ada, "n").deleted, None);
}

/// D26
#[test]
fn two_deletions_at_once_are_one_and_one_restoration_ends_them() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, delete("n"));
    run(&mut ben, 1, delete("n"));
    exchange(&mut ada, &mut ben);
    assert_eq!(deletion(&ada), deletion(&ben));

    run(&mut ben, 2, restore("n"));
    exchange(&mut ada, &mut ben);

    assert_eq!(
        (note(&ada, "n").deleted, note(&ben, "n").deleted),
        (None, None)
    );
}

/// D26: whoever restores and deletes again at the same time as a restoration wins: the flag.
#[test]
fn a_restoration_does_not_take_off_a_flag_that_it_has_not_seen() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, delete("n"));
    exchange(&mut ada, &mut ben);
    run(&mut ada, 2, restore("n"));
    run(&mut ben, 2, restore("n"));
    run(&mut ben, 3, delete("n"));

    exchange(&mut ada, &mut ben);

    assert_eq!(deletion(&ada).by, "ben");
    assert_eq!(deletion(&ada), deletion(&ben));
}

/// D23: deleting several is one step.
#[test]
fn several_notes_are_deleted_and_brought_back_at_once() {
    let (mut ada, _) = ada_and_ben("n");
    run(&mut ada, 1, super::support::add("m", "m"));
    run(
        &mut ada,
        2,
        Command::Delete {
            ids: vec!["n".into(), "m".into(), "n".into()],
        },
    );
    assert!(slot(&ada, "problem").is_empty());

    ada.undo(AT).unwrap();

    assert_eq!(slot(&ada, "problem"), ["n", "m"]);
}
