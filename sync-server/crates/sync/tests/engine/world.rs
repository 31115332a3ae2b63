//! A server, its store and some clients in one thread: frames and store answers wait in queues
//! until a test lets them through, in order on each connection and in any order between them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use automerge::sync::Message as SyncContent;
use automerge::{Automerge, PatchLog, ReadDoc};
use sync::wire::{Message, Native};
use sync::{
    Chunk, ClientNode, CloseCode, ConnectionId, DocumentId, Effect, Event, ForwardKind, Incoming,
    PeerId, ServerConfig, ServerLimits, ServerNode, StoredChunk, Work,
};

/// The document that tests use unless they need several.
pub(crate) const DOCUMENT: DocumentId = DocumentId::from_bytes([7; 16]);

/// One tab.
pub(crate) struct Client {
    pub(crate) node: ClientNode,
    pub(crate) document: Automerge,
    pub(crate) connection: Option<ConnectionId>,
    pub(crate) to_server: VecDeque<Vec<u8>>,
    pub(crate) from_server: VecDeque<Arc<[u8]>>,
    pub(crate) closed_with: Option<CloseCode>,
    pub(crate) heard: Vec<Incoming>,
}

/// What the store has been asked and not answered.
#[derive(Debug)]
pub(crate) enum Request {
    Load(DocumentId),
    Store(u64, DocumentId, Chunk),
    Replace(u64, DocumentId, Chunk, Vec<[u8; 32]>),
    Probe,
    Recall(DocumentId),
}

/// Everything.
pub(crate) struct World {
    pub(crate) server: ServerNode,
    limits: ServerLimits,
    pub(crate) now_ms: u64,
    pub(crate) clients: Vec<Client>,
    pub(crate) requests: VecDeque<Request>,
    pub(crate) chunks: BTreeMap<DocumentId, Vec<StoredChunk>>,
    pub(crate) quarantined: Vec<[u8; 32]>,
    pub(crate) mended: Vec<[u8; 32]>,
    pub(crate) replacements: usize,
    pub(crate) loads: usize,
    /// Who brought whose changes, as noted.
    pub(crate) noted: Vec<(String, String)>,
    /// How many of the next stores fail.
    pub(crate) failing_stores: usize,
    /// How many of the next forwarded frames are dropped, as if their receivers were slow.
    pub(crate) dropped_frames: usize,
    /// Forwarded frames of changes, and how often each was sent.
    pub(crate) forwards: Vec<usize>,
    /// What is to be done beside the server, if that is to wait for [`Self::do_work`].
    pub(crate) works: VecDeque<Box<Work>>,
    pub(crate) holds_work: bool,
    /// What is on the disk, as a document, to check receipts against.
    durable: BTreeMap<DocumentId, Automerge>,
    next_connection: u64,
}

impl World {
    pub(crate) fn new(limits: ServerLimits) -> Self {
        Self {
            server: server(limits.clone()),
            limits,
            now_ms: 0,
            clients: Vec::new(),
            requests: VecDeque::new(),
            chunks: BTreeMap::new(),
            quarantined: Vec::new(),
            mended: Vec::new(),
            replacements: 0,
            loads: 0,
            noted: Vec::new(),
            failing_stores: 0,
            dropped_frames: 0,
            forwards: Vec::new(),
            works: VecDeque::new(),
            holds_work: false,
            durable: BTreeMap::new(),
            next_connection: 0,
        }
    }

    /// Adds a client in version 1 with this document, not connected yet; its index.
    pub(crate) fn client(&mut self, document: Automerge) -> usize {
        let name = format!("client-{}", self.clients.len());
        self.add(ClientNode::version_1(PeerId::from(name)), document)
    }

    /// Adds a native client with this document, not connected yet; its index.
    pub(crate) fn native(&mut self, document: Automerge) -> usize {
        let name = format!("native-{}", self.clients.len());
        self.add(ClientNode::new(PeerId::from(name)), document)
    }

    pub(crate) fn add(&mut self, mut node: ClientNode, document: Automerge) -> usize {
        let index = self.clients.len();
        node.open(DOCUMENT);
        self.clients.push(Client {
            node,
            document,
            connection: None,
            to_server: VecDeque::new(),
            from_server: VecDeque::new(),
            closed_with: None,
            heard: Vec::new(),
        });
        index
    }

