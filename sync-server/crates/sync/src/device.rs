//! How devices are told apart without naming them.
//!
//! Invariant: whoever does not know the name of a device's storage, which goes to the server alone,
//! cannot come under its label.

use sha2::{Digest, Sha256};

use crate::{DocumentId, PeerId};

/// What the labels begin from.
const DOMAIN: &[u8] = b"groundwork: device";

/// How long a label is, in bytes.
const LENGTH: usize = 16;

/// What a device is called in one document: the same for all connections with this storage.
pub(crate) fn label(document: &DocumentId, storage: &str) -> Vec<u8> {
    digest(document, 0, storage)
}

/// What a connection without a storage is called: a device of its own.
pub(crate) fn label_alone(document: &DocumentId, peer: &PeerId) -> Vec<u8> {
    digest(document, 1, peer.as_str())
}

fn digest(document: &DocumentId, kind: u8, name: &str) -> Vec<u8> {
    let digest = Sha256::new()
        .chain_update(DOMAIN)
        .chain_update(document.to_string())
        .chain_update([kind])
        .chain_update(name)
        .finalize();
    digest.iter().take(LENGTH).copied().collect()
}
