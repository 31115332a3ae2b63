//! Order within slots and moves among them.

use std::collections::BTreeMap;

use document::{Anchor, Command, ProductDocument};
use domain::{FieldValue, Placement, Rank};

use super::support::{
    AT, add, add_at, at, delete, entity, exchange, field, note, place, place_on, product, restore,
    run, slot, text_field,
};

fn three() -> ProductDocument {
    let mut ada = product("ada", 1);
    for id in ["a", "b", "c"] {
        run(&mut ada, 0, add(id, id));
    }
    ada
}

fn check_move(id: &str, anchor: Anchor, expected: [&str; 3]) {
    let mut ada = three();
    run(&mut ada, 1, place(id, "problem", anchor.clone()));
    assert_eq!(slot(&ada, "problem"), expected, "{id} {anchor:?}");
}

/// D21
#[test]
fn a_note_stands_where_its_anchor_says() {
    check_move("c", Anchor::First, ["c", "a", "b"]);
    check_move("a", Anchor::Last, ["b", "c", "a"]);
    check_move("c", Anchor::Before("b".into()), ["a", "c", "b"]);
    check_move("a", Anchor::After("b".into()), ["b", "a", "c"]);
    check_move("b", Anchor::Before("a".into()), ["b", "a", "c"]);
    check_move("b", Anchor::Before("b".into()), ["a", "b", "c"]);
}

/// D21
#[test]
fn an_anchor_that_is_not_there_means_the_end() {
    check_move("a", Anchor::Before("ghost".into()), ["b", "c", "a"]);
    check_move("a", Anchor::After("ghost".into()), ["b", "c", "a"]);
}

/// D21: a colleague may have moved or deleted the anchor meanwhile.
#[test]
fn an_anchor_in_another_slot_or_in_the_trash_means_the_end() {
    let mut ada = three();
    run(&mut ada, 1, place("b", "solution", Anchor::First));
    run(
        &mut ada,
        2,
        add_at("d", "d", "problem", Anchor::After("b".into())),
    );
    run(&mut ada, 3, delete("a"));
    run(
        &mut ada,
        4,
        add_at("e", "e", "problem", Anchor::Before("a".into())),
    );

    assert_eq!(slot(&ada, "problem"), ["c", "d", "e"]);
}

/// D9, D21
#[test]
fn moving_a_note_to_where_it_is_changes_nothing() {
    let mut ada = three();
    let heads = ada.heads();
    for anchor in [Anchor::After("a".into()), Anchor::Before("c".into())] {
        run(&mut ada, 1, place("b", "problem", anchor));
    }
    run(&mut ada, 1, place("a", "problem", Anchor::First));
    run(&mut ada, 1, place("c", "problem", Anchor::Last));

    assert_eq!(ada.heads(), heads);
}

/// D22: a deleted note keeps its rank.
#[test]
fn a_restored_note_stands_where_it_stood() {
    let mut ada = three();
    run(&mut ada, 1, delete("b"));
    run(
        &mut ada,
        2,
        add_at("d", "d", "problem", Anchor::Before("c".into())),
    );
    run(&mut ada, 3, restore("b"));

    let order = slot(&ada, "problem");
    assert_eq!(order.len(), 4);
    assert_eq!((order[0].as_str(), order[3].as_str()), ("a", "c"));
}

/// D20: a move into another slot may change the kind, in one step.
#[test]
fn a_move_can_change_the_kind() {
    let mut ada = three();
    let kind = Some("solution".into());
    let place = at("solution", Anchor::Last);
    run(
        &mut ada,
        1,
        Command::Place {
            id: "a".into(),
            place,
            kind,
            fields: BTreeMap::new(),
        },
    );

    assert_eq!(note(&ada, "a").kind, "solution");
    ada.undo(AT).unwrap();
    assert_eq!(note(&ada, "a").kind, "problem");
    assert_eq!(slot(&ada, "problem"), ["a", "b", "c"]);
}

/// D20: a note is on as many canvases as it is placed on.
#[test]
fn taking_a_note_off_a_canvas_leaves_it_on_the_other() {
    let mut ada = three();
    let mut place = at("customer-segments", Anchor::First);
    place.canvas = "business-model-canvas".into();
    run(
        &mut ada,
        1,
        Command::Place {
            id: "a".into(),
            place,
            kind: None,
            fields: BTreeMap::new(),
        },
    );

    let canvas = "lean-canvas".into();
    run(
        &mut ada,
        2,
        Command::Unplace {
            id: "a".into(),
            canvas,
        },
    );

    assert_eq!(slot(&ada, "problem"), ["b", "c"]);
    assert!(
        ada.placement(&"business-model-canvas".into(), &"a".into())
            .is_some()
    );
}

