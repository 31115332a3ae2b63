//! What the server's shell tells the node, and what the node asks of it.

use std::sync::Arc;

use automerge::ChangeHash;
use sha2::{Digest, Sha256};

use super::access::Access;
use super::work::{Work, Worked};
use crate::wire::Brought;
use crate::{AccessKey, CloseCode, DocumentId};

/// A document with more heads than this does not have them stored with each chunk.
const MOST_HEADS: usize = 64;

/// A connection, numbered by the shell; never used again after it closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

/// Bytes to store, under the SHA-256 of those bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The SHA-256 of `bytes`.
    pub hash: [u8; 32],
    /// One or several of Automerge's chunks.
    pub bytes: Vec<u8>,
    /// The heads of the document with it: whoever has all changes up to these has all that is in
    /// it. Empty if nobody says.
    pub heads: Vec<[u8; 32]>,
}

impl Chunk {
    /// The chunk of these bytes.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self {
            hash: Self::hash_of(&bytes),
            bytes,
            heads: Vec::new(),
        }
    }

    /// The same, of a document with these heads; more than 64 are not kept.
    #[must_use]
    pub fn with_heads(self, heads: &[ChangeHash]) -> Self {
        let few = heads.len() <= MOST_HEADS;
        let heads = heads.iter().filter(|_| few).map(|head| head.0).collect();
        Self { heads, ..self }
    }

    /// The hash under which these bytes are stored.
    #[must_use]
    pub fn hash_of(bytes: &[u8]) -> [u8; 32] {
        Sha256::digest(bytes).into()
    }
}

/// A chunk as the store has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredChunk {
    /// The hash under which it was stored.
    pub hash: [u8; 32],
    /// What is there now; a quarantined chunk's bytes may be left out.
    pub bytes: Vec<u8>,
    /// Whether it was set aside by an earlier [`Effect::Quarantine`], and neither it nor all that it
    /// held has been stored again since.
    pub quarantined: bool,
    /// The chunk's [`Chunk::heads`].
    pub heads: Vec<[u8; 32]>,
}

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A socket was opened.
    Connected {
        /// Its number.
        connection: ConnectionId,
    },
    /// A binary frame has arrived.
    Received {
        /// On which connection.
        connection: ConnectionId,
        /// The whole frame.
        frame: Vec<u8>,
    },
    /// A socket is gone, whoever closed it.
    Closed {
        /// Its number.
        connection: ConnectionId,
    },
    /// The answer to [`Effect::Load`].
    Loaded {
        /// Which document.
        document: DocumentId,
        /// Every chunk of it, quarantined ones included; none when the document is unknown.
        result: Result<Vec<StoredChunk>, String>,
    },
    /// The answer to [`Effect::Store`] or [`Effect::Replace`]: it is on the disk, or it is not.
    Stored {
        /// The effect's ticket.
        ticket: u64,
        /// Why not, if not.
        result: Result<(), String>,
    },
    /// The answer to [`Effect::Work`].
    Worked(Box<Worked>),
    /// The answer to [`Effect::Probe`].
    Probed {
        /// Why the store does not work, if it does not.
        result: Result<(), String>,
    },
    /// A frame of [`Effect::Forward`] was not sent to this connection, since too much waits for it
    /// already.
    Dropped {
        /// To whom.
        connection: ConnectionId,
        /// About which document.
        document: DocumentId,
        /// What it was.
        kind: ForwardKind,
    },
    /// The answer to [`Effect::Authorise`].
    Authorised {
        /// Who asks.
        connection: ConnectionId,
        /// For which document.
        document: DocumentId,
        /// What it may do, or why that cannot be said.
        result: Result<Access, String>,
    },
    /// The answer to [`Effect::Recall`].
    Recalled {
        /// Of which document.
        document: DocumentId,
        /// What was noted.
        result: Result<Brought, String>,
    },
    /// The answer to [`Effect::CheckAlive`]; none is needed once the connection has closed.
    Checked {
        /// Which connection.
        connection: ConnectionId,
        /// Whether its other side has answered, or nothing could be sent to it yet.
        alive: bool,
    },
    /// The clock by which links end has moved ahead of the one that events come with: somebody has
    /// set it, or the machine was asleep.
    ClockJumped {
        /// By how many milliseconds.
        ahead_ms: u64,
    },
    /// Someone may do more, or less, than before with these documents: what everyone may do with
    /// them is asked for anew.
    AccessChanged {
        /// Which.
        documents: Vec<DocumentId>,
    },
    /// Nothing else has arrived at the moment: what has gathered goes out. To be told after every
    /// burst of events, and at the time that [`crate::ServerNode::wake_at`] names.
    Pause,
    /// Time has passed; about once a second.
    Tick,
}

