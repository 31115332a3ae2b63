//! How much the bounded decoder lets through.

/// The largest input that is let through to Automerge, in every dimension in which a small input
/// can claim to be large.
///
/// The defaults let through a document of 10,000 notes with room to spare (about 600,000
/// operations, 300 kB saved, 4 MB inflated), and hold Automerge to some hundreds of megabytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a message or of a chunk as it arrives.
    pub bytes: u64,
    /// Bytes of everything in it once inflated; text that a run repeats is counted as often as it
    /// is repeated.
    pub inflated: u64,
    /// How many times its compressed size something may inflate to, above
    /// [`Limits::ratio_from`]: columns are already run-length encoded before they are deflated.
    pub ratio: u64,
    /// Bytes up to which anything may inflate, however small it was.
    pub ratio_from: u64,
    /// Chunks in a message.
    pub chunks: u64,
    /// Changes in a message, counting those in whole documents.
    pub changes: u64,
    /// Changes of one document that wait in front of a [`Gate`](crate::Gate) for others.
    pub waiting_changes: u64,
    /// Operations in a message, or in a document, with their predecessors and successors. How many
    /// bytes they take says nothing: runs of equal ones, as the deletion of a long text is, take
    /// next to none.
    pub operations: u64,
    /// Operations of one change, counted so. Automerge takes a change as a whole, in about a second
    /// and 300 MB for as many as this; a text of 100,000 letters that replaces another is 300,000.
    pub change_operations: u64,
    /// Dependencies of one change; heads and hashes asked for in a message.
    pub dependencies: u64,
    /// Actors in one chunk.
    pub actors: u64,
    /// Bytes of one actor's id.
    pub actor_bytes: u64,
    /// Objects that are made in a message; the decoder remembers each while it follows their
    /// nesting, in about 30 bytes.
    pub objects: u64,
    /// How deep objects lie in one another, an object of the root being one deep. Whoever has the
    /// document adds what [`ChunkReport::nested`](crate::ChunkReport::nested) cannot know. Every
    /// patch names the whole way from the root, and most programs read a document recursively:
    /// 20 kB that nest 10,000 objects took 5 GB and seconds of those who wanted patches, and
    /// overflowed the stack of those who read the document.
    pub levels: u64,
    /// Summaries of what the sender has, in one message; Automerge sends one.
    pub summaries: u64,
    /// Bits that a Bloom filter probes for one hash; Automerge probes seven.
    pub bloom_probes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            inflated: 64 << 20,
            ratio: 32,
            ratio_from: 32 << 20,
            chunks: 100_000,
            changes: 500_000,
            waiting_changes: 20_000,
            operations: 4_000_000,
            change_operations: 500_000,
            dependencies: 10_000,
            actors: 50_000,
            actor_bytes: 128,
            objects: 500_000,
            levels: 64,
            summaries: 16,
            bloom_probes: 64,
        }
    }
}
