//! The hub's loop: takes events, lets the engine handle them and carries its effects out.
//!
//! Invariants: effects are carried out in the order in which the engine asked for them; an answer
//! of the store reaches only the node that asked for it; after every burst of events the engine is
//! told that there is a pause, so that what it gathers goes out as soon as nothing else waits.
//!
//! **A panic** in the engine leaves it in a state that nobody can vouch for, so it is not patched
//! up: the node is thrown away with every document in memory, a new one takes its place, and
//! every connection is closed, the one whose frame it was with 1011, the others with 1012 ("come
//! back"). They reconnect and exchange what they have; whatever had been confirmed is in the
//! store. Each node has a generation, so that a store's answer to the old node is never taken for
//! a receipt by the new one, whose tickets start afresh.

mod answers;
mod keeping;

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use sync::{CloseCode, ConnectionId, Effect, Event, ForwardKind};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::MissedTickBehavior;

use super::outgoing::Overflow;
use super::worker::Worker;
use super::{Closing, HubEvent, Node, Outgoing};
use crate::guard::Pass;
use crate::metrics::Metrics;
use crate::now::Clocks;
use crate::storage::{Outcome, StorageHandle};

/// No more frames are handled while more than this waits for the store.
const BACKLOG_BYTES: usize = 64 << 20;

const TICK: Duration = Duration::from_secs(1);

/// A burst is at most so many events long, and about so long in time: then what has gathered goes
/// out, however much still waits.
const BURST_EVENTS: usize = 256;
const BURST: Duration = Duration::from_millis(4);

/// Of what may wait to be sent on one connection, the part beyond which presence is dropped, and
/// the part beyond which changes are.
const PRESENCE_PART: usize = 64;
const CHANGES_PART: usize = 4;

/// The hub's state.
pub(super) struct Driver<N> {
    make: Box<dyn FnMut() -> N + Send>,
    node: N,
    generation: u64,
    connections: HashMap<ConnectionId, Link>,
    rules: Rules,
    storage: StorageHandle,
    worker: Worker,
    /// Writes whose outcome is not known yet, and their bytes.
    unwritten: usize,
    backlog: usize,
    metrics: Arc<Metrics>,
    /// Time is counted from here: a clock that never goes back.
    start: Instant,
    clocks: Clocks,
}

/// What does not change while the hub runs.
pub(super) struct Rules {
    /// How many bytes may wait to be sent on one connection.
    pub(super) max_outgoing: usize,
    /// Whether documents that nobody owns are for whoever knows them.
    pub(super) open_documents: bool,
    /// The session of the first connection; those of others follow.
    pub(super) first_session: i64,
}

struct Link {
    outgoing: Outgoing,
    pass: Option<Arc<Pass>>,
    /// The engine has asked to close it: nothing of it is handled or sent any more.
    closing: bool,
}

