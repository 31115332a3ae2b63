//! Files come in as one gesture and overwrite nothing.

use document::{Command, CommandError, GestureLabel};
use domain::{Deletion, Entity, FieldValue, Graph, Link, Person, Placement, Rank, Stamp};

use super::support::{
    AT, CANVAS, ada_and_ben, add, delete, field, note, product, run, slot, splice, visible,
};

fn graph(notes: &[(&str, &str)]) -> Graph {
    let mut graph = Graph {
        name: "Theirs".into(),
        ..Graph::default()
    };
    for (id, text) in notes {
        let created = Some(Stamp {
            by: "cem".into(),
            at: 1,
        });
        let entity = Entity {
            created,
            ..Entity::new("problem".into(), *text)
        };
        graph.entities.insert((*id).into(), entity);
        let placement = Placement::new("problem".into(), Rank::default());
        graph.place(CANVAS.into(), (*id).into(), placement);
    }
    graph
}

fn import(product: &mut document::ProductDocument, graph: &Graph) {
    run(
        product,
        77,
        Command::Import {
            graph: graph.clone(),
        },
    );
}

/// D34: a workspace that is duplicated or restored from a file is the same.
#[test]
fn an_empty_workspace_takes_everything_as_it_is() {
    let mut full = graph(&[("a", "one 🐌"), ("b", ""), ("c", "three")]);
    let deleted = |edited_since| {
        Some(Deletion {
            by: "cem".into(),
            at: 2,
            edited_since,
        })
    };
    full.entities.get_mut("b").unwrap().deleted = deleted(true);
    full.entities.get_mut("c").unwrap().deleted = deleted(false);
    let fields = &mut full.entities.get_mut("a").unwrap().fields;
    fields.insert("from a newer version".into(), FieldValue::Number(-0.5));
    fields.insert("told".into(), FieldValue::Flag(true));
    full.people.insert(
        "cem".into(),
        Person {
            name: "Cem".into(),
            ..Person::default()
        },
    );
    let link = Link {
        kind: "addresses".into(),
        from: "a".into(),
        to: "b".into(),
        created: Some(Stamp {
            by: "cem".into(),
            at: 3,
        }),
        deleted: deleted(false),
    };
    full.links.insert("l".into(), link);
    let mut ada = product("ada", 1);

    import(&mut ada, &full);

    assert_eq!(ada.graph(), full);
}

/// D34: giving the same file again changes nothing.
#[test]
fn what_is_here_already_is_skipped() {
    let mut ada = product("ada", 1);
    import(&mut ada, &graph(&[("a", "one"), ("b", "two")]));
    let heads = ada.heads();

    import(&mut ada, &graph(&[("a", "one"), ("b", "two")]));

    assert_eq!(ada.heads(), heads);
}

/// D34: what an import would do is what it does.
#[test]
fn an_import_is_foretold() {
    let mut ada = product("ada", 1);
    import(
        &mut ada,
        &graph(&[("a", "one"), ("b", "two"), ("c", "three")]),
    );
    run(&mut ada, 1, delete("b"));
    run(&mut ada, 2, splice("c", 0, 0, "not "));
    let heads = ada.heads();
    let mut file = graph(&[("a", "one"), ("b", "two"), ("c", "three"), ("d", "four")]);
    let link = |from: &str, to: &str| Link {
        kind: "addresses".into(),
        from: from.into(),
        to: to.into(),
        created: None,
        deleted: None,
    };
    file.links.insert("l".into(), link("a", "b"));
    file.links.insert("m".into(), link("a", "c"));

    let outlook = ada.import_outlook(&file).unwrap();

    assert_eq!(ada.heads(), heads, "nothing is written");
    let counts = (outlook.added, outlook.beside, outlook.restored);
    assert_eq!((counts, outlook.here, outlook.links), ((1, 1, 1), 1, 2));
    assert_eq!(outlook.placed.len(), 2, "the others get a place");
    let before = slot(&ada, "problem").len();
    import(&mut ada, &file);
    assert_eq!(slot(&ada, "problem").len(), before + outlook.notes());

    let again = ada.import_outlook(&file).unwrap();
    assert_eq!(
        (again.notes(), again.beside, again.links),
        (1, 1, 1),
        "what differs comes in again"
    );
    let same = graph(&[("a", "one"), ("b", "two"), ("d", "four")]);
    assert!(ada.import_outlook(&same).unwrap().is_empty(&same));
}

/// D34: what no device could load again is not taken in at all.
#[test]
fn a_file_that_nobody_could_load_is_refused_as_a_whole() {
    let mut ada = product("ada", 1);
    let (text, heads) = ("x".repeat(99_000), ada.heads());
    let ids: Vec<String> = (0..40).map(|number| format!("n{number}")).collect();
    let notes: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), text.as_str())).collect();
    let file = graph(&notes);
    let import = Command::Import {
        graph: file.clone(),
    };
    let context = document::Context { at: AT, gesture: 1 };

    assert_eq!(
        ada.execute(&import, context).unwrap_err(),
        CommandError::TooMuch
    );
    assert_eq!(ada.import_outlook(&file), Err(CommandError::TooMuch));
    assert_eq!(ada.heads(), heads);
}

