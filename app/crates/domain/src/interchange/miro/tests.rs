//! Boards as Miro's exporters write them.

use serde_json::json;

use super::*;
use crate::interchange::import;
use crate::{CanvasId, Graph};

fn read(board: &Value) -> Imported {
    let imported = import("board.json", board.to_string().as_bytes()).unwrap();
    assert_eq!(imported.format, Format::Miro);
    imported
}

fn slot(graph: &Graph, canvas: &str, slot: &str) -> Vec<String> {
    let notes = graph.slot_notes(&CanvasId::from(canvas), &slot.into());
    notes
        .into_iter()
        .map(|id| graph.entities[id].text.clone())
        .collect()
}

fn check(board: &Value, name: &str, expected: &[&str]) {
    assert_eq!(slot(&read(board).graph, "lean-canvas", name), expected);
}

fn sticky(id: &str, parent: &str, text: &str, x: f64, y: f64) -> Value {
    json!({ "type": "sticky_note", "id": id, "parentId": parent, "content": format!("<p>{text}</p>"),
            "style": { "fillColor": "cyan" }, "x": x, "y": y, "width": 100, "height": 100 })
}

fn frame(id: &str, title: &str, x: f64, y: f64) -> Value {
    json!({ "type": "frame", "id": id, "title": title, "x": x, "y": y, "width": 400, "height": 400 })
}

#[test]
fn frames_titled_like_slots_fill_those_slots_in_reading_order() {
    let board = json!([
        sticky("4", "f", "below", 0.0, 260.0),
        sticky("3", "f", "right", 200.0, 96.0),
        sticky("2", "f", "middle", 100.0, 110.0),
        sticky("1", "f", "left", 0.0, 100.0),
        frame("f", "Customer-segment", 0.0, 0.0),
    ]);
    check(
        &board,
        "customer-segments",
        &["left", "middle", "right", "below"],
    );
    let note = &read(&board).graph.entities["1"];
    assert_eq!(
        (note.kind.as_str(), note.colour()),
        ("segment", Some(crate::Hue::Cyan))
    );
}

#[test]
fn nested_members_and_numeric_ids_are_read_too() {
    let board = json!({ "data": [
        { "id": 1, "type": "frame", "data": { "title": "Problem" } },
        { "id": 2, "type": "sticky_note", "data": { "content": "a &amp; b" }, "parent": { "id": 1 },
          "position": { "x": 1, "y": 2 }, "geometry": { "width": 3 } },
        { "id": 3, "type": "card", "data": { "title": "c", "description": "<p>d</p>" }, "parent": { "id": "1" } },
    ] });
    check(&board, "problem", &["a & b", "c\nd"]);
}

#[test]
fn everything_else_goes_to_the_tray() {
    let board = json!([
        frame("l", "Lean Canvas", 0.0, 0.0), frame("p", "Problem", 1000.0, 0.0),
        frame("r", "Retro", 2000.0, 0.0), sticky("1", "p", "slow", 0.0, 0.0),
        sticky("2", "l", "on the canvas", 0.0, 0.0), sticky("3", "r", "went well", 0.0, 1.0),
        { "type": "text", "id": "4", "content": "loose", "x": -5000, "y": 2 },
        { "type": "image", "id": "5", "title": "logo.png" }, { "type": "shape", "id": "6", "content": "<p></p>" },
    ]);
    let imported = read(&board);
    assert_eq!(
        slot(&imported.graph, "lean-canvas", "unplaced"),
        ["on the canvas", "went well", "loose"]
    );
    assert_eq!(slot(&imported.graph, "lean-canvas", "problem"), ["slow"]);
    let warnings: String = imported.warnings.iter().map(ToString::to_string).collect();
    assert!(
        ["“Retro”", "1 item without text", "1 picture"]
            .iter()
            .all(|it| warnings.contains(it)),
        "{warnings}"
    );
}

#[test]
fn a_frame_claims_what_lies_within_it() {
    let free = |id: &str, text: &str, x: f64| json!({ "type": "sticky_note", "id": id, "content": text, "x": x, "y": 0, "width": 50, "height": 50 });
    let board = json!([
        frame("p", "Problem", 0.0, 0.0),
        free("1", "inside", 190.0),
        free("2", "outside", 210.0),
    ]);
    check(&board, "problem", &["inside"]);
    check(&board, "unplaced", &["outside"]);
}

