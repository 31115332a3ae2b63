//! The hub's loop: takes events, lets the engine handle them and carries its effects out.
//!
//! Invariants: effects are carried out in the order in which the engine asked for them; an answer
//! of the store reaches only the node that asked for it.
//!
//! **A panic** in the engine leaves it in a state that nobody can vouch for, so it is not patched
//! up: the node is thrown away with every document in memory, a new one takes its place, and
//! every connection is closed, the one whose frame it was with 1011, the others with 1012 ("come
//! back"). They reconnect and exchange what they have; whatever had been confirmed is in the
//! store. Each node has a generation, so that a store's answer to the old node is never taken for
//! a receipt by the new one, whose tickets start afresh.

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sync::{ConnectionId, Effect, Event};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::MissedTickBehavior;

use super::{Closing, HubEvent, Node, Outgoing};
use crate::log::short;
use crate::metrics::Metrics;
use crate::storage::{Asker, Outcome, StorageHandle};
use crate::store::Write;

/// No more frames are handled while more than this waits for the store.
const BACKLOG_BYTES: usize = 64 << 20;

const TICK: Duration = Duration::from_secs(1);

/// WebSocket close codes.
const GOING_AWAY: u16 = 1001;
const INTERNAL_ERROR: u16 = 1011;
const SERVICE_RESTART: u16 = 1012;
const TRY_AGAIN_LATER: u16 = 1013;

/// The hub's state.
pub(super) struct Driver<N> {
    make: Box<dyn FnMut() -> N + Send>,
    node: N,
    generation: u64,
    connections: HashMap<ConnectionId, Link>,
    max_outgoing: usize,
    storage: StorageHandle,
    /// Writes whose outcome is not known yet, and their bytes.
    unwritten: usize,
    backlog: usize,
    metrics: Arc<Metrics>,
    /// Time is counted from here: a clock that never goes back.
    start: Instant,
}

struct Link {
    outgoing: Outgoing,
    /// The engine has asked to close it: nothing of it is handled or sent any more.
    closing: bool,
}

impl<N: Node> Driver<N> {
    pub(super) fn new(
        mut make: Box<dyn FnMut() -> N + Send>,
        max_outgoing: usize,
        storage: StorageHandle,
        metrics: Arc<Metrics>,
    ) -> Self {
        let node = make();
        Self {
            make,
            node,
            generation: 0,
            connections: HashMap::new(),
            max_outgoing,
            storage,
            unwritten: 0,
            backlog: 0,
            metrics,
            start: Instant::now(),
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
            tokio::select! {
                biased;
                _ = tick.tick() => {
                    self.feed(Event::Tick);
                    self.measure();
                }
                Some(outcome) = outcomes.recv() => self.finished(outcome),
                event = events.recv(), if self.backlog < BACKLOG_BYTES => match event {
                    Some(HubEvent::Stop) | None => break,
                    Some(event) => self.take(event),
                },
            }
        }
        self.stop(events, outcomes).await;
        self.storage.stop();
    }

    /// Waits for the store, says goodbye to every connection and waits for them to end. Frames
    /// that come in meanwhile are not handled; their senders were promised nothing.
    async fn stop(
        &mut self,
        mut events: UnboundedReceiver<HubEvent>,
        mut outcomes: UnboundedReceiver<Outcome>,
    ) {
        while self.unwritten > 0
            && let Some(outcome) = outcomes.recv().await
        {
            self.finished(outcome);
        }
        let goodbye = Closing::after_queue(GOING_AWAY, "the server is stopping");
        for link in self.connections.values() {
            link.outgoing.close(goodbye.clone());
        }
        while !self.connections.is_empty()
            && let Some(event) = events.recv().await
        {
            match event {
                HubEvent::Connected { outgoing, .. } => outgoing.close(goodbye.clone()),
                HubEvent::Closed { connection } => drop(self.connections.remove(&connection)),
                HubEvent::Frame { .. } | HubEvent::Stop => {}
            }
        }
    }

