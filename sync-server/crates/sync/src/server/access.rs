//! Who may take part in which document: asked of the shell, remembered for each connection.
//!
//! Invariants: while the shell is asked about access, nothing of a document goes to a connection
//! and nothing of the connection into the document before the shell has granted it; a connection
//! that may only read never adds a change, whatever it sends; a grant that ends is asked for anew,
//! and a connection that loses one is closed and told why.

use std::sync::Arc;

use super::ServerNode;
use super::document::Content;
use super::event::{ConnectionId, Effect};
use super::refusal::Ending;
use crate::wire::{Message, Native};
use crate::{AccessKey, DocumentId};

/// More keys are not remembered for one connection.
const MAX_KEYS: usize = 64;

/// Longer keys are not remembered.
const MAX_KEY: usize = 256;

/// What a connection may do with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Whether it may add changes; everyone who takes part may read.
    pub write: bool,
    /// When to ask again, on the clock of [`ServerNode::handle`]'s `now_ms`.
    pub until_ms: Option<u64>,
}

/// The shell's answer to [`Effect::Authorise`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It may.
    Granted(Grant),
    /// It may not: its link was revoked, or opens less than this.
    Refused,
    /// It may not: the document has owners, and none of its keys is a link of theirs.
    Owned,
    /// It may not: nobody owns the document, and such documents are not open.
    Unowned,
    /// It may not: its key has run out.
    Expired,
    /// It may not now: it has asked for too many documents that are not there.
    TooMany,
}

impl Access {
    /// Whether it may not, whatever else it may some day.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Refused | Self::Owned | Self::Unowned | Self::Expired
        )
    }
}

/// What is known about one connection and one document.
#[derive(Debug, Default)]
pub(super) struct Admission {
    /// What was granted last.
    grant: Option<Grant>,
    /// Whether the shell is being asked.
    asking: bool,
    /// Whether something has changed since it was asked.
    stale: bool,
    /// What has arrived before the first answer.
    held: Vec<Content>,
}

impl Admission {
    /// Bytes of what has arrived before the first answer.
    pub(super) fn held_bytes(&self) -> usize {
        self.held.iter().map(|content| content.bytes().len()).sum()
    }
}

impl ServerNode {
    /// Remembers keys that a connection has shown. What it may do already is asked for anew: it
    /// may be more now.
    pub(super) fn show_keys(&mut self, connection: ConnectionId, keys: Vec<AccessKey>) {
        let Some(known) = self.connections.get_mut(&connection) else {
            return;
        };
        for key in keys {
            let fits = known.keys.len() < MAX_KEYS && key.reveal().len() <= MAX_KEY;
            if fits && !known.keys.contains(&key) {
                known.keys.push(key);
            }
        }
        let documents: Vec<_> = known.admissions.keys().copied().collect();
        for id in documents {
            self.ask_again(connection, id);
        }
    }

    /// Lets a message through to its document: it is returned if it may go on, and with it whether
    /// its sender may only read. It is held back until the shell has answered, and dropped when it
    /// is a change of someone who may only read.
    pub(super) fn let_through(
        &mut self,
        connection: ConnectionId,
        id: DocumentId,
        content: Content,
    ) -> Option<(Content, bool)> {
        if !self.config.access {
            return Some((content, false));
        }
        let known = self.connections.get_mut(&connection)?;
        let admission = known.admissions.entry(id).or_default();
        match admission.grant {
            Some(grant) if grant.write => Some((content, false)),
            Some(_) => match content {
                Content::Sync { .. } => Some((content, true)),
                Content::Change(_) => None,
            },
            None => {
                let bytes = content.bytes().len();
                admission.held.push(content);
                known.waiting += 1;
                self.waiting_bytes = self.waiting_bytes.saturating_add(bytes);
                self.ask(connection, id);
                self.end_if_too_much_waits(connection);
                None
            }
        }
    }

    fn ask(&mut self, connection: ConnectionId, id: DocumentId) {
        let Some(known) = self.connections.get_mut(&connection) else {
            return;
        };
        let Some(admission) = known.admissions.get_mut(&id) else {
            return;
        };
        if admission.asking {
            return;
        }
        admission.asking = true;
        admission.stale = false;
        self.effects.push(Effect::Authorise {
            connection,
            document: id,
            keys: Arc::from(known.keys.as_slice()),
            owned: known.owned.contains(&id),
        });
    }

    /// Asks the shell once more, if need be after the answer that is on its way.
    fn ask_again(&mut self, connection: ConnectionId, id: DocumentId) {
        let known = self.connections.get_mut(&connection);
        if let Some(admission) = known.and_then(|known| known.admissions.get_mut(&id)) {
            admission.stale = admission.asking;
            self.ask(connection, id);
        }
    }

