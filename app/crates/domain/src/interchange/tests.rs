//! What holds for every format: round trips over arbitrary graphs, and no panic on any bytes.

use arbtest::arbitrary::{self, Unstructured};
use arbtest::arbtest;

use super::*;
use crate::{
    CanvasId, Deletion, Entity, EntityId, FieldValue, Hue, Link, Person, Placement, Rank, SlotId,
    Stamp, canvases,
};

type Arbitrary<T> = arbitrary::Result<T>;

/// Pieces that Markdown, HTML, JSON or an editor would take for something else.
const NASTY: &[&str] = &[
    "\n",
    "\n\n",
    "\n\n\n",
    " ",
    "  ",
    "\t",
    "\r",
    "\r\n",
    "#",
    "# Problem",
    "## Links",
    "## Deleted notes",
    "\n## People\n",
    "- ",
    "-",
    "---",
    "***",
    "===",
    "* ",
    "+ x",
    "1. ",
    "2) ",
    "> ",
    "```",
    "~~~",
    "<!--",
    "-->",
    "<!-- end -->",
    "\\<!-- end -->",
    "\n<!-- end -->\n",
    "<!-- groundwork=1 -->",
    "<!-- id=x -->",
    "<!-- id=n1 kind=note -->",
    "\\",
    "\\\\",
    "&",
    "&#32;",
    "&amp;",
    "<p>",
    "*b*",
    "**Problem**",
    "__",
    "[x](y)",
    "|",
    "%7C",
    "\"",
    "{",
    "}",
    "e\u{301}",
    "👩‍🔬",
    "\u{FEFF}",
    "\u{0}",
    "\u{7}",
    "\u{1b}",
    "\u{85}",
    "\u{2028}",
    "\u{A0}",
    "\u{202E}",
    "Kosten",
    "a",
    "word and word",
    "•",
    "–",
    ":",
    "=",
    "_",
];

fn text(u: &mut Unstructured<'_>) -> Arbitrary<String> {
    if u.ratio(1, 8)? {
        return u.arbitrary();
    }
    let count = u.int_in_range(0..=6)?;
    (0..count).map(|_| u.choose(NASTY).copied()).collect()
}