/// What a forwarded frame is, and what happens when it cannot be sent at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ForwardKind {
    /// What is to be seen of others: dropped first, and told with [`Event::Dropped`].
    Presence,
    /// Changes: dropped when still more waits, and told with [`Event::Dropped`].
    Change,
    /// Never dropped.
    Notice,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send a binary frame.
    Send {
        /// On which connection.
        connection: ConnectionId,
        /// The whole frame.
        frame: Arc<[u8]>,
    },
    /// Send one binary frame to several connections.
    Forward {
        /// To whom.
        connections: Vec<ConnectionId>,
        /// About which document.
        document: DocumentId,
        /// The whole frame.
        frame: Arc<[u8]>,
        /// What it is.
        kind: ForwardKind,
    },
    /// Send a frame to one connection: these two parts as one. The second may well be shared with
    /// frames to others, and need not be copied.
    SendShared {
        /// To whom.
        connection: ConnectionId,
        /// How the frame begins.
        head: Vec<u8>,
        /// All the rest of it. Its bytes go with the last frame that has them; those of an
        /// `Arc<[u8]>` would stay for as long as anybody remembers where they were.
        body: Arc<Vec<u8>>,
    },
    /// Close a socket after what was sent before; answer with [`Event::Closed`].
    Close {
        /// Which.
        connection: ConnectionId,
        /// The WebSocket close code.
        code: CloseCode,
        /// In plain words, under 124 bytes.
        reason: String,
    },
    /// Find out whether a connection's other side still answers, within about a second, since
    /// somebody else comes under its name; answer with [`Event::Checked`].
    CheckAlive {
        /// Which.
        connection: ConnectionId,
    },
    /// Decide what a connection may do with a document; answer with [`Event::Authorised`].
    Authorise {
        /// Who asks.
        connection: ConnectionId,
        /// For which document.
        document: DocumentId,
        /// The keys that it has shown.
        keys: Arc<[AccessKey]>,
        /// Whether it knows that the document has an owner.
        owned: bool,
    },
    /// Read every chunk of a document; answer with [`Event::Loaded`].
    Load {
        /// Which document.
        document: DocumentId,
    },
    /// Do this where nobody waits for it; answer with [`Event::Worked`].
    Work(Box<Work>),
    /// Store a chunk durably; a chunk that is already there intact is a success. Answer with
    /// [`Event::Stored`].
    Store {
        /// To be given back.
        ticket: u64,
        /// Of which document.
        document: DocumentId,
        /// What to store.
        chunk: Chunk,
        /// Who has brought it; some of them may be gone.
        from: Vec<ConnectionId>,
    },
    /// Store a chunk that contains others and delete exactly those, in one transaction (never the
    /// chunk itself, should its hash be among them). Answer with [`Event::Stored`].
    Replace {
        /// To be given back.
        ticket: u64,
        /// Of which document.
        document: DocumentId,
        /// The whole document, or what was stored last of it.
        snapshot: Chunk,
        /// The hashes of chunks that it contains.
        superseded: Vec<[u8; 32]>,
    },
    /// Note durably that changes of an author, or of others who are not named, were brought by
    /// somebody else; that it is noted already
    /// is a success. There is no answer.
    Note {
        /// In which document.
        document: DocumentId,
        /// By which connection first.
        from: ConnectionId,
        /// Who says, in the changes, to have made them; empty for others.
        author: String,
        /// Who the connection says to be; empty if it does not.
        bringer: String,
    },
    /// Read what [`Effect::Note`] has noted, also before this server was started; answer with
    /// [`Event::Recalled`].
    Recall {
        /// Of which document.
        document: DocumentId,
    },
    /// Try by a small durable write whether the store works; answer with [`Event::Probed`].
    Probe,
    /// Set a chunk aside that does not verify; never delete it.
    Quarantine {
        /// Of which document.
        document: DocumentId,
        /// The hash under which it is stored.
        hash: [u8; 32],
        /// What is wrong with it.
        reason: String,
    },
    /// Note that all that a chunk held which was set aside is stored again; it stays aside.
    Mend {
        /// Of which document.
        document: DocumentId,
        /// The hash under which it was stored.
        hash: [u8; 32],
    },
}