    /// Links have changed: what everyone may do with these documents is asked for anew. Of those who
    /// have gone nobody can ask that any more: what they sent and is not applied yet is dropped. They
    /// were told of no receipt, and bring it again if they still may.
    pub(super) fn review_access(&mut self, documents: &[DocumentId]) {
        for id in documents {
            if let Some(document) = self.documents.get_mut(id) {
                let connections = &self.connections;
                let dropped = document.drop_waiting(|one| !connections.contains_key(&one));
                self.waiting_bytes = self.waiting_bytes.saturating_sub(dropped);
            }
        }
        let everyone: Vec<_> = self.connections.keys().copied().collect();
        for connection in everyone {
            for id in documents {
                self.ask_again(connection, *id);
            }
        }
    }

    /// Asks anew for grants that have come to their end.
    pub(super) fn review_ended_grants(&mut self) {
        let now_ms = self.now_ms;
        let has_ended = |admission: &Admission| {
            let until = admission.grant.and_then(|grant| grant.until_ms);
            until.is_some_and(|until| until <= now_ms)
        };
        let ended: Vec<_> = self
            .connections
            .iter()
            .flat_map(|(connection, known)| {
                let ended = known.admissions.iter().filter(|(_, it)| has_ended(it));
                ended.map(|(document, _)| (*connection, *document))
            })
            .collect();
        for (connection, id) in ended {
            self.ask(connection, id);
        }
    }

    /// The clock by which links end has moved ahead: grants end sooner by as much.
    pub(super) fn clock_jumped(&mut self, ahead_ms: u64) {
        for known in self.connections.values_mut() {
            for admission in known.admissions.values_mut() {
                if let Some(until_ms) = admission.grant.as_mut().and_then(|it| it.until_ms.as_mut())
                {
                    *until_ms = until_ms.saturating_sub(ahead_ms);
                }
            }
        }
        self.review_ended_grants();
    }

    /// The shell has answered.
    pub(super) fn authorised(
        &mut self,
        connection: ConnectionId,
        id: DocumentId,
        result: Result<Access, String>,
    ) {
        let known = self.connections.get_mut(&connection);
        let Some(known) = known.filter(|known| !known.closing) else {
            return;
        };
        let Some(admission) = known.admissions.get_mut(&id) else {
            return;
        };
        admission.asking = false;
        if admission.stale {
            return self.ask(connection, id);
        }
        let before = admission.grant;
        let held = std::mem::take(&mut admission.held);
        for content in &held {
            known.waiting = known.waiting.saturating_sub(1);
            let bytes = content.bytes().len();
            self.waiting_bytes = self.waiting_bytes.saturating_sub(bytes);
        }
        let about = Some(id);
        match result {
            Ok(Access::Granted(grant)) => {
                admission.grant = Some(grant);
                if known.native {
                    let write = grant.write;
                    self.send(
                        connection,
                        &Message::Native(Native::Rights {
                            document: id,
                            write,
                        }),
                    );
                }
                self.change_rights(connection, id, grant);
                for content in held {
                    self.queue(connection, id, content);
                }
            }
            // As if there were no such document.
            Ok(refused) if refused.is_refusal() && before.is_none() => {
                known.admissions.remove(&id);
                self.unavailable(connection, id);
            }
            Ok(Access::TooMany) => self.end_about(connection, about, &Ending::TooManyNewDocuments),
            Ok(Access::Expired) => self.end_about(connection, about, &Ending::LinkExpired),
            Ok(Access::Refused) => self.end_about(connection, about, &Ending::LinkRevoked),
            Ok(Access::Owned) => self.end_about(connection, about, &Ending::Owned),
            Ok(Access::Unowned) => self.end_about(connection, about, &Ending::Unowned),
            Err(_) => self.end_about(connection, about, &Ending::Unanswered),
        }
    }

    /// Lets a connection that takes part in a document write, or only read, from now on.
    fn change_rights(&mut self, connection: ConnectionId, id: DocumentId, grant: Grant) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        let Some(subscriber) = document.subscribers.get_mut(&connection) else {
            return;
        };
        if subscriber.state.read_only != grant.write {
            return;
        }
        subscriber.state.set_read_only(!grant.write);
        let native = subscriber.native;
        if !grant.write {
            document.read_only_from_now(connection);
        } else if native {
            // What it had sent in vain is asked for by a new round.
            self.ask_to_resync(id, vec![connection]);
        } else {
            self.tell_version_1(id);
        }
    }

    /// Tells a connection that there is no such document, whether or not there is.
    fn unavailable(&mut self, connection: ConnectionId, id: DocumentId) {
        let Some(target) = self.name_of(connection) else {
            return;
        };
        let message = Message::DocUnavailable {
            document: id,
            sender: self.config.peer.clone(),
            target,
        };
        self.send(connection, &message);
    }
}
