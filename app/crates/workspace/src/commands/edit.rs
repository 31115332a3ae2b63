//! Undo and redo of this person's own gestures.

use document::{CommandError, GestureLabel};
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::WithUntracked;

use super::{Group, UserCommand};
use crate::{Message, Session, Tone};

pub(super) static COMMANDS: &[UserCommand] = &[
    UserCommand {
        id: "edit.undo",
        title: "command.edit.undo",
        icon: "undo-2",
        group: Group::Edit,
        keys: &["Ctrl+Z"],
        while_typing: false,
        when: |session| there_is(&session.workspace().can_undo()),
        run: |session| tell(session, "announce.undone", session.workspace().undo()),
    },
    UserCommand {
        id: "edit.redo",
        title: "command.edit.redo",
        icon: "redo-2",
        group: Group::Edit,
        keys: &["Ctrl+Shift+Z", "Ctrl+Y"],
        while_typing: false,
        when: |session| there_is(&session.workspace().can_redo()),
        run: |session| tell(session, "announce.redone", session.workspace().redo()),
    },
];

fn there_is(label: &ArcRwSignal<Option<GestureLabel>>) -> bool {
    label.with_untracked(Option::is_some)
}

fn tell(session: &Session, key: &'static str, outcome: Result<Option<usize>, CommandError>) {
    match outcome {
        Ok(Some(skipped)) => {
            session.announce(vec![Message::plain(key)]);
            if skipped > 0 {
                let message = Message::plain("toast.undo_skipped").counted(skipped);
                session.toast(message, Tone::Calm, None);
            }
        }
        Ok(None) => {}
        Err(error) => session.refuse(&error),
    }
}
