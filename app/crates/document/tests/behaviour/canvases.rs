//! Canvases of one's own: added, replaced and removed, by one person and by two at once.

use document::{Command, CommandError, ProductDocument};
use domain::FieldValue;
use domain::catalogue::{own_canvas, own_canvases};

use super::support::{
    AT, OWN, add, exchange, note, own_canvas_with, place_on, product, refusal, run, visible,
};

fn added(id: &str, definition: &str) -> Command {
    Command::AddCanvas {
        id: id.into(),
        definition: definition.to_owned(),
    }
}

fn replaced(id: &str, definition: &str) -> Command {
    Command::ReplaceCanvas {
        id: id.into(),
        definition: definition.to_owned(),
    }
}

fn slots(product: &ProductDocument) -> Vec<String> {
    let canvas = own_canvas(&product.graph(), &"ours".into()).unwrap();
    canvas
        .slots
        .iter()
        .map(|slot| slot.id.to_string())
        .collect()
}

fn notes(product: &ProductDocument, slot: &str) -> Vec<String> {
    let graph = product.graph();
    let notes = graph.slot_notes(&"ours".into(), &slot.into());
    notes.into_iter().map(ToString::to_string).collect()
}

/// D47: a canvas of one's own is checked, kept as text, and taken out with a way back.
#[test]
fn a_canvas_of_ones_own_is_added_and_removed() {
    let mut ada = product("ada", 1);
    let remove = |id: &str| Command::RemoveCanvas { id: id.into() };
    run(&mut ada, 1, added("c", OWN));
    run(&mut ada, 2, add("n", "n"));

    assert_eq!(note(&ada, "c").text, "Ours");
    let graph = ada.graph();
    let found = own_canvases(&graph.entities);
    assert_eq!(found[0].1.as_ref().unwrap().id, *"ours");
    assert_eq!(
        refusal(&mut ada, &added("d", OWN)),
        CommandError::CanvasExists("ours".into())
    );
    let error = refusal(&mut ada, &added("d", "{}"));
    assert!(
        error
            .to_string()
            .starts_with("the canvas cannot be used: it is no canvas: missing")
    );
    assert_eq!(
        refusal(&mut ada, &remove("n")),
        CommandError::NotACanvas("n".into())
    );
    run(&mut ada, 3, remove("c"));
    run(&mut ada, 4, added("d", OWN));
    assert!(note(&ada, "c").deleted.is_some());
}

/// D48: a replaced canvas keeps its id and its notes; those without a slot wait in its tray, and
/// undo brings all of it back.
#[test]
fn a_canvas_is_replaced_and_its_notes_stay() {
    let mut ada = product("ada", 1);
    run(&mut ada, 1, added("c", &own_canvas_with(&["all", "more"])));
    run(&mut ada, 2, add("n", "n"));
    run(&mut ada, 3, add("m", "m"));
    run(&mut ada, 4, place_on("ours", "n", "all"));
    run(&mut ada, 5, place_on("ours", "m", "more"));

    let becoming = own_canvas_with(&["all", "other"]).replacen("Ours", "Our own", 1);
    run(&mut ada, 6, replaced("c", &becoming));

    assert_eq!(note(&ada, "c").text, "Our own");
    assert_eq!(slots(&ada), ["all", "other"]);
    assert_eq!(notes(&ada, "all"), ["n"]);
    assert_eq!(notes(&ada, "unplaced"), ["m"]);
    run(&mut ada, 7, add("t", "t"));
    run(&mut ada, 8, place_on("ours", "t", "unplaced"));
    assert_eq!(
        notes(&ada, "unplaced"),
        ["m", "t"],
        "behind those that wait"
    );
    ada.undo(AT).unwrap();
    ada.undo(AT).unwrap();
    ada.undo(AT).unwrap().unwrap();
    assert_eq!(notes(&ada, "more"), ["m"]);
    assert_eq!(slots(&ada), ["all", "more"]);
    assert_eq!(note(&ada, "c").text, "Ours");
}

/// D45: a flag that a slot of one's own sets goes when the note leaves it.
#[test]
fn a_slot_of_ones_own_takes_its_flags_back() {
    let mut ada = product("ada", 1);
    let flagged = OWN.replacen("\"takes\"", "\"fields\": { \"top\": true }, \"takes\"", 1);
    run(&mut ada, 1, added("c", &flagged));
    run(&mut ada, 2, add("n", "n"));
    let mut place = place_on("ours", "n", "all");
    if let Command::Place { fields, .. } = &mut place {
        fields.insert("top".to_owned(), FieldValue::Flag(true));
    }
    run(&mut ada, 3, place);
    assert!(note(&ada, "n").fields.contains_key("top"));

    run(&mut ada, 4, place_on("ours", "n", "unplaced"));

    assert!(!note(&ada, "n").fields.contains_key("top"));
}

/// D48: what cannot be used is refused, and so is another id.
#[test]
fn a_canvas_is_not_replaced_by_something_else() {
    let mut ada = product("ada", 1);
    run(&mut ada, 1, added("c", OWN));
    run(&mut ada, 2, add("n", "n"));
    let other = OWN.replacen("ours", "theirs", 1);

    assert_eq!(
        refusal(&mut ada, &replaced("c", &other)),
        CommandError::CanvasIdChanged("ours".into())
    );
    assert!(matches!(
        refusal(&mut ada, &replaced("c", "{}")),
        CommandError::InvalidCanvas(_)
    ));
    assert_eq!(
        refusal(&mut ada, &replaced("n", OWN)),
        CommandError::NotACanvas("n".into())
    );
    assert_eq!(slots(&ada), ["all"]);
}

/// D48: two people replace it at once: one text is whole, everywhere the same, and whoever lost
/// takes nothing from the other by undoing.
#[test]
fn a_canvas_replaced_by_two_at_once_is_one_of_both() {
    let (mut ada, mut ben) = (product("ada", 1), product("ben", 2));
    run(&mut ada, 1, added("c", &own_canvas_with(&["all"])));
    exchange(&mut ada, &mut ben);
    run(
        &mut ada,
        2,
        replaced("c", &own_canvas_with(&["all", "of-ada"])),
    );
    run(
        &mut ben,
        2,
        replaced("c", &own_canvas_with(&["of-ben", "too"])),
    );

    exchange(&mut ada, &mut ben);

    assert_eq!(visible(&ada), visible(&ben));
    let shown = slots(&ada);
    assert!(
        shown == ["all", "of-ada"] || shown == ["of-ben", "too"],
        "{shown:?}"
    );
    let (winner, loser) = if shown[0] == "all" {
        (&mut ada, &mut ben)
    } else {
        (&mut ben, &mut ada)
    };
    loser.undo(AT).unwrap();
    exchange(winner, loser);
    assert_eq!(slots(winner), shown);
}

/// D49: two canvases of one id, added at once: the first by its holder's id is shown, the other
/// keeps its text and is named.
#[test]
fn of_two_canvases_of_one_id_the_first_counts() {
    let (mut ada, mut ben) = (product("ada", 1), product("ben", 2));
    run(&mut ada, 1, added("d", &own_canvas_with(&["of-ada"])));
    run(&mut ben, 1, added("c", &own_canvas_with(&["of-ben"])));

    exchange(&mut ada, &mut ben);

    for product in [&ada, &ben] {
        assert_eq!(slots(product), ["of-ben"]);
        let graph = product.graph();
        assert!(own_canvases(&graph.entities)[1].1.is_err());
    }
    run(&mut ada, 2, Command::RemoveCanvas { id: "c".into() });
    assert_eq!(slots(&ada), ["of-ada"]);
}
