//! One open workspace: the document, its projection, and everyone who listens to its changes.
//!
//! A handle is cheap to clone and stays on one thread. Listeners run after the document has been
//! let go, so that they may read it or dispatch again.

#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;

use document::{
    Command, CommandError, Context, DirtySet, GestureLabel, ImportOutlook, ProductDocument,
    UndoOutcome, later,
};
use domain::value::Date;
use domain::{Graph, PersonId};
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::{GetUntracked, Set};
use send_wrapper::SendWrapper;

use crate::{Access, Environment, Figures, Listeners, Projection, Subscription};

/// Where a change came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This tab's person, undo and redo included.
    Local,
    /// Another tab or another device.
    Remote,
    /// The device's own store, at opening.
    Load,
}

/// One change of the document, told to persistence, tabs, sync and announcements alike.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where it came from.
    pub origin: Origin,
    /// What it touched.
    pub dirty: DirtySet,
}

/// What a person has asked for and that cannot be done yet.
enum Waiting {
    /// A command, as part of a gesture.
    Command(u64, Command),
    /// Undo or redo.
    Step(Step),
    /// Whether a command would break a lock, and who asks.
    Question(Command, Asker),
}

/// Takes a command, and whether carrying it out would break a lock.
pub(crate) type Asker = Box<dyn FnOnce(Command, bool)>;

type Step = fn(&Workspace) -> Result<Option<UndoOutcome>, CommandError>;

/// An open workspace.
#[derive(Clone)]
pub struct Workspace(Arc<SendWrapper<Inner>>);

struct Inner {
    environment: Environment,
    projection: Projection,
    document: RefCell<Option<ProductDocument>>,
    queued: RefCell<Vec<Waiting>>,
    listeners: Listeners<Change>,
    gestures: Cell<u64>,
    last_gesture: Cell<u64>,
    can_undo: ArcRwSignal<Option<GestureLabel>>,
    can_redo: ArcRwSignal<Option<GestureLabel>>,
    figures: RefCell<Weak<Figures>>,
    access: ArcRwSignal<Access>,
    brought: ArcRwSignal<Vec<(PersonId, PersonId)>>,
}

impl Workspace {
    /// A workspace painted from its materialised view before the document has loaded. Commands
    /// wait until [`attach`](Self::attach).
    pub fn painted(view: &Graph, environment: Environment) -> Self {
        Self(Arc::new(SendWrapper::new(Inner {
            environment,
            projection: Projection::from_graph(view),
            document: RefCell::new(None),
            queued: RefCell::default(),
            listeners: Listeners::default(),
            gestures: Cell::new(0),
            last_gesture: Cell::new(0),
            can_undo: ArcRwSignal::new(None),
            can_redo: ArcRwSignal::new(None),
            figures: RefCell::default(),
            access: ArcRwSignal::new(Access::default()),
            brought: ArcRwSignal::new(Vec::new()),
        })))
    }

    /// The document has loaded: the projection is compared with it, waiting commands run, and
    /// listeners hear of it as [`Origin::Load`].
    pub fn attach(&self, document: ProductDocument) {
        let ready = document.is_ready();
        if ready {
            self.0.projection.refresh(&document.graph());
        }
        *self.0.document.borrow_mut() = Some(document);
        self.tell(
            Origin::Load,
            DirtySet {
                everything: ready,
                ..DirtySet::default()
            },
        );
        self.run_queued();
    }

    /// The figures for a day, computed once for everybody who looks at them at the same time.
    pub fn figures(&self, today: Date) -> Rc<Figures> {
        let known = self.0.figures.borrow().upgrade();
        known.unwrap_or_else(|| {
            let figures = Figures::of(self, today);
            *self.0.figures.borrow_mut() = Rc::downgrade(&figures);
            figures
        })
    }

    /// Whether the document has loaded and has its content, and this person may change it.
    pub fn is_editable(&self) -> bool {
        self.check_access().is_ok()
            && self
                .with_document(|document| document.is_ready() && !document.is_from_newer_version())
                .unwrap_or(false)
    }

    /// By what right it is open, kept by whoever talks to the server. While it does not allow
    /// changes, every command and undo is refused.
    pub fn access(&self) -> ArcRwSignal<Access> {
        self.0.access.clone()
    }

