//! Who has to be computed again: for each computation what it read, and for each thing read who
//! read it.
//!
//! Invariant: a computation is listed under a key exactly while its last [`Dependents::set`] names
//! that key.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::num::NonZeroU32;

use super::hash::Seed;
use super::{Key, Reads};

/// The number of a computation, given by its owner: small and dense.
pub type Unit = u32;

/// What each computation read, both ways.
#[derive(Clone, Debug, Default)]
pub struct Dependents {
    /// By unit, as they came: to read the same again is to read it in the same order.
    reads: Vec<Reads>,
    /// The first reader of a key about an entity, by the key's row.
    entities: Vec<Option<Place>>,
    /// The first reader of every other key.
    others: HashMap<Key, Option<Place>, Seed>,
    readers: Vec<Listed>,
    /// The first of the places that are no longer used.
    free: Option<Place>,
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

/// A reader, and where the next one of the same key stands.
#[derive(Clone, Copy, Debug)]
struct Listed {
    unit: Unit,
    next: Option<Place>,
}

impl Dependents {
    /// Says what the unit has read; an empty list forgets it.
    pub fn set(&mut self, unit: Unit, mut reads: Reads) {
        let row = unit as usize;
        if self.reads.len() <= row {
            self.reads.resize(row + 1, Reads::default());
        }
        let Some(kept) = self.reads.get_mut(row) else {
            return;
        };
        // Most often the same is read again.
        if *kept == reads {
            return;
        }
        if kept.is_empty() {
            for key in reads.iter() {
                self.list(key, unit);
            }
            if let Some(kept) = self.reads.get_mut(row) {
                *kept = reads;
            }
            return;
        }
        let mut former = std::mem::replace(kept, reads.clone());
        reads.tidy();
        former.tidy();
        let (mut before, mut now) = (former.iter().peekable(), reads.iter().peekable());
        loop {
            let order = match (before.peek(), now.peek()) {
                (Some(former), Some(key)) => former.cmp(key),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            let (gone, come) = match order {
                Ordering::Less => (before.next(), None),
                Ordering::Greater => (None, now.next()),
                Ordering::Equal => {
                    before.next();
                    now.next();
                    continue;
                }
            };
            gone.into_iter().for_each(|key| self.unlist(key, unit));
            come.into_iter().for_each(|key| self.list(key, unit));
        }
    }

    /// Adds to `units` who has read any of the keys.
    pub fn affected(&self, touched: &Reads, units: &mut Vec<Unit>) {
        for key in touched.iter() {
            let mut place = match key.row() {
                Some(row) => self.entities.get(row).copied().flatten(),
                None => self.others.get(&key).copied().flatten(),
            };
            while let Some(listed) = place.and_then(|place| self.reader(place)) {
                units.push(listed.unit);
                place = listed.next;
            }
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

/// Where the first reader of a key is kept.
fn first<'a>(
    entities: &'a mut Vec<Option<Place>>,
    others: &'a mut HashMap<Key, Option<Place>, Seed>,
    key: Key,
) -> &'a mut Option<Place> {
    let row = key.row();
    if let Some(row) = row.filter(|row| entities.len() <= *row) {
        // Rows are met in about their order, so that this happens seldom.
        let length = (row + 1).next_power_of_two();
        entities.resize(length, None);
    }
    match row.and_then(|row| entities.get_mut(row)) {
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
    fn only_the_last_reading_counts() {
        let mut dependents = Dependents::default();
        dependents.set(0, reads(&["job", "pain"]));
        dependents.set(1, reads(&["pain"]));
        dependents.set(0, reads(&["gain", "job"]));

        let affected = |kind| {
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
