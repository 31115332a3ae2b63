//! One connection's outgoing queue, between the hub and the task that writes to the socket.
//!
//! Invariant: the hub never waits for a connection; what waits is bounded in bytes, but for one frame
//! that is larger than all of them, or a large document could never be sent.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use axum::body::Bytes;
use sync::CloseCode;
use tokio::sync::{Notify, mpsc, watch};

/// What each frame costs besides its length.
const FRAME_OVERHEAD: usize = 64;

/// A frame counts as no more than this, half of what may wait: so the answer that brings a large document
/// finds room behind the few words before it, and the few words after it behind that answer.
const MOST_COUNTED: usize = 32 << 20;

/// A close frame's reason may be 123 bytes long.
const MAX_REASON: usize = 123;

/// How and why a connection is to be closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Closing {
    pub(crate) code: CloseCode,
    pub(crate) reason: String,
    /// Whether what waits in the queue is sent before.
    pub(crate) drain: bool,
}

impl Closing {
    /// Close once everything that waits has been sent.
    pub(crate) fn after_queue(code: CloseCode, reason: &str) -> Self {
        let end = reason.floor_char_boundary(MAX_REASON);
        let reason = reason.get(..end).unwrap_or_default().to_owned();
        Self {
            code,
            reason,
            drain: true,
        }
    }

    /// Close at once and drop what waits: the other side does not keep up.
    pub(crate) fn at_once(code: CloseCode, reason: &str) -> Self {
        Self {
            drain: false,
            ..Self::after_queue(code, reason)
        }
    }
}

/// A frame and when it was put into the queue. Both of its parts may be shared with other queues.
pub(crate) struct OutgoingFrame {
    pub(crate) head: Bytes,
    /// What follows; often nothing.
    pub(crate) body: Bytes,
    pub(crate) since: Instant,
}

impl OutgoingFrame {
    /// How long it is.
    pub(crate) fn len(&self) -> usize {
        self.head.len() + self.body.len()
    }
}

/// The hub's end.
#[derive(Clone)]
pub(crate) struct Outgoing {
    frames: mpsc::UnboundedSender<OutgoingFrame>,
    waiting: Arc<AtomicUsize>,
    closing: Arc<watch::Sender<Option<Closing>>>,
    check: Arc<Notify>,
}

/// The socket's end.
pub(crate) struct OutgoingQueue {
    pub(crate) frames: mpsc::UnboundedReceiver<OutgoingFrame>,
    pub(crate) closing: watch::Receiver<Option<Closing>>,
    check: Arc<Notify>,
    waiting: Arc<AtomicUsize>,
}

/// What a frame of this length counts as while it waits.
fn counted(length: usize) -> usize {
    (length + FRAME_OVERHEAD).min(MOST_COUNTED)
}

/// The queue is full.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Overflow;

pub(crate) fn channel() -> (Outgoing, OutgoingQueue) {
    let (frame_sender, frames) = mpsc::unbounded_channel();
    let (closing_sender, closing) = watch::channel(None);
    let waiting = Arc::new(AtomicUsize::new(0));
    let check = Arc::new(Notify::new());
    let outgoing = Outgoing {
        frames: frame_sender,
        waiting: Arc::clone(&waiting),
        closing: Arc::new(closing_sender),
        check: Arc::clone(&check),
    };
    (
        outgoing,
        OutgoingQueue {
            frames,
            closing,
            check,
            waiting,
        },
    )
}

impl Outgoing {
    /// Puts a frame into the queue unless more than `limit` bytes would wait.
    pub(crate) fn send(&self, frame: Bytes, limit: usize) -> Result<(), Overflow> {
        self.send_parts(frame, Bytes::new(), limit)
    }

