//! A box in step with the document while colleagues edit the same note.

use std::rc::Rc;

use document::{Anchor, Command, Context, Position, ProductDocument, SessionIdentity, TextSplice};
use domain::{CanvasId, EntityId, Graph, KindId, PersonId, SlotId};

use super::*;
use crate::Environment;

struct Pair {
    workspace: Workspace,
    colleague: ProductDocument,
    id: EntityId,
}

fn identity(person: &str, actor: u8) -> SessionIdentity {
    SessionIdentity {
        person: PersonId::from(person),
        actor: [actor; 16],
        seed: 1,
    }
}

/// Two people on one note with the text "hello world".
fn pair() -> Pair {
    let id = EntityId::from("n");
    let environment = Environment {
        now: Rc::new(|| 1),
        random: Rc::new(|| 4),
    };
    let workspace = Workspace::painted(&Graph::default(), environment);
    workspace.attach(ProductDocument::create(identity("ana", 1)));
    let place = Position {
        canvas: CanvasId::from("lean-canvas"),
        slot: SlotId::from("problem"),
        anchor: Anchor::Last,
    };
    let kind = KindId::from("problem");
    let (text, fields) = ("hello world".to_owned(), std::collections::BTreeMap::new());
    workspace
        .dispatch(Command::AddNote {
            id: id.clone(),
            kind,
            text,
            fields,
            place,
        })
        .unwrap();
    let snapshot = workspace.with_document(ProductDocument::snapshot).unwrap();
    let (colleague, rejected) = ProductDocument::load(identity("ben", 2), &[snapshot]);
    assert!(rejected.is_empty());
    Pair {
        workspace,
        colleague,
        id,
    }
}

impl Pair {
    fn colleague_types(&mut self, at: usize, delete: usize, insert: &str) {
        let splice = TextSplice {
            at,
            delete,
            insert: insert.to_owned(),
        };
        let command = Command::EditText {
            id: self.id.clone(),
            splices: vec![splice],
        };
        self.colleague
            .execute(&command, Context { at: 2, gesture: 1 })
            .unwrap();
        let heads = self
            .workspace
            .with_document(ProductDocument::heads)
            .unwrap();
        let chunk = self.colleague.chunk_since(&heads).unwrap();
        self.workspace
            .apply(|document| document.apply_chunk(&chunk).unwrap());
    }

    fn text(&self) -> String {
        text_of(&self.workspace, &self.id).unwrap()
    }
}

const CARET: Selection = Selection { start: 5, end: 5 };

#[test]
fn typing_is_committed_and_is_one_undo_step() {
    let pair = pair();
    let mut session = TextSession::start(&pair.workspace, &pair.id).unwrap();
    for value in ["hello, world", "hello, brave world"] {
        session.input(value);
        assert!(session.is_pending());
        assert_eq!(session.reconcile(&pair.workspace, CARET).unwrap(), None);
    }
    assert_eq!(pair.text(), "hello, brave world");
    pair.workspace.undo().unwrap();
    assert_eq!(pair.text(), "hello world");
}

/// P5
#[test]
fn a_colleagues_edit_moves_the_caret_along() {
    let mut pair = pair();
    let mut session = TextSession::start(&pair.workspace, &pair.id).unwrap();
    pair.colleague_types(0, 0, "😀 ");
    let update = session.reconcile(&pair.workspace, CARET).unwrap().unwrap();
    assert_eq!(update.value, "😀 hello world");
    assert_eq!(update.selection, Selection { start: 8, end: 8 });
}

/// P5
#[test]
fn unsent_typing_survives_a_colleagues_edit() {
    let mut pair = pair();
    let mut session = TextSession::start(&pair.workspace, &pair.id).unwrap();
    session.input("hello world!");
    pair.colleague_types(0, 5, "Hi");
    let update = session.reconcile(&pair.workspace, CARET).unwrap().unwrap();
    assert_eq!(update.value, "Hi world!");
    assert_eq!(pair.text(), "Hi world!");
}

/// P5
#[test]
fn composing_is_left_alone_until_it_ends() {
    let mut pair = pair();
    let mut session = TextSession::start(&pair.workspace, &pair.id).unwrap();
    session.compose(true);
    session.input("hello worldか");
    pair.colleague_types(0, 0, "> ");
    assert_eq!(session.reconcile(&pair.workspace, CARET).unwrap(), None);
    session.compose(false);
    session.reconcile(&pair.workspace, CARET).unwrap();
    assert_eq!(pair.text(), "> hello worldか");
}

/// P6
#[test]
fn taking_back_keeps_a_colleagues_words() {
    let mut pair = pair();
    let mut session = TextSession::start(&pair.workspace, &pair.id).unwrap();
    session.input("hello world, mine");
    session.reconcile(&pair.workspace, CARET).unwrap();
    pair.colleague_types(0, 0, "theirs ");
    session.take_back(&pair.workspace).unwrap();
    assert_eq!(pair.text(), "theirs hello world");
}
