//! The storage thread: the one place where the store is used.
//!
//! Invariant: an outcome is reported only after the transaction that holds its write has
//! returned. **Group commit:** while one transaction is being synced, the jobs of every document
//! pile up, and the next transaction takes all of them; nothing ever waits for a timer, so an
//! idle server commits a single write at once.
//!
//! The thread does what was asked before it is told to stop, closes the store and ends; whoever
//! asks later is told that it is gone. It also ends when the last [`StorageHandle`] is dropped.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use sync::wire::Brought;
use sync::{ConnectionId, DocumentId, StoredChunk, Worked};
use tokio::sync::{mpsc as async_mpsc, oneshot};

use crate::ServerError;
use crate::hub::{Answer, Question};
use crate::metrics::Metrics;
use crate::store::{Store, Write};

/// A transaction takes at most so many writes…
const GROUP_WRITES: usize = 1024;
/// …and about so many bytes, so that one receipt never waits for an endless transaction.
const GROUP_BYTES: usize = 16 << 20;

/// So many visits are kept while the store fails; older ones are let go.
const LATE_VISITS: usize = 4096;

/// How long a write that worked proves that the store does.
const PROOF: Duration = Duration::from_secs(10);

/// Who asked: the node's generation (see `hub/driver.rs`) and its ticket, if it wants an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asker {
    pub(crate) generation: u64,
    pub(crate) ticket: Option<u64>,
}

/// What a job came to.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// A write is durable, or has failed.
    Written {
        asker: Asker,
        weight: usize,
        result: Result<(), String>,
    },
    /// A document's chunks.
    Loaded {
        generation: u64,
        document: DocumentId,
        result: Result<Vec<StoredChunk>, String>,
    },
    /// What a connection may do with a document.
    Authorised {
        generation: u64,
        connection: ConnectionId,
        document: DocumentId,
        result: Result<Answer, String>,
    },
    /// Who brought whose changes to a document.
    Recalled {
        generation: u64,
        document: DocumentId,
        result: Result<Brought, String>,
    },
    /// Whether the store works.
    Probed {
        generation: u64,
        result: Result<(), String>,
    },
    /// Work on a document, in which the store has no part.
    Worked {
        generation: u64,
        worked: Box<Worked>,
    },
}

/// Something to do with the store, which reports what came of it by itself.
type Call = Box<dyn FnOnce(&mut dyn Store) + Send>;

enum Job {
    Write {
        asker: Asker,
        write: Write,
        asked: Instant,
    },
    Load {
        generation: u64,
        document: DocumentId,
    },
    Probe(oneshot::Sender<Result<(), String>>),
    TryOut {
        generation: u64,
    },
    Call(Call),
    Stop,
}

/// Hands jobs to the storage thread.
#[derive(Clone)]
pub(crate) struct StorageHandle {
    jobs: mpsc::Sender<Job>,
    outcomes: async_mpsc::UnboundedSender<Outcome>,
}

impl StorageHandle {
    /// Asks for a write; its outcome follows on the channel given to [`spawn`].
    pub(crate) fn write(&self, asker: Asker, write: Write) {
        let weight = write.weight();
        let asked = Instant::now();
        let job = Job::Write {
            asker,
            write,
            asked,
        };
        if self.jobs.send(job).is_err() {
            self.report(Outcome::Written {
                asker,
                weight,
                result: Err(gone()),
            });
        }
    }

    /// Asks for a document's chunks; they see every write asked for before.
    pub(crate) fn load(&self, generation: u64, document: DocumentId) {
        if self
            .jobs
            .send(Job::Load {
                generation,
                document,
            })
            .is_err()
        {
            self.report(Outcome::Loaded {
                generation,
                document,
                result: Err(gone()),
            });
        }
    }

