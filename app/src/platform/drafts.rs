//! Drafts: what was typed for new notes and not kept yet, stored with every keystroke, so that a
//! reload, a closed tab, a dead one or a way back finds it in its slot again.
//!
//! Invariants: a tab writes only what was typed in it; what another tab typed for the same slot is
//! replaced by a later draft or by a kept note, never by a tab that only had it in sight. What the
//! database has not confirmed is copied to `localStorage` when the page is left, and counts before
//! what the database has.

mod store;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use domain::{CanvasId, SlotId};
use futures_util::future::{Either, select};
use sync::DocumentId;
use wasm_bindgen_futures::spawn_local;
use workspace::Session;

use super::{Device, clock, page, storage};
pub(crate) use store::DraftStore;

const PREFIX: &str = "groundwork.draft/";
/// How long the database may take to confirm before the text is copied to `localStorage` instead.
const PATIENCE_MS: u32 = 5_000;

/// What has been typed in this tab and is not confirmed yet.
struct Unwritten {
    document: DocumentId,
    store: DraftStore,
    session: Session,
    /// The texts by canvas and slot; an empty one is to be forgotten.
    texts: RefCell<BTreeMap<String, String>>,
    writing: Cell<bool>,
}

impl Unwritten {
    fn note(self: &Rc<Self>, name: String, text: &str) {
        self.texts.borrow_mut().insert(name, text.to_owned());
        if !self.writing.replace(true) {
            self.session.typing_began();
            let unwritten = self.clone();
            spawn_local(async move {
                unwritten.write().await;
                unwritten.writing.set(false);
                unwritten.session.typing_ended();
            });
        }
    }

    /// Writes until nothing waits any more; what is typed meanwhile goes along with the next turn.
    async fn write(&self) {
        loop {
            let texts = self.texts.borrow().clone();
            if texts.is_empty() {
                return;
            }
            let put = Box::pin(self.store.put(&self.document, &texts));
            let confirmed = match select(put, Box::pin(clock::sleep(PATIENCE_MS))).await {
                Either::Left((outcome, _)) => outcome.is_ok(),
                Either::Right(_) => false,
            };
            if !confirmed {
                self.journal();
            }
            self.texts.borrow_mut().retain(|name, text| {
                let done = texts.get(name) == Some(text);
                if done && confirmed {
                    storage::remove(&self.entry(name));
                }
                !done
            });
        }
    }

    /// Copies what is not confirmed where it survives at once.
    fn journal(&self) {
        for (name, text) in self.texts.borrow().iter() {
            storage::set(&self.entry(name), text);
        }
    }

    fn entry(&self, name: &str) -> String {
        format!("{}{name}", prefix(&self.document))
    }
}

/// Gives a session the drafts of its document and keeps those that are typed in it, for as long as
/// the session lives.
pub fn remember(session: &Session, document: &DocumentId, device: &Device) {
    let unwritten = Rc::new(Unwritten {
        document: *document,
        store: device.drafts().clone(),
        session: session.clone(),
        texts: RefCell::default(),
        writing: Cell::new(false),
    });
    let prefix = prefix(document);
    for entry in storage::names(&prefix) {
        let name = entry.strip_prefix(&prefix).map(str::to_owned);
        if let (Some(name), Some(text)) = (name, storage::get(&entry)) {
            restore(session, &name, &text);
            unwritten.note(name, &text);
        }
    }
    let (stored, restored) = (unwritten.clone(), session.clone());
    spawn_local(async move {
        for (name, text) in stored.store.all(&stored.document).await {
            // What this page knows already is newer.
            if !stored.texts.borrow().contains_key(&name) {
                restore(&restored, &name, &text);
            }
        }
    });
    let weak = Rc::downgrade(&unwritten);
    let leaving = page::before_leaving(move || {
        if let Some(unwritten) = weak.upgrade() {
            unwritten.journal();
        }
    });
    session.on_draft(move |canvas, slot, text| {
        // Lives as long as this closure.
        let _ = &leaving;
        unwritten.note(format!("{canvas}/{slot}"), text);
    });
}

/// Forgets the copies of a document that is deleted; what the database has goes with the document.
pub(crate) fn forget(document: &DocumentId) {
    for name in storage::names(&prefix(document)) {
        storage::remove(&name);
    }
}

fn prefix(document: &DocumentId) -> String {
    format!("{PREFIX}{document}/")
}

/// Shows a draft in its slot, unless there is one already.
fn restore(session: &Session, name: &str, text: &str) {
    if let Some((canvas, slot)) = name.split_once('/') {
        let canvas = CanvasId::from(canvas.to_owned());
        let slot = SlotId::from(slot.to_owned());
        session.restore_draft(&canvas, &slot, text);
    }
}
