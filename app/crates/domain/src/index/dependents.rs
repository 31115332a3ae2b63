//! Who has to be computed again: for each computation what it read, and for each thing read who
//! read it.
//!
//! Invariant: a computation is listed under a key exactly while its last [`Dependents::set`] names
//! that key.

use std::collections::HashMap;

use super::{Key, Reads};

/// The number of a computation, given by its owner: small and dense.
pub type Unit = u32;

/// What each computation read, both ways.
#[derive(Clone, Debug, Default)]
pub struct Dependents {
    /// By unit.
    reads: Vec<Reads>,
    /// By the row of a key about an entity.
    entities: Vec<Vec<Unit>>,
    /// By every other key.
    others: HashMap<Key, Vec<Unit>>,
}

impl Dependents {
    /// Says what the unit has read; an empty list forgets it.
    pub fn set(&mut self, unit: Unit, reads: Reads) {
        let row = unit as usize;
        if self.reads.len() <= row {
            self.reads.resize(row + 1, Reads::default());
        }
        let Some(former) = self.reads.get_mut(row) else {
            return;
        };
        // Most often the same is read again.
        if *former == reads {
            return;
        }
        let former = std::mem::replace(former, reads.clone());
        for key in former.iter().filter(|key| !reads.contains(*key)) {
            self.readers(key).retain(|reader| *reader != unit);
        }
        for key in reads.iter().filter(|key| !former.contains(*key)) {
            self.readers(key).push(unit);
        }
    }

    /// Adds to `units` who has read any of the keys.
    pub fn affected(&self, touched: &Reads, units: &mut Vec<Unit>) {
        for key in touched.iter() {
            let readers = match key.row() {
                Some(row) => self.entities.get(row),
                None => self.others.get(&key),
            };
            units.extend(readers.into_iter().flatten());
        }
    }

    fn readers(&mut self, key: Key) -> &mut Vec<Unit> {
        match key.row() {
            Some(row) => {
                if self.entities.len() <= row {
                    self.entities.resize(row + 1, Vec::new());
                }
                match self.entities.get_mut(row) {
                    Some(readers) => readers,
                    None => self.others.entry(key).or_default(),
                }
            }
            None => self.others.entry(key).or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(kinds: &[&str]) -> Reads {
        let mut reads = Reads::default();
        kinds.iter().for_each(|kind| reads.add(Key::kind(kind)));
        reads.tidy();
        reads
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
