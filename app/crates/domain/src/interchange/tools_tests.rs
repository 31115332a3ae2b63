//! Files of other tools, in the shapes that these write.

use super::*;
use crate::{EntityId, FieldValue};

fn read(name: &str, text: &str, format: Format) -> Imported {
    let imported = import(name, text.as_bytes()).unwrap();
    assert_eq!(imported.format, format);
    imported
}

fn entity<'a>(imported: &'a Imported, begins: &str) -> (&'a EntityId, &'a Entity) {
    let mut entities = imported.graph.entities.iter();
    entities
        .find(|(_, entity)| entity.text.starts_with(begins))
        .unwrap()
}

fn check(imported: &Imported, begins: &str, fields: &[(&str, &str)]) {
    let (_, entity) = entity(imported, begins);
    assert_eq!(entity.kind.as_str(), "backlog-item");
    for (name, expected) in fields {
        let found = entity.fields.get(name);
        assert_eq!(
            found,
            Some(&FieldValue::Text((*expected).to_owned())),
            "{name}"
        );
    }
}

/// Where an item stands.
fn place(imported: &Imported, begins: &str) -> (String, String) {
    let (id, _) = entity(imported, begins);
    let mut places = imported.graph.places(id);
    let (canvas, placement) = places.next().unwrap();
    (canvas.to_string(), placement.slot.to_string())
}

fn said(imported: &Imported) -> Vec<String> {
    let told = imported.warnings.iter().chain(&imported.doubts);
    told.map(ToString::to_string).collect()
}

/// The questions that the checks ask about an item.
fn asked(imported: &Imported, begins: &str) -> Vec<&'static str> {
    let (id, _) = entity(imported, begins);
    let today = crate::value::Date::parse("2026-11-22").unwrap();
    let findings = crate::check::findings(&imported.graph, today);
    let about = findings
        .iter()
        .filter(|finding| finding.subjects.contains(id));
    about.map(|finding| finding.check.id).collect()
}

#[test]
fn a_trello_board_becomes_backlog_items() {
    let board = r#"{
        "name": "Understudy",
        "lists": [{"id": "l1", "name": "Ideas"}, {"id": "l2", "name": "In progress"}],
        "members": [{"id": "m1", "fullName": "Ines Albrecht"}, {"id": "m2", "username": "tomasz"}],
        "actions": [
            {"type": "createCard", "memberCreator": {"id": "m2", "fullName": "Tomasz"},
             "data": {"card": {"id": "6740a0000000000000000001"}}},
            {"type": "commentCard", "data": {"text": "Yes!", "card": {"id": "c2"}}}],
        "cards": [
            {"id": "6740a0000000000000000001", "name": "Reminder by text message", "desc": "Asked for twice",
             "idList": "l1", "closed": false, "shortLink": "aB3", "shortUrl": "https://trello.com/c/aB3",
             "idMembers": ["m1"], "attachments": [{}, {}], "idMembersVoted": [],
             "labels": [{"name": "players"}, {"name": "", "color": "green"}], "due": "2026-12-01T09:00:00.000Z"},
            {"id": "c2", "name": "Calendar", "idList": "l2", "closed": true, "idMembers": ["m1", "m2"]},
            {"id": "c3", "name": "Seat plan", "idList": "l2", "closed": false, "dueComplete": true, "due": "soon"},
            {"id": "c4", "name": " ", "idList": "l2"}
        ],
        "checklists": [{"idCard": "c2", "checkItems": [{"name": "ask Ines", "state": "complete"}]}]
    }"#;
    let imported = read("board.json", board, Format::Trello);
    assert_eq!(imported.graph.name, "Understudy");
    check(
        &imported,
        "Reminder by text message\nAsked for twice",
        &[
            ("status", "open"),
            ("key", "aB3"),
            ("created-on", "2024-11-22"),
            ("labels", "players, green"),
            ("due", "2026-12-01"),
            ("stage", "Ideas"),
            ("assigned-to", "trello-m1"),
        ],
    );
    let (_, reminder) = entity(&imported, "Reminder");
    let made = reminder.created.as_ref().unwrap();
    assert_eq!(
        (made.by.as_str(), made.at),
        ("trello-m2", 0x6740_a000 * 1000)
    );
    assert_eq!(imported.graph.people["trello-m1"].name, "Ines Albrecht");
    check(
        &imported,
        "Calendar\n☑ ask Ines",
        &[
            ("status", "dropped"),
            ("assigned-to", "Ines Albrecht, tomasz"),
        ],
    );
    check(&imported, "Seat plan", &[("status", "done")]);
    assert_eq!(imported.graph.entities.len(), 3);
    assert_eq!(
        said(&imported),
        [
            "1 card without a name was left out.",
            "There is no place here for this, and it was left out: attachments (2), commentCard (1), due \"soon\" (1).",
        ]
    );
}

