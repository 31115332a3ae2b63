//! What others are to see of this client in one document, and when it is time to say so.

/// The shortest time between two messages: thirty a second.
const INTERVAL_MS: u64 = 33;

/// How often what has not changed is said again, so that the server does not take us for gone.
const HEARTBEAT_MS: u64 = 3_000;

/// One's own presence in one document.
#[derive(Debug, Default)]
pub(super) struct Presence {
    mine: Option<Vec<u8>>,
    changed: bool,
    said_ms: Option<u64>,
}

impl Presence {
    /// Is seen as `data` from now on, or no more.
    pub(super) fn set(&mut self, data: Option<Vec<u8>>) {
        if self.mine != data {
            self.mine = data;
            self.changed = true;
        }
    }

    /// The server knows nothing of it yet.
    pub(super) fn restart(&mut self) {
        self.changed = self.mine.is_some();
        self.said_ms = None;
    }

    /// What is to be sent at this time, if anything.
    pub(super) fn due(&mut self, now_ms: u64) -> Option<Option<Vec<u8>>> {
        let silent = self
            .said_ms
            .map_or(u64::MAX, |said| now_ms.saturating_sub(said));
        let news = self.changed && silent >= INTERVAL_MS;
        let heartbeat = self.mine.is_some() && silent >= HEARTBEAT_MS;
        if !news && !heartbeat {
            return None;
        }
        self.changed = false;
        self.said_ms = Some(now_ms);
        Some(self.mine.clone())
    }
}
