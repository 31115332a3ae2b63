//! Which of the engine's effects are writes, and which.

use sync::{ConnectionId, Effect};

use super::{SessionId, Write};

/// What the engine asks for by an effect.
#[derive(Debug)]
pub enum Asked {
    /// Something is to be written. The engine wants to hear of it by this ticket, if there is one.
    Write(Option<u64>, Write),
    /// Something else.
    Other(Effect),
}

impl Asked {
    /// What `effect` asks for; `session` numbers its connections.
    pub fn of(effect: Effect, session: impl Fn(ConnectionId) -> SessionId) -> Self {
        match effect {
            Effect::Store {
                ticket,
                document,
                chunk,
                from,
            } => {
                let from = from.into_iter().map(session).collect();
                let append = Write::Append {
                    document,
                    chunk,
                    from,
                };
                Self::Write(Some(ticket), append)
            }
            Effect::Replace {
                ticket,
                document,
                snapshot,
                superseded,
            } => {
                let replace = Write::Replace {
                    document,
                    snapshot,
                    superseded,
                };
                Self::Write(Some(ticket), replace)
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
                    session: session(from),
                };
                Self::Write(None, note)
            }
            Effect::Mend { document, hash } => Self::Write(None, Write::Mend { document, hash }),
            Effect::Quarantine {
                document,
                hash,
                reason,
            } => {
                let aside = Write::Quarantine {
                    document,
                    hash,
                    reason,
                };
                Self::Write(None, aside)
            }
            other => Self::Other(other),
        }
    }
}
