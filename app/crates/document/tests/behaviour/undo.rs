//! Undo and redo: one's own gestures, and never a colleague's later value.

use document::{Anchor, Command, GestureLabel};
use domain::FieldValue;

use super::support::{
    AT, ada_and_ben, add, delete, exchange, field, note, place, product, restore, run, slot,
    splice, text,
};

fn colour(product: &document::ProductDocument) -> Option<FieldValue> {
    note(product, "n").fields.get("colour").cloned()
}

fn some(colour: &str) -> Option<FieldValue> {
    Some(FieldValue::Text(colour.into()))
}

/// D27
#[test]
fn a_gesture_is_one_step_with_a_name() {
    let (mut ada, _) = ada_and_ben("");
    for (index, letter) in ["s", "l", "o", "w"].iter().enumerate() {
        run(&mut ada, 1, splice("n", index, 0, letter));
    }
    run(&mut ada, 1, splice("n", 3, 1, ""));
    run(&mut ada, 2, place("n", "solution", Anchor::Last));
    assert_eq!(ada.next_undo(), Some(GestureLabel::Move));

    ada.undo(AT).unwrap();
    let outcome = ada.undo(AT).unwrap().unwrap();

    assert_eq!((outcome.label, outcome.skipped), (GestureLabel::Edit, 0));
    assert_eq!(text(&ada, "n"), "");
    assert_eq!(ada.next_redo(), Some(GestureLabel::Edit));
}

/// D27: undo is a change like any other, by the person.
#[test]
fn undo_is_one_change_that_the_others_get() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, splice("n", 0, 1, "m"));
    run(&mut ada, 1, field("n", "colour", "red"));
    exchange(&mut ada, &mut ben);
    let heads = ada.heads();

    ada.undo(AT).unwrap();
    exchange(&mut ada, &mut ben);

    assert_eq!(ada.changes_since(&heads), 1);
    assert_eq!((text(&ben, "n").as_str(), colour(&ben)), ("n", None));
}

/// D27
#[test]
fn a_gesture_that_takes_itself_back_is_a_step_there_and_back() {
    let (mut ada, _) = ada_and_ben("n");
    run(&mut ada, 1, field("n", "colour", "red"));
    run(&mut ada, 2, splice("n", 0, 0, "oops"));
    run(&mut ada, 2, splice("n", 0, 4, ""));
    run(&mut ada, 3, field("n", "colour", "blue"));
    for _ in 0..3 {
        ada.undo(AT).unwrap().unwrap();
    }
    assert_eq!(colour(&ada), None);

    for _ in 0..3 {
        ada.redo(AT).unwrap().unwrap();
    }

    assert_eq!(colour(&ada), some("blue"));
    assert!(!ada.can_redo());
}

/// D28
#[test]
fn a_value_that_a_colleague_changed_stays() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, field("n", "colour", "red"));
    run(&mut ada, 1, field("n", "size", "big"));
    exchange(&mut ada, &mut ben);
    run(&mut ben, 1, field("n", "colour", "blue"));
    exchange(&mut ada, &mut ben);

    let outcome = ada.undo(AT).unwrap().unwrap();

    assert_eq!((outcome.skipped, outcome.by_same_person), (1, 0));
    assert_eq!(colour(&ada), some("blue"));
    assert_eq!(note(&ada, "n").fields.get("size"), None);
}

/// D28: what one has changed in another tab stays as well, and is not a colleague's.
#[test]
fn a_value_that_the_same_person_changed_elsewhere_is_told_apart() {
    let (mut ada, mut ben) = ada_and_ben("n");
    let mut tab = product("ada", 3);
    run(&mut ada, 1, add("m", "new"));
    run(&mut ada, 2, field("n", "colour", "red"));
    run(&mut ada, 2, field("n", "size", "big"));
    run(&mut ada, 2, splice("n", 1, 0, "ew"));
    exchange(&mut ada, &mut tab);
    run(&mut tab, 1, field("n", "colour", "blue"));
    run(&mut tab, 2, splice("n", 1, 2, ""));
    run(&mut tab, 3, splice("m", 0, 0, "a "));
    exchange(&mut ada, &mut ben);
    run(&mut ben, 1, field("n", "size", "small"));
    exchange(&mut ada, &mut tab);
    exchange(&mut ada, &mut ben);

    let left = |outcome: document::UndoOutcome| (outcome.skipped, outcome.by_same_person);
    // The colour and the words are her own, the size is his.
    assert_eq!(left(ada.undo(AT).unwrap().unwrap()), (3, 2));
    // The note was edited in her other tab since it was made.
    assert_eq!(left(ada.undo(AT).unwrap().unwrap()), (1, 1));
}