#[test]
fn a_shape_that_bears_a_slots_name_and_holds_notes_is_a_frame() {
    let shape = |id: &str, text: &str, x: f64| json!({ "type": "shape", "id": id, "content": text, "parentId": "l", "x": x, "y": 0, "width": 300, "height": 300 });
    let board = json!([
        frame("l", "Our lean canvas", 0.0, 0.0),
        shape("p", "Problem", 200.0),
        shape("s", "Solution", 600.0),
        sticky("1", "l", "slow", 200.0, 10.0),
        sticky("2", "l", "fast", 600.0, 10.0),
    ]);
    check(&board, "problem", &["slow"]);
    check(&board, "solution", &["fast"]);
}

#[test]
fn a_label_that_repeats_its_frames_title_is_no_note() {
    let board = json!([
        frame("p", "Problem", 0.0, 0.0), sticky("1", "p", "slow", 0.0, 9.0),
        { "type": "text", "id": "2", "content": "<b>PROBLEM</b>", "parentId": "p" },
    ]);
    let imported = read(&board);
    assert_eq!(slot(&imported.graph, "lean-canvas", "problem"), ["slow"]);
    assert!(
        imported.warnings[0].to_string().starts_with("1 label"),
        "{:?}",
        imported.warnings
    );
}

#[test]
fn a_canvas_within_a_frame_of_its_name_is_that_canvas() {
    let inner = |id: &str, title: &str, parent: &str| json!({ "type": "frame", "id": id, "title": title, "parentId": parent });
    let board = json!([
        frame("b", "Business Model Canvas", 0.0, 0.0),
        frame("l", "Lean Canvas", 900.0, 0.0),
        inner("bc", "Channels", "b"),
        inner("lc", "Channels", "l"),
        sticky("1", "bc", "shop", 0.0, 0.0),
        sticky("2", "lc", "talk", 0.0, 0.0),
    ]);
    check(&board, "channels", &["talk"]);
    assert_eq!(
        slot(&read(&board).graph, "business-model-canvas", "channels"),
        ["shop"]
    );
}

#[test]
fn connectors_between_notes_become_links() {
    let board = json!([
        sticky("1", "", "a", 0.0, 0.0), sticky("2", "", "b", 0.0, 0.0), frame("f", "F", 0.0, 0.0),
        { "type": "connector", "id": "9", "start": { "item": "1" }, "end": { "item": "2" } },
        { "type": "connector", "id": "8", "startItem": { "id": 2 }, "endItem": { "id": "f" } },
    ]);
    let imported = read(&board);
    let link = &imported.graph.links["9"];
    assert_eq!(
        (link.from.as_str(), link.to.as_str(), link.kind.as_str()),
        ("1", "2", "relates-to")
    );
    assert!(
        imported
            .warnings
            .iter()
            .any(|warning| warning.to_string().starts_with("1 connector"))
    );
}

#[test]
fn one_item_alone_and_items_with_the_same_id_are_read() {
    check(&sticky("1", "", "a", 0.0, 0.0), "unplaced", &["a"]);
    check(
        &json!([
            sticky("1", "", "a", 0.0, 0.0),
            sticky("1", "", "b", 0.0, 9.0)
        ]),
        "unplaced",
        &["a", "b"],
    );
    check(
        &json!([sticky("", "x", "a", 0.0, 0.0), 3]),
        "unplaced",
        &["a"],
    );
}

#[test]
fn a_circle_of_parents_ends() {
    let frame = |id: &str, parent: &str| json!({ "type": "frame", "id": id, "parentId": parent });
    check(
        &json!([
            frame("a", "b"),
            frame("b", "a"),
            sticky("1", "a", "x", 0.0, 0.0)
        ]),
        "unplaced",
        &["x"],
    );
}

#[test]
fn a_board_without_a_text_is_an_error() {
    let board = json!([frame("f", "Problem", 0.0, 0.0), { "type": "image" }]).to_string();
    let error = import("b.json", board.as_bytes()).unwrap_err();
    assert_eq!(error, ImportError::NoNotes { items: 2 });
}

