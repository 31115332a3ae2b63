//! How a graph answers.

use super::*;
use crate::Rank;

const LEAN: &str = "lean-canvas";

fn graph(notes: &[(&str, &str, &str)]) -> Graph {
    let mut graph = Graph::default();
    for (id, slot, rank) in notes {
        graph
            .entities
            .insert((*id).into(), Entity::new("note".into(), *id));
        let placement = Placement::new((*slot).into(), Rank::parse(rank).unwrap());
        graph.place(LEAN.into(), (*id).into(), placement);
    }
    graph
}

fn check(graph: &Graph, slot: &str, expected: &[&str]) {
    let notes = graph.slot_notes(&LEAN.into(), &slot.into());
    let notes: Vec<&str> = notes.into_iter().map(EntityId::as_str).collect();
    assert_eq!(notes, expected);
}

#[test]
fn notes_of_a_slot_come_by_rank_and_then_by_id() {
    let graph = graph(&[
        ("c", "problem", "V"),
        ("a", "problem", "k"),
        ("b", "problem", "V"),
    ]);
    check(&graph, "problem", &["b", "c", "a"]);
    check(&graph, "solution", &[]);
}

#[test]
fn a_deleted_note_is_in_the_trash_and_in_no_slot() {
    let mut graph = graph(&[
        ("a", "problem", "V"),
        ("b", "problem", "k"),
        ("c", "problem", "s"),
    ]);
    for (id, at) in [("a", 1), ("b", 2)] {
        let deletion = Deletion {
            by: "ana".into(),
            at,
            edited_since: false,
        };
        graph.entities.get_mut(id).unwrap().deleted = Some(deletion);
    }
    check(&graph, "problem", &["c"]);
    assert_eq!(graph.trash(), [&EntityId::from("b"), &EntityId::from("a")]);
}

#[test]
fn a_slot_that_the_canvas_does_not_know_shows_in_the_tray() {
    let graph = graph(&[("a", "riskiest-assumption", "V"), ("b", UNPLACED, "k")]);
    check(&graph, UNPLACED, &["a", "b"]);
}

#[test]
fn a_canvas_whose_last_note_is_taken_off_has_no_entry() {
    let mut graph = graph(&[("a", "problem", "V")]);
    assert_eq!(graph.places(&"a".into()).count(), 1);

    graph.unplace(&LEAN.into(), &"a".into());

    assert!(graph.placements.is_empty());
}

#[test]
fn the_painted_view_keeps_everything_but_what_json_cannot_say() {
    let mut graph = graph(&[("a", "problem", "V")]);
    let fields = &mut graph.entities.get_mut("a").unwrap().fields;
    fields.insert("reach".into(), FieldValue::Number(0.1 + 0.2));
    fields.insert("done".into(), FieldValue::Flag(true));
    let json = serde_json::to_string(&graph).unwrap();
    assert_eq!(serde_json::from_str::<Graph>(&json).unwrap(), graph);

    let infinite = FieldValue::Number(f64::INFINITY);
    assert_eq!(serde_json::to_string(&infinite).unwrap(), "\"inf\"");
}

#[test]
fn members_of_a_newer_version_do_not_keep_a_graph_from_loading() {
    let json = r#"{"name":"Tern","ratings":[1],"entities":{"a":{"kind":"x","votes":{}}}}"#;
    let graph: Graph = serde_json::from_str(json).unwrap();
    assert_eq!(graph.entities["a"], Entity::new("x".into(), ""));
}