    /// Whether the store works: a write did a moment ago, or a small one does now.
    pub(crate) async fn probe(&self) -> Result<(), String> {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job::Probe(answer)).map_err(|_| gone())?;
        answered.await.unwrap_or_else(|_| Err(gone()))
    }

    /// Asks whether the store works; the outcome follows on the channel given to [`spawn`].
    pub(crate) fn try_out(&self, generation: u64) {
        if self.jobs.send(Job::TryOut { generation }).is_err() {
            let result = Err(gone());
            self.report(Outcome::Probed { generation, result });
        }
    }

    /// Asks what a connection may do; the outcome follows on the channel given to [`spawn`].
    pub(crate) fn authorise(&self, generation: u64, connection: ConnectionId, question: Question) {
        let outcomes = self.outcomes.clone();
        let document = question.document;
        let outcome = move |result: Result<Answer, String>| Outcome::Authorised {
            generation,
            connection,
            document,
            result,
        };
        let call = move |store: &mut dyn Store| {
            let result = question.answer(store).map_err(|error| error.to_string());
            // Nobody listens any more only while the hub is ending.
            let _ = outcomes.send(outcome(result));
        };
        if self.jobs.send(Job::Call(Box::new(call))).is_err() {
            self.report(Outcome::Authorised {
                generation,
                connection,
                document,
                result: Err(gone()),
            });
        }
    }

    /// Asks who brought whose changes to a document, after every write that was asked for before;
    /// the outcome follows on the channel given to [`spawn`].
    pub(crate) fn recall(&self, generation: u64, document: DocumentId) {
        let outcomes = self.outcomes.clone();
        let outcome = move |result| Outcome::Recalled {
            generation,
            document,
            result,
        };
        let call = move |store: &mut dyn Store| {
            let result = store.brought(&document).map_err(|error| error.to_string());
            // Nobody listens any more only while the hub is ending.
            let _ = outcomes.send(outcome(result));
        };
        if self.jobs.send(Job::Call(Box::new(call))).is_err() {
            self.report(outcome(Err(gone())));
        }
    }

    /// Does something with the store after every write that was asked for before, and returns what
    /// came of it.
    pub(crate) async fn call<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Store) -> Result<R, ServerError> + Send + 'static,
    ) -> Result<R, ServerError> {
        let (answer, answered) = oneshot::channel();
        let call = move |store: &mut dyn Store| {
            // Nobody waits any more when the request was given up.
            let _ = answer.send(work(store));
        };
        let ended = || ServerError::Store(gone());
        self.jobs
            .send(Job::Call(Box::new(call)))
            .map_err(|_| ended())?;
        answered.await.unwrap_or_else(|_| Err(ended()))
    }

    /// Ends the thread once it has done what was asked before.
    pub(crate) fn stop(&self) {
        // Fails only when it has already ended.
        let _ = self.jobs.send(Job::Stop);
    }

    fn report(&self, outcome: Outcome) {
        // Nobody listens any more only while the hub is ending.
        let _ = self.outcomes.send(outcome);
    }
}

fn gone() -> String {
    "the storage thread has ended".to_owned()
}

/// Starts the thread; outcomes are sent to `outcomes`.
pub(crate) fn spawn(
    store: Box<dyn Store>,
    outcomes: async_mpsc::UnboundedSender<Outcome>,
    metrics: Arc<Metrics>,
) -> Result<(StorageHandle, JoinHandle<()>), ServerError> {
    let (jobs, queue) = mpsc::channel();
    let worker = Worker {
        store,
        outcomes: outcomes.clone(),
        proved: None,
        late: VecDeque::new(),
        metrics,
    };
    let thread =
        start_thread("storage", move || worker.run(&queue)).map_err(ServerError::System)?;
    Ok((StorageHandle { jobs, outcomes }, thread))
}

fn start_thread(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(body)
}

struct Worker {
    store: Box<dyn Store>,
    outcomes: async_mpsc::UnboundedSender<Outcome>,
    /// When a write last worked, unless one has failed since.
    proved: Option<Instant>,
    /// Visits that could not be stored: for when the store works again.
    late: VecDeque<Write>,
    metrics: Arc<Metrics>,
}

/// Everything that was waiting, sorted by kind; the writes keep their order.
#[derive(Default)]
struct Group {
    askers: Vec<(Asker, Instant)>,
    writes: Vec<Write>,
    loads: Vec<(u64, DocumentId)>,
    probes: Vec<oneshot::Sender<Result<(), String>>>,
    trials: Vec<u64>,
    calls: Vec<Call>,
    stop: bool,
}