/// D28: the same words by a colleague are still theirs.
#[test]
fn the_same_value_by_a_colleague_is_theirs() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, field("n", "colour", "red"));
    exchange(&mut ada, &mut ben);
    run(&mut ben, 1, field("n", "colour", "blue"));
    run(&mut ben, 2, field("n", "colour", "red"));
    exchange(&mut ada, &mut ben);

    assert_eq!(ada.undo(AT).unwrap().unwrap().skipped, 1);
    assert_eq!(colour(&ada), some("red"));
}

/// D28: what undo brings back can itself be undone further.
#[test]
fn values_are_undone_one_after_the_other() {
    let (mut ada, _) = ada_and_ben("n");
    for (gesture, value) in [(1, "red"), (2, "blue"), (3, "green")] {
        run(&mut ada, gesture, field("n", "colour", value));
    }

    let mut seen = Vec::new();
    while ada.next_undo() == Some(GestureLabel::SetField) {
        assert_eq!(ada.undo(AT).unwrap().unwrap().skipped, 0);
        seen.push(colour(&ada));
    }
    while ada.can_redo() {
        assert_eq!(ada.redo(AT).unwrap().unwrap().skipped, 0);
        seen.push(colour(&ada));
    }

    let expected = [
        some("blue"),
        some("red"),
        None,
        some("red"),
        some("blue"),
        some("green"),
    ];
    assert_eq!(seen, expected);
}

/// D29
#[test]
fn undoing_an_edit_keeps_what_a_colleague_typed_in_the_same_text() {
    let (mut ada, mut ben) = ada_and_ben("builds");
    run(&mut ada, 1, splice("n", 0, 0, "very slow "));
    exchange(&mut ada, &mut ben);
    run(&mut ben, 1, splice("n", 4, 0, " VERY"));
    run(&mut ben, 2, splice("n", 21, 0, "!"));
    exchange(&mut ada, &mut ben);

    ada.undo(AT).unwrap();
    assert_eq!(text(&ada, "n"), " VERYbuilds!");
    ada.redo(AT).unwrap();
    assert_eq!(text(&ada, "n").replace(" VERY", ""), "very slow builds!");
}

/// D29: characters that an undo brought back are new ones; an older step finds them all the same.
#[test]
fn older_edits_are_undone_past_a_colleagues_edit() {
    let (mut ada, mut ben) = ada_and_ben("🐌");
    run(&mut ada, 1, splice("n", 2, 0, "abc"));
    run(&mut ada, 2, splice("n", 3, 2, ""));
    exchange(&mut ada, &mut ben);
    run(&mut ben, 1, splice("n", 0, 0, "Ben: "));
    exchange(&mut ada, &mut ben);

    ada.undo(AT).unwrap();
    assert_eq!(text(&ada, "n"), "Ben: 🐌abc");
    run(&mut ben, 2, splice("n", 0, 3, "BEN"));
    exchange(&mut ada, &mut ben);
    ada.undo(AT).unwrap();
    assert_eq!(text(&ada, "n"), "BEN: 🐌");
    ada.redo(AT).unwrap();
    ada.redo(AT).unwrap();
    assert_eq!(text(&ada, "n"), "BEN: 🐌a");
}

/// D29: within one gesture, too.
#[test]
fn a_colleague_who_types_during_ones_own_gesture_keeps_their_words() {
    let (mut ada, mut ben) = ada_and_ben("");
    run(&mut ada, 1, splice("n", 0, 0, "abc"));
    exchange(&mut ada, &mut ben);
    run(&mut ben, 1, splice("n", 3, 0, "XYZ"));
    exchange(&mut ada, &mut ben);
    run(&mut ada, 1, splice("n", 2, 1, ""));
    run(&mut ada, 1, splice("n", 5, 0, "d"));
    assert_eq!(text(&ada, "n"), "abXYZd");

    ada.undo(AT).unwrap();
    assert_eq!(text(&ada, "n"), "XYZ");
    ada.redo(AT).unwrap();
    assert_eq!(text(&ada, "n").replace("XYZ", ""), "abd");
}

/// D29: when a colleague has deleted what one typed, there is nothing left to undo.
#[test]
fn an_edit_that_a_colleague_deleted_is_skipped() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, splice("n", 1, 0, "ew"));
    exchange(&mut ada, &mut ben);
    run(&mut ben, 1, splice("n", 1, 2, ""));
    exchange(&mut ada, &mut ben);
    let heads = ada.heads();

    let outcome = ada.undo(AT).unwrap().unwrap();

    assert_eq!(outcome.skipped, 1);
    assert!(outcome.changed.is_empty());
    assert_eq!(ada.heads(), heads);
    assert!(!ada.can_redo());
}

