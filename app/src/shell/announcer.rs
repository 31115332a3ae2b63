//! What screen readers are told: one's own moves at once, colleagues' in polite batches.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use workspace::announce::News;
use workspace::{Origin, Session, Tone};

use super::words::words;
use crate::ui::LiveRegion;

/// How long colleagues' changes are gathered before they are told.
const BATCH: Duration = Duration::from_secs(3);

/// The live region of a session.
#[component]
pub(super) fn Announcer(
    /// The session.
    session: Session,
) -> impl IntoView {
    tell_news(&session);
    let (announcement, canvas) = (session.announcement(), session.canvas());
    let naming = session.clone();
    let message = Signal::derive(move || {
        let canvas = canvas.get();
        announcement.with(|(number, messages)| {
            let words: Vec<String> = messages
                .iter()
                .map(|message| words(&naming, message, &canvas))
                .collect();
            (*number, words.join(". "))
        })
    });
    view! { <LiveRegion message=message/> }
}

fn tell_news(session: &Session) {
    let news = News::listen(session.workspace());
    let waiting = Rc::new(Cell::new(false));
    let teller = session.clone();
    let listening = session.workspace().on_change(move |change| {
        if change.origin != Origin::Remote {
            return;
        }
        // At once: nobody looks for what is gone. Whoever writes in it is told by the canvas.
        let editing = teller.editing().get_untracked();
        if let Some(message) = news.take_contested(teller.workspace(), editing.as_ref()) {
            teller.toast(message, Tone::Problem, Some("workspace.trash"));
        }
        if waiting.replace(true) {
            return;
        }
        let (news, waiting, teller) = (news.clone(), waiting.clone(), teller.clone());
        set_timeout(
            move || {
                waiting.set(false);
                let canvas = teller.canvas_now();
                if let Some(message) = news.take_outmoved(teller.workspace(), &canvas) {
                    teller.toast(message, Tone::Problem, None);
                }
                teller.announce(news.take(teller.workspace(), &canvas));
            },
            BATCH,
        );
    });
    // Until the page of this workspace is left.
    StoredValue::new_local(listening);
}
