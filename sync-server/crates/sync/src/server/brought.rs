//! Whose changes come through somebody else: people may bring each other's, from a file or from a
//! room without internet.
//!
//! Invariant: whoever first brings a change that names another author than the person its
//! connection says to be, or brings it from a connection that has not said who it is, is noted in
//! the store and told to those who follow: by the author's name as far as there is room for names,
//! and as one who has brought others' changes beyond that. One who uses up their room takes none of
//! anybody else's. Both are what clients say, and are noted as that.

use std::collections::BTreeSet;
use std::sync::Arc;

use automerge::{ActorId, ChangeHash};

use super::ServerNode;
use super::event::{ConnectionId, Effect, ForwardKind};
use super::memory::Memory;
use super::panics::{Broken, guarded};
use crate::DocumentId;
use crate::bounded::ChunkReport;
use crate::receive::knows;
use crate::wire::{Brought, Native};

/// So many authors are named of those whose changes one person has brought.
const MOST_OF_ONE: usize = 64;

/// So many are named in a document.
const MOST_NAMED: usize = 512;

/// So many people are noted as having brought changes of others who are not named; of more, it is
/// noted that there are some.
const MOST_BRINGERS: usize = 128;

/// An author who is not named; nobody's own name.
const OTHERS: &str = "";

/// So many actors whose author is not known yet are remembered.
const MOST_UNKNOWN: usize = 256;

/// Bytes of an author or a person; longer ones are taken for nobody.
pub(super) const MAX_NAME: usize = 256;

/// A change's author, and from whom and as whom it came.
pub(super) type Delivery = (String, ConnectionId, Arc<str>);

/// What is known of it in one document. It stays when the document leaves memory.
#[derive(Debug, Default)]
pub(super) struct Deliveries {
    /// Author and bringer.
    pairs: BTreeSet<(String, String)>,
    /// Whether what the store has noted is among them, or is being asked for.
    recalled: bool,
    asking: bool,
    /// Who is told.
    followers: BTreeSet<ConnectionId>,
}

impl Deliveries {
    /// Takes a delivery down; what is new to be noted, if anything is.
    fn note(&mut self, author: String, bringer: &str) -> Option<(String, String)> {
        let pair = (author, bringer.to_owned());
        if self.pairs.contains(&pair) {
            return None;
        }
        let mut named = self.pairs.iter().filter(|(author, _)| author != OTHERS);
        let of_one = named.clone().filter(|(_, by)| by == bringer).count();
        let of_all = named.by_ref().count();
        let pair = if of_one < MOST_OF_ONE && of_all < MOST_NAMED {
            pair
        } else {
            let crowd = self.pairs.len() - of_all;
            let by = if crowd < MOST_BRINGERS { bringer } else { "" };
            (OTHERS.to_owned(), by.to_owned())
        };
        let known = self
            .pairs
            .contains(&(OTHERS.to_owned(), bringer.to_owned()));
        (!known && self.pairs.insert(pair.clone())).then_some(pair)
    }

    /// A connection has gone.
    pub(super) fn leave(&mut self, connection: ConnectionId) {
        self.followers.remove(&connection);
    }
}