#[test]
fn backlog_items_stand_where_backlog_items_are_ranked_and_the_checks_ask_about_them() {
    let board = r#"{"lists": [{"id": "d", "name": "Done"}, {"id": "o", "name": "Open"}], "cards": [
        {"id": "1", "name": "Wish", "idList": "o", "shortUrl": "u"},
        {"id": "2", "name": "Built", "idList": "d", "shortUrl": "u"},
        {"id": "3", "name": "Dropped", "idList": "o", "shortUrl": "u", "closed": true}]}"#;
    let imported = read("board.json", board, Format::Trello);
    let at = |slot: &str| ("priorities".to_owned(), slot.to_owned());
    assert_eq!(place(&imported, "Wish"), at("to-be-ranked"));
    assert_eq!(place(&imported, "Built"), at(UNPLACED));
    assert_eq!(
        asked(&imported, "Wish"),
        ["backlog-item-without-opportunity"]
    );
    assert_eq!(asked(&imported, "Built"), ["done-without-outcome"]);
    assert_eq!(asked(&imported, "Dropped"), [""; 0]);
}

/// Finished work is only what its tool calls finished by name.
#[test]
fn cards_whose_list_says_nothing_that_is_known_stay_open_and_the_list_is_named() {
    let board = r#"{"lists": [{"id": "n", "name": "Not done yet"}, {"id": "h", "name": "✅ Hecho"},
        {"id": "r", "name": "Review done by QA pending"}, {"id": "t", "name": "To do"}], "cards": [
        {"id": "1", "name": "One", "idList": "n"}, {"id": "2", "name": "Two", "idList": "r"},
        {"id": "3", "name": "Three", "idList": "n"}, {"id": "4", "name": "Four", "idList": "h"},
        {"id": "5", "name": "Five", "idList": "t"},
        {"id": "6", "name": "Six", "idList": "n", "closed": true}]}"#;
    let imported = read("board.json", board, Format::Trello);
    for (begins, status) in [
        ("One", "open"),
        ("Two", "open"),
        ("Four", "done"),
        ("Five", "open"),
        ("Six", "dropped"),
    ] {
        check(&imported, begins, &[("status", status)]);
    }
    assert_eq!(
        said(&imported),
        [
            "The names of these lists or states do not say here how far their cards are, which were taken as open: \"Not done yet\" (2), \"Review done by QA pending\" (1)."
        ]
    );
}

#[test]
fn a_state_of_jira_in_another_language_says_how_far_an_issue_is() {
    let table = "Summary,Issue key,Status,Status Category,Resolution\n\
                 A,U-1,Erledigt,,\nB,U-2,Abnahme,In Arbeit,\nC,U-3,Not done,,\nD,U-4,Abnahme,,Done\nE,U-5,,,Incomplete\n";
    let imported = read("jira.csv", table, Format::Jira);
    for (begins, status) in [
        ("A", "done"),
        ("B", "doing"),
        ("C", "open"),
        ("D", "done"),
        ("E", "open"),
    ] {
        check(&imported, begins, &[("status", status)]);
    }
    assert!(said(&imported)[0].ends_with("taken as open: \"Not done\" (1)."));
}

