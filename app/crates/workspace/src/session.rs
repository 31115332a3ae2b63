//! What one tab looks at: the canvas, the focused note, the open dialog, toasts, announcements.
//!
//! Nothing here is in the document. Features read these signals and never each other.

mod locks;
#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use document::{Command, CommandError};
use domain::experiment::Gap;
use domain::{CanvasId, EntityId, LinkKindId, SlotId};
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set, Update, With, WithUntracked};
use send_wrapper::SendWrapper;

use crate::message::quoted;
use crate::{Access, Message, SyncStatus, Toast, Tone, Workspace};

/// Toasts about deletions, of one note and of several.
const DELETIONS: [&str; 2] = ["toast.note_deleted", "toast.notes_deleted"];

/// The dialogs of a workspace; at most one is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// "Share workspace".
    Share,
    /// Bring a file in.
    Import,
    /// Take the workspace out.
    Export,
    /// All fields of a note.
    Details(EntityId),
    /// The same, with the field that is to be entered.
    Field(EntityId, String),
    /// Another slot or canvas for a note.
    MoveTo(EntityId),
    /// A link from a note to another.
    Link(EntityId),
    /// The same, with what the link is to mean.
    Relate {
        /// The note.
        id: EntityId,
        /// What the link means.
        link: LinkKindId,
        /// Whether it leads to that note.
        inverse: bool,
    },
    /// A decision to be taken: one that stands there, or what leads to one.
    Decide(EntityId),
    /// A canvas of one's own, to be written.
    AddCanvas,
    /// A canvas of one's own, to be changed; the entity holds it.
    EditCanvas(EntityId),
    /// The command palette.
    Palette,
    /// The sheet of shortcuts.
    Shortcuts,
    /// Deleted notes.
    Trash,
    /// One's own name and colour.
    Profile,
    /// What this is, by whom, under which licences.
    About,
}

impl Dialog {
    /// Whether it serves nothing but changing the workspace.
    pub const fn changes(&self) -> bool {
        match self {
            Self::Import
            | Self::MoveTo(_)
            | Self::Link(_)
            | Self::Relate { .. }
            | Self::Decide(_)
            | Self::AddCanvas
            | Self::EditCanvas(_) => true,
            Self::Share
            | Self::Export
            | Self::Details(_)
            | Self::Field(..)
            | Self::Palette
            | Self::Shortcuts
            | Self::Trash
            | Self::Profile
            | Self::About => false,
        }
    }
}

/// The look of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What a command asks of the world outside; the shell answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Show a canvas.
    OpenCanvas(CanvasId),
    /// Show the start page.
    OpenStart,
    /// Print the canvas.
    Print,
    /// Give the person a file with a text in it.
    SaveFile {
        /// What the file is called.
        name: String,
        /// What it holds: JSON.
        content: String,
    },
    /// Put text on the clipboard.
    CopyText(String),
    /// Change the look.
    UseTheme(Theme),
    /// Put the keyboard focus in the search box.
    FocusSearch,
    /// Put the keyboard focus in the workspace's name.
    FocusName,
    /// Fold the views away, or show them again.
    FoldViews,
    /// Move the keyboard focus to the next region of the page, or the previous one.
    CycleRegion {
        /// Backwards.
        back: bool,
    },
}

/// Words for a new note that are not kept yet, and the slot they are meant for.
pub type Draft = (CanvasId, SlotId, String);

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

    /// The workspace.
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
        if let Err(error) = &outcome {
            self.refuse(error);
        }
        outcome
    }

    /// Tells the person that a command was refused; nothing has changed.
    pub fn refuse(&self, error: &CommandError) {
        let message = match error {
            CommandError::NotReady => Message::plain("toast.not_ready"),
            CommandError::Newer => Message::plain("toast.newer_version"),
            CommandError::NotAllowed => Message::plain("toast.view_only"),
            CommandError::Unplanned(gap) => match gap {
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
                Gap::WhichArm | Gap::NoArms | Gap::NothingRead => {
                    Message::plain("toast.lock.which-arm")
                }
            },
            CommandError::DataBeforeLock(_) => Message::plain("toast.lock.data"),
            CommandError::AlreadyLocked(_) => Message::plain("toast.lock.already"),
            CommandError::AlreadyDecided(_) => Message::plain("toast.decided_already"),
            CommandError::UnknownEntity(_) | CommandError::UnknownLink(_) => {
                Message::plain("toast.gone")
            }
            CommandError::TooLong => Message::plain("toast.too_long"),
            CommandError::TooMuch => Message::plain("toast.too_much"),
            other => Message::plain("toast.refused").with("reason", other.to_string()),
        };
        self.toast(message, Tone::Problem, None);
    }

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
        if is_news {
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

    /// Opens a dialog.
    pub fn open(&self, dialog: Dialog) {
        self.0.menu.set(None);
        self.0.dialog.set(Some(dialog));
    }

    /// Closes the open dialog.
    pub fn close_dialog(&self) {
        self.0.dialog.set(None);
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

    /// Shows a toast about a deletion, which has just been carried out after the gesture `before`. One
    /// that follows another at once is told with it: one "Undo" brings back all that it names.
    pub fn toast_deleted(&self, message: Message, before: u64) {
        let earlier = self.0.toasts.with_untracked(|toasts| {
            let of_deletion = |toast: &&Toast| {
                DELETIONS.contains(&toast.message.key) && toast.gesture == before && before > 0
            };
            toasts.iter().rev().find(of_deletion).map(|it| it.times)
        });
        let times = earlier.map_or(1, |earlier| earlier + 1);
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

    /// Takes a toast away.
    pub fn dismiss(&self, id: u64) {
        self.0
            .toasts
            .update(|toasts| toasts.retain(|toast| toast.id != id));
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
    /// opens its box where the slot is in view.
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
        if canvas == self.canvas_now() {
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
        self.0.status.get().while_typing(self.0.typing.get() > 0)
    }

    /// Says who else is told of every draft, an empty text when one is forgotten: whoever keeps
    /// them beyond this page.
    pub fn on_draft(&self, keep: impl Fn(&CanvasId, &SlotId, &str) + 'static) {
        *self.0.draft_keeper.borrow_mut() = Some(Rc::new(keep));
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
