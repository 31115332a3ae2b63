//! What this person may do, and what becomes of what is open when that changes.

use document::CommandError;
use reactive_graph::traits::{Get, GetUntracked, Set, Update};

use super::Session;
use crate::{Access, Message, Tone};

impl Session {
    /// Whether this person may change the workspace; read in a view, it follows.
    pub fn may_edit(&self) -> bool {
        self.workspace().access().get().may_edit()
    }

    /// The same, without following it.
    pub fn can_edit_now(&self) -> bool {
        self.workspace().access().get_untracked().may_edit()
    }

    /// The same; who may not is told why.
    pub fn insist_on_editing(&self) -> bool {
        let may = self.can_edit_now();
        if !may {
            self.refuse(&CommandError::NotAllowed);
        }
        may
    }

    /// What this person may do has changed while the workspace is open: what they may not do any
    /// more is taken away, and they are told, unless the server has only now said at all what their
    /// link opens, or a banner says it.
    pub fn rights_changed(&self, before: Access) {
        let access = self.workspace().access().get_untracked();
        let is_news = before.may_edit() != access.may_edit() && before != Access::Open;
        if is_news || matches!(access, Access::Ended(_)) {
            // What was told of the right before is so no more.
            self.0.toasts.update(|toasts| {
                toasts.retain(|toast| {
                    !["toast.view_only", "toast.may_edit"].contains(&toast.message.key)
                });
            });
        }
        if access.may_edit() {
            if is_news {
                self.toast(Message::plain("toast.may_edit"), Tone::Calm, None);
            }
            return;
        }
        self.0.menu.set(None);
        self.0.cut.set(None);
        self.0.adding.set(None);
        self.0.editing.set(None);
        let open = self.0.dialog.get_untracked();
        if open.is_some_and(|dialog| dialog.changes()) {
            self.close_dialog();
        }
        if is_news && matches!(access, Access::By(_)) {
            self.toast(Message::plain("toast.view_only"), Tone::Problem, None);
        }
    }
}
