//! Drafts and who keeps them; what a changed role closes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use document::{Command, CommandError, Context, NewLink, ProductDocument, SessionIdentity};
use domain::experiment::{EXPERIMENT, TESTED_BY};
use domain::{CanvasId, EntityId, FieldValue, Graph, PersonId, SlotId};
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::{GetUntracked, Set};

use crate::{Access, Dialog, Ending, Environment, Message, Role, Session, SyncStatus, Workspace};

fn session() -> (Session, CanvasId, SlotId) {
    session_on(&Graph::default())
}

fn session_on(view: &Graph) -> (Session, CanvasId, SlotId) {
    let environment = Environment {
        now: Rc::new(|| 0),
        random: Rc::new(|| 7),
    };
    let (canvas, slot) = (CanvasId::from("canvas"), SlotId::from("slot"));
    let session = Session::new(
        Workspace::painted(view, environment),
        canvas.clone(),
        ArcRwSignal::new(SyncStatus::Saving),
    );
    (session, canvas, slot)
}

/// L4
#[test]
fn a_draft_and_its_end_are_told_to_its_keeper() {
    let (session, canvas, slot) = session();
    session.keep_draft(&canvas, &slot, "from an earlier page");
    let told = Rc::new(RefCell::new(Vec::new()));
    let heard = told.clone();
    session.on_draft(move |canvas, slot, text| {
        heard.borrow_mut().push(format!("{canvas}/{slot}: {text}"));
    });

    session.keep_draft(&canvas, &slot, "half a th");
    let while_typing = session.draft(&canvas, &slot);
    session.keep_draft(&canvas, &slot, "");

    assert_eq!(while_typing, "half a th");
    assert_eq!(session.draft(&canvas, &slot), "");
    assert_eq!(*told.borrow(), ["canvas/slot: half a th", "canvas/slot: "]);
}

#[test]
fn a_draft_of_an_earlier_page_gives_way_to_what_is_typed_now() {
    let (session, canvas, slot) = session();
    session.restore_draft(&canvas, &slot, "from an earlier page");
    assert_eq!(session.draft(&canvas, &slot), "from an earlier page");

    session.keep_draft(&canvas, &slot, "typed now");
    session.restore_draft(&canvas, &slot, "from an earlier page");

    assert_eq!(session.draft(&canvas, &slot), "typed now");
}

/// L4
#[test]
fn the_status_waits_for_every_box() {
    let (session, ..) = session();
    session.status().set(SyncStatus::Synced { seen: false });
    session.typing_began();
    session.typing_began();
    session.typing_ended();
    assert_eq!(session.status_while_typing(), SyncStatus::Saving);

    session.typing_ended();
    let synced = SyncStatus::Synced { seen: false };
    assert_eq!(session.status_while_typing(), synced);
}

/// P10: a draft is nobody else's.
#[test]
fn who_may_only_look_brings_a_draft_back_that_they_have_thrown_away() {
    let (session, canvas, slot) = session();
    session.canvas().set(canvas.clone());
    let access = session.workspace().access();
    access.set(Access::By(Role::View));
    session.discard_draft(&canvas, &slot, "half a thought");
    assert_eq!(session.draft(&canvas, &slot), "");

    let toast = session.toasts().get_untracked()[0].id;
    session.answer(toast);

    assert_eq!(session.draft(&canvas, &slot), "half a thought");
    assert_eq!(session.adding().get_untracked(), None);
}

/// L4: the words of a new note are on this device alone until it is one.
#[test]
fn no_server_has_confirmed_what_is_no_note_yet() {
    let (session, canvas, slot) = session();
    session.canvas().set(canvas.clone());
    let synced = SyncStatus::Synced { seen: true };
    session.status().set(synced);
    session.keep_draft(&canvas, &slot, "half a th");
    assert_eq!(session.status_while_typing(), synced, "no box is open");

    session.adding().set(Some(slot.clone()));
    let on_device = SyncStatus::SavedOnDevice {
        server_failing: false,
    };
    assert_eq!(session.status_while_typing(), on_device);
    session.status().set(SyncStatus::Offline { waiting: 1 });
    let offline = SyncStatus::Offline { waiting: 1 };
    assert_eq!(session.status_while_typing(), offline);

    session.status().set(synced);
    session.keep_draft(&canvas, &slot, "");
    assert_eq!(session.status_while_typing(), synced);
}

