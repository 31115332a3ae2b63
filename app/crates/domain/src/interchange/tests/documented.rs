//! The examples of the page on formats are what they are said to be.

use super::*;

/// The examples in one language in the page on formats, up to those of every kind, which are no
/// files but parts of one.
fn examples(language: &str) -> Vec<&'static str> {
    let page = include_str!("../../../../../docs/format.md");
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

    let page = include_str!("../../../../../docs/canvases.md");
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