    fn take(&mut self, event: HubEvent) {
        match event {
            HubEvent::Connected {
                connection,
                outgoing,
            } => {
                self.connections.insert(
                    connection,
                    Link {
                        outgoing,
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
            HubEvent::Stop => {}
        }
    }

    fn finished(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Written {
                asker,
                weight,
                result,
            } => {
                self.unwritten = self.unwritten.saturating_sub(1);
                self.backlog = self.backlog.saturating_sub(weight);
                self.count_unwritten();
                if let Asker {
                    generation,
                    ticket: Some(ticket),
                } = asker
                    && generation == self.generation
                {
                    self.feed(Event::Stored { ticket, result });
                }
            }
            Outcome::Loaded {
                generation,
                document,
                result,
            } => {
                if let Err(error) = &result {
                    tracing::error!(document = %short(&document), %error, "a load failed");
                }
                if generation == self.generation {
                    self.feed(Event::Loaded { document, result });
                }
            }
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

    fn follow(&mut self, event: Event) {
        let mut waiting = VecDeque::from([event]);
        while let Some(event) = waiting.pop_front() {
            let culprit = match &event {
                Event::Received { connection, .. } => Some(*connection),
                _ => None,
            };
            let now_ms = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
            // Unwind-safe: after a panic the node is never looked at again.
            match catch_unwind(AssertUnwindSafe(|| self.node.handle(event, now_ms))) {
                Ok(effects) => {
                    for effect in effects {
                        waiting.extend(self.execute(effect));
                    }
                }
                Err(_) => return self.start_over(culprit),
            }
        }
    }

    /// Carries an effect out; the answer is an event that follows from it at once.
    fn execute(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Send { connection, frame } => {
                let link = self
                    .connections
                    .get(&connection)
                    .filter(|link| !link.closing)?;
                link.outgoing.send(frame, self.max_outgoing).err()?;
                tracing::info!(connection = connection.0, "cut off: it does not keep up");
                link.outgoing
                    .close(Closing::at_once(TRY_AGAIN_LATER, "too slow; come back"));
                self.connections.remove(&connection);
                return Some(Event::Closed { connection });
            }
            Effect::Close {
                connection,
                code,
                reason,
            } => {
                let link = self.connections.get_mut(&connection)?;
                tracing::info!(connection = connection.0, code, %reason, "closing");
                link.outgoing.close(Closing::after_queue(code, &reason));
                link.closing = true;
            }
            Effect::Load { document } => self.storage.load(self.generation, document),
            Effect::Store {
                ticket,
                document,
                chunk,
            } => {
                self.write(Some(ticket), Write::Append { document, chunk });
            }
            Effect::Replace {
                ticket,
                document,
                snapshot,
                superseded,
            } => {
                self.write(
                    Some(ticket),
                    Write::Replace {
                        document,
                        snapshot,
                        superseded,
                    },
                );
            }
            Effect::Quarantine {
                document,
                hash,
                reason,
            } => {
                tracing::error!(document = %short(&document), %reason, "a chunk is set aside");
                self.write(
                    None,
                    Write::Quarantine {
                        document,
                        hash,
                        reason,
                    },
                );
            }
        }
        None
    }

    fn write(&mut self, ticket: Option<u64>, write: Write) {
        self.unwritten += 1;
        self.backlog += write.weight();
        self.count_unwritten();
        self.storage.write(
            Asker {
                generation: self.generation,
                ticket,
            },
            write,
        );
    }

    fn count_unwritten(&self) {
        self.metrics.store_waiting.set(self.unwritten);
        self.metrics.store_waiting_bytes.set(self.backlog);
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
                Closing::after_queue(INTERNAL_ERROR, "this message could not be handled")
            } else {
                Closing::after_queue(SERVICE_RESTART, "the server starts over; come back")
            });
        }
    }
}
