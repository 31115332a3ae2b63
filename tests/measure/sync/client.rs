//! A native client over a real socket: a document, the engine's client side, and no more.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use automerge::{Automerge, PatchLog};
use futures_util::{SinkExt, StreamExt};
use sync::wire::{Message as Wire, Native};
use sync::{ClientNode, DocumentId, Incoming, PeerId, Update};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::harness::Step;

/// The document that everyone works on.
pub(crate) const DOCUMENT: DocumentId = DocumentId::from_bytes([9; 16]);

/// Longer than anything that is waited for may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The first bytes of a change's hash, which stand in its chunk: enough to tell changes apart.
pub(crate) type Mark = [u8; 4];

/// One client.
pub(crate) struct Client {
    pub(crate) document: Automerge,
    id: DocumentId,
    node: ClientNode,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// What has arrived and has not been merged.
    unmerged: Vec<Update>,
    /// When which change arrived first.
    pub(crate) arrived: HashMap<Mark, Instant>,
    /// When which change was sent.
    pub(crate) sent: Vec<(Mark, Instant)>,
}

impl Client {
    /// Connects to work on the document that everyone works on.
    pub(crate) async fn join(address: &str, name: &str, document: Automerge) -> Step<Self> {
        Self::join_document(address, name, DOCUMENT, document).await
    }

    /// Connects to work on a document.
    pub(crate) async fn join_document(
        address: &str,
        name: &str,
        id: DocumentId,
        document: Automerge,
    ) -> Step<Self> {
        let (socket, _) = connect_async(address).await?;
        let mut node = ClientNode::new(PeerId::from(name));
        let join = node.connected();
        node.open(id);
        let mut client = Self {
            document,
            id,
            node,
            socket,
            unmerged: Vec::new(),
            arrived: HashMap::new(),
            sent: Vec::new(),
        };
        client.send(join).await?;
        Ok(client)
    }

    /// Handles frames until the server has confirmed everything and `done` says so.
    pub(crate) async fn until(&mut self, done: impl Fn(&Self) -> bool) -> Step {
        let wait = async {
            loop {
                self.merge()?;
                self.flush().await?;
                if self.node.acknowledged(&self.id, &self.document) && done(self) {
                    return Ok(());
                }
                self.receive().await?;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await?
    }

    /// Takes in one frame, without merging what it brings.
    pub(crate) async fn receive(&mut self) -> Step {
        let frame = match self.socket.next().await.ok_or("the server hung up")?? {
            Message::Binary(frame) => frame,
            Message::Close(reason) => return Err(format!("closed: {reason:?}").into()),
            _ => return Ok(()),
        };
        let now = Instant::now();
        if let Ok(Wire::Native(Native::Change { data, .. })) = Wire::decode(&frame) {
            for mark in marks(&data) {
                self.arrived.entry(mark).or_insert(now);
            }
        }
        for incoming in self.node.received(&frame)? {
            match incoming {
                Incoming::Sync { message, .. } => self.unmerged.push(message),
                Incoming::Ready => self.flush().await?,
                Incoming::Refused { message } => return Err(message.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Merges what has arrived.
    pub(crate) fn merge(&mut self) -> Step {
        for update in std::mem::take(&mut self.unmerged) {
            let mut patches = PatchLog::inactive();
            self.node
                .merge(&self.id, &update, &mut self.document, &mut patches)?;
        }
        Ok(())
    }

    /// The next frame to send.
    pub(crate) fn next_frame(&mut self) -> Option<Vec<u8>> {
        self.node.next_frame(&self.id, &self.document)
    }

    /// Sends a frame.
    pub(crate) async fn send(&mut self, frame: Vec<u8>) -> Step {
        Ok(self.socket.send(Message::Binary(frame.into())).await?)
    }

    /// Sends what is new here, and notes when.
    pub(crate) async fn flush(&mut self) -> Step {
        while let Some(frame) = self.next_frame() {
            if let Ok(Wire::Native(Native::Change { data, .. })) = Wire::decode(&frame) {
                let now = Instant::now();
                self.sent.extend(marks(&data).map(|mark| (mark, now)));
            }
            self.send(frame).await?;
        }
        Ok(())
    }
}

/// The marks of the chunks that lie one behind the other: magic bytes, checksum, type, length.
fn marks(mut bytes: &[u8]) -> impl Iterator<Item = Mark> + '_ {
    std::iter::from_fn(move || {
        let (_, rest) = bytes.split_first_chunk::<4>()?;
        let (mark, rest) = rest.split_first_chunk::<4>()?;
        let (_, mut rest) = rest.split_first()?;
        let (mut length, mut shift) = (0_usize, 0_u32);
        loop {
            let (byte, after) = rest.split_first()?;
            rest = after;
            length |= usize::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        bytes = rest.get(length..)?;
        Some(*mark)
    })
}
