//! What a canvas of one's own must be, and that every canvas of the catalogue is it.

use super::*;
use crate::catalogue::files;

const OWN: &str = r#"{
  "id": "pre-mortem",
  "title": { "en": "Pre-mortem" },
  "description": { "en": "What will have gone wrong." },
  "position": 900,
  "layout": { "columns": 2, "rows": 1 },
  "slots": [
    { "id": "causes", "title": { "en": "Causes" }, "question": { "en": "Why did it fail?" },
      "takes": ["note"], "area": { "column": 1, "row": 1, "column_span": 1, "row_span": 1 } },
    { "id": "signs", "title": { "en": "Signs" }, "question": { "en": "What would show it?" },
      "takes": ["note"], "area": { "column": 2, "row": 1, "column_span": 1, "row_span": 1 } }
  ],
  "orders": [],
  "author": "Us",
  "source": { "title": "Our own", "url": "https://example.org" },
  "licence": { "name": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/",
    "attribution": "" }
}"#;

fn error(from: &str, to: &str) -> CanvasError {
    assert!(OWN.contains(from));
    read_own(&OWN.replacen(from, to, 1)).unwrap_err()
}

#[test]
fn a_canvas_in_the_form_of_the_catalogue_is_read() {
    let own = read_own(OWN).unwrap();

    assert_eq!(own.id, *"pre-mortem");
    assert_eq!(own.slots.len(), 2);
}

#[test]
fn a_canvas_that_contradicts_itself_is_refused_with_the_reason() {
    assert!(matches!(
        error("\"slots\"", "\"blocks\""),
        CanvasError::Unreadable { .. }
    ));
    assert_eq!(
        error("pre-mortem", "Pre mortem"),
        CanvasError::BadId("Pre mortem".into())
    );
    assert_eq!(
        error("pre-mortem", "lean-canvas"),
        CanvasError::Taken("lean-canvas".into())
    );
    assert_eq!(
        error("\"signs\"", "\"causes\""),
        CanvasError::TwiceTheSlot("causes".into())
    );
    assert_eq!(error("\"rows\": 1", "\"rows\": 0"), CanvasError::BadLayout);
    assert_eq!(
        error("\"column\": 2", "\"column\": 4294967295"),
        CanvasError::Outside("signs".into())
    );
    assert_eq!(
        error("\"column\": 2", "\"column\": 1"),
        CanvasError::Overlap("causes".into(), "signs".into())
    );
    assert_eq!(
        error("[\"note\"]", "[]"),
        CanvasError::TakesNothing("causes".into())
    );
    assert_eq!(
        error("[\"note\"]", "[\"ghost\"]"),
        CanvasError::UnknownKind("causes".into(), "ghost".into())
    );
    assert_eq!(
        error("\"takes\"", "\"part_of\": \"whole\", \"takes\""),
        CanvasError::UnknownSlot("whole".into())
    );
}

#[test]
fn a_mistake_is_found_by_line_and_member() {
    let check = |from: &str, to: &str, line: usize, field: &str| {
        let text = OWN.replacen(from, to, 1);
        let found = read_own(&text).unwrap_err().find(&text);
        assert_eq!((found.line, found.field.as_str()), (line, field), "{to}");
    };
    check("pre-mortem", "Pre mortem", 2, "id");
    check("pre-mortem", "findings", 2, "id");
    check("{ \"en\": \"Pre-mortem\" }", "{}", 3, "title");
    check("{ \"en\": \"Pre-mortem\" }", "7", 3, "title");
    check(
        "{ \"en\": \"Signs\" }",
        "{ \"de\": \" \" }",
        10,
        "slots[1].title",
    );
    check("\"rows\": 1", "\"rows\": 0", 6, "layout");
    check("\"signs\"", "\"causes\"", 10, "slots[1].id");
    check("\"signs\"", "\"\"", 10, "slots[1].id");
    check("\"column\": 2", "\"column\": 1", 11, "slots[1].area");
    check("[\"note\"]", "[\"ghost\"]", 9, "slots[0].takes");
    check(
        "https://example.org",
        "javascript:alert(1)",
        15,
        "source.url",
    );
    let order = r#"[{"id": "o", "title": {}, "source": {"title": "", "url": ""},
        "steps": [["elsewhere"]]}]"#;
    check("[],\n", &format!("{order},\n"), 14, "orders[0].steps");
}

#[test]
fn a_canvas_is_written_as_it_is_read() {
    for canvas in crate::canvases() {
        let text = to_text(canvas);
        let read: Canvas = serde_json::from_str(&text).unwrap();
        assert_eq!(read, *canvas, "{text}");
    }
}

