//! What goes out on a socket, so that nobody's slow reading costs memory.
//!
//! Invariant: of a frame no more than a few pieces are copied for a connection at a time, however
//! long it is: what is longer goes out as a message in fragments, each made when the one before has
//! found room. Who takes a piece within the time has not stopped reading.

use std::time::{Duration, Instant};

use axum::body::Bytes;
use futures_util::SinkExt;
use futures_util::stream::SplitSink;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use super::Heard;
use crate::hub::OutgoingFrame;
use crate::upgrade::Socket;

/// Bytes of a fragment. A connection's own memory for sending is at most four times as much: what
/// waits in the socket's buffer when the next is put behind it, and the buffer's growth.
const PIECE: usize = 32 << 10;

/// Bytes that a connection keeps for reading, all the time that it is open. Longer frames are read
/// in several pieces.
const READ_BUFFER: usize = 4 << 10;

/// A wait for room of at least so long was ended by the other side: it has read something.
const WAITED: Duration = Duration::from_millis(20);

/// How a connection's socket is set up, if it takes frames of so many bytes.
pub(crate) fn config(max_frame: usize) -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(PIECE)
        .max_message_size(Some(max_frame))
        .max_frame_size(Some(max_frame))
}

/// Why something did not go out.
pub(super) enum Unsent {
    /// The connection is gone.
    Gone,
    /// The other side made no room in time.
    Slow,
}

/// A connection's writing half.
pub(super) struct Sending<'h> {
    pub(super) sink: SplitSink<Socket, Message>,
    /// For the other side to make room for a piece.
    pub(super) patience: Duration,
    pub(super) heard: &'h Heard,
}

impl Sending<'_> {
    /// Puts a frame into the socket's buffer, or as much of it as there is room for from time to
    /// time.
    pub(super) async fn frame(&mut self, frame: OutgoingFrame) -> Result<(), Unsent> {
        let OutgoingFrame { head, body, .. } = frame;
        if body.is_empty() && head.len() <= PIECE {
            return self.put(Message::Binary(head)).await;
        }
        let (mut parts, mut kind) = ([head, body], Data::Binary);
        let mut left: usize = parts.iter().map(Bytes::len).sum();
        for part in &mut parts {
            while !part.is_empty() {
                let piece = part.split_to(part.len().min(PIECE));
                left -= piece.len();
                let fragment = Frame::message(piece, OpCode::Data(kind), left == 0);
                let began = Instant::now();
                self.put(Message::Frame(fragment)).await?;
                if began.elapsed() > WAITED {
                    self.heard.listen_from_now();
                }
                kind = Data::Continue;
            }
        }
        Ok(())
    }

    /// Puts a message into the socket's buffer.
    pub(super) async fn put(&mut self, message: Message) -> Result<(), Unsent> {
        in_time(self.patience, self.sink.feed(message)).await
    }

    /// Sends what is in the socket's buffer.
    pub(super) async fn flush(&mut self) -> Result<(), Unsent> {
        in_time(self.patience, self.sink.flush()).await
    }
}

async fn in_time<E>(
    patience: Duration,
    sending: impl Future<Output = Result<(), E>>,
) -> Result<(), Unsent> {
    match timeout(patience, sending).await {
        Ok(sent) => sent.map_err(|_| Unsent::Gone),
        Err(_) => Err(Unsent::Slow),
    }
}
