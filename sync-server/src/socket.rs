//! One WebSocket connection at `/sync`, between the network and the hub.
//!
//! Invariants: only binary frames go in; every wait has an end (a first frame within the
//! handshake time, an answer to pings, room to send, a goodbye), so a connection that is half
//! open, silent or stuck is let go; the writer never waits for the reader or the other way round.

mod sending;

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use futures_util::stream::{SplitSink, SplitStream};
use sync::CloseCode;
use tokio::sync::Notify;
use tokio::time::{MissedTickBehavior, interval_at, timeout};
use tokio_tungstenite::tungstenite::protocol::frame::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};

pub(crate) use self::sending::config;
use self::sending::{Sending, Unsent};

use crate::door::Linger;
use crate::guard::Pass;
use crate::hub::{Closing, Connection, Hub, OutgoingQueue};
use crate::metrics::{Metrics, Refusal};
use crate::upgrade::Socket;

/// How long a connection is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// For the head of a request, or for a TLS handshake; for the next request once one has been
    /// answered; for the body of one.
    pub head: Duration,
    /// For the first frame after the socket has opened.
    pub handshake: Duration,
    /// Between two pings. A connection that says nothing after two in a row is let go when the third
    /// is due: two to three times as long after it was last heard.
    pub ping: Duration,
    /// For the other side to answer a ping when somebody else comes under its name.
    pub answer: Duration,
    /// For the other side to make room for what is being sent.
    pub send: Duration,
    /// For the other side to take the last frames and to say goodbye.
    pub goodbye: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            handshake: Duration::from_secs(10),
            ping: Duration::from_secs(20),
            answer: Duration::from_secs(1),
            send: Duration::from_secs(20),
            goodbye: Duration::from_secs(2),
        }
    }
}

/// What a connection is served with.
pub(crate) struct Session {
    pub(crate) hub: Hub,
    pub(crate) timing: Timing,
    /// Its address's limits.
    pub(crate) pass: Arc<Pass>,
    pub(crate) metrics: Arc<Metrics>,
}

/// Serves a connection until it ends, from whichever side.
pub(crate) async fn serve(socket: Socket, session: Session, linger: Linger) {
    let (timing, metrics) = (session.timing, &session.metrics);
    let (connection, queue) = session.hub.connect(Some(Arc::clone(&session.pass)));
    let _counted = metrics.connections.enter();
    metrics.opened.increment();
    let id = connection.id();
    tracing::debug!(connection = id, "opened");
    let (sink, stream) = socket.split();
    let heard = Heard::now();
    let checks = queue.checks();
    let reader = pin!(async {
        tokio::select! {
            end = read(stream, &connection, &heard, &session) => end,
            never = check(&checks, &connection, &heard, timing.answer) => match never {},
        }
    });
    let writer = pin!(write(sink, queue, &heard, &session));
    match select(reader, writer).await {
        Either::Left((ReadEnd::Gone, _)) => {}
        Either::Left((ReadEnd::Vanished, _)) => {
            tracing::debug!(connection = id, "gone without a goodbye");
        }
        Either::Left((ReadEnd::Refused { code, reason }, writer)) => {
            tracing::info!(connection = id, %code, reason, "refused");
            connection.refuse(code, reason);
            // The socket is dropped as soon as the last word is out.
            linger.ask();
            writer.await;
        }
        // The close frame is out: the other side's is waited for, so that it gets ours.
        Either::Right((WriteEnd::SaidGoodbye, reader)) => {
            let _ = timeout(timing.goodbye, reader).await;
        }
        Either::Right((WriteEnd::Dead, _)) => {}
    }
    tracing::debug!(connection = id, "closed");
}

enum ReadEnd {
    /// The other side closed.
    Gone,
    /// It is no longer there and has not said goodbye: its program ended, or the network did. That
    /// is nobody's fault, and no refusal.
    Vanished,
    /// What it sent is not accepted.
    Refused {
        code: CloseCode,
        reason: &'static str,
    },
}

enum WriteEnd {
    SaidGoodbye,
    /// Nothing can be sent any more.
    Dead,
}

