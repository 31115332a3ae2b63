//! What a person may leave out of a workspace in JSON, and what is said about mistakes.

use crate::interchange::{Imported, Warning, import, to_markdown};
use crate::{CanvasId, EntityId, FieldValue, ImportError, to_json};

fn read(json: &str) -> Imported {
    import("a.json", json.as_bytes()).unwrap()
}

fn slot(imported: &Imported, slot: &str) -> Vec<String> {
    let notes = imported
        .graph
        .slot_notes(&"lean-canvas".into(), &slot.into());
    notes
        .into_iter()
        .map(|id| imported.graph.entities[id].text.clone())
        .collect()
}

#[test]
fn a_workspace_written_by_hand_needs_only_texts_and_slots() {
    let imported = read(
        r#"{ "format": "groundwork", "name": "Tern", "entities": [
            { "text": "Slow", "places": { "lean-canvas": "problem" } },
            { "id": 7, "text": "Dear", "places": { "lean-canvas": "problem" } },
            { "text": "Late", "places": { "lean-canvas": { "slot": "problem" } } } ],
          "links": [{ "from": 7, "to": "7" }] }"#,
    );
    assert_eq!(imported.warnings, []);
    assert_eq!(slot(&imported, "problem"), ["Slow", "Dear", "Late"]);
    assert!(
        imported
            .graph
            .entities
            .values()
            .all(|entity| entity.kind == "problem")
    );
    assert_eq!(
        imported.graph.links.values().next().unwrap().kind,
        "relates-to"
    );
}

#[test]
fn notes_without_a_rank_follow_those_that_have_one() {
    let imported = read(
        r#"{ "format": "groundwork", "entities": [
            { "text": "third", "places": { "lean-canvas": "problem" } },
            { "text": "second", "places": { "lean-canvas": { "slot": "problem", "rank": "k" } } },
            { "text": "first", "places": { "lean-canvas": { "slot": "problem", "rank": "V" } } } ] }"#,
    );
    assert_eq!(slot(&imported, "problem"), ["first", "second", "third"]);
}

