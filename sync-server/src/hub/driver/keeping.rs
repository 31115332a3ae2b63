//! What the engine asks of the store, handed to the storage thread.
//!
//! Invariant: what is asked for in order is asked in that order, and what waits is counted.

use sync::Effect;

use super::{Driver, Node};
use crate::hub::Question;
use crate::log::short;
use crate::storage::Asker;
use crate::store::Write;

impl<N: Node> Driver<N> {
    /// Hands an effect about the store to it; those about connections are none of these.
    pub(super) fn ask_store(&mut self, effect: Effect) {
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
            Effect::Store {
                ticket,
                document,
                chunk,
                from,
            } => {
                let from = from.iter().map(|one| self.session(*one)).collect();
                let append = Write::Append {
                    document,
                    chunk,
                    from,
                };
                self.write(Some(ticket), append);
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
            Effect::Note {
                document,
                from,
                author,
                bringer,
            } => {
                let note = Write::Note {
                    document,
                    author,
                    bringer,
                    session: self.session(from),
                };
                self.write(None, note);
            }
            Effect::Mend { document, hash } => {
                tracing::info!(document = %short(&document), "what was damaged is all there again");
                self.write(None, Write::Mend { document, hash });
            }
            Effect::Recall { document } => self.storage.recall(self.generation, document),
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
            Effect::Send { .. }
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
