//! How far each one's work has come to others.

use automerge::ChangeHash;

use super::ServerNode;
use super::document::Document;
use super::event::ConnectionId;
use crate::DocumentId;
use crate::receive::knows;
use crate::wire::{Message, Native};

impl ServerNode {
    /// A native client says up to where it holds everything.
    pub(super) fn holds(&mut self, connection: ConnectionId, id: DocumentId, heads: Vec<[u8; 32]>) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        let limit = self.config.limits.acknowledged_heads;
        if let Some(known) = document.subscribers.get_mut(&connection)
            && known.native
            && heads.len() <= limit
        {
            let (read_only, sent) = (known.state.read_only, &known.sent);
            let in_memory = document.memory.is_ready();
            known.holds = heads
                .into_iter()
                .filter(|head| !read_only || in_memory || sent.contains(head))
                .collect();
            document.holdings_changed = true;
        }
    }

    /// Tells each native client what others, on other devices, hold.
    pub(super) fn tell_seen(&mut self) {
        let limit = self.config.limits.acknowledged_heads;
        let mut news = Vec::new();
        for (id, document) in &mut self.documents {
            if !std::mem::take(&mut document.holdings_changed) {
                continue;
            }
            for (connection, heads) in held_by_others(document, limit) {
                if let Some(known) = document.subscribers.get_mut(&connection)
                    && known.told_seen != heads
                {
                    known.told_seen.clone_from(&heads);
                    let document = *id;
                    news.push((connection, Native::Seen { document, heads }));
                }
            }
        }
        for (connection, message) in news {
            self.send(connection, &Message::Native(message));
        }
    }
}

/// For each native subscriber, the heads up to which someone on another device holds everything.
fn held_by_others(document: &Document, limit: usize) -> Vec<(ConnectionId, Vec<[u8; 32]>)> {
    let everyone: Vec<_> = document
        .subscribers
        .iter()
        .map(|(connection, known)| {
            let mut held = known.held();
            // Who may only read can have nothing that did not come from here.
            if known.state.read_only && document.memory.is_ready() {
                held.retain(|head| knows(&document.memory.automerge, &ChangeHash(*head)));
            }
            (*connection, known.storage.as_deref(), held)
        })
        .collect();
    let natives = document
        .subscribers
        .iter()
        .filter(|(_, known)| known.native);
    natives
        .map(|(connection, known)| {
            let mut heads: Vec<_> = everyone
                .iter()
                .filter(|(other, storage, _)| {
                    let same_device = storage.is_some() && *storage == known.storage.as_deref();
                    other != connection && !same_device
                })
                .flat_map(|(_, _, heads)| heads.iter().copied())
                .collect();
            heads.sort_unstable();
            heads.dedup();
            heads.truncate(limit);
            (*connection, heads)
        })
        .collect()
}
