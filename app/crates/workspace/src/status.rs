//! What the status region says about safety, derived from receipts and never from hope.

/// Why edits cannot be kept on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// The browser refuses storage, for instance in a private window.
    Refused,
    /// Another tab with another version of the app blocks the storage.
    Blocked,
    /// The device or the browser's quota is full.
    Full,
    /// The storage has not answered for some seconds; a full device is one reason.
    Unanswered,
    /// The storage answered with an error.
    Failed,
}

/// Where the latest edits are safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncStatus {
    /// On this device; the server is being told.
    SavedOnDevice {
        /// Whether the server has said that it can store nothing at the moment.
        server_failing: bool,
    },
    /// On their way to this device's storage, or not read from it yet.
    Saving,
    /// On this device, and the server has confirmed that it stored them.
    Synced {
        /// Whether they have also come to another device that has the workspace open.
        seen: bool,
    },
    /// On this device; there is no connection. `waiting` changes have not reached the server.
    Offline {
        /// Changes that the server has not confirmed.
        waiting: usize,
    },
    /// Not on this device. `on_server`: the server has confirmed that it holds them.
    NotSaved {
        /// Why.
        reason: NotSaved,
        /// Whether the server has confirmed all of them.
        on_server: bool,
    },
}

/// What the status is derived from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Receipts {
    /// Whether the device's storage is still being read: what is shown until then is a picture,
    /// and nobody knows whether what it shows is safe.
    pub loading: bool,
    /// Chunks handed to the device's storage whose transaction has not completed.
    pub pending_writes: usize,
    /// Why the device's storage fails, if it does.
    pub storage: Option<NotSaved>,
    /// Whether the server answers.
    pub connected: bool,
    /// Whether the page has just been opened and nobody knows yet whether the server answers.
    pub connecting: bool,
    /// Whether the server has confirmed every change that this device has.
    pub acknowledged: bool,
    /// How many changes the server has not confirmed.
    pub waiting: usize,
    /// Whether the server has said that it can store nothing at the moment.
    pub server_failing: bool,
    /// Whether another device is known to have every change that this one has.
    pub seen: bool,
}

impl SyncStatus {
    /// The status that these receipts prove.
    pub const fn from_receipts(receipts: Receipts) -> Self {
        let on_server = receipts.connected && receipts.acknowledged;
        if let Some(reason) = receipts.storage {
            return Self::NotSaved { reason, on_server };
        }
        if receipts.loading || receipts.pending_writes > 0 {
            return Self::Saving;
        }
        if !receipts.connected && !receipts.connecting {
            return Self::Offline {
                waiting: receipts.waiting,
            };
        }
        if on_server {
            Self::Synced {
                seen: receipts.seen,
            }
        } else {
            Self::SavedOnDevice {
                server_failing: receipts.connected && receipts.server_failing,
            }
        }
    }

    /// The same while something typed has not been handed to anybody: nothing says then that all
    /// is saved.
    #[must_use]
    pub const fn while_typing(self, typing: bool) -> Self {
        match self {
            Self::SavedOnDevice { .. } | Self::Synced { .. } | Self::Offline { .. } if typing => {
                Self::Saving
            }
            status => status,
        }
    }

    /// The same while the words for a new note are kept on this device alone: no server has confirmed
    /// what is no note yet.
    #[must_use]
    pub const fn while_drafting(self, drafting: bool) -> Self {
        match self {
            Self::Synced { .. } if drafting => Self::SavedOnDevice {
                server_failing: false,
            },
            status => status,
        }
    }

