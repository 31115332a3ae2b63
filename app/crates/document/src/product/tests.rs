//! What can be done before the rest of the code has come.

use std::collections::BTreeMap;

use domain::FieldValue;
use domain::experiment::LOCK;

use super::*;
use crate::{Anchor, Position, TextSplice};

const CONTEXT: Context = Context { at: 1, gesture: 1 };

fn product() -> ProductDocument {
    ProductDocument::create(SessionIdentity {
        person: "ana".into(),
        actor: [1; 16],
        seed: 1,
    })
}

fn add(id: &str) -> Command {
    Command::AddNote {
        id: id.into(),
        kind: "problem".into(),
        text: "Cold".to_owned(),
        fields: BTreeMap::new(),
        place: Position {
            canvas: "lean-canvas".into(),
            slot: "problem".into(),
            anchor: Anchor::Last,
        },
    }
}

#[test]
fn a_note_is_written_before_the_rest_of_the_code_has_come_and_nothing_else() {
    let mut product = product();
    product.execute_by(None, &add("n"), CONTEXT).unwrap();
    let edit = Command::EditText {
        id: "n".into(),
        splices: vec![TextSplice {
            at: 4,
            delete: 0,
            insert: " bread".to_owned(),
        }],
    };
    product.execute_by(None, &edit, CONTEXT).unwrap();
    let delete = Command::Delete {
        ids: vec!["n".into()],
    };
    assert!(!product.can_carry_out_by(None, &delete));
    let refused = product.execute_by(None, &delete, CONTEXT);

    assert_eq!(refused, Err(CommandError::NotReady));
    let note = product.entity(&"n".into()).unwrap();
    assert_eq!((note.text.as_str(), note.deleted), ("Cold bread", None));
    // What was written without the rest of the code is undone with it.
    assert!(product.undo(2).unwrap().is_some());
    let note = product.entity(&"n".into()).unwrap();
    assert!(note.deleted.is_some());
}

#[test]
fn where_something_is_locked_nothing_is_written_without_the_code_that_watches_it() {
    let mut product = product();
    product.execute(&add("n"), CONTEXT).unwrap();
    let mut graph = product.graph();
    let note = graph.entities.get_mut(&EntityId::from("n")).unwrap();
    let lock = FieldValue::Text("2026-01-05|ana".to_owned());
    note.fields.insert(LOCK.to_owned(), lock);
    let mut locked = self::product();
    locked.execute(&Command::Import { graph }, CONTEXT).unwrap();
    assert!(plans::any_locked(&locked.document));

    assert_eq!(
        locked.execute_by(None, &add("m"), CONTEXT),
        Err(CommandError::NotReady)
    );
    assert!(locked.execute(&add("m"), CONTEXT).is_ok());
}
