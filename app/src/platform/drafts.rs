//! Drafts: what was typed for new notes and not kept yet, in `localStorage`, so that a reload, a
//! closed tab or a way back finds it in its box again.
//!
//! Invariant: a tab writes only what was typed in it. What another tab typed for the same slot is
//! replaced by a later draft or by a kept note, never by a tab that only had it in sight.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use domain::{CanvasId, SlotId};
use sync::DocumentId;
use workspace::Session;

use super::clock::Scheduled;
use super::{page, storage};

const PREFIX: &str = "groundwork.draft/";
/// How long a draft may be in this tab's memory only.
const PAUSE_MS: u32 = 400;

/// What has been typed and is not written yet.
#[derive(Default)]
struct Unwritten {
    /// The texts by their names in the storage; an empty one is to be forgotten.
    texts: RefCell<BTreeMap<String, String>>,
    due: RefCell<Option<Scheduled>>,
}

impl Unwritten {
    fn note(self: &Rc<Self>, name: String, text: &str) {
        self.texts.borrow_mut().insert(name, text.to_owned());
        if text.is_empty() {
            // The note is kept: a draft that outlived this page would offer it a second time.
            self.write();
        } else if self.due.borrow().is_none() {
            let weak = Rc::downgrade(self);
            let due = Scheduled::after(PAUSE_MS, move || {
                if let Some(unwritten) = weak.upgrade() {
                    unwritten.write();
                }
            });
            *self.due.borrow_mut() = Some(due);
        }
    }

    fn write(&self) {
        self.due.take();
        for (name, text) in self.texts.take() {
            if text.is_empty() {
                storage::remove(&name);
            } else {
                storage::set(&name, &text);
            }
        }
    }
}

impl Drop for Unwritten {
    fn drop(&mut self) {
        self.write();
    }
}

/// Gives a session the drafts of its document and keeps those that are typed in it, for as long as
/// the session lives.
pub fn remember(session: &Session, document: &DocumentId) {
    let prefix = format!("{PREFIX}{document}/");
    for name in storage::names(&prefix) {
        let slot = name.strip_prefix(&prefix).and_then(read_name);
        if let (Some((canvas, slot)), Some(text)) = (slot, storage::get(&name)) {
            session.keep_draft(&canvas, &slot, &text);
        }
    }
    let unwritten = Rc::new(Unwritten::default());
    let weak = Rc::downgrade(&unwritten);
    let leaving = page::before_leaving(move || {
        if let Some(unwritten) = weak.upgrade() {
            unwritten.write();
        }
    });
    session.on_draft(move |canvas, slot, text| {
        // Lives as long as this closure.
        let _ = &leaving;
        unwritten.note(format!("{prefix}{canvas}/{slot}"), text);
    });
}

/// Forgets the drafts of a document that is deleted.
pub(crate) fn forget(document: &DocumentId) {
    for name in storage::names(&format!("{PREFIX}{document}/")) {
        storage::remove(&name);
    }
}

fn read_name(name: &str) -> Option<(CanvasId, SlotId)> {
    let (canvas, slot) = name.split_once('/')?;
    Some((
        CanvasId::from(canvas.to_owned()),
        SlotId::from(slot.to_owned()),
    ))
}
