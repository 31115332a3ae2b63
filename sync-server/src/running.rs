//! A server from its start to its end.
//!
//! Invariants: [`start`] returns once the address is listened on and the store is open, so the
//! address is real; [`Running::stop`] returns within [`STOP_TIMEOUT`] and the configured drain, with everything that was
//! accepted on the disk unless the store itself is stuck.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use sync::{PeerId, ServerConfig, ServerNode};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use crate::ServerError;
use crate::config::Config;
use crate::door::{Door, SeatLimits, acceptor, listen};
use crate::files::Files;
use crate::guard::Guard;
use crate::hosts::Hosts;
use crate::hub::{self, Hub, HubConfig, HubThreads};
use crate::lan::addresses;
use crate::metrics::Metrics;
use crate::router::{AppState, router};
use crate::store::{SqliteStore, Store};

/// How long a server takes to stop at most, once it has begun to close.
pub const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// A server that listens.
pub struct Running {
    address: SocketAddr,
    /// Whether it speaks TLS.
    secure: bool,
    room: Option<Arc<[String]>>,
    draining: watch::Sender<bool>,
    drain: Duration,
    hub: Hub,
    threads: HubThreads,
    serving: JoinHandle<()>,
    stop_serving: oneshot::Sender<()>,
    goodbye: Duration,
}

/// Starts a server on the SQLite store in the configuration's data directory.
pub async fn start(config: Config) -> Result<Running, ServerError> {
    let data = config.data.clone();
    let opening = tokio::task::spawn_blocking(move || SqliteStore::open(&data));
    let store = opening
        .await
        .map_err(|error| ServerError::System(io::Error::other(error)))??;
    start_with_store(config, Box::new(store)).await
}

/// Starts a server on a store of the caller's; the configuration's data directory is not used.
pub async fn start_with_store(
    config: Config,
    store: Box<dyn Store>,
) -> Result<Running, ServerError> {
    let tls = config.tls.as_ref().map(acceptor).transpose()?;
    let secure = tls.is_some();
    let listener = listen(&config.listen)
        .await
        .map_err(|source| listen_error(&config.listen, source))?;
    let address = listener
        .local_addr()
        .map_err(|source| listen_error(&config.listen, source))?;
    let metrics = Arc::new(Metrics::default());
    let node = ServerConfig {
        peer: peer_id()?,
        limits: config.limits.clone(),
        native: config.native_protocol,
        access: true,
    };
    let hub_config = HubConfig {
        make: Box::new(move || ServerNode::new(node.clone())),
        max_frame: config.limits.frame,
        max_outgoing: config.max_outgoing,
        open_documents: config
            .open_documents
            .unwrap_or(config.lan || address.ip().is_loopback()),
        metrics: Arc::clone(&metrics),
    };
    let (hub, threads) = hub::spawn(hub_config, store)?;
    let scheme = if secure { "https" } else { "http" };
    let room: Option<Arc<[String]>> = config.lan.then(|| addresses(scheme, address.port()).into());
    let (draining, drains) = watch::channel(false);
    let proxies: Arc<[IpAddr]> = config.proxies.into();
    let alone = config.lan || (address.ip().is_loopback() && proxies.is_empty());
    let router = router(AppState {
        hub: hub.clone(),
        files: Files::new(config.app),
        timing: config.timing,
        max_frame: config.limits.frame,
        origins: config.origins.into(),
        hosts: Hosts::new(config.hosts, alone),
        proxies: Arc::clone(&proxies),
        guard: Guard::new(config.addresses),
        metrics: Arc::clone(&metrics),
        show_metrics: config.metrics,
        room: room.clone(),
        founders: config.founders.into(),
        draining: drains,
    });
    let door = Door {
        tls,
        limits: SeatLimits {
            all: config.max_open,
            address: config.addresses.open(),
        },
        proxies,
        timing: config.timing,
        metrics,
        router,
    };
    let (stop_serving, stopped) = oneshot::channel();
    let serving = tokio::spawn(door.serve(listener, async {
        // Fails when whoever would say it is gone: that says it as well.
        let _ = stopped.await;
    }));
    tracing::info!(%address, secure, "listening");
    Ok(Running {
        address,
        secure,
        room,
        draining,
        drain: config.drain,
        hub,
        threads,
        serving,
        stop_serving,
        goodbye: config.timing.goodbye,
    })
}

impl Running {
    /// The address that is really listened on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where a browser on this machine finds the app.
    pub fn url(&self) -> String {
        let mut reachable = self.address;
        if reachable.ip().is_unspecified() {
            reachable.set_ip(match reachable.ip() {
                IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        let scheme = if self.secure { "https" } else { "http" };
        format!("{scheme}://{reachable}")
    }

    /// Where others in the room find it, the likeliest first; none unless it was started for that.
    pub fn room(&self) -> Option<&[String]> {
        self.room.as_deref()
    }

    /// Where a client of the protocol connects.
    pub fn sync_url(&self) -> String {
        self.url().replacen("http", "ws", 1) + "/sync"
    }

    /// Says for a while, if so configured, that no more work is wanted; then stops accepting, lets
    /// the store finish, sends the receipts, closes every socket with 1001 and waits for them.
    pub async fn stop(self) {
        self.draining.send_replace(true);
        tokio::time::sleep(self.drain).await;
        let deadline = Instant::now() + STOP_TIMEOUT;
        // Nobody receives it only if the server has already ended.
        let _ = self.stop_serving.send(());
        self.hub.stop();
        let threads = tokio::task::spawn_blocking(|| self.threads.join());
        if timeout_at(deadline, threads).await.is_err() {
            tracing::warn!("the store or a connection did not finish in time");
        }
        let deadline = deadline.min(Instant::now() + self.goodbye);
        let mut serving = self.serving;
        if timeout_at(deadline, &mut serving).await.is_err() {
            tracing::warn!("a request did not finish in time");
            serving.abort();
        }
        tracing::info!("stopped");
    }
}

/// A name of its own for every start, so that clients notice a restart.
fn peer_id() -> Result<PeerId, ServerError> {
    let random = getrandom::u64().map_err(|error| ServerError::System(io::Error::other(error)))?;
    Ok(PeerId::from(format!("groundwork-{random:016x}")))
}

fn listen_error(address: &str, source: io::Error) -> ServerError {
    let address = address.to_owned();
    if source.kind() == io::ErrorKind::AddrInUse {
        ServerError::AddressInUse { address }
    } else {
        ServerError::Listen { address, source }
    }
}
