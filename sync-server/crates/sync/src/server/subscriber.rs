//! A connection that takes part in a document.

use automerge::sync::State;

/// What the server knows about a connection and one document.
#[derive(Debug, Default)]
pub(super) struct Subscriber {
    pub(super) state: State,
    /// Whether it asked for the document and has not been answered, since there is none.
    pub(super) asked: bool,
    /// Whether it was told that there is none.
    pub(super) told: bool,
    /// Whether it speaks the native protocol.
    pub(super) native: bool,
    /// The storage that it shares with other connections of its device.
    pub(super) storage: Option<String>,
    /// Version 1: whether it was sent changes and has not answered. It answers each such message, and
    /// a slow client that is sent ever more of them falls behind for good; while it is waited for,
    /// what is new gathers and goes out in one message.
    unanswered: bool,
    /// Version 1: whether it has nothing that did not come from here, or what it has written since;
    /// unknown until it has spoken.
    began_empty: Option<bool>,
    /// Native: whether changes are forwarded to it as they come.
    pub(super) live: bool,
    /// Native: whether its last sync message has not been answered.
    pub(super) owed: bool,
    /// Native: up to where it was sent everything from the store, while nobody had the document in
    /// memory.
    pub(super) sent: Vec<[u8; 32]>,
    /// Native: up to where it has said to hold everything.
    pub(super) holds: Vec<[u8; 32]>,
    /// Native: what it was told last about what others hold.
    pub(super) told_seen: Vec<[u8; 32]>,
    /// Native: whether it was told of all that is stored, and of whatever was since.
    pub(super) receipted: bool,
    /// Native: whether it has missed what was to be seen of others.
    pub(super) missed_presence: bool,
}

impl Subscriber {
    /// A connection of which nothing has been heard about the document.
    pub(super) fn new(native: bool, storage: Option<String>, read_only: bool) -> Self {
        let state = if read_only {
            State::new_read_only()
        } else {
            State::new()
        };
        Self {
            state,
            native,
            storage,
            ..Self::default()
        }
    }

    /// Takes down that it has sent a sync message: a request or not, from someone who holds nothing
    /// or something. Natively it is owed an answer and takes part from then on.
    pub(super) fn spoke(&mut self, is_request: bool, holds_nothing: bool) {
        self.asked = is_request && (!self.native || holds_nothing);
        self.told &= !is_request;
        self.unanswered = false;
        self.began_empty.get_or_insert(holds_nothing);
        self.owed = self.native;
        self.live |= self.native;
    }

    /// Whether it takes part in version 1 and had nothing when it began.
    pub(super) fn began_empty(&self) -> bool {
        !self.native && self.began_empty == Some(true)
    }

    /// Version 1: takes down that it is sent a message, with changes or without any.
    pub(super) fn is_sent(&mut self, with_changes: bool) {
        self.unanswered |= with_changes;
    }

    /// Version 1: whether it has to answer before it is sent more.
    pub(super) fn is_behind(&self) -> bool {
        !self.native && self.unanswered
    }

    /// Version 1: waits no longer for an answer, and tells whether it had waited: the client had the
    /// changes already, and owes none.
    pub(super) fn stop_waiting(&mut self) -> bool {
        !self.native && std::mem::take(&mut self.unanswered)
    }

    /// Version 1: whether it is answered at once, since it knows nothing yet or asks for something.
    pub(super) fn cannot_wait(&self) -> bool {
        let needs = self.state.their_need.as_ref();
        self.state.last_sent_heads.is_empty() || needs.is_some_and(|needs| !needs.is_empty())
    }

    /// Up to where it is known to hold everything.
    pub(super) fn held(&self) -> Vec<[u8; 32]> {
        if self.native {
            return self.holds.clone();
        }
        let heads = self.state.their_heads.iter().flatten();
        heads.map(|hash| hash.0).collect()
    }
}
