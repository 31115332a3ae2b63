//! Documents into which somebody with the right to write has written on purpose what the app never
//! would.

use arbtest::arbitrary::{Result, Unstructured};
use automerge::transaction::{Transactable, Transaction};
use automerge::{ActorId, Automerge, AutomergeError, ObjId, ObjType, PatchLog, ROOT, ReadDoc};
use document::{Command, Context, Intrusion, ProductDocument};
use domain::{EntityId, Graph};

use super::support::{
    AT, ada_and_ben, add, delete, identity, likely_command, note, refresh, restore, run, slot,
    splice, text,
};

const CONTAINERS: [&str; 5] = ["about", "entities", "links", "placements", "people"];

/// A change by another program, merged as one from the network is.
fn attack(
    document: &mut Automerge,
    log: &mut PatchLog,
    change: impl FnOnce(&mut Transaction<'_>) -> std::result::Result<(), AutomergeError>,
) {
    let mut other = document.fork();
    // One that automerge refuses has done nothing.
    let _ = other.transact(change);
    document.merge_and_log_patches(&mut other, log).unwrap();
}

fn attacked(
    product: &mut ProductDocument,
    change: impl FnOnce(&mut Transaction<'_>) -> std::result::Result<(), AutomergeError>,
) -> document::DirtySet {
    let (_, dirty) = product.exchange(|document, _, log| attack(document, log, change));
    dirty
}

/// D55: the notes of everybody stay, can be edited, and come to others.
#[test]
fn containers_that_somebody_replaces_hide_nothing() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, add("m", "Mine"));
    let mut view = ada.graph();

    let dirty = attacked(&mut ada, |transaction| {
        for container in CONTAINERS {
            transaction.put_object(ROOT, container, ObjType::Map)?;
        }
        Ok(())
    });
    refresh(&mut view, &ada, &dirty);
    assert_eq!(view, ada.graph());
    assert_eq!(slot(&ada, "problem").len(), 2);

    let dirty = run(&mut ada, 2, splice("m", 0, 4, "Still mine"));
    refresh(&mut view, &ada, &dirty);
    assert_eq!(view, ada.graph());
    super::support::exchange(&mut ada, &mut ben);
    assert_eq!(text(&ben, "m"), "Still mine");
    assert_eq!(ben.graph(), ada.graph());
    assert_eq!(ben.intrusion().displaced, CONTAINERS.len());
    assert!(ada.undo(AT).unwrap().is_some());
    assert_eq!(text(&ada, "m"), "Mine");
}

/// D55: nor does a note need the root's key when the document is loaded anew.
#[test]
fn a_document_with_replaced_containers_loads_as_it_was() {
    let (mut ada, _) = ada_and_ben("n");
    attacked(&mut ada, |transaction| {
        transaction.put(ROOT, "entities", "gone")?;
        transaction.delete(ROOT, "placements")
    });

    let (cem, rejected) = ProductDocument::load(identity("cem", 3), &[ada.snapshot()]);

    assert!(rejected.is_empty() && cem.is_ready());
    assert_eq!(slot(&cem, "problem"), ["n"]);
}

/// D56: a number that somebody writes locks nobody out.
#[test]
fn a_schema_number_that_somebody_writes_locks_nobody_out() {
    let (mut ada, _) = ada_and_ben("n");
    attacked(&mut ada, |transaction| {
        transaction.put(ROOT, "schema", 99_u64)
    });

    assert!(!ada.is_from_newer_version());
    run(&mut ada, 1, splice("n", 0, 0, "x"));
    assert_eq!(text(&ada, "n"), "xn");
}

/// D6: what belongs there is read beside what does not.
#[test]
fn rubbish_beside_a_note_does_not_hide_it() {
    let (mut ada, _) = ada_and_ben("before");
    let before = ada.snapshot();
    run(&mut ada, 1, add("x", "Mine"));
    let mut elsewhere = Automerge::load(&before).unwrap();
    // Its operations win over all others of the same time.
    elsewhere.set_actor(ActorId::from([0xff; 32]));
    let entities = entities_of(&elsewhere);
    elsewhere
        .transact::<_, _, AutomergeError>(|transaction| {
            for _ in 0..20 {
                transaction.put(&entities, "x", "rubbish")?;
                transaction.put(&entities, "y".repeat(10_000), "rubbish")?;
            }
            Ok(())
        })
        .unwrap();

    ada.apply_chunk(&elsewhere.save()).unwrap();

    assert_eq!(note(&ada, "x").text, "Mine");
    run(&mut ada, 2, splice("x", 0, 4, "Still mine"));
    assert_eq!(note(&ada, "x").text, "Still mine");
    let expected = Intrusion {
        displaced: 0,
        unreadable: 1,
    };
    assert_eq!(ada.intrusion(), expected);
}

