//! What is to be seen of the people in a document. Never stored; the last word of each counts.

use std::collections::BTreeMap;

use super::event::ConnectionId;
use crate::PeerId;
use crate::wire::Shown;

/// The presence of everyone in one document.
#[derive(Debug, Default)]
pub(super) struct Presences {
    present: BTreeMap<ConnectionId, Present>,
    /// Names of those whose presence others have not been told of.
    changed: BTreeMap<PeerId, Option<Vec<u8>>>,
    told_ms: Option<u64>,
}

#[derive(Debug)]
struct Present {
    name: PeerId,
    device: Vec<u8>,
    data: Vec<u8>,
    heard_ms: u64,
}

impl Presences {
    /// Takes down what a connection is to be seen as.
    pub(super) fn set(
        &mut self,
        from: ConnectionId,
        (name, device): (PeerId, Vec<u8>),
        data: Vec<u8>,
        now_ms: u64,
    ) {
        let present = Present {
            name: name.clone(),
            device,
            data: data.clone(),
            heard_ms: now_ms,
        };
        let before = self.present.insert(from, present);
        if before.is_none_or(|before| before.data != data) {
            self.changed.insert(name, Some(data));
        }
    }

    /// There is nothing to be seen of it any more.
    pub(super) fn remove(&mut self, from: ConnectionId) {
        if let Some(present) = self.present.remove(&from) {
            self.changed.insert(present.name, None);
        }
    }

    /// Removes those of whom nothing has been heard for so long.
    pub(super) fn expire(&mut self, now_ms: u64, after_ms: u64) {
        let silent = |present: &Present| now_ms.saturating_sub(present.heard_ms) >= after_ms;
        let gone: Vec<_> = self
            .present
            .iter()
            .filter(|(_, present)| silent(present))
            .map(|(connection, _)| *connection)
            .collect();
        for connection in gone {
            self.remove(connection);
        }
    }

    /// When others are to be told; `None` while nothing has changed.
    pub(super) fn due_ms(&self, interval_ms: u64) -> Option<u64> {
        let next = self
            .told_ms
            .map_or(0, |told| told.saturating_add(interval_ms));
        (!self.changed.is_empty()).then_some(next)
    }

    /// What others have not been told of; they are told now.
    /// And from which device each is who is there.
    pub(super) fn take_changed(&mut self, now_ms: u64) -> (Shown, Shown) {
        self.told_ms = Some(now_ms);
        let changed = std::mem::take(&mut self.changed);
        let devices = self.devices(|name| changed.get(name).is_some_and(Option::is_some));
        (changed.into_iter().collect(), devices)
    }

    /// Everyone who is to be seen, and from which device.
    pub(super) fn all(&self) -> (Shown, Shown) {
        let all = self.present.values();
        let all = all.map(|present| (present.name.clone(), Some(present.data.clone())));
        (all.collect(), self.devices(|_| true))
    }

    fn devices(&self, which: impl Fn(&PeerId) -> bool) -> Shown {
        let present = self.present.values();
        let present = present.filter(|present| which(&present.name));
        let devices = present.map(|present| (present.name.clone(), Some(present.device.clone())));
        devices.collect()
    }

    /// Whether nobody is to be seen and nobody is to be told.
    pub(super) fn is_empty(&self) -> bool {
        self.present.is_empty() && self.changed.is_empty()
    }
}
