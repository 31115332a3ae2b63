//! Who has written in a document so far, and how much.
//!
//! Invariant: an actor's changes are numbered without a gap, and so are its operations without
//! repetition; Automerge counts on both.

use std::collections::BTreeMap;

use automerge::{ActorId, Automerge, ChangeHash};

/// How far an actor has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// The number of its last change.
    pub(super) sequence: u64,
    /// The number of its last operation.
    pub(super) last_operation: u64,
}

/// The actors of a document up to some point of its history.
#[derive(Clone, Debug, Default)]
pub(super) struct Actors {
    standings: BTreeMap<ActorId, Standing>,
    until: Vec<ChangeHash>,
}

impl Actors {
    /// Takes note of what is new in the document, whoever brought it: what a store had and Automerge
    /// kept back comes in by itself. Returns whether it goes on
    /// from what was known; otherwise it is another document, or an earlier state of this one.
    pub(super) fn catch_up(&mut self, document: &Automerge) -> bool {
        let heads = document.get_heads();
        if heads == self.until {
            return true;
        }
        let known = |hash: &ChangeHash| document.get_change_meta_by_hash(hash).is_some();
        let goes_on = self.until.iter().all(known);
        if !goes_on {
            *self = Self::default();
        }
        for change in document.get_changes_meta(&self.until) {
            let standing = Standing {
                sequence: change.seq,
                last_operation: change.max_op,
            };
            match self.standings.get_mut(&*change.actor) {
                Some(known) if known.sequence < change.seq => *known = standing,
                Some(_) => {}
                None => {
                    self.standings.insert(change.actor.into_owned(), standing);
                }
            }
        }
        self.until = heads;
        goes_on
    }

    /// Takes note of what these actors have come to, which is all that is new up to these heads.
    pub(super) fn go_on(&mut self, standings: BTreeMap<ActorId, Standing>, heads: Vec<ChangeHash>) {
        self.standings.extend(standings);
        self.until = heads;
    }

    /// How far an actor has come; `None` for one who has written nothing.
    pub(super) fn standing(&self, actor: &ActorId) -> Option<Standing> {
        self.standings.get(actor).copied()
    }
}
