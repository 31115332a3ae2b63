//! Drafts and who keeps them.

use std::cell::RefCell;
use std::rc::Rc;

use domain::{CanvasId, Graph, SlotId};
use reactive_graph::signal::ArcRwSignal;

use crate::{Environment, Session, SyncStatus, Workspace};

#[test]
fn a_draft_and_its_end_are_told_to_its_keeper() {
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