    /// Whether closing the tab now costs edits: what is on its way to the store is mirrored when the
    /// page goes, what the store refuses and no server has is in memory alone.
    pub const fn is_at_risk(self) -> bool {
        matches!(
            self,
            Self::NotSaved {
                on_server: false,
                ..
            }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(receipts: Receipts, expected: SyncStatus) {
        assert_eq!(SyncStatus::from_receipts(receipts), expected);
    }

    const SAFE: Receipts = Receipts {
        loading: false,
        pending_writes: 0,
        storage: None,
        connected: true,
        connecting: false,
        acknowledged: true,
        waiting: 0,
        server_failing: false,
        seen: false,
    };

    const ON_DEVICE: SyncStatus = SyncStatus::SavedOnDevice {
        server_failing: false,
    };

    /// L1
    #[test]
    fn synced_needs_both_receipts() {
        check(SAFE, SyncStatus::Synced { seen: false });
        check(
            Receipts {
                acknowledged: false,
                ..SAFE
            },
            ON_DEVICE,
        );
        check(
            Receipts {
                pending_writes: 1,
                ..SAFE
            },
            SyncStatus::Saving,
        );
    }

    #[test]
    fn a_page_that_is_still_connecting_is_not_called_offline() {
        let opening = Receipts {
            connected: false,
            connecting: true,
            ..SAFE
        };
        check(opening, ON_DEVICE);
    }

    #[test]
    fn what_a_colleague_has_counts_only_when_the_server_has_it_too() {
        let seen = Receipts { seen: true, ..SAFE };
        check(seen, SyncStatus::Synced { seen: true });
        let unsaved = Receipts {
            acknowledged: false,
            ..seen
        };
        check(unsaved, ON_DEVICE);
    }

    #[test]
    fn a_server_that_cannot_store_is_named() {
        let failing = Receipts {
            acknowledged: false,
            server_failing: true,
            ..SAFE
        };
        let expected = SyncStatus::SavedOnDevice {
            server_failing: true,
        };
        check(failing, expected);
    }

    /// L1
    #[test]
    fn a_picture_alone_is_nowhere_called_saved() {
        for connected in [false, true] {
            let painted = Receipts {
                loading: true,
                connected,
                ..SAFE
            };
            check(painted, SyncStatus::Saving);
        }
    }

    /// L1
    #[test]
    fn a_storage_that_does_not_answer_leaves_edits_unsaved() {
        let silent = Receipts {
            storage: Some(NotSaved::Unanswered),
            pending_writes: 1,
            connected: false,
            ..SAFE
        };
        let expected = SyncStatus::NotSaved {
            reason: NotSaved::Unanswered,
            on_server: false,
        };
        check(silent, expected);
        assert!(expected.is_at_risk());
    }

    #[test]
    fn offline_counts_what_waits() {
        let receipts = Receipts {
            connected: false,
            acknowledged: false,
            waiting: 3,
            ..SAFE
        };
        check(receipts, SyncStatus::Offline { waiting: 3 });
    }

    /// L1
    #[test]
    fn a_failing_store_is_said_before_anything_else() {
        let full = Receipts {
            storage: Some(NotSaved::Full),
            pending_writes: 2,
            ..SAFE
        };
        check(
            full,
            SyncStatus::NotSaved {
                reason: NotSaved::Full,
                on_server: true,
            },
        );
        let alone = Receipts {
            connected: false,
            ..full
        };
        check(
            alone,
            SyncStatus::NotSaved {
                reason: NotSaved::Full,
                on_server: false,
            },
        );
    }

    /// L4
    #[test]
    fn text_in_a_box_is_not_saved_and_hides_no_failure() {
        let synced = SyncStatus::Synced { seen: true };
        let failed = SyncStatus::NotSaved {
            reason: NotSaved::Full,
            on_server: false,
        };
        assert_eq!(synced.while_typing(true), SyncStatus::Saving);
        assert_eq!(synced.while_typing(false), synced);
        assert_eq!(failed.while_typing(true), failed);
    }

    #[test]
    fn risk_is_what_only_memory_holds() {
        assert!(!SyncStatus::Saving.is_at_risk());
        assert!(!SyncStatus::Offline { waiting: 9 }.is_at_risk());
        let kept_by_server = SyncStatus::NotSaved {
            reason: NotSaved::Full,
            on_server: true,
        };
        assert!(!kept_by_server.is_at_risk());
    }
}
