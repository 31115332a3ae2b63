//! Notes, fields, links, names: what a command does and when it does nothing.

use document::{Anchor, Command, CommandError, Context};
use domain::{FieldValue, Fields, Hue, Person, Stamp};

use super::support::{
    AT, ada_and_ben, add, at, delete, field, note, place, product, restore, run, slot, splice,
};

/// D13
#[test]
fn a_new_note_is_there_with_everything() {
    let mut ada = product("ada", 1);
    let fields = [("colour".to_owned(), FieldValue::Text("red".into()))];
    let place = at("problem", Anchor::Last);
    let (kind, text) = ("problem".into(), "Too slow 🐌".into());
    let command = Command::AddNote {
        id: "n".into(),
        kind,
        text,
        fields: fields.clone().into(),
        place,
    };

    let dirty = run(&mut ada, 0, command);

    let note = note(&ada, "n");
    assert_eq!(note.text, "Too slow 🐌");
    assert_eq!(note.fields, Fields::from_iter(fields));
    assert_eq!(
        note.created,
        Some(Stamp {
            by: "ada".into(),
            at: AT
        })
    );
    assert_eq!(slot(&ada, "problem"), ["n"]);
    assert!(dirty.entities.contains("n") && dirty.placements.len() == 1 && !dirty.everything);
}

fn check_changes_nothing(command: Command) {
    let (mut ada, _) = ada_and_ben("text");
    run(&mut ada, 1, field("n", "colour", "red"));
    let before = (ada.heads(), ada.can_redo(), ada.next_undo());

    let dirty = run(&mut ada, 2, command.clone());

    assert!(dirty.is_empty(), "{command:?}");
    assert_eq!(
        (ada.heads(), ada.can_redo(), ada.next_undo()),
        before,
        "{command:?}"
    );
}

/// D9: no empty change, no empty undo step.
#[test]
fn what_is_so_already_makes_no_change() {
    check_changes_nothing(Command::RenameWorkspace {
        name: String::new(),
    });
    check_changes_nothing(Command::ReplaceText {
        id: "n".into(),
        text: "text".into(),
    });
    check_changes_nothing(splice("n", 1, 2, "ex"));
    check_changes_nothing(Command::EditText {
        id: "n".into(),
        splices: Vec::new(),
    });
    check_changes_nothing(field("n", "colour", "red"));
    check_changes_nothing(Command::SetField {
        id: "n".into(),
        field: "x".into(),
        value: None,
    });
    check_changes_nothing(place("n", "problem", Anchor::Last));
    check_changes_nothing(place("n", "problem", Anchor::After("n".into())));
    check_changes_nothing(Command::Unplace {
        id: "n".into(),
        canvas: "other".into(),
    });
    check_changes_nothing(restore("n"));
    check_changes_nothing(Command::Delete { ids: Vec::new() });
    check_changes_nothing(Command::Import {
        graph: domain::Graph::default(),
    });
}

fn check_refused(command: &Command, expected: &CommandError) {
    let (mut ada, _) = ada_and_ben("🐌");
    let before = ada.snapshot();

    let refused = ada.execute(command, Context { at: AT, gesture: 9 });

    assert_eq!(refused.as_ref(), Err(expected), "{command:?}");
    assert_eq!(ada.snapshot(), before, "{command:?}");
}

/// D8: a refused command changes nothing, even what it had written before it met the error.
#[test]
fn a_refused_command_changes_nothing() {
    let unknown = CommandError::UnknownEntity("ghost".into());
    check_refused(&splice("ghost", 0, 0, "x"), &unknown);
    check_refused(
        &Command::ReplaceText {
            id: "ghost".into(),
            text: String::new(),
        },
        &unknown,
    );
    check_refused(
        &Command::Delete {
            ids: vec!["n".into(), "ghost".into()],
        },
        &unknown,
    );
    check_refused(&place("ghost", "problem", Anchor::First), &unknown);
    check_refused(&add("n", "again"), &CommandError::AlreadyExists("n".into()));
    check_refused(
        &splice("n", 0, 3, ""),
        &CommandError::OutOfBounds { end: 3, length: 2 },
    );
    check_refused(
        &splice("n", 1, 1, ""),
        &CommandError::SplitsCharacter { at: 1 },
    );
    check_refused(
        &splice("n", 0, 1, ""),
        &CommandError::SplitsCharacter { at: 1 },
    );
    check_refused(
        &Command::Unplace {
            id: "n".into(),
            canvas: "a/b".into(),
        },
        &CommandError::InvalidName("a/b".into()),
    );
    check_refused(
        &Command::SetField {
            id: "n".into(),
            field: "risk".into(),
            value: Some(FieldValue::Number(f64::NAN)),
        },
        &CommandError::InvalidNumber("risk".into()),
    );
    let (id, copy, canvas) = ("n".into(), "m".into(), "other".into());
    check_refused(
        &Command::Duplicate { id, copy, canvas },
        &CommandError::NotPlaced {
            id: "n".into(),
            canvas: "other".into(),
        },
    );
    let text = "x".repeat(document::LONGEST_TEXT);
    check_refused(&splice("n", 0, 0, &text), &CommandError::TooLong);
}

/// D14
#[test]
fn a_copy_follows_its_original() {
    let mut ada = product("ada", 1);
    for id in ["a", "b"] {
        run(&mut ada, 0, add(id, id));
    }
    run(&mut ada, 0, field("a", "colour", "red"));
    let (id, copy, canvas) = ("a".into(), "c".into(), "lean-canvas".into());

    run(&mut ada, 1, Command::Duplicate { id, copy, canvas });

    assert_eq!(slot(&ada, "problem"), ["a", "c", "b"]);
    assert_eq!(note(&ada, "c").fields, note(&ada, "a").fields);
    assert_eq!(note(&ada, "c").text, "a");
}

/// D15
#[test]
fn a_link_is_made_and_flagged() {
    let mut ada = product("ada", 1);
    for id in ["a", "b"] {
        run(&mut ada, 0, add(id, id));
    }
    let (kind, from, to) = ("addresses".into(), "a".into(), "b".into());
    run(
        &mut ada,
        1,
        Command::AddLink {
            id: "l".into(),
            kind,
            from,
            to,
        },
    );

    let dirty = run(&mut ada, 2, Command::RemoveLink { id: "l".into() });

    assert!(ada.link(&"l".into()).unwrap().deleted.is_some());
    assert!(dirty.links.contains("l"));
    run(&mut ada, 3, delete("a"));
    ada.undo(AT).unwrap();
    ada.undo(AT).unwrap();
    assert_eq!(ada.link(&"l".into()).unwrap().deleted, None);
}

/// D11: one's own name is told to the others and is no gesture.
#[test]
fn telling_ones_name_is_no_undo_step() {
    let mut ada = product("ada", 1);
    let person = Person {
        name: "Ada | L.".into(),
        colour: Hue::Violet,
    };

    let dirty = run(
        &mut ada,
        1,
        Command::SetPerson {
            person: person.clone(),
        },
    );

    assert_eq!(ada.person(&"ada".into()), Some(person));
    assert!(dirty.people.contains("ada"));
    assert!(!ada.can_undo());
}
