//! What the engine asks of the store, handed to the storage thread.
//!
//! Invariant: what is asked for in order is asked in that order, and what waits is counted.

use sync::Effect;

use super::{Driver, Node};
use crate::hub::Question;
use crate::log::short;
use crate::storage::Asker;
use crate::store::{Asked, Write};

impl<N: Node> Driver<N> {
    /// Hands an effect about the store to it; those about connections are none of these.
    pub(super) fn ask_store(&mut self, effect: Effect) {
        match Asked::of(effect, |connection| self.session(connection)) {
            Asked::Write(ticket, write) => {
                log(&write);
                self.write(ticket, write);
            }
            Asked::Other(effect) => self.ask_what_is_stored(effect),
        }
    }

    fn ask_what_is_stored(&mut self, effect: Effect) {
        match effect {
            Effect::Authorise {
                connection,
                document,
                keys,
                owned,
            } => {
                let question = Question {
                    document,
                    keys,
                    owned,
                    open: self.rules.open_documents,
                    engine_ms: self.now_ms(),
                };
                self.storage
                    .authorise(self.generation, connection, question);
            }
            Effect::Load { document } => self.storage.load(self.generation, document),
            Effect::Probe => self.storage.try_out(self.generation),
            Effect::Recall { document } => self.storage.recall(self.generation, document),
            Effect::Store { .. }
            | Effect::Replace { .. }
            | Effect::Note { .. }
            | Effect::Mend { .. }
            | Effect::Quarantine { .. }
            | Effect::Send { .. }
            | Effect::SendShared { .. }
            | Effect::Forward { .. }
            | Effect::Close { .. }
            | Effect::CheckAlive { .. }
            | Effect::Work(_) => {}
        }
    }

    pub(super) fn write(&mut self, ticket: Option<u64>, write: Write) {
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

    pub(super) fn count_unwritten(&self) {
        self.metrics.store_waiting.set(self.unwritten);
        self.metrics.store_waiting_bytes.set(self.backlog);
    }
}

/// Says what an operator wants to know of.
fn log(write: &Write) {
    match write {
        Write::Mend { document, .. } => {
            tracing::info!(document = %short(document), "what was damaged is all there again");
        }
        Write::Quarantine {
            document, reason, ..
        } => tracing::error!(document = %short(document), %reason, "a chunk is set aside"),
        _ => {}
    }
}
