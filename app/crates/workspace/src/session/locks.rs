//! What would break the lock of an experiment is asked about first.
//!
//! Invariant: until the answer nothing is written, and a question that something else was done after
//! is none any more.

use std::sync::Arc;

use document::{Command, TextSplice};
use domain::EntityId;
use reactive_graph::traits::{GetUntracked, Set};

use super::{Dialog, Session};
use crate::{Message, Tone};

impl Session {
    /// Runs a command, and `then` if it did. One that would break the lock of an experiment is kept
    /// and asked about in a toast instead, whose button runs it all the same. While the code that
    /// knows is on its way, all of this waits.
    pub fn dispatch_asking(&self, command: Command, then: impl FnOnce(&Self) + 'static) {
        // The workspace is a part of the session, and may keep the question for long.
        let asking = Arc::downgrade(&self.0);
        let then = move |command, breaks| {
            let Some(session) = asking.upgrade().map(Self) else {
                return;
            };
            if breaks {
                *session.0.asked.borrow_mut() = Some(command);
                let question = Message::plain("toast.lock.asks");
                session.toast(question, Tone::Problem, Some("edit.break_lock"));
            } else if session.dispatch(command).is_ok() {
                then(&session);
            }
        };
        self.workspace().foresee(command, Box::new(then));
    }

    /// Whether a command waits for an answer.
    pub(crate) fn is_asking(&self) -> bool {
        self.0.asked.borrow().is_some()
    }

    /// Runs the command that was asked about.
    pub(crate) fn break_lock(&self) {
        let asked = self.0.asked.borrow_mut().take();
        if let Some(command) = asked {
            // A refusal has been told in a toast.
            let _ = self.dispatch(command);
        }
    }

    /// Opens a note's text for editing: on the canvas, or in its details where it is a part of a
    /// locked plan, which ask first.
    pub fn edit(&self, id: &EntityId) {
        // Whatever is written: a plan holds the text as it is.
        let change = Command::EditText {
            id: id.clone(),
            splices: vec![TextSplice {
                at: 0,
                delete: 0,
                insert: "…".to_owned(),
            }],
        };
        let (id, asking) = (id.clone(), Arc::downgrade(&self.0));
        let then = move |_, breaks| {
            // Who has gone on to something else while that was on its way is left where they are.
            match asking.upgrade().map(Self) {
                Some(session) if session.focused().get_untracked().as_ref() != Some(&id) => {}
                Some(session) if breaks => session.open(Dialog::Details(id)),
                Some(session) => session.editing().set(Some(id)),
                None => {}
            }
        };
        self.workspace().foresee(change, Box::new(then));
    }
}