/// Bytes that several frames share.
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl<N: Node> Driver<N> {
    pub(super) fn new(
        mut make: Box<dyn FnMut() -> N + Send>,
        rules: Rules,
        storage: StorageHandle,
        worker: Worker,
        metrics: Arc<Metrics>,
    ) -> Self {
        let node = make();
        Self {
            make,
            node,
            generation: 0,
            connections: HashMap::new(),
            rules,
            storage,
            worker,
            unwritten: 0,
            backlog: 0,
            metrics,
            start: Instant::now(),
            clocks: Clocks::now(),
        }
    }

    /// Runs until it is told to stop, or until nobody can reach it any more.
    pub(super) async fn run(
        mut self,
        mut events: UnboundedReceiver<HubEvent>,
        mut outcomes: UnboundedReceiver<Outcome>,
    ) {
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let wake = self.next_wake();
            tokio::select! {
                biased;
                _ = tick.tick() => {
                    if let Some(ahead_ms) = self.clocks.ahead_ms() {
                        self.feed(Event::ClockJumped { ahead_ms });
                    }
                    self.feed(Event::Tick);
                    self.measure();
                }
                Some(outcome) = outcomes.recv() => self.finished(outcome),
                event = events.recv(), if self.backlog < BACKLOG_BYTES => match event {
                    Some(HubEvent::Stop) | None => break,
                    Some(event) => self.take(event),
                },
                () = wake => {}
            }
            if self.burst(&mut events, &mut outcomes) {
                break;
            }
            self.feed(Event::Pause);
        }
        self.stop(events, outcomes).await;
        self.storage.stop();
    }

    /// Takes what else waits already; whether it was told to stop.
    fn burst(
        &mut self,
        events: &mut UnboundedReceiver<HubEvent>,
        outcomes: &mut UnboundedReceiver<Outcome>,
    ) -> bool {
        let began = Instant::now();
        for _ in 0..BURST_EVENTS {
            if let Ok(outcome) = outcomes.try_recv() {
                self.finished(outcome);
            } else if self.backlog >= BACKLOG_BYTES || began.elapsed() > BURST {
                return false;
            } else {
                match events.try_recv() {
                    Ok(HubEvent::Stop) => return true,
                    Ok(event) => self.take(event),
                    Err(_) => return false,
                }
            }
        }
        false
    }

    /// Passes when the engine wants to be woken; never, if it does not.
    fn next_wake(&self) -> impl Future<Output = ()> + use<N> {
        let wake = self.node.wake_at().map(|at_ms| {
            let at = self.start + Duration::from_millis(at_ms);
            tokio::time::Instant::from_std(at)
        });
        async move {
            match wake {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        }
    }

    /// Waits for the store, says goodbye to every connection and waits for them to end. Frames
    /// that come in meanwhile are not handled; their senders were promised nothing.
    async fn stop(
        &mut self,
        mut events: UnboundedReceiver<HubEvent>,
        mut outcomes: UnboundedReceiver<Outcome>,
    ) {
        self.feed(Event::Pause);
        while self.unwritten > 0
            && let Some(outcome) = outcomes.recv().await
        {
            self.finished(outcome);
        }
        let goodbye = Closing::after_queue(CloseCode::GOING_AWAY, "the server is stopping");
        for link in self.connections.values() {
            link.outgoing.close(goodbye.clone());
        }
        while !self.connections.is_empty()
            && let Some(event) = events.recv().await
        {
            match event {
                HubEvent::Connected { outgoing, .. } => outgoing.close(goodbye.clone()),
                HubEvent::Closed { connection } => drop(self.connections.remove(&connection)),
                HubEvent::Frame { .. }
                | HubEvent::Checked { .. }
                | HubEvent::AccessChanged { .. }
                | HubEvent::Stop => {}
            }
        }
    }

    fn take(&mut self, event: HubEvent) {
        match event {
            HubEvent::Connected {
                connection,
                outgoing,
                pass,
            } => {
                self.connections.insert(
                    connection,
                    Link {
                        outgoing,
                        pass,
                        closing: false,
                    },
                );
                self.feed(Event::Connected { connection });
            }
            HubEvent::Frame {
                connection, frame, ..
            } => {
                if self
                    .connections
                    .get(&connection)
                    .is_some_and(|link| !link.closing)
                {
                    self.feed(Event::Received {
                        connection,
                        frame: frame.into(),
                    });
                }
            }
            HubEvent::Closed { connection } => {
                // Absent when it was cut off: the engine has been told then.
                if self.connections.remove(&connection).is_some() {
                    self.feed(Event::Closed { connection });
                }
            }
            HubEvent::Checked { connection, alive } => {
                self.feed(Event::Checked { connection, alive });
            }
            HubEvent::AccessChanged { documents } => {
                self.feed(Event::AccessChanged { documents });
            }
            HubEvent::Stop => {}
        }
    }

    /// Takes down how much there is of everything.
    fn measure(&self) {
        let outgoing = self
            .connections
            .values()
            .map(|link| link.outgoing.waiting());
        self.metrics.outgoing_bytes.set(outgoing.sum());
        self.metrics.documents.set(self.node.documents());
    }

    /// Lets the engine handle an event and what follows from it.
    fn feed(&mut self, event: Event) {
        let begun = Instant::now();
        self.follow(event);
        self.metrics.engine.record(begun.elapsed());
    }

    /// The engine's clock.
    fn now_ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn follow(&mut self, event: Event) {
        let mut waiting = VecDeque::from([event]);
        while let Some(event) = waiting.pop_front() {
            let culprit = match &event {
                Event::Received { connection, .. } => Some(*connection),
                _ => None,
            };
            let now_ms = self.now_ms();
            // Unwind-safe: after a panic the node is never looked at again.
            match catch_unwind(AssertUnwindSafe(|| self.node.handle(event, now_ms))) {
                Ok(effects) => {
                    for effect in effects {
                        self.execute(effect, &mut waiting);
                    }
                }
                Err(_) => return self.start_over(culprit),
            }
        }
    }

    /// Carries an effect out and adds the events that follow from it at once.
    fn execute(&mut self, effect: Effect, follow: &mut VecDeque<Event>) {
        match effect {
            Effect::Send { connection, frame } => {
                let (head, body) = (Bytes::from_owner(frame), Bytes::new());
                if self.send(connection, head, body, usize::MAX).is_err() {
                    self.cut_off(connection, follow);
                }
            }
            Effect::SendShared {
                connection,
                head,
                body,
            } => {
                let body = Bytes::from_owner(Shared(body));
                if self
                    .send(connection, head.into(), body, usize::MAX)
                    .is_err()
                {
                    self.cut_off(connection, follow);
                }
            }
            Effect::Forward {
                connections,
                document,
                frame,
                kind,
            } => {
                let limit = match kind {
                    ForwardKind::Presence => self.rules.max_outgoing / PRESENCE_PART,
                    ForwardKind::Change => self.rules.max_outgoing / CHANGES_PART,
                    ForwardKind::Notice => self.rules.max_outgoing,
                };
                let frame = Bytes::from_owner(frame);
                for connection in connections {
                    let sent = self.send(connection, frame.clone(), Bytes::new(), limit);
                    if sent.is_ok() {
                        continue;
                    }
                    if kind == ForwardKind::Notice {
                        self.cut_off(connection, follow);
                    } else {
                        tracing::debug!(connection = connection.0, ?kind, "dropped: it is slow");
                        follow.push_back(Event::Dropped {
                            connection,
                            document,
                            kind,
                        });
                    }
                }
            }
            Effect::Close {
                connection,
                code,
                reason,
            } => {
                let Some(link) = self.connections.get_mut(&connection) else {
                    return;
                };
                tracing::info!(connection = connection.0, %code, %reason, "closing");
                link.outgoing.close(Closing::after_queue(code, &reason));
                link.closing = true;
            }
            Effect::CheckAlive { connection } => {
                if let Some(link) = self.connections.get(&connection) {
                    link.outgoing.check();
                }
            }
            Effect::Work(work) => self.worker.ask(self.generation, *work),
            effect => self.ask_store(effect),
        }
    }

    /// Puts a frame into a connection's queue, unless more than `limit` bytes would wait there.
    fn send(
        &self,
        connection: ConnectionId,
        head: Bytes,
        body: Bytes,
        limit: usize,
    ) -> Result<(), Overflow> {
        let limit = limit.min(self.rules.max_outgoing);
        match self.connections.get(&connection) {
            Some(link) if !link.closing => link.outgoing.send_parts(head, body, limit),
            _ => Ok(()),
        }
    }

    /// Closes a connection that does not keep up.
    fn cut_off(&mut self, connection: ConnectionId, follow: &mut VecDeque<Event>) {
        if let Some(link) = self.connections.remove(&connection) {
            tracing::info!(connection = connection.0, "cut off: it does not keep up");
            let closing = Closing::at_once(CloseCode::LATER, "too slow; come back");
            link.outgoing.close(closing);
            follow.push_back(Event::Closed { connection });
        }
    }

    /// Throws the node away after a panic and begins with a new one.
    fn start_over(&mut self, culprit: Option<ConnectionId>) {
        tracing::error!(
            connection = culprit.map(|connection| connection.0),
            "the engine panicked: starting over with a new one"
        );
        self.node = (self.make)();
        self.generation += 1;
        for (connection, link) in self.connections.drain() {
            link.outgoing.close(if Some(connection) == culprit {
                Closing::after_queue(CloseCode::INTERNAL, "this message could not be handled")
            } else {
                Closing::after_queue(CloseCode::RESTART, "the server starts over; come back")
            });
        }
    }
}