/// P10
#[test]
fn a_role_that_is_taken_closes_what_only_changes_and_says_so() {
    let (session, _, slot) = session();
    let said = || {
        session
            .toasts()
            .get_untracked()
            .pop()
            .map(|it| it.message.key)
    };
    let becomes = |access| {
        let before = session.workspace().access().get_untracked();
        session.workspace().access().set(access);
        session.rights_changed(before);
    };
    becomes(Access::By(Role::View));
    assert_eq!(
        said(),
        None,
        "the server has only now said what the link opens"
    );
    becomes(Access::By(Role::Edit));
    assert_eq!(said(), Some("toast.may_edit"));

    assert_eq!(session.toasts().get_untracked().len(), 1);
    session.open(Dialog::Import);
    session.adding().set(Some(slot));
    becomes(Access::By(Role::Comment));
    assert_eq!(session.dialog().get_untracked(), None);
    assert_eq!(session.adding().get_untracked(), None);
    assert_eq!(said(), Some("toast.view_only"));
    assert_eq!(
        session.toasts().get_untracked().len(),
        1,
        "the other is so no more"
    );

    session.open(Dialog::Export);
    becomes(Access::Ended(Ending::Revoked));
    assert_eq!(session.dialog().get_untracked(), Some(Dialog::Export));
    assert_eq!(
        said(),
        None,
        "a banner tells what has ended, and the link that let one look is gone"
    );
}

#[test]
fn what_was_discarded_is_offered_back_once() {
    let (session, canvas, slot) = session();
    session.keep_draft(&canvas, &slot, "half a th");
    session.discard_draft(&canvas, &slot, "half a thought");
    assert_eq!(session.draft(&canvas, &slot), "", "the next box is empty");
    let offered = session.toasts().get_untracked().pop();
    assert_eq!(offered.and_then(|toast| toast.action), Some("note.recover"));

    session.keep_draft(&canvas, &slot, "another");
    session.recover_draft();
    assert_eq!(session.draft(&canvas, &slot), "another\nhalf a thought");
    assert_eq!(session.adding().get_untracked(), Some(slot.clone()));
    assert!(!session.has_discarded());

    session.discard_draft(&canvas, &slot, " \n");
    assert!(!session.has_discarded(), "nothing was there");
}

#[test]
fn a_refusal_is_told_in_words_and_a_fault_of_the_app_with_its_reason_apart() {
    let (session, canvas, _) = session();
    let id = EntityId::from("gone");
    for error in [
        CommandError::UnknownEntity(id.clone()),
        CommandError::NotPlaced {
            id: id.clone(),
            canvas,
        },
        CommandError::NotAnExperiment(id.clone()),
        CommandError::NotADecision(id),
    ] {
        session.refuse(&error);
        let told = session.toasts().get_untracked();
        assert_eq!(told.last().unwrap().message, Message::plain("toast.gone"));
    }
    session.refuse(&CommandError::AlreadyExists("n".to_owned()));
    let told = session.toasts().get_untracked();
    let expected = Message::plain("toast.refused").with("reason", "the id \"n\" is already taken");
    assert_eq!(told.last().unwrap().message, expected);
}

