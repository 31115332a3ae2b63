//! The secret in a link, and what the server keeps of it.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Fewer different bytes are not taken for random ones: an owner's key is to have 128 bits that
/// nobody guesses.
const LEAST_VARIETY: usize = 16;

/// A key: 256 random bits, written as base58.
#[derive(Clone)]
pub struct Key([u8; 32]);

/// What is kept of a key: its SHA-256. With 256 random bits behind it nothing slower is needed.
#[derive(Clone, Copy)]
pub struct KeyHash([u8; 32]);

/// Not a key.
#[derive(Debug, PartialEq, Eq)]
pub struct NotAKey;

impl Key {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> KeyHash {
        KeyHash(Sha256::digest(self.0).into())
    }

    /// Whether it looks drawn at random: neither its bytes nor the steps from each to the next are
    /// few. Of 32 random bytes 30 are different on average, and fewer than sixteen never.
    #[must_use]
    pub fn is_varied(&self) -> bool {
        let steps = self.0.windows(2).filter_map(|pair| match pair {
            [one, next] => Some(next.wrapping_sub(*one)),
            _ => None,
        });
        let few = |bytes: BTreeSet<u8>| bytes.len() < LEAST_VARIETY;
        !few(self.0.iter().copied().collect()) && !few(steps.collect())
    }

    /// The key as it stands in a link. Nothing else ever shows it.
    #[must_use]
    pub fn reveal(&self) -> String {
        bs58::encode(self.0).into_string()
    }
}

impl FromStr for Key {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let mut bytes = [0; 32];
        // Into a buffer of that size, so that a long text costs nothing.
        match bs58::decode(text).onto(&mut bytes) {
            Ok(32) => Ok(Self(bytes)),
            _ => Err(NotAKey),
        }
    }
}

impl KeyHash {
    /// The hash of these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for KeyHash {
    /// Takes the same time wherever the two differ.
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for KeyHash {}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl fmt::Debug for KeyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyHash(…)")
    }
}
