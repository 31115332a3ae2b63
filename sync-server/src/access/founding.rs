//! Who may make workspaces: of use to a server that strangers can reach.
//!
//! Invariant: a token is never kept, logged or compared, only its hash, and that in constant time.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::KeyHash;

/// So many characters, and so many different ones, has a token at least: 22 of base64's or base58's
/// are 128 random bits.
const LEAST_LENGTH: usize = 22;
const LEAST_VARIETY: usize = 10;

/// Who may make a document the product document of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Founders {
    /// Whoever knows the document's id.
    Anyone,
    /// Nobody any more; workspaces that there are go on.
    Nobody,
    /// Whoever shows this token.
    WithToken(KeyHash),
}

impl Founders {
    /// Those who show this token; none if it could be guessed.
    #[must_use]
    pub fn with_token(token: &str) -> Option<Self> {
        let token = token.trim();
        let varied: BTreeSet<char> = token.chars().collect();
        let strong = token.chars().count() >= LEAST_LENGTH && varied.len() >= LEAST_VARIETY;
        strong.then(|| Self::WithToken(hash(token)))
    }

    /// Whether someone who shows this, or nothing, is one of them.
    #[must_use]
    pub fn include(&self, token: Option<&str>) -> bool {
        match self {
            Self::Anyone => true,
            Self::Nobody => false,
            Self::WithToken(wanted) => token.is_some_and(|token| hash(token.trim()) == *wanted),
        }
    }
}

fn hash(token: &str) -> KeyHash {
    KeyHash::from_bytes(Sha256::digest(token).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "q7Vd0nYw3RkT9sJb5ZcX1m";

    /// S31
    #[test]
    fn only_the_token_itself_counts() {
        let founders = Founders::with_token(&format!("{TOKEN}\n")).unwrap();
        assert!(founders.include(Some(TOKEN)));
        for other in [None, Some(""), Some("q7Vd0nYw3RkT9sJb5ZcX1n")] {
            assert!(!founders.include(other));
            assert!(!Founders::Nobody.include(other));
            assert!(Founders::Anyone.include(other));
        }
        assert!(!format!("{founders:?}").contains(TOKEN));
    }

    /// S34
    #[test]
    fn a_token_that_could_be_guessed_is_none() {
        for weak in ["", "secret", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", &TOKEN[1..]] {
            assert_eq!(Founders::with_token(weak), None, "{weak}");
        }
    }
}