    /// The same for a frame in two parts.
    pub(crate) fn send_parts(
        &self,
        head: Bytes,
        body: Bytes,
        limit: usize,
    ) -> Result<(), Overflow> {
        let cost = counted(head.len() + body.len());
        let before = self.waiting.fetch_add(cost, Ordering::Relaxed);
        if before > 0 && before + cost > limit {
            self.waiting.fetch_sub(cost, Ordering::Relaxed);
            return Err(Overflow);
        }
        // Fails only when the socket's task has ended; the hub hears of that by `Closed`.
        let _ = self.frames.send(OutgoingFrame {
            head,
            body,
            since: Instant::now(),
        });
        Ok(())
    }

    /// How many bytes wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Asks whether the other side still answers.
    pub(crate) fn check(&self) {
        self.check.notify_one();
    }

    /// Asks for the connection to be closed; the first reason stands unless this one is at once.
    pub(crate) fn close(&self, closing: Closing) {
        self.closing.send_if_modified(|current| {
            let first = current.is_none();
            let cut = !closing.drain && current.as_ref().is_some_and(|current| current.drain);
            if first || cut {
                *current = Some(closing);
            }
            first || cut
        });
    }
}

impl OutgoingQueue {
    /// Says that a frame has left the queue for the socket's buffer.
    pub(crate) fn sent(waiting: &AtomicUsize, length: usize) {
        waiting.fetch_sub(counted(length), Ordering::Relaxed);
    }

    /// Tells when it is asked whether the other side still answers.
    pub(crate) fn checks(&self) -> Arc<Notify> {
        Arc::clone(&self.check)
    }

    /// The counter to give to [`sent`](Self::sent), apart from the queue's other parts.
    pub(crate) fn waiting(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 1000;

    fn frame(length: usize) -> Bytes {
        vec![0; length].into()
    }

    #[test]
    fn a_full_queue_refuses_the_next_frame() {
        let (outgoing, _queue) = channel();
        assert_eq!(outgoing.send(frame(800), LIMIT), Ok(()));
        assert_eq!(outgoing.send(frame(800), LIMIT), Err(Overflow));
    }

    #[test]
    fn a_frame_larger_than_the_queue_passes_when_nothing_else_waits() {
        let (outgoing, _queue) = channel();
        assert_eq!(outgoing.send(frame(5000), LIMIT), Ok(()));
    }

    /// S54
    #[test]
    fn a_large_document_finds_room_among_few_words() {
        let limit = 2 * MOST_COUNTED;
        let (outgoing, mut queue) = channel();
        let large = frame(limit + 1);
        for frame in [frame(100), large.clone(), frame(100)] {
            assert_eq!(outgoing.send(frame, limit), Ok(()));
        }
        assert_eq!(outgoing.send(large, limit), Err(Overflow));
        while let Ok(sent) = queue.frames.try_recv() {
            OutgoingQueue::sent(&queue.waiting(), sent.len());
        }
        assert_eq!(outgoing.waiting(), 0);
    }

    #[test]
    fn a_frame_that_was_sent_makes_room() {
        let (outgoing, mut queue) = channel();
        outgoing.send(frame(800), LIMIT).unwrap();
        let sent = queue.frames.try_recv().unwrap();
        OutgoingQueue::sent(&queue.waiting(), sent.len());
        assert_eq!(outgoing.send(frame(800), LIMIT), Ok(()));
    }

    #[test]
    fn the_first_reason_to_close_stands_unless_the_other_side_is_cut_off() {
        let (outgoing, queue) = channel();
        outgoing.close(Closing::after_queue(CloseCode::GOING_AWAY, "first"));
        outgoing.close(Closing::after_queue(CloseCode::NORMAL, "second"));
        assert_eq!(queue.closing.borrow().as_ref().unwrap().reason, "first");
        outgoing.close(Closing::at_once(CloseCode::LATER, "cut"));
        assert_eq!(
            queue.closing.borrow().as_ref().unwrap().code,
            CloseCode::LATER
        );
    }

    #[test]
    fn a_long_reason_is_cut_between_characters() {
        let closing = Closing::after_queue(CloseCode::NORMAL, &"ä".repeat(100));
        assert_eq!(closing.reason, "ä".repeat(61));
    }
}
