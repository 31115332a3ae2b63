//! Batches of colleagues' changes.

use std::collections::BTreeMap as Map;

use document::{Anchor, Command, Context, Position, ProductDocument, SessionIdentity};
use domain::{Graph, Hue, KindId, Person};

use super::*;
use crate::Environment;

fn identity(person: &str, actor: u8) -> SessionIdentity {
    SessionIdentity {
        person: PersonId::from(person),
        actor: [actor; 16],
        seed: 1,
    }
}

fn add(id: &str) -> Command {
    Command::AddNote {
        id: EntityId::from(id),
        kind: KindId::from("problem"),
        text: id.to_owned(),
        fields: Map::new(),
        place: Position {
            canvas: CanvasId::from("lean-canvas"),
            slot: SlotId::from("problem"),
            anchor: Anchor::Last,
        },
    }
}

#[test]
fn a_batch_counts_by_person_and_slot_and_is_told_once() {
    // Given our workspace with one note, and a colleague with a name.
    let environment = Environment {
        now: Rc::new(|| 1),
        random: Rc::new(|| 2),
    };
    let workspace = Workspace::painted(&Graph::default(), environment);
    workspace.attach(ProductDocument::create(identity("ana", 1)));
    let news = News::listen(&workspace);
    workspace.dispatch(add("mine")).unwrap();
    let snapshot = workspace.with_document(ProductDocument::snapshot).unwrap();
    let (mut ben, _) = ProductDocument::load(identity("ben", 2), &[snapshot]);

    // When they add two notes and change ours.
    let person = Person {
        name: "Ben".to_owned(),
        colour: Hue::Blue,
    };
    let mine = EntityId::from("mine");
    let change = Command::ReplaceText {
        id: mine,
        text: "changed".to_owned(),
    };
    for command in [
        Command::SetPerson { person },
        add("one"),
        add("two"),
        change,
    ] {
        ben.execute(&command, Context { at: 2, gesture: 1 })
            .unwrap();
    }
    let chunk = ben.snapshot();
    workspace.apply(|document| document.apply_chunk(&chunk).unwrap());

    // Then two sentences say so, once.
    let canvas = CanvasId::from("lean-canvas");
    let told = news.take(&workspace, &canvas);
    let expected = Message::plain("announce.colleague_added")
        .counted(2)
        .with("person", "Ben")
        .with("slot", "problem");
    assert_eq!(
        told,
        [
            expected,
            Message::plain("announce.colleague_changed").counted(1)
        ]
    );
    assert!(news.take(&workspace, &canvas).is_empty());
}

#[test]
fn a_note_that_one_deleted_and_another_edited_is_told_to_both_at_once_and_once() {
    // Given two people with the same note, apart.
    let environment = Environment {
        now: Rc::new(|| 1),
        random: Rc::new(|| 2),
    };
    let ana = Workspace::painted(&Graph::default(), environment.clone());
    ana.attach(ProductDocument::create(identity("ana", 1)));
    ana.dispatch(add("note")).unwrap();
    let snapshot = ana.with_document(ProductDocument::snapshot).unwrap();
    let (document, _) = ProductDocument::load(identity("ben", 2), &[snapshot]);
    let ben = Workspace::painted(&Graph::default(), environment);
    ben.attach(document);
    let (news_of_ana, news_of_ben) = (News::listen(&ana), News::listen(&ben));
    let id = EntityId::from("note");

    // When one deletes it and the other writes in it, and they meet.
    ana.dispatch(Command::Delete {
        ids: vec![id.clone()],
    })
    .unwrap();
    ben.dispatch(Command::ReplaceText {
        id: id.clone(),
        text: "note, still needed".to_owned(),
    })
    .unwrap();
    assert_eq!(news_of_ana.take_contested(&ana, None), None);
    let (from_ana, from_ben) = (
        ana.with_document(ProductDocument::snapshot).unwrap(),
        ben.with_document(ProductDocument::snapshot).unwrap(),
    );
    ana.apply(|document| document.apply_chunk(&from_ben).unwrap());
    ben.apply(|document| document.apply_chunk(&from_ana).unwrap());

    // Then both hear of it, but for whoever has it open.
    let told = Message::plain("toast.deleted_and_edited")
        .with("text", "note, still needed")
        .counted(1);
    assert_eq!(news_of_ana.take_contested(&ana, None), Some(told));
    assert_eq!(news_of_ana.take_contested(&ana, None), None);
    assert_eq!(news_of_ben.take_contested(&ben, Some(&id)), None);
}
