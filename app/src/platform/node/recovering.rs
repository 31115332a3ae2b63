//! When damaged chunks stop mattering: the document has reached the point again at which it was with
//! them, so that everything they held has come back from a colleague, another tab or the server.
//!
//! Invariant: nothing else withdraws a report. That the server has what this device has proves
//! nothing about a chunk that never reached it.

use std::cell::RefCell;
use std::rc::Rc;

use document::Heads;
use leptos::prelude::{GetUntracked, Set};

use super::Inner;
use crate::platform::settings;

/// For each damaged chunk that is reported, the point that the document had reached with it. One
/// of which that is not known stays reported.
pub(super) type Damage = RefCell<Vec<Option<Heads>>>;

impl Inner {
    /// Reports what opening found damaged, unless the document has it all the same.
    pub(super) fn report(self: &Rc<Self>, damaged: Vec<Option<Heads>>) {
        *self.damage.borrow_mut() = damaged;
        self.recover();
    }

    /// Withdraws the report of those damaged chunks of which nothing is missing any more.
    pub(super) fn recover(self: &Rc<Self>) {
        let left = self.workspace.with_document(|document| {
            let mut damage = self.damage.borrow_mut();
            damage.retain(|heads| !heads.as_ref().is_some_and(|heads| document.has(heads)));
            damage.len()
        });
        let Some(left) = left else { return };
        if left < settings::dismissed_damage(&self.id) {
            // What is damaged from now on has not been seen.
            settings::set_dismissed_damage(&self.id, left);
        }
        if self.damaged.get_untracked() != left {
            self.damaged.set(left);
            self.compact_soon();
        }
    }
}
