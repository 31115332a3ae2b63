//! The code for what goes beyond reading and writing notes: it is fetched once they are on show, and
//! what was asked for before waits for it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use document::later;
use futures_util::future::join;
use leptos::prelude::Set;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use workspace::backoff;

use super::Inner;
use crate::platform::clock::{self, Scheduled};
use crate::platform::{assets, random};

/// Whoever still waits for the notes themselves gets the rest after so long all the same.
const PATIENCE_MS: u32 = 2_000;

thread_local! {
    /// Whether the code has come, with any workspace.
    static IS_HERE: Cell<bool> = const { Cell::new(false) };
}

/// Whether the code is here.
pub(super) fn is_here() -> bool {
    IS_HERE.get()
}

/// Whether the code is on its way.
#[derive(Default)]
pub(super) struct Fetching {
    begun: Cell<bool>,
    due: RefCell<Option<Scheduled>>,
}

impl Inner {
    /// Fetches the code once the notes are painted, unless it is here, and does what has waited for
    /// it. Until it comes it is asked for again and again, as long as the workspace is open.
    pub(super) fn fetch_work(self: &Rc<Self>) {
        if is_here() || self.work.begun.replace(true) {
            return;
        }
        let weak = Rc::downgrade(self);
        spawn_local(async move {
            clock::painted().await;
            let mut attempt = 0_u32;
            while weak.strong_count() > 0 {
                if let (Ok(()), Ok(())) = join(install(), assets::install_fields()).await {
                    IS_HERE.set(true);
                    if let Some(inner) = weak.upgrade() {
                        inner.complete.set(true);
                        inner.workspace.run_queued();
                    }
                    return;
                }
                clock::sleep(backoff::delay(attempt, random::bits())).await;
                attempt = attempt.saturating_add(1);
            }
        });
    }

    /// The same while there are no notes yet: these come first.
    pub(super) fn fetch_work_late(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let due = Scheduled::after(PATIENCE_MS, move || {
            if let Some(inner) = weak.upgrade() {
                inner.fetch_work();
            }
        });
        *self.work.due.borrow_mut() = Some(due);
    }
}

#[wasm_split(later, fallible)]
fn install() -> Result<(), SplitLoaderError> {
    later::install();
    Ok(())
}