#[test]
fn json_with_other_types_is_no_board() {
    for other in [
        json!({ "type": "FeatureCollection", "features": [{ "type": "Feature", "id": 1 }] }),
        json!({ "name": "x", "type": "module", "description": "y" }),
        json!([{ "type": "rectangle", "text": "a" }]),
    ] {
        let error = import("b.json", other.to_string().as_bytes()).unwrap_err();
        assert!(matches!(error, ImportError::UnknownJson { .. }), "{error}");
    }
}

#[test]
fn any_board_is_read_without_a_panic() {
    arbtest::arbtest(|u| {
        let numbers = [
            json!(1e308),
            json!(-1e308),
            json!(0),
            json!(null),
            json!("1"),
        ];
        let kinds = ["frame", "sticky_note", "shape", "connector", "text"];
        let ids = ["1", "2", "3", "Problem"];
        let mut items = Vec::new();
        for _ in 0..u.int_in_range(1..=8)? {
            items.push(json!({
                "type": *u.choose(&kinds)?, "id": *u.choose(&ids)?, "parentId": *u.choose(&ids)?,
                "content": *u.choose(&ids)?, "x": u.choose(&numbers)?, "y": u.choose(&numbers)?,
                "width": u.choose(&numbers)?, "height": u.choose(&numbers)?,
                "start": { "item": *u.choose(&ids)? }, "end": { "item": *u.choose(&ids)? },
            }));
        }
        let _ = import("b.json", Value::Array(items).to_string().as_bytes());
        Ok(())
    })
    .budget_ms(500);
}

/// Tags are items of their own, which others name by their ids.
#[test]
fn tags_go_with_their_notes() {
    let tag = json!({ "type": "tag", "id": "t", "title": "urgent" });
    let mut note = sticky("1", "", "Slow", 0.0, 0.0);
    note["tagIds"] = json!(["t"]);
    let mut card = sticky("2", "", "Late", 0.0, 200.0);
    card["tags"] = json!([{ "id": "t", "title": "urgent" }, "now"]);
    let graph = read(&json!([tag, note, card])).graph;
    let tags = |id: &str| {
        graph.entities[&EntityId::from(id)]
            .fields
            .get("tags")
            .cloned()
    };
    assert_eq!(tags("1"), Some(FieldValue::Text("urgent".into())));
    assert_eq!(tags("2"), Some(FieldValue::Text("urgent, now".into())));
}

#[test]
fn a_node_of_a_mind_map_is_a_note() {
    let node = json!({ "type": "mindmap_node", "id": "m",
        "data": { "nodeView": { "data": { "content": "Root" } } } });
    let graph = read(&json!([node])).graph;
    assert_eq!(graph.entities[&EntityId::from("m")].text, "Root");
}

#[test]
fn what_has_no_place_is_counted() {
    let mut card = sticky("1", "", "Slow", 0.0, 0.0);
    card["data"] = json!({ "dueDate": "2026-05-01", "assigneeId": "7", "fields": [{}, {}] });
    let imported = read(&json!([card]));
    assert_eq!(
        imported.warnings[0].to_string(),
        "There is no place here for this, and it was left out: assignee (1), dueDate (1), fields (2)."
    );
}

/// Miro's interface answers with fifty items at most.
#[test]
fn one_page_of_a_board_is_told_as_such() {
    let page = |more: Value| {
        let mut page = json!({ "data": [sticky("1", "", "Slow", 0.0, 0.0)] });
        let more = more.as_object().unwrap().clone();
        page.as_object_mut().unwrap().extend(more);
        let warnings = read(&page).warnings;
        warnings.iter().map(ToString::to_string).collect::<String>()
    };
    let cut = page(json!({ "total": 50, "cursor": "abc" }));
    assert!(cut.starts_with("The file holds 1 of the 50 items"), "{cut}");
    let goes_on = page(json!({ "cursor": "abc" }));
    assert!(goes_on.contains("more follow"), "{goes_on}");
    assert_eq!(page(json!({ "total": 1, "cursor": "abc" })), "");
}
