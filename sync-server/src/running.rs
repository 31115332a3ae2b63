//! A server from its start to its end.
//!
//! Invariants: [`start`] returns once the address is listened on and the store is open, so the
//! address is real; [`Running::stop`] returns within [`STOP_TIMEOUT`], with everything that was
//! accepted on the disk unless the store itself is stuck.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use axum::serve::ListenerExt;
use sync::{PeerId, ServerConfig, ServerNode};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use crate::ServerError;
use crate::config::Config;
use crate::files::Files;
use crate::hub::{self, Hub, HubConfig, HubThreads};
use crate::router::{AppState, router};
use crate::store::{SqliteStore, Store};

/// How long a server takes to stop at most.
pub const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// A server that listens.
pub struct Running {
    address: SocketAddr,
    hub: Hub,
    threads: HubThreads,
    serving: JoinHandle<io::Result<()>>,
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
    let listener = TcpListener::bind(&config.listen)
        .await
        .map_err(|source| listen_error(&config.listen, source))?;
    let address = listener
        .local_addr()
        .map_err(|source| listen_error(&config.listen, source))?;
    let node = ServerConfig {
        peer: peer_id()?,
        limits: config.limits.clone(),
    };
    let hub_config = HubConfig {
        make: Box::new(move || ServerNode::new(node.clone())),
        max_frame: config.limits.frame,
        max_outgoing: config.max_outgoing,
    };
    let (hub, threads) = hub::spawn(hub_config, store)?;
    let service = router(AppState {
        hub: hub.clone(),
        files: Files::new(config.app),
        timing: config.timing,
        max_frame: config.limits.frame,
        origins: config.origins.into(),
    });
    // Small frames go out at once: they are someone's keystrokes.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
    });
    let (stop_serving, stopped) = oneshot::channel();
    let serving = tokio::spawn(
        axum::serve(listener, service)
            .with_graceful_shutdown(async move {
                let _ = stopped.await;
            })
            .into_future(),
    );
    tracing::info!(%address, "listening");
    Ok(Running {
        address,
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
        format!("http://{reachable}")
    }

    /// Where a client of the protocol connects.
    pub fn sync_url(&self) -> String {
        self.url().replacen("http", "ws", 1) + "/sync"
    }

    /// Stops accepting, lets the store finish, closes every socket with 1001 and waits for them.
    pub async fn stop(self) {
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