impl Worker {
    fn run(mut self, queue: &mpsc::Receiver<Job>) {
        while let Some(group) = Group::gather(queue) {
            // Writes first: a load must see every write that was asked for before it, and one
            // that came after it does no harm.
            self.write(group.askers, group.writes);
            for (generation, document) in group.loads {
                let result = self
                    .store
                    .load(&document)
                    .map_err(|error| error.to_string());
                self.report(Outcome::Loaded {
                    generation,
                    document,
                    result,
                });
            }
            for call in group.calls {
                call(&mut *self.store);
            }
            for answer in group.probes {
                let _ = answer.send(self.probe());
            }
            for generation in group.trials {
                let result = self.probe();
                self.report(Outcome::Probed { generation, result });
            }
            if group.stop {
                break;
            }
        }
    }

    fn write(&mut self, askers: Vec<(Asker, Instant)>, writes: Vec<Write>) {
        if writes.is_empty() {
            return;
        }
        let whole = self.store.write(&writes);
        self.metrics.commits.increment();
        if whole.is_ok() {
            self.catch_up();
        }
        if let Err(error) = &whole
            && writes.len() > 1
        {
            // One document's damage must not be another's failure: try them one by one.
            tracing::warn!(%error, writes = writes.len(), "a group of writes failed");
            for (asker, write) in askers.into_iter().zip(writes) {
                let result = self.store.write(std::slice::from_ref(&write));
                let result = result.map_err(|error| error.to_string());
                self.metrics.commits.increment();
                let weight = write.weight();
                if result.is_err() {
                    self.keep_visit(write);
                }
                self.written(asker, weight, result);
            }
            return;
        }
        let failure = whole.err().map(|error| error.to_string());
        for (asker, write) in askers.into_iter().zip(writes) {
            let result = failure.clone().map_or(Ok(()), Err);
            let weight = write.weight();
            if result.is_err() {
                self.keep_visit(write);
            }
            self.written(asker, weight, result);
        }
    }

    /// Keeps a visit that could not be stored: nobody waits for it, and nobody says it again.
    fn keep_visit(&mut self, write: Write) {
        if matches!(write, Write::Visit { .. }) {
            self.late.push_back(write);
            if self.late.len() > LATE_VISITS {
                self.late.pop_front();
            }
        }
    }

    /// Stores the visits that could not be stored before; if that fails, later.
    fn catch_up(&mut self) {
        if !self.late.is_empty() && self.store.write(self.late.make_contiguous()).is_ok() {
            self.late.clear();
        }
    }

    fn written(
        &mut self,
        (asker, asked): (Asker, Instant),
        weight: usize,
        result: Result<(), String>,
    ) {
        self.proved = result.is_ok().then(Instant::now);
        match &result {
            Ok(()) => {
                self.metrics.writes.increment();
                self.metrics.store.record(asked.elapsed());
            }
            Err(error) => {
                self.metrics.failures.increment();
                tracing::error!(%error, "a write failed");
            }
        }
        self.report(Outcome::Written {
            asker,
            weight,
            result,
        });
    }

    fn probe(&mut self) -> Result<(), String> {
        if self.proved.is_none_or(|at| at.elapsed() >= PROOF) {
            self.proved = None;
            self.store.probe().map_err(|error| error.to_string())?;
            self.proved = Some(Instant::now());
            self.catch_up();
        }
        Ok(())
    }

    fn report(&self, outcome: Outcome) {
        // Nobody listens any more only while the hub is ending.
        let _ = self.outcomes.send(outcome);
    }
}

impl Group {
    /// Waits for a job, then takes every job that waits with it; `None` when no more can come.
    fn gather(queue: &mpsc::Receiver<Job>) -> Option<Self> {
        let mut group = Self::default();
        let mut bytes = 0;
        let mut next = Some(queue.recv().ok()?);
        while let Some(job) = next {
            match job {
                Job::Write {
                    asker,
                    write,
                    asked,
                } => {
                    bytes += write.weight();
                    group.askers.push((asker, asked));
                    group.writes.push(write);
                }
                Job::Load {
                    generation,
                    document,
                } => group.loads.push((generation, document)),
                Job::Probe(answer) => group.probes.push(answer),
                Job::TryOut { generation } => group.trials.push(generation),
                Job::Call(call) => group.calls.push(call),
                Job::Stop => group.stop = true,
            }
            let full = group.writes.len() >= GROUP_WRITES || bytes >= GROUP_BYTES;
            next = if full || group.stop {
                None
            } else {
                queue.try_recv().ok()
            };
        }
        Some(group)
    }
}

#[cfg(test)]
mod tests;