/// D57: what no command can do can be taken back, places and links included.
#[test]
fn notes_that_somebody_takes_out_or_writes_over_come_back_by_an_import() {
    let (mut ada, mut ben) = ada_and_ben("n");
    for (gesture, id) in ["gone", "over", "deleted"].into_iter().enumerate() {
        run(&mut ada, gesture as u64 + 1, add(id, id));
    }
    run(&mut ada, 5, splice("gone", 0, 0, "long "));
    run(&mut ada, 6, delete("deleted"));
    let link = Command::AddLink {
        id: "l".into(),
        kind: "relates-to".into(),
        from: "n".into(),
        to: "gone".into(),
    };
    run(&mut ada, 7, link);
    assert_eq!(ada.wiped(), Graph::default());
    let (entities, links) = ada.peek(|document| {
        let links = document.get(ROOT, "links").unwrap().unwrap().1;
        (entities_of(document), links)
    });
    attacked(&mut ada, |transaction| {
        transaction.delete(&entities, "gone")?;
        transaction.delete(&entities, "deleted")?;
        transaction.put(&entities, "over", "rubbish")?;
        transaction.delete(&links, "l")
    });
    assert_eq!(slot(&ada, "problem"), ["n"]);

    let graph = ada.wiped();
    assert_eq!(graph.entities.len(), 2);
    run(&mut ada, 8, Command::Import { graph });

    let mut shown: Vec<String> = ada
        .graph()
        .slot_notes(&"lean-canvas".into(), &"problem".into())
        .into_iter()
        .map(|id| text(&ada, id.as_str()))
        .collect();
    shown.sort();
    assert_eq!(shown, ["long gone", "n", "over"]);
    assert!(ada.graph().links.contains_key("l"));
    assert_eq!(ada.wiped(), Graph::default(), "once is enough");
    super::support::exchange(&mut ada, &mut ben);
    assert_eq!(ben.graph(), ada.graph());
    assert!(ada.undo(AT).unwrap().is_some());
}

fn entities_of(document: &Automerge) -> ObjId {
    document.get(ROOT, "entities").unwrap().unwrap().1
}

/// D55, D32: whatever somebody writes at the root, in whatever order with everybody's commands, each
/// entity stays what commands alone have made of it, and what is shown is what is there.
#[test]
fn nothing_at_the_root_hides_an_entity() {
    arbtest::arbtest(|u| {
        let (mut ada, _) = ada_and_ben("n");
        // The same commands, in a document that nobody attacks.
        let (mut calm, _) = ada_and_ben("n");
        let mut view = ada.graph();
        for step in 0..u.int_in_range(1..=20)? {
            let dirty = match u.int_in_range(0..=3)? {
                0 => {
                    ada.exchange(|document, _, log| vandalise(document, log, u))
                        .1
                }
                _ => {
                    let command = match u.int_in_range(0..=5)? {
                        0 => delete("n"),
                        1 => restore("n"),
                        _ => likely_command(u)?,
                    };
                    let context = Context {
                        at: AT,
                        gesture: step,
                    };
                    let expected = calm.execute(&command, context).is_ok();
                    let done = ada.execute(&command, context);
                    assert_eq!(done.is_ok(), expected, "{command:?}: {done:?}");
                    done.unwrap_or_default()
                }
            };
            refresh(&mut view, &ada, &dirty);
            assert_eq!(view, ada.graph());
            assert_eq!(entities(&view), entities(&calm.graph()));
        }
        let (loaded, _) = ProductDocument::load(identity("cem", 3), &[ada.snapshot()]);
        assert_eq!(loaded.graph(), view);
        assert!(!loaded.is_from_newer_version());
        Ok(())
    })
    .budget_ms(1000);
}

/// What can be seen of every entity.
fn entities(graph: &Graph) -> Vec<(EntityId, String, bool)> {
    let seen = |(id, entity): (&EntityId, &domain::Entity)| {
        (id.clone(), entity.text.clone(), entity.deleted.is_some())
    };
    graph.entities.iter().map(seen).collect()
}

/// Anything at the root, under keys of the app's too, and in what was put there.
fn vandalise(document: &mut Automerge, log: &mut PatchLog, u: &mut Unstructured<'_>) -> Result<()> {
    let keys = [
        "about",
        "entities",
        "links",
        "placements",
        "people",
        "schema",
        "other",
    ];
    let key = *u.choose(&keys)?;
    let what = u.int_in_range(0..=6)?;
    let actor: [u8; 8] = u.arbitrary()?;
    attack(document, log, |transaction| match what {
        0 => transaction.delete(ROOT, key),
        1 => transaction.put(ROOT, key, 99_u64),
        2 => transaction.put(ROOT, key, f64::NAN),
        3 => transaction.put_object(ROOT, key, ObjType::List).map(drop),
        4 => {
            let text = transaction.put_object(ROOT, key, ObjType::Text)?;
            transaction.splice_text(text, 0, 0, "rubbish")
        }
        _ => {
            let map = transaction.put_object(ROOT, key, ObjType::Map)?;
            let note = transaction.put_object(&map, "n", ObjType::Map)?;
            transaction.put(&note, "kind", format!("{actor:?}"))?;
            transaction
                .put_object(&note, "text", ObjType::Text)
                .map(drop)
        }
    });
    Ok(())
}