/// D30
#[test]
fn undoing_an_addition_puts_the_note_into_the_trash() {
    let mut ada = product("ada", 1);
    run(&mut ada, 1, add("a", "a"));
    run(&mut ada, 1, splice("a", 1, 0, "!"));

    ada.undo(AT).unwrap();
    assert!(slot(&ada, "problem").is_empty());
    assert!(note(&ada, "a").deleted.is_some());
    ada.redo(AT).unwrap();
    assert_eq!(
        (slot(&ada, "problem").len(), text(&ada, "a").as_str()),
        (1, "a!")
    );
    ada.undo(AT).unwrap();
    assert!(slot(&ada, "problem").is_empty());
}

/// D30: a note into which a colleague has written is no longer one's own to take away.
#[test]
fn a_note_that_a_colleague_has_edited_stays() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ben, 1, splice("n", 1, 0, "!"));
    exchange(&mut ada, &mut ben);

    let outcome = ada.undo(AT).unwrap().unwrap();

    assert_eq!(outcome.skipped, 1);
    assert_eq!(slot(&ada, "problem"), ["n"]);
}

/// D30
#[test]
fn undoing_a_deletion_restores_unless_a_colleague_deleted_anew() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, delete("n"));
    exchange(&mut ada, &mut ben);
    run(&mut ben, 1, restore("n"));
    run(&mut ben, 2, delete("n"));
    exchange(&mut ada, &mut ben);

    assert_eq!(ada.undo(AT).unwrap().unwrap().skipped, 1);
    assert_eq!(note(&ada, "n").deleted.unwrap().by, "ben");
    ben.undo(AT).unwrap();
    assert_eq!(note(&ben, "n").deleted, None);
}

/// D30: deletions and restorations of one note unwind one after the other.
#[test]
fn deletions_and_restorations_are_undone_in_order() {
    let (mut ada, _) = ada_and_ben("n");
    for (gesture, command) in [(1, delete("n")), (2, restore("n")), (3, delete("n"))] {
        run(&mut ada, gesture, command);
    }
    let is_deleted = |product: &document::ProductDocument| note(product, "n").deleted.is_some();

    let mut seen = Vec::new();
    for _ in 0..3 {
        assert_eq!(ada.undo(AT).unwrap().unwrap().skipped, 0);
        seen.push(is_deleted(&ada));
    }
    for _ in 0..3 {
        assert_eq!(ada.redo(AT).unwrap().unwrap().skipped, 0);
        seen.push(is_deleted(&ada));
    }

    assert_eq!(seen, [false, true, false, true, false, true]);
}

/// D30
#[test]
fn undoing_a_move_returns_to_the_former_place_unless_a_colleague_moved_it() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, place("n", "solution", Anchor::Last));
    ada.undo(AT).unwrap();
    assert_eq!(slot(&ada, "problem"), ["n"]);

    ada.redo(AT).unwrap();
    exchange(&mut ada, &mut ben);
    run(&mut ben, 1, place("n", "channels", Anchor::Last));
    exchange(&mut ada, &mut ben);
    assert_eq!(ada.undo(AT).unwrap().unwrap().skipped, 1);
    assert_eq!(slot(&ada, "channels"), ["n"]);
}

/// D27
#[test]
fn a_new_gesture_ends_redo_and_a_colleagues_does_not() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, field("n", "colour", "red"));
    ada.undo(AT).unwrap();
    run(&mut ben, 1, splice("n", 0, 0, "x"));
    exchange(&mut ada, &mut ben);
    assert!(ada.can_redo() && ada.can_undo());

    run(&mut ada, 2, splice("n", 0, 0, "y"));

    assert!(!ada.can_redo());
}

/// D27: a gesture that goes on after an undo is a new step.
#[test]
fn an_undone_gesture_is_not_joined() {
    let (mut ada, _) = ada_and_ben("");
    run(&mut ada, 1, splice("n", 0, 0, "a"));
    ada.undo(AT).unwrap();
    run(&mut ada, 1, splice("n", 0, 0, "b"));

    ada.undo(AT).unwrap();

    assert_eq!(text(&ada, "n"), "");
    assert!(ada.can_undo(), "the note's addition is still there to undo");
}

/// D27: the oldest steps are forgotten.
#[test]
fn the_last_500_gestures_can_be_undone() {
    let mut ada = product("ada", 1);
    for gesture in 0..502 {
        run(
            &mut ada,
            gesture,
            Command::RenameWorkspace {
                name: gesture.to_string(),
            },
        );
    }

    let undone = std::iter::from_fn(|| ada.undo(AT).unwrap()).count();

    assert_eq!(undone, 500);
    assert_eq!(ada.name(), "1");
}
