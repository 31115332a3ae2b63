//! Who has to be computed again: for each computation what it read, and for each thing read who
//! read it. What several computations ask for and is worked out once is a thing read, too, and reads
//! for itself.
//!
//! Invariant: a computation is listed under a key exactly while its last [`Dependents::set`] names
//! that key.

use std::collections::HashMap;
use std::num::NonZeroU32;

use super::hash::Seed;
use super::reader::Notes;
use super::{Key, Reads};

/// The number of a computation, given by its owner: small and dense.
pub type Unit = u32;

/// What each computation read, both ways.
#[derive(Clone, Debug, Default)]
pub struct Dependents {
    /// By unit, as they came: to read the same again is to read it in the same order.
    reads: Vec<Reads>,
    /// The keys of what is worked out once, with what was read for it.
    worked_out: Vec<(Key, Reads)>,
    /// Where each of these stands.
    rows: HashMap<Key, u32, Seed>,
    /// The first reader of a key about an entity, by the key's row.
    entities: Vec<Option<Place>>,
    /// The first reader of every other key.
    others: HashMap<Key, Option<Place>, Seed>,
    readers: Vec<Listed>,
    /// The first of the places that are no longer used.
    free: Option<Place>,
    /// Whether the readers are listed. What is computed once and never edited needs no lists, and
    /// an app that has just opened has better things to do: they are made for the first edit.
    is_listed: bool,
}

/// A place in the list of readers, counted from one: half as large where there may be none.
#[derive(Clone, Copy, Debug)]
struct Place(NonZeroU32);

impl Place {
    /// The place behind so many others; `None` when no number is left.
    fn after(others: usize) -> Option<Self> {
        let others = u32::try_from(others).ok()?;
        Some(Self(NonZeroU32::MIN.checked_add(others)?))
    }