    /// A socket that speaks no protocol by itself.
    pub(crate) fn raw_connection(&mut self) -> ConnectionId {
        self.next_connection += 1;
        let connection = ConnectionId(self.next_connection);
        self.event(Event::Connected { connection });
        connection
    }

    pub(crate) fn connect(&mut self, index: usize) {
        let connection = self.raw_connection();
        let client = &mut self.clients[index];
        client.connection = Some(connection);
        client.closed_with = None;
        client.to_server.clear();
        client.from_server.clear();
        let join = client.node.connected();
        client.to_server.push_back(join);
    }

    pub(crate) fn disconnect(&mut self, index: usize) {
        let client = &mut self.clients[index];
        client.node.disconnected();
        client.from_server.clear();
        // What the client had sent already may still arrive; here it does.
        let frames: Vec<_> = client.to_server.drain(..).collect();
        if let Some(connection) = client.connection.take() {
            for frame in frames {
                self.event(Event::Received { connection, frame });
            }
            self.event(Event::Closed { connection });
        }
    }

    /// The server dies: whatever was on its way to it or from it is gone, and so is whatever the
    /// store was asked for and had not done.
    pub(crate) fn kill_server(&mut self) {
        self.server = server(self.limits.clone());
        self.requests.clear();
        for client in &mut self.clients {
            client.node.disconnected();
            client.connection = None;
            client.closed_with = None;
            client.to_server.clear();
            client.from_server.clear();
        }
    }

    /// One change at a client, which is sent when it is connected.
    pub(crate) fn edit(&mut self, index: usize, key: &str, value: &str) {
        crate::documents::put(&mut self.clients[index].document, key, value);
        self.flush(index);
    }

    /// Queues whatever the client has to say.
    pub(crate) fn flush(&mut self, index: usize) {
        let client = &mut self.clients[index];
        while let Some(frame) = client.node.next_frame(&DOCUMENT, &client.document) {
            client.to_server.push_back(frame);
        }
    }

    /// Gives the server an event and carries out its effects; the effects, for a test to look at.
    pub(crate) fn event(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = self.event_of_many(event);
        effects.extend(self.event_of_many(Event::Pause));
        effects
    }

