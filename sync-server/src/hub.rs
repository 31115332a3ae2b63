//! The hub: the one place that owns the sync engine, fed by every connection.
//!
//! Invariants: each connection's events reach the engine in order, and exactly one `Closed`
//! follows each `Connected`, however the connection's task ends; what waits to be handled is
//! bounded by a budget of bytes, so that a flood of frames slows its senders down instead of
//! filling memory.
//!
//! The hub has a thread of its own, because merging a large document computes for hundreds of
//! milliseconds and must not hold up the sockets and files that share the runtime's threads.

mod admission;
mod driver;
mod node;
mod outgoing;
mod worker;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, JoinHandle};

use axum::body::Bytes;
use sync::{CloseCode, ConnectionId, DocumentId, ServerNode, wire};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

pub(crate) use self::admission::{Answer, Question};
use self::driver::{Driver, Rules};
pub(crate) use self::node::Node;
pub(crate) use self::outgoing::{Closing, Outgoing, OutgoingFrame, OutgoingQueue};
use self::worker::Worker;
use crate::ServerError;
use crate::access::AccessStore;
use crate::guard::Pass;
use crate::metrics::Metrics;
use crate::storage::{self, StorageHandle};
use crate::store::Store;

/// What each frame costs of the budget besides its length.
const FRAME_OVERHEAD: usize = 256;

/// What connections, and those who stop the server, tell the hub.
enum HubEvent {
    Connected {
        connection: ConnectionId,
        outgoing: Outgoing,
        /// What its address may still have; none where nobody counts.
        pass: Option<Arc<Pass>>,
    },
    /// The permit is given back once the frame has been handled.
    Frame {
        connection: ConnectionId,
        frame: Bytes,
        _permit: OwnedSemaphorePermit,
    },
    Closed {
        connection: ConnectionId,
    },
    /// Whether a connection's other side still answers.
    Checked {
        connection: ConnectionId,
        alive: bool,
    },
    /// What people may do with these documents is looked at again.
    AccessChanged {
        documents: Vec<DocumentId>,
    },
    Stop,
}

/// Reaches the hub from anywhere.
#[derive(Clone)]
pub(crate) struct Hub {
    events: mpsc::UnboundedSender<HubEvent>,
    budget: Arc<Semaphore>,
    budget_bytes: usize,
    next_connection: Arc<AtomicU64>,
    storage: StorageHandle,
}

/// The hub's and the store's threads; they end after [`Hub::stop`], once every connection has.
pub(crate) struct HubThreads {
    hub: JoinHandle<()>,
    storage: JoinHandle<()>,
}

impl HubThreads {
    /// Waits until both have ended; blocks.
    pub(crate) fn join(self) {
        // A panic there has been printed by the panic hook; there is nothing more to do with it.
        let _ = self.hub.join();
        let _ = self.storage.join();
    }
}

/// What a hub is made of.
pub(crate) struct HubConfig<N> {
    /// Makes a node, at the start and after one has panicked.
    pub(crate) make: Box<dyn FnMut() -> N + Send>,
    /// The longest frame that a socket accepts.
    pub(crate) max_frame: usize,
    /// How many bytes may wait to be sent on one connection.
    pub(crate) max_outgoing: usize,
    /// Whether documents that nobody owns are for whoever knows them.
    pub(crate) open_documents: bool,
    /// Where the hub and the store are counted.
    pub(crate) metrics: Arc<Metrics>,
}

/// Starts the hub and the storage thread.
pub(crate) fn spawn<N: Node>(
    config: HubConfig<N>,
    store: Box<dyn Store>,
) -> Result<(Hub, HubThreads), ServerError> {
    let (outcome_sender, outcomes) = mpsc::unbounded_channel();
    let (storage, storage_thread) =
        storage::spawn(store, outcome_sender.clone(), Arc::clone(&config.metrics))?;
    let worker = Worker::start(&outcome_sender).map_err(ServerError::System)?;
    let (events, event_queue) = mpsc::unbounded_channel();
    // Two of the largest frames: one being handled, one waiting.
    let budget_bytes = 2 * (config.max_frame + FRAME_OVERHEAD);
    let hub = Hub {
        events,
        budget: Arc::new(Semaphore::new(budget_bytes)),
        budget_bytes,
        next_connection: Arc::new(AtomicU64::new(0)),
        storage: storage.clone(),
    };
    // A runtime of its own for its timer: it then runs even while the caller's runtime is blocked.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .map_err(ServerError::System)?;
    let rules = Rules {
        max_outgoing: config.max_outgoing,
        open_documents: config.open_documents,
        first_session: random_session()?,
    };
    let driver = Driver::new(config.make, rules, storage, worker, config.metrics);
    let hub_thread = thread::Builder::new()
        .name("hub".to_owned())
        .spawn(move || runtime.block_on(driver.run(event_queue, outcomes)))
        .map_err(ServerError::System)?;
    Ok((
        hub,
        HubThreads {
            hub: hub_thread,
            storage: storage_thread,
        },
    ))
}

