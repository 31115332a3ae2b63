//! The client's side of a connection, for every document that one tab has open.
//!
//! Invariant: every connection starts with fresh sync states, since Automerge's protocol assumes
//! that no message of a connection is lost.

mod document;
mod incoming;
mod presence;
mod update;

use std::collections::BTreeMap;

use automerge::{Automerge, PatchLog};

use crate::bounded::{Gate, Limits};
use crate::sessions::Sessions;
use crate::wire::{
    EphemeralMessage, Message, NATIVE_1, Native, PeerMetadata, Shown, SyncMessage, VERSION_1,
};
use crate::{AccessKey, DocumentId, PeerId, ProtocolError, device};

use document::{Document, Outgoing};
pub use incoming::{ConnectionState, Device, Incoming};
use update::Content;
pub use update::Update;

/// What the envelope around a sync message may take besides.
const ENVELOPE: u64 = 64 * 1024;

/// The client's state machine: frames in, frames out.
#[derive(Debug)]
pub struct ClientNode {
    /// The node's name, which its session in ephemeral messages also has.
    peer: PeerId,
    /// Its name on the present connection.
    name: PeerId,
    /// The name of this device's storage.
    storage: Option<String>,
    /// Whose changes it makes.
    person: Option<String>,
    /// What it shows the server on each connection.
    keys: Vec<AccessKey>,
    /// The documents that it knows to have an owner.
    owned: Vec<DocumentId>,
    versions: &'static [&'static str],
    server: Option<PeerId>,
    state: ConnectionState,
    /// Whether the present connection speaks the native protocol.
    native: bool,
    store_failing: bool,
    connections: u64,
    documents: BTreeMap<DocumentId, Document>,
    ephemeral_count: u64,
    sessions: Sessions,
    limits: Limits,
}

impl ClientNode {
    /// A node named `peer`, which must be new for every tab session. It speaks the native protocol
    /// with a server that does, and version 1 with any other.
    #[must_use]
    pub fn new(peer: PeerId) -> Self {
        Self {
            name: peer.clone(),
            peer,
            storage: None,
            person: None,
            keys: Vec::new(),
            owned: Vec::new(),
            versions: &[VERSION_1, NATIVE_1],
            server: None,
            state: ConnectionState::Offline,
            native: false,
            store_failing: false,
            connections: 0,
            documents: BTreeMap::new(),
            ephemeral_count: 0,
            sessions: Sessions::default(),
            limits: Limits::default(),
        }
    }

    /// A node that speaks version 1 alone.
    #[must_use]
    pub fn version_1(peer: PeerId) -> Self {
        Self {
            versions: &[VERSION_1],
            ..Self::new(peer)
        }
    }

    /// The same node with the name of the storage that it shares with other tabs of its device:
    /// what only they have is not seen by a colleague.
    #[must_use]
    pub fn with_storage(mut self, name: String) -> Self {
        self.storage = Some(name);
        self
    }

    /// The same node with the person whose changes it makes. It says so to the server, and is told
    /// whose changes have come through somebody else.
    #[must_use]
    pub fn with_person(mut self, person: String) -> Self {
        self.person = Some(person);
        self
    }

    /// Shows the server this key on each connection from now on. Returns the frame that shows it on
    /// the present one; none while there is no connection, or if it was shown before.
    pub fn show_key(&mut self, key: AccessKey) -> Option<Vec<u8>> {
        if self.keys.contains(&key) {
            return None;
        }
        self.keys.push(key.clone());
        (self.state != ConnectionState::Offline).then(|| Message::Access { key }.encode())
    }

    /// Says on each connection from now on that this document has an owner: a server that has lost
    /// who that is keeps it for them, instead of giving it to everyone who knows its id.
    pub fn has_owner(&mut self, document: DocumentId) {
        if !self.owned.contains(&document) {
            self.owned.push(document);
        }
    }