fn optional<T>(
    u: &mut Unstructured<'_>,
    make: impl FnOnce(&mut Unstructured<'_>) -> Arbitrary<T>,
) -> Arbitrary<Option<T>> {
    if u.arbitrary()? {
        make(u).map(Some)
    } else {
        Ok(None)
    }
}

fn stamp(u: &mut Unstructured<'_>) -> Arbitrary<Stamp> {
    Ok(Stamp {
        by: text(u)?.into(),
        at: u.arbitrary()?,
    })
}

fn deletion(u: &mut Unstructured<'_>) -> Arbitrary<Deletion> {
    Ok(Deletion {
        by: text(u)?.into(),
        at: u.arbitrary()?,
        edited_since: u.arbitrary()?,
    })
}

fn number(u: &mut Unstructured<'_>) -> Arbitrary<f64> {
    let number: f64 = u.arbitrary()?;
    Ok(if number.is_finite() { number } else { 0.1 })
}

fn field(u: &mut Unstructured<'_>) -> Arbitrary<FieldValue> {
    Ok(match u.int_in_range(0..=3)? {
        0 => FieldValue::Flag(u.arbitrary()?),
        1 => FieldValue::Number(number(u)?),
        2 => FieldValue::Text(u.choose(&["yellow", "true", "1.5", "NaN"])?.to_string()),
        _ => FieldValue::Text(text(u)?),
    })
}

/// Values that people write into the fields of every kind, whether they fit or not.
const VALUES: &[&str] = &[
    "12",
    "35 %",
    "8..12..20 hours",
    "20..8..12",
    "15 EUR/month",
    "2026-11-22",
    "2026-02-30",
    "n1",
    "unknown",
    "",
];

/// An entity of a kind of the catalogue, with values under its fields and their items.
fn typed_entity(u: &mut Unstructured<'_>) -> Arbitrary<Entity> {
    let kind = u.choose(crate::kinds())?;
    let mut entity = Entity::new(kind.id.clone(), text(u)?);
    for field in &kind.fields {
        let key = match field.options() {
            [] => field.id.clone(),
            options => format!("{}.{}", field.id, u.choose(options)?.id),
        };
        let key = if field.keeps(&key) {
            key
        } else {
            field.id.clone()
        };
        let value = match u.int_in_range(0..=3)? {
            0 => continue,
            1 => FieldValue::Number(number(u)?),
            2 => FieldValue::Flag(u.arbitrary()?),
            _ => FieldValue::Text(u.choose(VALUES)?.to_string()),
        };
        entity.fields.insert(key, value);
    }
    Ok(entity)
}

fn entity(u: &mut Unstructured<'_>) -> Arbitrary<Entity> {
    if u.ratio(1, 3)? {
        return typed_entity(u);
    }
    let kind = if u.arbitrary()? {
        "problem".to_owned()
    } else {
        text(u)?
    };
    let mut entity = Entity::new(kind.into(), text(u)?);
    for _ in 0..u.int_in_range(0..=2)? {
        let name = if u.arbitrary()? {
            "colour".to_owned()
        } else {
            text(u)?
        };
        entity.fields.insert(name, field(u)?);
    }
    entity.created = optional(u, stamp)?;
    entity.deleted = if u.ratio(1, 4)? {
        Some(deletion(u)?)
    } else {
        None
    };
    Ok(entity)
}

fn placement(u: &mut Unstructured<'_>, canvas: &CanvasId) -> Arbitrary<Placement> {
    let slot: SlotId = match crate::canvas(canvas) {
        Some(canvas) if u.ratio(3, 4)? => u.choose(&canvas.slots)?.id.clone(),
        _ if u.arbitrary()? => UNPLACED_SLOT.into(),
        _ => text(u)?.into(),
    };
    let rank = *u.choose(&["V", "k", "V0001", "z", "1"])?;
    let (x, y) = (optional(u, number)?, optional(u, number)?);
    Ok(Placement {
        slot,
        rank: Rank::parse(rank).unwrap(),
        x,
        y,
    })
}

const UNPLACED_SLOT: &str = crate::UNPLACED;

/// A graph with everything that a graph can hold, and texts that nobody should write.
fn graph(u: &mut Unstructured<'_>) -> Arbitrary<Graph> {
    let mut graph = Graph {
        name: text(u)?,
        ..Graph::default()
    };
    let mut ids: Vec<EntityId> = Vec::new();
    for index in 0..u.int_in_range(0..=6)? {
        let id = if u.arbitrary()? {
            format!("n{index}")
        } else {
            text(u)?
        };
        ids.push(id.as_str().into());
        graph.entities.insert(id.into(), entity(u)?);
    }
    if u.ratio(1, 4)? {
        ids.push("missing".into());
    }
    for id in &ids {
        for _ in 0..u.int_in_range(0..=2)? {
            let known = &u.choose(canvases())?.id;
            let canvas = if u.ratio(1, 6)? {
                CanvasId::from(text(u)?)
            } else {
                known.clone()
            };
            let placement = placement(u, &canvas)?;
            graph.place(canvas, id.clone(), placement);
        }
    }
    for _ in 0..u.int_in_range(0..=2)? {
        let end = |u: &mut Unstructured<'_>| -> Arbitrary<EntityId> {
            if ids.is_empty() {
                Ok(text(u)?.into())
            } else {
                u.choose(&ids).cloned()
            }
        };
        let kind = if u.arbitrary()? {
            "addresses".to_owned()
        } else {
            text(u)?
        };
        let link = Link {
            kind: kind.into(),
            from: end(u)?,
            to: end(u)?,
            created: optional(u, stamp)?,
            deleted: optional(u, deletion)?,
        };
        graph.links.insert(text(u)?.into(), link);
    }
    for _ in 0..u.int_in_range(0..=2)? {
        let person = Person {
            name: text(u)?,
            colour: *u.choose(&Hue::ALL)?,
        };
        graph.people.insert(text(u)?.into(), person);
    }
    Ok(graph)
}

