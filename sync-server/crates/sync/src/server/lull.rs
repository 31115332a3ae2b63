//! When a document's chunks are written anew: in a lull.
//!
//! A snapshot is written and read back beside the node, some ten milliseconds for a document of some
//! hundred notes. Right after a receipt, in the middle of what several people write at the same
//! instants, it would take the processor from them.

/// A document in which people write all the time is not put off for longer than this.
const PATIENCE_MS: u64 = 1_000;

/// How quiet it is around one document.
#[derive(Debug, Default)]
pub(super) struct Lull {
    /// When something new came last.
    broken_ms: u64,
    /// Since when its chunks are worth writing anew.
    wanted_ms: Option<u64>,
}

impl Lull {
    /// Something new has come.
    pub(super) fn is_broken(&mut self, now_ms: u64) {
        self.broken_ms = now_ms;
    }

    /// The chunks are worth writing anew, or they are not.
    pub(super) fn is_wanted(&mut self, wanted: bool, now_ms: u64) {
        self.wanted_ms = wanted.then(|| self.wanted_ms.unwrap_or(now_ms));
    }

    /// When to do it: after `quiet_ms` without anything new, or when patience ends.
    pub(super) fn due_ms(&self, quiet_ms: u64) -> Option<u64> {
        let quiet = self.broken_ms.saturating_add(quiet_ms);
        let latest = self.wanted_ms?.saturating_add(PATIENCE_MS);
        Some(quiet.min(latest))
    }
}
