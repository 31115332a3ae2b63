//! A client for these tests: the engine's client side over a real socket, holding its documents.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use automerge::transaction::Transactable;
use automerge::{Automerge, ChangeHash, PatchLog, ROOT, ReadDoc, ScalarValue};
use futures_util::{SinkExt, StreamExt};
use sync::{ClientNode, DocumentId, Incoming, PeerId};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};

/// Longer than anything here takes, on any machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

pub(crate) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Waits for something that must happen.
pub(crate) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(DEADLINE, future).await {
        Ok(value) => value,
        Err(_) => panic!("{what} did not happen in time"),
    }
}

/// Opens a plain socket.
pub(crate) async fn socket(url: &str) -> Socket {
    soon("connecting", connect_async(url)).await.unwrap().0
}

/// Reads until the server closes, and returns its close code; `None` when it just hung up.
pub(crate) async fn close_code(socket: &mut Socket) -> Option<u16> {
    soon("closing", async {
        loop {
            match socket.next().await {
                Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    })
    .await
}

/// A client with its documents.
pub(crate) struct Client {
    node: ClientNode,
    socket: Socket,
    documents: BTreeMap<DocumentId, Automerge>,
    /// What the server has said not to have.
    unavailable: BTreeSet<DocumentId>,
    /// Who shows themselves.
    present: BTreeSet<PeerId>,
    /// The code with which the server has closed.
    closed_with: Option<u16>,
}

impl Client {
    /// Connects and joins.
    pub(crate) async fn connect(url: &str, name: &str) -> Self {
        Self::with(url, ClientNode::new(PeerId::from(name))).await
    }

    /// Connects and joins as this node.
    pub(crate) async fn with(url: &str, node: ClientNode) -> Self {
        Self::over(socket(url).await, node).await
    }

    async fn over(socket: Socket, mut node: ClientNode) -> Self {
        let join = node.connected();
        let mut client = Self {
            node,
            socket,
            documents: BTreeMap::new(),
            unavailable: BTreeSet::new(),
            present: BTreeSet::new(),
            closed_with: None,
        };
        client.send(join).await;
        client
    }

    /// Connects and joins over a socket into which little fits that is not read.
    pub(crate) async fn connect_narrowly(address: SocketAddr, name: &str) -> Self {
        let narrow = TcpSocket::new_v4().unwrap();
        narrow.set_recv_buffer_size(128 << 10).unwrap();
        let stream = soon("connecting", narrow.connect(address)).await.unwrap();
        let url = format!("ws://{address}/sync");
        let stream = MaybeTlsStream::Plain(stream);
        let (socket, _) = soon("shaking hands", client_async(url, stream))
            .await
            .unwrap();
        Self::over(socket, ClientNode::new(PeerId::from(name))).await
    }

    /// Connects again, with what it has.
    pub(crate) async fn reconnect(&mut self, url: &str) {
        self.socket = socket(url).await;
        let join = self.node.connected();
        self.send(join).await;
    }

    /// How many keys the document's root has.
    pub(crate) fn keys(&self, id: DocumentId) -> usize {
        self.documents[&id].length(ROOT)
    }

    /// Shows the server a key.
    pub(crate) async fn show_key(&mut self, key: &str) {
        if let Some(frame) = self.node.show_key(key.into()) {
            self.send(frame).await;
        }
    }

    /// Handles frames until the server has said not to have a document.
    pub(crate) async fn unavailable(&mut self, id: DocumentId) {
        self.until("no document", |c| c.is_unavailable(id)).await;
    }

    /// Whether the server has said not to have a document.
    pub(crate) fn is_unavailable(&self, id: DocumentId) -> bool {
        self.unavailable.contains(&id)
    }

    /// What is under a key of the document's root.
    pub(crate) fn value(&self, id: DocumentId, key: &str) -> Option<i64> {
        let found = self.documents[&id].get(ROOT, key).unwrap();
        found.and_then(|(value, _)| value.as_i64())
    }

    /// Takes part in a document, with what it has of it.
    pub(crate) async fn open(&mut self, id: DocumentId, document: Automerge) {
        self.node.open(id);
        self.documents.insert(id, document);
        self.flush().await;
    }

    /// Puts a value under a key of the document's root and sends the change.
    pub(crate) async fn put(&mut self, id: DocumentId, key: &str, value: impl Into<ScalarValue>) {
        let value = value.into();
        let document = self.documents.get_mut(&id).unwrap();
        document
            .transact::<_, _, automerge::AutomergeError>(|transaction| {
                transaction.put(ROOT, key, value)
            })
            .unwrap();
        self.flush().await;
    }

    /// Whether the document holds all of these changes.
    pub(crate) fn has(&self, id: DocumentId, heads: &[[u8; 32]]) -> bool {
        let document = &self.documents[&id];
        heads
            .iter()
            .all(|head| document.get_change_by_hash(&ChangeHash(*head)).is_some())
    }

    /// The document's heads.
    pub(crate) fn heads(&self, id: DocumentId) -> Vec<[u8; 32]> {
        let heads = self.documents[&id].get_heads();
        heads.into_iter().map(|head| head.0).collect()
    }

    /// Whether the connection speaks the native protocol.
    pub(crate) fn is_native(&self) -> bool {
        self.node.is_native()
    }

    /// Whether the server has said that it can store nothing.
    pub(crate) fn is_store_failing(&self) -> bool {
        self.node.is_store_failing()
    }

    /// Whether the server has confirmed everything that this client has.
    pub(crate) fn acknowledged(&self, id: DocumentId) -> bool {
        self.node.acknowledged(&id, &self.documents[&id])
    }

    /// The heads that the server has confirmed.
    pub(crate) fn acknowledged_heads(&self, id: DocumentId) -> Vec<[u8; 32]> {
        self.node.acknowledged_heads(&id)
    }

    /// Shows itself to the others in a document.
    pub(crate) async fn present(&mut self, id: DocumentId) {
        // The word "here" in CBOR.
        self.node.present(&id, Some(b"\x64here".to_vec()));
        for frame in self.node.tick(1) {
            self.send(frame).await;
        }
    }

    /// Whether somebody of this name shows themselves.
    pub(crate) fn sees(&self, name: &str) -> bool {
        self.present.contains(&PeerId::from(name))
    }

    /// Handles frames until `done`.
    pub(crate) async fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        soon(what, async {
            while !done(self) {
                assert!(self.step().await, "the server hung up before {what}");
            }
        })
        .await;
    }

    /// Handles one frame; false when the connection is gone.
    pub(crate) async fn step(&mut self) -> bool {
        match self.socket.next().await {
            Some(Ok(Message::Binary(frame))) => {
                self.received(&frame);
                self.flush().await;
                true
            }
            Some(Ok(Message::Close(frame))) => {
                self.closed_with = frame.map(|frame| frame.code.into());
                false
            }
            Some(Ok(_)) => true,
            Some(Err(_)) | None => false,
        }
    }

    fn received(&mut self, frame: &[u8]) {
        for incoming in self.node.received(frame).unwrap() {
            if let Incoming::Unavailable { document } = incoming {
                self.unavailable.insert(document);
                continue;
            }
            match &incoming {
                Incoming::Presence { peer, data, .. } if data.is_some() => {
                    self.present.insert(peer.clone());
                }
                Incoming::Presence { peer, .. } => {
                    self.present.remove(peer);
                }
                Incoming::PresenceCleared { .. } => self.present.clear(),
                _ => {}
            }
            if let Incoming::Sync { document, message } = incoming {
                let automerge = self.documents.get_mut(&document).unwrap();
                let mut patches = PatchLog::inactive();
                self.node
                    .merge(&document, &message, automerge, &mut patches)
                    .unwrap();
            }
        }
    }

    /// Handles frames until the server closes, and returns its close code.
    pub(crate) async fn close_code(&mut self) -> Option<u16> {
        soon("closing", async { while self.step().await {} }).await;
        self.closed_with
    }

    async fn flush(&mut self) {
        let mut frames = Vec::new();
        for (id, document) in &self.documents {
            while let Some(frame) = self.node.next_frame(id, document) {
                frames.push(frame);
            }
        }
        for frame in frames {
            self.send(frame).await;
        }
    }

    async fn send(&mut self, frame: Vec<u8>) {
        // Fails when the server is gone, which the next read says.
        let _ = self.socket.send(Message::Binary(frame.into())).await;
    }
}