fn check_round_trip(write: fn(&Graph) -> String, format: Format) {
    arbtest(|u| {
        let graph = graph(u)?;
        let file = write(&graph);
        let imported =
            import("", file.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{file}"));
        assert_eq!(imported.format, format);
        assert_eq!(imported.graph, graph, "\n{file}");
        assert_eq!(write(&imported.graph), file);
        Ok(())
    })
    .budget_ms(1000);
}

#[test]
fn a_graph_survives_json() {
    check_round_trip(to_json, Format::Json);
}

#[test]
fn a_graph_survives_markdown() {
    check_round_trip(to_markdown, Format::Markdown);
}

/// The marks of our own files, in every text that a person writes.
#[test]
fn texts_that_hold_the_end_mark_survive_markdown() {
    for mark in [
        "<!-- end -->",
        "\\<!-- end -->",
        "a\n<!-- end -->\nb",
        "<!-- end -->\\",
    ] {
        let mut graph = Graph {
            name: format!("see {mark} here"),
            ..Graph::default()
        };
        let note = Entity::new("note".into(), format!("see {mark} here"));
        graph.entities.insert("n".into(), note);
        let ana = Person {
            name: mark.to_owned(),
            colour: Hue::default(),
        };
        graph.people.insert("ana".into(), ana);
        let file = to_markdown(&graph);
        let imported = import("", file.as_bytes()).unwrap();
        assert_eq!(imported.graph, graph, "\n{file}");
        assert_eq!(imported.warnings, []);
    }
    let by_hand = import("", b"# Problem\n- see <!-- end --> here\n").unwrap();
    let texts: Vec<&str> = by_hand
        .graph
        .entities
        .values()
        .map(|one| &*one.text)
        .collect();
    assert_eq!(texts, ["see <!-- end --> here"]);
}

#[test]
fn a_graph_survives_tables() {
    arbtest(|u| {
        let graph = graph(u)?;
        let tables = to_tables(&graph);
        let imported = import_tables(&tables).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(imported.graph, graph, "\n{tables:#?}");
        assert_eq!(to_tables(&imported.graph), tables);
        Ok(())
    })
    .budget_ms(1000);
}

#[test]
fn markdown_survives_windows_line_ends_and_a_byte_order_mark() {
    arbtest(|u| {
        let graph = graph(u)?;
        let file = format!("\u{FEFF}{}", to_markdown(&graph).replace('\n', "\r\n"));
        assert_eq!(
            import("x.md", file.as_bytes()).unwrap().graph,
            graph,
            "\n{file}"
        );
        Ok(())
    })
    .budget_ms(500);
}

#[test]
fn no_bytes_make_import_panic() {
    arbtest(|u| {
        let name = *u.choose(&["", "a.json", "a.md", "a.png"])?;
        let bytes: Vec<u8> = u.arbitrary()?;
        let _ = import(name, &bytes);
        Ok(())
    })
    .budget_ms(1000);
}

/// Text that looks like a file of ours, with a stretch of it cut out or doubled.
#[test]
fn no_damaged_file_makes_import_panic() {
    arbtest(|u| {
        let graph = graph(u)?;
        let file = if u.arbitrary()? {
            to_json(&graph)
        } else {
            to_markdown(&graph)
        };
        let mut bytes = file.into_bytes();
        let from = u.int_in_range(0..=bytes.len())?;
        let to = u.int_in_range(from..=bytes.len())?;
        if u.arbitrary()? {
            bytes.drain(from..to);
        } else {
            bytes.extend_from_within(from..to);
        }
        let _ = import("", &bytes);
        Ok(())
    })
    .budget_ms(1000);
}

fn check_error(name: &str, bytes: &[u8], expected: &str) {
    let error = import(name, bytes)
        .expect_err("the file is wrong")
        .to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn a_file_that_is_none_of_the_formats_says_why() {
    check_error("a.md", b"", "is empty");
    check_error("a.md", b" \r\n\t", "is empty");
    check_error("a.md", b"\xFF\xFEa\0", "UTF-16");
    check_error("a.png", b"\x89PNG\r\n\x1a\n\0\0", "not UTF-8 text (line 1)");
    check_error("a.zip", b"PK\x03\x04\n\n\0", "not UTF-8 text (line 3)");
    check_error(
        "a.json",
        b"{\n  \"a\": 1,\n}",
        "line 3, column 1: a comma stands before a closing bracket",
    );
    check_error("a.json", b"# Problem", "not valid JSON: line 1");
    check_error(
        "a.json",
        b"{\"cells\": 1, \"more\": 2}",
        "members \"cells\", \"more\"",
    );
    check_error("a.json", b"[1, 2]", "a list of something else");
    check_error("a.json", b"[]", "an empty list");
    check_error("a.json", b"3", "a single value");
    check_error(
        "a.json",
        "[".repeat(100_000).as_bytes(),
        "nested too deeply",
    );
    check_error("a.txt", b"Buy milk", "no heading at all");
}

#[test]
fn a_mistake_in_the_syntax_of_json_is_said_in_plain_words() {
    let cases: [(&[u8], &str); 9] = [
        (b"{\"a\": [1", "it ends too early"),
        (b"{\"a\" 1}", "expected a colon"),
        (b"[1 2]", "expected a comma or a closing bracket"),
        (b"{a: 1}", "expected a name in quotation marks"),
        (b"{} {}", "something stands behind its end"),
        (b"[\"a\nb\"]", "a text holds a line break"),
        (b"[\"\\q\"]", "an escape that there is not"),
        (b"[01]", "a number is written wrongly"),
        (b"[nothing]", "expected a value"),
    ];
    for (json, said) in cases {
        check_error("a.json", json, said);
    }
}

#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_read() {
    let bytes = vec![b' '; LARGEST + 1];
    check_error("a.md", &bytes, "too large: 33 MB. At most 32 MB");
}

#[test]
fn markdown_may_begin_with_a_bracket() {
    let imported = import("plan.md", b"[Plan](x)\n\n# Problem\n- Slow").unwrap();
    assert_eq!(imported.format, Format::Markdown);
}

#[test]
fn the_same_file_gives_the_same_graph() {
    let file = b"# Problem\n- Slow\n- Slow\n# Solution\n- Slow";
    let (one, two) = (import("a.md", file).unwrap(), import("b.md", file).unwrap());
    assert_eq!(one.graph.entities.len(), 3);
    assert_eq!(one, two);
}

/// Files that would take hours if reading one line looked at all others.
#[test]
fn a_file_of_many_equal_lines_is_read_in_time() {
    for line in [
        "- a",
        "- ```",
        "<!-- x",
        "# a",
        "a",
        "\n- a\n  - b",
        "**Problem**",
    ] {
        let file = format!("# Problem\n{}", format!("{line}\n").repeat(5_000));
        assert_eq!(
            import("a.md", file.as_bytes()).unwrap().format,
            Format::Markdown
        );
    }
}

/// The examples in one language in the page on formats, up to those of every kind, which are no
/// files but parts of one.
fn examples(language: &str) -> Vec<&'static str> {
    let page = include_str!("../../../../docs/format.md");
    let (page, _) = page.split_once("\n## Every kind by example\n").unwrap();
    let opening = format!("\n```{language}\n");
    let examples: Vec<&str> = page.split(opening.as_str()).skip(1).collect();
    examples
        .into_iter()
        .map(|example| example.split("```").next().unwrap())
        .collect()
}