/// A document with a claim and the experiment that tests it, by a plan that may be locked.
fn with_experiment(is_locked: bool) -> ProductDocument {
    let mut document = ProductDocument::create(SessionIdentity {
        person: PersonId::from("ana"),
        actor: [1; 16],
        seed: 1,
    });
    let add = |id: &str, kind: &str, fields: &[(&str, &str)]| Command::AddEntity {
        id: id.into(),
        kind: kind.into(),
        text: id.to_owned(),
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), FieldValue::Text((*value).to_owned())))
            .collect(),
        links: Vec::new(),
    };
    let plan = [
        ("primary-metric", "answers"),
        ("criterion", "share >= 40 %"),
        ("planned-n", "40"),
    ];
    let hypothesis = Command::AddEntity {
        id: "claim".into(),
        kind: "hypothesis".into(),
        text: "They answer at once".to_owned(),
        fields: BTreeMap::new(),
        links: vec![NewLink {
            id: "tested".into(),
            kind: TESTED_BY.into(),
            from: "claim".into(),
            to: "test".into(),
        }],
    };
    let mut commands = vec![
        add("answers", "metric", &[]),
        add("test", EXPERIMENT, &plan),
        hypothesis,
    ];
    if is_locked {
        commands.push(Command::LockExperiment { id: "test".into() });
    }
    for (gesture, command) in (1..).zip(commands) {
        let context = Context { at: 1, gesture };
        document.execute(&command, context).unwrap();
    }
    document
}

fn is_deleted(session: &Session) -> bool {
    let note = session
        .workspace()
        .projection()
        .note(&EntityId::from("claim"));
    note.is_none_or(|note| note.body.get_untracked().deleted.is_some())
}

/// Asks to delete the claim; gives how often that was done.
fn ask_to_delete(session: &Session) -> Rc<RefCell<usize>> {
    let times = Rc::new(RefCell::new(0));
    let ran = times.clone();
    let delete = Command::Delete {
        ids: vec![EntityId::from("claim")],
    };
    session.dispatch_asking(delete, move |_| *ran.borrow_mut() += 1);
    times
}

/// D42, P3: just after a reload the page shows the plan before anything can tell what would break it.
#[test]
fn a_locked_plan_is_asked_about_although_its_document_is_still_on_its_way() {
    let document = with_experiment(true);
    let (session, ..) = session_on(&document.graph());
    let times = ask_to_delete(&session);
    assert!(
        session.toasts().get_untracked().is_empty(),
        "nothing is known yet"
    );

    session.workspace().attach(document);

    assert!(!is_deleted(&session));
    let asked = session.toasts().get_untracked()[0].message.key;
    assert_eq!(asked, "toast.lock.asks");
    assert_eq!(*times.borrow(), 0);
    session.break_lock();
    assert!(is_deleted(&session));
}

/// P3
#[test]
fn what_breaks_no_lock_is_done_when_its_document_has_come() {
    let document = with_experiment(false);
    let (session, ..) = session_on(&document.graph());
    let times = ask_to_delete(&session);
    assert_eq!(*times.borrow(), 0, "it has not happened yet");

    session.workspace().attach(document);

    assert!(is_deleted(&session));
    assert_eq!(*times.borrow(), 1);
}

/// D42
#[test]
fn a_note_opens_for_editing_at_once_unless_something_is_locked() {
    let id = EntityId::from("claim");
    let free = with_experiment(false);
    let (session, ..) = session_on(&free.graph());
    session.focused().set(Some(id.clone()));
    session.edit(&id);
    assert_eq!(session.editing().get_untracked(), Some(id.clone()));

    let locked = with_experiment(true);
    let (session, ..) = session_on(&locked.graph());
    session.focused().set(Some(id.clone()));
    session.edit(&id);
    assert_eq!(session.dialog().get_untracked(), None);
    session.workspace().attach(locked);
    assert_eq!(session.editing().get_untracked(), None);
    let details = Some(Dialog::Details(id.clone()));
    assert_eq!(session.dialog().get_untracked(), details);
}

/// Who has gone on to another note meanwhile keeps their place.
#[test]
fn a_note_that_was_left_does_not_open_late() {
    let document = with_experiment(true);
    let (session, ..) = session_on(&document.graph());
    let id = EntityId::from("claim");
    session.focused().set(Some(id.clone()));
    session.edit(&id);
    session.focused().set(None);

    session.workspace().attach(document);

    assert_eq!(session.dialog().get_untracked(), None);
    assert_eq!(session.editing().get_untracked(), None);
}
