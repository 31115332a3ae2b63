//! Why the bounded decoder turned something away.

use std::fmt;

/// Why an input may not reach Automerge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A count or a size is above its limit.
    #[error("{what}: above the limit of {limit}")]
    TooMuch {
        /// What there is too much of.
        what: What,
        /// The limit that it exceeds.
        limit: u64,
    },
    /// Something expands to far more than its compressed form explains.
    #[error("{0} expand suspiciously")]
    Ratio(What),
    /// The checksum in a chunk's header is not that of its content.
    #[error("a checksum does not match")]
    Checksum,
    /// The bytes are not laid out as Automerge lays them out.
    #[error("malformed {0}")]
    Malformed(&'static str),
    /// It builds on something that is not there.
    #[error("it builds on what does not exist: {0}")]
    Unfounded(&'static str),
    /// Its author has made another change under the same number, or somebody has in their name.
    #[error("another change has the same author and number")]
    Doubled,
    /// A kind of chunk that is not exchanged.
    #[error("chunk type {0} is not accepted")]
    ChunkType(u8),
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Bytes as they arrive.
    Bytes,
    /// Bytes after inflation.
    InflatedBytes,
    /// Chunks.
    Chunks,
    /// Changes.
    Changes,
    /// Changes that wait for others.
    WaitingChanges,
    /// Operations, or rows of their columns.
    Operations,
    /// Dependencies, heads or other hashes.
    Dependencies,
    /// Actors.
    Actors,
    /// Bytes of an actor's id.
    ActorBytes,
    /// Objects.
    Objects,
    /// Levels of objects in one another.
    Levels,
    /// Summaries of what the sender of a message has.
    Summaries,
    /// Probes of a Bloom filter.
    BloomProbes,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bytes => "bytes",
            Self::InflatedBytes => "inflated bytes",
            Self::Chunks => "chunks",
            Self::Changes => "changes",
            Self::WaitingChanges => "changes that wait for others",
            Self::Operations => "operations",
            Self::Dependencies => "dependencies",
            Self::Actors => "actors",
            Self::ActorBytes => "bytes of an actor id",
            Self::Objects => "objects",
            Self::Levels => "levels of objects",
            Self::Summaries => "summaries",
            Self::BloomProbes => "probes of a Bloom filter",
        })
    }
}