#[test]
fn the_examples_of_the_documentation_are_read() {
    let formats = |language: &str, file_name: &str| -> Vec<Format> {
        let read = examples(language).into_iter().map(|example| {
            let imported = import(file_name, example.as_bytes()).unwrap();
            let is_named = imported.warnings.is_empty() || example.contains("# Team");
            assert!(is_named, "{:?}", imported.warnings);
            let is_tried = example.contains("\"reach\"");
            assert!(
                imported.doubts.is_empty() || is_tried,
                "{:?}",
                imported.doubts
            );
            imported.format
        });
        read.collect()
    };
    assert_eq!(
        formats("json", "a.json"),
        [
            Format::Json,
            Format::Json,
            Format::Json,
            Format::Json,
            Format::Json,
            Format::Json,
            Format::Json,
            Format::Miro
        ]
    );
    assert_eq!(
        formats("markdown", "a.md"),
        [Format::Markdown, Format::Markdown]
    );
}

#[test]
fn the_documentations_example_of_values_fits_the_fields() {
    let imported = import("a.json", examples("json")[3].as_bytes()).unwrap();
    assert_eq!(imported.graph.entities.len(), 4);
    for entity in imported.graph.entities.values() {
        let kind = crate::kind(&entity.kind).unwrap();
        let misfits: Vec<_> = entity.misfits(kind).collect();
        assert_eq!(misfits, [], "{}", kind.id);
        assert_eq!(entity.missing(kind).count(), 0, "{}", kind.id);
    }
}