/// D45: a flag that a slot set goes when the note leaves the slot, whether to another slot or off
/// the canvas; what somebody has set otherwise since then stays.
#[test]
fn a_flag_of_a_slot_goes_when_the_note_leaves_it() {
    let flag = |ada: &ProductDocument| note(ada, "a").fields.get("guardrail").cloned();
    let guardrails = |slot: &str, is_set: bool| {
        let mut place = at(slot, Anchor::Last);
        place.canvas = "metrics".into();
        let set = ("guardrail".to_owned(), FieldValue::Flag(true));
        Command::Place {
            id: "a".into(),
            place,
            kind: Some("metric".into()),
            fields: is_set.then_some(set).into_iter().collect(),
        }
    };
    let unplace = Command::Unplace {
        id: "a".into(),
        canvas: "metrics".into(),
    };
    for leaving in [guardrails("outcomes", false), unplace] {
        let mut ada = three();
        run(&mut ada, 1, guardrails("guardrails", true));
        assert_eq!(flag(&ada), Some(FieldValue::Flag(true)));
        run(&mut ada, 2, leaving.clone());
        assert_eq!(flag(&ada), None, "{leaving:?}");
        ada.undo(AT).unwrap();
        assert_eq!(flag(&ada), Some(FieldValue::Flag(true)));
    }
}

/// D22: two people chose the same rank; a note can still be put between theirs.
#[test]
fn notes_with_one_rank_make_room() {
    let mut ada = product("ada", 1);
    let mut graph = domain::Graph::default();
    for id in ["a", "b", "c"] {
        graph
            .entities
            .insert(id.into(), domain::Entity::new("problem".into(), id));
        let placement = Placement::new("problem".into(), Rank::default());
        graph.place("lean-canvas".into(), id.into(), placement);
    }
    run(&mut ada, 1, Command::Import { graph });

    run(
        &mut ada,
        2,
        add_at("d", "d", "problem", Anchor::After("a".into())),
    );

    assert_eq!(slot(&ada, "problem"), ["a", "d", "b", "c"]);
}

/// D21: in the tray notes stand whose slot the canvas does not know.
#[test]
fn a_note_can_stand_after_one_of_an_unknown_slot() {
    let mut ada = product("ada", 1);
    run(
        &mut ada,
        0,
        add_at("a", "a", "from-the-future", Anchor::Last),
    );
    run(&mut ada, 0, add_at("b", "b", "unplaced", Anchor::Last));
    run(
        &mut ada,
        0,
        add_at("c", "c", "unplaced", Anchor::After("a".into())),
    );

    assert_eq!(slot(&ada, "unplaced"), ["a", "c", "b"]);
}

fn standing(product: &ProductDocument, canvas: &str) -> Option<String> {
    let placement = product.placement(&canvas.into(), &"r".into())?;
    Some(placement.slot.to_string())
}

/// A roadmap item on the roadmap and among the priorities.
fn planned() -> ProductDocument {
    let mut ada = product("ada", 1);
    run(&mut ada, 0, entity("r", "roadmap-item", &[("lane", "now")]));
    run(&mut ada, 0, place_on("roadmap", "r", "now"));
    run(&mut ada, 0, place_on("priorities", "r", "to-be-ranked"));
    ada
}

/// V10: one gesture moves the note on every canvas whose slots stand for the field.
#[test]
fn a_note_moves_to_the_slot_of_the_value_that_it_gets() {
    let mut ada = planned();

    run(&mut ada, 1, field("r", "lane", "done"));
    assert_eq!(standing(&ada, "roadmap").as_deref(), Some("done"));
    assert_eq!(
        standing(&ada, "priorities").as_deref(),
        Some("to-be-ranked")
    );
    run(&mut ada, 2, field("r", "moscow", "must"));
    assert_eq!(standing(&ada, "priorities").as_deref(), Some("must-have"));

    ada.undo(AT).unwrap();
    ada.undo(AT).unwrap();
    assert_eq!(standing(&ada, "roadmap").as_deref(), Some("now"));
    assert_eq!(
        standing(&ada, "priorities").as_deref(),
        Some("to-be-ranked")
    );
    assert_eq!(text_field(&ada, "r", "lane").as_deref(), Some("now"));
}

/// V10
#[test]
fn a_note_without_the_value_of_its_slot_leaves_it() {
    let mut ada = planned();
    let clear = Command::SetField {
        id: "r".into(),
        field: "lane".into(),
        value: None,
    };

    run(&mut ada, 1, clear);
    assert_eq!(standing(&ada, "roadmap").as_deref(), Some("unplaced"));
    run(&mut ada, 2, field("r", "owner", "ada"));
    assert_eq!(standing(&ada, "roadmap").as_deref(), Some("unplaced"));
    run(&mut ada, 3, field("r", "lane", "next"));
    assert_eq!(standing(&ada, "roadmap").as_deref(), Some("next"));
}

/// V10: whoever wins, wins both the value and the place.
#[test]
fn two_who_set_and_move_at_once_agree() {
    for seed in [2, 5] {
        let mut ada = planned();
        let mut ben = product("ben", seed);
        exchange(&mut ada, &mut ben);
        run(&mut ada, 1, field("r", "lane", "done"));
        let mut next = at("next", Anchor::Last);
        next.canvas = "roadmap".into();
        let lane = FieldValue::Text("next".into());
        let place = Command::Place {
            id: "r".into(),
            place: next,
            kind: None,
            fields: BTreeMap::from([("lane".to_owned(), lane)]),
        };
        run(&mut ben, 1, place);
        exchange(&mut ada, &mut ben);

        for one in [&ada, &ben] {
            assert_eq!(standing(one, "roadmap"), text_field(one, "r", "lane"));
        }
        assert_eq!(standing(&ada, "roadmap"), standing(&ben, "roadmap"));
    }
}