#[test]
fn what_this_version_does_not_know_is_kept_where_it_has_a_place_and_named() {
    let imported = read(
        r#"{ "format": "groundwork", "ratings": [], "entities": [
            { "id": "a", "kind": "hunch", "risk": 3, "tags": ["x"], "fields": { "done": true } } ] }"#,
    );
    let entity = &imported.graph.entities[&EntityId::from("a")];
    assert_eq!(entity.fields.get("risk"), Some(&FieldValue::Number(3.0)));
    assert_eq!(
        entity.fields.get("tags"),
        Some(&FieldValue::Text(r#"["x"]"#.into()))
    );
    assert_eq!(entity.fields.get("done"), Some(&FieldValue::Flag(true)));
    assert_eq!(imported.warnings.len(), 4, "{:?}", imported.warnings);
}

#[test]
fn an_id_made_for_one_note_never_takes_the_id_of_another() {
    let first = read(r#"{ "format": "groundwork", "entities": [{ "text": "Slow" }] }"#);
    let id = first.graph.entities.keys().next().unwrap();
    let both = format!(
        r#"{{ "format": "groundwork", "entities": [{{ "text": "Slow" }}, {{ "id": "{id}", "text": "Slow" }}] }}"#
    );
    assert_eq!(read(&both).graph.entities.len(), 2);
}

fn check_error(json: &str, expected: &str) {
    let error = import("a.json", json.as_bytes()).unwrap_err().to_string();
    assert_eq!(error, expected);
}

#[test]
fn a_mistake_is_named_by_line_entity_and_field() {
    check_error(
        "{ \"format\": \"groundwork\",\n \"entities\": [\n  { \"id\": \"a\" },\n  { \"id\": \"b\",\n    \"text\": 3 } ] }",
        "Line 5: entity \"b\", field \"text\": expected text, found a number.",
    );
    check_error(
        "{ \"format\": \"groundwork\", \"entities\": [{},\n { \"places\": { \"lean-canvas\": {} } }] }",
        "Line 2: entity 2, field \"places\", field \"lean-canvas\": \"slot\" is missing.",
    );
    check_error(
        "{ \"format\": \"groundwork\", \"entities\": [{ \"id\": \"a\" },\n { \"id\": \"a\" }] }",
        "Line 2: entity \"a\": the id \"a\" stands already in line 1.",
    );
    check_error(
        "{ \"format\": \"groundwork\", \"entities\": [\n { \"id\": \"a\", \"fields\": [1] }] }",
        "Line 2: entity \"a\", field \"fields\": expected an object, found a list.",
    );
    check_error(
        "{ \"format\": \"groundwork\", \"entities\": [\n { \"id\": \"a\",\n \"text\": \"One\",\n \"text\": \"Two\" }] }",
        "Line 4: entity \"a\", field \"text\": it stands in line 3 already, and only one can count.",
    );
    check_error(
        "{ \"format\": \"groundwork\",\n \"people\": [{ \"id\": 7 },\n { \"id\": \"7\" }] }",
        "Line 3: person \"7\": the id \"7\" stands already in line 2.",
    );
    check_error(
        "{ \"format\": \"groundwork\", \"links\": [{ \"from\": \"a\" }] }",
        "Line 1: link 1: \"to\" is missing.",
    );
    check_error(
        "{ \"format\": \"groundwork\",\n \"people\": {} }",
        "Line 2: field \"people\": expected a list, found an object.",
    );
}

#[test]
fn a_newer_version_is_refused_whole() {
    let error = import("", br#"{ "format": "groundwork", "version": 2 }"#).unwrap_err();
    assert_eq!(
        error,
        ImportError::NewerVersion {
            line: 1,
            version: 2,
            newest: 1
        }
    );
}

#[test]
fn only_the_number_of_this_version_is_taken() {
    for version in ["1", "1.0"] {
        let file = format!("{{ \"format\": \"groundwork\", \"version\": {version} }}");
        assert!(import("", file.as_bytes()).is_ok(), "{version}");
    }
    for version in ["0", "-1", "1.5", "\"1\"", "null", "true", "[1]", "2.5"] {
        check_error(
            &format!("{{ \"format\": \"groundwork\",\n \"version\": {version} }}"),
            &format!(
                "Line 2: field \"version\": expected 1, the version of the format, found {version}."
            ),
        );
    }
}

/// Whoever is named as the maker of something should be among the people; each is told once.
#[test]
fn makers_whom_the_file_does_not_hold_are_told() {
    let file = r#"{ "format": "groundwork",
        "people": [{ "id": "ines", "name": "Ines" }],
        "entities": [
            { "id": "a", "text": "Slow", "created": { "by": "ines", "at": 1 } },
            { "id": "b", "text": "Late", "created": { "by": "tomasz", "at": 1 },
              "deleted": { "by": "rahel", "at": 2 } },
            { "id": "c", "text": "Lost", "created": { "by": "tomasz", "at": 1 } }],
        "links": [{ "id": "l", "from": "a", "to": "c",
            "created": { "by": "kim", "at": 1 } }] }"#;
    let doubts: Vec<String> = read(file).doubts.iter().map(ToString::to_string).collect();

    let said = |line, field, entity, person| {
        format!(
            "Line {line}: “{field}” of “{entity}” names the person “{person}”, whom the file does \
             not hold; it was kept."
        )
    };
    assert_eq!(
        doubts,
        [
            said(5, "created.by", "Late [b]", "tomasz"),
            said(6, "deleted.by", "Late [b]", "rahel"),
            said(8, "created.by", "l", "kim"),
        ]
    );
}

#[test]
fn the_export_reads_as_a_person_would_write_it() {
    let imported = read(
        r#"{ "format": "groundwork", "name": "Tern", "entities": [
            { "id": "a", "text": "Slow", "places": { "lean-canvas": { "slot": "problem", "rank": "V" } } } ] }"#,
    );
    let expected = r#"{
  "format": "groundwork",
  "version": 1,
  "name": "Tern",
  "people": [],
  "entities": [
    {
      "id": "a",
      "kind": "problem",
      "text": "Slow",
      "places": {
        "lean-canvas": {
          "slot": "problem",
          "rank": "V"
        }
      }
    }
  ],
  "links": []
}
"#;
    assert_eq!(to_json(&imported.graph), expected);
}