#[test]
fn the_documentations_lock_holds_and_is_compared_with_what_it_promised() {
    let word = |file: &str| {
        let graph = import("a.json", file.as_bytes()).unwrap().graph;
        let index = crate::index::GraphIndex::new(&graph);
        let handle = index.find("reminders").unwrap();
        let verdict = crate::experiment::verdict(
            &index.reader(),
            handle,
            crate::value::Date::new(2026, 11, 22).unwrap(),
        );
        verdict.word.to_string()
    };
    let example = examples("json")[5];
    assert_eq!(word(example), "supported");
    let changed = example.replacen(">= 40 %", ">= 30 %", 1);
    assert_eq!(word(&changed), "invalid: criterion changed after data");
    let unlocked = example.replace("\"lock\"", "\"padlock\"");
    assert_eq!(word(&unlocked), "exploratory: the plan was never locked");
}

#[test]
fn the_documentations_canvases_of_ones_own_can_be_used() {
    let imported = import("a.json", examples("json")[6].as_bytes()).unwrap();
    let canvas = crate::catalogue::own_canvas(&imported.graph, &"retrospective".into()).unwrap();
    let [keep, next] = canvas.slots.as_slice() else {
        panic!("{}", canvas.slots.len())
    };
    assert_eq!(imported.graph.slot_notes(&canvas.id, &keep.id).len(), 1);
    assert_eq!(imported.graph.slot_notes(&canvas.id, &next.id).len(), 1);

    let page = include_str!("../../../../docs/canvases.md");
    let texts: Vec<&str> = page.split("\n```json\n").skip(1).collect();
    assert_eq!(texts.len(), 2);
    for text in texts {
        let text = text.split("```").next().unwrap();
        assert!(crate::catalogue::read_own(text).is_ok(), "{text}");
    }
}

#[test]
fn the_documentations_example_of_our_export_is_what_it_is_said_to_be() {
    let imported = import("a.md", examples("markdown")[1].as_bytes()).unwrap();
    assert_eq!(imported.warnings, []);
    let exported = to_markdown(&imported.graph);
    for line in examples("markdown")[1].lines() {
        assert!(exported.contains(line), "{line}\n\n{exported}");
    }
}
