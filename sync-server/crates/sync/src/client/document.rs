//! What the client knows about one document and the server.

use automerge::sync::State;
use automerge::{Automerge, ChangeHash};

use crate::bounded::MessageReport;
use crate::receive::knows;

/// The synchronisation of one document over the present connection, and what the server has
/// confirmed over this and the last.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) state: State,
    /// Whether the server has stated its heads on this connection.
    stated: bool,
    /// The server's heads among those that we know, as last stated.
    pub(super) confirmed: Vec<ChangeHash>,
}

impl Document {
    /// Starts afresh for a new connection; what was confirmed stays, to count what waits.
    pub(super) fn restart(&mut self) {
        self.state = State::new();
        self.stated = false;
    }

    /// Takes down the heads that the server stated in a message, which was applied already.
    ///
    /// Only heads that the server itself stated count as confirmed: `State::shared_heads` also
    /// advances to heads that we derived when a change arrived that others waited for.
    pub(super) fn heads_stated(&mut self, report: &MessageReport, automerge: &Automerge) {
        let heads = report.heads.iter().map(|hash| ChangeHash(*hash));
        let known: Vec<_> = heads.filter(|head| knows(automerge, head)).collect();
        // When we know all its heads they say everything. When some are still on their way, what
        // was confirmed before on this connection remains so.
        if known.len() == report.heads.len() || !self.stated {
            self.confirmed = known;
        } else {
            self.confirmed.extend(known);
            self.confirmed.sort_unstable();
            self.confirmed.dedup();
        }
        self.stated = true;
    }

    /// Whether the server has stated heads that contain ours.
    ///
    /// Nothing that we have follows one of our heads, so a stated head that we know contains ours
    /// only when it is the same.
    pub(super) fn is_confirmed(&self, automerge: &Automerge) -> bool {
        self.stated
            && automerge
                .get_heads()
                .iter()
                .all(|head| self.confirmed.contains(head))
    }
}
