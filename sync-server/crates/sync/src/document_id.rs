//! The identity of a document: sixteen bytes, written as base58 with a checksum.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::ProtocolError;

/// What an address in automerge-repo's manner begins with.
const SCHEME: &str = "automerge:";

/// Longer than any base58check text of sixteen bytes; anything longer is refused unread.
const MAX_TEXT: usize = 64;

/// A document's identity. In the protocol's version 1 whoever knows it may read and write.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId([u8; 16]);

impl DocumentId {
    /// The identity made of these bytes, which ought to be random.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes of the identity.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads `automerge:<id>`, with or without the scheme; a path (`/…`) and heads (`?…`, `#…`)
    /// after the identity are dropped.
    ///
    /// # Errors
    /// [`ProtocolError::DocumentId`] when what remains is not base58check of sixteen bytes.
    pub fn from_url(url: &str) -> Result<Self, ProtocolError> {
        let text = url.trim();
        let text = text.strip_prefix(SCHEME).unwrap_or(text);
        let end = text.find(['/', '?', '#']).unwrap_or(text.len());
        text.get(..end).unwrap_or(text).parse()
    }

    /// The address `automerge:<id>`.
    #[must_use]
    pub fn to_url(&self) -> String {
        format!("{SCHEME}{self}")
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.0.to_vec();
        bytes.extend(checksum(&self.0));
        f.write_str(&bs58::encode(bytes).into_string())
    }
}

impl fmt::Debug for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentId({self})")
    }
}

impl FromStr for DocumentId {
    type Err = ProtocolError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > MAX_TEXT {
            return Err(ProtocolError::DocumentId);
        }
        let bytes = bs58::decode(text)
            .into_vec()
            .map_err(|_| ProtocolError::DocumentId)?;
        match bytes.split_first_chunk::<16>() {
            Some((id, rest)) if rest == checksum(id) => Ok(Self(*id)),
            _ => Err(ProtocolError::DocumentId),
        }
    }
}

/// What base58check appends: the first four bytes of the hash of the hash.
fn checksum(id: &[u8; 16]) -> [u8; 4] {
    let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(Sha256::digest(id)));
    [a, b, c, d]
}
