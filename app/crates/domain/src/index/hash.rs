//! Hashing of ids and names, which are short and many: several times as fast as the standard one.
//!
//! Each table draws a seed of its own, which every word of a text is multiplied with, so that
//! nobody can choose texts that fall together.

use std::hash::{BuildHasher, Hasher, RandomState};

/// An odd number without a pattern: the fraction of the golden ratio.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
const WORD: usize = 8;

/// Makes the hashers of one table.
#[derive(Clone, Debug)]
pub(super) struct Seed(u64);

impl Default for Seed {
    fn default() -> Self {
        Self(RandomState::new().hash_one(MIX))
    }
}

impl BuildHasher for Seed {
    type Hasher = Folding;

    fn build_hasher(&self) -> Folding {
        Folding {
            seed: self.0 | 1,
            state: MIX,
        }
    }
}

/// Takes in eight bytes at a time.
pub(super) struct Folding {
    seed: u64,
    state: u64,
}

impl Folding {
    fn fold(&mut self, word: u64) {
        let product = u128::from(self.state ^ word) * u128::from(self.seed);
        self.state = (product as u64) ^ ((product >> 64) as u64) ^ MIX;
    }
}

impl Hasher for Folding {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<WORD>();
        for word in words {
            self.fold(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let mut word = [0; WORD];
            word.iter_mut().zip(rest).for_each(|(at, byte)| *at = *byte);
            self.fold(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.fold(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.fold(u64::from(number));
    }

    fn finish(&self) -> u64 {
        self.state
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_that_differ_in_a_digit_spread_over_a_table() {
        let seed = Seed::default();
        let hashes: Vec<u64> = (0..4_096)
            .map(|number| seed.hash_one(format!("e{number}")))
            .collect();

        let all: HashSet<&u64> = hashes.iter().collect();
        let low: HashSet<u64> = hashes.iter().map(|hash| hash % 4_096).collect();
        let high: HashSet<u64> = hashes.iter().map(|hash| hash >> 57).collect();

        assert_eq!(all.len(), 4_096);
        // By chance a place stays empty once in e times.
        assert!(low.len() > 2_300, "{}", low.len());
        assert_eq!(high.len(), 128);
    }

    #[test]
    fn two_tables_hash_differently() {
        let text = "opportunity";
        assert_ne!(
            Seed::default().hash_one(text),
            Seed::default().hash_one(text)
        );
    }
}