    /// The socket is open: returns the frame to send first. Every document starts afresh.
    ///
    /// Each connection has a name of its own: the server may still hold the last one for alive,
    /// and nobody can take the name of a live connection.
    pub fn connected(&mut self) -> Vec<u8> {
        self.disconnected();
        self.connections += 1;
        if self.connections > 1 {
            self.name = PeerId::from(format!("{}-{}", self.peer, self.connections));
        }
        self.state = ConnectionState::Joining;
        Message::Join {
            sender: self.name.clone(),
            versions: self.versions.iter().map(|v| (*v).to_owned()).collect(),
            metadata: PeerMetadata {
                storage_id: self.storage.clone(),
                is_ephemeral: false,
                keys: self.keys.clone(),
                owned: self.owned.clone(),
                person: self.person.clone(),
                news: true,
            },
        }
        .encode()
    }

    /// The socket is gone, and with it whatever was to be seen of others.
    pub fn disconnected(&mut self) {
        self.state = ConnectionState::Offline;
        self.server = None;
        self.native = false;
        self.store_failing = false;
        for document in self.documents.values_mut() {
            document.restart();
        }
    }

    /// Takes part in this document from now on.
    pub fn open(&mut self, document: DocumentId) {
        self.documents.entry(document).or_default();
    }

    /// Leaves the document: what arrives about it is ignored.
    pub fn close(&mut self, document: &DocumentId) {
        self.documents.remove(document);
    }

    /// How far the connection has come.
    #[must_use]
    pub fn state(&self) -> ConnectionState {
        self.state
    }

    /// Whether the present connection speaks the native protocol.
    #[must_use]
    pub fn is_native(&self) -> bool {
        self.native
    }

    /// Whether the server has said that it can store nothing at the moment.
    #[must_use]
    pub fn is_store_failing(&self) -> bool {
        self.store_failing
    }

    /// A frame has arrived.
    ///
    /// # Errors
    /// When the frame is too large, malformed or out of place: close the connection.
    pub fn received(&mut self, frame: &[u8]) -> Result<Vec<Incoming>, ProtocolError> {
        let limit = self.limits.bytes.saturating_add(ENVELOPE);
        if frame.len() as u64 > limit {
            let limit = usize::try_from(limit).unwrap_or(usize::MAX);
            return Err(ProtocolError::FrameTooLarge {
                length: frame.len(),
                limit,
            });
        }
        let message = Message::decode(frame)?;
        match self.state {
            ConnectionState::Offline => Err(ProtocolError::Unexpected("frame while offline")),
            ConnectionState::Joining => self.received_answer(message),
            ConnectionState::Ready => Ok(match message {
                Message::Native(message) if self.native => self.received_native(message),
                message => self.received_message(message).into_iter().collect(),
            }),
        }
    }

    fn received_answer(&mut self, message: Message) -> Result<Vec<Incoming>, ProtocolError> {
        match message {
            Message::Peer {
                sender, version, ..
            } if self.versions.contains(&version.as_str()) => {
                self.server = Some(sender);
                self.native = version == NATIVE_1;
                self.state = ConnectionState::Ready;
                Ok(vec![Incoming::Ready])
            }
            Message::Peer { .. } => Err(ProtocolError::Unexpected("protocol version")),
            Message::Error { message, .. } => Ok(vec![Incoming::Refused { message }]),
            Message::Ignored { .. } => Ok(Vec::new()),
            _ => Err(ProtocolError::Unexpected("message before the handshake")),
        }
    }

    fn received_message(&mut self, message: Message) -> Option<Incoming> {
        match message {
            Message::Sync(content) | Message::Request(content) => {
                self.update(content.document, Content::Sync(content.data))
            }
            Message::DocUnavailable { document, .. } => {
                self.documents.get_mut(&document)?.unavailable();
                Some(Incoming::Unavailable { document })
            }
            Message::Ephemeral(EphemeralMessage {
                document,
                sender,
                session,
                count,
                data,
                ..
            }) => (self.documents.contains_key(&document)
                && self.sessions.is_new(&sender, &session, count))
            .then_some(Incoming::Ephemeral {
                document,
                from: sender,
                data,
            }),
            Message::Error { message, .. } => Some(Incoming::Refused { message }),
            Message::Join { .. }
            | Message::Peer { .. }
            | Message::Leave { .. }
            | Message::Native(_)
            | Message::Access { .. }
            | Message::Ignored { .. } => None,
        }
    }