#[test]
fn a_list_stands_where_its_kind_and_its_values_belong() {
    let items = "text,lane\nReminders,next\nCalendar,now\nLater,\n";
    let imported = import("roadmap-item.csv", items.as_bytes()).unwrap();
    let slot = |begins: &str| place(&imported, begins);
    assert_eq!(slot("Reminders"), ("roadmap".into(), "next".into()));
    assert_eq!(slot("Calendar"), ("roadmap".into(), "now".into()));
    let notes = import("list.csv", b"text,\nHello,\n").unwrap();
    assert_eq!(
        place(&notes, "Hello"),
        ("lean-canvas".into(), UNPLACED.into())
    );
}

#[test]
fn a_trello_table_becomes_backlog_items() {
    let table = "Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,List Name,Board Name,Archived,Comment Count,Vote Count\n\
                 6740a0000000000000000001,Reminder,https://trello.com/c/x,\"two\nlines\",players,\"ines, tomasz\",2026-12-01T09:00:00.000Z,Done,Understudy,false,2,0\n";
    let imported = read("export.csv", table, Format::Trello);
    check(
        &imported,
        "Reminder\ntwo\nlines",
        &[
            ("status", "done"),
            ("stage", "Done"),
            ("created-on", "2024-11-22"),
            ("due", "2026-12-01"),
            ("assigned-to", "ines, tomasz"),
        ],
    );
    assert_eq!(
        said(&imported),
        ["There is no place here for this, and it was left out: Comment Count (1)."]
    );
}

const ISSUES: &str = r#"{"issues": [
    {"key": "UND-7", "self": "https://jira.example/rest/api/3/issue/7", "fields": {
        "summary": "Players want reminders",
        "description": {"type": "doc", "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": "Twice a week"}]},
            {"type": "paragraph", "content": [{"type": "text", "text": "by text message"}]}]},
        "status": {"name": "Selected", "statusCategory": {"key": "indeterminate"}},
        "reporter": {"displayName": "Tomasz", "accountId": "t1"}, "created": "2026-03-04T10:11:12.000+0100",
        "assignee": {"displayName": "Ines", "accountId": "i1"}, "duedate": "2026-04-01",
        "issuetype": {"name": "Story"}, "labels": ["players", "sms"], "priority": {"name": "High"},
        "customfield_10016": 5, "customfield_10020": [{"name": "Sprint 3"}], "customfield_10030": null,
        "comment": {"comments": [], "total": 0}}},
    {"key": "UND-8", "fields": {"summary": "Old idea", "status": {"name": "Closed"},
        "resolution": {"name": "Won't Do"}, "resolutiondate": "2026-05-01T00:00:00.000+0000",
        "customfield_10020": [{"name": "Sprint 3"}]}}
]}"#;

#[test]
fn jira_issues_become_backlog_items() {
    let imported = read("search.json", ISSUES, Format::Jira);
    check(
        &imported,
        "Players want reminders\nTwice a week\nby text message",
        &[
            ("status", "doing"),
            ("stage", "Selected"),
            ("key", "UND-7"),
            ("requested-by", "Tomasz"),
            ("assigned-to", "jira-i1"),
            ("created-on", "2026-03-04"),
            ("due", "2026-04-01"),
            ("priority", "High"),
            ("labels", "Story, players, sms"),
        ],
    );
    let dropped = [("status", "dropped"), ("done-on", "2026-05-01")];
    check(&imported, "Old idea", &dropped);
    assert_eq!(imported.graph.people["jira-t1"].name, "Tomasz");
    // Nothing says that the number is one of story points.
    let (_, item) = entity(&imported, "Players");
    assert!(!item.fields.contains_key("story-points") && !item.fields.contains_key("effort"));
    assert_eq!(
        said(&imported),
        [
            "There is no place here for this, and it was left out: customfield_10016 (1), customfield_10020 (2)."
        ]
    );
}

