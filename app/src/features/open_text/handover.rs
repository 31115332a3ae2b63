//! The way of an open text from a box that is taken off the page to the one that takes its place: a
//! note that a colleague moves to another slot gets a new element, and whoever types in it must not
//! notice.
//!
//! Invariant: what a box leaves here is taken over by the next box of the same note or finished as
//! soon as the browser has nothing else to do; it is never forgotten.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use domain::EntityId;
use leptos::prelude::*;
use workspace::{Selection, TextSession};

use super::OpenText;

/// An open text on its way.
pub(super) struct Left {
    /// The text, with what was typed and is not committed yet.
    pub(super) text: TextSession,
    /// What was selected in the box.
    pub(super) selection: Selection,
}

/// Where the boxes of one view hand their texts over.
#[derive(Clone, Copy)]
pub(crate) struct Handover(StoredValue<Rc<RefCell<State>>, LocalStorage>);

#[derive(Default)]
struct State {
    /// What a box has left that no other has taken.
    left: Option<Left>,
    /// The box that was opened last, and its note.
    latest: Option<(EntityId, OpenText)>,
}

impl Handover {
    /// For as long as the view lives that calls this.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new_local(Rc::default()))
    }

    /// What a former box of this note has left.
    pub(super) fn take(self, id: &EntityId) -> Option<Left> {
        let state = self.0.try_get_value()?;
        let mut state = state.borrow_mut();
        state.left.take_if(|left| left.text.id() == id)
    }

    /// A box has been opened: what a former one of its note leaves from now on is for it.
    pub(super) fn opened(self, id: &EntityId, open: OpenText) {
        if let Some(state) = self.0.try_get_value() {
            state.borrow_mut().latest = Some((id.clone(), open));
        }
    }

    /// Passes on what `from` leaves: to the note's newer box if that is there already, else to the
    /// next. When none takes it, it is for `finish`.
    pub(super) fn leave(self, from: OpenText, left: Left, finish: impl FnOnce(Left) + 'static) {
        let Some(state) = self.0.try_get_value() else {
            return queue_microtask(move || finish(left));
        };
        let latest = state.borrow().latest.clone();
        let newer = latest.filter(|(id, open)| id == left.text.id() && !open.is(from));
        if let Some((_, newer)) = newer {
            return newer.take_over(left);
        }
        state.borrow_mut().left = Some(left);
        // A timer also runs on a page in the background, where nothing is painted.
        set_timeout(
            move || {
                let left = state.borrow_mut().left.take();
                if let Some(left) = left {
                    finish(left);
                }
            },
            Duration::ZERO,
        );
    }
}
