//! What would break the lock of an experiment is asked about first.
//!
//! Invariant: until the answer nothing is written, and a question that something else was done after
//! is none any more.

use document::Command;
use domain::EntityId;
use reactive_graph::traits::{Set, WithUntracked};

use super::{Dialog, Session};
use crate::{Message, Tone};

impl Session {
    /// Runs a command, and tells whether it did. One that would break the lock of an experiment is kept
    /// and asked about in a toast instead, whose button runs it all the same.
    pub fn dispatch_asking(&self, command: Command) -> bool {
        if !self.workspace().would_break(&command) {
            return self.dispatch(command).is_ok();
        }
        *self.0.asked.borrow_mut() = Some(command);
        let question = Message::plain("toast.lock.asks");
        self.toast(question, Tone::Problem, Some("edit.break_lock"));
        false
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
        let projection = self.workspace().projection();
        let text = projection
            .note(id)
            .map(|note| note.body.with_untracked(|body| body.text.clone()));
        // Whatever is written: a plan holds the text as it is.
        let change = Command::ReplaceText {
            id: id.clone(),
            text: format!("{}…", text.unwrap_or_default()),
        };
        match self.workspace().would_break(&change) {
            true => self.open(Dialog::Details(id.clone())),
            false => self.editing().set(Some(id.clone())),
        }
    }
}
