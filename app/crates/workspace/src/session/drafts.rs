//! Words for new notes that are not kept yet, by slot.

use std::rc::Rc;

use domain::{CanvasId, EntityId, SlotId};
use reactive_graph::traits::{Set, Update, With, WithUntracked};

use super::Session;
use crate::message::quoted;
use crate::{Message, Tone};

/// Words for a new note that are not kept yet, and the slot they are meant for.
pub type Draft = (CanvasId, SlotId, String);

impl Session {
    /// The text typed for a new note of a slot and not kept yet; whoever asks in an effect is told
    /// when it changes.
    pub fn draft(&self, canvas: &CanvasId, slot: &SlotId) -> String {
        let key = (canvas.clone(), slot.clone());
        let draft = self.0.drafts.with(|drafts| drafts.get(&key).cloned());
        draft.unwrap_or_default()
    }

    /// Remembers such a text; an empty one forgets it.
    pub fn keep_draft(&self, canvas: &CanvasId, slot: &SlotId, text: &str) {
        let key = (canvas.clone(), slot.clone());
        self.0.drafts.update(|drafts| {
            if text.is_empty() {
                drafts.remove(&key);
            } else {
                drafts.insert(key, text.to_owned());
            }
        });
        let keeper = self.0.draft_keeper.borrow().clone();
        if let Some(keeper) = keeper {
            keeper(canvas, slot, text);
        }
    }

    /// Throws away what was typed for a new note, and offers once to bring it back.
    pub fn discard_draft(&self, canvas: &CanvasId, slot: &SlotId, text: &str) {
        self.keep_draft(canvas, slot, "");
        if text.trim().is_empty() {
            return;
        }
        let discarded = (canvas.clone(), slot.clone(), text.to_owned());
        *self.0.discarded.borrow_mut() = Some(discarded);
        let message = Message::plain("toast.discarded").with("text", quoted(text));
        self.toast(message, Tone::Calm, Some("note.recover"));
    }

    /// Whether something was thrown away that can be brought back.
    pub fn has_discarded(&self) -> bool {
        self.0.discarded.borrow().is_some()
    }

    /// Makes what was thrown away last the draft of its slot again, behind what is there by now, and
    /// opens its box where the slot is in view. Whoever may not write any more has no box; the draft
    /// is theirs all the same.
    pub fn recover_draft(&self) {
        let Some((canvas, slot, text)) = self.0.discarded.take() else {
            return;
        };
        let now = self.draft(&canvas, &slot);
        let text = if now.is_empty() {
            text
        } else {
            format!("{now}\n{text}")
        };
        self.keep_draft(&canvas, &slot, &text);
        if canvas == self.canvas_now() && self.can_edit_now() {
            self.0.adding.set(Some(slot));
        }
    }

    /// Keeps words that a note does not take as the draft of its slot on the canvas in view, behind
    /// what waits there, which is returned with its place; `None` when the note has no slot there.
    pub fn rescue(&self, id: &EntityId, words: &str) -> Option<Draft> {
        let canvas = self.canvas_now();
        let slot = self.workspace().projection().slot_of(&canvas, id)?;
        let before = self.draft(&canvas, &slot);
        let all = if before.is_empty() {
            words.to_owned()
        } else {
            format!("{before}\n{words}")
        };
        self.keep_draft(&canvas, &slot, &all);
        Some((canvas, slot, before))
    }

    /// Takes a draft over from an earlier page, unless there is a newer one. Nobody is told: whoever
    /// keeps drafts has it.
    pub fn restore_draft(&self, canvas: &CanvasId, slot: &SlotId, text: &str) {
        let key = (canvas.clone(), slot.clone());
        let known = self
            .0
            .drafts
            .with_untracked(|drafts| drafts.contains_key(&key));
        if !known && !text.is_empty() {
            self.0.drafts.update(|drafts| {
                drafts.insert(key, text.to_owned());
            });
        }
    }

    /// Says who else is told of every draft, an empty text when one is forgotten: whoever keeps
    /// them beyond this page.
    pub fn on_draft(&self, keep: impl Fn(&CanvasId, &SlotId, &str) + 'static) {
        *self.0.draft_keeper.borrow_mut() = Some(Rc::new(keep));
    }
}
