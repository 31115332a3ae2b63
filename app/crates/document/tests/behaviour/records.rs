//! Entities without a place, several fields at once, kinds that change, and decisions.

use std::collections::BTreeMap;

use document::{Anchor, Command, CommandError, GestureLabel, NewLink};
use domain::FieldValue;
use domain::decision::Frozen;

use super::support::{AT, add, at, entity, field, note, product, refusal, run, slot, text_field};

fn link(id: &str, from: &str, to: &str) -> NewLink {
    NewLink {
        id: id.into(),
        kind: "leads-to".into(),
        from: from.into(),
        to: to.into(),
    }
}

/// D44: an entity, its fields and its links are one change and one undo step.
#[test]
fn an_entity_comes_with_its_links_in_one_gesture() {
    let mut ada = product("ada", 1);
    run(&mut ada, 1, add("n", "n"));
    let before = ada.heads();

    let reading = Command::AddEntity {
        id: "r".into(),
        kind: "reading".into(),
        text: String::new(),
        fields: [("value".to_owned(), FieldValue::Number(12.5))].into(),
        links: vec![link("l", "r", "n")],
    };
    run(&mut ada, 2, reading);

    assert_eq!(ada.changes_since(&before), 1);
    assert_eq!(
        note(&ada, "r").fields.get("value"),
        Some(&FieldValue::Number(12.5))
    );
    assert!(note(&ada, "r").created.is_some());
    ada.undo(AT).unwrap().unwrap();
    assert!(note(&ada, "r").deleted.is_some());
    assert!(ada.link(&"l".into()).unwrap().deleted.is_some());
}

/// D8, D44: a link to nothing refuses the whole.
#[test]
fn an_entity_whose_link_leads_nowhere_is_not_made() {
    let mut ada = product("ada", 1);
    let command = Command::AddEntity {
        id: "r".into(),
        kind: "reading".into(),
        text: String::new(),
        fields: BTreeMap::new(),
        links: vec![link("l", "r", "ghost")],
    };

    let error = refusal(&mut ada, &command);

    assert_eq!(error, CommandError::UnknownEntity("ghost".into()));
    assert_eq!(ada.entity(&"r".into()), None);
}

/// D44: several fields are one step; those that stay are not written.
#[test]
fn several_fields_are_set_at_once() {
    let mut ada = product("ada", 1);
    run(
        &mut ada,
        1,
        entity("m", "metric", &[("unit", "hours"), ("source", "log")]),
    );
    let before = ada.heads();

    let fields = Command::SetFields {
        id: "m".into(),
        fields: [
            ("unit".to_owned(), Some(FieldValue::Text("days".into()))),
            ("source".to_owned(), None),
            ("target".to_owned(), Some(FieldValue::Number(3.0))),
        ]
        .into(),
    };
    run(&mut ada, 2, fields.clone());

    assert_eq!(ada.changes_since(&before), 1);
    assert_eq!(text_field(&ada, "m", "unit").as_deref(), Some("days"));
    assert_eq!(text_field(&ada, "m", "source"), None);
    assert!(run(&mut ada, 3, fields).is_empty());
    ada.undo(AT).unwrap().unwrap();
    assert_eq!(text_field(&ada, "m", "source").as_deref(), Some("log"));
    assert_eq!(note(&ada, "m").fields.get("target"), None);
}

/// D45: a placed note takes on the slot's kind and values with the move, and gives them back.
#[test]
fn a_slot_gives_its_values_to_a_note_that_is_placed_there() {
    let mut ada = product("ada", 1);
    run(&mut ada, 1, add("n", "n"));
    run(&mut ada, 2, field("n", "lane", "now"));

    let next = Command::Place {
        id: "n".into(),
        place: at("solution", Anchor::Last),
        kind: Some("roadmap-item".into()),
        fields: [("lane".to_owned(), FieldValue::Text("next".into()))].into(),
    };
    run(&mut ada, 3, next);

    assert_eq!(note(&ada, "n").kind, *"roadmap-item");
    assert_eq!(text_field(&ada, "n", "lane").as_deref(), Some("next"));
    ada.undo(AT).unwrap().unwrap();
    assert_eq!(note(&ada, "n").kind, *"problem");
    assert_eq!(text_field(&ada, "n", "lane").as_deref(), Some("now"));
    assert_eq!(slot(&ada, "problem"), ["n"]);
}