/// The fields of the one entity of that kind, written by hand so.
fn fields(kind: &str, fields: &str) -> (Vec<(String, FieldValue)>, Imported) {
    let imported = read(&format!(
        r#"{{ "format": "groundwork", "entities": [
            {{ "id": "a", "kind": "{kind}", "fields": {fields} }} ] }}"#
    ));
    let entity = imported.graph.entities[&EntityId::from("a")].clone();
    (entity.fields.into_iter().collect(), imported)
}

#[test]
fn lists_and_objects_stand_for_what_is_stored_as_scalars() {
    let check = |kind: &str, written: &str, expected: &[(&str, FieldValue)]| {
        let (read, imported) = fields(kind, written);
        let expected: Vec<(String, FieldValue)> = expected
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        assert_eq!(read, expected, "{written}");
        assert_eq!((imported.warnings, imported.doubts), (vec![], vec![]));
    };
    let text = |text: &str| FieldValue::Text(text.to_owned());
    check(
        "metric",
        r#"{ "actionable": ["ratio", "comparable"] }"#,
        &[
            ("actionable.comparable", FieldValue::Flag(true)),
            ("actionable.ratio", FieldValue::Flag(true)),
        ],
    );
    check(
        "metric",
        r#"{ "actionable": { "ratio": false } }"#,
        &[("actionable.ratio", FieldValue::Flag(false))],
    );
    check(
        "quantity",
        r#"{ "value": { "low": 8, "likely": 12, "high": 20, "unit": "hours" } }"#,
        &[("value", text("8..12..20 hours"))],
    );
    check(
        "economics",
        r#"{ "arpa": { "likely": 15, "currency": "eur", "period": "year" } }"#,
        &[("arpa", text("15 EUR/year"))],
    );
    check(
        "segment",
        r#"{ "size": { "likely": 1200 } }"#,
        &[("size", FieldValue::Number(1200.0))],
    );
}

