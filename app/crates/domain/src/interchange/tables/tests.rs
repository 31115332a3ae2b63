//! Tables there and back, and mistakes in them.

use super::*;
use crate::interchange::{Format, import};
use crate::{Entity, EntityId, FieldValue, Graph, sample};

fn check_lossless(graph: &Graph) {
    let read = read(&to_tables(graph)).unwrap();
    assert_eq!(read.graph, *graph);
    assert_eq!(read.warnings, []);
}

#[test]
fn a_table_is_known_by_its_columns_when_its_name_says_nothing() {
    let table = "kind;text\nneed;Know by tomorrow\n";
    for name in ["", "-", "list.txt"] {
        let imported = import(name, table.as_bytes()).unwrap();
        assert_eq!(imported.format, Format::Tables, "{name}");
        assert_eq!(imported.graph.entities.len(), 1);
    }
    assert!(import("", b"Some words, and text.\n").is_err());
}

#[test]
fn the_samples_survive() {
    for language in ["en", "de", "es"] {
        check_lossless(&sample(language));
    }
}

#[test]
fn scalars_that_look_like_others_keep_their_type() {
    let mut graph = Graph::default();
    let mut entity = crate::Entity::new("of-tomorrow".into(), "'quoted'\n, and more");
    for (name, value) in [
        ("a", FieldValue::Text("12".into())),
        ("b", FieldValue::Number(12.0)),
        ("c", FieldValue::Text("true".into())),
        ("d", FieldValue::Flag(false)),
        ("e", FieldValue::Text(String::new())),
        ("f", FieldValue::Text("'".into())),
        ("Text", FieldValue::Text("called like a column".into())),
        ("field:x", FieldValue::Number(-0.5)),
    ] {
        entity.fields.insert(name.into(), value);
    }
    graph.entities.insert("one".into(), entity);
    check_lossless(&graph);
}

#[test]
fn a_list_from_a_spreadsheet_becomes_entities() {
    let csv = "text;importance;colour\nPlayers cancel late;4;red\n\"Two, in one\";;\n";
    let imported = import("problem.csv", csv.as_bytes()).unwrap();
    assert_eq!(imported.format, Format::Tables);
    let entities: Vec<_> = imported.graph.entities.values().collect();
    assert_eq!(entities.len(), 2);
    let first = entities
        .iter()
        .find(|entity| entity.text == "Players cancel late")
        .unwrap();
    assert_eq!(first.kind.as_str(), "problem");
    assert_eq!(
        first.fields.get("importance"),
        Some(&FieldValue::Number(4.0))
    );
    assert_eq!(
        first.fields.get("colour"),
        Some(&FieldValue::Text("red".into()))
    );
}

#[test]
fn a_table_that_was_cut_short_says_so() {
    let whole = "text;importance;colour\nPlayers cancel late;4;red\nTwo;;\n";
    let warnings = |csv: &str| {
        let imported = import("problem.csv", csv.as_bytes()).unwrap();
        let said = imported.warnings.iter().map(ToString::to_string);
        said.collect::<Vec<String>>()
    };
    assert_eq!(warnings(whole), [] as [&str; 0]);
    assert_eq!(
        warnings(&whole[..whole.len() - 3]),
        ["Line 3: The file ends here, before its end: what came after it is missing."]
    );
}

#[test]
fn what_holds_zero_bytes_survives() {
    let mut graph = Graph::default();
    let mut entity = Entity::new("pro\0blem".into(), "one\0two");
    let field = FieldValue::Text("\0".into());
    entity.fields.insert("a\0b".into(), field);
    graph.entities.insert("i\0d".into(), entity);
    check_lossless(&graph);
}

