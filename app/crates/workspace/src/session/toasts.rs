//! Toasts: what is told for a while, and what a refused command is told in.

use document::CommandError;
use domain::experiment::Gap;
use reactive_graph::traits::{GetUntracked as _, ReadUntracked as _, Update};

use super::Session;
use crate::commands::command;
use crate::{Message, Toast, Tone};

/// Toasts about deletions, of one note and of several.
const DELETIONS: [&str; 2] = ["toast.note_deleted", "toast.notes_deleted"];

impl Session {
    /// Tells the person that a command was refused; nothing has changed.
    pub fn refuse(&self, error: &CommandError) {
        self.toast(refusal(error), Tone::Problem, None);
    }

    /// Shows a toast, with a button that runs the command `action`.
    pub fn toast(&self, message: Message, tone: Tone, action: Option<&'static str>) -> u64 {
        let id = self.0.toast_number.get() + 1;
        self.0.toast_number.set(id);
        self.0.toasts.update(|toasts| {
            // An undo button that no longer undoes what its toast names would lie.
            toasts.retain(|toast| action.is_none() || toast.action != action);
            // What is refused again and again is told once at a time.
            toasts.retain(|toast| tone == Tone::Calm || toast.message != message);
            toasts.push(Toast {
                id,
                message,
                tone,
                action,
                times: 1,
                gesture: self.workspace().last_gesture(),
            });
            let surplus = toasts.len().saturating_sub(3);
            toasts.drain(..surplus);
        });
        id
    }

    /// How many deletions in a row, the latest thing that was done here, a toast in sight is about.
    pub(crate) fn deletions_in_sight(&self) -> usize {
        let last = self.workspace().last_gesture();
        let is_latest = |toast: &&Toast| {
            DELETIONS.contains(&toast.message.key) && toast.gesture == last && last > 0
        };
        let toasts = self.0.toasts.read_untracked();
        toasts.iter().rev().find(is_latest).map_or(0, |it| it.times)
    }

    /// Shows a toast about a deletion, which has just been carried out after so many `earlier` ones.
    /// It is told with them: one "Undo" brings back all that it names.
    pub(crate) fn toast_deleted(&self, message: Message, earlier: usize) {
        let times = earlier + 1;
        let message = if times > 1 {
            Message::plain("toast.notes_deleted").counted(times)
        } else {
            message
        };
        let id = self.toast(message, Tone::Calm, Some("edit.undo"));
        self.0.toasts.update(|toasts| {
            for toast in toasts.iter_mut().filter(|toast| toast.id == id) {
                toast.times = times;
            }
        });
    }

    /// Does what a toast's button says, and takes the toast away.
    pub fn answer(&self, id: u64) {
        let toasts = self.0.toasts.get_untracked();
        self.dismiss(id);
        let Some(toast) = toasts.into_iter().find(|toast| toast.id == id) else {
            return;
        };
        // By typing, something else may be the latest by now: that is not what was offered.
        if self.would_undo_another(&toast) {
            return;
        }
        let command = toast.action.and_then(command);
        for command in command.into_iter().cycle().take(toast.times) {
            command.try_run(self);
        }
    }

    /// Takes away what offers to undo anything but the latest thing that was done: another would be
    /// undone in its place.
    pub(crate) fn retire_undos(&self) {
        let is_stale = |toast: &Toast| self.would_undo_another(toast);
        if self.0.toasts.read_untracked().iter().any(is_stale) {
            self.0
                .toasts
                .update(|toasts| toasts.retain(|toast| !is_stale(toast)));
        }
    }

    fn would_undo_another(&self, toast: &Toast) -> bool {
        toast.action == Some("edit.undo") && toast.gesture != self.workspace().last_gesture()
    }

    /// Takes a toast away.
    pub fn dismiss(&self, id: u64) {
        self.0
            .toasts
            .update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

/// Why a command was refused. What only a fault of the app brings about is told in one sentence, with
/// the reason for whoever reports it.
pub fn refusal(error: &CommandError) -> Message {
    match error {
        CommandError::NotReady => Message::plain("toast.not_ready"),
        CommandError::Newer => Message::plain("toast.newer_version"),
        CommandError::NotAllowed => Message::plain("toast.view_only"),
        CommandError::Unplanned(gap) => unplanned(gap),
        CommandError::DataBeforeLock(_) => Message::plain("toast.lock.data"),
        CommandError::AlreadyLocked(_) => Message::plain("toast.lock.already"),
        CommandError::AlreadyDecided(_) => Message::plain("toast.decided_already"),
        // Each may have been deleted, moved or made something else elsewhere a moment ago.
        CommandError::UnknownEntity(_)
        | CommandError::UnknownLink(_)
        | CommandError::NotPlaced { .. }
        | CommandError::NotAnExperiment(_)
        | CommandError::NotADecision(_)
        | CommandError::NotACanvas(_) => Message::plain("toast.gone"),
        CommandError::TooLong => Message::plain("toast.too_long"),
        CommandError::TooMuch => Message::plain("toast.too_much"),
        other => Message::plain("toast.refused").with("reason", other.to_string()),
    }
}

/// What the plan of an experiment lacks before it can be locked.
fn unplanned(gap: &Gap) -> Message {
    match gap {
        Gap::PrimaryMetric => Message::plain("toast.lock.primary-metric"),
        Gap::Criterion => Message::plain("toast.lock.criterion"),
        Gap::UnreadableCriterion(error) => {
            Message::plain("toast.lock.unreadable").with("column", error.column.to_string())
        }
        Gap::PlannedN => Message::plain("toast.lock.planned-n"),
        Gap::UnknownMetric => Message::plain("toast.lock.unknown-metric"),
        Gap::UnknownArm(name) => {
            Message::plain("toast.lock.unknown-arm").with("name", name.clone())
        }
        Gap::NoControl => Message::plain("toast.lock.no-control"),
        Gap::FewForSequence => Message::plain("toast.lock.few-for-sequence"),
        Gap::WhichArm | Gap::NoArms | Gap::NothingRead => Message::plain("toast.lock.which-arm"),
    }
}
