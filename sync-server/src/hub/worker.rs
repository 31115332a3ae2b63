//! The threads that work on documents where nobody waits for it: while they apply what is too much
//! for the hub's loop, everybody else is served.
//!
//! There is one for what takes long, so that the processor and memory that it takes are not taken
//! several times at once, and one for the rest, so that a document is not behind all of that. They
//! end when the [`Worker`] is dropped.

use std::io;
use std::sync::mpsc;
use std::thread;

use sync::Work;
use tokio::sync::mpsc::UnboundedSender;

use crate::storage::Outcome;

/// Hands work to the threads.
pub(super) struct Worker {
    long: Queue,
    short: Queue,
}

type Queue = mpsc::Sender<(u64, Work)>;

impl Worker {
    /// Starts the threads; what came of the work goes to `outcomes`.
    pub(super) fn start(outcomes: &UnboundedSender<Outcome>) -> io::Result<Self> {
        Ok(Self {
            long: start("long work", outcomes.clone())?,
            short: start("short work", outcomes.clone())?,
        })
    }

    /// Has work done for a node of this generation.
    pub(super) fn ask(&self, generation: u64, work: Work) {
        let queue = if work.is_long() {
            &self.long
        } else {
            &self.short
        };
        // Fails only while the hub is ending; nobody was promised anything.
        let _ = queue.send((generation, work));
    }
}

fn start(name: &str, outcomes: UnboundedSender<Outcome>) -> io::Result<Queue> {
    let (works, queue) = mpsc::channel::<(u64, Work)>();
    let body = move || {
        for (generation, work) in queue {
            let worked = Box::new(work.run());
            let outcome = Outcome::Worked { generation, worked };
            if outcomes.send(outcome).is_err() {
                break;
            }
        }
    };
    thread::Builder::new().name(name.to_owned()).spawn(body)?;
    Ok(works)
}
