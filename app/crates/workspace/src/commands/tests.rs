//! The table is complete and unambiguous; commands do what their names say, natively.

use std::collections::BTreeSet;
use std::rc::Rc;

use document::{ProductDocument, SessionIdentity};
use domain::{CanvasId, EntityId, Graph, PersonId, SlotId};
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::{GetUntracked, Set};

use super::*;
use crate::{Access, Dialog, Environment, Role, SyncStatus, Workspace};

fn session() -> Session {
    let numbers = std::cell::Cell::new(0u64);
    let environment = Environment {
        now: Rc::new(|| 7),
        random: Rc::new(move || {
            numbers.set(numbers.get() + 1);
            numbers.get()
        }),
    };
    let workspace = Workspace::painted(&Graph::default(), environment);
    workspace.attach(ProductDocument::create(SessionIdentity {
        person: PersonId::from("ana"),
        actor: [1; 16],
        seed: 1,
    }));
    let status = ArcRwSignal::new(SyncStatus::Synced { seen: false });
    Session::new(workspace, CanvasId::from("lean-canvas"), status)
}

fn run(session: &Session, id: &str) -> bool {
    command(id).is_some_and(|command| command.try_run(session))
}

fn notes(session: &Session, slot: &str) -> Vec<EntityId> {
    let slot = SlotId::from(slot);
    session
        .workspace()
        .projection()
        .slot(&session.canvas_now(), &slot)
        .get_untracked()
}

fn with_two_problems() -> (Session, EntityId, EntityId) {
    let session = session();
    let problem = SlotId::from("problem");
    let one = note::add_to(&session, &problem, "one").unwrap();
    let two = note::add_to(&session, &problem, "two").unwrap();
    session.focused().set(Some(one.clone()));
    (session, one, two)
}

#[test]
fn ids_differ_and_no_two_commands_share_a_chord() {
    let ids: BTreeSet<&str> = commands().iter().map(|command| command.id).collect();
    assert_eq!(ids.len(), commands().len());
    let mut chords = Vec::new();
    for keys in commands().iter().flat_map(|command| command.keys) {
        let chord = Chord::parse(keys);
        assert!(!chords.contains(&chord), "{keys} is given twice");
        chords.push(chord);
    }
}

#[test]
fn note_commands_need_a_note() {
    let session = session();
    assert!(!run(&session, "note.delete"));
    assert!(!run(&session, "edit.undo"));
    assert!(run(&session, "workspace.share"));
    assert_eq!(session.dialog().get_untracked(), Some(Dialog::Share));
}

#[test]
fn deleting_moves_the_focus_on_and_offers_undo() {
    let (session, one, two) = with_two_problems();
    assert!(run(&session, "note.delete"));
    assert_eq!(notes(&session, "problem"), vec![two.clone()]);
    assert_eq!(session.focused().get_untracked(), Some(two.clone()));
    assert_eq!(
        session.toasts().get_untracked()[0].action,
        Some("edit.undo")
    );
    assert!(run(&session, "edit.undo"));
    assert_eq!(notes(&session, "problem"), vec![one, two]);
}

#[test]
fn undo_and_redo_take_the_focus_to_what_they_changed() {
    let (session, one, two) = with_two_problems();
    let focused = || session.focused().get_untracked();
    assert!(run(&session, "note.delete"));

    assert!(run(&session, "edit.undo"));
    assert_eq!(focused(), Some(one.clone()));
    assert!(run(&session, "edit.redo"));
    assert_eq!(focused(), Some(two.clone()));

    // The undo of an addition leaves nothing to focus but the neighbour.
    assert!(run(&session, "edit.undo"));
    assert!(run(&session, "edit.undo"));
    assert_eq!(notes(&session, "problem"), vec![one.clone()]);
    assert_eq!(focused(), Some(one));
}

#[test]
fn a_note_moves_by_keyboard_within_and_between_slots() {
    let (session, one, two) = with_two_problems();
    assert!(run(&session, "note.move_down"));
    assert_eq!(notes(&session, "problem"), vec![two.clone(), one.clone()]);
    assert!(run(&session, "note.move_right"));
    assert_eq!(notes(&session, "problem"), vec![two]);
    assert_eq!(notes(&session, "solution"), vec![one]);
}

#[test]
fn arrows_move_the_focus_over_empty_slots() {
    let (session, one, two) = with_two_problems();
    let channel = note::add_to(&session, &SlotId::from("channels"), "shop").unwrap();
    let cost = note::add_to(&session, &SlotId::from("cost-structure"), "rent").unwrap();
    run(&session, "focus.down");
    assert_eq!(session.focused().get_untracked(), Some(two));
    run(&session, "focus.down");
    assert_eq!(session.focused().get_untracked(), Some(cost));
    session.focused().set(Some(channel));
    run(&session, "focus.up");
    assert_ne!(session.focused().get_untracked(), Some(one));
}

