//! A client of ours, as a tab is one: the product document, the sync engine's client side and a
//! socket between them.
//!
//! Invariant: every wait is for a condition and has a deadline.

use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

use document::{Anchor, Command, Context, Position, ProductDocument, SessionIdentity, TextSplice};
use domain::{CanvasId, EntityId, KindId, PersonId, SlotId};
use futures_util::{SinkExt, StreamExt};
use sync::{ClientNode, DocumentId, Incoming, PeerId};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Longer than anything here takes, on any machine.
const DEADLINE: Duration = Duration::from_secs(60);

/// Waits for something that must happen.
pub(crate) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(DEADLINE, future).await {
        Ok(value) => value,
        Err(_) => panic!("{what} did not happen in time"),
    }
}

/// One open workspace of ours.
pub(crate) struct Ours {
    id: DocumentId,
    document: ProductDocument,
    node: ClientNode,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Ours {
    /// Makes a workspace under this id, connects and sends it.
    pub(crate) async fn create(url: &str, id: DocumentId) -> Self {
        let identity = SessionIdentity {
            person: PersonId::from("ada"),
            actor: [1; 16],
            seed: 1,
        };
        let document = ProductDocument::create(identity);
        let mut node = ClientNode::new(PeerId::from("ours"));
        let join = node.connected();
        node.open(id);
        let socket = soon("connecting", connect_async(url)).await.unwrap().0;
        let mut ours = Self {
            id,
            document,
            node,
            socket,
        };
        ours.send(join).await;
        ours
    }

    /// Whether the server speaks the native protocol with it.
    pub(crate) fn is_native(&self) -> bool {
        self.node.is_native()
    }

    /// Adds a note with this text and sends the change.
    pub(crate) async fn add_note(&mut self, note: &str, text: &str) {
        self.execute(Command::AddNote {
            id: EntityId::from(note),
            kind: KindId::from("problem"),
            text: text.to_owned(),
            fields: BTreeMap::new(),
            place: Position {
                canvas: CanvasId::from("lean-canvas"),
                slot: SlotId::from("problem"),
                anchor: Anchor::Last,
            },
        })
        .await;
    }

    /// Writes into a note's text, counted in UTF-16 units, and sends the change.
    pub(crate) async fn insert(&mut self, note: &str, at: usize, insert: &str) {
        let splice = TextSplice {
            at,
            delete: 0,
            insert: insert.to_owned(),
        };
        self.execute(Command::EditText {
            id: EntityId::from(note),
            splices: vec![splice],
        })
        .await;
    }

    /// A note's text.
    pub(crate) fn text(&self, note: &str) -> String {
        self.document
            .entity(&EntityId::from(note))
            .map(|entity| entity.text)
            .unwrap_or_default()
    }

    /// Goes on until the server has confirmed everything.
    pub(crate) async fn until_acknowledged(&mut self) {
        self.until("the receipt", |ours| {
            ours.document
                .peek(|automerge| ours.node.acknowledged(&ours.id, automerge))
        })
        .await;
    }

    /// Goes on until a note has this text.
    pub(crate) async fn until_text(&mut self, note: &str, text: &str) {
        self.until(&format!("“{text}” here"), |ours| {
            ours.text(note) == text
        })
        .await;
    }

    async fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        soon(what, async {
            while !done(self) {
                match self.socket.next().await {
                    Some(Ok(Message::Binary(frame))) => self.received(&frame).await,
                    Some(Ok(Message::Close(frame))) => panic!("closed before {what}: {frame:?}"),
                    Some(Ok(_)) => {}
                    Some(Err(error)) => panic!("broken before {what}: {error}"),
                    None => panic!("ended before {what}"),
                }
            }
        })
        .await;
    }

    async fn execute(&mut self, command: Command) {
        self.document
            .execute(&command, Context { at: 0, gesture: 1 })
            .unwrap();
        self.flush().await;
    }

    async fn received(&mut self, frame: &[u8]) {
        for incoming in self.node.received(frame).unwrap() {
            if let Incoming::Sync { document, message } = incoming {
                let Self {
                    node,
                    document: product,
                    ..
                } = self;
                let (merged, _changed) = product.exchange(|automerge, gate, patches| {
                    node.merge_through(&document, &message, automerge, gate, patches)
                });
                merged.unwrap();
            }
        }
        self.flush().await;
    }

    async fn flush(&mut self) {
        let Self {
            node, document, id, ..
        } = self;
        let next = || document.peek(|automerge| node.next_frame(id, automerge));
        let frames: Vec<_> = std::iter::from_fn(next).collect();
        for frame in frames {
            self.send(frame).await;
        }
    }

    async fn send(&mut self, frame: Vec<u8>) {
        self.socket
            .send(Message::Binary(frame.into()))
            .await
            .unwrap();
    }
}