#[test]
fn a_mistake_is_named_by_table_line_and_column() {
    let table = |name: &str, csv: &str| Table {
        name: name.into(),
        csv: csv.into(),
    };
    let check = |tables: &[Table], expected: &[&str]| {
        let error = read(tables).unwrap_err().to_string();
        for part in expected {
            assert!(error.contains(part), "{error}");
        }
    };
    check(
        &[table("job", "id,text\na,One\na,Two\n")],
        &["Line 3", "\"job\"", "\"a\"", "\"id\"", "in line 2"],
    );
    check(
        &[table("links", "from,to\na,\n")],
        &["Line 2", "\"to\"", "missing"],
    );
    check(
        &[table("placements", "canvas,entity,slot,x\nc,e,s,far\n")],
        &["\"x\"", "expected a number"],
    );
    check(
        &[
            table("job", "id,text\n\na,One\n"),
            table("pain", "id\nb\na\n"),
        ],
        &["Line 3: table \"pain\"", "line 3 of the table \"job\""],
    );
    check(
        &[table("people", "id,name\na,Ada\na,Ines\n")],
        &["Line 3", "\"people\"", "person \"a\"", "in line 2"],
    );
    check(
        &[table("job", "id,text,when,When,when\na,One,1,2,3\n")],
        &["Line 1", "column \"when\"", "same name"],
    );
    check(
        &[table("job", "id,text,\na,One,lost\n")],
        &["Line 2", "entity \"a\"", "\"lost\""],
    );
    check(&[table("prices", "colour,price\nred,3\n")], &["(prices)"]);
}

#[test]
fn what_makes_no_sense_in_a_table_is_named_by_its_line() {
    let pains = "id,kind,text,severity\na,pain,\"Late\nagain\",4\nb,pain,Lost,12\nc,grief,Gone,\n";
    let said = |imported: crate::interchange::Imported| -> Vec<String> {
        let told = imported.warnings.into_iter().chain(imported.doubts);
        told.map(|warning| warning.to_string()).collect()
    };
    let one = said(import("pains.csv", pains.as_bytes()).unwrap());
    assert_eq!(one.len(), 2, "{one:?}");
    assert!(one[0].starts_with("Line 4: The field “severity” of “Lost [b]”"));
    assert!(one[1].starts_with("Line 5: “Gone [c]” is of the kind “grief”"));
    let thousands = "id,kind,text,reach\na,backlog-item,Call,9.100\n";
    let one = said(import("items.csv", thousands.as_bytes()).unwrap());
    assert_eq!(one.len(), 1, "{one:?}");
    assert!(one[0].ends_with("found “9.100”."), "{one:?}");

    let table = |name: &str, csv: &str| Table {
        name: name.into(),
        csv: csv.into(),
    };
    let several = said(
        read(&[
            table("pain", pains),
            table("links", "from,to,why\na,b,x\na,z,x\n"),
            table("placements", "canvas,entity,slot,rank\nswot,a,attic,0\n"),
        ])
        .unwrap(),
    );
    for begins in [
        "The table “links” has no use for the column “why”",
        "Table placements, line 2: The rank of “a” is none (\"0\")",
        "Table pain, line 4: The field “severity”",
        "Table links, line 3: The link",
        "Table placements, line 2: The canvas “SWOT” has no slot “attic”",
    ] {
        let found = several.iter().any(|said| said.starts_with(begins));
        assert!(found, "{begins}\n{several:#?}");
    }
}

#[test]
fn any_tables_are_read_or_refused() {
    arbtest::arbtest(|u| {
        let names = ["links", "placements", "people", "workspace", "job"];
        let table = Table {
            name: (*u.choose(&names)?).into(),
            csv: format!(
                "id,text,from,to,canvas,entity,slot\n{}",
                u.arbitrary::<String>()?
            ),
        };
        let _ = read(std::slice::from_ref(&table));
        let _ = read_entities(&table).map(|imported| {
            let ids: Vec<&EntityId> = imported.graph.entities.keys().collect();
            assert!(!ids.is_empty());
        });
        Ok(())
    })
    .budget_ms(300);
}

/// It would take minutes if each column were compared with all before it.
#[test]
fn a_table_may_have_very_many_columns_and_none_twice() {
    let columns: Vec<String> = (0..200_000).map(|number| format!("c{number}")).collect();
    let table = |columns: &[String]| {
        let row = columns.join(",");
        format!("text,{row}\nWide,{row}\n")
    };
    let imported = import("wide.csv", table(&columns).as_bytes()).unwrap();
    let entity = imported.graph.entities.values().next().unwrap();
    assert_eq!(entity.fields.len(), columns.len());
    for (one, other, is_twice) in [
        ("TEXT", "x", true),
        ("field:a", "field:a", true),
        ("a", " a", true),
        ("a", "A", false),
        ("field:a", "field:A", false),
    ] {
        let table = format!("text,{one},{other}\nWide,1,2\n");
        let is_refused = import("table.csv", table.as_bytes()).is_err();
        assert_eq!(is_refused, is_twice, "{table}");
    }
}
