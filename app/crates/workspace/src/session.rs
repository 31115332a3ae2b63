//! What one tab looks at: the canvas, the focused note, the open dialog, toasts, announcements.
//!
//! Nothing here is in the document. Features read these signals and never each other.

mod dialog;
mod drafts;
mod locks;
mod request;
mod rights;
#[cfg(test)]
mod tests;
mod toasts;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use document::{Command, CommandError};
use domain::{CanvasId, EntityId, SlotId};
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set, Update, WithUntracked};
use send_wrapper::SendWrapper;

pub use self::dialog::Dialog;
pub use self::drafts::Draft;
pub use self::request::{Request, Theme};
pub use self::toasts::refusal;
use crate::{Message, SyncStatus, Toast, Workspace};

type Answer = Rc<dyn Fn(Request)>;
type DraftKeeper = Rc<dyn Fn(&CanvasId, &SlotId, &str)>;

/// The state of one tab on one workspace.
#[derive(Clone)]
pub struct Session(Arc<SendWrapper<Inner>>);

struct Inner {
    workspace: Workspace,
    canvas: ArcRwSignal<CanvasId>,
    focused: ArcRwSignal<Option<EntityId>>,
    editing: ArcRwSignal<Option<EntityId>>,
    adding: ArcRwSignal<Option<SlotId>>,
    carried: ArcRwSignal<Option<EntityId>>,
    cut: ArcRwSignal<Option<EntityId>>,
    menu: ArcRwSignal<Option<EntityId>>,
    guide: ArcRwSignal<Option<String>>,
    dialog: ArcRwSignal<Option<Dialog>>,
    toasts: ArcRwSignal<Vec<Toast>>,
    announcement: ArcRwSignal<(u64, Vec<Message>)>,
    status: ArcRwSignal<SyncStatus>,
    drafts: ArcRwSignal<HashMap<(CanvasId, SlotId), String>>,
    typing: ArcRwSignal<usize>,
    discarded: RefCell<Option<Draft>>,
    draft_keeper: RefCell<Option<DraftKeeper>>,
    answer: RefCell<Option<Answer>>,
    asked: RefCell<Option<Command>>,
    toast_number: Cell<u64>,
}