#[test]
fn story_points_are_read_where_the_export_names_them_and_are_no_effort() {
    let names = r#"{"names": {"customfield_10016": "Story point estimate", "customfield_10020": "Sprint"}, "issues""#;
    let schema = r#"{"schema": {"customfield_10016": {"custom": "com.pyxis.greenhopper.jira:jsw-story-points"}}, "issues""#;
    for (head, sprint) in [(names, "Sprint (2)"), (schema, "customfield_10020 (2)")] {
        let imported = read(
            "a.json",
            &ISSUES.replacen("{\"issues\"", head, 1),
            Format::Jira,
        );
        let (_, item) = entity(&imported, "Players");
        assert_eq!(
            item.fields.get("story-points"),
            Some(&FieldValue::Number(5.0))
        );
        assert!(!item.fields.contains_key("effort"));
        let said = said(&imported);
        assert!(said[0].ends_with(&format!("left out: {sprint}.")));
    }
}

/// Jira answers page by page: who exports one page is told how much is missing.
#[test]
fn a_jira_search_that_was_cut_is_told_with_both_numbers() {
    let told = |members: &str| {
        let issue = r#"{"key": "UND-7", "fields": {"summary": "Reminders"}}"#;
        let file = format!(r#"{{{members} "issues": [{issue}]}}"#);
        said(&read("jira.json", &file, Format::Jira)).join(" ")
    };
    let cut = told(r#""startAt": 0, "maxResults": 1, "total": 240,"#);
    assert!(
        cut.starts_with("The file holds 1 of the 240 issues"),
        "{cut}"
    );
    let goes_on = told(r#""isLast": false, "nextPageToken": "x","#);
    assert!(goes_on.starts_with("The file holds 1 issues"), "{goes_on}");
    for whole in [r#""total": 1,"#, r#""isLast": true,"#, ""] {
        assert_eq!(told(whole), "", "{whole}");
    }
}

#[test]
fn a_jira_table_becomes_backlog_items() {
    let table = "Summary,Issue key,Status,Reporter,Created,Labels,Labels,Custom field (Story Points),Sprint,Due date\n\
                 Reminders,UND-7,In Progress,tomasz,04/Mar/26 10:11 AM,players,sms,5,Sprint 3,soon\n\
                 Calendar,UND-8,Done,ines,2026-03-05,,,5 to 8,,\n";
    let imported = read("jira.csv", table, Format::Jira);
    check(
        &imported,
        "Reminders",
        &[
            ("status", "doing"),
            ("created-on", "2026-03-04"),
            ("labels", "players, sms"),
        ],
    );
    let (_, item) = entity(&imported, "Reminders");
    assert_eq!(
        item.fields.get("story-points"),
        Some(&FieldValue::Number(5.0))
    );
    assert!(!item.fields.contains_key("effort"));
    assert_eq!(
        said(&imported),
        [
            "There is no place here for this, and it was left out: Custom field (Story Points) (1), Due date \"soon\" (1), Sprint (1)."
        ]
    );
}

#[test]
fn a_leantime_canvas_fills_its_slots_even_with_rich_text_in_it() {
    let export = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>
        <canvas key="leancanvas"><title>Understudy</title><content>
          <element key="problem"><item>
            <created>2024-05-01 12:34:56</created>
            <author id="3" firstname="Ines" lastname="Albrecht"/>
            <description>Players drop out</description><status key="draft" />
            <assumptions></assumptions><data>8 of 12&nbsp;interviews</data>
            <conclusion><p>It is <b>urgent</b> &amp; frequent<br>in spring</p></conclusion>
          </item></element>
          <element key="uniquevalue"><item><description>A player by tomorrow</description></item></element>
          <element key="channels"></element>
          <element key="elsewhere"><item><description>Stray</description></item></element>
        </content></canvas>"#;
    let imported = read("leancanvas-1.xml", export, Format::Leantime);
    let (id, first) = entity(&imported, "Players drop out");
    assert_eq!(
        first.text,
        "Players drop out\nIt is urgent & frequent\nin spring"
    );
    let interviews = FieldValue::Text("8 of 12 interviews".into());
    assert_eq!(first.fields.get("data"), Some(&interviews));
    let by = &first.created.as_ref().unwrap().by;
    assert_eq!(imported.graph.people[by].name, "Ines Albrecht");
    let slot = |id| {
        imported
            .graph
            .placement(&"lean-canvas".into(), id)
            .unwrap()
            .slot
            .clone()
    };
    assert_eq!(slot(id).as_str(), "problem");
    let (value, _) = entity(&imported, "A player by tomorrow");
    assert_eq!(slot(value).as_str(), "unique-value-proposition");
    let (stray, _) = entity(&imported, "Stray");
    assert_eq!(slot(stray).as_str(), UNPLACED);
    let warnings: Vec<String> = imported.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 2);
    assert!(warnings[1].ends_with("status (1)."));
}

#[test]
fn xml_that_is_no_canvas_of_leantime_is_called_by_its_name() {
    for (name, text) in [
        (
            "a",
            "<?xml version=\"1.0\"?>\n<!-- a --><opml version=\"2\"><body/></opml>",
        ),
        ("a.xml", "<opml/>"),
        ("a", "<!DOCTYPE opml><opml></opml>"),
    ] {
        let error = import(name, text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains("outermost element is <opml>"), "{error}");
    }
    let canvas = "<canvas key=\"leancanvas\">\n<element key=\"problem\">\n<item><description>Late";
    let error = import("a.xml", canvas.as_bytes()).unwrap_err().to_string();
    assert_eq!(error, "Line 3: element <item>: it has no end.");
}

#[test]
fn a_list_without_anything_is_refused_and_changes_nothing() {
    let empty = [
        ("a.json", r#"{"lists": [], "cards": []}"#),
        ("a.csv", "Summary,Issue key\n"),
        ("a.csv", "Card ID,Card Name,List Name\nx,,y\n"),
        (
            "a.xml",
            "<canvas key=\"leancanvas\"><content><element key=\"problem\"></element></content></canvas>",
        ),
    ];
    for (name, text) in empty {
        let refusal = import(name, text.as_bytes()).map(|imported| imported.graph);
        assert_eq!(refusal, Err(ImportError::EmptyTable), "{text}");
    }
    let refusal = import("a.csv", b"colour,price\nred,3\n");
    assert!(matches!(refusal, Err(ImportError::UnknownTable { .. })));
}

const BOARD: &str = r#"{"name": "U", "lists": [{"id": "l", "name": "Ideas"}],
    "cards": [{"id": "6740a0000000000000000001", "name": "A", "idList": "l", "idMembers": ["m"]}]}"#;
const MIRO: &str = r#"[{"type": "frame", "id": "1", "title": "Problem"},
    {"type": "sticky_note", "id": "2", "parentId": "1", "content": "<p>a</p>"}]"#;
const CANVAS: &str = "<?xml version=\"1.0\"?>\n<canvas key=\"leancanvas\"><title>U</title><content>\n\
    <element key=\"problem\"><item><created>2024-05-01 12:34:56</created>\
    <author id=\"3\" firstname=\"Ines\" lastname=\"A\"/><description>Late</description></item>\
    <item><description>Lost</description></item></element></content></canvas>";

/// Nothing of a file that was cut off comes in without a word.
#[test]
fn a_file_that_was_cut_anywhere_is_refused_or_named() {
    let own = crate::to_json(&crate::sample("en"));
    let own = own.get(..300).unwrap_or(&own).to_owned();
    let whole =
        r#"{"format": "groundwork", "name": "T", "entities": [{"text": "é", "fields": {"a": 1}}]}"#;
    for file in [whole, BOARD, ISSUES, MIRO, CANVAS, &own] {
        for (at, _) in file.char_indices() {
            for name in ["", "a.xml"] {
                let read = import(name, &file.as_bytes()[..at]);
                let is_told = read.is_err_and(|error| !error.to_string().is_empty());
                assert!(is_told, "{name}: {}", &file[..at]);
            }
        }
    }
    for file in [whole, BOARD, ISSUES, MIRO, CANVAS] {
        assert!(import("", file.as_bytes()).is_ok());
    }
}

#[test]
fn no_bytes_make_any_importer_panic() {
    arbtest::arbtest(|u| {
        let heads = [
            "",
            "{\"cards\":[",
            "{\"issues\":[",
            "<canvas><element>",
            "Summary,Key\n",
            "\u{feff}id;text\n",
        ];
        let name = *u.choose(&["", "a.json", "a.md", "a.csv", "a.tsv", "a.xml", "pain.csv"])?;
        let mut bytes = u.choose(&heads)?.as_bytes().to_vec();
        let rest: Vec<u8> = u.arbitrary()?;
        bytes.extend(rest);
        let told = import(name, &bytes).map(|imported| imported.warnings.len());
        if let Err(error) = told {
            assert!(!error.to_string().is_empty());
        }
        if let Ok(table) = Table::from_bytes("links", &bytes) {
            let _ = import_tables(&[table]);
        }
        Ok(())
    })
    .budget_ms(1000);
}

#[test]
fn mutilated_files_of_other_tools_are_read_or_refused() {
    let files = [
        r#"{"lists":[{"id":1}],"cards":[{"name":"a","id":"zzzzzzzzzzzzzzzzzzzzzzzz"},7]}"#,
        r#"{"issues":[{"key":"a","fields":{"summary":"b","labels":{}}},null]}"#,
        "<canvas key=\"leancanvas\"><element key=\"problem\"><item><description>a</item>",
    ];
    arbtest::arbtest(|u| {
        let mut bytes = u.choose(&files)?.as_bytes().to_vec();
        for _ in 0..u.int_in_range(0..=6)? {
            let at = u.int_in_range(0..=bytes.len() - 1)?;
            bytes[at] = u.arbitrary()?;
        }
        let _ = import("file", &bytes);
        Ok(())
    })
    .budget_ms(500);
}

#[test]
fn a_unified_product_graph_names_what_it_knows() {
    let file = r#"{"format": "groundwork", "name": "Understudy", "entities": [
        {"id": "h", "kind": "hypothesis", "text": "Reminders\nhalve the losses"},
        {"id": "x", "kind": "experiment", "text": "Two weeks", "fields": {"status": "done", "planned-n": 40}},
        {"id": "e", "kind": "evidence", "text": "31 of 40"},
        {"id": "gone", "kind": "note", "text": "", "deleted": {"by": "a", "at": 1}}
    ], "links": [
        {"id": "1", "kind": "tested-by", "from": "h", "to": "x"},
        {"id": "2", "kind": "supports", "from": "e", "to": "h"},
        {"id": "3", "kind": "relates-to", "from": "e", "to": "gone"}
    ]}"#;
    let graph = import("a.json", file.as_bytes()).unwrap().graph;
    let upg: Value = serde_json::from_str(&to_upg(&graph)).unwrap();
    assert_eq!(upg["nodes"].as_array().unwrap().len(), 3);
    let title = &upg["nodes"][1]["title"];
    assert_eq!(title, "Reminders");
    assert_eq!(upg["nodes"][2]["properties"]["planned_n"], 40.0);
    let edges = upg["edges"].as_array().unwrap();
    assert_eq!(edges.len(), 2);
    assert_eq!(edges[0]["type"], "hypothesis_tested_by_experiment");
    // Its direction is from the hypothesis to the evidence.
    assert_eq!(
        (&edges[1]["source"], &edges[1]["target"]),
        (&"h".into(), &"e".into())
    );
}