/// Where this server's sessions begin to count: far from those of every other start.
fn random_session() -> Result<i64, ServerError> {
    let random = getrandom::u64().map_err(|error| ServerError::System(io::Error::other(error)))?;
    Ok(random.cast_signed())
}

impl Hub {
    /// Makes a connection known; its frames go in by the handle and come out of the queue.
    pub(crate) fn connect(&self, pass: Option<Arc<Pass>>) -> (Connection, OutgoingQueue) {
        let id = ConnectionId(self.next_connection.fetch_add(1, Ordering::Relaxed));
        let (outgoing, queue) = outgoing::channel();
        self.send(HubEvent::Connected {
            connection: id,
            outgoing: outgoing.clone(),
            pass,
        });
        (
            Connection {
                id,
                outgoing,
                hub: self.clone(),
            },
            queue,
        )
    }

    /// Flushes the store, closes every connection and ends the hub.
    pub(crate) fn stop(&self) {
        self.send(HubEvent::Stop);
    }

    /// Bytes of frames that wait to be handled.
    pub(crate) fn incoming_bytes(&self) -> usize {
        self.budget_bytes
            .saturating_sub(self.budget.available_permits())
    }

    /// Says that someone may do more, or less, than before with these documents.
    pub(crate) fn access_changed(&self, documents: Vec<DocumentId>) {
        self.send(HubEvent::AccessChanged { documents });
    }

    /// Does something with workspaces and links.
    pub(crate) async fn access<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn AccessStore) -> Result<R, ServerError> + Send + 'static,
    ) -> Result<R, ServerError> {
        self.storage
            .call(move |store| work(&mut *store.access()))
            .await
    }

    /// Whether the store works, by a small durable write of its own.
    pub(crate) async fn store_works(&self) -> Result<(), String> {
        self.storage.probe().await
    }

    fn send(&self, event: HubEvent) {
        // The hub is gone only when the server is ending; connections are then told by the
        // closing of their queues.
        let _ = self.events.send(event);
    }
}

/// One connection's way into the hub. Dropping it says that the connection is closed.
pub(crate) struct Connection {
    id: ConnectionId,
    outgoing: Outgoing,
    hub: Hub,
}

impl Connection {
    /// The connection's number, for logs.
    pub(crate) fn id(&self) -> u64 {
        self.id.0
    }

    /// Hands a frame in; waits while too much is waiting already.
    pub(crate) async fn frame(&self, frame: Bytes) {
        let cost = (frame.len() + FRAME_OVERHEAD).min(self.hub.budget_bytes);
        let cost = u32::try_from(cost).unwrap_or(u32::MAX);
        let budget = Arc::clone(&self.hub.budget);
        // The semaphore is never closed.
        if let Ok(permit) = budget.acquire_many_owned(cost).await {
            self.hub.send(HubEvent::Frame {
                connection: self.id,
                frame,
                _permit: permit,
            });
        }
    }

    /// Says whether the other side still answers; asked for by [`OutgoingQueue::checks`].
    pub(crate) fn checked(&self, alive: bool) {
        self.hub.send(HubEvent::Checked {
            connection: self.id,
            alive,
        });
    }

    /// Tells the other side what it did wrong, in the protocol's words and behind what already
    /// waits, and asks the connection's writer to close then.
    pub(crate) fn refuse(&self, code: CloseCode, reason: &str) {
        let error = wire::Message::Error {
            message: reason.to_owned(),
            document: None,
        };
        // It is the last word; too slow a reader is cut off all the same.
        let _ = self.outgoing.send(error.encode().into(), usize::MAX);
        self.outgoing.close(Closing::after_queue(code, reason));
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.hub.send(HubEvent::Closed {
            connection: self.id,
        });
    }
}

impl Node for ServerNode {
    fn handle(&mut self, event: sync::Event, now_ms: u64) -> Vec<sync::Effect> {
        ServerNode::handle(self, event, now_ms)
    }

    fn documents(&self) -> usize {
        ServerNode::documents(self)
    }

    fn wake_at(&self) -> Option<u64> {
        ServerNode::wake_at(self)
    }
}

#[cfg(test)]
mod tests;