macro_rules! signals {
    ($($(#[$doc:meta])* $name:ident: $kind:ty,)*) => {
        $($(#[$doc])* pub fn $name(&self) -> ArcRwSignal<$kind> { self.0.$name.clone() })*
    };
}

impl Session {
    /// A session on a workspace that shows `canvas` first. `status` is kept by whoever stores.
    pub fn new(workspace: Workspace, canvas: CanvasId, status: ArcRwSignal<SyncStatus>) -> Self {
        Self(Arc::new(SendWrapper::new(Inner {
            workspace,
            canvas: ArcRwSignal::new(canvas),
            focused: ArcRwSignal::new(None),
            editing: ArcRwSignal::new(None),
            adding: ArcRwSignal::new(None),
            carried: ArcRwSignal::new(None),
            cut: ArcRwSignal::new(None),
            menu: ArcRwSignal::new(None),
            guide: ArcRwSignal::new(None),
            dialog: ArcRwSignal::new(None),
            toasts: ArcRwSignal::new(Vec::new()),
            announcement: ArcRwSignal::new((0, Vec::new())),
            status,
            drafts: ArcRwSignal::default(),
            typing: ArcRwSignal::default(),
            discarded: RefCell::default(),
            draft_keeper: RefCell::default(),
            answer: RefCell::default(),
            asked: RefCell::default(),
            toast_number: Cell::new(0),
        })))
    }

    /// The workspace that the tab shows.
    pub fn workspace(&self) -> &Workspace {
        &self.0.workspace
    }

    signals! {
        /// The canvas in view.
        canvas: CanvasId,
        /// The note with the roving focus.
        focused: Option<EntityId>,
        /// The note whose text is being edited.
        editing: Option<EntityId>,
        /// The slot whose "Add note" box is open.
        adding: Option<SlotId>,
        /// The note on its way by the pointer.
        carried: Option<EntityId>,
        /// The note waiting to be pasted elsewhere.
        cut: Option<EntityId>,
        /// The note whose menu is open.
        menu: Option<EntityId>,
        /// The guided order being followed, by its id.
        guide: Option<String>,
        /// The open dialog.
        dialog: Option<Dialog>,
        /// The toasts on show, oldest first.
        toasts: Vec<Toast>,
        /// The latest announcement for screen readers; the number makes repeats differ.
        announcement: (u64, Vec<Message>),
        /// Where the edits are safe.
        status: SyncStatus,
    }

    /// Runs a command; a refusal is told in a toast and returned.
    pub fn dispatch(&self, command: Command) -> Result<(), CommandError> {
        // What was asked about before is no question any more.
        self.0.asked.borrow_mut().take();
        let outcome = self.workspace().dispatch(command);
        self.retire_undos();
        if let Err(error) = &outcome {
            self.refuse(error);
        }
        outcome
    }

    /// Runs commands as one gesture, up to the first that is refused; that is told in a toast and
    /// returned.
    pub fn dispatch_together(
        &self,
        commands: impl IntoIterator<Item = Command>,
    ) -> Result<(), CommandError> {
        let gesture = self.workspace().gesture();
        let mut commands = commands.into_iter();
        let outcome =
            commands.try_for_each(|command| self.workspace().dispatch_in(gesture, command));
        self.retire_undos();
        if let Err(error) = &outcome {
            self.refuse(error);
        }
        outcome
    }

    /// Opens a dialog.
    pub fn open(&self, dialog: Dialog) {
        self.0.menu.set(None);
        self.0.dialog.set(Some(dialog));
    }

    /// Closes the open dialog.
    pub fn close_dialog(&self) {
        self.0.dialog.set(None);
    }

    /// Says something to screen readers.
    pub fn announce(&self, messages: Vec<Message>) {
        if !messages.is_empty() {
            self.0.announcement.update(|(number, current)| {
                *number += 1;
                *current = messages;
            });
        }
    }

    /// There is typed text that is in no document and no store yet, until
    /// [that has ended](Self::typing_ended) as often as it began.
    pub fn typing_began(&self) {
        self.0.typing.update(|typing| *typing += 1);
    }

    /// What was typed has been handed on.
    pub fn typing_ended(&self) {
        self.0
            .typing
            .update(|typing| *typing = typing.saturating_sub(1));
    }

    /// Where the latest edits are safe, those included that are still in their box.
    pub fn status_while_typing(&self) -> SyncStatus {
        let box_of = self.0.adding.get();
        let drafting = box_of.is_some_and(|slot| !self.draft(&self.canvas_now(), &slot).is_empty());
        let status = self.0.status.get().while_drafting(drafting);
        status.while_typing(self.0.typing.get() > 0)
    }

    /// Says who answers requests: the shell.
    pub fn on_request(&self, answer: impl Fn(Request) + 'static) {
        *self.0.answer.borrow_mut() = Some(Rc::new(answer));
    }

    /// Asks the world outside.
    pub fn request(&self, request: Request) {
        let answer = self.0.answer.borrow().clone();
        if let Some(answer) = answer {
            answer(request);
        }
    }

    /// Whether the note that is being edited has been deleted or taken off the canvas in view, and
    /// nobody has been told yet.
    pub fn lost_its_box(&self) -> bool {
        let editing = self.0.editing.get_untracked();
        editing.is_some_and(|id| {
            let projection = self.workspace().projection();
            let deleted = projection
                .note(&id)
                .is_none_or(|note| note.body.with_untracked(|body| body.deleted.is_some()));
            deleted || projection.slot_of(&self.canvas_now(), &id).is_none()
        })
    }

    /// The focused note, if it is live and on the canvas in view.
    pub fn focused_note(&self) -> Option<(EntityId, SlotId)> {
        let id = self.0.focused.get_untracked()?;
        let slot = self
            .workspace()
            .projection()
            .slot_of(&self.canvas_now(), &id)?;
        Some((id, slot))
    }

    /// The canvas in view, without tracking it.
    pub fn canvas_now(&self) -> CanvasId {
        self.0.canvas.get_untracked()
    }
}