    /// Gives the server an event that others follow at once.
    pub(crate) fn event_of_many(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.server.handle(event, self.now_ms);
        for effect in &effects {
            self.carry_out(effect.clone());
        }
        effects
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Send { connection, frame } => self.send(connection, frame),
            Effect::SendShared {
                connection,
                head,
                body,
            } => self.send(
                connection,
                [head.as_slice(), body.as_slice()].concat().into(),
            ),
            Effect::Forward {
                connections,
                document,
                frame,
                kind,
            } => {
                if kind == ForwardKind::Change {
                    self.forwards.push(connections.len());
                }
                for connection in connections {
                    if kind != ForwardKind::Notice && self.dropped_frames > 0 {
                        self.dropped_frames -= 1;
                        self.event(Event::Dropped {
                            connection,
                            document,
                            kind,
                        });
                    } else {
                        self.send(connection, frame.clone());
                    }
                }
            }
            Effect::Probe => self.requests.push_back(Request::Probe),
            Effect::Close {
                connection, code, ..
            } => {
                if let Some(client) = self
                    .clients
                    .iter_mut()
                    .find(|c| c.connection == Some(connection))
                {
                    client.closed_with = Some(code);
                }
            }
            Effect::Mend { document, hash } => {
                self.mended.push(hash);
                let chunks = self.chunks.entry(document).or_default();
                chunks.retain(|chunk| chunk.hash != hash || !chunk.quarantined);
            }
            Effect::Work(work) => {
                self.works.push_back(work);
                if !self.holds_work {
                    self.do_work();
                }
            }
            // No two clients of this world have one name; tests of those answer themselves.
            Effect::CheckAlive { .. } => {}
            Effect::Authorise { .. } => panic!("nobody is asked about access in this world"),
            Effect::Note {
                author, bringer, ..
            } => self.noted.push((author, bringer)),
            Effect::Recall { document } => self.requests.push_back(Request::Recall(document)),
            Effect::Load { document } => self.requests.push_back(Request::Load(document)),
            Effect::Store {
                ticket,
                document,
                chunk,
                ..
            } => {
                self.requests
                    .push_back(Request::Store(ticket, document, chunk));
            }
            Effect::Replace {
                ticket,
                document,
                snapshot,
                superseded,
            } => {
                self.requests
                    .push_back(Request::Replace(ticket, document, snapshot, superseded));
            }
            Effect::Quarantine { document, hash, .. } => {
                self.quarantined.push(hash);
                for chunk in self.chunks.entry(document).or_default() {
                    chunk.quarantined |= chunk.hash == hash;
                }
            }
        }
    }

    /// Does the oldest work.
    pub(crate) fn do_work(&mut self) {
        if let Some(work) = self.works.pop_front() {
            self.event_of_many(Event::Worked(Box::new(work.run())));
        }
    }

    fn send(&mut self, connection: ConnectionId, frame: Arc<[u8]>) {
        let to = |client: &&mut Client| client.connection == Some(connection);
        let Some(client) = self.clients.iter_mut().find(to) else {
            return;
        };
        client.from_server.push_back(frame.clone());
        let native = client.node.is_native();
        self.check_receipt(&frame, native);
    }

    /// Nothing that a client takes for a receipt comes before the change is on the disk.
    fn check_receipt(&self, frame: &[u8], native: bool) {
        let content = match Message::decode(frame) {
            Ok(Message::Native(Native::Saved {
                document, heads, ..
            })) => {
                let durable = &self.durable[&document];
                let stored = |head: &[u8; 32]| {
                    let head = automerge::ChangeHash(*head);
                    durable.get_change_by_hash(&head).is_some()
                };
                assert!(heads.iter().all(stored), "S13: a receipt before the store");
                return;
            }
            Ok(Message::Sync(content)) if !native => content,
            _ => return,
        };
        let message = SyncContent::decode(&content.data).expect("the server's own message");
        let empty = Automerge::new();
        let durable = self.durable.get(&content.document).unwrap_or(&empty);
        for head in &message.heads {
            assert!(
                durable.get_change_by_hash(head).is_some(),
                "S13: a receipt before the store"
            );
        }
        let mut sent = durable.clone();
        let carried: Vec<u8> = message.changes.iter().flatten().copied().collect();
        sent.load_incremental(&carried)
            .expect("the server's own changes");
        assert_eq!(
            sent.get_heads(),
            durable.get_heads(),
            "S13: a change before the store"
        );
    }

    /// Lets the store answer its oldest request.
    pub(crate) fn answer_store(&mut self) {
        let Some(request) = self.requests.pop_front() else {
            return;
        };
        let event = match request {
            Request::Load(document) => {
                self.loads += 1;
                let chunks = self.chunks.get(&document).cloned().unwrap_or_default();
                Event::Loaded {
                    document,
                    result: Ok(chunks),
                }
            }
            Request::Recall(document) => Event::Recalled {
                document,
                result: Ok(self.noted.clone()),
            },
            Request::Store(ticket, ..) if self.failing_stores > 0 => {
                self.failing_stores -= 1;
                Event::Stored {
                    ticket,
                    result: Err("the disk is full".to_owned()),
                }
            }
            Request::Probe if self.failing_stores > 0 => {
                self.failing_stores -= 1;
                Event::Probed {
                    result: Err("the disk is still full".to_owned()),
                }
            }
            Request::Probe => Event::Probed { result: Ok(()) },
            Request::Store(ticket, document, chunk) => {
                self.put(document, chunk);
                Event::Stored {
                    ticket,
                    result: Ok(()),
                }
            }
            Request::Replace(ticket, document, snapshot, superseded) => {
                self.replacements += 1;
                let chunks = self.chunks.entry(document).or_default();
                chunks.retain(|chunk| !superseded.contains(&chunk.hash));
                self.put(document, snapshot);
                Event::Stored {
                    ticket,
                    result: Ok(()),
                }
            }
        };
        self.event(event);
    }

    /// Puts a chunk on the disk.
    pub(crate) fn put(&mut self, document: DocumentId, chunk: Chunk) {
        let durable = self.durable.entry(document).or_default();
        durable
            .load_incremental(&chunk.bytes)
            .expect("the server stores what loads");
        let chunks = self.chunks.entry(document).or_default();
        chunks.retain(|known| known.hash != chunk.hash);
        chunks.push(StoredChunk {
            hash: chunk.hash,
            bytes: chunk.bytes,
            quarantined: false,
            heads: chunk.heads,
        });
    }

    /// Lets the oldest frame of a client through to the server.
    pub(crate) fn deliver_up(&mut self, index: usize) {
        let client = &mut self.clients[index];
        if let (Some(connection), Some(frame)) = (client.connection, client.to_server.pop_front()) {
            self.event(Event::Received { connection, frame });
        }
    }

    /// Lets the oldest frame of the server through to a client, which answers.
    pub(crate) fn deliver_down(&mut self, index: usize) {
        let client = &mut self.clients[index];
        let Some(frame) = client.from_server.pop_front() else {
            if client.closed_with.is_some() && client.connection.is_some() {
                self.disconnect(index);
            }
            return;
        };
        for incoming in client.node.received(&frame).expect("the server is honest") {
            if let Incoming::Sync { document, message } = &incoming {
                client
                    .node
                    .merge(
                        document,
                        message,
                        &mut client.document,
                        &mut PatchLog::inactive(),
                    )
                    .expect("the server is honest");
            }
            client.heard.push(incoming);
        }
        self.flush(index);
    }

    /// Lets everything through until nothing moves and the server waits for nothing.
    pub(crate) fn settle(&mut self) {
        for _ in 0..100_000 {
            if !self.step(0) && !self.wake() {
                return;
            }
        }
        panic!("never quiet");
    }

    /// Passes the time until the server wants to be woken; `false` when it does not.
    fn wake(&mut self) -> bool {
        let Some(at_ms) = self.server.wake_at() else {
            return false;
        };
        self.now_ms = self.now_ms.max(at_ms);
        self.event(Event::Pause);
        true
    }

    /// Does one of the things that can happen next, chosen by `choice`; `false` when there is none.
    pub(crate) fn step(&mut self, choice: usize) -> bool {
        let mut possible = Vec::new();
        for (index, client) in self.clients.iter().enumerate() {
            if client.connection.is_some() && !client.to_server.is_empty() {
                possible.push((0, index));
            }
            let closed = client.closed_with.is_some() && client.connection.is_some();
            if !client.from_server.is_empty() || closed {
                possible.push((1, index));
            }
        }
        if !self.requests.is_empty() {
            possible.push((2, 0));
        }
        if possible.is_empty() {
            return false;
        }
        match possible[choice % possible.len()] {
            (0, index) => self.deliver_up(index),
            (1, index) => self.deliver_down(index),
            _ => self.answer_store(),
        }
        true
    }

    /// Passes the time and ticks.
    pub(crate) fn wait(&mut self, milliseconds: u64) {
        self.now_ms += milliseconds;
        self.event(Event::Tick);
        for index in 0..self.clients.len() {
            self.tick(index);
        }
    }

    /// Queues what a client has to say by the clock.
    pub(crate) fn tick(&mut self, index: usize) {
        let client = &mut self.clients[index];
        client.to_server.extend(client.node.tick(self.now_ms));
    }

    /// Whether a client knows that a colleague has everything it has.
    pub(crate) fn seen(&self, index: usize) -> bool {
        let client = &self.clients[index];
        client.node.seen_by_colleague(&DOCUMENT, &client.document)
    }

    pub(crate) fn acknowledged(&self, index: usize) -> bool {
        let client = &self.clients[index];
        client.node.acknowledged(&DOCUMENT, &client.document)
    }

    pub(crate) fn heads(&self, index: usize) -> Vec<automerge::ChangeHash> {
        self.clients[index].document.get_heads()
    }
}

fn server(limits: ServerLimits) -> ServerNode {
    ServerNode::new(ServerConfig {
        peer: PeerId::from("server"),
        limits,
        native: true,
        access: false,
    })
}

/// The value under a key, as text.
pub(crate) fn value(document: &Automerge, key: &str) -> Option<String> {
    let (value, _) = document.get(automerge::ROOT, key).ok()??;
    value.into_string().ok()
}
