//! A connection, plain or under TLS, as one type.
//!
//! Invariant: its seat is free once it is dropped, not before; a write that the other side does not
//! take for too long fails.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};
use tokio_rustls::server::TlsStream;

use super::seats::Seat;

/// One connection.
pub(crate) struct DoorStream {
    kind: Kind,
    patience: Duration,
    /// Runs while the other side takes nothing.
    stall: Option<Pin<Box<Sleep>>>,
    _seat: Seat,
}

enum Kind {
    /// As it is.
    Plain(TcpStream),
    /// Under TLS.
    Tls(Box<TlsStream<TcpStream>>),
}

impl DoorStream {
    /// A connection as it is, which is closed when it takes nothing of what is sent for `patience`.
    pub(super) fn plain(stream: TcpStream, seat: Seat, patience: Duration) -> Self {
        Self::of(Kind::Plain(stream), seat, patience)
    }

    /// The same under TLS.
    pub(super) fn tls(stream: TlsStream<TcpStream>, seat: Seat, patience: Duration) -> Self {
        Self::of(Kind::Tls(Box::new(stream)), seat, patience)
    }

    fn of(kind: Kind, seat: Seat, patience: Duration) -> Self {
        Self {
            kind,
            patience,
            stall: None,
            _seat: seat,
        }
    }

    /// Passes an outcome of writing on, unless it has been waited for too long.
    fn patiently<T>(
        &mut self,
        outcome: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.stall = None;
            return outcome;
        }
        let patience = self.patience;
        let stall = self.stall.get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(stall.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

/// Calls the same method on whichever stream it is.
macro_rules! either {
    ($self:ident.$method:ident($($argument:expr),*)) => {
        match &mut $self.kind {
            Kind::Plain(stream) => Pin::new(stream).$method($($argument),*),
            Kind::Tls(stream) => Pin::new(stream).$method($($argument),*),
        }
    };
}

impl AsyncRead for DoorStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        either!(self.poll_read(context, buffer))
    }
}

impl AsyncWrite for DoorStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = either!(self.poll_write(context, bytes));
        self.patiently(written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = either!(self.poll_write_vectored(context, slices));
        self.patiently(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        match &self.kind {
            Kind::Plain(stream) => stream.is_write_vectored(),
            Kind::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = either!(self.poll_flush(context));
        self.patiently(flushed, context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = either!(self.poll_shutdown(context));
        self.patiently(shut, context)
    }
}