    /// The authors whose changes have come through somebody else, and that person, kept by whoever
    /// talks to the server; an empty id is somebody who has not said who they are.
    pub fn brought(&self) -> ArcRwSignal<Vec<(PersonId, PersonId)>> {
        self.0.brought.clone()
    }

    /// The signals.
    pub fn projection(&self) -> &Projection {
        &self.0.projection
    }

    /// The clock and chance of this tab.
    pub fn environment(&self) -> &Environment {
        &self.0.environment
    }

    /// A number for a gesture of several commands, such as one bout of typing: one undo step.
    pub fn gesture(&self) -> u64 {
        self.0.gestures.set(self.0.gestures.get() + 1);
        self.0.gestures.get()
    }

    /// The gesture of the latest local change; 0 when there has been none, or an undo since.
    pub fn last_gesture(&self) -> u64 {
        self.0.last_gesture.get()
    }

    /// Runs a command as a gesture of its own.
    pub fn dispatch(&self, command: Command) -> Result<(), CommandError> {
        self.dispatch_in(self.gesture(), command)
    }

    /// Runs a command as part of a gesture.
    pub fn dispatch_in(&self, gesture: u64, command: Command) -> Result<(), CommandError> {
        self.check_access()?;
        let context = Context {
            at: (self.0.environment.now)(),
            gesture,
        };
        let outcome = match self.0.document.borrow_mut().as_mut() {
            Some(document) if !self.must_wait(document, document.can_carry_out(&command)) => {
                document.execute(&command, context)
            }
            _ => {
                let waiting = Waiting::Command(gesture, command);
                self.0.queued.borrow_mut().push(waiting);
                return Ok(());
            }
        };
        let dirty = outcome?;
        if !dirty.is_empty() {
            self.0.last_gesture.set(gesture);
            self.publish(Origin::Local, dirty);
        }
        Ok(())
    }

    /// What importing a file would do now.
    ///
    /// # Errors
    /// [`CommandError::NotReady`] while the document or the code for it is on its way, and otherwise
    /// why the file would be refused.
    pub fn import_outlook(&self, graph: &Graph) -> Result<ImportOutlook, CommandError> {
        let mut document = self.0.document.borrow_mut();
        let document = document.as_mut().ok_or(CommandError::NotReady)?;
        document.import_outlook(graph)
    }

    /// Calls `then` with the command and whether carrying it out would break the lock of an
    /// experiment, for ever: as soon as that is known. While nothing in sight is locked, a command
    /// for which all code is here need not wait for that which watches locks.
    pub(crate) fn foresee(&self, command: Command, then: Asker) {
        let known = match self.0.document.borrow_mut().as_mut() {
            Some(document) if self.must_wait(document, document.can_carry_out(&command)) => None,
            Some(document) => Some(document.would_break(&command)),
            None if self.0.projection.shows_locked() || !command.is_at_once() => None,
            None => Some(false),
        };
        match known {
            Some(breaks) => then(command, breaks),
            None => {
                let waiting = Waiting::Question(command, then);
                self.0.queued.borrow_mut().push(waiting);
            }
        }
    }

    /// Undoes this tab's last gesture. Tells what has changed by it, and how many values a colleague
    /// had changed since and therefore stay; `None` when there was nothing to undo.
    pub fn undo(&self) -> Result<Option<UndoOutcome>, CommandError> {
        self.step(Self::undo, |document, at| document.undo(at))
    }

    /// Does again what was undone last.
    pub fn redo(&self) -> Result<Option<UndoOutcome>, CommandError> {
        self.step(Self::redo, |document, at| document.redo(at))
    }

    /// What undo would take back; `None` when there is nothing.
    pub fn can_undo(&self) -> ArcRwSignal<Option<GestureLabel>> {
        self.0.can_undo.clone()
    }

    /// What redo would do again; `None` when there is nothing.
    pub fn can_redo(&self) -> ArcRwSignal<Option<GestureLabel>> {
        self.0.can_redo.clone()
    }

