//! Documents with content that other versions and other programs wrote.

use arbtest::arbitrary::{Result, Unstructured};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use document::{Command, CommandError, Context, ProductDocument};
use domain::{FieldValue, Fields};

use super::support::{
    AT, ada_and_ben, any_command, exchange, note, product, refresh, run, splice, text,
};

/// Writes as another program would, through the sync shell's door.
fn write<E: std::fmt::Debug>(
    product: &mut ProductDocument,
    change: impl FnOnce(&mut automerge::transaction::Transaction<'_>) -> std::result::Result<(), E>,
) {
    let (written, _) = product.exchange(|document, _, _| {
        document.set_actor(automerge::ActorId::from(b"another program"));
        document
            .transact(change)
            .map(|_| ())
            .map_err(|failure| failure.error)
    });
    written.unwrap();
}

fn object(product: &ProductDocument, path: &[&str]) -> ObjId {
    product.peek(|document| {
        path.iter().fold(ROOT, |object, key| {
            document.get(&object, *key).unwrap().unwrap().1
        })
    })
}

/// D6: what cannot be read is skipped alone.
#[test]
fn an_unreadable_note_does_not_hide_the_others() {
    let (mut ada, _) = ada_and_ben("n");
    let entities = object(&ada, &["entities"]);
    write(&mut ada, |transaction| {
        transaction.put(&entities, "a number", 1)?;
        let no_kind = transaction.put_object(&entities, "no kind", ObjType::Map)?;
        transaction.put_object(&no_kind, "text", ObjType::Text)?;
        let no_text = transaction.put_object(&entities, "no text", ObjType::Map)?;
        transaction.put(&no_text, "kind", "problem")?;
        transaction.put(&no_text, "text", "a plain string")
    });

    assert_eq!(ada.graph().entities.len(), 1);
    let refused = ada.execute(
        &splice("no text", 0, 0, "x"),
        Context { at: AT, gesture: 1 },
    );
    assert_eq!(refused, Err(CommandError::UnknownEntity("no text".into())));
}

/// D7: unknown keys and values survive edits, copies and snapshots.
#[test]
fn what_a_newer_version_wrote_is_kept() {
    let (mut ada, _) = ada_and_ben("n");
    let entity = object(&ada, &["entities", "n"]);
    write(&mut ada, |transaction| {
        transaction.put(ROOT, "boards", 7)?;
        transaction.put(&entity, "mood", "sunny")?;
        transaction.put(&entity, "f:shape", ScalarValue::Bytes(vec![1, 2]))?;
        transaction.put(&entity, "f:size", 3_u64)
    });
    assert_eq!(
        note(&ada, "n").fields,
        Fields::from_iter([("size".into(), FieldValue::Number(3.0))])
    );

    run(&mut ada, 1, splice("n", 0, 1, "m"));
    let (id, copy, canvas) = ("n".into(), "c".into(), "lean-canvas".into());
    run(&mut ada, 2, Command::Duplicate { id, copy, canvas });
    let mut ben = product("ben", 2);
    exchange(&mut ada, &mut ben);

    ben.peek(|document| {
        assert!(document.get(ROOT, "boards").unwrap().is_some());
        assert!(document.get(&entity, "mood").unwrap().is_some());
    });
    let copied = object(&ben, &["entities", "c", "f:shape"]);
    assert_ne!(copied, object(&ben, &["entities", "n", "f:shape"]));
}

/// Takes the step of the chain that the next version would take.
fn migrate(product: &mut ProductDocument) {
    let mut migrated = product.peek(|document| {
        let genesis = document.get_changes(&[])[0].hash();
        document.fork_at(&[genesis]).unwrap()
    });
    migrated.set_actor(automerge::ActorId::from(b"groundwork"));
    let options = CommitOptions::default()
        .with_message("Schema 2")
        .with_time(0);
    migrated
        .transact_with::<_, _, automerge::AutomergeError, _>(
            |()| options,
            |transaction| transaction.put(ROOT, "schema", 2_u64),
        )
        .unwrap();
    product.apply_chunk(&migrated.save()).unwrap();
}

/// D4: a document of a newer version is shown and not changed.
#[test]
fn a_document_of_a_newer_version_is_read_only() {
    let (mut ada, _) = ada_and_ben("n");
    run(&mut ada, 1, splice("n", 0, 0, "x"));
    migrate(&mut ada);

    assert!(ada.is_ready() && ada.is_from_newer_version());
    assert_eq!(text(&ada, "n"), "xn");
    let refused = ada.execute(&splice("n", 0, 0, "y"), Context { at: AT, gesture: 2 });
    assert_eq!(refused, Err(CommandError::Newer));
    assert_eq!(ada.undo(AT), Err(CommandError::Newer));
}

/// D4: something that is no workspace at all.
#[test]
fn another_programs_document_is_never_ready() {
    let mut other = automerge::Automerge::new();
    other
        .transact(|transaction| transaction.put(ROOT, "entities", "mine"))
        .unwrap();

    let (cem, rejected) =
        ProductDocument::load(super::support::identity("cem", 3), &[other.save()]);

    assert!(rejected.is_empty() && !cem.is_ready());
    assert_eq!(cem.graph(), domain::Graph::default());
}

/// D8, D10: whatever stands under our keys, no command panics, and a refused one changes nothing.
/// D32: the dirty sets stay complete.
#[test]
fn no_command_panics_on_any_document() {
    arbtest::arbtest(|u| {
        let mut ada = product("ada", 1);
        let mut view = ada.graph();
        for step in 0..u.int_in_range(1..=20)? {
            let dirty = match u.int_in_range(0..=7)? {
                0 => {
                    ada.exchange(|document, _, log| vandalise(document, log, u))
                        .1
                }
                1 => ada
                    .undo(AT)
                    .ok()
                    .flatten()
                    .map(|undo| undo.changed)
                    .unwrap_or_default(),
                2 => ada
                    .redo(AT)
                    .ok()
                    .flatten()
                    .map(|redo| redo.changed)
                    .unwrap_or_default(),
                _ => {
                    let heads = ada.heads();
                    let context = Context {
                        at: u.arbitrary()?,
                        gesture: step / 3,
                    };
                    let result = ada.execute(&any_command(u)?, context);
                    assert!(result.is_ok() || ada.heads() == heads, "{result:?}");
                    result.unwrap_or_default()
                }
            };
            refresh(&mut view, &ada, &dirty);
            assert_eq!(view, ada.graph());
        }
        let (loaded, rejected) =
            ProductDocument::load(super::support::identity("cem", 3), &[ada.snapshot()]);
        assert!(rejected.is_empty());
        assert_eq!(loaded.graph(), view);
        Ok(())
    })
    .budget_ms(1000);
}

/// Something at any place of the document, made apart and merged.
fn vandalise(
    document: &mut automerge::Automerge,
    log: &mut automerge::PatchLog,
    u: &mut Unstructured<'_>,
) -> Result<()> {
    let mut other = document.fork();
    let mut object = ROOT;
    for _ in 0..u.int_in_range(0..=2)? {
        let keys: Vec<String> = other.keys(&object).collect();
        let Some(key) = keys.get(u.int_in_range(0..=keys.len())?) else {
            break;
        };
        match other.get(&object, key) {
            Ok(Some((automerge::Value::Object(ObjType::Map), id))) => object = id,
            _ => break,
        }
    }
    let keys = [
        "a",
        "b",
        "kind",
        "text",
        "deleted",
        "created",
        "f:colour",
        "lean-canvas/a",
    ];
    let containers = [
        "entities",
        "placements",
        "links",
        "people",
        "about",
        "extra",
    ];
    let key = if object == ROOT {
        *u.choose(&containers)?
    } else {
        *u.choose(&keys)?
    };
    let what = u.int_in_range(0..=7)?;
    let text: String = u.arbitrary()?;
    let _ = other.transact(|transaction| match what {
        0 => transaction.put_object(&object, key, ObjType::Map).map(drop),
        1 => transaction
            .put_object(&object, key, ObjType::List)
            .map(drop),
        2 => {
            let id = transaction.put_object(&object, key, ObjType::Text)?;
            transaction.splice_text(id, 0, 0, &text)
        }
        3 => transaction.put(&object, key, text),
        4 => transaction.put(&object, key, f64::NAN),
        5 => transaction.put(&object, key, ScalarValue::Null),
        6 => transaction.put(&object, key, ScalarValue::counter(3)),
        _ => transaction.delete(&object, key),
    });
    document.merge_and_log_patches(&mut other, log).unwrap();
    Ok(())
}
