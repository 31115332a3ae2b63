//! A connection, plain or under TLS, as one type.
//!
//! Invariant: its seat is free once it is closed, not before; a write that the other side does not
//! take for too long fails.

use std::io::{self, IoSlice};
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::time::{Sleep, sleep, timeout};
use tokio_rustls::server::TlsStream;

use super::seats::Seat;
use crate::socket::Timing;

/// Asks that a connection be read for a moment longer once it is dropped.
///
/// Closing a connection on which something unread has come resets it, and the other side, still
/// sending, might never see why.
#[derive(Clone, Debug, Default)]
pub(crate) struct Linger(Arc<AtomicBool>);

impl Linger {
    /// The last word has been said.
    pub(crate) fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// One connection.
pub(crate) struct DoorStream {
    kind: Kind,
    timing: Timing,
    /// Runs while the other side takes nothing.
    stall: Option<Pin<Box<Sleep>>>,
    linger: Linger,
    /// There until it is dropped.
    seat: Option<Seat>,
}

enum Kind {
    /// As it is.
    Plain(TcpStream),
    /// Under TLS.
    Tls(Box<TlsStream<TcpStream>>),
    /// It was dropped.
    Closed,
}

impl DoorStream {
    /// A connection as it is.
    pub(super) fn plain(stream: TcpStream, seat: Seat, timing: Timing) -> Self {
        Self::of(Kind::Plain(stream), seat, timing)
    }

    /// The same under TLS.
    pub(super) fn tls(stream: TlsStream<TcpStream>, seat: Seat, timing: Timing) -> Self {
        Self::of(Kind::Tls(Box::new(stream)), seat, timing)
    }

    fn of(kind: Kind, seat: Seat, timing: Timing) -> Self {
        Self {
            kind,
            timing,
            stall: None,
            linger: Linger::default(),
            seat: Some(seat),
        }
    }

    /// By which it can be asked to be read for longer.
    pub(super) fn linger(&self) -> Linger {
        self.linger.clone()
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
        // A socket notices by itself, before, and says so.
        let patience = 2 * self.timing.send;
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
            Kind::Closed => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    };
}

impl Drop for DoorStream {
    fn drop(&mut self) {
        if !self.linger.0.load(Ordering::Relaxed) {
            return;
        }
        let stream = match mem::replace(&mut self.kind, Kind::Closed) {
            Kind::Plain(stream) => stream,
            Kind::Tls(stream) => stream.into_inner().0,
            Kind::Closed => return,
        };
        // Without a runtime the program is ending.
        if let Ok(runtime) = Handle::try_current() {
            let (seat, goodbye) = (self.seat.take(), self.timing.goodbye);
            runtime.spawn(async move {
                // Late or broken, it is closed.
                let _ = timeout(goodbye, read_out(stream)).await;
                drop(seat);
            });
        }
    }
}

/// Says that nothing more comes, and reads until the other side says so too.
async fn read_out(mut stream: TcpStream) -> io::Result<()> {
    const AT_A_TIME: usize = 16 << 10;
    stream.shutdown().await?;
    let mut passed_over = vec![0; AT_A_TIME];
    while stream.read(&mut passed_over).await? > 0 {}
    Ok(())
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
            Kind::Closed => false,
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
