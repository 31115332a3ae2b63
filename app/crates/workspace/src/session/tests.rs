//! Drafts and who keeps them.

use std::cell::RefCell;
use std::rc::Rc;

use domain::{CanvasId, Graph, SlotId};
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::Set;

use crate::{Environment, Session, SyncStatus, Workspace};

fn session() -> (Session, CanvasId, SlotId) {
    let environment = Environment {
        now: Rc::new(|| 0),
        random: Rc::new(|| 7),
    };
    let (canvas, slot) = (CanvasId::from("canvas"), SlotId::from("slot"));
    let session = Session::new(
        Workspace::painted(&Graph::default(), environment),
        canvas.clone(),
        ArcRwSignal::new(SyncStatus::Saving),
    );
    (session, canvas, slot)
}

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
