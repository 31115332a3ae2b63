//! Files that say more than there is a place for, or say it in words that there are not: what is
//! taken of them, and that nothing is lost in silence.

use super::*;
use crate::FieldValue;

fn said(name: &str, file: &str) -> Vec<String> {
    let imported = import(name, file.as_bytes()).unwrap();
    let told = imported.warnings.iter().chain(&imported.doubts);
    told.map(ToString::to_string).collect()
}

/// A comma in a cell that nobody quoted moves what follows it: better no issue than a wrong one.
#[test]
fn a_row_longer_than_its_header_is_refused_in_the_tables_of_tools_too() {
    for (header, row) in [
        ("Summary,Issue key,Status", "Call, them,P-3,Open"),
        ("Card ID,Card Name,List Name", "1,Call, them,To do"),
    ] {
        let refused = import("a.csv", format!("{header}\n{row}\n").as_bytes()).unwrap_err();
        let words = refused.to_string();
        assert!(words.contains("more cells (4) than columns (3)"), "{words}");
        assert!(words.starts_with("Line 2"), "{words}");
        let blank = format!("{header}\na,b,c,,\n");
        assert!(import("a.csv", blank.as_bytes()).is_ok(), "{header}");
    }
}

#[test]
fn a_day_that_cannot_be_read_is_told_as_it_stands() {
    let said = said(
        "a.csv",
        "Summary,Issue key,Due date\nCall,P-3,1/Kes/24\nWrite,P-4,1/Kes/24\n",
    );
    assert_eq!(
        said,
        ["There is no place here for this, and it was left out: Due date \"1/Kes/24\" (2)."]
    );
}

/// Whoever exports a table of Jira gets its headings and months in their own language.
#[test]
fn a_table_of_jira_is_read_in_german_and_in_spanish() {
    let german = "Zusammenfassung;Vorgangsschlüssel;Status;Priorität;Autor;Erstellt;Fälligkeitsdatum;\
                  Stichwörter;Stichwörter;Benutzerdefiniertes Feld (Story Points)\n\
                  Call;P-1;In Arbeit;Hoch;Ada;12/Mai/26 3:14 PM;31.12.2026 00:00;a;b;5.0\n";
    let spanish = "Resumen,Clave de incidencia,Estado,Prioridad,Informador,Creada,Fecha de vencimiento,\
                   Etiquetas,Etiquetas,Campo personalizado (Story Points)\n\
                   Call,P-1,En curso,Alta,Ada,12/may./26 15:14,31/dic/26,a,b,5\n";
    for table in [german, spanish] {
        let imported = import("a.csv", table.as_bytes()).unwrap();
        assert!(imported.warnings.is_empty(), "{table}");
        let mut items = imported.graph.entities.into_values();
        let item = items.find(|item| item.kind == "backlog-item").unwrap();
        let says = |field: &str, value: FieldValue| {
            assert_eq!(item.fields.get(field), Some(&value), "{table}");
        };
        for (field, text) in [
            ("status", "doing"),
            ("requested-by", "Ada"),
            ("created-on", "2026-05-12"),
            ("due", "2026-12-31"),
            ("labels", "a, b"),
        ] {
            says(field, FieldValue::Text(text.to_owned()));
        }
        says("story-points", FieldValue::Number(5.0));
    }
}

/// People follow it: the address of an issue's data shows them nothing but that.
#[test]
fn an_issue_of_jira_names_the_page_that_people_see() {
    let source = |data: &str| {
        let file = format!(
            r#"{{"issues": [{{"key": "P-1", "self": "{data}", "fields": {{"summary": "Call"}}}}]}}"#
        );
        let graph = import("a.json", file.as_bytes()).unwrap().graph;
        let mut items = graph.entities.into_values();
        items.find_map(|item| item.fields.get("source").cloned())
    };
    let text = |text: &str| Some(FieldValue::Text(text.to_owned()));
    assert_eq!(
        source("https://jira.example/base/rest/api/3/issue/10001"),
        text("https://jira.example/base/browse/P-1")
    );
    assert_eq!(
        source("https://other.example/P-1"),
        text("https://other.example/P-1")
    );
}

#[test]
fn a_workspace_of_nothing_survives_tables() {
    let tables = to_tables(&Graph::default());
    assert_eq!(tables.len(), 1);
    assert_eq!(import_tables(&tables).unwrap().graph, Graph::default());
}

/// Every table that is written has its columns.
#[test]
fn a_table_of_zero_bytes_is_named() {
    let table = |name: &str, csv: &str| Table {
        name: name.to_owned(),
        csv: csv.to_owned(),
    };
    let tables = [table("note", "id,text\na,Slow\n"), table("pain", "")];
    let imported = import_tables(&tables).unwrap();
    let told: Vec<&str> = imported.warnings.iter().map(|one| one.key).collect();
    assert_eq!(told, ["import.warning.empty_table"]);
}

fn own(comment: &str) -> String {
    format!(
        "# Plan <!-- groundwork=1 -->\n\n## Problem\n\n- Slow <!-- {comment} -->\n\n<!-- end -->\n"
    )
}

#[test]
fn a_word_of_a_comment_that_there_is_not_is_named() {
    let said = said("a.md", &own("id=a kind=problem bogus=3"));
    assert_eq!(
        said,
        ["Line 5: “bogus” of “Slow” cannot be read (3) and was left out."]
    );
}

/// Of two values one would be lost: the whole comment stays text, and is named.
#[test]
fn a_comment_that_says_something_twice_is_not_read() {
    for comment in [
        "id=a id=b kind=problem",
        r#"id=a fields={"severity":4,"severity":5}"#,
    ] {
        let file = own(comment);
        let imported = import("a.md", file.as_bytes()).unwrap();
        let told: Vec<&str> = imported.warnings.iter().map(|one| one.key).collect();
        assert_eq!(told, ["import.warning.comment"], "{comment}");
        let mut texts = imported.graph.entities.values().map(|note| &*note.text);
        assert!(texts.any(|text| text.contains("id=a")), "{comment}");
    }
}

#[test]
fn a_heading_is_known_beside_a_comment() {
    let file = "# Problem <!-- the top three -->\n- Slow\n# Solution\n- Quick\n";
    let imported = import("a.md", file.as_bytes()).unwrap();
    let slots: Vec<&str> = imported.graph.placements["lean-canvas"]
        .values()
        .map(|placed| placed.slot.as_str())
        .collect();
    assert!(slots.contains(&"problem") && slots.contains(&"solution"));
    assert_eq!(imported.graph.name, "");
    let told: Vec<&str> = imported.warnings.iter().map(|one| one.key).collect();
    assert_eq!(told, ["import.warning.comments"]);
}

/// Whoever writes German or Spanish writes a heading in the number of what stands below.
#[test]
fn a_heading_is_known_in_the_singular_and_the_plural() {
    let headings = [
        ("Probleme", "problem"),
        ("Lösungen", "solution"),
        ("Kundensegment", "customer-segments"),
        ("Kennzahl", "key-metrics"),
        ("Canal", "channels"),
        ("Einnahmequelle", "revenue-streams"),
    ];
    for (heading, slot) in headings {
        let file = format!("# Lean Canvas\n\n## {heading}\n\n- Note\n");
        let imported = import("a.md", file.as_bytes()).unwrap();
        let placed = imported.graph.placements.get("lean-canvas");
        let mut slots = placed.into_iter().flat_map(|placed| placed.values());
        assert!(
            slots.any(|placed| placed.slot.as_str() == slot),
            "{heading}"
        );
        assert!(imported.warnings.is_empty(), "{heading}");
    }
}