#[test]
fn a_copy_of_any_canvas_is_a_canvas_of_ones_own() {
    for canvas in crate::canvases() {
        let text = copy_of(canvas, |id| id.as_str().ends_with("-2"));
        let copy = read_own(&text).unwrap();
        assert_eq!(copy.id.as_str(), format!("{}-3", canvas.id));
        assert_eq!(
            copy.title.text("en"),
            format!("{} 3", canvas.title.text("en"))
        );
        assert_eq!(copy.licence, canvas.licence);
        assert_eq!(copy.group, crate::Group::Own);
    }
}

const SHORTEST: &str = r#"{ "id": "retro", "title": "Retro", "slots": [
    { "id": "keep", "title": "Keep" },
    { "id": "stop", "title": "Stop" } ] }"#;

#[test]
fn what_is_optional_may_be_left_out() {
    let own = read_own(SHORTEST).unwrap();
    assert_eq!(own.title.text("de"), "Retro");
    assert_eq!((own.layout.columns, own.layout.rows), (2, 1));
    assert_eq!(own.slots[1].area.column, 2);
    assert_eq!(own.slots[0].takes, ["note"]);
    assert_eq!(flaws(SHORTEST), []);
}

#[test]
fn slots_without_a_place_lie_on_the_cells_that_are_free() {
    let area = "\"id\": \"stop\", \"area\": { \"column\": 1, \"row\": 1, \"column_span\": 2 }";
    let text = SHORTEST.replace("\"id\": \"stop\"", area).replace(
        "\"slots\": [",
        "\"slots\": [{ \"id\": \"a\", \"title\": \"A\" },",
    );
    let own = read_own(&text).unwrap();
    let at = |index: usize| (own.slots[index].area.column, own.slots[index].area.row);
    assert_eq!((at(0), at(1), at(2)), ((1, 2), (2, 2), (1, 1)));
    assert_eq!((own.layout.columns, own.layout.rows), (2, 2));

    let small = text.replace(
        "\"title\": \"Retro\"",
        "\"title\": \"R\", \"layout\": { \"columns\": 2, \"rows\": 1 }",
    );
    assert_eq!(
        read_own(&small).unwrap_err(),
        CanvasError::Outside("a".into())
    );
}

#[test]
fn everything_that_is_missing_or_wrong_is_told_at_once_with_its_line() {
    let told =
        |text: &str| -> Vec<String> { flaws(text).iter().map(ToString::to_string).collect() };
    assert_eq!(
        told(
            "{ \"titel\": \"Retro\",\n \"group\": \"fun\",\n \"slots\": [\n { \"id\": 7, \"takes\": \"note\" } ] }"
        ),
        [
            "line 1, id: it is missing",
            "line 1, title: it is missing",
            "line 1, titel: no canvas has a member of this name",
            "line 2, group: expected one of model, discover, test, plan, measure, team, own",
            "line 4, slots[0].id: expected text, found 7",
            "line 4, slots[0].title: it is missing",
            "line 4, slots[0].takes: expected a list, found text",
        ]
    );
    let text = SHORTEST
        .replace("\"retro\"", "\"findings\"")
        .replace("\"Keep\"", "\"\"");
    assert_eq!(
        told(&text),
        [
            "line 1, id: there is a canvas or a view findings already",
            "line 2, slots[0].title: the slot keep has no title",
        ]
    );
    assert_eq!(told("{ \"id\": ")[0], "line 1: it ends too early");
    let twice = SHORTEST.replace(
        "\"title\": \"Stop\"",
        "\"title\": \"Stop\",\n \"title\": \"Halt\"",
    );
    assert_eq!(
        told(&twice),
        ["line 4, slots[1].title: it stands in line 3 already, and only one can count"]
    );
}

#[test]
fn what_is_senseless_is_told_beside_what_is_missing_and_every_time_it_occurs() {
    let text = r#"{ "id": "Bad Id", "title": "Retro",
        "figures": ["rice", "nope"],
        "slots": [
          { "id": "a", "takes": ["zz", "note", "yy"] },
          { "id": "a", "title": " ", "limit": -1 },
          { "id": "b", "title": "B", "part_of": "zz" },
          { "id": "c", "title": "C", "part_of": "xx", "takes": [7, "ww"] } ],
        "orders": [{ "id": "o", "steps": [["a", "qq"], ["pp"]] }] }"#;
    let told: Vec<String> = flaws(text).iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 1, id: the id \"Bad Id\" must be at most 64 lower-case letters, digits and hyphens",
            "line 2, figures[1]: there is no figure \"nope\"",
            "line 4, slots[0].title: it is missing",
            "line 4, slots[0].takes: the slot a takes zz, and there is no such kind",
            "line 4, slots[0].takes: the slot a takes yy, and there is no such kind",
            "line 5, slots[1].limit: expected a whole number, 0 or more, found -1",
            "line 5, slots[1].title: the slot a has no title",
            "line 5, slots[1].id: two slots are called a",
            "line 6, slots[2].part_of: zz is named, and there is no such slot",
            "line 7, slots[3].takes[0]: expected text, found 7",
            "line 7, slots[3].takes: the slot c takes ww, and there is no such kind",
            "line 7, slots[3].part_of: xx is named, and there is no such slot",
            "line 8, orders[0].steps: qq is named, and there is no such slot",
            "line 8, orders[0].steps: pp is named, and there is no such slot",
        ]
    );
}

