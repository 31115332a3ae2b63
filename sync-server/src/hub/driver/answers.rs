//! What came of what the engine had asked for, told to it.
//!
//! Invariant: an answer reaches only the node that asked for it.

use std::fmt::Display;
use std::time::Instant;

use sync::{Access, ConnectionId, DocumentId, Event};

use super::{Driver, Node};
use crate::hub::Answer;
use crate::log::short;
use crate::metrics::Refusal;
use crate::storage::{Asker, Outcome};
use crate::store::{SessionId, Write};

impl<N: Node> Driver<N> {
    /// Something that was asked for is done, or has failed.
    pub(super) fn finished(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Written {
                asker,
                weight,
                result,
            } => self.written(&asker, weight, result),
            Outcome::Loaded {
                generation,
                document,
                result,
            } => {
                log_failure(&document, &result, "a load failed");
                self.answer(generation, Event::Loaded { document, result });
            }
            Outcome::Authorised {
                generation,
                connection,
                document,
                result,
            } => {
                log_failure(&document, &result, "access is not known");
                if generation == self.generation {
                    self.authorised(connection, document, result);
                }
            }
            Outcome::Recalled {
                generation,
                document,
                result,
            } => {
                log_failure(&document, &result, "deliveries are not known");
                self.answer(generation, Event::Recalled { document, result });
            }
            Outcome::Worked { generation, worked } => {
                self.answer(generation, Event::Worked(worked));
            }
            Outcome::Probed { generation, result } => {
                self.answer(generation, Event::Probed { result });
            }
        }
    }

    /// Tells the node of this generation, if it is still there.
    fn answer(&mut self, generation: u64, event: Event) {
        if generation == self.generation {
            self.feed(event);
        }
    }

    fn written(&mut self, asker: &Asker, weight: usize, result: Result<(), String>) {
        self.unwritten = self.unwritten.saturating_sub(1);
        self.backlog = self.backlog.saturating_sub(weight);
        self.count_unwritten();
        if let Some(ticket) = asker.ticket {
            self.answer(asker.generation, Event::Stored { ticket, result });
        }
    }

    /// The engine hears what a connection may do, and the store keeps what follows from the question.
    fn authorised(
        &mut self,
        connection: ConnectionId,
        document: DocumentId,
        result: Result<Answer, String>,
    ) {
        let reserve = result.as_ref().is_ok_and(|answer| answer.reserve);
        let result = result.map(|answer| self.counted(connection, answer));
        let reserve = reserve && result != Ok(Access::TooMany);
        if reserve {
            tracing::warn!(
                document = %short(&document),
                "kept for an owner whom the store does not know"
            );
            self.write(None, Write::Reserve { document });
        }
        let refused = result.as_ref().is_ok_and(Access::is_refusal);
        self.feed(Event::Authorised {
            connection,
            document,
            result,
        });
        // Whoever is closed for it is counted by the close code.
        let link = self.connections.get(&connection);
        if refused && link.is_some_and(|link| !link.closing) {
            self.metrics.refused(Refusal::Access);
        }
        if reserve {
            // Whoever has it open by its id alone.
            let documents = vec![document];
            self.feed(Event::AccessChanged { documents });
        }
    }

    /// What a connection may do, once a document that was not there is counted for its address.
    /// Its use of a link is noted before anything of it can be stored.
    fn counted(&mut self, connection: ConnectionId, answer: Answer) -> Access {
        let link = self.connections.get(&connection);
        let is_new = answer.unknown || answer.reserve;
        if is_new
            && let Some(pass) = link.and_then(|link| link.pass.as_ref())
            && pass.new_document(Instant::now()).is_err()
        {
            return Access::TooMany;
        }
        if answer.link.is_some() || answer.access == Access::Expired {
            let writes = matches!(answer.access, Access::Granted(grant) if grant.write);
            let visit = Write::Visit {
                link: answer.link,
                session: writes.then(|| self.session(connection)),
                at: answer.at,
            };
            self.write(None, visit);
        }
        answer.access
    }

    /// The number under which it is kept what a connection has brought.
    pub(super) fn session(&self, connection: ConnectionId) -> SessionId {
        SessionId(self.rules.first_session.wrapping_add_unsigned(connection.0))
    }
}

fn log_failure<T>(document: &DocumentId, result: &Result<T, impl Display>, what: &str) {
    if let Err(error) = result {
        tracing::error!(document = %short(document), %error, "{what}");
    }
}