/// D34: content that differs comes in beside ours, with its links and places.
#[test]
fn other_content_under_the_same_id_gets_a_fresh_id() {
    let (mut ada, _) = ada_and_ben("ours");
    run(
        &mut ada,
        1,
        Command::RenameWorkspace {
            name: "Ours".into(),
        },
    );
    let mut theirs = graph(&[("n", "theirs"), ("m", "more")]);
    let (from, to) = ("n".into(), "m".into());
    let link = Link {
        kind: "addresses".into(),
        from,
        to,
        created: None,
        deleted: None,
    };
    theirs.links.insert("l".into(), link);

    import(&mut ada, &theirs);

    let notes = slot(&ada, "problem");
    let texts: Vec<String> = notes.iter().map(|id| note(&ada, id).text).collect();
    assert_eq!(texts, ["ours", "more", "theirs"]);
    assert_eq!(ada.link(&"l".into()).unwrap().from.as_str(), notes[2]);
    assert_eq!(ada.name(), "Ours");
}

/// D34: imported notes come behind those that are here, in the file's order.
#[test]
fn imported_notes_come_behind_those_that_are_here() {
    let (mut ada, _) = ada_and_ben("n");

    import(&mut ada, &graph(&[("a", "1"), ("b", "2"), ("z", "3")]));

    assert_eq!(slot(&ada, "problem"), ["n", "a", "b", "z"]);
}

/// D34
#[test]
fn a_note_that_is_deleted_here_is_restored() {
    let mut ada = product("ada", 1);
    import(&mut ada, &graph(&[("a", "one")]));
    run(&mut ada, 1, delete("a"));

    import(&mut ada, &graph(&[("a", "one")]));

    assert_eq!(slot(&ada, "problem"), ["a"]);
}

/// D34, D30, L7: one step takes it all back, except what was edited since.
#[test]
fn an_import_is_undone_as_a_whole() {
    let (mut ada, _) = ada_and_ben("n");
    let before = visible(&ada);
    import(&mut ada, &graph(&[("a", "1"), ("b", "2")]));
    assert_eq!(ada.next_undo(), Some(GestureLabel::Import));
    let after = visible(&ada);

    assert_eq!(ada.undo(AT).unwrap().unwrap().skipped, 0);
    assert_eq!(visible(&ada), before);
    ada.redo(AT).unwrap();
    assert_eq!(visible(&ada), after);
}

/// D35: a thousand notes are one change, read back as they were given.
#[test]
fn a_thousand_notes_are_one_change() {
    let texts: Vec<(String, String)> = (0..1_000)
        .map(|index| {
            (
                format!("note-{index:04}"),
                format!("Customers wait {index} days 🐌"),
            )
        })
        .collect();
    let notes: Vec<(&str, &str)> = texts.iter().map(|(id, text)| (&**id, &**text)).collect();
    let full = graph(&notes);
    let mut ada = product("ada", 1);
    let heads = ada.heads();

    import(&mut ada, &full);

    assert_eq!(ada.changes_since(&heads), 1);
    assert_eq!(ada.graph(), full);
    run(&mut ada, 78, splice("note-0500", 0, 9, "People"));
    run(&mut ada, 79, field("note-0500", "colour", "red"));
    assert_eq!(note(&ada, "note-0500").text, "People wait 500 days 🐌");
}

/// D34: what comes in under a fresh id is still what the file's reference fields name.
#[test]
fn reference_fields_follow_what_they_name() {
    let mut file = Graph::default();
    for (id, kind) in [("m", "metric"), ("r", "reading")] {
        let mut entity = Entity::new(kind.into(), format!("{id} of the file"));
        let metric = FieldValue::Text("m".into());
        entity.fields.insert("metric".into(), metric);
        file.entities.insert(id.into(), entity);
    }
    let mut ada = product("ada", 1);
    run(&mut ada, 1, add("m", "here already"));

    run(&mut ada, 2, Command::Import { graph: file });

    let graph = ada.graph();
    let find = |kind: &str| {
        graph
            .entities
            .iter()
            .find(|(_, entity)| entity.kind == *kind)
    };
    let (metric, _) = find("metric").unwrap();
    assert_ne!(metric.as_str(), "m");
    assert_eq!(
        find("reading").unwrap().1.fields.get("metric"),
        Some(&FieldValue::Text(metric.to_string()))
    );
}

/// L7: a saved workspace is merged, as its chunks say it: no undo step, and none is lost by it.
#[test]
fn what_is_merged_is_no_undo_step() {
    let (mut ada, mut ben) = ada_and_ben("n");
    import(&mut ben, &graph(&[("b", "from the file")]));
    let saved = ben.snapshot();
    let mut newcomer = product("cleo", 3);
    newcomer.apply_chunk(&saved).unwrap();
    assert!(newcomer.entity(&"b".into()).is_some());
    assert_eq!(newcomer.next_undo(), None);

    let before = ada.next_undo();
    assert!(before.is_some());
    ada.apply_chunk(&saved).unwrap();
    assert_eq!(ada.next_undo(), before);
    ada.undo(AT).unwrap();
    assert!(ada.entity(&"b".into()).is_some());
}
