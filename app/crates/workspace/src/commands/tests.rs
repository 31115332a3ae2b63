//! The table is complete and unambiguous; commands do what their names say, natively.

use std::collections::BTreeSet;
use std::rc::Rc;

use document::{Command, ProductDocument, SessionIdentity};
use domain::{CanvasId, EntityId, Graph, PersonId, SlotId};
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::{GetUntracked, Set};

use super::*;
use crate::{Access, Dialog, Environment, Message, Role, SyncStatus, Workspace};

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

/// P7
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

/// What screen readers were told last.
fn said(session: &Session) -> Vec<Message> {
    session.announcement().get_untracked().1
}

fn argument<'a>(message: &'a Message, name: &str) -> &'a str {
    let found = message.arguments.iter().find(|(known, _)| *known == name);
    found.map_or("", |(_, value)| value.as_str())
}

#[test]
fn two_deletions_in_a_row_are_one_message_that_brings_back_both() {
    let (session, one, two) = with_two_problems();
    assert!(run(&session, "note.delete") && run(&session, "note.delete"));

    let toasts = session.toasts().get_untracked();
    assert_eq!(toasts.len(), 1);
    assert_eq!((toasts[0].message.count, toasts[0].times), (Some(2), 2));
    for _ in 0..toasts[0].times {
        assert!(run(&session, "edit.undo"));
    }
    assert_eq!(notes(&session, "problem"), vec![one, two]);
}

#[test]
fn a_deletion_after_something_else_is_told_by_itself() {
    let (session, _, two) = with_two_problems();
    assert!(run(&session, "note.delete"));
    session.focused().set(Some(two));
    assert!(run(&session, "note.duplicate") && run(&session, "note.delete"));
    let toasts = session.toasts().get_untracked();
    let last = toasts.last().unwrap();
    assert_eq!((last.message.key, last.times), ("toast.note_deleted", 1));
}

#[test]
fn what_a_message_offers_to_undo_is_undone_or_no_longer_offered() {
    let (session, one, two) = with_two_problems();
    let offered = |session: &Session| {
        let toasts = session.toasts().get_untracked();
        let undo = |toast: &&crate::Toast| toast.action == Some("edit.undo");
        toasts.iter().find(undo).map(|toast| toast.id)
    };
    let deleted = |session: &Session, id: &EntityId| {
        session.focused().set(Some(id.clone()));
        assert!(run(session, "note.delete"));
        offered(session).unwrap()
    };
    // Undone by other means, by something else that was done since, and by its button.
    deleted(&session, &one);
    assert!(run(&session, "edit.undo"));
    assert_eq!(offered(&session), None);
    assert_eq!(notes(&session, "problem"), [one.clone(), two.clone()]);

    deleted(&session, &one);
    session.focused().set(Some(two.clone()));
    assert!(run(&session, "note.duplicate"));
    assert_eq!(offered(&session), None);
    assert!(run(&session, "edit.undo") && run(&session, "edit.undo"));

    let message = deleted(&session, &one);
    let rename = Command::RenameWorkspace {
        name: "Typed".to_owned(),
    };
    session.workspace().dispatch(rename).unwrap();
    session.answer(message);
    assert_eq!(notes(&session, "problem"), std::slice::from_ref(&two));
    assert!(run(&session, "edit.undo") && run(&session, "edit.undo"));

    let message = deleted(&session, &one);
    session.answer(message);
    assert_eq!(notes(&session, "problem"), [one, two]);
}

#[test]
fn undo_says_what_it_undid_and_that_nothing_is_left() {
    let (session, ..) = with_two_problems();
    assert!(run(&session, "note.move_down") && run(&session, "edit.undo"));
    let message = said(&session).pop().unwrap();
    assert_eq!(message.key, "announce.undone_of");
    assert_eq!(argument(&message, "gesture"), "move");
    assert_eq!(argument(&message, "text"), "one");

    for _ in 0..3 {
        assert!(run(&session, "edit.undo"));
    }
    assert_eq!(said(&session)[0].key, "announce.nothing_to_undo");
}

#[test]
fn what_is_undone_out_of_sight_is_told_on_the_screen() {
    let (session, ..) = with_two_problems();
    assert!(run(&session, "note.move_down"));
    session
        .canvas()
        .set(CanvasId::from("business-model-canvas"));
    assert!(run(&session, "edit.undo"));
    let toasts = session.toasts().get_untracked();
    assert_eq!(toasts[0].message.key, "announce.undone_of");
}

#[test]
fn the_edge_of_a_canvas_and_a_colour_are_told() {
    let (session, ..) = with_two_problems();
    assert!(run(&session, "note.move_up"));
    assert_eq!(said(&session)[0].key, "announce.edge");
    assert!(run(&session, "note.colour.red"));
    assert_eq!(argument(&said(&session)[0], "colour"), "red");
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

/// P7
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

/// D42: whoever deletes a part of a locked plan, or edits the text of one, is asked before.
#[test]
fn a_part_of_a_locked_plan_is_not_changed_unasked() {
    let session = session();
    let file = r#"{"format": "groundwork", "entities": [
        {"id": "h", "kind": "hypothesis", "text": "They pay", "places": {"lean-canvas": "problem"}},
        {"id": "x", "kind": "experiment", "text": "Pay now",
            "fields": {"lock": "2026-10-05", "criterion": "share >= 40 %"}}
    ], "links": [{"kind": "tested-by", "from": "h", "to": "x"}]}"#;
    let graph = domain::interchange::import("a.json", file.as_bytes())
        .unwrap()
        .graph;
    session.dispatch(Command::Import { graph }).unwrap();
    let claim = notes(&session, "problem").pop().unwrap();
    session.focused().set(Some(claim.clone()));
    assert!(run(&session, "note.edit"));
    assert_eq!(session.editing().get_untracked(), None);
    let details = Dialog::Details(claim.clone());
    assert_eq!(session.dialog().get_untracked(), Some(details));

    assert!(run(&session, "note.delete") && notes(&session, "problem").contains(&claim));
    let question = session.toasts().get_untracked().pop().unwrap();
    assert_eq!(question.action, Some("edit.break_lock"));
    assert!(run(&session, "edit.break_lock") && !notes(&session, "problem").contains(&claim));
    assert!(!run(&session, "edit.break_lock"), "it is asked once");
}

/// P10
#[test]
fn what_is_said_to_change_nothing_leaves_the_document_as_it_is() {
    for command in commands().iter().filter(|command| !command.changes) {
        let (session, ..) = with_two_problems();
        let heads = || session.workspace().with_document(ProductDocument::heads);
        let before = heads();
        command.try_run(&session);
        assert_eq!(heads(), before, "{}", command.id);
    }
}
