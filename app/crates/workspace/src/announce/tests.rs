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