impl Memory {
    /// Whose changes among those of `report` somebody has brought who is not their author: changes
    /// that were not there at `before`, or that wait for others; `all_new` says that each of them has
    /// just come in, one by one. In Automerge an author is named by the first change of each actor.
    ///
    /// # Errors
    /// The document broke down.
    pub(super) fn brought_by(
        &mut self,
        from: ConnectionId,
        person: &Arc<str>,
        before: &[ChangeHash],
        report: &ChunkReport,
        all_new: bool,
    ) -> Result<Vec<Delivery>, Broken> {
        let author = |actor: &[u8]| self.automerge.get_author_for_actor(&ActorId::from(actor));
        let own = |actor: &[u8]| {
            author(actor).is_some_and(|author| author.as_bytes() == person.as_bytes())
        };
        if report.heads.is_empty() && report.actors.iter().all(|(_, actor)| own(actor)) {
            return Ok(self.now_known());
        }
        if all_new {
            let named = report.actors.iter().filter_map(|(_, actor)| author(actor));
            let others = named.filter_map(|author| other(author.as_bytes(), person));
            let others: BTreeSet<_> = others.collect();
            let mut deliveries = self.now_known();
            deliveries.extend(others.into_iter().map(|it| (it, from, Arc::clone(person))));
            return Ok(deliveries);
        }
        let in_report: BTreeSet<_> = report.changes.iter().collect();
        let mut authors = BTreeSet::new();
        guarded(|| {
            for change in self.automerge.get_changes_meta(before) {
                if !report.heads.is_empty() || in_report.contains(&change.hash.0) {
                    let author = change.author.as_ref();
                    authors.extend(author.and_then(|it| other(it.as_bytes(), person)));
                }
            }
        })?;
        let ends = report.actors.iter().skip(1).map(|(first, _)| *first);
        let ends = ends.chain([report.changes.len()]);
        for ((first, actor), end) in report.actors.iter().zip(ends) {
            let mut run = report.changes.iter().take(end).skip(*first);
            let waits = run.any(|hash| !knows(&self.automerge, &ChangeHash(*hash)));
            if waits && self.unattributed.len() < MOST_UNKNOWN {
                let waiting = (actor.clone(), from, Arc::clone(person));
                self.unattributed.insert(waiting);
            }
        }
        let mut deliveries = self.now_known();
        deliveries.extend(authors.into_iter().map(|it| (it, from, Arc::clone(person))));
        Ok(deliveries)
    }

    /// Those who brought changes whose authors have become known since.
    fn now_known(&mut self) -> Vec<Delivery> {
        let mut known = Vec::new();
        let automerge = &self.automerge;
        self.unattributed.retain(|(actor, from, person)| {
            let author = automerge.get_author_for_actor(&ActorId::from(actor.as_slice()));
            let is_known = author.is_some();
            let author = author.and_then(|author| other(author.as_bytes(), person));
            known.extend(author.map(|author| (author, *from, Arc::clone(person))));
            !is_known
        });
        known
    }
}

/// The author's name, if it is one and another than the person's.
fn other(author: &[u8], person: &str) -> Option<String> {
    let name = std::str::from_utf8(author).ok()?;
    let is_other = !name.is_empty() && name != person && name.len() <= MAX_NAME;
    is_other.then(|| name.to_owned())
}

impl ServerNode {
    /// Notes who has brought whose changes, and tells those who follow.
    pub(super) fn note_brought(&mut self, id: DocumentId, brought: Vec<Delivery>) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        let mut news = false;
        for (author, from, bringer) in brought {
            let Some((author, bringer)) = document.deliveries.note(author, &bringer) else {
                continue;
            };
            news = true;
            self.effects.push(Effect::Note {
                document: id,
                from,
                author,
                bringer,
            });
        }
        let known = &mut document.deliveries;
        // How much room is left, the store knows.
        if news && !known.recalled && !std::mem::replace(&mut known.asking, true) {
            self.effects.push(Effect::Recall { document: id });
        } else if news && known.recalled {
            let followers = document.deliveries.followers.iter().copied().collect();
            self.tell_brought(id, followers);
        }
    }

    /// A native client wants to be told.
    pub(super) fn follow(&mut self, connection: ConnectionId, id: DocumentId) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if !document.is_native(connection) {
            return;
        }
        let known = &mut document.deliveries;
        known.followers.insert(connection);
        if known.recalled {
            self.tell_brought(id, vec![connection]);
        } else if !std::mem::replace(&mut known.asking, true) {
            self.effects.push(Effect::Recall { document: id });
        }
    }

    /// The store has answered what it has noted, or has failed to.
    pub(super) fn recalled(&mut self, id: DocumentId, result: Result<Brought, String>) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        let known = &mut document.deliveries;
        known.asking = false;
        if let Ok(brought) = result {
            known.recalled = true;
            known.pairs.extend(brought);
            let followers = known.followers.iter().copied().collect();
            self.tell_brought(id, followers);
        }
    }

    fn tell_brought(&mut self, id: DocumentId, to: Vec<ConnectionId>) {
        let Some(document) = self.documents.get(&id) else {
            return;
        };
        let message = Native::Deliveries {
            document: id,
            brought: document.deliveries.pairs.iter().cloned().collect(),
        };
        self.forward(to, id, message, ForwardKind::Notice);
    }
}
