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

/// Ana and Ben, who have the same note.
fn two_with_a_note() -> [Workspace; 2] {
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
    [ana, ben]
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
    let [ana, ben] = two_with_a_note();
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

/// D58
#[test]
fn who_was_outmoved_is_told_once_on_the_canvas_and_the_other_is_not() {
    let canvas = CanvasId::from("lean-canvas");
    let place = |slot: &str| Command::Place {
        id: EntityId::from("note"),
        place: Position {
            canvas: canvas.clone(),
            slot: SlotId::from(slot),
            anchor: Anchor::Last,
        },
        kind: None,
        fields: Map::new(),
    };
    let [ana, ben] = two_with_a_note();
    let both = [(&ana, News::listen(&ana)), (&ben, News::listen(&ben))];

    ana.dispatch(place("solution")).unwrap();
    ben.dispatch(place("channels")).unwrap();
    let chunks = both
        .each_ref()
        .map(|(one, _)| one.with_document(ProductDocument::snapshot).unwrap());
    ana.apply(|document| document.apply_chunk(&chunks[1]).unwrap());
    ben.apply(|document| document.apply_chunk(&chunks[0]).unwrap());

    let other = CanvasId::from("swot");
    let told = both.each_ref().map(|(one, news)| {
        assert_eq!(news.take_outmoved(one, &other), None);
        news.take_outmoved(one, &canvas)
    });
    let slot = ana
        .projection()
        .slot_of(&canvas, &EntityId::from("note"))
        .unwrap();
    let expected = Message::plain("toast.outmoved")
        .with("text", "note")
        .with("slot", slot.as_str())
        .counted(1);
    let outmoved = usize::from(slot.as_str() == "solution");
    assert_eq!(told[outmoved], Some(expected));
    assert_eq!(told[1 - outmoved], None);
    for (one, news) in &both {
        assert_eq!(news.take_outmoved(one, &canvas), None);
    }
}