#[test]
fn a_list_or_object_that_says_nothing_to_the_field_is_kept_as_text_and_named() {
    for (kind, written) in [
        ("quantity", r#"{ "value": { "low": 8, "high": 20 } }"#),
        ("quantity", r#"{ "value": { "likely": 8, "of": "hours" } }"#),
        ("quantity", r#"{ "value": { "likely": 8, "unit": 3 } }"#),
        ("quantity", r#"{ "value": { "likely": 8, "unit": "5 h" } }"#),
        (
            "economics",
            r#"{ "arpa": { "likely": 8, "period": "moon" } }"#,
        ),
        ("metric", r#"{ "actionable": [1] }"#),
        ("metric", r#"{ "unit": ["calls"] }"#),
    ] {
        let (read, imported) = fields(kind, written);
        assert!(matches!(read[0].1, FieldValue::Text(_)), "{read:?}");
        let said = imported.warnings.len() + imported.doubts.len();
        assert_eq!(said, 1, "{written}");
    }
}

#[test]
fn what_makes_no_sense_is_kept_and_named_by_line_entity_and_field() {
    let imported = read(
        "{ \"format\": \"groundwork\", \"entities\": [\n {\n  \"id\": \"a\",\n  \"kind\": \"hunch\" },\n {\n  \"text\": \"Speed\", \"kind\": \"metric\",\n  \"fields\": {\n   \"target\": \"many\",\n   \"shape\": \"round\",\n   \"actionable\": [\"round\"] } } ] }",
    );
    let said: Vec<String> = imported.doubts.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "Line 4: “a” is of the kind “hunch”, which is unknown to this version; it was kept.",
            "Line 8: The field “target” of “Speed” was kept, but does not fit: expected a number such as 12.5, found “many”.",
            "Line 9: The field “shape” of “Speed” is unknown to this version; it was kept.",
            "Line 10: The field “actionable.round” of “Speed” is unknown to this version; it was kept.",
        ]
    );
    assert_eq!(imported.warnings, []);
    assert_eq!(imported.graph.entities.len(), 2);
}

/// What is said about a file in full.
fn said(json: &str) -> Vec<String> {
    let imported = read(json);
    let told = imported.warnings.iter().chain(&imported.doubts);
    told.map(ToString::to_string).collect()
}

#[test]
fn a_currency_that_there_is_not_is_named_as_such() {
    let said = said(
        "{ \"format\": \"groundwork\", \"entities\": [\n { \"id\": \"c\", \"kind\": \"cost\", \"text\": \"Cash\", \"fields\": {\n \"amount\": { \"likely\": 3, \"currency\": \"ZZZ\", \"period\": \"month\" } } } ] }",
    );
    assert_eq!(
        said,
        [
            "Line 3: The field “amount” of “Cash [c]” was kept, but does not fit: expected a currency in use such as EUR (ISO 4217) instead of ZZZ, found “3 ZZZ/month”."
        ]
    );
}

#[test]
fn what_leads_to_nothing_is_kept_and_named_with_its_line() {
    let said = said(
        r#"{ "format": "groundwork", "entities": [
            { "id": "a", "kind": "reading", "fields": { "metric": "gone" } },
            { "id": "b", "places": {
                "lean-canvas": "attic",
                "no-canvas": "x" } } ],
          "links": [
            { "id": "l", "kind": "adores", "from": "a",
              "to": "nobody" } ],
          "placements": [
            { "entity": "z", "canvas": "swot", "slot": "cellar" } ] }"#,
    );
    let expected = [
        ("Line 2:", "“metric” of “a” names “gone”"),
        ("Line 4:", "Lean Canvas” has no slot “attic”: “b”"),
        ("Line 5:", "“b” has a place on the canvas “no-canvas”"),
        ("Line 7:", "kind “adores”"),
        ("Line 7:", "leads to “nobody”"),
        ("Line 10:", "SWOT” has no slot “cellar”: “z”"),
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for ((line, words), said) in expected.iter().zip(&said) {
        assert!(said.starts_with(line) && said.contains(words), "{said}");
    }
}

#[test]
fn a_slot_of_a_canvas_that_the_file_brings_is_known() {
    let own = r#"{"id": "retro", "title": {"en": "Retro"}, "layout": {"columns": 1, "rows": 1},
        "slots": [{"id": "keep", "title": {"en": "Keep"}, "question": {}, "takes": ["note"],
        "area": {"column": 1, "row": 1, "column_span": 1, "row_span": 1}}],
        "author": "", "source": {"title": "", "url": ""},
        "licence": {"name": "", "url": "", "attribution": ""}}"#;
    let file = serde_json::json!({ "format": "groundwork", "entities": [
        { "id": "c", "kind": "canvas", "fields": { "definition": own } },
        { "id": "n", "kind": "note", "places": { "retro": "keep" } },
        { "id": "o", "kind": "note", "places": { "retro": "drop" } } ] });
    let said = said(&file.to_string());
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("“drop”: “o”"), "{said:?}");
}

#[test]
fn a_canvas_of_ones_own_is_written_where_it_stands_and_its_flaws_are_named() {
    let file = |slot: &str| {
        format!(
            r#"{{ "format": "groundwork", "entities": [
                {{ "id": "c", "kind": "canvas", "text": "Retro", "fields": {{
                    "definition": {{ "id": "retro", "title": "Retro", "slots": [ {slot} ] }} }} }},
                {{ "id": "n", "places": {{ "retro": "keep" }} }} ] }}"#
        )
    };
    let whole = file(r#"{ "id": "keep", "title": "Keep" }"#);
    assert_eq!(said(&whole), [""; 0]);
    let graph = read(&whole).graph;
    assert!(crate::catalogue::own_canvas(&graph, &"retro".into()).is_some());

    let said = said(&file(r#"{ "id": "keep" }"#));
    assert!(
        said[0].starts_with("Line 3: The canvas “Retro [c]” cannot be used"),
        "{said:?}"
    );
    assert!(
        said[0].contains("slots[0].title: it is missing"),
        "{said:?}"
    );
}

#[test]
fn tags_are_a_text_or_a_list_of_texts() {
    for tags in [r#"["players", "sms"]"#, r#""players, sms""#] {
        let imported = read(&format!(
            r#"{{ "format": "groundwork", "entities": [ {{ "id": "a", "fields": {{ "tags": {tags} }} }} ] }}"#
        ));
        let expected = FieldValue::Text("players, sms".into());
        assert_eq!(
            imported.graph.entities["a"].fields.get("tags"),
            Some(&expected)
        );
        assert_eq!((imported.warnings, imported.doubts), (vec![], vec![]));
    }
}

/// Joined by commas, two tags would come back as three.
#[test]
fn a_list_of_tags_with_a_comma_in_one_is_kept_as_it_stands() {
    let (fields, imported) = fields("note", r#"{ "tags": ["x, y", "z"] }"#);
    let text = FieldValue::Text(r#"["x, y","z"]"#.to_owned());
    assert_eq!(fields, [("tags".to_owned(), text)]);
    assert_eq!(imported.warnings[0].key, "import.warning.nested");
}

#[test]
fn the_flaws_of_a_canvas_that_is_an_object_have_the_lines_of_the_file() {
    let canvas = "{ \"id\": \"retro\",\n\"title\": \"Retro\",\n\"figures\": [\"nope\"],\n\"slots\": [\n{ \"id\": \"keep\" } ] }";
    let file = |definition: &str| {
        format!(
            "{{ \"format\": \"groundwork\", \"entities\": [\n{{ \"id\": \"c\", \"kind\": \"canvas\", \"fields\": {{\n\"definition\": {definition} }} }} ] }}"
        )
    };
    let told = |definition: &str| said(&file(definition)).join("\n");
    let object = told(canvas);
    assert!(
        object.contains("Line 5: The canvas “c” names a figure"),
        "{object}"
    );
    assert!(
        object.contains("line 7, slots[0].title: it is missing"),
        "{object}"
    );
    let text = told(&serde_json::Value::from(canvas).to_string());
    assert!(
        text.contains("Line 3: The canvas “c” cannot be used"),
        "{text}"
    );
    assert!(
        text.contains("line 5, slots[0].title: it is missing"),
        "{text}"
    );
}

/// V10
#[test]
fn a_place_says_what_its_slot_stands_for_and_the_value_holds_where_both_are_given() {
    let file = r#"{ "format": "groundwork", "entities": [
        { "id": "a", "kind": "roadmap-item", "text": "A", "places": { "roadmap": "now" } },
        { "id": "b", "kind": "roadmap-item", "text": "B", "fields": { "lane": "done" },
          "places": { "roadmap": "now" } },
        { "id": "c", "kind": "roadmap-item", "text": "C", "fields": { "lane": "done" },
          "places": { "roadmap": { "slot": "now", "rank": "V" } } } ] }"#;
    let imported = read(file);
    let lane = |id: &str| imported.graph.entities[id].fields.get("lane").cloned();
    let slot = |id: &str| imported.graph.placements["roadmap"][id].slot.to_string();

    assert_eq!(lane("a"), Some(FieldValue::Text("now".into())));
    assert_eq!((slot("a"), slot("b")), ("now".into(), "done".into()));
    assert_eq!(slot("c"), "now", "our own export is taken as it is");
    let said: Vec<String> = imported.warnings.iter().map(ToString::to_string).collect();
    let expected = "Line 4: “B” is placed in “now” of the canvas “Roadmap”, but its field “lane” says otherwise: the field counts, and it stands in “done”.";
    assert_eq!(said, [expected]);
}

/// V10
#[test]
fn headings_of_markdown_are_values() {
    let text = "# Roadmap\n\n## Next\n\n- Digest by mail\n";
    let imported = crate::import("a.md", text.as_bytes()).unwrap();
    let (_, item) = imported.graph.entities.first_key_value().unwrap();
    assert_eq!(item.kind, *"roadmap-item");
    let next = FieldValue::Text("next".into());
    assert_eq!(item.fields.get("lane"), Some(&next));
}

/// What stands within a place or a stamp has no field to be kept in.
#[test]
fn what_is_not_known_within_a_member_is_named() {
    assert_eq!(
        said(
            "{ \"format\": \"groundwork\", \"entities\": [\n\
             { \"id\": \"a\", \"text\": \"Slow\", \"places\": { \"lean-canvas\": {\n\
             \"slot\": \"problem\", \"colour\": \"red\" } },\n\
             \"created\": { \"by\": \"ines\", \"at\": 5, \"on\": \"Monday\" },\n\
             \"deleted\": { \"at\": 6, \"why\": \"?\" } }],\n\
             \"people\": [{ \"id\": \"ines\" }], \"placements\": [\n\
             { \"entity\": \"b\", \"canvas\": \"lean-canvas\", \"slot\": \"problem\", \"z\": 1 }] }"
        )
        .into_iter()
        .filter(|said| said.contains("unknown"))
        .collect::<Vec<_>>(),
        [
            "Line 3: “colour” in “lean-canvas” of “Slow [a]” is unknown to this version and was left out.",
            "Line 4: “on” in “created” of “Slow [a]” is unknown to this version and was left out.",
            "Line 5: “why” in “deleted” of “Slow [a]” is unknown to this version and was left out.",
            "Line 7: “z” in “lean-canvas” of “b” is unknown to this version and was left out.",
        ]
    );
}

/// Of two places on one canvas the last of the file counts, in whatever order their slots come.
#[test]
fn the_last_of_two_places_counts_and_both_are_named() {
    let file = |own: &str, others: [&str; 2]| {
        let others = others.map(|slot| {
            format!(r#"{{ "entity": "a", "canvas": "lean-canvas", "slot": "{slot}" }}"#)
        });
        format!(
            r#"{{ "format": "groundwork", "entities": [{own}], "placements": [{}] }}"#,
            others.join(", ")
        )
    };
    let own = r#"{ "id": "a", "text": "Slow", "places": { "lean-canvas": { "slot": "channels", "rank": "V" } } }"#;
    for entity in ["", own] {
        for (slots, last) in [
            (["problem", "solution"], "solution"),
            (["solution", "problem"], "problem"),
        ] {
            let imported = read(&file(entity, slots));
            let placed = &imported.graph.placements[&CanvasId::from("lean-canvas")];
            let slot = &placed[&EntityId::from("a")].slot;
            assert_eq!(slot.as_str(), last, "{entity}");
            let is_told = |one: &Warning| one.key == "import.warning.place_twice";
            assert!(imported.warnings.iter().any(is_told), "{entity}");
        }
    }
}

/// Nobody knows the rest, and no export may make it up.
#[test]
fn what_is_not_said_of_a_maker_stays_unsaid() {
    for created in [r#""by":"ines""#, r#""at":5"#, ""] {
        let file = format!(
            r#"{{ "format": "groundwork", "people": [{{ "id": "ines" }}], "entities": [{{ "id": "a", "text": "Slow", "created": {{ {created} }} }}] }}"#
        );
        let graph = read(&file).graph;
        let written = to_json(&graph);
        let again = written.split_whitespace().collect::<String>();
        assert!(
            again.contains(&format!(r#""created":{{{created}}}"#)),
            "{written}"
        );
        assert_eq!(read(&written).graph, graph);
        let markdown = to_markdown(&graph);
        let read = import("a.md", markdown.as_bytes()).unwrap();
        assert_eq!(read.graph, graph, "{markdown}");
    }
}

/// The ids of other programs are longer than a floating-point number is exact.
#[test]
fn a_long_whole_number_keeps_its_digits() {
    let (fields, imported) = fields(
        "note",
        r#"{ "of": 9007199254740993, "near": 9007199254740992 }"#,
    );
    let text = FieldValue::Text("9007199254740993".to_owned());
    let expected = [
        (
            "near".to_owned(),
            FieldValue::Number(9_007_199_254_740_992.0),
        ),
        ("of".to_owned(), text),
    ];
    assert_eq!(fields, expected);
    let warned = imported.warnings.iter();
    let warned = warned.filter(|one| one.key == "import.warning.long_number");
    assert_eq!(warned.count(), 1);
}