#[test]
fn a_unified_product_graph_leaves_out_no_product_no_field_and_no_direction() {
    let file = r#"{"format": "groundwork", "name": "Team", "entities": [
        {"id": "product", "kind": "note", "text": "Named so"},
        {"id": "p1", "kind": "product", "text": "One", "fields": {"currency": "EUR"}},
        {"id": "p2", "kind": "product", "text": "Two", "fields": {"a-b": 1, "a_b": 2, "c-d-e": 3, "c-d_e": 4}},
        {"id": "h", "kind": "hypothesis", "text": "It helps"},
        {"id": "b", "kind": "backlog-item", "text": "Faster"},
        {"id": "pro", "kind": "evidence", "text": "Yes"},
        {"id": "con", "kind": "evidence", "text": "No"}
    ], "links": [
        {"id": "1", "kind": "supports", "from": "pro", "to": "h"},
        {"id": "2", "kind": "refutes", "from": "con", "to": "h"},
        {"id": "3", "kind": "relates-to", "from": "b", "to": "h"}
    ]}"#;
    let mut graph = import("a.json", file.as_bytes()).unwrap().graph;
    let upg = |graph: &Graph| serde_json::from_str::<Value>(&to_upg(graph)).unwrap();
    let file = upg(&graph);

    assert_eq!(file["product"]["title"], "One");
    assert_eq!(file["product"]["properties"]["currency"], "EUR");
    let nodes = file["nodes"].as_array().unwrap();
    let second = nodes.iter().find(|node| node["id"] == "p2").unwrap();
    assert_eq!(second["type"], "product");
    assert_eq!(second["properties"]["a-b"], 1.0);
    assert_eq!(second["properties"]["a_b"], 2.0);
    assert_eq!(second["properties"]["c-d-e"], 3.0);
    assert_eq!(second["properties"]["c-d_e"], 4.0);
    let edges = file["edges"].as_array().unwrap();
    let said: Vec<&Value> = edges
        .iter()
        .map(|edge| &edge["properties"]["link"])
        .collect();
    assert_eq!(said, [&"supports".into(), &"refutes".into(), &Value::Null]);
    assert_eq!(edges[2]["type"], "feature_request_relates_to_hypothesis");

    graph
        .entities
        .retain(|_, entity| entity.kind.as_str() != "product");
    let alone = upg(&graph);
    assert_eq!(alone["product"]["title"], "Team");
    assert_eq!(alone["product"]["id"], "product-");
}

