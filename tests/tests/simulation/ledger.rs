//! What was promised: the receipts that people have seen, against which the end is held.

use std::collections::BTreeSet;

use document::Heads;
use sync::DocumentId;

use crate::forging::Deeds;
use crate::server::ByDocument;

/// Heads, and with each everything before it.
pub(crate) type Points = BTreeSet<[u8; 32]>;

/// Receipts, and what nobody may ever see.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// Shown as "on the server".
    pub(crate) on_server: ByDocument<Points>,
    /// Shown as "on this device", by device.
    on_device: Vec<(usize, DocumentId, Heads)>,
    /// Changes of those who may only read.
    pub(crate) forbidden: ByDocument<Points>,
    /// What was done by whom, where somebody forges.
    pub(crate) deeds: Deeds,
    /// Edits made, for the summary.
    pub(crate) edits: usize,
}

impl Ledger {
    /// A tab shows that the server has everything up to these heads.
    pub(crate) fn on_server(&mut self, document: DocumentId, heads: &[[u8; 32]]) {
        self.on_server.entry(document).or_default().extend(heads);
    }

    /// A tab shows that its device has everything up to these heads.
    pub(crate) fn on_device(&mut self, device: usize, document: DocumentId, heads: Heads) {
        let receipt = (device, document, heads);
        if self.on_device.last() != Some(&receipt) {
            self.on_device.push(receipt);
        }
    }

    /// A device is gone, and with it what it alone had.
    pub(crate) fn lost(&mut self, device: usize) {
        self.on_device.retain(|(owner, ..)| *owner != device);
        self.deeds.lost(device);
    }

    /// Everything that was promised about a document, and by whom.
    pub(crate) fn promises(&self, document: &DocumentId) -> Vec<(&'static str, [u8; 32])> {
        let server = self.on_server.get(document).into_iter().flatten();
        let devices = self.on_device.iter().filter(|(_, of, _)| of == document);
        let devices = devices.flat_map(|(_, _, heads)| heads.as_slice());
        server
            .map(|head| ("the server", *head))
            .chain(devices.map(|head| ("a device", *head)))
            .collect()
    }
}
