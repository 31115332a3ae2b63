//! Where connections come in, plain or with the server's own certificate, and are served.
//!
//! Invariants: one connection never holds up another; every wait for the other side has an end (for
//! a TLS handshake, for the head of a request, for the next request, for what is sent to be taken),
//! and there are no more connections than [`Seats`], so that those who say nothing leave the server
//! its descriptors.

mod descriptors;
mod listen;
mod seats;
mod stream;
mod tls;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

pub(crate) use self::descriptors::connections;
pub use self::descriptors::raise_descriptors;
pub(crate) use self::listen::listen;
pub(crate) use self::seats::SeatLimits;
use self::seats::{Leave, Seat, Seats};
use self::stream::DoorStream;
pub(crate) use self::stream::Linger;
pub(crate) use self::tls::acceptor;
use crate::metrics::{Metrics, Refusal};
use crate::socket::Timing;

/// How long nobody is let in after the system could not: most likely it has no descriptor left.
const PAUSE: Duration = Duration::from_millis(100);

/// Bytes of the head of a request that are taken, and of what is read at a time. Whoever sends more
/// is answered with 431.
const MAX_HEAD: usize = 64 << 10;

/// Whose address a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PeerAddress(pub(crate) IpAddr);

/// What connections are served with.
pub(crate) struct Door {
    pub(crate) tls: Option<TlsAcceptor>,
    pub(crate) limits: SeatLimits,
    /// Addresses that pass on the requests of many.
    pub(crate) proxies: Arc<[IpAddr]>,
    pub(crate) timing: Timing,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) router: Router,
}

impl Door {
    /// Serves whoever comes until `stop` completes; then lets what has been asked for be answered,
    /// and ends with the last connection. Sockets are no longer connections of the door.
    pub(crate) async fn serve(self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let (stopping, stopped) = watch::channel(false);
        let (door, mut stop) = (Arc::new(self), pin!(stop));
        let seats = Seats::new(door.limits);
        loop {
            let (stream, peer, seat, leave) = tokio::select! {
                connection = door.next(&listener, &seats) => connection,
                () = &mut stop => break,
            };
            let (door, seats, stopped) = (Arc::clone(&door), seats.clone(), stopped.clone());
            tokio::spawn(async move {
                // The connection is closed before whoever waits for its seat is told.
                let _gone = tokio::select! {
                    () = door.attend(stream, peer, seat, seats, stopped) => None,
                    Ok(gone) = leave => Some(gone),
                };
            });
        }
        drop(listener);
        drop(stopped);
        stopping.send_replace(true);
        seats.dismiss();
        stopping.closed().await;
    }

    /// The next connection that finds a seat.
    async fn next(
        &self,
        listener: &TcpListener,
        seats: &Seats,
    ) -> (TcpStream, IpAddr, Seat, Leave) {
        loop {
            let (stream, address) = accept(listener).await;
            let peer = address.ip().to_canonical();
            match seats.take(peer, self.proxies.contains(&peer)).await {
                Some((seat, leave)) => return (stream, peer, seat, leave),
                None => self.metrics.refused(Refusal::Connections),
            }
        }
    }

    /// Serves one connection to its end, or until it becomes a socket.
    async fn attend(
        &self,
        stream: TcpStream,
        peer: IpAddr,
        seat: Seat,
        seats: Seats,
        mut stopped: watch::Receiver<bool>,
    ) {
        // Small frames go out at once: they are someone's keystrokes.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
        let number = seat.number();
        let stream = match &self.tls {
            None => DoorStream::plain(stream, seat, self.timing),
            Some(tls) => {
                let made = tokio::select! {
                    made = timeout(self.timing.head, tls.accept(stream)) => made,
                    () = told(&mut stopped) => return,
                };
                match made {
                    Ok(Ok(stream)) => DoorStream::tls(stream, seat, self.timing),
                    Ok(Err(error)) => return tracing::debug!(%error, "a TLS handshake failed"),
                    Err(_) => return,
                }
            }
        };
        let linger = stream.linger();
        let service = service_fn(move |mut request: Request<Incoming>| {
            seats.keep(number);
            let whose = ConnectInfo(PeerAddress(peer));
            request.extensions_mut().insert(whose);
            request.extensions_mut().insert(linger.clone());
            TowerToHyperService::new(self.router.clone()).call(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.timing.head)
            .max_buf_size(MAX_HEAD)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let mut connection = pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = told(&mut stopped) => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended before its time");
        }
    }
}

/// Completes once the server stops.
async fn told(stopped: &mut watch::Receiver<bool>) {
    // Fails when the door is gone: that says it as well.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// The next connection; goes on when the system cannot give one.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            // It has ended before it was taken.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                sleep(PAUSE).await;
            }
        }
    }
}