/// D45: another kind keeps text, fields and places.
#[test]
fn a_converted_note_keeps_what_it_holds() {
    let mut ada = product("ada", 1);
    run(&mut ada, 1, add("n", "Too slow"));
    run(&mut ada, 2, field("n", "colour", "red"));

    let convert = Command::ConvertKind {
        id: "n".into(),
        kind: "opportunity".into(),
    };
    run(&mut ada, 3, convert.clone());

    assert_eq!(note(&ada, "n").kind, *"opportunity");
    assert_eq!(note(&ada, "n").text, "Too slow");
    assert_eq!(slot(&ada, "problem"), ["n"]);
    assert!(run(&mut ada, 4, convert).is_empty());
    assert_eq!(ada.next_undo(), Some(GestureLabel::Convert));
}

/// D46: a decision freezes the figures that it was given, at the heads before it.
#[test]
fn a_decision_freezes_its_figures() {
    let mut ada = product("ada", 1);
    run(&mut ada, 1, entity("l", "learning", &[]));
    let heads = ada.heads().to_string();
    let decide = |figures: &str| Command::Decide {
        id: "d".into(),
        text: "Stop the pilot".into(),
        fields: [("action".to_owned(), FieldValue::Text("kill".into()))].into(),
        links: vec![link("k", "l", "d")],
        figures: figures.to_owned(),
    };
    assert_eq!(
        refusal(&mut ada, &decide("[1]")),
        CommandError::InvalidFigures
    );

    run(&mut ada, 2, decide(r#"{"x": {"p": 0.03}}"#));

    let frozen = Frozen::parse(&text_field(&ada, "d", "frozen").unwrap()).unwrap();
    assert_eq!(frozen.heads, heads);
    assert_eq!(frozen.figures["x"]["p"], 0.03);
    assert_eq!(note(&ada, "d").kind, *"decision");
    assert!(ada.link(&"k".into()).is_some());
}

/// D46: a decision that stands there is taken once, in one step that undo takes back.
#[test]
fn a_decision_that_stands_there_is_taken_once() {
    let mut ada = product("ada", 1);
    run(
        &mut ada,
        1,
        entity("d", "decision", &[("rationale", "slow")]),
    );
    run(&mut ada, 2, entity("l", "learning", &[]));
    let decide = |id: &str| Command::Decide {
        id: id.into(),
        text: "Stop the pilot".into(),
        fields: [("action".to_owned(), FieldValue::Text("kill".into()))].into(),
        links: Vec::new(),
        figures: r#"{"x": {"p": 0.03}}"#.to_owned(),
    };
    assert_eq!(
        refusal(&mut ada, &decide("l")),
        CommandError::NotADecision("l".into())
    );

    run(&mut ada, 3, decide("d"));

    assert_eq!(note(&ada, "d").text, "Stop the pilot");
    assert_eq!(text_field(&ada, "d", "rationale").as_deref(), Some("slow"));
    assert!(text_field(&ada, "d", "frozen").is_some());
    assert_eq!(
        refusal(&mut ada, &decide("d")),
        CommandError::AlreadyDecided("d".into())
    );
    ada.undo(AT).unwrap().unwrap();
    assert_eq!(text_field(&ada, "d", "frozen"), None);
    assert_eq!(text_field(&ada, "d", "action"), None);
    ada.redo(AT).unwrap().unwrap();
    assert!(text_field(&ada, "d", "frozen").is_some());
}

/// A command that an older release kept in the rescue journal has no values of a slot.
#[test]
fn a_move_without_values_still_reads() {
    let json = r#"{"Place": {"id": "n", "place": {"canvas": "lean-canvas", "slot": "problem",
        "anchor": "Last"}, "kind": null}}"#;

    let command: Command = serde_json::from_str(json).unwrap();

    assert!(matches!(command, Command::Place { fields, .. } if fields.is_empty()));
}
