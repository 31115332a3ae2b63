//! A point in the document's history: the changes that no other change there builds on.
//!
//! Always sorted and without repetition, so that equal points are equal values.

use std::fmt;
use std::str::FromStr;

use automerge::ChangeHash;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The hashes of the latest changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Heads(Vec<[u8; 32]>);

impl Heads {
    /// Heads of these hashes, in any order.
    #[must_use]
    pub fn new(hashes: impl IntoIterator<Item = [u8; 32]>) -> Self {
        let mut hashes: Vec<[u8; 32]> = hashes.into_iter().collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    /// The hashes, sorted.
    #[must_use]
    pub fn as_slice(&self) -> &[[u8; 32]] {
        &self.0
    }

    /// Whether this is the point before the first change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn hashes(&self) -> Vec<ChangeHash> {
        self.0.iter().copied().map(ChangeHash).collect()
    }
}

impl From<Vec<ChangeHash>> for Heads {
    fn from(hashes: Vec<ChangeHash>) -> Self {
        Heads::new(hashes.into_iter().map(|hash| hash.0))
    }
}

impl fmt::Display for Heads {
    /// Hexadecimal, separated by commas; empty for no heads.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, hash) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str(",")?;
            }
            formatter.write_str(&hex(hash))?;
        }
        Ok(())
    }
}

/// The text is not a list of hashes in hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a list of change hashes")]
pub struct NotHeads;

impl FromStr for Heads {
    type Err = NotHeads;

    fn from_str(text: &str) -> Result<Self, NotHeads> {
        if text.is_empty() {
            return Ok(Heads::default());
        }
        let hashes: Option<Vec<[u8; 32]>> = text.split(',').map(unhex).collect();
        hashes.map(Heads::new).ok_or(NotHeads)
    }
}

impl Serialize for Heads {
    /// A list of hashes in hexadecimal.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|hash| hex(hash)))
    }
}

impl<'de> Deserialize<'de> for Heads {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        let hashes: Option<Vec<[u8; 32]>> = texts.iter().map(|text| unhex(text)).collect();
        hashes
            .map(Heads::new)
            .ok_or_else(|| serde::de::Error::custom(NotHeads))
    }
}

fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|digit| Some(u8::try_from(digit.to_digit(16)?).unwrap_or(0)))
        .collect();
    let bytes: Vec<u8> = digits?
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit))
        .collect();
    if text.len() == 64 {
        bytes.try_into().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_the_same_in_any_order() {
        assert_eq!(
            Heads::new([[2; 32], [1; 32], [2; 32]]),
            Heads::new([[1; 32], [2; 32]])
        );
    }

    #[test]
    fn text_and_json_read_back() {
        let heads = Heads::new([[0xab; 32], [7; 32]]);

        let json = serde_json::to_string(&heads).unwrap();

        assert_eq!(serde_json::from_str::<Heads>(&json).unwrap(), heads);
        assert_eq!(heads.to_string().parse(), Ok(heads));
        assert_eq!("".parse(), Ok(Heads::default()));
    }

    #[test]
    fn other_text_is_refused() {
        for text in [
            "x",
            "abc",
            ",",
            "é",
            &"0".repeat(63),
            &"g".repeat(64),
            &"0".repeat(66),
        ] {
            assert_eq!(text.parse::<Heads>(), Err(NotHeads), "{text}");
        }
    }
}