#[test]
fn cut_and_paste_is_the_drag_without_dragging() {
    let (session, one, two) = with_two_problems();
    let channel = note::add_to(&session, &SlotId::from("channels"), "shop").unwrap();
    assert!(run(&session, "note.cut"));
    session.focused().set(Some(channel.clone()));
    assert!(run(&session, "note.paste"));
    assert_eq!(notes(&session, "channels"), vec![channel, one]);
    assert_eq!(notes(&session, "problem"), vec![two]);
}

#[test]
fn duplicating_puts_the_copy_after_the_original() {
    let (session, one, two) = with_two_problems();
    assert!(run(&session, "note.duplicate"));
    let order = notes(&session, "problem");
    assert_eq!((order.len(), &order[0], &order[2]), (3, &one, &two));
    assert_eq!(session.focused().get_untracked().as_ref(), order.get(1));
}

#[test]
fn the_page_of_commands_names_every_command() {
    let page = as_markdown(str::to_owned);
    for command in commands() {
        assert!(
            page.contains(&format!("`{}`", command.id)),
            "{}",
            command.id
        );
    }
}

/// P10
#[test]
fn a_viewer_runs_what_only_looks_and_is_told_why_nothing_else() {
    let (session, one, _) = with_two_problems();
    session.workspace().access().set(Access::By(Role::View));
    for id in [
        "note.edit",
        "note.delete",
        "note.move_down",
        "edit.undo",
        "note.add",
    ] {
        assert!(!run(&session, id), "{id}");
    }
    assert_eq!(notes(&session, "problem").len(), 2);
    let said = session.toasts().get_untracked();
    assert!(
        said.iter()
            .all(|toast| toast.message.key == "toast.view_only")
            && said.len() == 1
    );
    assert!(run(&session, "note.details"));
    assert_eq!(
        session.dialog().get_untracked(),
        Some(Dialog::Details(one.clone()))
    );

    session.workspace().access().set(Access::By(Role::Edit));
    assert!(run(&session, "note.delete"));
    assert_eq!(notes(&session, "problem").len(), 1);
}

/// P10
#[test]
fn what_a_role_may_not_do_is_not_offered() {
    let (session, ..) = with_two_problems();
    let offered = |access| {
        session.workspace().access().set(access);
        let all = commands().iter();
        let offered = all.filter(|command| command.is_offered(&session));
        offered.map(|command| command.id).collect::<Vec<_>>()
    };
    let all = offered(Access::By(Role::Edit));
    assert_eq!(all.len(), commands().len());
    for access in [
        Access::By(Role::View),
        Access::By(Role::Comment),
        Access::Ended(crate::Ending::Revoked),
    ] {
        let some = offered(access);
        for id in [
            "workspace.import",
            "canvas.add",
            "note.add",
            "note.move_to",
            "edit.undo",
        ] {
            assert!(!some.contains(&id), "{id} for {access:?}");
        }
        for id in ["workspace.export", "workspace.share", "note.details"] {
            assert!(some.contains(&id), "{id} for {access:?}");
        }
    }
}

/// A canvas of one's own is saved as it was written, and removed with a way back.
#[test]
fn a_canvas_of_ones_own_is_saved_and_removed() {
    let session = session();
    let asked = Rc::new(std::cell::RefCell::new(Vec::new()));
    let asks = asked.clone();
    session.on_request(move |request| asks.borrow_mut().push(request));
    let lean = domain::canvas(&CanvasId::from("lean-canvas")).unwrap();
    let definition = domain::catalogue::copy_of(lean, |_| false);
    let add = document::Command::AddCanvas {
        id: EntityId::from("c"),
        definition: definition.clone(),
    };
    session.dispatch(add).unwrap();
    assert!(
        !run(&session, "canvas.edit"),
        "the catalogue's cannot be edited"
    );

    session.canvas().set(CanvasId::from("lean-canvas-2"));

    assert!(run(&session, "canvas.edit"));
    let holder = EntityId::from("c");
    assert_eq!(
        session.dialog().get_untracked(),
        Some(Dialog::EditCanvas(holder))
    );
    assert!(run(&session, "canvas.save"));
    assert!(run(&session, "canvas.remove"));
    let saved = crate::Request::SaveFile {
        name: "lean-canvas-2.json".to_owned(),
        content: definition,
    };
    let shown = crate::Request::OpenCanvas(CanvasId::from("lean-canvas"));
    assert_eq!(*asked.borrow(), [saved, shown]);
    assert!(!run(&session, "canvas.remove"), "it is gone");
    assert!(run(&session, "edit.undo"));
    assert!(run(&session, "canvas.save"), "it is back");
}
