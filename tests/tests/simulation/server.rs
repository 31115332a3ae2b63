//! The server's process: the engine, what it has asked of the store and not been answered, and the
//! disk that outlives it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use fastrand::Rng;
use sync::{
    Access, AccessKey, ConnectionId, DocumentId, Effect, Event, Grant, PeerId, ServerConfig,
    ServerLimits, ServerNode, Work,
};
use sync_server::store::{Asked, SessionId, Write};

use crate::disk::Disk;
use crate::plan::{Plan, Planted};

/// What the store or the keeper of links was asked.
enum Request {
    Write(Option<u64>, Write),
    Load(DocumentId),
    Probe,
    Work(Box<Work>),
    Recall(DocumentId),
    Authorise(ConnectionId, DocumentId, Arc<[AccessKey]>),
}

/// The server and its disk.
pub(crate) struct Server {
    config: ServerConfig,
    pub(crate) node: Option<ServerNode>,
    requests: VecDeque<Request>,
    /// What is done and not told yet.
    answers: VecDeque<Event>,
    pub(crate) disk: Disk,
    viewers_may_write: bool,
    /// Whether events were given to the engine that no pause has followed.
    pub(crate) pause_due: bool,
}

impl Server {
    /// A server with an empty disk.
    pub(crate) fn new(plan: &Plan) -> Self {
        let limits = ServerLimits {
            compact_chunks: 6,
            idle_ms: 5_000,
            // Much of what these people do is done elsewhere, and comes back when it does.
            inline_operations: 8,
            ..ServerLimits::default()
        };
        let config = ServerConfig {
            peer: PeerId::from("server"),
            limits,
            native: true,
            access: plan.access,
        };
        Self {
            node: Some(ServerNode::new(config.clone())),
            config,
            requests: VecDeque::new(),
            answers: VecDeque::new(),
            disk: match plan.planted {
                Some(Planted::ReceiptBeforeCommit) => Disk::lazy(),
                Some(Planted::CompactionDeletesUnmerged) => Disk::sweeping(),
                _ => Disk::default(),
            },
            viewers_may_write: plan.has(Planted::ViewerMayWrite),
            pause_due: false,
        }
    }

    /// The process is killed: what was asked and not done never happens, what was done and not
    /// told is never told.
    pub(crate) fn kill(&mut self) {
        self.node = None;
        self.requests.clear();
        self.answers.clear();
        self.disk.lose_power();
        self.pause_due = false;
    }

    /// The process starts anew.
    pub(crate) fn start(&mut self) {
        self.node = Some(ServerNode::new(self.config.clone()));
    }

    /// Whether it has something to do.
    pub(crate) fn is_busy(&self) -> bool {
        !self.requests.is_empty() || !self.answers.is_empty() || self.pause_due
    }

    /// Takes an effect about storage or access.
    pub(crate) fn ask(&mut self, effect: Effect) {
        let request = match Asked::of(effect, |one| SessionId(one.0.cast_signed())) {
            Asked::Write(ticket, write) => Request::Write(ticket, write),
            Asked::Other(Effect::Load { document }) => Request::Load(document),
            Asked::Other(Effect::Recall { document }) => Request::Recall(document),
            Asked::Other(Effect::Probe) => Request::Probe,
            Asked::Other(Effect::Work(work)) => Request::Work(work),
            Asked::Other(Effect::Authorise {
                connection,
                document,
                keys,
                ..
            }) => Request::Authorise(connection, document, keys),
            Asked::Other(_) => unreachable!("these go to connections, none of which share a name"),
        };
        self.requests.push_back(request);
    }

    /// Does one thing: the answer to what is done already, or the next piece of work, which is
    /// answered later. The event is for the engine.
    pub(crate) fn step(&mut self, random: &mut Rng) -> Option<Event> {
        if self.pause_due && random.bool() || self.requests.is_empty() && self.answers.is_empty() {
            self.pause_due = false;
            return Some(Event::Pause);
        }
        if !self.answers.is_empty() && (self.requests.is_empty() || random.bool()) {
            return self.answers.pop_front();
        }
        self.work(random);
        None
    }

    fn work(&mut self, random: &mut Rng) {
        if random.u8(..16) == 0 {
            self.disk.flush();
        }
        match self.requests.pop_front() {
            None => {}
            Some(Request::Write(ticket, write)) => self.commit(ticket, write, random),
            Some(Request::Load(document)) => self.answers.push_back(Event::Loaded {
                document,
                result: Ok(self.disk.load(&document)),
            }),
            Some(Request::Work(work)) => {
                let worked = Box::new(work.run());
                self.answers.push_back(Event::Worked(worked));
            }
            Some(Request::Probe) => self.answers.push_back(Event::Probed {
                result: self.disk.probe(),
            }),
            // Nobody in this world says who they are, nor follows.
            Some(Request::Recall(document)) => self.answers.push_back(Event::Recalled {
                document,
                result: Ok(Vec::new()),
            }),
            Some(Request::Authorise(connection, document, keys)) => {
                let write = self.viewers_may_write || keys.iter().any(|it| it.reveal() == "edit");
                let until_ms = None;
                self.answers.push_back(Event::Authorised {
                    connection,
                    document,
                    result: Ok(Access::Granted(Grant { write, until_ms })),
                });
            }
        }
    }

    /// Commits this write and some of those that wait behind it, together.
    fn commit(&mut self, ticket: Option<u64>, write: Write, random: &mut Rng) {
        let (mut tickets, mut group) = (vec![ticket], vec![write]);
        for _ in 0..random.usize(..4) {
            match self.requests.pop_front() {
                Some(Request::Write(ticket, write)) => {
                    tickets.push(ticket);
                    group.push(write);
                }
                Some(other) => {
                    self.requests.push_front(other);
                    break;
                }
                None => break,
            }
        }
        let result = self.disk.write(group);
        for ticket in tickets.into_iter().flatten() {
            let result = result.clone();
            self.answers.push_back(Event::Stored { ticket, result });
        }
    }
}

/// Names for documents, by number.
pub(crate) fn document_id(index: usize) -> DocumentId {
    DocumentId::from_bytes([u8::try_from(index).expect("few") + 1; 16])
}

/// Everything by document.
pub(crate) type ByDocument<T> = BTreeMap<DocumentId, T>;
