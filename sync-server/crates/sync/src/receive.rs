//! The way into a document for what the other side sent.
//!
//! Invariant: nothing reaches Automerge that the bounded decoder and the document's gate have not
//! let through, and no change counts as received that is not in the document afterwards.

use std::collections::BTreeSet;

use automerge::sync::{ChunkList, Message, State, SyncDoc};
use automerge::{Automerge, Change, ChangeHash, PatchLog, ReadDoc};

use crate::ProtocolError;
use crate::bounded::{ChunkReport, Gate, Limits, MessageReport, check_message};

/// Checks a sync message, and lets what it brings in through the document's gate. What builds on
/// changes that have not come waits there.
///
/// # Errors
/// When any of it is refused. Then the connection is over: the two sides no longer agree about what
/// was received.
pub(crate) fn receive(
    gate: &mut Gate,
    message: &[u8],
    limits: &Limits,
    state: &mut State,
    document: &mut Automerge,
    patches: &mut PatchLog,
) -> Result<MessageReport, ProtocolError> {
    let report = check_message(message, limits)?;
    receive_checked(gate, message, limits, state, document, patches)?;
    Ok(report)
}

/// The same for a message that has passed [`check_message`].
///
/// # Errors
/// As for [`receive`].
pub(crate) fn receive_checked(
    gate: &mut Gate,
    message: &[u8],
    limits: &Limits,
    state: &mut State,
    document: &mut Automerge,
    patches: &mut PatchLog,
) -> Result<(), ProtocolError> {
    let (brought, message) = apart(message)?;
    if !brought.is_empty() {
        gate.take(&brought, limits, document, patches)?;
    }
    hear(message, state, document, patches)
}

/// The chunks that a sync message brings, one behind the other, and the message without them.
///
/// # Errors
/// When it is no sync message.
pub(crate) fn apart(message: &[u8]) -> Result<(Vec<u8>, Message), ProtocolError> {
    let rejected = |error: String| ProtocolError::Rejected(error);
    let mut message = Message::decode(message).map_err(|error| rejected(error.to_string()))?;
    let brought = std::mem::replace(&mut message.changes, ChunkList::empty());
    Ok((brought.iter().flatten().copied().collect(), message))
}

/// Gives a message to Automerge, except for what it makes of our own statements.
fn hear(
    message: Message,
    state: &mut State,
    document: &mut Automerge,
    patches: &mut PatchLog,
) -> Result<(), ProtocolError> {
    let said = state.last_sent_heads.clone();
    take(message, state, document, patches)?;
    // Automerge counts our heads as said once the other side states the same. That holds only for
    // those who answer each message at once: a server that first stores would then never say
    // them, and they are its receipt. (Empty means that the other side has lost everything.)
    if !state.last_sent_heads.is_empty() {
        state.last_sent_heads = said;
    }
    Ok(())
}

/// Applies a message as Automerge does, which walks the document's whole history each time to find
/// what it need not send again. When it has sent nothing, or the other side has everything, there
/// is nothing to find.
fn take(
    mut message: Message,
    state: &mut State,
    document: &mut Automerge,
    patches: &mut PatchLog,
) -> Result<(), ProtocolError> {
    if message.heads == document.get_heads() {
        state.sent_hashes.clear();
    }
    // No heads at all mean that the other side has lost everything, which Automerge sees to.
    let walk = !state.sent_hashes.is_empty() || message.heads.is_empty();
    let heads = message.heads.clone();
    if !walk {
        // From a head that nobody knows there is no way to walk.
        message.heads = vec![ChangeHash([0; 32])];
    }
    document
        .receive_sync_message_log_patches(state, message, patches)
        .map_err(|error| ProtocolError::Rejected(error.to_string()))?;
    if !walk {
        let known = heads.iter().filter(|head| knows(document, head));
        let known: Vec<_> = known.copied().collect();
        if known.len() == heads.len() {
            state.shared_heads = known;
        } else {
            state.shared_heads.extend(known);
            state.shared_heads.sort_unstable();
            state.shared_heads.dedup();
        }
        state.their_heads = Some(heads);
    }
    Ok(())
}

/// Checks a sync message of someone who may only read, and takes what it says and not what it
/// brings. `state` is a read-only one.
///
/// # Errors
/// When the message is refused.
pub(crate) fn receive_of_reader(
    message: &[u8],
    limits: &Limits,
    state: &mut State,
    document: &mut Automerge,
) -> Result<MessageReport, ProtocolError> {
    let rejected = |error: String| ProtocolError::Rejected(error);
    let report = check_message(message, limits)?;
    let message = Message::decode(message).map_err(|error| rejected(error.to_string()))?;
    let mut patches = PatchLog::inactive();
    document
        .receive_sync_message_log_patches(state, message, &mut patches)
        .map_err(|error| rejected(error.to_string()))?;
    Ok(report)
}

/// What waits in front of a document's gate, and what has to come first.
#[derive(Debug, Default)]
pub(crate) struct Awaited {
    held_back: BTreeSet<ChangeHash>,
    missing: BTreeSet<ChangeHash>,
}

impl Awaited {
    pub(crate) fn of(gate: &Gate, document: &Automerge) -> Self {
        Self {
            held_back: gate.waiting().iter().map(Change::hash).collect(),
            missing: gate.missing(document),
        }
    }

    /// Whether something that waited has been let go for its number.
    pub(crate) fn has_lost(&self, gate: &Gate, document: &Automerge) -> bool {
        let is_lost = |hash: &ChangeHash| gate.is_doubled(hash) && !knows(document, hash);
        self.held_back.iter().any(is_lost)
    }

    /// Asks for what has to come before those that wait, where Automerge, which does not know of
    /// them, asks for them again.
    pub(crate) fn ask_in(&self, message: &mut Message) {
        let asked = message.need.len();
        message.need.retain(|hash| !self.held_back.contains(hash));
        if message.need.len() < asked {
            message.need.extend(&self.missing);
            // Automerge writes them in order, each once.
            message.need.sort_unstable();
            message.need.dedup();
        }
    }
}

/// Whether the document contains every change of these chunks.
pub(crate) fn holds(document: &Automerge, chunks: &ChunkReport) -> bool {
    chunks
        .changes
        .iter()
        .chain(&chunks.heads)
        .all(|hash| knows(document, &ChangeHash(*hash)))
}

/// Whether the document contains this change.
pub(crate) fn knows(document: &Automerge, hash: &ChangeHash) -> bool {
    document.get_change_meta_by_hash(hash).is_some()
}

/// Whether the document holds changes back whose dependencies have not come yet.
pub(crate) fn waits(document: &Automerge) -> bool {
    !document.get_missing_deps(&[]).is_empty()
}

#[cfg(test)]
mod tests;
