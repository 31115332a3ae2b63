//! Documents in one file: what two devices that share no network carry to each other on a stick.
//!
//! A **bundle** is eight bytes of [`MAGIC`], one byte of version, the length of the manifest in four
//! bytes (the most significant first), the manifest, the SHA-256 of all before, and the chunks one
//! after the other. The manifest is one CBOR map: `name` (text), `made` (milliseconds since 1970) and
//! `documents`, each of them a map of `id` (sixteen bytes) and `chunks`, each of those a map of `hash`
//! (SHA-256) and `length`.
//!
//! Invariant: what is read out was whole, and has passed the bounded decoder; of a file that is torn,
//! damaged or something else nothing is read. Chunks are changes, so a file that is merged twice, or
//! late, adds nothing that is there already.

mod manifest;

use sha2::{Digest, Sha256};

use crate::bounded::{Limits, Refusal, check_chunk};
use crate::{Chunk, DocumentId};

/// What every bundle begins with: no text, and damaged by whatever takes it for text.
pub const MAGIC: [u8; 8] = *b"\x89GWB\r\n\x1a\n";

/// The version that is written, and the highest that is read.
const VERSION: u8 = 1;

/// The longest manifest that is read, in bytes.
const LONGEST_MANIFEST: usize = 4 << 20;

/// How many documents a bundle may hold.
const MOST_DOCUMENTS: usize = 4_096;

/// Some documents, and what they are called together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// The workspace's name; may be empty.
    pub name: String,
    /// When it was made, in milliseconds since 1970; advisory.
    pub made: i64,
    /// The documents, the product document first.
    pub documents: Vec<BundledDocument>,
}

/// One document of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundledDocument {
    /// Which document.
    pub id: DocumentId,
    /// Its chunks, each one or several of Automerge's.
    pub chunks: Vec<Vec<u8>>,
}

/// Why a file is not read. Nothing of it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// It does not begin as a bundle does.
    #[error("the file is not a saved workspace")]
    Foreign,
    /// It was written by a newer version.
    #[error("the file was written by a newer version ({0})")]
    Newer(u8),
    /// It ends before its end, or goes on behind it.
    #[error("the file is not complete")]
    Torn,
    /// A hash does not fit the bytes, or the manifest cannot be read.
    #[error("the file is damaged")]
    Damaged,
    /// The bounded decoder turns a chunk away.
    #[error("the file is refused: {0}")]
    Refused(#[from] Refusal),
}

impl Bundle {
    /// The file.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let manifest = manifest::encode(self);
        let mut file = MAGIC.to_vec();
        file.push(VERSION);
        // Far below four gigabytes, since every chunk that it names is in memory.
        let length = u32::try_from(manifest.len()).unwrap_or(u32::MAX);
        file.extend(length.to_be_bytes());
        file.extend(manifest);
        let hash: [u8; 32] = Sha256::digest(&file).into();
        file.extend(hash);
        for document in &self.documents {
            file.extend(document.chunks.iter().flatten());
        }
        file
    }

    /// Reads a file, each chunk of it within `limits`.
    ///
    /// # Errors
    /// When it is not a whole bundle, or holds a chunk that is refused.
    pub fn read(file: &[u8], limits: &Limits) -> Result<Self, BundleError> {
        let rest = file.strip_prefix(&MAGIC).ok_or(BundleError::Foreign)?;
        let (version, rest) = rest.split_first().ok_or(BundleError::Torn)?;
        if *version > VERSION {
            return Err(BundleError::Newer(*version));
        }
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(BundleError::Torn)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        if length > LONGEST_MANIFEST {
            return Err(BundleError::Damaged);
        }
        let (manifest, rest) = rest.split_at_checked(length).ok_or(BundleError::Torn)?;
        let (hash, mut chunks) = rest.split_first_chunk::<32>().ok_or(BundleError::Torn)?;
        let before = file.len() - rest.len();
        let promised: [u8; 32] = Sha256::digest(file.get(..before).unwrap_or_default()).into();
        if promised != *hash {
            return Err(BundleError::Damaged);
        }
        let contents = manifest::decode(manifest).ok_or(BundleError::Damaged)?;
        let mut bundle = Self {
            name: contents.name,
            made: contents.made,
            documents: Vec::new(),
        };
        for (id, listed) in contents.documents {
            let mut document = BundledDocument {
                id,
                chunks: Vec::new(),
            };
            for (hash, length) in listed {
                let (chunk, rest) = chunks.split_at_checked(length).ok_or(BundleError::Torn)?;
                chunks = rest;
                if Chunk::hash_of(chunk) != hash {
                    return Err(BundleError::Damaged);
                }
                check_chunk(chunk, limits)?;
                document.chunks.push(chunk.to_vec());
            }
            bundle.documents.push(document);
        }
        if chunks.is_empty() {
            Ok(bundle)
        } else {
            Err(BundleError::Torn)
        }
    }
}
