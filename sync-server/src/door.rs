//! Where connections come in: plain, or with the server's own certificate.
//!
//! Invariant: one connection never holds up another; a TLS handshake is made beside the accepting
//! and has an end.

mod stream;
mod tls;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

pub(crate) use self::stream::DoorStream;
pub(crate) use self::tls::acceptor;

/// A handshake takes no longer.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Handshakes at a time; more connections wait in the system's queue.
const HANDSHAKES: usize = 256;

/// A listener for both kinds of connection.
pub(crate) struct Door {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    handshakes: JoinSet<Option<(DoorStream, SocketAddr)>>,
}

impl Door {
    /// Takes connections from `listener`, with TLS if there is a certificate.
    pub(crate) fn new(listener: TcpListener, tls: Option<TlsAcceptor>) -> Self {
        Self {
            listener,
            tls,
            handshakes: JoinSet::new(),
        }
    }
}

impl Listener for Door {
    type Io = DoorStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (DoorStream, SocketAddr) {
        loop {
            tokio::select! {
                (stream, address) = Listener::accept(&mut self.listener),
                    if self.handshakes.len() < HANDSHAKES =>
                {
                    at_once(&stream);
                    match &self.tls {
                        None => return (DoorStream::Plain(stream), address),
                        Some(tls) => {
                            self.handshakes.spawn(handshake(tls.clone(), stream, address));
                        }
                    }
                }
                Some(made) = self.handshakes.join_next() => {
                    if let Ok(Some(connection)) = made {
                        return connection;
                    }
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// Small frames go out at once: they are someone's keystrokes.
fn at_once(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
}

async fn handshake(
    tls: TlsAcceptor,
    stream: TcpStream,
    address: SocketAddr,
) -> Option<(DoorStream, SocketAddr)> {
    match timeout(HANDSHAKE, tls.accept(stream)).await {
        Ok(Ok(stream)) => Some((DoorStream::Tls(Box::new(stream)), address)),
        Ok(Err(error)) => {
            tracing::debug!(%error, "a TLS handshake failed");
            None
        }
        Err(_) => None,
    }
}

/// Whose address a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PeerAddress(pub(crate) IpAddr);

impl Connected<IncomingStream<'_, Door>> for PeerAddress {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        Self(stream.remote_addr().ip().to_canonical())
    }
}