/// Where one slot lies can only be judged once it is known where all do.
#[test]
fn nothing_is_told_that_only_follows_from_another_flaw() {
    let text = r#"{ "id": "retro", "title": "Retro", "layout": { "columns": 1, "rows": "1" },
        "slots": [ 3, { "id": "b", "title": "B" }, { "id": "c", "title": "C" } ] }"#;
    let told: Vec<String> = flaws(text).iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 1, layout.rows: expected a whole number, 0 or more, found text",
            "line 2, slots[0]: expected an object, found 3",
        ]
    );
}

/// As many columns as can be counted are too many for a page, and end in no panic.
#[test]
fn areas_at_the_end_of_all_numbers_are_refused() {
    let last = u32::MAX.to_string();
    for (name, former) in [
        ("column", 2),
        ("row", 1),
        ("column_span", 1),
        ("row_span", 1),
    ] {
        let (former, huge) = (
            format!("\"{name}\": {former}"),
            format!("\"{name}\": {last}"),
        );
        assert!(read_own(&OWN.replace(&former, &huge)).is_err(), "{name}");
    }
}

/// Whatever people write, it is a canvas or it is refused with a line of its own text.
#[test]
fn no_text_makes_the_reader_panic() {
    arbtest::arbtest(|u| {
        let mut text = OWN.to_owned();
        for _ in 0..u.int_in_range(1..=4)? {
            let at = u.choose_index(text.len())?;
            let piece = *u.choose(&["", "\"", "0", "{", "]", "\n", "causes", "4294967295"])?;
            text.replace_range(at..=at, piece);
        }
        let flaws = flaws(&text);
        check_usable(&text);
        match read_own(&text) {
            Ok(_) => assert!(
                flaws
                    .iter()
                    .all(|flaw| flaw.to_string().contains("already"))
            ),
            Err(error) => {
                assert!((0..=text.lines().count() + 1).contains(&error.find(&text).line));
                assert!(!flaws.is_empty(), "{text}");
            }
        }
        Ok(())
    })
    .budget_ms(500);
}

/// Both readers of canvases of one's own take it, or neither. In which order they come to know the
/// languages of a text means nothing.
fn check_usable(text: &str) {
    let written =
        |canvas: &Canvas| serde_json::from_str::<serde_json::Value>(&to_text(canvas)).ok();
    let (one, other) = (usable(text), read_own(text).ok());
    assert_eq!(
        one.as_ref().map(written),
        other.as_ref().map(written),
        "{text}"
    );
}

#[test]
fn the_short_reader_takes_what_the_one_with_reasons_takes() {
    for (_, text) in crate::catalogue::files::CANVASES {
        check_usable(text);
        let own = text.replacen("\"id\": \"", "\"id\": \"our-", 1);
        assert!(usable(&own).is_some(), "{own}");
        check_usable(&own);
    }
    let layout = r#"{"id":"x","title":"X","layout":[2,1],"slots":[{"id":"a","title":"A"}]}"#;
    assert_eq!(usable(layout), None);
    check_usable(layout);
    let twice = r#"{"id":"x","id":"y","title":"X","slots":[{"id":"a","title":"A"}]}"#;
    check_usable(twice);
}

/// The catalogue's own canvases pass the same check.
#[test]
fn the_catalogue_is_held_to_the_same_rules() {
    for (name, text) in files::CANVASES {
        let canvas: Canvas = serde_json::from_str(text).unwrap();
        assert!(check(&canvas).is_empty(), "{name}");
        let names_the_id = |flaw: &Flaw| matches!(flaw.what, Wrong::Sense(CanvasError::Taken(_)));
        assert!(flaws(text).iter().all(names_the_id), "{name}");
    }
}

#[test]
fn the_canvases_of_a_workspace_are_found_with_what_is_wrong() {
    let mut graph = Graph::default();
    for (id, text) in [("a", OWN), ("b", OWN), ("c", "{}")] {
        let mut entity = Entity::new(CANVAS.into(), "Pre-mortem");
        entity
            .fields
            .insert(DEFINITION.to_owned(), FieldValue::Text(text.to_owned()));
        graph.entities.insert(id.into(), entity);
    }

    let found = own_canvases(&graph.entities);

    assert!(found[0].1.is_ok());
    assert_eq!(found[1].1, Err(CanvasError::Taken("pre-mortem".into())));
    assert!(matches!(found[2].1, Err(CanvasError::Unreadable { .. })));
}