#[test]
fn a_trello_board_is_read_in_the_order_that_it_shows() {
    let board = r#"{"name": "B", "desc": "About", "lists": [
        {"id": "l2", "name": "Doing", "pos": 2}, {"id": "l1", "name": "To do", "pos": 1}],
      "cards": [
        {"id": "c1", "name": "third", "idList": "l1", "pos": 300},
        {"id": "c2", "name": "last", "idList": "l2", "pos": 1},
        {"id": "c3", "name": "first", "idList": "l1", "pos": 100.5, "desc": "a\r\nb"},
        {"id": "c4", "name": "second", "idList": "l1", "pos": 200}],
      "checklists": [{"id": "k", "idCard": "c3", "name": "Before", "checkItems": [
        {"name": "two", "state": "complete", "pos": 2, "due": "2026-12-01T00:00:00.000Z"},
        {"name": "one", "state": "incomplete", "pos": 1}]}]}"#;
    let imported = import("board.json", board.as_bytes()).unwrap();
    let graph = imported.graph;
    let placed = graph.placements.values().flatten();
    let mut places: Vec<_> = placed
        .map(|(id, place)| (place.slot.clone(), place.rank.clone(), id))
        .collect();
    places.sort();
    let texts: Vec<&str> = places
        .iter()
        .map(|(.., id)| graph.entities[*id].text.as_str())
        .collect();
    let first = "first\na\nb\nBefore:\n☐ one\n☑ two";
    assert_eq!(texts, [first, "second", "third", "last"]);
    let said: String = imported.warnings.iter().map(ToString::to_string).collect();
    assert!(said.contains("desc") && said.contains("due"), "{said}");

    let table = "Card ID,Card Name,List Name,Labels\n1,Fix it,To do,\"Bug (green), (red_dark), Team (a)\"\n";
    let graph = import("board.csv", table.as_bytes()).unwrap().graph;
    let labels = &graph.entities.values().next().unwrap().fields.get("labels");
    assert_eq!(
        *labels,
        Some(&FieldValue::Text("Bug, red_dark, Team (a)".into()))
    );
}
