//! What the server is called and how much it takes on.

use crate::PeerId;
use crate::bounded::Limits;

/// The settings of a [`crate::ServerNode`].
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// The server's own name.
    pub peer: PeerId,
    /// How much it takes on.
    pub limits: ServerLimits,
    /// Whether clients that offer the native protocol are served in it.
    pub native: bool,
    /// Whether the shell is asked who may take part in a document. If not, knowing a document's id
    /// is permission to read and write it.
    pub access: bool,
}

/// How much the server takes on before it refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerLimits {
    /// Bytes of a frame.
    pub frame: usize,
    /// What sync messages and stored chunks may hold.
    pub content: Limits,
    /// A message with more operations than this is not applied by the node itself.
    pub inline_operations: u64,
    /// Operations of one document that are applied before others have their turn.
    pub turn_operations: u64,
    /// Bytes of a peer's name or a session's.
    pub name: usize,
    /// Documents that one connection may take part in at a time.
    pub documents_per_connection: usize,
    /// Messages of one connection that may wait for documents being loaded or stored.
    pub waiting_messages: usize,
    /// Bytes of all messages of all connections that wait so.
    pub waiting_bytes: usize,
    /// Bytes of messages of one document whose changes wait in memory for others that they depend
    /// on.
    pub orphan_bytes: usize,
    /// Bytes of an ephemeral message.
    pub ephemeral: usize,
    /// Bytes of what one peer lets others see of it in a document.
    pub presence: usize,
    /// Milliseconds for which what is new gathers at most for clients of version 1, while several
    /// write.
    pub gather_ms: u64,
    /// Milliseconds between two messages about the presence of others in a document.
    pub presence_interval_ms: u64,
    /// Messages about presence that all receivers of a document are sent in a second, and their
    /// bytes, roughly: in a crowd everyone hears of the others in turn.
    pub presence_messages: u64,
    /// See there.
    pub presence_bytes: u64,
    /// Milliseconds of silence after which a peer's presence ends.
    pub presence_timeout_ms: u64,
    /// Heads that a client may acknowledge of a document at a time.
    pub acknowledged_heads: usize,
    /// Bytes of changes of one document that may be in memory alone while the store is busy.
    pub unstored_bytes: usize,
    /// Milliseconds after which a document that nobody has open, or that nobody has touched, leaves
    /// memory.
    pub idle_ms: u64,
    /// Chunks since the last snapshot from which a document is compacted, once they are also as
    /// large together as that snapshot; 128 KiB of them are enough in any number. So many small
    /// ones are folded into one before that.
    pub compact_chunks: usize,
    /// Milliseconds without news of a document after which it is compacted, if that is worth it; in
    /// a busy one after a second.
    pub quiet_ms: u64,
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            frame: (32 << 20) + (64 << 10),
            content: Limits::default(),
            inline_operations: 4_000,
            turn_operations: 20_000,
            name: 256,
            documents_per_connection: 256,
            waiting_messages: 4_096,
            waiting_bytes: 256 << 20,
            orphan_bytes: 32 << 20,
            ephemeral: 64 << 10,
            presence: 4 << 10,
            gather_ms: 20,
            presence_interval_ms: 33,
            presence_messages: 8_000,
            presence_bytes: 16 << 20,
            presence_timeout_ms: 10_000,
            acknowledged_heads: 256,
            unstored_bytes: 8 << 20,
            idle_ms: 60_000,
            compact_chunks: 64,
            quiet_ms: 50,
        }
    }
}