    fn received_native(&mut self, message: Native) -> Vec<Incoming> {
        let update = match message {
            Native::Change { document, data } => self.update(document, Content::Change(data)),
            Native::Saved {
                document,
                heads,
                all,
            } => self.update(document, Content::Saved { heads, all }),
            Native::Seen { document, heads } => self.update(document, Content::Seen(heads)),
            Native::Resync { document } => self.update(document, Content::Resync),
            Native::StoreFailing => {
                self.store_failing = true;
                Some(Incoming::StoreFailing)
            }
            Native::StoreRecovered => {
                self.store_failing = false;
                self.documents.values_mut().for_each(Document::ask_anew);
                Some(Incoming::StoreRecovered)
            }
            Native::Presences {
                document,
                peers,
                devices,
                all,
            } => return self.presences(document, peers, devices, all),
            Native::Rights { document, write } => self
                .documents
                .contains_key(&document)
                .then_some(Incoming::Rights { document, write }),
            Native::Deliveries { document, brought } => self
                .documents
                .contains_key(&document)
                .then_some(Incoming::Deliveries { document, brought }),
            Native::Presence { .. } | Native::Follow { .. } => None,
        };
        update.into_iter().collect()
    }

    fn presences(
        &self,
        document: DocumentId,
        peers: Shown,
        devices: Shown,
        all: bool,
    ) -> Vec<Incoming> {
        if !self.documents.contains_key(&document) {
            return Vec::new();
        }
        let others = peers.into_iter().filter(|(peer, _)| *peer != self.name);
        let own = self.storage.as_ref();
        let own = own.map(|storage| device::label(&document, storage));
        let device = |peer: &PeerId| {
            let label = devices.iter().find(|(known, _)| known == peer)?.1.clone()?;
            let is_own = Some(&label) == own.as_ref();
            Some(Device { label, is_own })
        };
        all.then_some(Incoming::PresenceCleared { document })
            .into_iter()
            .chain(others.map(|(peer, data)| Incoming::Presence {
                document,
                device: device(&peer),
                peer,
                data,
            }))
            .collect()
    }

    fn update(&self, document: DocumentId, content: Content) -> Option<Incoming> {
        self.documents
            .contains_key(&document)
            .then_some(Incoming::Sync {
                document,
                message: Update(content),
            })
    }

    /// Takes the news of an [`Incoming::Sync`] to a document that has no other way in, logging what
    /// changed.
    ///
    /// # Errors
    /// As for [`Self::merge_through`].
    pub fn merge(
        &mut self,
        document: &DocumentId,
        message: &Update,
        automerge: &mut Automerge,
        patches: &mut PatchLog,
    ) -> Result<(), ProtocolError> {
        let known = self.documents.get_mut(document);
        let mut gate = known.map(|known| std::mem::take(&mut known.gate));
        let through = gate.get_or_insert_default();
        let merged = self.merge_through(document, message, automerge, through, patches);
        if let (Some(known), Some(gate)) = (self.documents.get_mut(document), gate) {
            known.gate = gate;
        }
        merged
    }

    /// Takes the news of an [`Incoming::Sync`] to the document, logging what changed. Changes come
    /// in through the document's gate.
    ///
    /// # Errors
    /// When it is refused or the document does not take it: close the connection.
    pub fn merge_through(
        &mut self,
        document: &DocumentId,
        message: &Update,
        automerge: &mut Automerge,
        gate: &mut Gate,
        patches: &mut PatchLog,
    ) -> Result<(), ProtocolError> {
        let (native, limits) = (self.native, &self.limits);
        let known = self
            .documents
            .get_mut(document)
            .ok_or(ProtocolError::NotOpen)?;
        let merged = match &message.0 {
            Content::Sync(data) => known.merge_sync(data, native, limits, automerge, gate, patches),
            Content::Change(data) => known.merge_change(data, limits, automerge, gate, patches),
            word => {
                known.hear(word, automerge);
                Ok(())
            }
        };
        let merged = merged.and_then(|()| known.merged(automerge, gate));
        known.note_contest(&merged);
        merged
    }

