//! What may be claimed about the safety of the latest edits: gathered receipts, nothing else.

use std::cell::RefCell;
use std::rc::Rc;

use document::Heads;
use leptos::prelude::{GetUntracked, Set};
use workspace::SyncStatus;
use workspace::status::Receipts;

use super::Inner;
use crate::platform::clock::Scheduled;

/// The next renewal of the status, if one is due.
pub(super) type Due = RefCell<Option<Scheduled>>;

impl Inner {
    /// Renews the status with the next frame: many receipts arrive together.
    pub(super) fn status_soon(self: &Rc<Self>) {
        if self.status_due.borrow().is_some() {
            return;
        }
        let weak = Rc::downgrade(self);
        let due = Scheduled::frame(move || {
            let Some(inner) = weak.upgrade() else { return };
            inner.status_due.take();
            let status = inner.receipts_status();
            if inner.status.get_untracked() != status {
                inner.status.set(status);
            }
        });
        *self.status_due.borrow_mut() = Some(due);
    }

    /// The status that the receipts of this moment prove.
    pub(super) fn receipts_status(&self) -> SyncStatus {
        let chunks = self.device.chunks();
        let connected = self.server.is_connected();
        // Nobody is told how many changes wait while there is a connection.
        let waiting = if connected { 0 } else { self.waiting() };
        SyncStatus::from_receipts(Receipts {
            loading: !self.keeping.is_started(),
            pending_writes: chunks.pending(&self.id),
            // What has not been read may hold edits that nobody else has.
            storage: self
                .unread
                .failure()
                .or_else(|| chunks.failure())
                .map(|failure| failure.reason()),
            connected,
            connecting: self.server.is_connecting(),
            acknowledged: self.is_acknowledged(),
            waiting,
            server_failing: self.server.is_store_failing(),
            seen: self.is_seen(),
        })
    }

    /// The last point that the server has confirmed, in this session or an earlier one.
    pub(super) fn acknowledged(&self) -> Heads {
        let confirmed = self.server.acknowledged_heads(&self.id);
        if confirmed.is_empty() {
            self.keeping.acknowledged_before.clone()
        } else {
            confirmed
        }
    }

    fn waiting(&self) -> usize {
        let acknowledged = self.acknowledged();
        self.workspace
            .with_document(|document| document.changes_since(&acknowledged))
            .unwrap_or_default()
    }
}
