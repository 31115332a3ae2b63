//! What is written is read as the same graph, whatever stands in it.

use arbtest::arbtest;

use super::*;
use crate::{Hue, Person};

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
