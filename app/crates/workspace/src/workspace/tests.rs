//! Loading, waiting commands, listeners.

use std::collections::BTreeMap;

use document::{Anchor, Position, SessionIdentity};
use domain::{CanvasId, Entity, EntityId, KindId, PersonId, SlotId};

use super::*;
use crate::announce::News;

fn environment() -> Environment {
    Environment {
        now: Rc::new(|| 1),
        random: Rc::new(|| 9),
    }
}

fn document(actor: u8) -> ProductDocument {
    ProductDocument::create(SessionIdentity {
        person: PersonId::from("ana"),
        actor: [actor; 16],
        seed: 1,
    })
}

fn add(id: &str) -> Command {
    Command::AddNote {
        id: EntityId::from(id),
        kind: KindId::from("problem"),
        text: id.to_owned(),
        fields: BTreeMap::new(),
        place: Position {
            canvas: CanvasId::from("lean-canvas"),
            slot: SlotId::from("problem"),
            anchor: Anchor::Last,
        },
    }
}

fn texts(workspace: &Workspace) -> Vec<String> {
    let slot = workspace
        .projection()
        .slot(&CanvasId::from("lean-canvas"), &SlotId::from("problem"))
        .get_untracked();
    slot.iter().map(ToString::to_string).collect()
}

/// P3
#[test]
fn commands_wait_for_the_document() {
    let workspace = Workspace::painted(&Graph::default(), environment());
    workspace.dispatch(add("early")).unwrap();
    assert!(texts(&workspace).is_empty());
    workspace.attach(document(1));
    assert_eq!(texts(&workspace), ["early"]);
}

/// P3
#[test]
fn a_document_that_awaits_its_content_keeps_commands_waiting() {
    let workspace = Workspace::painted(&Graph::default(), environment());
    workspace.dispatch(add("early")).unwrap();
    let identity = SessionIdentity {
        person: PersonId::from("ana"),
        actor: [1; 16],
        seed: 1,
    };
    workspace.attach(ProductDocument::awaiting(identity));
    assert!(!workspace.is_editable());
    let snapshot = document(2).snapshot();
    workspace.apply(|document| document.apply_chunk(&snapshot).unwrap());
    assert!(workspace.is_editable());
    assert_eq!(texts(&workspace), ["early"]);
}

/// P3
#[test]
fn the_loaded_document_corrects_a_stale_view() {
    let mut view = Graph::default();
    view.entities.insert(
        EntityId::from("ghost"),
        Entity::new(KindId::from("problem"), "ghost"),
    );
    let workspace = Workspace::painted(&view, environment());
    assert!(
        workspace
            .projection()
            .note(&EntityId::from("ghost"))
            .is_some()
    );
    workspace.attach(document(1));
    assert!(
        workspace
            .projection()
            .note(&EntityId::from("ghost"))
            .is_none()
    );
}

/// P4
#[test]
fn listeners_hear_where_a_change_came_from_and_may_dispatch() {
    let workspace = Workspace::painted(&Graph::default(), environment());
    let heard = Rc::new(RefCell::new(Vec::new()));
    let (origins, again) = (heard.clone(), workspace.clone());
    let _listening = workspace.on_change(move |change| {
        origins.borrow_mut().push(change.origin);
        if change.origin == Origin::Remote {
            again.dispatch(add("answer")).unwrap();
        }
    });
    workspace.attach(document(1));
    let mut colleague = document(2);
    colleague
        .execute(&add("theirs"), Context { at: 1, gesture: 1 })
        .unwrap();
    let chunk = colleague.snapshot();
    workspace.apply(|document| document.apply_chunk(&chunk).unwrap());
    assert_eq!(
        *heard.borrow(),
        [Origin::Load, Origin::Remote, Origin::Local]
    );
    assert_eq!(texts(&workspace).len(), 2);
}

#[test]
fn nothing_that_listens_outlives_its_subscription_nor_keeps_a_workspace() {
    let workspace = Workspace::painted(&Graph::default(), environment());
    let kept = Arc::downgrade(&workspace.0);
    let heard = Rc::new(Cell::new(0));
    let (count, own) = (heard.clone(), workspace.clone());
    let listening = workspace.on_change(move |_| {
        count.set(count.get() + 1);
        drop(own.clone());
    });
    let (news, figures) = (News::listen(&workspace), workspace.figures(Date::default()));
    workspace.attach(document(1));
    drop(listening);
    workspace.dispatch(add("one")).unwrap();
    assert_eq!(heard.get(), 1);
    drop((news, figures, workspace));
    assert!(kept.upgrade().is_none());
}

#[test]
fn undo_and_redo_are_labelled() {
    let workspace = Workspace::painted(&Graph::default(), environment());
    workspace.attach(document(1));
    workspace.dispatch(add("one")).unwrap();
    assert!(workspace.can_undo().get_untracked().is_some());
    assert_eq!(workspace.undo().unwrap().unwrap().skipped, 0);
    assert!(texts(&workspace).is_empty());
    assert_eq!(workspace.can_undo().get_untracked(), None);
    assert!(workspace.can_redo().get_untracked().is_some());
    workspace.redo().unwrap();
    assert_eq!(texts(&workspace), ["one"]);
    assert!(workspace.redo().unwrap().is_none());
}
