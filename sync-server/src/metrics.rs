//! What the server counts and measures about itself, for `/metrics`.
//!
//! Invariant: figures only; no address, document, person or content is in any of them, and
//! counting never waits.

mod histogram;
mod text;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sync::CloseCode;

pub(crate) use self::histogram::Histogram;

/// Why someone was not served, or not any longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A page of another site opened the socket.
    Origin,
    /// A request came under a name that is not the server's.
    Host,
    /// Too many connections of one address.
    Connections,
    /// Too many messages or bytes from one address.
    Rate,
    /// Not a message of the protocol.
    Protocol,
    /// Changes or a frame that do not hold together.
    Malformed,
    /// A rule of the server's: names, documents, time.
    Policy,
    /// More than the server takes.
    TooLarge,
    /// The other side does not keep up, or outruns the store.
    Pace,
    /// The other side said nothing any more, not even in answer to pings.
    Silent,
    /// The server could not do its part.
    Fault,
    /// A link that was revoked, has expired or opens nothing; a document that is not for whoever
    /// knows it.
    Access,
    /// A request to the interface that was not in order, or asked for what is not there or not
    /// allowed.
    Request,
}

impl Refusal {
    const ALL: [Self; 13] = [
        Self::Origin,
        Self::Host,
        Self::Connections,
        Self::Rate,
        Self::Protocol,
        Self::Malformed,
        Self::Policy,
        Self::TooLarge,
        Self::Pace,
        Self::Silent,
        Self::Fault,
        Self::Access,
        Self::Request,
    ];

    /// What it is called in the text for Prometheus.
    fn label(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::Host => "host",
            Self::Connections => "connections",
            Self::Rate => "rate",
            Self::Protocol => "protocol",
            Self::Malformed => "malformed",
            Self::Policy => "policy",
            Self::TooLarge => "too_large",
            Self::Pace => "pace",
            Self::Silent => "silent",
            Self::Fault => "fault",
            Self::Access => "access",
            Self::Request => "request",
        }
    }

    /// The reason behind a close code; none when nothing was refused.
    fn of_code(code: CloseCode) -> Option<Self> {
        Some(match code {
            CloseCode::PROTOCOL | CloseCode::UNSUPPORTED => Self::Protocol,
            CloseCode::PAYLOAD => Self::Malformed,
            CloseCode::POLICY => Self::Policy,
            CloseCode::TOO_BIG => Self::TooLarge,
            CloseCode::INTERNAL | CloseCode::RESTART => Self::Fault,
            CloseCode::LATER => Self::Pace,
            CloseCode::REVOKED | CloseCode::EXPIRED => Self::Access,
            CloseCode::TOO_MANY => Self::Rate,
            _ => return None,
        })
    }
}

/// A number that only grows.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    /// One more.
    pub(crate) fn increment(&self) {
        self.add(1);
    }

    /// So many more.
    pub(crate) fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A number that is what it was last said to be.
#[derive(Debug, Default)]
pub(crate) struct Gauge(AtomicU64);

impl Gauge {
    /// It is this now.
    pub(crate) fn set(&self, value: usize) {
        self.0.store(value as u64, Ordering::Relaxed);
    }

    /// One more, until what is returned is dropped.
    pub(crate) fn enter(&self) -> Entered<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Entered(self)
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Counted in a gauge for as long as it lives.
pub(crate) struct Entered<'g>(&'g Gauge);

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Everything that is counted.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    /// Open sockets.
    pub(crate) connections: Gauge,
    /// Sockets opened so far.
    pub(crate) opened: Counter,
    /// Documents in memory, as of the last second.
    pub(crate) documents: Gauge,
    /// Bytes that wait to be sent on all sockets, as of the last second.
    pub(crate) outgoing_bytes: Gauge,
    /// Writes that wait for the store or are in it.
    pub(crate) store_waiting: Gauge,
    /// Their bytes.
    pub(crate) store_waiting_bytes: Gauge,
    /// Frames from clients, and their bytes.
    pub(crate) received: Counter,
    pub(crate) received_bytes: Counter,
    /// Frames to clients, and their bytes.
    pub(crate) sent: Counter,
    pub(crate) sent_bytes: Counter,
    /// Transactions of the store, and the writes in them.
    pub(crate) commits: Counter,
    pub(crate) writes: Counter,
    /// Writes that failed.
    pub(crate) failures: Counter,
    /// From the asking for a write until it is on the disk.
    pub(crate) store: Histogram,
    /// From the handing of a frame to a connection until the socket has taken it.
    pub(crate) fan_out: Histogram,
    /// What the engine needs for one event, with everything that follows from it.
    pub(crate) engine: Histogram,
    refusals: [Counter; Refusal::ALL.len()],
}

impl Metrics {
    /// Someone was refused.
    pub(crate) fn refused(&self, refusal: Refusal) {
        let index = Refusal::ALL.iter().position(|other| *other == refusal);
        if let Some(counter) = index.and_then(|index| self.refusals.get(index)) {
            counter.increment();
        }
    }

    /// A connection was closed with this code.
    pub(crate) fn closed(&self, code: CloseCode) {
        if let Some(refusal) = Refusal::of_code(code) {
            self.refused(refusal);
        }
    }

    /// A frame was received.
    pub(crate) fn frame_received(&self, length: usize) {
        self.received.increment();
        self.received_bytes.add(length as u64);
    }

    /// A frame was taken by the socket, so long after it was handed to the connection.
    pub(crate) fn frame_sent(&self, length: usize, after: Duration) {
        self.sent.increment();
        self.sent_bytes.add(length as u64);
        self.fan_out.record(after);
    }

    /// Everything in Prometheus' text format; `incoming_bytes` wait to be handled.
    pub(crate) fn text(&self, incoming_bytes: usize) -> String {
        text::render(self, incoming_bytes)
    }
}

#[cfg(test)]
mod tests;
