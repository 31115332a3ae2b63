//! How much the bounded decoder lets through.

/// The largest input that is let through to Automerge, in every dimension in which a small input
/// can claim to be large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a message or of a chunk as it arrives.
    pub bytes: u64,
    /// Bytes of everything in it once inflated.
    pub inflated: u64,
    /// How many times larger than its compressed form something may become. Applied above
    /// [`Limits::ratio_from`] bytes, since a short run of equal bytes compresses very well.
    pub ratio: u64,
    /// Inflated bytes below which the ratio is not looked at.
    pub ratio_from: u64,
    /// Chunks in a message.
    pub chunks: u64,
    /// Changes in a message, counting those in whole documents.
    pub changes: u64,
    /// Operations in a message, with their predecessors and successors.
    pub operations: u64,
    /// Dependencies of one change; heads and hashes asked for in a message.
    pub dependencies: u64,
    /// Actors in one chunk.
    pub actors: u64,
    /// Bytes of one actor's id.
    pub actor_bytes: u64,
    /// Bits that a Bloom filter probes for one hash.
    pub bloom_probes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            inflated: 64 << 20,
            ratio: 200,
            ratio_from: 1 << 20,
            chunks: 100_000,
            changes: 500_000,
            operations: 4_000_000,
            dependencies: 10_000,
            actors: 20_000,
            actor_bytes: 128,
            bloom_probes: 64,
        }
    }
}