/// When the other side was last heard of.
struct Heard {
    start: Instant,
    after_ms: AtomicU64,
    /// How often.
    times: AtomicU64,
    /// To send a ping at once, and when one was sent last.
    ping: Notify,
    pinged_ms: AtomicU64,
    /// False while the hub is too busy to take a frame: the silence is then ours.
    listening: AtomicBool,
}

impl Heard {
    fn now() -> Self {
        Self {
            start: Instant::now(),
            after_ms: AtomicU64::new(0),
            times: AtomicU64::new(0),
            ping: Notify::new(),
            pinged_ms: AtomicU64::new(0),
            listening: AtomicBool::new(true),
        }
    }

    fn note(&self) {
        self.times.fetch_add(1, Ordering::Relaxed);
        self.listen_from_now();
    }

    fn listen_from_now(&self) {
        self.after_ms.store(self.elapsed_ms(), Ordering::Relaxed);
    }

    fn listening(&self, listening: bool) {
        self.listen_from_now();
        self.listening.store(listening, Ordering::Relaxed);
    }

    fn silence(&self) -> Duration {
        if !self.listening.load(Ordering::Relaxed) {
            return Duration::ZERO;
        }
        let heard = self.after_ms.load(Ordering::Relaxed);
        Duration::from_millis(self.elapsed_ms().saturating_sub(heard))
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// How often it is looked whether an answer has come.
const LOOK: Duration = Duration::from_millis(20);

/// Finds out, whenever that is asked, whether the other side still answers. Whom nothing can be sent
/// to, since it reads slowly, is not asked, and taken to live.
async fn check(
    checks: &Notify,
    connection: &Connection,
    heard: &Heard,
    patience: Duration,
) -> Infallible {
    loop {
        checks.notified().await;
        let (asked, asked_ms) = (Instant::now(), heard.elapsed_ms());
        let before = heard.times.load(Ordering::Relaxed);
        heard.ping.notify_one();
        let answered = || heard.times.load(Ordering::Relaxed) != before;
        while asked.elapsed() < patience && !answered() {
            tokio::time::sleep(LOOK).await;
        }
        let was_asked = heard.pinged_ms.load(Ordering::Relaxed) >= asked_ms;
        let is_ours = !heard.listening.load(Ordering::Relaxed);
        connection.checked(answered() || is_ours || !was_asked);
    }
}

/// Hands frames to the hub until there are no more.
async fn read(
    mut stream: SplitStream<Socket>,
    connection: &Connection,
    heard: &Heard,
    session: &Session,
) -> ReadEnd {
    let first = match timeout(session.timing.handshake, next_frame(&mut stream, heard)).await {
        Ok(first) => first,
        Err(_) => {
            return ReadEnd::Refused {
                // A network that is slow, most likely.
                code: CloseCode::LATER,
                reason: "no join came in time; come back",
            };
        }
    };
    let mut next = first;
    loop {
        match next {
            Ok(frame) => {
                session.metrics.frame_received(frame.len());
                if session.pass.message(frame.len(), Instant::now()).is_err() {
                    return ReadEnd::Refused {
                        code: CloseCode::TOO_MANY,
                        reason: "too much from this address; come back later",
                    };
                }
                heard.listening(false);
                connection.frame(frame).await;
                heard.listening(true);
            }
            Err(end) => return end,
        }
        next = next_frame(&mut stream, heard).await;
    }
}

async fn next_frame(stream: &mut SplitStream<Socket>, heard: &Heard) -> Result<Bytes, ReadEnd> {
    loop {
        let message = match stream.next().await {
            None => return Err(ReadEnd::Gone),
            Some(Err(error)) => return Err(broken(&error)),
            Some(Ok(message)) => message,
        };
        heard.note();
        match message {
            Message::Binary(frame) => return Ok(frame),
            Message::Text(_) => {
                let reason = "only binary frames are understood";
                return Err(ReadEnd::Refused {
                    code: CloseCode::UNSUPPORTED,
                    reason,
                });
            }
            // The other side's close frame; the socket answers it and then ends the stream.
            Message::Close(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
        }
    }
}

/// What an error of the socket means.
fn broken(error: &Error) -> ReadEnd {
    use tokio_tungstenite::tungstenite::error::ProtocolError::ResetWithoutClosingHandshake;
    match error {
        Error::Capacity(_) => ReadEnd::Refused {
            code: CloseCode::TOO_BIG,
            reason: "the frame is too large",
        },
        Error::Protocol(ResetWithoutClosingHandshake) | Error::Io(_) => ReadEnd::Vanished,
        Error::Protocol(_) | Error::Utf8(_) => ReadEnd::Refused {
            code: CloseCode::PROTOCOL,
            reason: "not a well-formed WebSocket frame",
        },
        _ => ReadEnd::Gone,
    }
}

/// Sends what the hub has for this connection, and pings, until it is to be closed.
async fn write(
    sink: SplitSink<Socket, Message>,
    queue: OutgoingQueue,
    heard: &Heard,
    session: &Session,
) -> WriteEnd {
    let (timing, metrics) = (session.timing, &session.metrics);
    let waiting = queue.waiting();
    let mut sending = Sending {
        sink,
        patience: timing.send,
        heard,
    };
    let OutgoingQueue {
        mut frames,
        mut closing,
        ..
    } = queue;
    let mut cut = closing.clone();
    let start = tokio::time::Instant::now() + timing.ping;
    let mut ping = interval_at(start, timing.ping);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let closing = loop {
        let due = tokio::select! {
            biased;
            closing = wanted(&mut closing, |_| true) => break closing,
            _ = ping.tick() => {
                if heard.silence() > 2 * timing.ping {
                    metrics.refused(Refusal::Silent);
                    return WriteEnd::Dead;
                }
                Either::Left(Message::Ping(Bytes::new()))
            }
            () = heard.ping.notified() => Either::Left(Message::Ping(Bytes::new())),
            Some(frame) = frames.recv() => Either::Right(frame),
        };
        let sent = async {
            match due {
                Either::Left(ping) => {
                    sending.put(ping).await?;
                    sending.flush().await?;
                    heard.pinged_ms.store(heard.elapsed_ms(), Ordering::Relaxed);
                    Ok(())
                }
                Either::Right(frame) => {
                    let mut next = Some(frame);
                    // Whatever waits goes out together: one flush for a burst.
                    while let Some(frame) = next {
                        let (length, since) = (frame.len(), frame.since);
                        OutgoingQueue::sent(&waiting, length);
                        sending.frame(frame).await?;
                        metrics.frame_sent(length, since.elapsed());
                        next = frames.try_recv().ok();
                    }
                    sending.flush().await
                }
            }
        };
        tokio::select! {
            biased;
            sent = sent => match sent {
                Ok(()) => {}
                Err(Unsent::Gone) => return WriteEnd::Dead,
                Err(Unsent::Slow) => {
                    metrics.refused(Refusal::Pace);
                    return WriteEnd::Dead;
                }
            },
            // Cut off in the middle of a burst: the other side does not keep up.
            closing = wanted(&mut cut, |closing| !closing.drain) => break closing,
        }
    };
    metrics.closed(closing.code);
    let goodbye = async {
        if closing.drain {
            while let Ok(frame) = frames.try_recv() {
                sending.frame(frame).await?;
            }
        }
        let frame = CloseFrame {
            code: closing.code.0.into(),
            reason: closing.reason.into(),
        };
        sending.put(Message::Close(Some(frame))).await?;
        sending.flush().await
    };
    match timeout(timing.goodbye, goodbye).await {
        Ok(Ok(())) => WriteEnd::SaidGoodbye,
        Ok(Err(_)) | Err(_) => WriteEnd::Dead,
    }
}

/// Waits until a closing is wanted that `which` accepts.
async fn wanted(
    closing: &mut tokio::sync::watch::Receiver<Option<Closing>>,
    which: impl Fn(&Closing) -> bool,
) -> Closing {
    match closing
        .wait_for(|closing| closing.as_ref().is_some_and(&which))
        .await
    {
        Ok(closing) => closing.clone().unwrap_or_else(stopped),
        Err(_) => stopped(),
    }
}

/// The closing when the hub is gone.
fn stopped() -> Closing {
    Closing::after_queue(CloseCode::GOING_AWAY, "the server has stopped")
}