    fn row(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A reader, and where the next one of the same key stands. It is a unit, or a row with its mark.
#[derive(Clone, Copy, Debug)]
struct Listed {
    unit: Unit,
    next: Option<Place>,
}

/// Marks a reader that is no unit, but a row of what is worked out once.
const WORKED_OUT: u32 = 1 << 31;

impl Dependents {
    /// Says what the unit has looked at, and what was looked at for what it was the first to ask for.
    pub fn keep(&mut self, unit: Unit, notes: Notes) {
        for (key, reads) in notes.worked_out {
            self.set_worked_out(key, reads);
        }
        self.set(unit, notes.reads);
    }

    /// Says what the unit has read; an empty list forgets it.
    pub fn set(&mut self, unit: Unit, reads: Reads) {
        let row = unit as usize;
        if self.reads.len() <= row {
            self.reads.resize(row + 1, Reads::default());
        }
        if let Some(kept) = self.reads.get_mut(row) {
            let former = std::mem::take(kept);
            let reads = self.change(unit, former, reads);
            if let Some(kept) = self.reads.get_mut(row) {
                *kept = reads;
            }
        }
    }

    /// Says what was read for what is worked out once.
    fn set_worked_out(&mut self, key: Key, reads: Reads) {
        let next = self.worked_out.len() as u32;
        let row = *self.rows.entry(key).or_insert(next);
        if row == next {
            self.worked_out.push((key, Reads::default()));
        }
        let Some((_, kept)) = self.worked_out.get_mut(row as usize) else {
            return;
        };
        let former = std::mem::take(kept);
        let reads = self.change(row | WORKED_OUT, former, reads);
        if let Some((_, kept)) = self.worked_out.get_mut(row as usize) {
            *kept = reads;
        }
    }

    /// Lists a reader under what it reads now, and no longer under what it has read; what it reads.
    fn change(&mut self, reader: u32, former: Reads, reads: Reads) -> Reads {
        if !self.is_listed {
            return reads;
        }
        if former.is_empty() {
            reads.iter().for_each(|key| self.list(key, reader));
        } else if former != reads {
            let change = Change::between(&former, &reads);
            for key in change.gone {
                self.unlist(key, reader);
            }
            for key in change.come {
                self.list(key, reader);
            }
        }
        // Most often the same is read again.
        reads
    }

    /// Lists the readers of everything that was read, if that is still to be done.
    fn list_all(&mut self) {
        if std::mem::replace(&mut self.is_listed, true) {
            return;
        }
        let reads = std::mem::take(&mut self.reads);
        for (unit, reads) in (0..).zip(&reads) {
            reads.iter().for_each(|key| self.list(key, unit));
        }
        self.reads = reads;
        let worked_out = std::mem::take(&mut self.worked_out);
        for (row, (_, reads)) in (0..).zip(&worked_out) {
            reads
                .iter()
                .for_each(|key| self.list(key, row | WORKED_OUT));
        }
        self.worked_out = worked_out;
    }

    /// Adds to `units` who has read any of the keys, or what is worked out from them.
    pub fn affected(&mut self, touched: &Reads, units: &mut Vec<Unit>) {
        self.list_all();
        let mut worked_out: Vec<u32> = Vec::new();
        for key in touched.iter() {
            self.readers_of(key, units, &mut worked_out);
        }
        let mut next = 0;
        while let Some(row) = worked_out.get(next) {
            if let Some((key, _)) = self.worked_out.get(*row as usize) {
                self.readers_of(*key, units, &mut worked_out);
            }
            next += 1;
        }
    }

    /// Adds who has read a key: units, and once each what is worked out.
    fn readers_of(&self, key: Key, units: &mut Vec<Unit>, worked_out: &mut Vec<u32>) {
        let mut place = match key.row() {
            Some(row) => self.entities.get(row).copied().flatten(),
            None => self.others.get(&key).copied().flatten(),
        };
        while let Some(listed) = place.and_then(|place| self.reader(place)) {
            let row = listed.unit & !WORKED_OUT;
            if row == listed.unit {
                units.push(row);
            } else if !worked_out.contains(&row) {
                worked_out.push(row);
            }
            place = listed.next;
        }
    }

    /// Puts a reader first in the list of a key, unless it is: one that is first already has met
    /// the key before.
    fn list(&mut self, key: Key, unit: Unit) {
        let Some(place) = self.free.or_else(|| Place::after(self.readers.len())) else {
            return;
        };
        let first = first(&mut self.entities, &mut self.others, key);
        let reader = first.and_then(|first| self.readers.get(first.row()));
        if reader.is_some_and(|reader| reader.unit == unit) {
            return;
        }
        let next = first.replace(place);
        let listed = Listed { unit, next };
        match self.readers.get_mut(place.row()) {
            Some(free) => {
                self.free = free.next;
                *free = listed;
            }
            None => self.readers.push(listed),
        }
    }

    fn reader(&self, place: Place) -> Option<Listed> {
        self.readers.get(place.row()).copied()
    }

    /// Takes a reader out of the list of a key.
    fn unlist(&mut self, key: Key, unit: Unit) {
        let (mut before, mut place) = (None, *first(&mut self.entities, &mut self.others, key));
        while let Some(here) = place {
            let Some(listed) = self.reader(here) else {
                return;
            };
            if listed.unit != unit {
                (before, place) = (place, listed.next);
                continue;
            }
            match before.and_then(|before: Place| self.readers.get_mut(before.row())) {
                Some(before) => before.next = listed.next,
                None => *first(&mut self.entities, &mut self.others, key) = listed.next,
            }
            if let Some(unused) = self.readers.get_mut(here.row()) {
                unused.next = self.free.replace(here);
            }
            return;
        }
    }
}

/// The keys that are in one of two lists alone, each once.
struct Change {
    gone: Vec<Key>,
    come: Vec<Key>,
}

impl Change {
    /// What one edit changes stands together in a list that may name thousands: only the part in
    /// which the lists differ is put in order.
    fn between(before: &Reads, now: &Reads) -> Self {
        let (before, now) = (before.keys(), now.keys());
        let same = |(one, other): &(&Key, &Key)| one == other;
        let start = before.iter().zip(now).take_while(same).count();
        let (head, before) = before.split_at_checked(start).unwrap_or_default();
        let (_, now) = now.split_at_checked(start).unwrap_or_default();
        let pairs = before.iter().rev().zip(now.iter().rev());
        let end = pairs.take_while(same).count();
        let (before, tail) = before
            .split_at_checked(before.len().saturating_sub(end))
            .unwrap_or_default();
        let (now, _) = now
            .split_at_checked(now.len().saturating_sub(end))
            .unwrap_or_default();
        let (before, now) = (in_order(before), in_order(now));
        let only = |keys: &Reads, others: &Reads| {
            let is_other = |key: &Key| others.keys().binary_search(key).is_err();
            keys.iter().filter(is_other).collect::<Vec<Key>>()
        };
        let mut change = Self {
            gone: only(&before, &now),
            come: only(&now, &before),
        };
        change.leave_out(head, tail);
        change
    }

    /// Leaves out what both lists name elsewhere.
    fn leave_out(&mut self, head: &[Key], tail: &[Key]) {
        for keys in [&mut self.gone, &mut self.come] {
            match keys.len() < FEW {
                true => keys.retain(|key| !head.contains(key) && !tail.contains(key)),
                false => {
                    let (head, tail) = (in_order(head), in_order(tail));
                    let is_in = |keys: &Reads, key: &Key| keys.keys().binary_search(key).is_ok();
                    keys.retain(|key| !is_in(&head, key) && !is_in(&tail, key));
                }
            }
        }
    }
}

/// For so many keys it is less work to go through a list for each than to put the list in order.
const FEW: usize = 64;

fn in_order(keys: &[Key]) -> Reads {
    let mut keys: Reads = keys.iter().copied().collect();
    keys.tidy();
    keys
}

/// Where the first reader of a key is kept.
fn first<'a>(
    entities: &'a mut Vec<Option<Place>>,
    others: &'a mut HashMap<Key, Option<Place>, Seed>,
    key: Key,
) -> &'a mut Option<Place> {
    let Some(row) = key.row() else {
        return others.entry(key).or_default();
    };
    if entities.len() <= row {
        // Rows are met in about their order, so that this happens seldom.
        entities.resize((row + 1).next_power_of_two(), None);
    }
    match entities.get_mut(row) {
        Some(first) => first,
        None => others.entry(key).or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Handle;

    fn reads(kinds: &[&str]) -> Reads {
        kinds.iter().map(|kind| Key::kind(kind)).collect()
    }

    #[test]
    fn a_key_forgets_one_of_its_readers_and_keeps_the_others() {
        let mut dependents = Dependents::default();
        let entity = Key::being(Handle(3));
        let read = || Reads::from_iter([entity, Key::kind("job"), entity]);
        (0..5).for_each(|unit| dependents.set(unit, read()));
        for forgotten in [2, 4, 0] {
            dependents.set(forgotten, Reads::default());
        }
        dependents.set(7, read());

        let mut units = Vec::new();
        dependents.affected(&Reads::from_iter([entity]), &mut units);

        units.sort_unstable();
        assert_eq!(units, [1, 3, 7]);
    }

    #[test]
    fn who_has_read_is_known_also_of_what_came_before_anyone_asked() {
        let mut dependents = Dependents::default();
        let refuted = Key::refuted(Handle(7));
        let notes = Notes {
            reads: Reads::from_iter([refuted]),
            worked_out: vec![(refuted, reads(&["evidence"]))],
        };
        dependents.keep(0, notes);
        dependents.set(1, reads(&["job"]));
        dependents.set(1, reads(&["pain"]));
        let affected = |dependents: &mut Dependents, kind: &str| {
            let mut units = Vec::new();
            dependents.affected(&reads(&[kind]), &mut units);
            units
        };

        assert_eq!(affected(&mut dependents, "evidence"), [0]);
        assert_eq!(affected(&mut dependents, "pain"), [1]);
        assert_eq!(affected(&mut dependents, "job"), [] as [Unit; 0]);
        dependents.set(2, reads(&["evidence"]));
        let mut both = affected(&mut dependents, "evidence");
        both.sort_unstable();
        assert_eq!(both, [0, 2]);
    }

    #[test]
    fn only_the_last_reading_counts() {
        let mut dependents = Dependents::default();
        dependents.set(0, reads(&["job", "pain"]));
        dependents.set(1, reads(&["pain"]));
        dependents.set(0, reads(&["gain", "job"]));

        let mut affected = |kind| {
            let mut units = Vec::new();
            dependents.affected(&reads(&[kind]), &mut units);
            units
        };

        assert_eq!(affected("pain"), [1]);
        assert_eq!(affected("gain"), [0]);
        assert_eq!(affected("job"), [0]);
        assert_eq!(affected("force"), [] as [Unit; 0]);
    }
}
