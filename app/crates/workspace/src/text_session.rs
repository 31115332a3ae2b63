//! One open textbox over a note's text: typing becomes splices, a colleague's edit comes in, and
//! the caret stays where the person left it.
//!
//! All offsets are UTF-16 units, as a textarea counts them. Invariant: what the box shows is the
//! document's text plus the typing that is not committed yet.

mod splice;
#[cfg(test)]
mod tests;

use document::{Command, CommandError};
use domain::EntityId;
use reactive_graph::traits::WithUntracked;

use crate::Workspace;
use splice::difference;

/// Selected text of the box, or the caret when both ends are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// What the box must show after a colleague's edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoxUpdate {
    /// The merged text.
    pub value: String,
    /// The person's selection, moved along.
    pub selection: Selection,
}

/// The editing of one note from focus to leaving.
pub struct TextSession {
    id: EntityId,
    gesture: u64,
    in_step: String,
    shown: String,
    composing: bool,
}

impl TextSession {
    /// Starts editing a note; `None` when there is no such note.
    pub fn start(workspace: &Workspace, id: &EntityId) -> Option<Self> {
        let text = text_of(workspace, id)?;
        Some(Self {
            id: id.clone(),
            gesture: workspace.gesture(),
            in_step: text.clone(),
            shown: text,
            composing: false,
        })
    }

    /// The note being edited.
    pub const fn id(&self) -> &EntityId {
        &self.id
    }

    /// What the box shows.
    pub fn value(&self) -> &str {
        &self.shown
    }

    /// The person has typed: the box now shows `value`.
    pub fn input(&mut self, value: &str) {
        value.clone_into(&mut self.shown);
    }

    /// An input method starts or ends composing; while it does, nothing is committed.
    pub const fn compose(&mut self, composing: bool) {
        self.composing = composing;
    }

    /// Whether there is typing that the document does not have yet.
    pub fn is_pending(&self) -> bool {
        self.in_step != self.shown
    }

    /// Brings box and document in step: commits the typing so far, lets a colleague's edits in.
    /// Returns what the box must show when that differs from what it shows. To be called after a
    /// pause in typing, when the note's text changes, and before leaving. All of one session is
    /// one undo step.
    pub fn reconcile(
        &mut self,
        workspace: &Workspace,
        selection: Selection,
    ) -> Result<Option<BoxUpdate>, CommandError> {
        if self.composing {
            return Ok(None);
        }
        let Some(theirs) = text_of(workspace, &self.id) else {
            return Ok(None);
        };
        if let Some(typed) = difference(&self.in_step, &self.shown) {
            // Typed against `in_step`: carried over what a colleague has changed meanwhile.
            let splices = match difference(&self.in_step, &theirs) {
                Some(edit) => splice::rebase(&typed, &edit),
                None => vec![typed],
            };
            // In step before the projection hears of it: our own change is no colleague's.
            let before = std::mem::replace(&mut self.in_step, self.shown.clone());
            let command = Command::EditText {
                id: self.id.clone(),
                splices,
            };
            if let Err(error) = workspace.dispatch_in(self.gesture, command) {
                self.in_step = before;
                return Err(error);
            }
        }
        let merged = text_of(workspace, &self.id).unwrap_or_default();
        self.in_step.clone_from(&merged);
        let Some(edit) = difference(&self.shown, &merged) else {
            return Ok(None);
        };
        self.shown.clone_from(&merged);
        let selection = Selection {
            start: splice::carry(selection.start, &edit),
            end: splice::carry(selection.end, &edit),
        };
        Ok(Some(BoxUpdate {
            value: merged,
            selection,
        }))
    }

    /// Leaves and takes this session's typing back; a colleague's edits stay.
    pub fn take_back(self, workspace: &Workspace) -> Result<(), CommandError> {
        if workspace.last_gesture() == self.gesture {
            workspace.undo()?;
        }
        Ok(())
    }
}

fn text_of(workspace: &Workspace, id: &EntityId) -> Option<String> {
    let note = workspace.projection().note(id)?;
    Some(note.body.with_untracked(|body| body.text.clone()))
}
