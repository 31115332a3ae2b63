//! Canvases in Markdown as people, templates and other programs write them.

use crate::interchange::{Imported, import};
use crate::{CanvasId, EntityId, Graph, to_markdown};

fn read(markdown: &str) -> Imported {
    import("a.md", markdown.as_bytes()).unwrap()
}

/// The notes of every slot that has some, as `slot: note / note`.
fn notes(graph: &Graph, canvas: &str) -> Vec<String> {
    let canvas_id = CanvasId::from(canvas);
    let canvas = crate::canvas(&canvas_id).unwrap();
    let slots = canvas.slots.iter().map(|slot| slot.id.clone());
    let slots = slots.chain([crate::UNPLACED.into()]);
    let texts = |ids: Vec<&EntityId>| {
        let texts: Vec<&str> = ids
            .into_iter()
            .map(|id| graph.entities[id].text.as_str())
            .collect();
        texts.join(" / ")
    };
    slots
        .map(|slot| (texts(graph.slot_notes(&canvas_id, &slot)), slot))
        .filter(|(texts, _)| !texts.is_empty())
        .map(|(texts, slot)| format!("{slot}: {texts}"))
        .collect()
}

fn check(markdown: &str, expected: &[&str]) {
    assert_eq!(
        notes(&read(markdown).graph, "lean-canvas"),
        expected,
        "\n{markdown}"
    );
}

/// What a newer version wrote may mean something else.
#[test]
fn a_file_of_our_own_of_another_version_is_refused_with_its_line() {
    let error = |version: &str| {
        let file =
            format!("# Tern <!-- groundwork={version} -->\n\n## Lean Canvas\n\n<!-- end -->\n");
        crate::import("a.md", file.as_bytes())
            .err()
            .map(|error| error.to_string())
    };
    assert_eq!(error("1"), None);
    let newer = error("2").unwrap();
    assert!(
        newer.starts_with("Line 1: the workspace was written by a newer version"),
        "{newer}"
    );
    for wrong in ["0", "1.5", "soon"] {
        let said = error(wrong).unwrap();
        let begins = "Line 1: field \"groundwork\": expected 1, the version of the format, found";
        assert!(said.starts_with(begins), "{said}");
    }
}

#[test]
fn the_headings_of_common_templates_fill_their_slots() {
    check(
        "# Problem\n- a\n# Customer-segment\n- b\n# Unique-Value-Proposition\n- c\n# Solution\n- d\n\
         # Channels\n- e\n# Cost-Structure\n- f\n# Revenue-Stream\n- g\n# Key-Metrics\n- h\n\
         # Unfair-advantage\n- i\n",
        &[
            "problem: a",
            "solution: d",
            "unique-value-proposition: c",
            "unfair-advantage: i",
            "customer-segments: b",
            "key-metrics: h",
            "channels: e",
            "cost-structure: f",
            "revenue-streams: g",
        ],
    );
}

#[test]
fn headings_match_at_any_level_in_any_case_and_by_other_names() {
    check("### PROBLEMS ###\n- a", &["problem: a"]);
    check(
        "#problem\n* a\n+ b\n1. c\n2) d\n• e",
        &["problem: a / b / c / d / e"],
    );
    check(
        "###### uvp\n- a\n## key_metric:\n- b",
        &["unique-value-proposition: a", "key-metrics: b"],
    );
    check(
        "Problem\n=======\n- a\n\nSolution\n---\n- b",
        &["problem: a", "solution: b"],
    );
    check(
        "**Problem**\n- a\n\n**Lösung:**\n- b",
        &["problem: a", "solution: b"],
    );
    check(
        "# Existing alternatives (today)\n- a",
        &["existing-alternatives: a"],
    );
    check("# Problem: it is slow\n- a", &["problem: it is slow / a"]);
}

#[test]
fn the_text_of_a_note_stays_as_it_was_written() {
    check(
        "# Problem\n- **Slow** [site](x) *very* \\* &amp; `x`",
        &["problem: **Slow** [site](x) *very* \\* &amp; `x`"],
    );
    check("# Problem\r\n- a  \r\n- b\r\n", &["problem: a / b"]);
    check("\u{FEFF}# Problem\n- [ ] a", &["problem: [ ] a"]);
}