    /// The next frame to send about a document. Call it when ready, after every merge and every
    /// local change, until it returns `None`.
    pub fn next_frame(&mut self, document: &DocumentId, automerge: &Automerge) -> Option<Vec<u8>> {
        let target = self.server.clone()?;
        let known = self.documents.get_mut(document)?;
        let outgoing = if !self.native {
            known.next_of_version_1(automerge)?
        } else if self.store_failing && known.is_live() {
            // It would not be kept. All of it is offered again once the store has recovered.
            return None;
        } else {
            known.next_native(automerge)?
        };
        let sync = |data| SyncMessage {
            document: *document,
            sender: self.name.clone(),
            target,
            data,
        };
        let message = match outgoing {
            Outgoing::Request(data) => Message::Request(sync(data)),
            Outgoing::Sync(data) => Message::Sync(sync(data)),
            Outgoing::Change(data) => Message::Native(Native::Change {
                document: *document,
                data,
            }),
        };
        Some(message.encode())
    }

    /// A frame that carries `data` (one CBOR item) to the colleagues in a document; `None` when
    /// not connected, or the document is not open.
    pub fn ephemeral(&mut self, document: &DocumentId, data: Vec<u8>) -> Option<Vec<u8>> {
        let target = self.server.clone()?;
        self.documents.get(document)?;
        self.ephemeral_count += 1;
        let message = Message::Ephemeral(EphemeralMessage {
            document: *document,
            sender: self.name.clone(),
            target,
            session: self.peer.to_string(),
            count: self.ephemeral_count,
            data,
        });
        Some(message.encode())
    }

    /// What colleagues in a document are to see of this client from now on: one CBOR item, or
    /// nothing. [`Self::tick`] sends it, as it is at that time.
    pub fn present(&mut self, document: &DocumentId, data: Option<Vec<u8>>) {
        if let Some(known) = self.documents.get_mut(document) {
            known.presence.set(data);
        }
    }

    /// The frames that are due by the clock: one's presence, at most thirty times a second, what
    /// colleagues' changes have reached this client, and the wish to hear who brings whose. Call it once a second, and within some
    /// forty milliseconds after [`Self::present`]. `now_ms` is any clock that does not go back.
    pub fn tick(&mut self, now_ms: u64) -> Vec<Vec<u8>> {
        let mut frames = Vec::new();
        if !self.native {
            return frames;
        }
        for (id, known) in &mut self.documents {
            let document = *id;
            if !known.was_asked_for() {
                continue;
            }
            if self.person.is_some() && known.follows_now() {
                frames.push(Message::Native(Native::Follow { document }).encode());
            }
            if let Some(heads) = known.due_acknowledgement(now_ms) {
                frames.push(Message::Native(Native::Seen { document, heads }).encode());
            }
            if let Some(data) = known.presence.due(now_ms) {
                frames.push(Message::Native(Native::Presence { document, data }).encode());
            }
        }
        frames
    }

    /// Whether we have everything that the server has stated on this connection.
    #[must_use]
    pub fn is_level(&self, document: &DocumentId) -> bool {
        let known = self.documents.get(document);
        known.is_some_and(Document::is_level)
    }

    /// Whether the server has confirmed, on this connection, that its store holds every change we
    /// have.
    #[must_use]
    pub fn acknowledged(&self, document: &DocumentId, automerge: &Automerge) -> bool {
        self.documents
            .get(document)
            .is_some_and(|known| known.is_confirmed(automerge))
    }

    /// Whether a colleague, on another device, is known to have every change we have.
    #[must_use]
    pub fn seen_by_colleague(&self, document: &DocumentId, automerge: &Automerge) -> bool {
        self.documents
            .get(document)
            .is_some_and(|known| known.is_seen(automerge))
    }

    /// The heads that the server has confirmed last, among those we know; kept when the
    /// connection is lost, so that what still waits can be counted.
    #[must_use]
    pub fn acknowledged_heads(&self, document: &DocumentId) -> Vec<[u8; 32]> {
        self.documents
            .get(document)
            .map(|known| known.confirmed.iter().map(|hash| hash.0).collect())
            .unwrap_or_default()
    }
}
