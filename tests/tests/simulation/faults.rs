//! What goes wrong, and what people do, between the steps of the machinery.

use automerge::{Automerge, ChangeHash};
use fastrand::Rng;
use sync::Chunk;
use sync::wire::{Message, Native};

use crate::disk::{changes_in, spoil};
use crate::plan::{Harm, Role};
use crate::server::document_id;
use crate::world::World;

/// Changes are idempotent: now and then one comes twice. What the sync protocol says is not.
pub(crate) fn may_come_twice(frame: &[u8], random: &mut Rng) -> bool {
    random.u8(..8) == 0
        && matches!(
            Message::decode(frame),
            Ok(Message::Native(
                Native::Change { .. } | Native::Saved { .. }
            ))
        )
}

impl World {
    /// Something that somebody does, or that goes wrong.
    pub(crate) fn disturb(&mut self) {
        let device = self.random.usize(..self.devices.len());
        let tabs = self.devices[device].tabs.len();
        if self.devices[device].is_lost {
            return;
        }
        let tab = self.random.usize(..tabs.max(1));
        let is_open = tab < tabs;
        let is_connected = is_open && self.devices[device].tabs[tab].link.is_some();
        let may_edit = is_open && self.devices[device].plan.role != Role::Viewer;
        let what = self.random.u8(..100);
        match what {
            0..=44 if may_edit && !(self.plan.forger && (40..).contains(&what)) => {
                self.edit(device, tab);
            }
            40..=48 if self.plan.forger && is_open => self.forge(device, tab),
            45..=59 if is_open && !is_connected && !self.devices[device].plan.is_away => {
                self.connect(device, tab);
            }
            60..=62 if is_connected => self.leave(device, tab),
            63..=65 if is_connected => self.stall(device, tab),
            66 if is_open => self.kill_tab(device, tab),
            67 => self.crash_browser(device),
            68 if is_open => {
                let asleep_until = self.now_ms + self.random.u64(1..20_000);
                self.devices[device].tabs[tab].asleep_until = asleep_until;
            }
            69..=72 if tabs < self.devices[device].plan.tabs => self.open_tab(device, false),
            73 if !self.plan.is_steady => self.kill_server(),
            74..=76 if self.server.node.is_none() => self.server.start(),
            77..=78 if !self.plan.is_steady => self.server.disk.is_full = self.random.bool(),
            79..=80 => self.devices[device].storage.is_full = self.random.bool(),
            81..=84 => self.set_clock(device),
            85..=94 => {
                let milliseconds = *self.random.choice([30, 600, 6_000].iter()).expect("some");
                self.wait(milliseconds);
            }
            95 => self.wait(3_600_000),
            96..=97 if is_open => self.show_presence(device, tab),
            98..=99 => self.harm(device),
            _ => {}
        }
    }

    /// All tabs of a device die at once.
    fn crash_browser(&mut self, device: usize) {
        while !self.devices[device].tabs.is_empty() {
            self.kill_tab(device, 0);
        }
    }

    /// A connection through which nothing gets for a while, in either direction.
    fn stall(&mut self, device: usize, tab: usize) {
        let connection = self.devices[device].tabs[tab].link;
        if let Some(link) = connection.and_then(|it| self.links.get_mut(&it)) {
            link.stalled_until = self.now_ms + self.random.u64(1..20_000);
        }
    }

    /// A clock is wrong, by up to a year.
    fn set_clock(&mut self, device: usize) {
        const YEAR_MS: i64 = 31_536_000_000;
        let clock = &self.devices[device].clock;
        clock.set(clock.get() + self.random.i64(-YEAR_MS..YEAR_MS));
    }

    /// One CBOR item, larger or smaller, to be seen by the others.
    fn show_presence(&mut self, device: usize, tab: usize) {
        let bytes = self.random.u8(..);
        let item = [&[0x58, bytes][..], &vec![7; usize::from(bytes)]].concat();
        let one = &mut self.devices[device].tabs[tab];
        one.client.present(&one.document, Some(item));
    }

    fn harm(&mut self, device: usize) {
        match self.plan.harm {
            Harm::Nothing => {}
            Harm::ServerDisk => self.damage_server(),
            Harm::DeviceDisks => self.damage_device(device),
            Harm::Devices => self.lose(device),
        }
    }

    /// Damages a chunk of the server's, all of which some device has on its disk.
    fn damage_server(&mut self) {
        let document = document_id(self.random.usize(..self.plan.documents));
        let chunks = self.server.disk.load(&document);
        let Some(chunk) = self.random.choice(&chunks) else {
            return;
        };
        if chunk.quarantined || Chunk::hash_of(&chunk.bytes) != chunk.hash {
            return;
        }
        let changes = changes_in(&chunk.bytes);
        let is_elsewhere = self.devices.iter().any(|device| {
            let here = document_id(device.plan.document) == document;
            here && device.plan.role == Role::Editor
                && has_all(&device.storage.document(), &changes)
        });
        if is_elsewhere {
            let damaged = spoil(&chunk.bytes, &mut self.random);
            self.server.disk.damage(document, chunk, damaged);
        }
    }

    /// Damages a chunk of a device's, all of which the server has on its disk.
    fn damage_device(&mut self, device: usize) {
        let document = document_id(self.devices[device].plan.document);
        let stored = self.server.disk.document(&document);
        let storage = &mut self.devices[device].storage;
        storage.damage(&mut self.random, |bytes| {
            has_all(&stored, &changes_in(bytes))
        });
    }

    /// A device falls into the water, unless it is the last with its document.
    fn lose(&mut self, device: usize) {
        let document = self.devices[device].plan.document;
        let others = self.devices.iter().enumerate().filter(|(index, other)| {
            *index != device && !other.is_lost && other.plan.document == document
        });
        if others.count() == 0 {
            return;
        }
        self.crash_browser(device);
        self.devices[device].is_lost = true;
        self.ledger.lost(device);
    }
}

fn has_all<'a>(document: &Automerge, changes: impl IntoIterator<Item = &'a ChangeHash>) -> bool {
    let mut changes = changes.into_iter();
    changes.all(|hash| document.get_change_meta_by_hash(hash).is_some())
}