#[test]
fn what_is_indented_under_a_bullet_is_part_of_its_note() {
    check(
        "# Problem\n- a\n  - b\n    - c\n- d",
        &["problem: a\n- b\n  - c / d"],
    );
    check("# Problem\n1. a\n   b\n2. c\nd", &["problem: a\nb / c\nd"]);
    check("# Problem\n- a\n\n  b\n\n- c", &["problem: a\n\nb / c"]);
    check("# Problem\n- a\n\t- b", &["problem: a\n- b"]);
    check("# Problem\n  - a\n  - b", &["problem: a / b"]);
    check(
        "# Problem\n- ```\n  # x\n  ```\n- b",
        &["problem: ```\n# x\n``` / b"],
    );
}

#[test]
fn a_paragraph_under_a_slot_is_a_note() {
    check(
        "# Problem\na\nb\n\nc\n- d\n\n---\ne",
        &["problem: a\nb / c / d / e"],
    );
    check(
        "# Problem\n```\n# Solution\n```\n",
        &["problem: ```\n# Solution\n```"],
    );
}

#[test]
fn text_under_an_unknown_heading_goes_to_the_tray_and_is_named() {
    let imported = read("# Problem\n- a\n# Team\n- b\n# Solution\n- c");
    assert_eq!(
        notes(&imported.graph, "lean-canvas"),
        ["problem: a", "solution: c", "unplaced: b"]
    );
    assert_eq!(imported.warnings.len(), 1);
    assert!(
        imported.warnings[0].to_string().contains("“Team” (line 3)"),
        "{:?}",
        imported.warnings
    );
}

#[test]
fn text_before_the_first_block_goes_to_the_tray() {
    let imported = read("---\ntitle: x\n---\nIntro\n<!-- hidden\n# Problem -->\n# Problem\n- a");
    assert_eq!(
        notes(&imported.graph, "lean-canvas"),
        ["problem: a", "unplaced: Intro"]
    );
    assert_eq!(imported.warnings.len(), 3, "{:?}", imported.warnings);
}

#[test]
fn the_first_title_names_the_workspace_or_the_canvas() {
    let check = |title: &str, name: &str, canvas: &str| {
        let imported = read(&format!("# {title}\n## Channels\n- a"));
        assert_eq!(imported.graph.name, name);
        assert_eq!(notes(&imported.graph, canvas), ["channels: a"]);
    };
    check("Tern", "Tern", "lean-canvas");
    check("Lean Canvas", "", "lean-canvas");
    check("Business-Model-Canvas", "", "business-model-canvas");
    check(
        "Tern – Business Model Canvas",
        "Tern",
        "business-model-canvas",
    );
}

#[test]
fn one_file_may_hold_both_canvases() {
    let imported = read(
        "# Lean Canvas\n## Channels\n- a\n# Business Model Canvas\n## Channels\n- b\n## Key Partners\n- c",
    );
    assert_eq!(notes(&imported.graph, "lean-canvas"), ["channels: a"]);
    assert_eq!(
        notes(&imported.graph, "business-model-canvas"),
        ["key-partners: c", "channels: b"]
    );
}

#[test]
fn without_a_title_the_canvas_is_the_one_that_fits() {
    let imported = read("# Key Partners\n- a\n# Channels\n- b");
    assert_eq!(
        notes(&imported.graph, "business-model-canvas"),
        ["key-partners: a", "channels: b"]
    );
}

#[test]
fn a_canvas_named_further_on_leaves_what_came_before_to_its_own() {
    let imported =
        read("# Key Partners\n- a\n# Lean Canvas\n## Problem\n- b\n## After the Lean Canvas\n- c");
    assert_eq!(
        notes(&imported.graph, "business-model-canvas"),
        ["key-partners: a"]
    );
    assert_eq!(
        notes(&imported.graph, "lean-canvas"),
        ["problem: b", "unplaced: c"]
    );
}

#[test]
fn a_block_named_like_another_canvas_is_still_a_block() {
    check(
        "# Solution\n- a\n# Metrics\n- b\n# Channels\n- c",
        &["solution: a", "key-metrics: b", "channels: c"],
    );
    check(
        "# Metrics\n- b\n# Problem\n- a\n# Cost structure\n- c",
        &["problem: a", "key-metrics: b", "cost-structure: c"],
    );
}

#[test]
fn a_file_may_hold_any_canvas() {
    let graph = read("# Tern\n## SWOT\n### Strengths\n- a\n### Threats\n- b").graph;
    assert_eq!(notes(&graph, "swot"), ["strengths: a", "threats: b"]);
    let graph = read("# Roadmap\n## Now\n- a\n## Next\n- b").graph;
    assert_eq!(notes(&graph, "roadmap"), ["now: a", "next: b"]);
}

