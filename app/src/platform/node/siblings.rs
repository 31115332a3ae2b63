//! The other tabs that have the same workspace open.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use document::{DirtySet, Heads};

use super::Inner;
use crate::platform::channel::Channel;
use crate::platform::tabs::{self, TabMessage};

/// The channel to them.
#[derive(Default)]
pub(super) struct Siblings {
    channel: RefCell<Option<Channel>>,
    /// Whether a chunk from a sibling is being applied at this moment.
    applying: Cell<bool>,
    /// What was asked for last, so that a change nobody can bring is not asked for for ever.
    wanted: RefCell<Option<Heads>>,
}

impl Siblings {
    /// Whether what is new was brought by a sibling, told once.
    pub(super) fn brought(&self) -> bool {
        self.applying.replace(false)
    }
}

impl Inner {
    /// Says hello: the others answer with what is missing here.
    pub(super) fn siblings_join(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let channel = tabs::join(&self.id, move |message| {
            if let Some(inner) = weak.upgrade() {
                inner.sibling_said(message);
            }
        });
        *self.siblings.channel.borrow_mut() = Some(channel);
        if let Some(heads) = self.heads() {
            self.siblings_tell(&TabMessage::Hello { heads });
        }
    }

    pub(super) fn siblings_tell(&self, message: &TabMessage) {
        if let Some(channel) = self.siblings.channel.borrow().as_ref() {
            channel.post(&message.encode());
        }
    }

    fn sibling_said(self: &Rc<Self>, message: TabMessage) {
        match message {
            TabMessage::Hello { heads } => {
                self.answer(&heads);
                self.ask_for(heads);
            }
            TabMessage::Want { heads } => self.answer(&heads),
            TabMessage::Chunk { bytes, heads } => {
                self.apply_from_sibling(&bytes);
                self.ask_for(heads);
            }
        }
    }

    fn apply_from_sibling(self: &Rc<Self>, bytes: &[u8]) {
        self.siblings.applying.set(true);
        self.workspace.apply(|document| {
            // One that cannot be read is the other tab's to report: it is in its store.
            document
                .apply_chunk(bytes)
                .unwrap_or_else(|_| DirtySet::default())
        });
        // Changes that show nowhere announce nothing, and are kept all the same.
        self.keep();
        self.siblings.applying.set(false);
        self.recover();
        self.refresh_availability();
        self.server_pump();
        self.status_soon();
    }

    /// Sends what someone at `heads` lacks.
    fn answer(&self, heads: &Heads) {
        let answer = self.workspace.with_document(|document| {
            document
                .chunk_since(heads)
                .map(|bytes| (bytes, document.heads()))
        });
        if let Some((bytes, heads)) = answer.flatten() {
            self.siblings_tell(&TabMessage::Chunk { bytes, heads });
        }
    }

    /// Asks for what someone at `heads` has and this tab lacks.
    fn ask_for(&self, heads: Heads) {
        let mine = self
            .workspace
            .with_document(|document| (!document.has(&heads)).then(|| document.heads()));
        if let Some(mine) = mine.flatten()
            && self.siblings.wanted.borrow().as_ref() != Some(&heads)
        {
            *self.siblings.wanted.borrow_mut() = Some(heads);
            self.siblings_tell(&TabMessage::Want { heads: mine });
        }
    }

    pub(super) fn heads(&self) -> Option<Heads> {
        self.workspace.with_document(|document| document.heads())
    }
}