    /// Lets changes from elsewhere into the document: a merge, another tab's chunk.
    pub fn apply(&self, merge: impl FnOnce(&mut ProductDocument) -> DirtySet) {
        let outcome = self.0.document.borrow_mut().as_mut().map(|document| {
            let was_ready = document.is_ready();
            let dirty = merge(document);
            (dirty, was_ready, document.is_ready())
        });
        let Some((mut dirty, was_ready, is_ready)) = outcome else {
            return;
        };
        dirty.everything |= is_ready && !was_ready;
        if !dirty.is_empty() {
            self.publish(Origin::Remote, dirty);
        }
        if is_ready && !was_ready {
            self.run_queued();
        }
    }

    /// Reads the document, if it has loaded.
    pub fn with_document<R>(&self, read: impl FnOnce(&ProductDocument) -> R) -> Option<R> {
        self.0.document.borrow().as_ref().map(read)
    }

    /// Calls `listener` after every change, until the subscription is dropped. Who keeps that may
    /// own the workspace; what is part of the workspace may not.
    pub fn on_change(&self, listener: impl Fn(&Change) + 'static) -> Subscription {
        self.0.listeners.add(listener)
    }

    fn step(
        &self,
        again: Step,
        step: impl FnOnce(&mut ProductDocument, i64) -> Result<Option<UndoOutcome>, CommandError>,
    ) -> Result<Option<UndoOutcome>, CommandError> {
        self.check_access()?;
        let at = (self.0.environment.now)();
        let outcome = match self.0.document.borrow_mut().as_mut() {
            Some(document) if self.must_wait(document, later::is_here()) => {
                self.0.queued.borrow_mut().push(Waiting::Step(again));
                None
            }
            Some(document) => step(document, at)?,
            None => None,
        };
        let Some(outcome) = outcome else {
            return Ok(None);
        };
        self.0.last_gesture.set(0);
        self.publish(Origin::Local, outcome.changed.clone());
        Ok(Some(outcome))
    }

    fn check_access(&self) -> Result<(), CommandError> {
        if self.0.access.get_untracked().may_edit() {
            Ok(())
        } else {
            Err(CommandError::NotAllowed)
        }
    }

    /// Whether what is asked for now comes after something that waits for code, or waits for code
    /// itself. A document that cannot be changed refuses it instead.
    fn must_wait(&self, document: &ProductDocument, has_code: bool) -> bool {
        let can_change = document.is_ready() && !document.is_from_newer_version();
        can_change && !(has_code && self.0.queued.borrow().is_empty())
    }

    /// Does what was asked for while the document or the code for it was on its way, in that order.
    pub fn run_queued(&self) {
        let queued = std::mem::take(&mut *self.0.queued.borrow_mut());
        for waiting in queued {
            match waiting {
                Waiting::Command(gesture, command) => {
                    let again = command.clone();
                    if matches!(
                        self.dispatch_in(gesture, command),
                        Err(CommandError::NotReady)
                    ) {
                        let waiting = Waiting::Command(gesture, again);
                        self.0.queued.borrow_mut().push(waiting);
                    }
                }
                // What it changed shows; there is nobody left to tell how much.
                Waiting::Step(step) => {
                    let _ = step(self);
                }
                Waiting::Question(command, then) if self.awaits_content() => {
                    let waiting = Waiting::Question(command, then);
                    self.0.queued.borrow_mut().push(waiting);
                }
                Waiting::Question(command, then) => self.foresee(command, then),
            }
        }
    }

    fn awaits_content(&self) -> bool {
        self.with_document(|document| !document.is_ready())
            .unwrap_or(true)
    }

    fn publish(&self, origin: Origin, dirty: DirtySet) {
        if let Some(document) = self.0.document.borrow().as_ref() {
            self.0.projection.apply(&dirty, document);
        }
        self.tell(origin, dirty);
    }

    fn tell(&self, origin: Origin, dirty: DirtySet) {
        let labels = self
            .with_document(|document| (document.next_undo(), document.next_redo()))
            .unwrap_or_default();
        for (signal, label) in [(&self.0.can_undo, labels.0), (&self.0.can_redo, labels.1)] {
            if signal.get_untracked() != label {
                signal.set(label);
            }
        }
        self.0.listeners.call(&Change { origin, dirty });
    }
}