#[test]
fn markdown_without_a_block_says_what_it_looked_for() {
    let error = import("a.md", b"# Agenda\n- a\n# Lean Canvas\n- b")
        .unwrap_err()
        .to_string();
    assert!(
        error.contains(
            "it has \"Agenda\", \"Lean Canvas\". For the canvas Lean Canvas: Problem, Solution"
        ),
        "{error}"
    );
}

const EXPORT: &str = "\
# Tern <!-- groundwork=1 -->

## Lean Canvas

### Problem

- Slow <!-- id=a kind=problem colour=red rank=V -->
- Dear
  to many <!-- id=b kind=problem rank=k -->
";

#[test]
fn our_export_reads_as_a_person_would_write_it() {
    let imported = read(&format!("{EXPORT}\n<!-- end -->\n"));
    assert_eq!(imported.graph.name, "Tern");
    assert_eq!(imported.warnings, []);
    assert!(to_markdown(&imported.graph).starts_with(EXPORT));
}

#[test]
fn our_export_that_was_cut_short_says_so() {
    let [warning] = &read(EXPORT).warnings[..] else {
        panic!("one warning");
    };
    assert_eq!(warning.key, "import.warning.cut");
    // Whatever is written by hand behind the last line belongs to it all the same.
    let added = read(&format!("{EXPORT}\n<!-- end -->\n- More\n"));
    assert_eq!(added.warnings, []);
}

#[test]
fn our_export_may_be_edited_by_hand() {
    let edited = EXPORT
        .replace("- Dear", "- New\n- Dear")
        .replace("Slow", "Slower \\# 1");
    assert_eq!(
        notes(&read(&edited).graph, "lean-canvas"),
        ["problem: Slower # 1 / New / Dear\nto many"]
    );
}

#[test]
fn notes_stand_in_the_order_of_the_file_even_when_lines_were_moved() {
    let moved =
        "# Problem\n- b <!-- id=b rank=k -->\n- a <!-- id=a rank=V -->\n- c <!-- id=c rank=z -->";
    check(moved, &["problem: b / a / c"]);
}

#[test]
fn a_note_that_was_copied_with_its_comment_becomes_a_note_of_its_own() {
    let copied =
        format!("{EXPORT}\n### Solution\n\n- Fast <!-- id=a kind=solution -->\n<!-- end -->");
    let imported = read(&copied);
    assert_eq!(notes(&imported.graph, "lean-canvas")[1], "solution: Fast");
    assert_eq!(imported.graph.entities.len(), 3);
    assert_eq!(imported.warnings.len(), 1);
}

#[test]
fn a_note_in_two_places_keeps_the_text_of_the_first() {
    let twice = "# Lean Canvas\n## Channels\n- Shop <!-- id=a -->\n# Business Model Canvas\n## Channels\n- Store <!-- id=a again=true -->";
    let imported = read(twice);
    assert_eq!(notes(&imported.graph, "lean-canvas"), ["channels: Shop"]);
    assert_eq!(
        notes(&imported.graph, "business-model-canvas"),
        ["channels: Shop"]
    );
    assert_eq!(imported.warnings.len(), 1);
}

#[test]
fn what_is_wrong_in_the_comments_of_our_own_export_is_named_by_its_line() {
    let file = "# T <!-- groundwork=1 -->\n\n## Lean Canvas\n\n### Problem\n\n\
        - Slow\n  and dear <!-- id=a kind=pain fields={\"severity\":12,\"x\":[1]} rank=0 -->\n\
        - Late <!-- id=b kind=pain fields={\"severity\" -->\n\n## Links\n\n\
        - x <!-- id=l from=a to=z created=today -->\n\n<!-- end -->\n";
    let imported = import("a.md", file.as_bytes()).unwrap();
    let told = imported.warnings.iter().chain(&imported.doubts);
    let said: Vec<String> = told.map(ToString::to_string).collect();
    for begins in [
        "Line 8: “fields.x” of “Slow” cannot be read ([1])",
        "Line 8: “rank” of “a” cannot be read (0)",
        "Line 9: The comment behind “Late” cannot be read",
        "Line 13: “created” of “x” cannot be read (today)",
        "Line 8: The field “severity” of “Slow [a]” was kept, but does not fit",
        "Line 13: The link “l” leads to “z”",
    ] {
        let found = said.iter().any(|said| said.starts_with(begins));
        assert!(found, "{begins}\n{said:#?}");
    }
    assert_eq!(said.len(), 6, "{said:#?}");
}
