//! A device's chunks: what is written again, and what never is.

use std::collections::BTreeMap;

use arbtest::arbtest;
use sync::{Compaction, Shelf, Shelved};

/// A store of chunks that each hold the changes from one number to another, and the shelf over it.
#[derive(Default)]
struct Device {
    shelf: Shelf<u32, u32>,
    /// By name: how long, from where, and up to where.
    stored: BTreeMap<u32, (usize, u32, u32)>,
    changes: u32,
    names: u32,
    new: usize,
    again: usize,
    most: usize,
}

impl Device {
    /// A snapshot takes a third of the room of its changes; each change is this long.
    fn put(&mut self, bytes: usize, from: u32, is_snapshot: bool) -> Shelved<u32, u32> {
        self.names += 1;
        self.stored.insert(self.names, (bytes, from, self.changes));
        self.most = self.most.max(self.stored.len());
        Shelved {
            key: self.names,
            bytes,
            is_snapshot,
            until: Some(self.changes),
        }
    }

    fn change(&mut self, bytes: usize) {
        let before = self.changes;
        self.changes += 1;
        self.new += bytes;
        let chunk = self.put(bytes, before, false);
        self.shelf.add(chunk);
    }

    /// Does what is due.
    fn compact(&mut self, bytes: usize) {
        let (from, superseded, is_snapshot) = match self.shelf.due() {
            None => return,
            Some(Compaction::Snapshot { superseded }) => (0, superseded, true),
            Some(Compaction::Fold { since, superseded }) => (since, superseded, false),
        };
        let length = (self.changes - from) as usize * bytes / if is_snapshot { 3 } else { 1 };
        let by = self.put(length, from, is_snapshot);
        self.again += length;
        for name in &superseded {
            let (_, first, last) = self.stored.remove(name).expect("it is stored once");
            assert!(
                from <= first && last <= self.changes,
                "it is in the new one"
            );
        }
        self.shelf.replaced(by, &superseded);
    }

    /// Whether every change is stored.
    fn is_whole(&self) -> bool {
        let mut held = vec![false; self.changes as usize];
        for (_, from, to) in self.stored.values() {
            held[*from as usize..*to as usize].fill(true);
        }
        held.into_iter().all(|held| held)
    }
}

/// S20
#[test]
fn ten_thousand_single_changes_are_written_again_a_few_times() {
    let mut device = Device::default();
    for _ in 0..10_000 {
        device.change(120);
        device.compact(120);
    }
    assert!(device.is_whole());
    assert!(
        device.again < 3 * device.new,
        "{} of {}",
        device.again,
        device.new
    );
    assert!(device.most < 64 + 4 * 8, "{} chunks at once", device.most);
}

/// S20
#[test]
fn nothing_is_lost_whatever_is_folded_and_when() {
    arbtest(|u| {
        let mut device = Device {
            shelf: Shelf::crowded_by(u.int_in_range(2..=12)?),
            ..Device::default()
        };
        for _ in 0..u.int_in_range(1..=200)? {
            device.change(u.int_in_range(1..=9_000)?);
            match u.int_in_range(0..=3)? {
                0 => device.compact(u.int_in_range(1..=9_000)?),
                1 => device.shelf.not_replaced(),
                _ => {}
            }
            assert!(device.is_whole());
        }
        Ok(())
    })
    .budget_ms(500);
}

/// S20
#[test]
fn what_could_not_be_replaced_waits_until_there_is_twice_as_much() {
    let mut device = Device::default();
    for _ in 0..64 {
        device.change(10);
    }
    assert!(device.shelf.due().is_some());
    device.shelf.not_replaced();
    for _ in 64..127 {
        device.change(10);
        assert_eq!(device.shelf.due(), None);
    }
    device.change(10);
    assert!(device.shelf.due().is_some());
}

/// S20: chunks of the first version do not say how far the document was with them.
#[test]
fn a_fold_never_goes_back_to_an_unknown_point() {
    let mut shelf = Shelf::<u32, u32>::default();
    let chunk = |key, bytes, is_snapshot, until| Shelved {
        key,
        bytes,
        is_snapshot,
        until,
    };
    shelf.add(chunk(0, 1 << 20, true, None));
    (1..=64).for_each(|key| shelf.add(chunk(key, 10, false, Some(key))));
    let superseded = (0..=64).collect();
    assert_eq!(shelf.due(), Some(Compaction::Snapshot { superseded }));
}

/// S20
#[test]
fn what_another_tab_has_replaced_is_forgotten() {
    let mut device = Device::default();
    (0..64).for_each(|_| device.change(10));
    let Some(Compaction::Snapshot { superseded }) = device.shelf.due() else {
        panic!("a snapshot is due");
    };
    device.change(10);
    device.shelf.gone(&superseded);
    assert_eq!(device.shelf.due(), None);
}
